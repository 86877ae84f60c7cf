"""Roles at places: granted until a day, taken away, always by somebody above and never by oneself."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import SYSTEM, Actor, Body, Role, covers
from app.core.roles import ROLE_BODIES
from app.core.rows import lock
from app.identity import queries, rules
from app.identity.models import Account, RoleGrant
from app.lib.i18n import N_


def grant_role(
    session: Session, by: Actor, account: Account, *, role: Role, area: Area, last_day: date | None = None
) -> RoleGrant:
    """Give the account a role at a place, through ``last_day`` (Vietnamese time) or with no end.

    Raises ``Forbidden`` to whoever may not give this role there, or to oneself; ``Refusal`` for a role that the
    place cannot have, a day already over, a role the account has there already, and for an inspector of the committee
    that they belong to.
    """
    refuse_oneself(by, account)
    _must_grant(by, role, area.path)
    if area.level not in rules.ROLE_LEVELS[role]:
        raise Refusal(N_("Vai trò này không có ở cấp của địa bàn đã chọn."), field="place")
    if area.valid_to is not None and area.valid_to < clock.today():
        raise Refusal(N_("Địa bàn này không còn nữa."), field="place")
    if last_day is not None and last_day < clock.today():
        raise Refusal(N_("Ngày kết thúc vai trò phải từ hôm nay trở đi."), field="last_day")
    _refuse_twice(session, account, role, area)
    _refuse_both_sides(session, account, role, area)
    grant = RoleGrant(
        account_id=account.id, role=role, area_id=area.id, since=clock.now(),
        until=end_of(last_day) if last_day else None, granted_by=by.account_id,
    )  # fmt: skip
    session.add(grant)
    session.flush()
    record(
        session,
        by,
        "identity.role.grant",
        subject=("account", account.id),
        path=area.path,
        login=account.login,
        full_name=account.full_name,
        role=role,
        last_day=last_day,
    )
    return grant


def end_grant(session: Session, by: Actor, grant: RoleGrant) -> None:
    """Take a role away from this moment on; raises ``Forbidden``, and ``WrongMoment`` when it is over already."""
    account, area = session.get_one(Account, grant.account_id), session.get_one(Area, grant.area_id)
    refuse_oneself(by, account)
    _must_grant(by, Role(grant.role), area.path)
    now = clock.now()
    if grant.until is not None and grant.until <= now:
        raise WrongMoment(N_("Vai trò này đã kết thúc."))
    grant.until = max(now, grant.since)
    record(
        session,
        by,
        "identity.role.end",
        subject=("account", account.id),
        path=area.path,
        login=account.login,
        full_name=account.full_name,
        role=Role(grant.role),
    )


def end_of(day: date) -> datetime:
    """The moment at which a Vietnamese day is over."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.VIETNAM)


def refuse_oneself(by: Actor, account: Account) -> None:
    """Nobody administers their own account, so nobody raises their own rights."""
    if by.account_id == account.id:
        raise Forbidden(N_("Ông/Bà không tự quản trị tài khoản của mình. Mời nhờ quản trị viên khác."))


def _must_grant(by: Actor, role: Role, path: str) -> None:
    if by != SYSTEM and not rules.may_grant(by.grants, role, path):
        raise Forbidden(N_("Ông/Bà không được giao hay thu hồi vai trò này tại địa bàn này."))


def _refuse_both_sides(session: Session, account: Account, role: Role, area: Area) -> None:
    """Nobody who acts for the committee of a place inspects it too, or the inspected would read what accuses them.

    Two grants to one account at once wait for each other.
    """
    if role is not Role.INSPECTOR and ROLE_BODIES[role] is not Body.COMMITTEE:
        return
    lock(session, account)
    for held in queries.grants_of(session, account.id, queries.outstanding(clock.now())):
        here = covers(held.path, area.path) or covers(area.path, held.path)
        if here and rules.excludes(held.role, role):
            raise Refusal(
                N_("Người làm việc cho Ủy ban nhân dân không được vừa thanh tra nơi đó. Chọn người khác."), field="role"
            )


def _refuse_twice(session: Session, account: Account, role: Role, area: Area) -> None:
    query = select(RoleGrant.id).where(
        RoleGrant.account_id == account.id,
        RoleGrant.role == role,
        RoleGrant.area_id == area.id,
        queries.outstanding(clock.now()),
    )
    if session.scalar(query) is not None:
        raise Refusal(N_("Tài khoản đã có vai trò này tại địa bàn này."), field="role")
