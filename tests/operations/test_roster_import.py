"""A roster comes in: shown first, written whole or not at all, and nothing twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.uploads import Upload
from app.feedback.models import Officer, RosterImport, ServiceCenter, Shift
from app.feedback.operations import officers, roster
from app.feedback.queries import points
from app.feedback.rules.hours import moment_of
from app.feedback.rules.roster import PROBLEMS
from tests.support.cast import make_actor, make_commune
from tests.support.feedback import make_center, make_counter, make_officer, make_roster, make_shift, roster_file
from tests.support.tables import csv_file


class Office:
    """A centre with two counters and somebody who keeps its roster."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.commune: Area = make_commune(session)
        self.center: ServiceCenter = make_center(session, self.commune)
        self.first = make_counter(session, self.center, number="1")
        self.second = make_counter(session, self.center, number="2")
        self.khoa = make_officer(session, self.center, code="CC01", full_name="Võ Minh Khoa")
        self.by: Actor = make_actor(session, Role.COMMUNE_OFFICER, self.commune)
        self.day: date = clock.today() + timedelta(days=1)

    def row(self, code: str, name: str, counter: str, begin: str, end: str, kind: str = "trực", days: int = 0) -> Any:
        return (code, name, counter, f"{self.day + timedelta(days=days):%d/%m/%Y}", begin, end, kind)

    def bring(self, *rows: Any, **values: Any) -> RosterImport:
        kept: RosterImport = make_roster(self.session, self.by, self.center, *rows, **values)
        return kept

    def commit(self, *rows: Any, **values: Any) -> Any:
        return roster.commit(self.session, self.by, self.bring(*rows, **values))

    def shifts(self) -> list[tuple[str, int | None, str]]:
        query = select(Officer.code, Shift.counter_id, Shift.kind).join(Officer, Officer.id == Shift.officer_id)
        return [
            (code, counter, kind)
            for code, counter, kind in self.session.execute(query.order_by(Shift.starts_at, Shift.id))
        ]


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def test_a_roster_becomes_shifts_and_people_and_nothing_twice(session: Session, office: Office) -> None:
    rows = (
        office.row("CC01", "Võ Minh Khoa", "1", "7:30", "11:30"),
        office.row("CC02", "trần thị hai", "2", "7:30", "11:30"),
        office.row("CC02", "trần thị hai", "", "", "", "nghỉ", days=1),
    )
    kept = office.bring(*rows)
    found = roster.examine(session, office.by, kept)
    assert (found.faulty_rows, found.new_officers) == ([], (("CC02", "trần thị hai"),))
    assert office.shifts() == []
    roster.commit(session, office.by, kept)
    assert office.shifts() == [
        ("CC01", office.first.id, "duty"),
        ("CC02", office.second.id, "duty"),
        ("CC02", None, "leave"),
    ]
    assert session.scalars(select(Officer.full_name).where(Officer.code == "CC02")).one() == "Trần Thị Hai"
    assert points.duty_officer(session, office.first.id, moment_of(office.day, 8 * 60)) == office.khoa.id
    again = office.commit(*rows)
    assert (len(again.new), len(again.same), len(again.gone)) == (0, 3, 0)
    assert len(office.shifts()) == 3 and session.query(Officer).count() == 2
    assert kept.content is None and kept.summary == {"added": 3, "unchanged": 0, "ended": 0, "officers": 1}
    with pytest.raises(WrongMoment):
        roster.commit(session, office.by, kept)
    assert session.query(AuditEntry).filter_by(action="feedback.roster.import").count() == 2


def test_nothing_is_written_while_one_cell_is_at_fault(session: Session, office: Office) -> None:
    kept = office.bring(
        office.row("CC01", "", "1", "7:30", "11:30"), office.row("CC07", "Lê Văn Bảy", "9", "13:30", "17:00")
    )
    assert roster.examine(session, office.by, kept).faulty_rows == [3]
    with pytest.raises(Refusal, match="1 dòng có lỗi"):
        roster.commit(session, office.by, kept)
    assert office.shifts() == [] and session.query(Officer).count() == 1 and kept.status == "uploaded"


def test_overlapping_shifts_at_one_counter_are_refused(session: Session, office: Office) -> None:
    make_shift(
        session, office.khoa, office.first, starts_at=moment_of(office.day, 450), ends_at=moment_of(office.day, 690)
    )
    for rows, faulty in (
        ((office.row("CC02", "Trần Hai", "1", "11:00", "12:00"),), [2]),
        ((office.row("CC02", "Trần Hai", "2", "8:00", "9:00"), office.row("CC03", "Lê Ba", "2", "8:59", "10:00")), [3]),
        ((office.row("CC01", "", "2", "8:00", "9:00"),), [2]),
    ):
        kept = office.bring(*rows)
        assert roster.examine(session, office.by, kept).faulty_rows == faulty
        with pytest.raises(Refusal):
            roster.commit(session, office.by, kept)
    assert len(office.shifts()) == 1
    assert len(office.commit(office.row("CC02", "Trần Hai", "1", "11:30", "12:00")).new) == 1


def test_a_file_may_replace_the_days_it_names(session: Session, office: Office) -> None:
    office.commit(office.row("CC01", "", "1", "7:30", "11:30"), office.row("CC01", "", "1", "7:30", "11:30", days=1))
    changed = office.row("CC02", "Trần Thị Hai", "1", "7:30", "11:30")
    assert roster.examine(session, office.by, office.bring(changed)).faulty_rows == [2]
    written = office.commit(changed, replaces=True)
    assert (len(written.new), len(written.gone)) == (1, 1)
    assert [code for code, _counter, _kind in office.shifts()] == ["CC02", "CC01"]


def test_a_file_that_is_no_roster_is_refused_at_its_field(session: Session, office: Office) -> None:
    for data in (b"%PDF-1.7", b"", csv_file([("a", "b"), ("1", "2")]), roster_file(("CC01", "", "", "", "", "", ""))):
        with pytest.raises(Refusal) as refused:
            roster.upload(session, office.by, office.center, Upload("x.xlsx", data), replaces=False)
        assert refused.value.field == "file"
    for role in (Role.LEADER, Role.DESK, Role.INSPECTOR):
        by = make_actor(session, role, office.commune)
        with pytest.raises(Forbidden):
            make_roster(session, by, office.center)
    assert session.query(RosterImport).count() == 0


def test_an_undecided_file_is_forgotten_after_a_day(session: Session, office: Office) -> None:
    old = office.bring(office.row("CC01", "", "1", "7:30", "11:30"))
    old.created_at = clock.now() - timedelta(hours=25)
    put_aside = office.bring(office.row("CC01", "", "1", "7:30", "11:30"))
    roster.discard(session, office.by, put_aside)
    session.expire_all()
    for kept in (old, put_aside):
        assert (kept.status, kept.content) == ("discarded", None)
        with pytest.raises(WrongMoment):
            roster.commit(session, office.by, kept)


def test_a_shift_is_taken_out_by_who_keeps_the_roster_alone(session: Session, office: Office) -> None:
    shift = make_shift(session, office.khoa, office.first)
    with pytest.raises(Forbidden):
        officers.remove_shift(session, make_actor(session, Role.DESK, office.commune), shift)
    officers.remove_shift(session, office.by, shift)
    assert office.shifts() == []


def test_nobody_brings_in_what_changes_their_own_shifts(session: Session, office: Office) -> None:
    """Neither by a line, nor by leaving one out; what is there already may stand in the file."""
    office.commit(office.row("CC01", "", "1", "7:30", "11:30"))
    office.khoa.account_id = office.by.account_id
    session.flush()
    stays, other = office.row("CC01", "", "1", "7:30", "11:30"), office.row("CC02", "Trần Hai", "2", "7:30", "11:30")
    leave = office.row("cc01", "", "", "", "", "nghỉ", days=1)
    for rows, values, wrong in (
        ((other, leave), {}, [(3, "code", "own")]),
        ((office.row("CC01", "", "2", "13:30", "17:00"), stays), {"replaces": True}, [(2, "code", "own")]),
        ((other,), {"replaces": True}, [(2, "day", "own_gone")]),
    ):
        kept = office.bring(*rows, **values)
        faults = roster.examine(session, office.by, kept).plan.faults
        assert [(one.row, one.field, one.problem) for one in faults] == wrong
        assert all(PROBLEMS[one.problem] % one.params for one in faults)
        with pytest.raises(Refusal, match="1 dòng có lỗi"):
            roster.commit(session, office.by, kept)
    assert [code for code, _counter, _kind in office.shifts()] == ["CC01"]
    assert len(office.commit(stays, other, replaces=True).same) == 1
    colleague = make_actor(session, Role.COMMUNE_OFFICER, office.commune)
    assert roster.commit(session, colleague, office.bring(leave)).new
