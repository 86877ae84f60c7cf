"""Forms of people without an account, on a form of the tests' own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import TooMany
from app.jobs.models import Job
from app.visitors import device, limits
from app.visitors.models import FormUse
from app.visitors.verdict import Sign, Verdict
from tests.support.jobs import run_jobs
from tests.support.pages import PageClient
from tests.support.visitor_site import OFFICE, opened, phone, probe, send, site, taken, time
from tests.support.visitors import Time, guard_of, old_enough

EVENING = datetime(2026, 7, 15, 13, 0, tzinfo=UTC)

__all__ = ["phone", "probe", "site", "taken", "time"]


def test_an_honest_sending_has_no_sign(phone: PageClient, time: Time, taken: list[Verdict]) -> None:
    assert send(phone, opened(phone, time)).status_code == 303
    assert taken[0].signs == ()
    assert not taken[0].suspicious
    assert taken[0].risk == 0


def test_the_page_is_kept_nowhere_and_gives_the_device_its_cookie(phone: PageClient) -> None:
    answer = phone.get("/thu-gui")
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("device=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={365 * 24 * 3600}"} <= set(cookie.split("; "))
    assert "Set-Cookie" not in phone.get("/thu-gui").headers


def test_reading_leaves_nothing_in_the_device(phone: PageClient, site: Flask) -> None:
    assert "Set-Cookie" not in phone.get("/thong-tin/privacy").headers
    with site.test_request_context("/"):
        assert device.device_hash() == ""


def test_the_honeypot_is_out_of_everybodys_way(phone: PageClient) -> None:
    box = BeautifulSoup(phone.get("/thu-gui").text, "html.parser").find("input", attrs={"name": "website"})
    assert box is not None
    assert box["tabindex"] == "-1"
    assert box.find_parent(attrs={"aria-hidden": "true", "class": "sr"}) is not None


@pytest.mark.parametrize(("seconds", "signs"), [(0, [Sign.TOO_QUICK]), (1, [Sign.TOO_QUICK]), (2, []), (7 * 86400, [])])
def test_haste_is_a_sign(phone: PageClient, time: Time, taken: list[Verdict], seconds: int, signs: list[Sign]) -> None:
    assert send(phone, opened(phone, time, seconds)).status_code == 303
    assert list(taken[0].signs) == signs


def test_a_form_older_than_a_week_is_taken_with_a_sign(phone: PageClient, time: Time, taken: list[Verdict]) -> None:
    assert send(phone, opened(phone, time, 7 * 86400 + 1)).status_code == 303
    assert taken[0].signs == (Sign.TOO_OLD,)
    assert taken[0].why == ("Biểu mẫu được mở từ hơn 7 ngày trước.",)


def test_a_token_of_another_form_is_none(phone: PageClient, time: Time) -> None:
    guard = old_enough(phone, "report")
    assert send(phone, guard).status_code == 428


def test_an_altered_token_is_none(phone: PageClient, time: Time) -> None:
    guard = opened(phone, time)
    guard["token"] = ("B" if guard["token"][0] == "A" else "A") + guard["token"][1:]
    assert send(phone, guard).status_code == 428


def test_a_repeated_sending_is_known_again_and_makes_nothing_new(
    phone: PageClient, time: Time, taken: list[Verdict]
) -> None:
    guard = opened(phone, time)
    assert [send(phone, guard).status_code for _ in range(3)] == [303, 303, 303]
    assert len(taken) == 1


def test_a_form_serves_once(phone: PageClient, time: Time, taken: list[Verdict]) -> None:
    guard = opened(phone, time)
    assert send(phone, guard).status_code == 303
    assert send(phone, guard | {"client_uuid": "0" * 32}).status_code == 409
    assert len(taken) == 1


def test_what_was_changed_after_going_back_is_not_lost(phone: PageClient, time: Time, taken: list[Verdict]) -> None:
    guard = opened(phone, time)
    assert send(phone, guard, text="Một").status_code == 303
    answer = send(phone, guard, text="Hai")
    assert answer.status_code == 409
    again = guard_of(answer.text)
    assert again["token"] != guard["token"]
    assert again["client_uuid"] not in ("", guard["client_uuid"])
    time.pass_by(seconds=5)
    assert send(phone, again, text="Hai").status_code == 303
    assert len(taken) == 2


def test_another_device_cannot_use_the_form_again_either(site: Flask, phone: PageClient, time: Time) -> None:
    guard = opened(phone, time)
    other: PageClient = site.test_client()  # type: ignore[assignment]
    opened(other, time)
    assert send(phone, guard).status_code == 303
    assert send(other, guard | {"client_uuid": "1" * 32}).status_code == 409


def test_a_form_with_a_fault_comes_back_unused_with_its_own_token(
    phone: PageClient, time: Time, taken: list[Verdict], session: Session
) -> None:
    guard = opened(phone, time)
    for _ in range(20):
        answer = send(phone, guard, text="")
        assert answer.status_code == 422
        assert guard_of(answer.text) == guard
    assert session.scalar(select(func.count()).select_from(FormUse)) == 0
    assert send(phone, guard).status_code == 303
    assert len(taken) == 1


def test_one_device_is_stopped_at_its_limit_and_goes_on_later(
    phone: PageClient, time: Time, taken: list[Verdict]
) -> None:
    most = limits.KINDS["comment"].device.count
    for _ in range(most):
        assert send(phone, opened(phone, time, 3)).status_code == 303
    answer = send(phone, opened(phone, time, 3))
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert "phút" in answer.text
    time.pass_by(minutes=10)
    assert send(phone, opened(phone, time, 3)).status_code == 303
    assert len(taken) == most + 1


@pytest.mark.parametrize("start", [OFFICE, EVENING])
def test_a_hall_behind_one_address_is_never_locked_out(
    site: Flask, time: Time, taken: list[Verdict], start: datetime
) -> None:
    time.now = start
    for _ in range(200):
        client: PageClient = site.test_client()  # type: ignore[assignment]
        answer = client.post(
            "/thu-gui",
            data={"text": "x", **old_enough(client, "comment:X")},
            headers={"X-Forwarded-For": "198.51.100.4"},
            check=False,
        )
        assert answer.status_code == 303
        time.pass_by(seconds=15)
    assert len(taken) == 200
    assert max(verdict.risk for verdict in taken) < 50
    assert len({verdict.visitor.device_hash for verdict in taken}) == 200
    assert len({verdict.visitor.network_hash for verdict in taken}) == 1


def test_many_from_one_network_at_night_are_a_sign(site: Flask, time: Time, taken: list[Verdict]) -> None:
    time.now = EVENING
    for _ in range(22):
        client: PageClient = site.test_client()  # type: ignore[assignment]
        client.post("/thu-gui", data={"text": "x", **old_enough(client, "comment:X")}, check=False)
    assert [Sign.BUSY_NETWORK in verdict.signs for verdict in taken] == [False] * 20 + [True] * 2


def test_devices_without_a_cookie_share_a_small_limit(site: Flask, time: Time, taken: list[Verdict]) -> None:
    answers = []
    for _ in range(21):
        first: PageClient = site.test_client()  # type: ignore[assignment]
        client: PageClient = site.test_client(use_cookies=False)  # type: ignore[assignment]
        data = {"text": "x", **old_enough(first, "comment:X")}
        answers.append(client.post("/thu-gui", data=data, check=False).status_code)
    assert answers == [303] * 20 + [429]
    assert {verdict.signs for verdict in taken} == {(Sign.NO_COOKIE,)}


def test_a_made_up_cookie_is_no_device(phone: PageClient, time: Time, taken: list[Verdict]) -> None:
    guard = opened(phone, time)
    phone.set_cookie(device.COOKIE, "A" * 28)
    assert send(phone, guard).status_code == 303
    assert taken[0].signs == (Sign.NO_COOKIE,)


def test_a_network_has_another_name_every_day_and_addresses_are_kept_nowhere(
    phone: PageClient, time: Time, taken: list[Verdict], session: Session
) -> None:
    for _ in range(2):
        assert send(phone, opened(phone, time), network="203.0.113.99").status_code == 303
        time.pass_by(days=1)
    assert taken[0].visitor.network_hash != taken[1].visitor.network_hash
    assert taken[0].visitor.device_hash == taken[1].visitor.device_hash
    kept = str([vars(row) for row in session.scalars(select(FormUse))])
    assert "203.0.113.99" not in kept
    assert str(phone.get_cookie(device.COOKIE).value) not in kept  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("2001:db8:0:7:a:b:c:d", "2001:DB8::7:0:0:0:1", True),
        ("2001:db8:0:7::1", "2001:db8:0:8::1", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
    ],
)
def test_a_subscriber_is_one_network_with_whatever_address(site: Flask, one: str, other: str, *, alike: bool) -> None:
    seen = []
    for address in (one, other):
        with site.test_request_context(environ_base={"REMOTE_ADDR": address}):
            seen.append(device.network_hash())
    assert (seen[0] == seen[1]) is alike


def test_who_sent_what_is_forgotten_after_a_week(phone: PageClient, session: Session, site: Flask, time: Time) -> None:
    time.now = datetime.now(UTC) - timedelta(days=8)
    assert send(phone, opened(phone, time)).status_code == 303
    time.pass_by(days=6)
    assert send(phone, opened(phone, time)).status_code == 303
    assert run_jobs(site, until=time.now + timedelta(days=2)) >= 1
    assert session.scalar(select(func.count()).select_from(FormUse)) == 1
    assert session.scalar(select(func.count()).select_from(Job).where(Job.finished_at.is_(None))) == 1


def test_looking_up_is_limited_for_a_network(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(limits.LOOK_UPS["lookup"], count=3)
    monkeypatch.setitem(limits.LOOK_UPS, "lookup", few)
    for _ in range(3):
        with site.test_request_context():
            limits.allow("lookup")
    with site.test_request_context(), pytest.raises(TooMany):
        limits.allow("lookup")
    with site.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        limits.allow("lookup")
