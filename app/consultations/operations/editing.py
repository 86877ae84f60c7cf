"""What every act on a consultation begins with: the right, the moment, and that nobody else was faster."""

from sqlalchemy.orm import Session

from app.audit.operations import record, refuse_stale
from app.consultations.models import Consultation
from app.consultations.rules.phases import Phase, phase
from app.core.db import database_now
from app.core.errors import ManyRefusals, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must as must_at
from app.core.rows import advance, lock
from app.lib.i18n import N_
from app.polls.rules.problems import Problem

PREPARE = "consultations:draft:prepare"
PUBLISH = "consultations:draft:publish"


def must(by: Actor, permission: str, consultation: Consultation) -> int:
    """The account of who asks; raises ``Forbidden`` without the permission at the consultation's place."""
    return must_at(by, permission, consultation.area.path)


def begin_edit(session: Session, by: Actor, consultation: Consultation, version: int) -> None:
    """Take the consultation for one change of what was read as ``version``; afterwards its version is one higher.

    Raises ``Forbidden`` without the right, and ``WrongMoment`` past the preparation or when somebody else was faster.
    """
    must(by, PREPARE, consultation)
    if not advance(session, consultation, version, Consultation.status == "preparing"):
        must_be_preparing(consultation)
        refuse_stale(session, "consultation", consultation.id)


def begin_addition(session: Session, by: Actor, consultation: Consultation) -> None:
    """Take the consultation for adding or removing one thing while it is prepared; others may do so too."""
    must(by, PREPARE, consultation)
    lock(session, consultation)
    must_be_preparing(consultation)


def must_be_preparing(consultation: Consultation) -> None:
    """Raises ``WrongMoment`` once the draft is published or given up."""
    if consultation.status == "withdrawn":
        raise WrongMoment(N_("Dự thảo này đã rút nên không sửa được."))
    if consultation.status != "preparing":
        raise WrongMoment(
            N_("Từ khi đăng, nội dung đã được giữ cố định. Chỉ có thể gia hạn, đăng bản sửa hoặc rút, kèm lý do.")
        )


def must_be_unfinished(session: Session, consultation: Consultation, purpose: str = "draft") -> None:
    """Raises ``WrongMoment`` unless a version for the purpose may be prepared now.

    A draft until comments are no longer taken; the final text until it is adopted, once the draft is published.
    """
    now = phase(consultation, database_now(session))
    fit = {
        "draft": (Phase.PREPARING, Phase.UPCOMING, Phase.OPEN),
        "final": (Phase.UPCOMING, Phase.OPEN, Phase.CLOSED, Phase.ANSWERED),
    }
    if now not in fit[purpose]:
        raise WrongMoment(N_("Lúc này không chuẩn bị được bản này nữa."))


def refuse(found: list[Problem], sentence: str = N_("Chưa làm được việc này.")) -> None:
    """Raise everything found as one refusal, or nothing."""
    if found:
        raise ManyRefusals(sentence, [problem.refusal() for problem in found])


def done(session: Session, by: Actor, consultation: Consultation, action: str, **detail: object) -> None:
    """Write what was done to the record."""
    subject = ("consultation", consultation.id)
    record(session, by, f"consultations.{action}", subject=subject, path=consultation.area.path, **detail)
