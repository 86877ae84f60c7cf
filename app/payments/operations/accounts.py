"""The white list: an account is entered by one person and approved by another; what was approved is never altered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.db import database_now
from app.core.entries import clean_line, clean_prose, reason_given
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.lib.i18n import N_
from app.payments.models import PayeeAccount
from app.payments.operations.two_people import must_be_two
from app.payments.queries.accounts import rows_of
from app.payments.rules.plain import masked
from app.payments.rules.showing import DELAY, State, in_force, pending, state, state_among
from app.payments.rules.vietqr import Transfer, payload

ENTER, APPROVE = "payments:account:enter", "payments:account:approve"
HOLDER, DOCUMENT, SHORTEST_REASON = 200, 1000, 10


def propose(
    session: Session, by: Actor, area: Area, *, bank: str, number: str, holder: str, document: str,
    is_card: bool = False, replaces: PayeeAccount | None = None,
) -> PayeeAccount:  # fmt: skip
    """Enter an account of a commune or an area, to be approved by somebody else.

    ``replaces``: the account it is to take the place of, a day after approval. Raises ``ManyRefusals`` with everything
    wrong, each at its field.
    """
    entered_by = must(by, ENTER, area.path)
    if area.level == "province":
        raise Refusal(N_("Chọn xã, phường, đặc khu hoặc thôn, tổ dân phố."), field="area")
    bank, number = (value.replace(" ", "") for value in (bank, number))
    holder, document = clean_line(holder, "holder", HOLDER), clean_prose(document, "document", DOCUMENT)
    problems = _problems(bank, number, is_card, holder, document)
    if problems:
        raise ManyRefusals(N_("Chưa ghi được tài khoản."), problems)
    session.execute(select(Area.id).where(Area.id == area.id).with_for_update())
    _refuse_twice(session, area, bank, number, replaces)
    payee = PayeeAccount(
        area_id=area.id, path=area.path, bank=bank, number=number, is_card=is_card, holder=holder, document=document,
        replaces=replaces.id if replaces else None, status="proposed", entered_by=entered_by, entered_at=clock.now(),
        decision_note="", end_reason="",
    )  # fmt: skip
    session.add(payee)
    session.flush()
    _note(session, by, payee, "account.enter", replaces=replaces.id if replaces else None)
    return payee


def approve(session: Session, by: Actor, payee: PayeeAccount) -> None:
    """Let an account stand that somebody else entered; it is shown a day later by the database's clock.

    Raises ``Refusal`` to who may be the same person under another account.
    """
    account = _decide(session, by, payee)
    must_be_two(session, payee, account)
    now = database_now(session)
    payee.status, payee.decided_by, payee.decided_at, payee.shown_from = "approved", account, now, now + DELAY
    session.flush()
    _note(session, by, payee, "account.approve", shown_from=payee.shown_from)


def refuse(session: Session, by: Actor, payee: PayeeAccount, *, reason: str) -> None:
    """Do not let an account stand that somebody else entered, saying why."""
    account = _decide(session, by, payee)
    payee.decision_note = reason_given(reason, SHORTEST_REASON)
    payee.status, payee.decided_by, payee.decided_at = "refused", account, database_now(session)
    session.flush()
    _note(session, by, payee, "account.refuse", reason=payee.decision_note)


def end(session: Session, by: Actor, payee: PayeeAccount, *, reason: str, right: str = ENTER) -> None:
    """Show an approved account no more, at once, saying why. Whoever may enter may, and whoever may approve."""
    must(by, right, payee.path)
    lock(session, payee)
    if payee.status != "approved":
        raise WrongMoment(N_("Chỉ thôi dùng được tài khoản đã duyệt."))
    payee.end_reason = reason_given(reason, SHORTEST_REASON)
    payee.status, payee.ended_at = "ended", database_now(session)
    session.flush()
    _note(session, by, payee, "account.end", reason=payee.end_reason)


def must_be_replaceable(session: Session, payee: PayeeAccount) -> None:
    """Only the account that was shown last is replaced, by one at a time."""
    rows, now = rows_of(session, payee.area_id), database_now(session)
    shown = payee.shown_from is not None and now >= payee.shown_from
    if state(payee, now) not in (State.SHOWN, State.ENDED) or not shown or in_force(payee, rows, now) is not payee:
        raise WrongMoment(N_("Chỉ thay được tài khoản đang hiện hoặc tài khoản hiện sau cùng."))
    if pending(payee, rows, now):
        raise WrongMoment(N_("Đã có tài khoản thay thế đang chờ duyệt hoặc chờ đủ 24 giờ."))


def _problems(bank: str, number: str, is_card: bool, holder: str, document: str) -> list[Refusal]:
    problems = []
    try:
        payload(Transfer(bank, number, card=is_card))
    except ManyRefusals as refusals:
        problems = refusals.problems
    for one in problems:
        one.field = "number" if one.field == "account" else one.field
    if not holder:
        problems.append(Refusal(N_("Ghi tên chủ tài khoản đúng như ứng dụng ngân hàng hiện ra."), field="holder"))
    if not document:
        problems.append(Refusal(N_("Ghi văn bản hoặc giấy tờ chứng minh tài khoản."), field="document"))
    return problems


def _refuse_twice(session: Session, area: Area, bank: str, number: str, replaces: PayeeAccount | None) -> None:
    if replaces is not None:
        must_be_replaceable(session, replaces)
    rows, now = rows_of(session, area.id), database_now(session)
    stands = (State.PROPOSED, State.WAITING, State.SHOWN)
    if any((row.bank, row.number) == (bank, number) and state_among(row, rows, now) in stands for row in rows):
        raise Refusal(N_("Tài khoản này đã có trong danh sách của địa bàn."), field="number")


def _decide(session: Session, by: Actor, payee: PayeeAccount) -> int:
    account = must(by, APPROVE, payee.path)
    lock(session, payee)
    if payee.status != "proposed":
        raise WrongMoment(N_("Tài khoản này đã được quyết định rồi."))
    if payee.entered_by == account:
        raise Forbidden(N_("Người duyệt phải khác người ghi tài khoản."))
    return account


def _note(session: Session, by: Actor, payee: PayeeAccount, action: str, **detail: object) -> None:
    record(
        session, by, f"payments.{action}", subject=("payee_account", payee.id), path=payee.path,
        bank=payee.bank, account=masked(payee.number), holder=payee.holder, **detail,
    )  # fmt: skip
