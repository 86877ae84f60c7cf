"""The conditions of NĐ59 Đ5 put on record: who did it, when, and the proof."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core import clock
from app.core.entries import clean_prose
from app.core.errors import ManyRefusals, Refusal
from app.core.permissions import Actor
from app.core.uploads import Upload
from app.gateways.storage import Storage
from app.lib.i18n import N_
from app.polls.models import Poll, PollDocument, Precondition
from app.polls.operations.attachments import PROOF, keep
from app.polls.operations.editing import begin_addition, done
from app.polls.queries.preparation import consent_facts, preparation_facts
from app.polls.rules.facts import COMMUNITY_AGREES, DEVICES, PreconditionFacts
from app.polls.rules.house import HOUSE_RULES
from app.polls.rules.preconditions import PRECONDITIONS, REQUIRED, precondition_problems

DETAIL = 1000


@dataclass(frozen=True)
class ConditionDraft:
    """What a person records. For the community's agreement either ``agreed`` of ``total``, or ``consent_poll``."""

    key: str
    happened_on: date | None
    detail: str
    agreed: int | None = None
    total: int | None = None
    consent_poll: Poll | None = None
    proof: Upload | None = None


def record_precondition(
    session: Session, by: Actor, poll: Poll, storage: Storage, draft: ConditionDraft
) -> tuple[Precondition, str | None]:
    """Put a condition on record, in place of an earlier record of the same.

    Returns it, and the storage key of a replaced proof (to be deleted once this is committed). Every condition needs a
    proof except the devices, where saying how it is known is enough, and a linked preliminary poll, which is itself
    the proof. All that is wrong is said at once, at its field.
    """
    begin_addition(session, by, poll)
    if draft.key not in REQUIRED[poll.kind]:
        raise Refusal(N_("Cuộc này không cần điều kiện đó."), field="key")
    earlier = session.query(Precondition).filter_by(poll_id=poll.id, key=draft.key).one_or_none()
    detail = clean_prose(draft.detail, "detail", DETAIL)
    happened_on = _checked_day(session, poll, draft, detail, earlier)
    replaced = None
    document_id = earlier.document_id if earlier and draft.consent_poll is None else None
    if draft.proof is not None:
        title = PRECONDITIONS[draft.key].name
        kept = keep(session, by, poll, storage, kind=PROOF, title=title, upload=draft.proof, field="proof")
        document_id = kept.id
    if earlier:
        replaced = _forget(session, earlier, keep_document=document_id)
    found = Precondition(
        poll_id=poll.id,
        key=draft.key,
        happened_on=happened_on,
        detail=detail,
        agreed=draft.agreed if draft.consent_poll is None else None,
        total=draft.total if draft.consent_poll is None else None,
        consent_poll_id=draft.consent_poll.id if draft.consent_poll else None,
        document_id=document_id,
        recorded_by=by.account_id,
        recorded_at=clock.now(),
    )
    session.add(found)
    session.flush()
    done(session, by, poll, "precondition.record", key=found.key, happened_on=happened_on, agreed=found.agreed,
         total=found.total, consent_poll=found.consent_poll_id, document=document_id)  # fmt: skip
    return found, replaced


def remove_precondition(session: Session, by: Actor, poll: Poll, found: Precondition) -> str | None:
    """Take a condition off the record, with its proof; returns the storage key of the proof, if there was one."""
    begin_addition(session, by, poll)
    key = _forget(session, found, keep_document=None)
    done(session, by, poll, "precondition.remove", key=found.key, happened_on=found.happened_on)
    return key


def _checked_day(
    session: Session, poll: Poll, draft: ConditionDraft, detail: str, earlier: Precondition | None
) -> date:
    """The day of the condition, once the rules find nothing wrong with it.

    Its age against an opening time chosen earlier is said later, among all that prevents opening.
    """
    consent = draft.consent_poll
    happened_on = draft.happened_on
    if consent is not None and consent.closes_at is not None:
        happened_on = clock.local(consent.closes_at).date()
    facts = PreconditionFacts(
        key=draft.key,
        happened_on=happened_on or clock.today(),
        proven=bool(detail),
        agreed=draft.agreed,
        total=draft.total,
        consent_poll=consent_facts(session, poll, consent) if consent else None,
    )
    asked = preparation_facts(session, poll, preconditions=(facts,), opens_at=None)
    found = [
        Refusal(problem.sentence, field=_field(problem.key, consent is not None), **problem.params)
        for problem in precondition_problems(asked, HOUSE_RULES)
        if problem.field == draft.key
    ]
    if happened_on is None:
        found.append(Refusal(N_("Ghi ngày."), field="happened_on"))
    proven = draft.proof is not None or consent is not None or (earlier is not None and earlier.document_id)
    if draft.key != DEVICES and not proven:
        found.append(Refusal(N_("Kèm văn bản hoặc ảnh chụp văn bản chứng minh."), field="proof"))
    if found:
        raise ManyRefusals(N_("Chưa ghi nhận được."), found)
    return facts.happened_on


def _field(problem: str, linked: bool) -> str:
    """The field at which a problem of a condition is shown."""
    if problem.startswith("consent_"):
        return "consent_poll" if linked else "agreed"
    return "detail" if problem.endswith("_unproven") else "happened_on"


def _forget(session: Session, found: Precondition, *, keep_document: int | None) -> str | None:
    document = session.get(PollDocument, found.document_id) if found.document_id else None
    session.delete(found)
    session.flush()
    if document is None or document.id == keep_document:
        return None
    session.delete(document)
    session.flush()
    return document.storage_key


__all__ = ["COMMUNITY_AGREES", "ConditionDraft", "record_precondition", "remove_precondition"]
