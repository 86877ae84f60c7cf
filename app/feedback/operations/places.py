"""Service centres, counters and groups of procedures: begun, corrected, closed (Decree 61/2018/NĐ-CP)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.feedback.models import CounterGroup, ProcedureGroup, RatingPoint, ServiceCenter, ServiceCounter
from app.feedback.queries import places as queries
from app.feedback.rules.hours import BadHours, read_spans
from app.feedback.rules.networks import BadNetwork, read_networks
from app.lib.calendar import WEEKDAYS
from app.lib.i18n import N_
from app.lib.text import fold

EDIT = "feedback:point:edit"
NAME, ADDRESS, HOTLINE, NUMBER = 200, 500, 30, 20
MOST_COUNTERS = 60
CLOSED_WITH_CENTER = N_("Trung tâm đã ngừng hoạt động.")
CLOSED_WITH_COUNTER = N_("Quầy đã ngừng hoạt động.")
CLOSED_WITH_GROUP = N_("Nhóm thủ tục đã ngừng tiếp nhận.")
_HOURS = N_("“%(text)s” không phải là giờ mở cửa. Ghi như 7:30-11:30, 13:30-17:00; để trống nếu nghỉ.")


@dataclass(frozen=True)
class CenterEntries:
    """What a form says of a centre; ``hours`` has a text for each weekday from Monday, ``networks`` one a line."""

    name: str
    address: str = ""
    hotline: str = ""
    hours: tuple[str, ...] = ("",) * 7
    networks: str = ""


def create_center(session: Session, by: Actor, commune: Area, entries: CenterEntries) -> ServiceCenter:
    """Begin a service centre of a commune. Raises ``ManyRefusals`` with every fault at its field."""
    must(by, EDIT, commune.path)
    if commune.level != "commune":
        raise Refusal(N_("Trung tâm thuộc một xã, phường, đặc khu."))
    values = _checked(entries)
    center = ServiceCenter(area_id=commune.id, path=commune.path, created_at=clock.now(), **values)
    session.add(center)
    session.flush()
    _note(session, by, center, "feedback.center.create", name=center.name)
    return center


def edit_center(session: Session, by: Actor, center: ServiceCenter, entries: CenterEntries) -> None:
    """Correct what is known of a centre. Raises as ``create_center`` does."""
    must(by, EDIT, center.path)
    values = _checked(entries)
    lock(session, center, key_share=True)
    changed = [name for name, value in values.items() if getattr(center, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(center, name, values[name])
    session.flush()
    _note(session, by, center, "feedback.center.edit", name=center.name, fields=changed)


def close_center(session: Session, by: Actor, center: ServiceCenter) -> int:
    """Close a centre for good; its points take no more ratings, those it took stay. Returns how many points ended.

    Screens, tablets and codes of dossiers say so by their point; its people still get the answers they wait for.
    """
    must(by, EDIT, center.path)
    lock(session, center, key_share=True)
    must_be_running(center)
    center.closed_at = clock.now()
    ended = _end_points(session, CLOSED_WITH_CENTER, RatingPoint.center_id == center.id)
    _note(session, by, center, "feedback.center.close", name=center.name, ended_codes=ended)
    return ended


def add_counter(
    session: Session, by: Actor, center: ServiceCenter, *, number: str, name: str, groups: Iterable[int] = ()
) -> ServiceCounter:
    """Add a counter that handles these groups of procedures. Raises ``Refusal`` for a number there is already."""
    must(by, EDIT, center.path)
    must_be_running(center)
    lock(session, center, key_share=True)
    present = queries.counters(session, center.id, closed=True)
    if len([one for one in present if one.closed_at is None]) >= MOST_COUNTERS:
        raise Refusal(N_("Trung tâm có tối đa %(most)d quầy."), field="number", most=MOST_COUNTERS)
    kept = _number(present, number)
    title = _named(name)
    position = max((one.position for one in present), default=0) + 1
    counter = ServiceCounter(center_id=center.id, path=center.path, number=kept, name=title, position=position)
    session.add(counter)
    session.flush()
    _handle(session, counter, groups)
    _note(session, by, center, "feedback.counter.add", counter=title)
    return counter


def edit_counter(
    session: Session, by: Actor, counter: ServiceCounter, *, number: str, name: str, groups: Iterable[int]
) -> None:
    """Correct a counter and say which groups of procedures it handles. Raises as ``add_counter`` does."""
    must(by, EDIT, counter.path)
    _must_be_open(counter)
    lock(session, counter.center, key_share=True)
    present = queries.counters(session, counter.center_id, closed=True)
    counter.number, counter.name = _number(present, number, but=counter), _named(name)
    _handle(session, counter, groups)
    session.flush()
    _note(session, by, counter.center, "feedback.counter.edit", counter=counter.name)


def close_counter(session: Session, by: Actor, counter: ServiceCounter) -> int:
    """Close a counter; its points take no more ratings, those it took stay. Returns how many points ended."""
    must(by, EDIT, counter.path)
    lock(session, counter, key_share=True)
    _must_be_open(counter)
    counter.closed_at = clock.now()
    ended = _end_points(session, CLOSED_WITH_COUNTER, RatingPoint.counter_id == counter.id)
    _note(session, by, counter.center, "feedback.counter.close", counter=counter.name, ended_codes=ended)
    return ended


def add_group(session: Session, by: Actor, center: ServiceCenter, *, name: str) -> ProcedureGroup:
    """Add a group of procedures. Raises ``Refusal`` for a name there is already."""
    must(by, EDIT, center.path)
    must_be_running(center)
    lock(session, center, key_share=True)
    present = queries.groups(session, center.id, closed=True)
    title = _group_name(present, name)
    position = max((one.position for one in present), default=0) + 1
    group = ProcedureGroup(center_id=center.id, path=center.path, name=title, position=position)
    session.add(group)
    session.flush()
    _note(session, by, center, "feedback.group.add", group=title)
    return group


def edit_group(session: Session, by: Actor, group: ProcedureGroup, *, name: str) -> None:
    """Correct the name of a group. Raises as ``add_group`` does."""
    must(by, EDIT, group.path)
    center = session.get_one(ServiceCenter, group.center_id)
    lock(session, center, key_share=True)
    _must_be_open(group)
    present = queries.groups(session, group.center_id, closed=True)
    group.name = _group_name(present, name, but=group)
    session.flush()
    _note(session, by, center, "feedback.group.edit", group=group.name)


def close_group(session: Session, by: Actor, group: ProcedureGroup) -> int:
    """Close a group of procedures; returns how many points ended with it."""
    must(by, EDIT, group.path)
    lock(session, group, key_share=True)
    _must_be_open(group)
    group.closed_at = clock.now()
    session.execute(delete(CounterGroup).where(CounterGroup.group_id == group.id))
    ended = _end_points(session, CLOSED_WITH_GROUP, RatingPoint.group_id == group.id)
    center = session.get_one(ServiceCenter, group.center_id)
    _note(session, by, center, "feedback.group.close", group=group.name, ended_codes=ended)
    return ended


def must_be_running(center: ServiceCenter) -> None:
    """Refuse changes to a centre that has closed."""
    if center.closed_at is not None:
        raise WrongMoment(N_("Trung tâm này đã ngừng hoạt động."))


def _must_be_open(one: ServiceCounter | ProcedureGroup) -> None:
    if one.closed_at is not None:
        raise WrongMoment(N_("Mục này đã ngừng hoạt động."))


def _checked(entries: CenterEntries) -> dict[str, Any]:
    """The columns of a centre; every fault is said at once."""
    problems: list[Refusal] = []
    values: dict[str, Any] = {}
    for name, most in (("name", NAME), ("address", ADDRESS), ("hotline", HOTLINE)):
        try:
            values[name] = clean_line(getattr(entries, name), name, most)
        except Refusal as refusal:
            problems.append(refusal)
    if not values.get("name", "-"):
        problems.append(Refusal(N_("Ghi tên Trung tâm."), field="name"))
    values["hours"] = _hours(entries.hours, problems)
    try:
        values["networks"] = read_networks(entries.networks)
    except BadNetwork as bad:
        problems.append(Refusal(bad.message, field="networks", **bad.params))
    if problems:
        raise ManyRefusals(N_("Có mục chưa đúng."), problems)
    return values


def _hours(texts: tuple[str, ...], problems: list[Refusal]) -> Mapping[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = {}
    for weekday, text in enumerate(texts[: len(WEEKDAYS)]):
        try:
            spans = read_spans(text)
        except BadHours as bad:
            problems.append(Refusal(_HOURS, field=f"hours_{weekday}", text=str(bad)[:60]))
        else:
            found |= {str(weekday): spans} if spans else {}
    return found


def _number(present: Iterable[ServiceCounter], number: str, but: ServiceCounter | None = None) -> str:
    kept = clean_line(number, "number", NUMBER)
    if not kept:
        raise Refusal(N_("Ghi số hoặc ký hiệu của quầy."), field="number")
    if any(one is not but and fold(one.number) == fold(kept) for one in present):
        raise Refusal(N_("Đã có quầy %(number)s."), field="number", number=kept)
    return kept


def _named(name: str) -> str:
    kept = clean_line(name, "name", NAME)
    if not kept:
        raise Refusal(N_("Ghi tên quầy, ví dụ: Quầy 3 – Đất đai."), field="name")
    return kept


def _group_name(present: Iterable[ProcedureGroup], name: str, but: ProcedureGroup | None = None) -> str:
    kept = clean_line(name, "name", NAME)
    if not kept:
        raise Refusal(N_("Ghi tên nhóm thủ tục, ví dụ: Đất đai."), field="name")
    if any(one is not but and fold(one.name) == fold(kept) for one in present):
        raise Refusal(N_("Đã có nhóm thủ tục “%(name)s”."), field="name", name=kept)
    return kept


def _handle(session: Session, counter: ServiceCounter, groups: Iterable[int]) -> None:
    """Let the counter handle exactly these groups of its centre; others are refused."""
    wanted = set(groups)
    own = set(
        session.scalars(
            select(ProcedureGroup.id).where(
                ProcedureGroup.center_id == counter.center_id, ProcedureGroup.closed_at.is_(None)
            )
        )
    )
    if not wanted <= own:
        raise Refusal(N_("Chọn nhóm thủ tục trong danh sách."), field="groups")
    session.execute(delete(CounterGroup).where(CounterGroup.counter_id == counter.id))
    if wanted:
        rows = [{"counter_id": counter.id, "group_id": group_id} for group_id in sorted(wanted)]
        session.execute(insert(CounterGroup), rows)


def _end_points(session: Session, reason: str, condition: Any) -> int:
    points = session.scalars(select(RatingPoint).where(condition, RatingPoint.revoked_at.is_(None))).all()
    for point in points:
        point.revoked_at, point.revoked_reason = clock.now(), reason
    session.flush()
    return len(points)


def _note(session: Session, by: Actor, center: ServiceCenter, action: str, **detail: Any) -> None:
    record(session, by, action, subject=("center", center.id), path=center.path, **detail)
