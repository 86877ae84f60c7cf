"""Handling a case: given to somebody, drafted, answered, its number read; every step kept (Law Đ35.2a)."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_prose
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import advance
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct, ServiceCenter
from app.feedback.queries.cases import handlers
from app.feedback.rules import cases as rules
from app.feedback.rules.rights import HANDLE, LEAD
from app.feedback.sealing import phone_of
from app.lib.i18n import N_
from app.lib.text import fold
from app.notifications.operations import tell

EVENT = "feedback.case.answered"
FOLLOW_PATH = "/y-kien-quay"
STALE = N_("Người khác vừa xử lý phản ánh này. Xem lại rồi làm lần nữa.")


def assign(session: Session, by: Actor, case: Case, *, account_id: int, version: int) -> None:
    """Give a waiting case to somebody who may handle it.

    A handler takes one that is nobody's, or hands over their own; the leader gives any. Raises ``Refusal`` at
    ``assigned_to``, ``Forbidden`` for another's case, ``WrongMoment`` once answered or changed by somebody else.
    """
    must_give(by, case)
    must_wait(case)
    chosen = next((one for one in handlers(session, case) if one.id == account_id), None)
    if chosen is None:
        raise Refusal(N_("Chọn người được xử lý phản ánh này."), field="assigned_to")
    _take(session, case, version, Case.status.in_(rules.WAITING))
    case.assigned_to = chosen.id
    if case.status == rules.NEW:
        case.status = rules.ASSIGNED
    _note(session, by, case, "assign", chosen.full_name, assigned_to=chosen.full_name)


def may_give(by: Actor, case: Case) -> bool:
    """Whether somebody may say who handles the case: the leader, or a handler while it is nobody's or their own."""
    own = case.assigned_to in (None, by.account_id)
    return by.may(LEAD, case.path) or (own and by.may(HANDLE, case.path))


def must_give(by: Actor, case: Case) -> None:
    """Raises ``Forbidden`` to whoever may not say who handles the case."""
    if may_give(by, case):
        return
    must(by, HANDLE, case.path)
    raise Forbidden(N_("Phản ánh này đang có người xử lý. Lãnh đạo mới giao lại được."))


def draft(session: Session, by: Actor, case: Case, text: str, *, version: int) -> None:
    """Keep what the handler has written so far; the person sees nothing of it."""
    must_handle(by, case)
    written = clean_prose(text, "text", rules.MOST_ANSWER)
    _take(session, case, version, Case.status.in_(rules.WAITING))
    case.draft = written
    _note(session, by, case, "draft")


def answer(session: Session, by: Actor, keyring: Keyring, case: Case, text: str, *, version: int) -> None:
    """Send the answer: the person reads it by the code, and a message says that it is there (never the code).

    Raises ``Refusal`` at ``text``, ``Forbidden`` for who does not handle the case, ``WrongMoment`` when it was answered
    or changed meanwhile: of two who answer at once, one is told.
    """
    account = must_handle(by, case)
    written = clean_prose(text, "text", rules.MOST_ANSWER)
    if len(written) < rules.SHORTEST_ANSWER:
        raise Refusal(N_("Trả lời rõ hơn, ít nhất %(least)d chữ cái."), field="text", least=rules.SHORTEST_ANSWER)
    _take(session, case, version, Case.status.in_(rules.WAITING))
    now = clock.now()
    case.late = case.late or now > case.due_at
    case.status, case.answer, case.draft = rules.ANSWERED, written, ""
    case.answered_by, case.answered_at, case.satisfied = account, now, None
    act = _note(session, by, case, "answer", written, late=case.late)
    _tell(session, keyring, case, act.id)


def show_phone(session: Session, by: Actor, keyring: Keyring, case: Case) -> str:
    """The number, for the one who handles the case; that it was read is kept. Raises ``NotFound`` for none."""
    must_handle(by, case)
    number = phone_of(keyring, case.note)
    if not number:
        raise NotFound(N_("Người dân không để lại số điện thoại."))
    _note(session, by, case, "phone")
    return number


def must_handle(by: Actor, case: Case) -> int:
    """Who handles a waiting case. Raises ``Forbidden`` for others, ``WrongMoment`` where nobody waits."""
    account = must(by, HANDLE, case.path)
    must_wait(case)
    if case.assigned_to is None:
        raise WrongMoment(N_("Nhận xử lý phản ánh này trước."))
    if case.assigned_to != account:
        raise Forbidden(N_("Phản ánh này do người khác xử lý."))
    return account


def must_wait(case: Case) -> None:
    """Raises ``WrongMoment`` where nobody waits for an answer any more."""
    if case.status not in rules.WAITING:
        raise WrongMoment(N_("Phản ánh này đã được trả lời."))


def _take(session: Session, case: Case, version: int, still: ColumnElement[bool]) -> None:
    if not advance(session, case, version, still):
        raise WrongMoment(STALE)


def _note(session: Session, by: Actor, case: Case, verb: str, text: str = "", **detail: object) -> CaseAct:
    """Keep the step; the record of the service never repeats what was written."""
    act = CaseAct(case_id=case.id, verb=verb, text=text, by=by.account_id, at=clock.now())
    session.add(act)
    session.flush()
    record(session, by, f"feedback.case.{verb}", subject=("feedback_case", case.id), path=case.path, **detail)
    return act


def _tell(session: Session, keyring: Keyring, case: Case, act_id: int) -> None:
    number = phone_of(keyring, case.note)
    if not number:
        return
    name = session.get_one(ServiceCenter, case.center_id).name
    tell(
        session,
        keyring,
        event=EVENT,
        key=f"{EVENT}:{act_id}",
        phone=number,
        text=f"{name} đã trả lời phản ánh của Ông/Bà. Mời Ông/Bà mở trang và nhập mã đã nhận để xem.",
        short_text=f"{fold(name)} da tra loi phan anh cua Ong/Ba. Mo trang va nhap ma de xem.",
        path=FOLLOW_PATH,
        area_path=case.path,
    )
