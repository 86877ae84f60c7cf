"""What the law asks of publication: heads, periods, states, quarters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.holidays.rules import official_days
from app.lib.calendar import OFF, is_working_day
from app.publication.rules import heads, periods
from app.publication.rules.heads import AREA_HEAD, BOARD, HEADS, LOUDSPEAKER, PORTAL
from app.publication.rules.periods import Span
from app.publication.rules.quarters import Quarter, parse_quarter, quarter_of
from app.publication.rules.states import State, state

DAY = date(2026, 3, 2)
# On the board, and told by the heads of areas.
TOLD = [Span(BOARD, DAY), Span(AREA_HEAD, DAY, DAY)]
DAYS = st.dates(date(2023, 7, 1), date(2090, 12, 31))


def test_the_catalogue_is_the_fourteen_clauses() -> None:
    assert list(HEADS) == list(range(1, 15))
    assert [str(head.citation) for head in HEADS.values()][6] == "khoản 7 Điều 11 Luật số 10/2022/QH15"
    assert all(head.valid_from == date(2023, 7, 1) for head in HEADS.values())
    assert len({head.name for head in HEADS.values()}) == 14


def test_heads_seven_to_twelve_go_out_on_the_loudspeaker() -> None:
    assert [number for number, head in HEADS.items() if head.on_loudspeaker] == [7, 8, 9, 10, 11, 12]


def test_regulations_and_procedures_stay_for_good() -> None:
    assert [number for number, head in HEADS.items() if head.lasting] == [heads.REGULATIONS, heads.PROCEDURES]


def test_every_limit_is_dated_and_says_where_it_comes_from() -> None:
    assert len({limit.key for limit in periods.LIMITS}) == len(periods.LIMITS)
    for limit in periods.LIMITS:
        assert limit.days > 0 and str(limit.citation) and limit.valid_from >= date(2023, 7, 1)


@pytest.mark.parametrize(("days", "enough"), [(28, False), (29, False), (30, True), (31, True)])
def test_thirty_whole_days_are_enough(days: int, enough: bool) -> None:
    until = DAY + timedelta(days=days)
    assert (periods.days_posted(DAY, until) >= periods.POSTED_AT_LEAST.days) == enough
    assert (until >= periods.shortest_until(DAY)) == enough


def test_five_working_days_are_counted_past_the_weekend() -> None:
    assert periods.publish_by(date(2026, 3, 6), {}) == date(2026, 3, 13)


def test_five_working_days_are_counted_past_tet() -> None:
    calendar = {found.day: found.kind for found in official_days(2026)}
    assert periods.publish_by(date(2026, 2, 12), calendar) == date(2026, 2, 26)
    assert periods.is_late(date(2026, 2, 12), date(2026, 2, 27), calendar)
    assert not periods.is_late(date(2026, 2, 12), date(2026, 2, 26), calendar)


@given(signed=DAYS, offs=st.sets(st.integers(1, 20), max_size=12))
def test_the_last_day_for_publishing_is_a_working_day_with_five_in_between(signed: date, offs: set[int]) -> None:
    calendar = {signed + timedelta(days=n): OFF for n in offs}
    last = periods.publish_by(signed, calendar)
    between = [signed + timedelta(days=n) for n in range(1, (last - signed).days + 1)]
    assert sum(is_working_day(day, calendar) for day in between) == 5 and is_working_day(last, calendar)
    assert not periods.is_late(signed, last, calendar)
    assert periods.is_late(signed, last + timedelta(days=1), calendar)


def test_unknown_days_make_nobody_late() -> None:
    assert not periods.is_late(None, DAY, {})
    assert not periods.is_late(DAY, None, {})


def test_the_reminder_comes_three_days_before_the_end() -> None:
    assert periods.remind_on(date(2026, 4, 1)) == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("number", "spans", "missing"),
    [
        (2, [], [BOARD]),
        (2, [Span(BOARD, DAY)], []),
        (2, [Span(PORTAL, DAY)], [BOARD]),
        (7, [Span(BOARD, DAY)], [LOUDSPEAKER, AREA_HEAD]),
        (7, [*TOLD, Span(LOUDSPEAKER, DAY, DAY + timedelta(days=1))], [LOUDSPEAKER]),
        (7, [*TOLD, Span(LOUDSPEAKER, DAY, DAY + timedelta(days=2))], []),
        (12, [Span(LOUDSPEAKER, DAY, DAY + timedelta(days=2)), Span(AREA_HEAD, DAY, DAY)], [BOARD]),
        (13, [Span(BOARD, DAY)], []),
        # Still on the air: counted up to today.
        (8, [*TOLD, Span(LOUDSPEAKER, DAY)], []),
    ],
)
def test_forms_that_are_not_recorded(number: int, spans: list[Span], missing: list[str]) -> None:
    assert periods.missing_forms(number, spans, DAY + timedelta(days=10)) == missing


def test_two_days_on_the_air_and_still_going_are_not_three() -> None:
    spans = [*TOLD, Span(LOUDSPEAKER, DAY)]
    assert periods.missing_forms(9, spans, DAY + timedelta(days=1)) == [LOUDSPEAKER]
    assert periods.missing_forms(9, spans, DAY + timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("left", "expected"),
    [(4, State.POSTED), (3, State.ENDING), (0, State.ENDING), (-1, State.ENDED)],
)
def test_the_last_day_still_counts(left: int, expected: State) -> None:
    assert state("posted", DAY + timedelta(days=left), DAY) is expected


def test_what_stays_for_good_never_ends() -> None:
    assert state("posted", None, date(2099, 1, 1)) is State.POSTED
    assert state("draft", None, DAY) is State.DRAFT
    assert state("withdrawn", DAY - timedelta(days=9), DAY) is State.WITHDRAWN


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), Quarter(2026, 1)),
        (date(2026, 3, 31), Quarter(2026, 1)),
        (date(2026, 4, 1), Quarter(2026, 2)),
        (date(2026, 12, 31), Quarter(2026, 4)),
    ],
)
def test_quarters_at_their_edges(day: date, quarter: Quarter) -> None:
    assert quarter_of(day) == quarter


@given(DAYS)
def test_quarters_follow_each_other_without_a_gap(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.next.first == quarter.last + timedelta(days=1)
    assert quarter.next.previous == quarter.previous.next == quarter
    assert parse_quarter(str(quarter)) == quarter


@pytest.mark.parametrize("text", ["", "2026", "2026-0", "2026-5", "2022-4", "2101-1", "2026-1 ", "２０２６-1", "x"])
def test_what_is_no_quarter(text: str) -> None:
    assert parse_quarter(text) is None


def test_there_is_no_fifth_quarter() -> None:
    with pytest.raises(ValueError, match="quarter"):
        Quarter(2026, 5)
