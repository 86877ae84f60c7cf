"""Changes to single households, made by hand; every former representative stays on record (Law Đ18.2)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.operations import lock
from app.audit.operations import record
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor
from app.households.importing.checks import number_key
from app.households.importing.records import ADDRESS_MAX, NAME_MAX, NUMBER_MAX, PLACE_MAX
from app.households.models import Household, Representative, RollDecision
from app.households.operations.states import end, search_text
from app.lib.i18n import N_
from app.lib.text import BadPhone, fold, normalise_phone, proper_name, sort_key, spelling_key, strange_characters, tidy

REASON_MAX, RULE_MIN, RULE_MAX = 500, 10, 2_000


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
    _refuse_wrong_area(area)
    values = _house(number, address, cluster)
    person = make_representative(by, full_name=full_name, phone=phone, reason="")
    lock(session, [area])
    _refuse_taken(session, area, values["number"])
    last = session.scalar(select(func.max(Household.position)).where(Household.area_id == area.id)) or 0
    household = Household(area_id=area.id, area=area, position=last + 1, started_at=person.since, **values)
    household.search = search_text(household.number, household.address, household.cluster)
    household.representatives = [person]
    session.add(household)
    session.flush()
    subject = ("household", household.id)
    record(session, by, "households.household.add", subject=subject, path=area.path, number=household.number)
    return household


def update_household(
    session: Session, by: Actor, household: Household, *, number: str, address: str, cluster: str
) -> None:
    """Correct number, address or cluster."""
    _open_for_change(session, by, household)
    values = _house(number, address, cluster)
    if values["number"] != household.number:
        _refuse_taken(session, household.area, values["number"], but=household)
    changed = sorted(name for name, value in values.items() if getattr(household, name) != value)
    for name, value in values.items():
        setattr(household, name, value)
    household.search = search_text(household.number, household.address, household.cluster)
    session.flush()
    if changed:
        subject = ("household", household.id)
        record(session, by, "households.household.update", subject=subject, path=household.area.path, fields=changed)


def change_representative(
    session: Session, by: Actor, household: Household, *, full_name: str, phone: str, reason: str
) -> Representative:
    """Let another person represent the household from now on; the former one stays in the history.

    The same person with another telephone number stays the same representative.
    """
    reason = _checked(reason, "reason", REASON_MAX, N_("Ghi lý do thay đổi, ví dụ: hộ cử người khác."))
    _open_for_change(session, by, household)
    new = make_representative(by, full_name=full_name, phone=phone, reason=reason)
    query = select(Representative).where(Representative.household_id == household.id, Representative.until.is_(None))
    old = session.scalar(query.execution_options(populate_existing=True))
    if old is not None and spelling_key(old.full_name) == spelling_key(new.full_name):
        return _change_phone(session, by, household, old, new)
    if old is not None:
        old.until = new.since
        session.flush()  # The former goes before the new one comes: the database allows one active at a time.
    new.household_id = household.id
    session.add(new)
    session.flush()
    session.expire(household, ["representatives"])
    subject = ("household", household.id)
    record(session, by, "households.representative.change", subject=subject, path=household.area.path, reason=reason)
    return new


def _change_phone(
    session: Session, by: Actor, household: Household, old: Representative, new: Representative
) -> Representative:
    if old.phone == new.phone:
        raise Refusal(N_("%(name)s đang đại diện cho hộ này."), field="full_name", name=old.full_name)
    old.phone = new.phone
    session.flush()
    subject = ("household", household.id)
    record(session, by, "households.representative.phone", subject=subject, path=household.area.path, reason=new.reason)
    return old


def end_household(session: Session, by: Actor, household: Household, *, reason: str) -> None:
    """Take a household off the roll; polls already opened keep their frozen roll."""
    reason = _checked(reason, "reason", REASON_MAX, N_("Ghi lý do, ví dụ: hộ chuyển đi nơi khác."))
    _open_for_change(session, by, household)
    end(household, clock.now(), reason)
    session.flush()
    subject = ("household", household.id)
    record(session, by, "households.household.end", subject=subject, path=household.area.path, reason=reason)


def decide_roll(session: Session, by: Actor, area: Area, *, rule: str) -> RollDecision:
    """Record which households count on the roll: of temporary residents the texts say nothing."""
    may_edit(by, area)
    _refuse_wrong_area(area)
    if by.account_id is None:
        raise Forbidden(N_("Cần người có tài khoản ghi nhận việc này."))
    rule = _checked(rule, "rule", RULE_MAX, N_("Ghi rõ những hộ nào được tính."))
    if len(rule) < RULE_MIN:
        raise Refusal(N_("Ghi rõ những hộ nào được tính, ít nhất một câu."), field="rule")
    decision = RollDecision(area_id=area.id, rule=rule, decided_by=by.account_id, decided_at=clock.now())
    session.add(decision)
    session.flush()
    record(session, by, "households.roll.decide", subject=("area", area.id), path=area.path, rule=rule)
    return decision


def make_representative(by: Actor, *, full_name: str, phone: str, reason: str) -> Representative:
    """A representative from today on, not yet of any household."""
    name = proper_name(_checked(full_name, "full_name", NAME_MAX, N_("Ghi họ và tên người đại diện.")))
    if not any(map(str.isalpha, name)):
        raise Refusal(N_("Ghi họ và tên người đại diện."), field="full_name")
    try:
        number = normalise_phone(phone)
    except BadPhone as fault:
        raise Refusal(N_("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0."), field="phone") from fault
    return Representative(
        full_name=name,
        sort_key=sort_key(name),
        search=fold(name),
        phone=number,
        since=clock.now(),
        reason=reason,
        recorded_by=by.account_id,
    )


def may_edit(by: Actor, area: Area) -> None:
    """Refuse whoever has no right to change households of the area."""
    if not by.may("households:household:edit", area.path):
        raise Forbidden(N_("Ông/Bà không có quyền sửa danh sách hộ của địa bàn này."))


def _open_for_change(session: Session, by: Actor, household: Household) -> None:
    """Check the right, then let nobody else change the area's roll, and look at the household as it is now."""
    may_edit(by, household.area)
    lock(session, [household.area])
    session.refresh(household, ["number", "ended_at"])
    if household.ended_at is not None:
        raise WrongMoment(N_("Hộ này không còn trong danh sách."))


def _refuse_wrong_area(area: Area) -> None:
    if area.level != "residential":
        raise Refusal(N_("Danh sách hộ chỉ có ở thôn, tổ dân phố."), field="number")
    if area.valid_to is not None and area.valid_to < clock.today():
        raise WrongMoment(N_("%(name)s đã kết thúc nên không sửa danh sách hộ được."), name=area.label)


def _house(number: str, address: str, cluster: str) -> dict[str, str]:
    return {
        "number": _checked(number, "number", NUMBER_MAX, N_("Ghi số hộ.")),
        "address": _checked(address, "address", ADDRESS_MAX, N_("Ghi địa chỉ thường trú.")),
        "cluster": _checked(cluster, "cluster", PLACE_MAX),
    }


def _checked(text: str, field: str, longest: int, missing: str = "") -> str:
    """Text as it should be kept; with ``missing`` it must say something."""
    text = tidy(text)
    if missing and not any(map(str.isalnum, text)):
        raise Refusal(missing, field=field)
    if len(text) > longest:
        raise Refusal(N_("Tối đa %(max)s ký tự."), field=field, max=longest)
    if strange := strange_characters(text):
        raise Refusal(N_("Có ký tự lạ không được dùng: %(names)s."), field=field, names=", ".join(strange))
    return text


def _refuse_taken(session: Session, area: Area, number: str, but: Household | None = None) -> None:
    """Refuse a number another household has, or one that people would take for it: "7" beside "007"."""
    present = select(Household.id, Household.number).where(Household.area_id == area.id, Household.ended_at.is_(None))
    for key, taken in session.execute(present):
        if number_key(taken) == number_key(number) and (but is None or key != but.id):
            raise Refusal(N_("Đã có hộ mang số %(number)s."), field="number", number=taken)
