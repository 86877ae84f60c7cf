"""What the person says to an answer, by their code: content or not, and the wish for another one."""

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import reason_given
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct
from app.feedback.operations.handing_over import hand_over
from app.feedback.rules import cases as rules
from app.feedback.rules.restricted import restricted_kind
from app.gateways.storage import Storage
from app.holidays.queries import calendar_table
from app.lib.i18n import N_
from app.moderation.operations import sealing

PERSON = Actor(account_id=None, name="Người phản ánh")


def rate_answer(session: Session, case: Case, satisfied: bool) -> None:
    """Say once for each answer whether it helps; content, the case ends. Whoever calls has seen the code.

    Raises ``WrongMoment`` where there is no answer to speak of, or it was spoken of before.
    """
    lock(session, case)
    if case.satisfied == satisfied and case.status in (rules.ANSWERED, rules.CLOSED):
        return
    if case.status != rules.ANSWERED or case.satisfied is not None:
        raise WrongMoment(N_("Ông/Bà đã cho biết ý kiến về câu trả lời này."))
    case.satisfied = satisfied
    _step(session, case, "satisfied" if satisfied else "unsatisfied")
    if satisfied:
        case.status = rules.CLOSED
        _step(session, case, "close")
    case.version += 1
    session.flush()


def reopen(
    session: Session, keyring: Keyring, storage: Storage, case: Case, reason: str
) -> tuple[str, ...] | None:  # fmt: skip
    """Ask for another answer, saying why; as often as an answer does not help, each time in the days allowed.

    Words that are for inspectors alone make the whole case theirs (Law Đ9.2): it is no more, its code is the code of
    their report, and the stored files to be deleted are returned; None where the case goes on. Raises ``WrongMoment``
    when the days are over or no answer was given yet, ``Refusal`` at ``reason``.
    """
    kind, item = restricted_kind((), reason), None
    if kind:
        # In the order in which a moderator who seals takes them: the item, the note, the case.
        item = sealing.held(session, rules.KIND, case.note_id)
        lock(session, case.note)
    lock(session, case)
    now, days = clock.now(), calendar_table(session)
    if case.status not in (rules.ANSWERED, rules.CLOSED):
        raise WrongMoment(N_("Phản ánh này đang được xử lý, chưa cần đề nghị lại."))
    if not rules.may_reopen(case.status, case.answered_at, now, days):
        raise WrongMoment(
            N_("Đã quá %(days)d ngày làm việc từ khi trả lời. Ông/Bà gửi phản ánh mới tại quầy."),
            days=rules.WORKING_DAYS["reopen"],
        )
    text = reason_given(reason, rules.SHORTEST_REASON)
    if kind:
        gone = hand_over(session, PERSON, keyring, storage, case.note_id, kind, verb="receive", added=text)
        if item is not None:
            sealing.sealed_elsewhere(session, item)
        return gone
    case.status, case.satisfied, case.escalated_at = rules.REOPENED, None, None
    case.due_at = rules.deadline("answer_again", now, days)
    case.reopened += 1
    case.version += 1
    _step(session, case, "reopen", text)
    session.flush()
    return None


def _step(session: Session, case: Case, verb: str, text: str = "") -> None:
    session.add(CaseAct(case_id=case.id, verb=verb, text=text, at=clock.now()))
    record(session, PERSON, f"feedback.case.{verb}", subject=("feedback_case", case.id), path=case.path)
