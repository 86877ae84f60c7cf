"""Who handles procedures at the counters: added, corrected, gone; and shifts taken out one by one."""

from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.rights import NOT_HERE, must
from app.core.rows import lock
from app.core.scope import within
from app.feedback.models import Officer, ServiceCenter, Shift
from app.feedback.operations.places import must_be_running
from app.feedback.rules.roster import CODE, NAME
from app.identity.models import Account, RoleGrant
from app.identity.queries import live, outstanding
from app.lib.i18n import N_
from app.lib.text import fold, proper_name, sort_key

ROSTER = "feedback:roster:edit"
# Tied to a counter, somebody sees no case about it and decides no sign of it: no leader, no inspector is tied to one.
AT_COUNTERS = (Role.DESK, Role.COMMUNE_OFFICER)
ABOVE_THEM = (Role.LEADER, Role.INSPECTOR)
# Out of the roster, one would read what is written of oneself: then nobody knows of whom it speaks.
OWN = N_("Đây là lịch của chính Ông/Bà. Người khác mới đổi hoặc bỏ được.")


def add_officer(
    session: Session, by: Actor, center: ServiceCenter, *, code: str, full_name: str, login: str = ""
) -> Officer:
    """Add somebody who handles procedures. Raises ``Refusal`` for a code there is already."""
    must(by, ROSTER, center.path)
    must_be_running(center)
    lock(session, center, key_share=True)
    officer = new_officer(session, center, code=code, full_name=full_name)
    officer.account_id = _account(session, center, login)
    session.flush()
    _note(session, by, officer, "feedback.officer.add")
    return officer


def new_officer(session: Session, center: ServiceCenter, *, code: str, full_name: str) -> Officer:
    """An officer as a row, checked; who may, and the record, are the caller's."""
    kept, name = _code(session, center, code), _name(full_name)
    officer = Officer(
        center_id=center.id, path=center.path, code=kept, full_name=name, search=fold(name), sort_key=sort_key(name)
    )
    session.add(officer)
    session.flush()
    return officer


def edit_officer(session: Session, by: Actor, officer: Officer, *, code: str, full_name: str, login: str = "") -> None:
    """Correct code, name and account of an officer; not one's own.

    By the account it is known which cases are about somebody, and so not for them. Raises ``Forbidden`` to officers of
    the centre who would take a colleague's account away: two of them could open to each other what speaks of them.
    """
    must(by, ROSTER, officer.path)
    center = session.get_one(ServiceCenter, officer.center_id)
    lock(session, center, key_share=True)
    _must_be_here(officer)
    if is_own(by, officer):
        raise Forbidden(NOT_HERE)
    account = _account(session, center, login, keeps=officer.account_id)
    if officer.account_id not in (None, account) and _is_tied(session, center, by):
        raise Forbidden(
            N_("Ông/Bà cũng là công chức tại quầy của Trung tâm nên không bỏ, không đổi được tài khoản của người khác.")
        )
    officer.code = _code(session, center, code, but=officer)
    officer.full_name = _name(full_name)
    officer.search, officer.sort_key = fold(officer.full_name), sort_key(officer.full_name)
    officer.account_id = account
    session.flush()
    _note(session, by, officer, "feedback.officer.edit")


def end_officer(session: Session, by: Actor, officer: Officer, *, last_day: date) -> int:
    """Note the last day of an officer here; their shifts after it are taken out. Returns how many. Not one's own."""
    must(by, ROSTER, officer.path)
    _must_be_another(by, officer)
    lock(session, officer, key_share=True)
    _must_be_here(officer)
    if last_day > clock.today():
        raise Refusal(N_("Ngày này ở tương lai. Ghi khi người này đã thôi làm việc."), field="last_day")
    officer.left_on = last_day
    later = session.scalars(select(Shift).where(Shift.officer_id == officer.id, Shift.starts_at > clock.now())).all()
    for shift in later:
        session.delete(shift)
    session.flush()
    _note(session, by, officer, "feedback.officer.end", last_day=last_day, shifts=len(later))
    return len(later)


def remove_shift(session: Session, by: Actor, shift: Shift) -> None:
    """Take one shift or leave out of the roster; ratings made during it keep the officer they were given.

    Raises ``Forbidden`` to the officer themself.
    """
    must(by, ROSTER, shift.officer.path)
    _must_be_another(by, shift.officer)
    session.delete(shift)
    session.flush()
    _note(session, by, shift.officer, "feedback.shift.remove", day=clock.local(shift.starts_at).date(), kind=shift.kind)


def is_own(by: Actor, officer: Officer) -> bool:
    """Whether the officer is the one who asks."""
    return by.account_id is not None and officer.account_id == by.account_id


def _must_be_another(by: Actor, officer: Officer) -> None:
    if is_own(by, officer):
        raise Forbidden(OWN)


def _code(session: Session, center: ServiceCenter, code: str, but: Officer | None = None) -> str:
    kept = clean_line(code, "code", CODE)
    if not kept:
        raise Refusal(N_("Ghi mã công chức."), field="code")
    others = session.scalars(select(Officer).where(Officer.center_id == center.id))
    if any(one is not but and fold(one.code) == fold(kept) for one in others):
        raise Refusal(N_("Mã %(code)s đã có người mang."), field="code", code=kept)
    return kept


def _name(full_name: str) -> str:
    kept = clean_line(full_name, "full_name", NAME)
    if not any(map(str.isalpha, kept)):
        raise Refusal(N_("Ghi họ và tên."), field="full_name")
    return proper_name(kept)


def _account(session: Session, center: ServiceCenter, login: str, keeps: int | None = None) -> int | None:
    """The account with this login that works at the counters of the commune at this moment; nothing typed means none.

    ``keeps``: the account tied so far stays, whatever became of its roles: else a name could not be corrected without
    opening to somebody what speaks of them. Raises ``Refusal`` at ``login``.
    """
    typed, now = login.strip().lower(), clock.now()
    if not typed:
        return None
    works = select(RoleGrant.account_id).join(Area, Area.id == RoleGrant.area_id)
    works = works.where(within(Area.path, [center.path]), RoleGrant.role.in_(AT_COUNTERS), live(now))
    here = or_(Account.id == keeps, and_(Account.id.in_(works), Account.disabled_at.is_(None)))
    found = session.scalar(select(Account.id).where(Account.login == typed, here))
    if found is None:
        raise Refusal(N_("Không có tài khoản này tại xã, phường của Trung tâm."), field="login")
    leads = select(RoleGrant.id).where(RoleGrant.account_id == found, RoleGrant.role.in_(ABOVE_THEM), outstanding(now))
    if found != keeps and session.scalar(leads.limit(1)) is not None:
        raise Refusal(
            N_("Lãnh đạo và người của Ban Thanh tra nhân dân, Mặt trận không nối với quầy được."), field="login"
        )
    return found


def _is_tied(session: Session, center: ServiceCenter, by: Actor) -> bool:
    """Whether the asker is, or ever was, an officer of the centre."""
    query = select(Officer.id).where(Officer.center_id == center.id, Officer.account_id == by.account_id)
    return session.scalar(query.limit(1)) is not None


def _must_be_here(officer: Officer) -> None:
    if officer.left_on is not None:
        raise WrongMoment(N_("Người này đã thôi làm việc tại Trung tâm."))


def _note(session: Session, by: Actor, officer: Officer, action: str, **detail: Any) -> None:
    subject = ("officer", officer.id)
    record(session, by, action, subject=subject, path=officer.path, full_name=officer.full_name, **detail)
