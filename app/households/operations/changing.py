"""Changes to single households, made by hand; every former representative stays on record (Law Đ18.2)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor
from app.households.importing.records import ADDRESS_MAX, NAME_MAX, NUMBER_MAX
from app.households.models import Household, Representative, RollDecision
from app.lib.i18n import N_
from app.lib.text import BadPhone, fold, normalise_phone, proper_name, sort_key, strange_characters, tidy


def add_household(
    session: Session,
    by: Actor,
    area: Area,
    *,
    number: str,
    address: str,
    full_name: str,
    phone: str = "",
    cluster: str = "",
) -> Household:
    """Add a household with its representative. Refuses a number in use, a missing name or address."""
    may_edit(by, area)
    number = _checked(number, "number", NUMBER_MAX, N_("Ghi số hộ."))
    _refuse_taken(session, area, number)
    now = clock.now()
    last = session.scalar(select(func.max(Household.position)).where(Household.area_id == area.id)) or 0
    household = Household(
        area_id=area.id,
        number=number,
        address=_checked(address, "address", ADDRESS_MAX, N_("Ghi địa chỉ thường trú.")),
        cluster=tidy(cluster)[:100],
        position=last + 1,
        started_at=now,
    )
    household.search = fold(f"{household.number} {household.address} {household.cluster}")
    household.representatives = [make_representative(by, full_name=full_name, phone=phone, reason="")]
    session.add(household)
    session.flush()
    record(session, by, "households.household.add", subject=("household", household.id), path=area.path, number=number)
    return household


def update_household(
    session: Session, by: Actor, household: Household, *, number: str, address: str, cluster: str
) -> None:
    """Correct number, address or cluster."""
    may_edit(by, household.area)
    _refuse_ended(household)
    number = _checked(number, "number", NUMBER_MAX, N_("Ghi số hộ."))
    if number != household.number:
        _refuse_taken(session, household.area, number)
    values = {
        "number": number,
        "address": _checked(address, "address", ADDRESS_MAX, N_("Ghi địa chỉ thường trú.")),
        "cluster": tidy(cluster)[:100],
    }
    changed = sorted(name for name, value in values.items() if getattr(household, name) != value)
    for name, value in values.items():
        setattr(household, name, value)
    household.search = fold(f"{household.number} {household.address} {household.cluster}")
    if changed:
        subject = ("household", household.id)
        record(session, by, "households.household.update", subject=subject, path=household.area.path, fields=changed)


def change_representative(
    session: Session, by: Actor, household: Household, *, full_name: str, phone: str, reason: str
) -> Representative:
    """Let another person represent the household from now on; the former one stays in the history."""
    may_edit(by, household.area)
    _refuse_ended(household)
    if not tidy(reason):
        raise Refusal(N_("Ghi lý do thay đổi, ví dụ: hộ cử người khác."), field="reason")
    new = make_representative(by, full_name=full_name, phone=phone, reason=tidy(reason)[:500])
    session.execute(select(Household.id).where(Household.id == household.id).with_for_update())
    for old in household.representatives:
        if old.until is None:
            old.until = new.since
    session.flush()
    household.representatives.append(new)
    session.flush()
    subject = ("household", household.id)
    record(session, by, "households.representative.change", subject=subject, path=household.area.path, reason=reason)
    return new


def end_household(session: Session, by: Actor, household: Household, *, reason: str) -> None:
    """Take a household off the roll; polls already opened keep their frozen roll."""
    may_edit(by, household.area)
    _refuse_ended(household)
    if not tidy(reason):
        raise Refusal(N_("Ghi lý do, ví dụ: hộ chuyển đi nơi khác."), field="reason")
    household.ended_at = clock.now()
    household.end_reason = tidy(reason)[:500]
    subject = ("household", household.id)
    record(session, by, "households.household.end", subject=subject, path=household.area.path, reason=reason)


def decide_roll(session: Session, by: Actor, area: Area, *, rule: str) -> RollDecision:
    """Record which households count on the roll: of temporary residents the texts say nothing."""
    may_edit(by, area)
    if len(tidy(rule)) < 10:
        raise Refusal(N_("Ghi rõ những hộ nào được tính, ít nhất một câu."), field="rule")
    decision = RollDecision(area_id=area.id, rule=tidy(rule), decided_by=by.account_id or 0, decided_at=clock.now())
    session.add(decision)
    session.flush()
    record(session, by, "households.roll.decide", subject=("area", area.id), path=area.path, rule=tidy(rule))
    return decision


def make_representative(by: Actor, *, full_name: str, phone: str, reason: str) -> Representative:
    """A representative from today on, not yet of any household."""
    name = proper_name(_checked(full_name, "full_name", NAME_MAX, N_("Ghi họ và tên người đại diện.")))
    try:
        number = normalise_phone(phone)
    except BadPhone as fault:
        raise Refusal(N_("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0."), field="phone") from fault
    return Representative(
        full_name=name,
        sort_key=sort_key(name)[:600],
        search=fold(name),
        phone=number,
        since=clock.now(),
        reason=reason,
        recorded_by=by.account_id,
    )


def may_edit(by: Actor, area: Area) -> None:
    if not by.may("households:household:edit", area.path):
        raise Forbidden(N_("Ông/Bà không có quyền sửa danh sách hộ của địa bàn này."))


def _checked(text: str, field: str, longest: int, missing: str) -> str:
    text = tidy(text)
    if not text:
        raise Refusal(missing, field=field)
    if len(text) > longest:
        raise Refusal(N_("Tối đa %(max)s ký tự."), field=field, max=longest)
    if strange := strange_characters(text):
        raise Refusal(N_("Có ký tự lạ không được dùng: %(names)s."), field=field, names=", ".join(strange))
    return text


def _refuse_taken(session: Session, area: Area, number: str) -> None:
    taken = select(Household.id).where(
        Household.area_id == area.id, Household.number == number, Household.ended_at.is_(None)
    )
    if session.scalar(taken) is not None:
        raise Refusal(N_("Đã có hộ mang số %(number)s."), field="number", number=number)


def _refuse_ended(household: Household) -> None:
    if household.ended_at is not None:
        raise WrongMoment(N_("Hộ này không còn trong danh sách."))
