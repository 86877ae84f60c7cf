"""Approving many harmless items with one press; whatever is not harmless is left, and it is said why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.permissions import Actor
from app.core.scope import visible
from app.lib.i18n import N_
from app.moderation.models import ModerationItem
from app.moderation.operations import deciding
from app.moderation.queries.reach import open_to
from app.moderation.rules.rights import LOW_RISK

MOST = 200


@dataclass
class Outcome:
    """What was approved, and what was left with the sentence that says why."""

    approved: list[int] = field(default_factory=list)
    left: list[tuple[int, Refusal]] = field(default_factory=list)


def approve(session: Session, by: Actor, ids: Iterable[int]) -> Outcome:
    """Approve each of these that waits, is of low risk and held by nobody else; the others stay as they are.

    Raises ``Refusal`` for none or more than 200. Nothing outside the asker's scope is told apart from nothing at all.
    """
    asked = list(dict.fromkeys(ids))
    if not asked:
        raise Refusal(N_("Chọn ít nhất một nội dung."), field="chosen")
    if len(asked) > MOST:
        raise Refusal(N_("Mỗi lần duyệt tối đa %(most)d nội dung."), field="chosen", most=MOST)
    # Taken in one order by everybody, so that two who overlap do not wait for each other in a ring.
    query = select(ModerationItem).where(ModerationItem.id.in_(asked), visible(ModerationItem.path, by), open_to(by))
    found = {item.id: item for item in session.scalars(query.order_by(ModerationItem.id).with_for_update())}
    outcome = Outcome()
    for item_id in asked:
        try:
            _approve_one(session, by, found.get(item_id))
            outcome.approved.append(item_id)
        except Refusal as refusal:
            outcome.left.append((item_id, refusal))
    return outcome


def _approve_one(session: Session, by: Actor, item: ModerationItem | None) -> None:
    if item is None:
        raise Refusal(N_("Không tìm thấy nội dung này."))
    if item.risk >= LOW_RISK or item.reports:
        raise Refusal(N_("Nội dung này cần đọc riêng vì có điều cần chú ý."))
    deciding.approve(session, by, item, item.version)
