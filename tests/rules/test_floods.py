"""A queue of people is never stopped, a program that sends without pause is."""

import pytest

from app.core.errors import TooMany
from app.visitors import floods
from app.visitors.floods import Floods
from app.web import seldom
from app.web.seldom import Seldom


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(floods, "time", clock)
    monkeypatch.setattr(seldom, "time", clock)
    return clock


def test_one_device_is_stopped_and_its_neighbours_are_not(clock: Clock) -> None:
    some = Floods(device=3, network=100, seconds=60)
    for _ in range(3):
        some.check("phone", "wifi")
    with pytest.raises(TooMany) as stopped:
        some.check("phone", "wifi")
    assert stopped.value.retry_after == 60
    for number in range(50):
        some.check(f"neighbour {number}", "wifi")
    clock.now += 60
    some.check("phone", "wifi")


def test_a_network_is_stopped_far_beyond_a_hall(clock: Clock) -> None:
    some = Floods(device=3, network=100, seconds=60)
    for number in range(100):
        some.check(f"phone {number}", "wifi")
    with pytest.raises(TooMany):
        some.check("one more", "wifi")
    some.check("one more", "another")
    for _ in range(90):
        some.check("", "a third")
    some.forget()
    some.check("one more", "wifi")


def test_seldom_is_once_in_its_time_for_each_key(clock: Clock) -> None:
    some = Seldom(180)
    assert [some.is_due(1), some.is_due(1), some.is_due(2)] == [True, False, True]
    clock.now += 181
    assert some.is_due(1) and not some.is_due(1)
    some.forget()
    assert some.is_due(1)
