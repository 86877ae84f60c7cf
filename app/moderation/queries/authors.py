"""What an author learns of the decision on a text, by its code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.lib.i18n import N_
from app.moderation.models import Appeal, ModerationItem
from app.moderation.queries.state import appealable
from app.moderation.rules import reasons

WAITS_HIDDEN = N_("Ý kiến đang chờ kiểm duyệt. Khi được duyệt, ý kiến sẽ hiện trên trang.")
WAITS_SHOWN = N_("Ý kiến đã hiện trên trang và đang chờ kiểm duyệt.")
SHOWN = N_("Ý kiến đã được duyệt và hiện trên trang.")
SHOWN_IN_PART = N_("Ý kiến đã hiện trên trang, có phần được che vì lộ thông tin riêng.")
HIDDEN = N_("Ý kiến không hiện trên trang.")
REFERRED = N_("Ý kiến không hiện trên trang và được chuyển đến cơ quan có thẩm quyền.")


@dataclass(frozen=True)
class AppealView:
    """The second look: ``waiting``, ``upheld`` (shown again) or ``dismissed``, with the reason once heard."""

    state: str
    due_at: datetime
    reason: str


@dataclass(frozen=True)
class AuthorView:
    """The state of a text for its author. ``sentence`` and ``why`` are to be translated; ``reason`` is typed text.

    ``own_procedure``: the matter is a complaint or a denunciation, and the page leads to how those are made.
    """

    item_id: int
    status: str
    sentence: str
    why: str
    reason: str
    referred_to: str
    own_procedure: bool
    may_appeal: bool
    appeal: AppealView | None


def for_author(session: Session, kind: str, subject_id: int) -> AuthorView | None:
    """What the author of that subject may know; None when it never was in the queue. Names nobody of the staff."""
    query = select(ModerationItem, Appeal).outerjoin(Appeal, Appeal.item_id == ModerationItem.id)
    row = session.execute(
        query.where(ModerationItem.kind == kind, ModerationItem.subject_id == subject_id)
    ).first()  # fmt: skip
    if row is None:
        return None
    item: ModerationItem = row[0]
    appeal: Appeal | None = row[1]
    return AuthorView(
        item_id=item.id,
        status=item.status,
        sentence=_sentence(item),
        why=reasons.sentence_of(item.reason_key),
        reason=item.reason if item.status in ("rejected", "referred") else "",
        referred_to=item.referred_to,
        own_procedure=item.reason_key in reasons.OWN_PROCEDURE,
        may_appeal=appeal is None and appealable(item),
        appeal=AppealView(appeal.outcome or "waiting", appeal.due_at, appeal.reason) if appeal is not None else None,
    )


def _sentence(item: ModerationItem) -> str:
    if item.status == "pending":
        return WAITS_SHOWN if item.mode == "after" else WAITS_HIDDEN
    if item.status == "approved":
        return SHOWN if item.shown_text is None else SHOWN_IN_PART
    return HIDDEN if item.status == "rejected" else REFERRED
