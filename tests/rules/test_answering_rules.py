"""What an answer must hold, and what keeps the table from being published."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consultations.rules import answering
from app.consultations.rules.answering import Draft, Outcome, Section

GOOD = Draft("Đề nghị hạ phí.", "accepted", "Đã hạ mức phí.", "Khoản 2 Điều 5")
ROW = Section(anchor="dieu-5", group_id=None, entries=3, people=40, needs_answer=True, title="Điều 5. Mức phí")
DUE = date(2026, 7, 10)
sections = st.builds(
    Section,
    anchor=st.sampled_from(["", "dieu-1", "dieu-2"]),
    group_id=st.none() | st.integers(1, 9),
    entries=st.integers(1, 9),
    people=st.integers(1, 99),
    needs_answer=st.booleans(),
    status=st.sampled_from(["", "assigned", "drafted", "approved"]),
    newer=st.booleans(),
)


def fields(draft: Draft) -> list[str | None]:
    return [fault.field for fault in answering.faults(draft)]


def test_a_whole_answer_has_no_faults() -> None:
    assert fields(GOOD) == []
    assert fields(replace(GOOD, final_place="")) == []


def test_everything_missing_is_said_at_once() -> None:
    assert fields(Draft("", "", "")) == ["summary", "outcome", "text"]
    assert fields(replace(GOOD, outcome="rejected")) == ["outcome"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_whoever_is_not_followed_is_told_why(outcome: Outcome) -> None:
    needed = outcome in (Outcome.PARTLY, Outcome.EXPLAINED)
    assert fields(replace(GOOD, outcome=outcome, text="Không.")) == (["text"] if needed else [])
    assert fields(replace(GOOD, outcome=outcome, text="x" * answering.SHORTEST_REASON)) == []


@given(st.lists(sections), st.integers(0, 3), st.integers(0, 3))
def test_nothing_is_published_half(rows: list[Section], waiting: int, suggested: int) -> None:
    found = answering.what_prevents_publishing(rows, waiting=waiting, suggested=suggested)
    ready = all(
        (row.status == "approved" and not row.newer) or (not row.needs_answer and row.status in ("", "assigned"))
        for row in rows
    )
    assert (not found) == (ready and not waiting and not suggested)


def test_problems_say_which_row_and_how_many() -> None:
    drafted = replace(ROW, anchor="dieu-6", status="drafted", title="Điều 6")
    found = answering.what_prevents_publishing([ROW, drafted], waiting=2, suggested=1)
    assert [(one.key, one.section) for one in found] == [
        ("waiting", ""), ("suggested", ""), ("answer", "dieu-5"), ("approve", "dieu-6"),
    ]  # fmt: skip
    assert str(found[0].refusal()) == "Còn 2 ý kiến chưa kiểm duyệt xong."
    assert str(found[2].refusal()).startswith("Điều 5. Mức phí: ")


def test_mere_agreement_needs_no_answer() -> None:
    assert answering.what_prevents_publishing([replace(ROW, needs_answer=False)], waiting=0, suggested=0) == []


@given(st.one_of(st.none(), st.integers(1, 10**8)), st.sampled_from(["", "dieu-1", "dieu-12a"]))
def test_keys_are_read_back(group_id: int | None, anchor: str) -> None:
    read = answering.read_key(answering.section_key(anchor, group_id))
    assert read == (("", group_id) if group_id is not None else (anchor, None))


@pytest.mark.parametrize("key", ["nhom-", "nhom-x", "nhom-٣", "nhom-99999999999"])
def test_what_is_no_group_is_an_anchor(key: str) -> None:
    assert answering.read_key(key) == (key, None)


@pytest.mark.parametrize(
    ("due", "published", "today", "days"),
    [
        (None, None, DUE, 0),
        (DUE, None, DUE, 0),
        (DUE, None, DUE + timedelta(days=1), 1),
        (DUE, DUE, DUE + timedelta(days=30), 0),
        (DUE, DUE + timedelta(days=3), DUE + timedelta(days=30), 3),
        (DUE, DUE - timedelta(days=3), DUE + timedelta(days=30), 0),
    ],
)
def test_days_late(due: date | None, published: date | None, today: date, days: int) -> None:
    assert answering.late_days(due, published, today) == days


def test_a_row_is_late_by_the_day_of_its_approval() -> None:
    late = replace(ROW, due_on=DUE)
    after = DUE + timedelta(days=1)
    assert [late.late(day) for day in (DUE, after)] == [False, True]
    assert not replace(late, approved_on=DUE).late(after)
    assert replace(late, approved_on=after).late(after)
    assert answering.count_late([late, ROW], after) == 1
