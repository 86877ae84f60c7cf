"""Verbs on places: load the official list, create, change, merge or split."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.areas import queries, rules
from app.areas.models import Area, AreaSuccession
from app.areas.official import OfficialPlace, official_places
from app.audit.operations import record
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.lib.text import fold, strange_characters, tidy

LONGEST = {"name": 200, "head_name": 200, "front_name": 200, "phone": 30, "address": 500, "document": 500}


def load_official(session: Session, by: Actor) -> int:
    """Add the official provinces and communes that are missing; returns how many. Harmless when repeated."""
    known = _known(session)
    added = 0
    for level in ("province", "commune"):
        rows = [
            _official_row(place, position, known)
            for position, place in enumerate(official_places())
            if place.level == level and place.path not in known
        ]
        if rows:
            session.execute(insert(Area), rows)
            known = _known(session)
        added += len(rows)
    if added:
        record(session, by, "areas.official.load", subject=("area", ""), path="", added=added)
    return added


def _official_row(place: OfficialPlace, position: int, known: dict[str, int]) -> dict[str, Any]:
    return {
        "path": place.path,
        "parent_id": known.get(place.parent or ""),
        "level": place.level,
        "kind": place.kind,
        "name": place.name,
        "search": fold(place.name),
        "position": position,
        "valid_from": rules.TWO_TIERS_SINCE,
        "head_name": "",
        "front_name": "",
        "phone": "",
        "address": "",
    }


def _known(session: Session) -> dict[str, int]:
    return dict(session.execute(select(Area.path, Area.id)).all())


def lock(session: Session, places: Iterable[Area]) -> None:
    """Let nobody else change what hangs on these places until this transaction ends; always in one order."""
    keys = sorted({area.id for area in places})
    if keys:
        query = select(Area.id).where(Area.id.in_(keys)).order_by(Area.id)
        session.execute(query.with_for_update(key_share=True)).all()


def create_area(session: Session, by: Actor, commune: Area, *, name: str, kind: str, valid_from: date) -> Area:
    """Create a residential area below the commune; refuses a name that a present area there already has."""
    _must_manage(by, commune)
    if commune.level != "commune":
        raise Refusal(N_("Thôn, tổ dân phố chỉ được lập dưới cấp xã."), field="kind")
    found = rules.KINDS.get(kind)
    if found is None or found.level != "residential":
        raise Refusal(N_("Chọn loại địa bàn trong danh sách."), field="kind")
    name = _area_name(name, found)
    _check_day(valid_from, "valid_from")
    lock(session, [commune])
    _refuse_same_name(session, commune, name)
    taken = {area.path.rsplit("/", 1)[1] for area in queries.all_below(session, commune)}
    segment = rules.next_segment(taken)
    area = Area(
        path=f"{commune.path}/{segment}",
        parent_id=commune.id,
        parent=commune,
        level="residential",
        kind=kind,
        legal_type=found.legal_type,
        name=name,
        search=fold(name),
        position=int(segment),
        valid_from=valid_from,
    )
    session.add(area)
    session.flush()
    record(session, by, "areas.area.create", subject=("area", area.id), path=area.path, name=name, kind=kind)
    return area


def update_area(session: Session, by: Actor, area: Area, **values: str) -> None:
    """Change name and contacts (``name``, ``head_name``, ``front_name``, ``phone``, ``address``).

    Provinces and communes keep the name the official list gives them.
    """
    _must_manage(by, area)
    if unknown := set(values) - {"name", "head_name", "front_name", "phone", "address"}:
        raise TypeError(f"not changeable: {unknown}")
    values = {key: _line(value, key) for key, value in values.items()}
    if "name" in values and values["name"] != area.name:
        values["name"] = _new_name(session, area, values["name"])
    changes = {k: [getattr(area, k), v] for k, v in values.items() if getattr(area, k) != v}
    for key, value in values.items():
        setattr(area, key, value)
    area.search = fold(area.name)
    if changes:
        record(session, by, "areas.area.update", subject=("area", area.id), path=area.path, changes=changes)


def _new_name(session: Session, area: Area, name: str) -> str:
    if area.level != "residential" or area.parent is None:
        raise Refusal(N_("Tên tỉnh, xã lấy từ danh mục chính thức, không sửa tại đây."), field="name")
    name = _area_name(name, rules.KINDS[area.kind])
    lock(session, [area.parent])
    _refuse_same_name(session, area.parent, name, but=area)
    return name


def end_area(
    session: Session, by: Actor, area: Area, *, last_day: date, successors: Sequence[Area], document: str
) -> None:
    """End an area by a merger, a split or a re-founding; its successors begin no later than the next day."""
    _must_manage(by, area)
    if area.level != "residential":
        raise Refusal(N_("Chỉ thôn, tổ dân phố được kết thúc tại đây."), field="last_day")
    if area.valid_to is not None:
        raise WrongMoment(N_("Địa bàn này đã kết thúc."), field="last_day")
    _check_day(last_day, "last_day")
    if last_day < area.valid_from:
        raise Refusal(N_("Ngày kết thúc phải sau ngày bắt đầu của địa bàn."), field="last_day")
    document = _line(document, "document")
    if not document:
        raise Refusal(N_("Ghi số và ngày nghị quyết sáp nhập, chia tách."), field="document")
    for successor in {one.id: one for one in successors}.values():
        _check_successor(area, successor, last_day)
        session.add(
            AreaSuccession(predecessor_id=area.id, successor_id=successor.id, happened_on=last_day, document=document)
        )
    area.valid_to = last_day
    record(
        session,
        by,
        "areas.area.end",
        subject=("area", area.id),
        path=area.path,
        last_day=last_day,
        successors=[s.code for s in successors],
        document=document,
    )


def _check_successor(area: Area, successor: Area, last_day: date) -> None:
    if successor.id == area.id or successor.parent_id != area.parent_id:
        raise Refusal(N_("Địa bàn kế tục phải là địa bàn khác trong cùng xã, phường."), field="successors")
    if not rules.is_valid_on(successor.valid_from, successor.valid_to, last_day + timedelta(days=1)):
        raise Refusal(N_("%(name)s không tồn tại vào ngày tiếp theo."), field="successors", name=successor.label)


def _must_manage(by: Actor, area: Area) -> None:
    if not by.may("areas:area:manage", area.path):
        raise Forbidden(N_("Ông/Bà không có quyền sửa địa bàn này."))


def _check_day(day: date, field: str) -> None:
    if not rules.EARLIEST <= day <= rules.LATEST:
        raise Refusal(N_("Ngày này không đúng. Ghi ngày theo dạng 05/07/2026."), field=field)


def _area_name(name: str, kind: rules.Kind) -> str:
    name = _line(name, "name")
    if not name:
        raise Refusal(N_("Ghi tên địa bàn, ví dụ: Khu phố 6."), field="name")
    if not any(map(str.isalpha, name)):
        name = f"{kind.name[0].upper()}{kind.name[1:]} {name}"
    said = rules.kind_of_name(name)
    if said and rules.KINDS[said].legal_type != kind.legal_type:
        raise Refusal(N_("Tên không hợp với loại địa bàn."), field="name")
    return name


def _line(text: str, field: str) -> str:
    """One line of text as it should be kept; refuses one that is too long or holds what nobody can see."""
    text = tidy(text)
    if len(text) > LONGEST[field]:
        raise Refusal(N_("Tối đa %(max)s ký tự."), field=field, max=LONGEST[field])
    if strange := strange_characters(text):
        raise Refusal(N_("Có ký tự lạ không được dùng: %(names)s."), field=field, names=", ".join(strange))
    return text


def _refuse_same_name(session: Session, commune: Area, name: str, but: Area | None = None) -> None:
    for area in queries.all_below(session, commune):
        if area.valid_to is None and area is not but and rules.same_place(area.name, name):
            raise Refusal(N_("Trong xã, phường đã có %(name)s."), field="name", name=area.label)
