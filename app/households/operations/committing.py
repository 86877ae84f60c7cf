"""Writing a roll: all of it or nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.operations import create_area
from app.areas.rules import kind_of_name
from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.households.importing.comparison import Pair
from app.households.importing.records import ParsedHousehold
from app.households.models import Household, Representative, RollImport, RollImportChange
from app.households.operations.examining import Examination, may_import
from app.lib.i18n import N_
from app.lib.text import fold, sort_key


@dataclass
class _Writing:
    """What one commit needs at hand."""

    session: Session
    by: Actor
    kept: RollImport
    now: datetime
    paths: dict[str, Area] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def note(self, household_id: int, action: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        self.changes.append(
            {
                "import_id": self.kept.id,
                "household_id": household_id,
                "action": action,
                "before": before,
                "after": after,
            }
        )


def commit(
    session: Session,
    by: Actor,
    kept: RollImport,
    found: Examination,
    *,
    seen_fingerprint: str | None = None,
    without_faulty: bool = False,
    end_gone: bool = False,
) -> dict[str, int]:
    """Write what the examination found, in one transaction; returns the counts.

    Refuses a file with faults unless ``without_faulty`` says to leave those rows out, and a roll that has changed since
    the person looked (``seen_fingerprint``). Households missing from the file stay unless ``end_gone``.
    """
    may_import(by, kept.area)
    if found.parsed.faults and not without_faulty:
        raise Refusal(
            N_("Tệp còn %(n)s lỗi cần sửa. Sửa tệp, hoặc chọn nhập mà bỏ các dòng có lỗi."),
            field="without_faulty",
            n=len(found.parsed.faults),
        )
    if not found.parsed.households:
        raise Refusal(N_("Không có hộ nào để nhập."), field="file")
    if seen_fingerprint is not None and seen_fingerprint != found.fingerprint:
        raise WrongMoment(N_("Danh sách hộ đã thay đổi sau khi Ông/Bà xem. Mời Ông/Bà xem lại bảng so sánh."))
    writing = _Writing(session, by, kept, clock.now())
    _create_areas(writing, found)
    _add(writing, found)
    for pair in found.comparison.changed:
        _change(writing, pair)
    if end_gone:
        _end(writing, [home.id for home in found.comparison.gone])
    if writing.changes:
        session.execute(insert(RollImportChange), writing.changes)
    return _finish(writing, found, end_gone)


def _create_areas(writing: _Writing, found: Examination) -> None:
    places = found.places
    writing.paths = {area.path: area for area in places.known.values()}
    writing.paths[places.home.path] = places.home
    for key, name in places.new.items():
        kind = kind_of_name(name)
        if kind is None or places.commune is None:
            raise Refusal(
                N_("Không rõ “%(name)s” là thôn hay tổ dân phố. Lập địa bàn này trước."), field="file", name=name
            )
        area = create_area(writing.session, writing.by, places.commune, name=name, kind=kind, valid_from=clock.today())
        writing.paths[f"new:{key}"] = area


def _add(writing: _Writing, found: Examination) -> None:
    rows: list[dict[str, Any]] = []
    people: list[ParsedHousehold] = []
    counters: dict[str, _Numbers] = {}
    for incoming in found.comparison.new:
        area = writing.paths[found.places.path_of(incoming)]
        if area.path not in counters:
            may_import(writing.by, area)
            counters[area.path] = _Numbers.of(writing.session, area, found)
        number, position = counters[area.path].take(incoming.number)
        rows.append(
            {
                "area_id": area.id,
                "number": number,
                "address": incoming.address,
                "cluster": incoming.cluster,
                "position": position,
                "search": fold(f"{number} {incoming.address} {incoming.cluster}")[:700],
                "started_at": writing.now,
                "end_reason": "",
            }
        )
        people.append(incoming)
    if not rows:
        return
    keys = list(writing.session.scalars(insert(Household).returning(Household.id, sort_by_parameter_order=True), rows))
    representatives = [_person(writing, key, person) for key, person in zip(keys, people, strict=True)]
    writing.session.execute(insert(Representative), representatives)
    for key, row, person in zip(keys, rows, people, strict=True):
        after = _plain(row["number"], row["address"], row["cluster"], person.full_name, person.phone, ended=False)
        writing.note(key, "add", None, after)


@dataclass
class _Numbers:
    """Free numbers and the next place on the round of one area."""

    taken: set[str]
    highest: int
    position: int

    @classmethod
    def of(cls, session: Session, area: Area, found: Examination) -> "_Numbers":
        query = select(Household.number).where(Household.area_id == area.id, Household.ended_at.is_(None))
        taken = set(session.scalars(query)) | {h.number for h in found.comparison.new if h.number}
        last = session.scalar(select(func.max(Household.position)).where(Household.area_id == area.id)) or 0
        highest = max((int(number) for number in taken if number.isdigit()), default=0)
        return cls(taken, highest, last)

    def take(self, wanted: str) -> tuple[str, int]:
        """The household's own number, or the next free one of three digits."""
        self.position += 1
        if wanted:
            return wanted, self.position
        self.highest += 1
        while f"{self.highest:03}" in self.taken:
            self.highest += 1
        return f"{self.highest:03}", self.position


def _person(writing: _Writing, household_id: int, incoming: ParsedHousehold) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "full_name": incoming.full_name,
        "sort_key": sort_key(incoming.full_name)[:600],
        "search": fold(incoming.full_name),
        "phone": incoming.phone,
        "since": writing.now,
        "reason": "",
        "recorded_by": writing.by.account_id,
    }


def _change(writing: _Writing, pair: Pair) -> None:
    session, incoming = writing.session, pair.incoming
    home = session.get_one(Household, pair.present.id)
    before = snapshot(session, home)
    changed = {change.field for change in pair.changes}
    for name in changed & {"number", "address", "cluster"}:
        setattr(home, name, getattr(incoming, name))
    home.search = fold(f"{home.number} {home.address} {home.cluster}")[:700]
    active = active_of(session, home.id)
    if "full_name" in changed or active is None:
        if active is not None:
            active.until = writing.now
            session.flush()
        session.add(Representative(**_person(writing, home.id, incoming)))
    elif "phone" in changed:
        active.phone = incoming.phone
    session.flush()
    writing.note(home.id, "change", before, snapshot(session, home))


def _end(writing: _Writing, keys: list[int]) -> None:
    for key in keys:
        home = writing.session.get_one(Household, key)
        before = snapshot(writing.session, home)
        home.ended_at, home.end_reason = writing.now, "Không còn trong danh sách được nhập"
        writing.note(key, "end", before, snapshot(writing.session, home))
    writing.session.flush()


def _finish(writing: _Writing, found: Examination, end_gone: bool) -> dict[str, int]:
    kept, counts = writing.kept, found.comparison.counts()
    counts = {
        "added": counts["new"],
        "changed": counts["changed"],
        "ended": counts["gone"] if end_gone else 0,
        "unchanged": counts["unchanged"],
        "faulty_rows_left_out": len({fault.row for fault in found.parsed.faults}),
        "areas_created": len(found.places.new),
    }
    kept.status, kept.committed_at, kept.content = "committed", writing.now, None
    kept.base_fingerprint, kept.summary = found.fingerprint, counts
    writing.session.flush()
    record(
        writing.session,
        writing.by,
        "households.import.commit",
        subject=("roll_import", kept.id),
        path=kept.area.path,
        filename=kept.filename,
        **counts,
    )
    return counts


def active_of(session: Session, household_id: int) -> Representative | None:
    query = select(Representative).where(Representative.household_id == household_id, Representative.until.is_(None))
    return session.scalar(query)


def snapshot(session: Session, home: Household) -> dict[str, Any]:
    active = active_of(session, home.id)
    name, phone = (active.full_name, active.phone) if active else (None, None)
    return _plain(home.number, home.address, home.cluster, name, phone, ended=home.ended_at is not None)


def _plain(
    number: str, address: str, cluster: str, full_name: str | None, phone: str | None, *, ended: bool
) -> dict[str, Any]:
    return {
        "number": number,
        "address": address,
        "cluster": cluster,
        "full_name": full_name,
        "phone": phone,
        "ended": ended,
    }
