"""The timeline of a consultation: where it stands is said in words, not by colour alone."""

from datetime import UTC, datetime, timedelta

import pytest

from app.consultations.rules.phases import PHASE_NAMES, Phase
from tests.support.rendering import soup

STEPS = ["Chúng tôi hỏi", "Bà con góp ý", "Tiếp thu, giải trình", "Ban hành"]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def rendered(call: str, **values: object):
    return soup(
        f"{{% from 'components/consultation.html' import phase_tag, time_left, timeline %}}{{{{ {call} }}}}", **values
    )


@pytest.mark.parametrize(
    ("phase", "done"),
    [
        (Phase.PREPARING, 0),
        (Phase.UPCOMING, 0),
        (Phase.OPEN, 1),
        (Phase.CLOSED, 2),
        (Phase.ANSWERED, 3),
        (Phase.ADOPTED, 4),
    ],
)
def test_the_timeline_says_what_is_done_and_where_it_stands(phase: Phase, done: int) -> None:
    items = rendered("timeline(phase)", phase=phase).select("ol.way > li")
    assert [item.get_text().split(": ")[-1].strip() for item in items] == STEPS
    assert ["Đã xong:" in item.get_text() for item in items] == [place < done for place in range(4)]
    assert [item.get("aria-current") for item in items] == ["step" if place == done else None for place in range(4)]


def test_a_draft_that_was_withdrawn_has_no_next_step() -> None:
    assert rendered("timeline(phase)", phase=Phase.WITHDRAWN).select("ol") == []


@pytest.mark.parametrize("phase", list(Phase))
def test_the_tag_says_the_phase_in_the_words_of_the_rules(phase: Phase) -> None:
    assert rendered("phase_tag(phase)", phase=phase).get_text(strip=True) == PHASE_NAMES[phase]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=3, hours=5), "còn 3 ngày"),
        (timedelta(days=1), "còn 1 ngày"),
        (timedelta(hours=23, minutes=59), "còn chưa đến 01 ngày"),
    ],
)
def test_the_time_left_is_never_said_longer_than_it_is(left: timedelta, words: str) -> None:
    found = rendered("time_left(closes, now)", closes=NOW + left, now=NOW)
    assert found.get_text(strip=True) == words
