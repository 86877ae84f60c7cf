"""Answering one row of the table: given to somebody with a day, drafted, approved by somebody else (Law Đ28)."""

from datetime import date

from sqlalchemy.orm import Session

from app.consultations.models import Answer, Consultation
from app.consultations.operations.tables import answer_of, begin, note
from app.consultations.queries.answers import TableRow, drafters, row_of
from app.consultations.rules import answering as rules
from app.consultations.rules.answering import Draft
from app.core import clock
from app.core.entries import clean_line, clean_prose, reason_given
from app.core.errors import Forbidden, ManyRefusals, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor
from app.lib.i18n import N_

DRAFT = "consultations:answer:draft"
APPROVE = "consultations:answer:approve"
SHORTEST_NOTE = 10


def assign(
    session: Session, by: Actor, consultation: Consultation, key: str, *, account_id: int, due_on: date | None
) -> Answer:
    """Give a row to somebody who may draft it, to be drafted and approved by a day; again until it is approved.

    Raises ``Refusal`` at ``assigned_to`` or ``due_on``, ``NotFound`` for a row with no opinions.
    """
    account = begin(session, by, consultation, DRAFT)
    row = _row(session, consultation, key)
    if row.answer is not None:
        _refuse_approved(row.answer)
    chosen = next((one for one in drafters(session, consultation) if one.id == account_id), None)
    if chosen is None:
        raise Refusal(N_("Chọn người có quyền soạn trả lời tại địa bàn này."), field="assigned_to")
    if due_on is not None and due_on < clock.today():
        raise Refusal(N_("Hạn trả lời không thể trước hôm nay."), field="due_on")
    answer = _answer(session, consultation, row, account)
    answer.assigned_to, answer.due_on = chosen.id, due_on
    answer.version += 1
    session.flush()
    note(session, by, consultation, "answer.assign", row=key, assigned_to=chosen.full_name, due_on=due_on)
    return answer


def draft(session: Session, by: Actor, consultation: Consultation, key: str, written: Draft, *, version: int) -> Answer:
    """Write or rewrite a row until it is approved; ``version`` is what was read, 0 for a row not begun.

    Raises ``ManyRefusals`` with everything wrong, each at its field; ``WrongMoment`` when approved or changed since.
    """
    account = begin(session, by, consultation, DRAFT)
    row = _row(session, consultation, key)
    if row.answer is not None:
        _refuse_stale(row.answer, version)
        _refuse_approved(row.answer)
    written = _cleaned(written)
    if found := rules.faults(written):
        raise ManyRefusals(N_("Câu trả lời chưa đủ."), found)
    answer = _answer(session, consultation, row, account)
    answer.summary, answer.outcome = written.summary, written.outcome
    answer.text, answer.final_place = written.text, written.final_place
    answer.status, answer.drafted_by, answer.drafted_at = "drafted", account, clock.now()
    answer.returned_note = ""
    answer.version += 1
    session.flush()
    note(session, by, consultation, "answer.draft", row=key, outcome=written.outcome)
    return answer


def approve(session: Session, by: Actor, consultation: Consultation, key: str, *, version: int) -> None:
    """Let a drafted row stand; never by whoever drafted it, and only exactly what was read."""
    account = begin(session, by, consultation, APPROVE)
    answer = _written(session, consultation, key, version)
    if answer.drafted_by == account:
        raise Forbidden(N_("Người duyệt phải khác người soạn."))
    _must_wait(answer)
    answer.status, answer.approved_by, answer.approved_at = "approved", account, clock.now()
    answer.version += 1
    session.flush()
    note(session, by, consultation, "answer.approve", row=key, outcome=answer.outcome)


def send_back(session: Session, by: Actor, consultation: Consultation, key: str, *, version: int, reason: str) -> None:
    """Hand a drafted row back to be written anew, saying why; what was written is kept."""
    account = begin(session, by, consultation, APPROVE)
    answer = _written(session, consultation, key, version)
    if answer.drafted_by == account:
        raise Forbidden(N_("Người soạn tự sửa được, không cần trả lại."))
    _must_wait(answer)
    answer.returned_note = reason_given(reason, SHORTEST_NOTE)
    answer.status = "assigned"
    answer.version += 1
    session.flush()
    note(session, by, consultation, "answer.return", row=key, reason=answer.returned_note)


def unapprove(session: Session, by: Actor, consultation: Consultation, key: str, *, version: int, reason: str) -> None:
    """Take an approval back before the table is published, saying why; the row waits for approval again."""
    begin(session, by, consultation, APPROVE)
    answer = _written(session, consultation, key, version)
    if answer.status != "approved":
        raise WrongMoment(N_("Câu trả lời này chưa được duyệt."))
    reason = reason_given(reason, SHORTEST_NOTE)
    answer.status, answer.approved_by, answer.approved_at = "drafted", None, None
    answer.version += 1
    session.flush()
    note(session, by, consultation, "answer.reopen", row=key, reason=reason)


def _row(session: Session, consultation: Consultation, key: str) -> TableRow:
    row = row_of(session, consultation, key)
    if row is None:
        raise NotFound(N_("Không có ý kiến nào ở mục này."))
    return row


def _answer(session: Session, consultation: Consultation, row: TableRow, account: int) -> Answer:
    """The answer of a row, begun now where there is none; the consultation's row is held."""
    section = row.section
    found = answer_of(session, consultation, section.anchor, section.group_id)
    if found is not None:
        return found
    answer = Answer(
        consultation_id=consultation.id,
        article_anchor=section.anchor,
        group_id=section.group_id,
        status="assigned",
        version=1,
        created_by=account,
        created_at=clock.now(),
    )
    session.add(answer)
    session.flush()
    return answer


def _written(session: Session, consultation: Consultation, key: str, version: int) -> Answer:
    row = _row(session, consultation, key)
    found = answer_of(session, consultation, row.section.anchor, row.section.group_id)
    if found is None or not found.text:
        raise WrongMoment(N_("Mục này chưa có câu trả lời."))
    _refuse_stale(found, version)
    return found


def _must_wait(answer: Answer) -> None:
    if answer.status != "drafted":
        raise WrongMoment(N_("Câu trả lời này không ở bước chờ duyệt."))


def _refuse_stale(answer: Answer, version: int) -> None:
    if answer.version != version:
        raise WrongMoment(N_("Người khác vừa sửa mục này. Mở lại trang, xem rồi làm lần nữa."))


def _refuse_approved(answer: Answer) -> None:
    if answer.status == "approved":
        raise WrongMoment(N_("Câu trả lời đã duyệt nên không sửa được. Gỡ duyệt trước."))


def _cleaned(written: Draft) -> Draft:
    return Draft(
        summary=clean_prose(written.summary, "summary", rules.LONGEST_SUMMARY),
        outcome=written.outcome,
        text=clean_prose(written.text, "text", rules.LONGEST_TEXT),
        final_place=clean_line(written.final_place, "final_place", rules.LONGEST_PLACE),
    )
