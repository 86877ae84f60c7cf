"""A moderator finds what is for inspectors alone: it is sealed, and the queue keeps no word of it (Law Đ9.2)."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.errors import Refusal, WrongMoment
from app.core.permissions import SYSTEM, Actor
from app.lib.i18n import N_
from app.moderation import kinds
from app.moderation.kinds import Vault
from app.moderation.models import AbuseReport, ModerationAct, ModerationItem
from app.moderation.operations import common
from app.moderation.rules import reasons


def seal(
    session: Session, by: Actor, item: ModerationItem, version: int, *, vault: Vault, box: str
) -> tuple[str, ...]:  # fmt: skip
    """Hand a text to the inspectors as what ``box`` says; the stored files to be deleted after the commit.

    It cannot be taken back: nobody who moderates finds the item again. Raises as ``common.begin``, ``WrongMoment`` for
    what is decided already, and ``Refusal`` at ``box`` for what this kind of text cannot be.
    """
    common.begin(session, by, item, version)
    if item.status not in ("pending", "approved"):
        raise WrongMoment(N_("Nội dung này đã có quyết định. Muốn thay, hoàn tác quyết định đó trước."))
    kind = kinds.get(item.kind)
    if box not in kind.boxes:
        raise Refusal(N_("Chọn tin này là việc gì."), field="box")
    gone = kind.seal(session, by, vault, item.subject_id, box)
    _forget(session, item)
    common.decided(item, by, "referred", reason_key=reasons.AUTHORITY)
    # Neither the act nor the record says as what it was handed over.
    common.finish(session, by, item, "seal", {})
    return gone


def held(session: Session, kind: str, subject_id: int) -> ModerationItem | None:
    """The item of a text, locked: before the text itself, as whoever decides takes them; None where there is none."""
    query = select(ModerationItem).where(ModerationItem.kind == kind, ModerationItem.subject_id == subject_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def sealed_elsewhere(session: Session, item: ModerationItem) -> None:
    """Keep no word of a text that its own slice seals at this moment; from then on it hides the item from everybody.

    Neither an act nor the record says so: of what people tell the inspectors nobody learns when it came.
    """
    _forget(session, item)
    if item.status in ("pending", "approved"):
        common.decided(item, SYSTEM, "referred", reason_key=reasons.AUTHORITY)
    item.claimed_by = item.claimed_until = None
    item.version += 1
    session.flush()


def _forget(session: Session, item: ModerationItem) -> None:
    """Empty what the queue holds of a text: the words, what rules and people quoted of them, whose device it was."""
    item.original, item.shown_text, item.text_key, item.device_hash = "", None, "", ""
    item.covered, item.suggestions, item.risk = [], [], 0
    acts = session.scalars(select(ModerationAct).where(ModerationAct.item_id == item.id))
    for act in acts:
        act.reason, act.before = "", {}
    session.execute(update(AbuseReport).where(AbuseReport.item_id == item.id).values(text=""))
