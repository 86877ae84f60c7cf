"""A roster on its way in: the file is kept, shown with its faults, and written whole or not at all.

Nobody brings in what changes their own shifts: see ``operations.officers.OWN``.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.core.uploads import Upload
from app.feedback.models import Officer, RosterImport, ServiceCenter, Shift
from app.feedback.operations.officers import ROSTER, is_own, new_officer
from app.feedback.operations.places import must_be_running
from app.feedback.queries import places as place_queries
from app.feedback.queries import rosters
from app.feedback.rules.hours import DAY, moment_of
from app.feedback.rules.roster import FIELDS, Known, Line, NoRoster, Roster, read_roster
from app.feedback.rules.shifts import Plan, but_own, plan
from app.lib.i18n import N_
from app.lib.tables import UnreadableTable, read_table
from app.lib.text import fold, squeeze

# A file that nobody has decided about is personal data kept for nothing.
KEEP_UNDECIDED = timedelta(hours=24)
MOST_LINES = 5000
LONGEST_NAME = 200


@dataclass(frozen=True)
class Examination:
    """What a person must see before confirming; made anew from the file each time, nothing is written."""

    roster: Roster
    plan: Plan
    new_officers: tuple[tuple[str, str], ...]

    @property
    def faulty_rows(self) -> list[int]:
        """The rows of the file with a fault, in order."""
        return sorted({fault.row for fault in (*self.roster.faults, *self.plan.faults)})


def upload(session: Session, by: Actor, center: ServiceCenter, file: Upload, *, replaces: bool) -> RosterImport:
    """Keep a file until somebody decides; files left undecided for a day are forgotten.

    Raises ``Refusal`` at the field ``file`` for what is no table, or one without the columns of a roster.
    """
    account = must(by, ROSTER, center.path)
    must_be_running(center)
    _read(session, center, file.data, file.filename)
    stale = update(RosterImport).where(
        RosterImport.status == "uploaded", RosterImport.created_at < clock.now() - KEEP_UNDECIDED
    )
    session.execute(stale.values(status="discarded", content=None))
    kept = RosterImport(
        center_id=center.id, center=center, path=center.path, filename=squeeze(file.filename)[-LONGEST_NAME:],
        content=file.data, replaces=replaces, created_by=account, created_at=clock.now(),
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def examine(session: Session, by: Actor, kept: RosterImport) -> Examination:
    """Read the file anew and hold it against the shifts there are now."""
    must(by, ROSTER, kept.path)
    refuse_finished(kept)
    return _examine(session, by, kept)


def commit(session: Session, by: Actor, kept: RosterImport) -> Plan:
    """Write what the file brings, in one transaction; the same file brings nothing a second time.

    Raises ``WrongMoment`` when it was written or put aside already, ``Refusal`` while one cell has a fault.
    """
    must(by, ROSTER, kept.path)
    lock(session, kept.center, key_share=True)
    lock(session, kept, key_share=True)
    refuse_finished(kept)
    must_be_running(kept.center)
    found = _examine(session, by, kept)
    if found.faulty_rows:
        raise Refusal(N_("Tệp còn %(n)d dòng có lỗi. Chưa có gì được ghi."), n=len(found.faulty_rows))
    for code, name in found.new_officers:
        new_officer(session, kept.center, code=code, full_name=name)
    _write(session, kept.center, found.plan)
    counts = {"added": len(found.plan.new), "unchanged": len(found.plan.same), "ended": len(found.plan.gone)}
    kept.status, kept.committed_at, kept.content = "committed", clock.now(), None
    kept.summary = counts | {"officers": len(found.new_officers)}
    session.flush()
    record(
        session, by, "feedback.roster.import", subject=("roster_import", kept.id), path=kept.path,
        filename=kept.filename, officers=[name for _code, name in found.new_officers], **counts,
    )  # fmt: skip
    return found.plan


def discard(session: Session, by: Actor, kept: RosterImport) -> None:
    """Forget a file that was not written."""
    must(by, ROSTER, kept.path)
    refuse_finished(kept)
    kept.status, kept.content = "discarded", None
    session.flush()
    record(
        session, by, "feedback.roster.discard", subject=("roster_import", kept.id), path=kept.path,
        filename=kept.filename,
    )  # fmt: skip


def refuse_finished(kept: RosterImport) -> None:
    """Refuse a file that was written, put aside or forgotten."""
    if kept.status != "uploaded" or kept.content is None:
        raise WrongMoment(N_("Tệp này đã được ghi hoặc đã bỏ. Tải tệp lên lại nếu cần."))


def _examine(session: Session, by: Actor, kept: RosterImport) -> Examination:
    center = kept.center
    roster = _read(session, center, kept.content or b"", kept.filename)
    begin, end = _days(roster.lines)
    found = plan(roster.lines, rosters.present(session, center.id, begin, end), replaces=kept.replaces)
    people = place_queries.officers(session, center.id, left=True)
    found = but_own(found, {one.code for one in people if is_own(by, one)})
    known = {fold(one.code) for one in people}
    fresh = {fold(line.code): (line.code, line.full_name) for line in found.new if fold(line.code) not in known}
    return Examination(roster, found, tuple(fresh.values()))


def _days(lines: list[Line]) -> tuple[datetime, datetime]:
    """From the first midnight to the last of the days in the file."""
    days = [clock.local(line.begins).date() for line in lines]
    first, last = (min(days), max(days)) if days else (date.min + timedelta(days=2),) * 2
    return moment_of(first, 0), moment_of(last, DAY)


def _read(session: Session, center: ServiceCenter, data: bytes, filename: str) -> Roster:
    people = place_queries.officers(session, center.id, left=True)
    counters: dict[str, str] = {}
    for counter in place_queries.counters(session, center.id):
        counters |= {fold(counter.number): counter.number, fold(counter.name): counter.number}
    known = Known(
        officers={fold(one.code): (one.code, one.full_name) for one in people},
        left=frozenset(fold(one.code) for one in people if one.left_on is not None),
        counters=counters,
        today=clock.today(),
    )
    try:
        roster = read_roster(read_table(data, filename), known)
    except UnreadableTable as bad:
        raise Refusal(bad.message, field="file", **bad.params) from None
    except NoRoster as bad:
        missing = ", ".join(FIELDS[name] for name in bad.missing)
        raise Refusal(
            N_("Tệp thiếu cột: %(columns)s. Dùng tệp mẫu để ghi lịch."), field="file", columns=missing
        ) from None
    if len(roster.cells) > MOST_LINES:
        raise Refusal(N_("Tệp có quá nhiều dòng. Mỗi lần nhập tối đa %(most)d dòng."), field="file", most=MOST_LINES)
    if not roster.cells:
        raise Refusal(N_("Tệp chưa có dòng nào ghi ca trực hay ngày nghỉ."), field="file")
    return roster


def _write(session: Session, center: ServiceCenter, found: Plan) -> None:
    if found.gone:
        session.execute(delete(Shift).where(Shift.id.in_([shift.shift_id for shift in found.gone])))
    people = {fold(one.code): one.id for one in session.scalars(select(Officer).filter_by(center_id=center.id))}
    counters = {one.number: one.id for one in place_queries.counters(session, center.id)}
    rows = [
        {
            "officer_id": people[fold(line.code)], "counter_id": counters.get(line.counter) if line.counter else None,
            "kind": line.kind, "starts_at": line.begins, "ends_at": line.ends,
        }
        for line in found.new
    ]  # fmt: skip
    if rows:
        session.execute(insert(Shift).execution_options(render_nulls=True), rows)
