"""Writing a roll: all of it or nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.operations import create_area, lock
from app.areas.rules import kind_of_name
from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.households.importing.checks import number_key
from app.households.importing.comparison import Pair
from app.households.importing.records import ParsedHousehold
from app.households.models import Household, Representative, RollImport, RollImportChange
from app.households.operations.examining import Examination, fingerprint_now, refuse_finished
from app.households.operations.numbering import Numbers
from app.households.operations.placing import may_import
from app.households.operations.states import State, assign, end, load, search_text, state_of
from app.lib.i18n import N_
from app.lib.text import fold, sort_key

NAMED = 10  # as many numbers stand in a refusal
GONE = "Không còn trong danh sách được nhập"
_HOUSE = ("number", "address", "cluster")


@dataclass
class _Writing:
    """What one commit needs at hand."""

    session: Session
    by: Actor
    kept: RollImport
    found: Examination
    now: datetime
    areas: dict[str, Area] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def note(self, household_id: int, action: str, before: State | None, after: State) -> None:
        line = {"household_id": household_id, "action": action, "before": before, "after": after}
        self.changes.append({"import_id": self.kept.id} | line)


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
    the file was examined, or since the person looked (``seen_fingerprint``). Households missing from the file stay
    unless ``end_gone``.
    """
    may_import(by, kept.area)
    _refuse_unfit(found, without_faulty, end_gone)
    places = found.places
    lock(session, [kept.area, *places.touched(found.parsed), *([places.commune] if places.new else [])])
    session.refresh(kept, ["status"], with_for_update=True)
    refuse_finished(kept)
    if seen_fingerprint not in (None, found.fingerprint) or fingerprint_now(session, kept, found) != found.fingerprint:
        raise WrongMoment(N_("Danh sách hộ đã thay đổi sau khi Ông/Bà xem. Mời Ông/Bà xem lại bảng so sánh."))
    writing = _Writing(session, by, kept, found, clock.now())
    _create_areas(writing)
    _end_and_change(writing, end_gone)
    _add(writing)
    if writing.changes:
        session.execute(insert(RollImportChange).execution_options(render_nulls=True), writing.changes)
    return _finish(writing, end_gone)


def _refuse_unfit(found: Examination, without_faulty: bool, end_gone: bool) -> None:
    if found.parsed.faults and not without_faulty:
        raise Refusal(
            N_("Tệp còn %(n)s lỗi cần sửa. Sửa tệp, hoặc chọn nhập mà bỏ các dòng có lỗi."),
            field="without_faulty",
            n=len(found.parsed.faults),
        )
    if not found.parsed.households:
        raise Refusal(N_("Không có hộ nào để nhập."), field="file")
    if taken := _numbers_taken(found, end_gone):
        raise Refusal(
            N_(
                "Số hộ %(numbers)s trong tệp đang là số của hộ khác, hộ ấy không có trong tệp. Sửa số hộ, hoặc bỏ khỏi"
                " danh sách các hộ không còn trong tệp."
            ),
            field="end_gone",
            numbers=", ".join(taken[:NAMED]) + (", …" if len(taken) > NAMED else ""),
        )


def _numbers_taken(found: Examination, end_gone: bool) -> list[str]:
    """Numbers the file gives to a household while another one keeps them."""
    comparison, path_of = found.comparison, found.places.path_of
    staying = [(pair.present.area, pair.present.number) for pair in comparison.unchanged]
    staying += [(home.area, home.number) for home in found.in_faulty_rows]
    staying += [(pair.present.area, pair.present.number) for pair in comparison.changed if not _renumbers(pair)]
    if not end_gone:
        staying += [(home.area, home.number) for home in comparison.gone]
    given = [(path_of(home), home.number) for home in comparison.new if home.number]
    given += [(path_of(pair.incoming), pair.incoming.number) for pair in comparison.changed if _renumbers(pair)]
    counts = Counter((area, number_key(number)) for area, number in [*staying, *given])
    return [number for area, number in given if counts[area, number_key(number)] > 1]


def _renumbers(pair: Pair) -> bool:
    return any(change.field == "number" for change in pair.changes)


def _create_areas(writing: _Writing) -> None:
    places = writing.found.places
    # The file may have been examined in another session than the one that writes.
    for place in (*places.known.values(), places.home):
        writing.areas[place.path] = writing.session.get_one(Area, place.id)
    commune = writing.session.get_one(Area, places.commune.id)
    for key, name in places.new.items():
        kind = kind_of_name(name)
        if kind is None:
            raise Refusal(
                N_("Không rõ “%(name)s” là thôn hay tổ dân phố. Lập địa bàn này trước."), field="file", name=name
            )
        create = partial(create_area, writing.session, writing.by, commune)
        writing.areas[key] = create(name=name, kind=kind, valid_from=clock.today())


def _end_and_change(writing: _Writing, end_gone: bool) -> None:
    """Households that leave first, so that their numbers are free for those that stay and those that come."""
    session, comparison = writing.session, writing.found.comparison
    gone = [home.id for home in comparison.gone] if end_gone else []
    pairs = {pair.present.id: pair for pair in comparison.changed}
    loaded = load(session, [*gone, *pairs])
    before = {key: state_of(*loaded[key]) for key in loaded}
    for key in gone:
        end(loaded[key][0], writing.now, GONE)
        writing.note(key, "end", before[key], state_of(*loaded[key]))
    wanted = {key: _wanted(before[key], pair) for key, pair in pairs.items()}
    assign(session, {key: (loaded[key][0], values) for key, values in wanted.items()})
    people = _change_people(writing, pairs, {key: loaded[key][1] for key in pairs})
    for key in pairs:
        writing.note(key, "change", before[key], state_of(loaded[key][0], people[key]))


def _wanted(before: State, pair: Pair) -> State:
    changed = {change.field for change in pair.changes}
    return {name: getattr(pair.incoming, name) if name in changed else before[name] for name in _HOUSE}


def _change_people(
    writing: _Writing, pairs: dict[int, Pair], active: dict[int, Representative | None]
) -> dict[int, Representative | None]:
    """Another name is another person, who follows the former one; another telephone number is not."""
    people = dict(active)
    for key, pair in pairs.items():
        changed, person = {change.field for change in pair.changes}, active[key]
        if person is None or "full_name" in changed:
            people[key] = Representative(**_person(writing, key, pair.incoming))
            if person is not None:
                person.until = writing.now
        elif "phone" in changed:
            person.phone = pair.incoming.phone
    writing.session.flush()  # The former go before the new come: the database allows one active at a time.
    writing.session.add_all(person for person in people.values() if person is not None)
    writing.session.flush()
    return people


def _add(writing: _Writing) -> None:
    incoming = writing.found.comparison.new
    if not incoming:
        return
    rows = list(_rows(writing, incoming))
    keys = _insert(writing.session, Household, rows)
    people = [_person(writing, key, home) for key, home in zip(keys, incoming, strict=True)]
    representatives = _insert(writing.session, Representative, people)
    for key, row, home, person in zip(keys, rows, incoming, representatives, strict=True):
        after = {name: row[name] for name in _HOUSE} | {"full_name": home.full_name, "phone": home.phone}
        writing.note(key, "add", None, after | {"ended": False, "representative": person})


def _insert(session: Session, table: type[Household | Representative], rows: list[dict[str, Any]]) -> list[int]:
    """Add many rows; their ids in the same order."""
    # Without render_nulls each row that leaves something empty would go in a statement of its own.
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.scalars(statement.execution_options(render_nulls=True), rows))


def _rows(writing: _Writing, incoming: Iterable[ParsedHousehold]) -> Iterator[dict[str, Any]]:
    counters: dict[str, Numbers] = {}
    given = {home.number for home in incoming}
    for home in incoming:
        area = writing.areas[writing.found.places.path_of(home)]
        if area.path not in counters:
            counters[area.path] = Numbers.of(writing.session, area, given)
        number, position = counters[area.path].take(home.number)
        yield {
            "area_id": area.id,
            "number": number,
            "address": home.address,
            "cluster": home.cluster,
            "position": position,
            "search": search_text(number, home.address, home.cluster),
            "started_at": writing.now,
            "end_reason": "",
        }


def _person(writing: _Writing, household_id: int, incoming: ParsedHousehold) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "full_name": incoming.full_name,
        "sort_key": sort_key(incoming.full_name),
        "search": fold(incoming.full_name),
        "phone": incoming.phone,
        "since": writing.now,
        "reason": "",
        "recorded_by": writing.by.account_id,
    }


def _finish(writing: _Writing, end_gone: bool) -> dict[str, int]:
    kept, found = writing.kept, writing.found
    compared = found.comparison.counts()
    counts = {
        "added": compared["new"],
        "changed": compared["changed"],
        "ended": compared["gone"] if end_gone else 0,
        "unchanged": compared["unchanged"],
        "faulty_rows_left_out": len({fault.row for fault in found.parsed.faults}),
        "areas_created": len(found.places.new),
    }
    kept.status, kept.committed_at, kept.content = "committed", writing.now, None
    kept.base_fingerprint, kept.summary = found.fingerprint, counts
    writing.session.flush()
    subject, path = ("roll_import", kept.id), kept.area.path
    record(
        writing.session,
        writing.by,
        "households.import.commit",
        subject=subject,
        path=path,
        filename=kept.filename,
        **counts,
    )
    return counts
