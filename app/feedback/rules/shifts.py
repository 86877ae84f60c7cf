"""Shifts held against each other: one counter has one officer at a moment, one officer sits at one counter."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.clock import local
from app.feedback.rules.roster import DUTY, Fault, Line


@dataclass(frozen=True)
class Present:
    """A shift the centre has already; officer and counter as they are written in a roster."""

    shift_id: int
    code: str
    full_name: str
    counter: str
    kind: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Plan:
    """What writing a roster would do."""

    new: tuple[Line, ...]
    same: tuple[Line, ...]
    gone: tuple[Present, ...]
    faults: tuple[Fault, ...]


def plan(lines: list[Line], present: list[Present], *, replaces: bool) -> Plan:
    """Hold the lines of a file against the shifts there are; a file read twice brings nothing new the second time.

    ``replaces``: shifts of the file's days that it does not name are gone. Faults: a line that stands twice, and
    duties that overlap at one counter or of one officer.
    """
    firsts: dict[tuple[object, ...], Line] = {}
    faults = []
    for line in lines:
        first = firsts.setdefault(_key(line), line)
        if first is not line:
            faults.append(Fault(line.row, "code", "repeated", {"row": first.row}))
    held = {_key(shift): shift for shift in present}
    new = tuple(line for key, line in firsts.items() if key not in held)
    same = tuple(line for key, line in firsts.items() if key in held)
    days = {local(line.begins).date() for line in lines}
    gone = tuple(
        shift for key, shift in held.items() if replaces and key not in firsts and local(shift.begins).date() in days
    )
    staying = [shift for shift in present if shift not in set(gone)]
    faults += _overlaps(new, staying, "counter")
    seen = {(fault.row, fault.problem.partition("_")[0]) for fault in faults}
    faults += [one for one in _overlaps(new, staying, "person") if (one.row, "counter") not in seen]
    bad = {fault.row for fault in faults}
    return Plan(tuple(line for line in new if line.row not in bad), same, gone, tuple(faults))


def but_own(found: Plan, own: AbstractSet[str]) -> Plan:
    """The plan with a fault wherever it would change shifts of an officer whose code is among ``own``.

    Lines that only repeat what there is change nothing. A shift that would be gone has no line: its fault stands in
    the first one of its day.
    """
    faults = [Fault(line.row, "code", "own") for line in found.new if line.code in own]
    for shift in found.gone:
        if shift.code in own:
            day = local(shift.begins).date()
            row = min(line.row for line in (*found.new, *found.same) if local(line.begins).date() == day)
            span = f"{local(shift.begins):%H:%M}–{local(shift.ends):%H:%M}"
            faults.append(Fault(row, "day", "own_gone", {"span": span}))
    bad = {fault.row for fault in faults}
    new = tuple(line for line in found.new if line.row not in bad)
    return replace(found, new=new, faults=(*found.faults, *faults))


def _key(one: Line | Present) -> tuple[object, ...]:
    return one.code, one.counter, one.kind, one.begins, one.ends


def _overlaps(new: Iterable[Line], staying: Iterable[Present], what: str) -> list[Fault]:
    """A fault for each new duty that begins before another one of the same counter (or person) has ended."""
    by_place: dict[str, list[Line | Present]] = {}
    every: list[Line | Present] = [*staying, *new]
    for one in every:
        if one.kind == DUTY:
            by_place.setdefault(one.counter if what == "counter" else one.code, []).append(one)
    faults: dict[int, Fault] = {}
    for held in by_place.values():
        held.sort(key=lambda one: (one.begins, one.ends))
        longest = held[0]
        for one in held[1:]:
            if one.begins < longest.ends:
                later, other = (one, longest) if isinstance(one, Line) else (longest, one)
                if isinstance(later, Line):
                    faults.setdefault(later.row, _fault(later, other, what))
            longest = max(longest, one, key=lambda shift: shift.ends)
    return list(faults.values())


def _fault(line: Line, other: Line | Present, what: str) -> Fault:
    span = f"{local(other.begins):%H:%M}–{local(other.ends):%H:%M}"
    field = "counter" if what == "counter" else "code"
    if isinstance(other, Line):
        return Fault(line.row, field, f"{what}_taken", {"name": other.full_name, "span": span, "row": other.row})
    return Fault(line.row, field, f"{what}_taken_before", {"name": other.full_name, "span": span})
