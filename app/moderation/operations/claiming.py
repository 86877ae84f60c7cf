"""Holding an item for a few minutes, so that two people do not read the same one."""

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.lib.i18n import N_
from app.moderation.models import ModerationItem
from app.moderation.operations import common
from app.moderation.queries.state import holder_of
from app.moderation.rules.rights import CLAIM


def claim(session: Session, by: Actor, item: ModerationItem) -> None:
    """Hold the item for ten minutes from now; holding it again prolongs.

    Raises ``Forbidden`` without the right to decide on it, ``WrongMoment`` while somebody else holds it or when it
    waits for nobody any more.
    """
    account = common.must_decide(by, item)
    common.must_be_open(session, by, item)
    session.flush()
    now, mine = clock.now(), ModerationItem.claimed_by == account
    free = or_(ModerationItem.claimed_until.is_(None), ModerationItem.claimed_until <= now, mine)
    was_mine = holder_of(item, now) == account
    taken = update(ModerationItem).where(ModerationItem.id == item.id, ModerationItem.status == "pending", free)
    taken = taken.values(claimed_by=account, claimed_until=now + CLAIM)
    found = session.execute(taken.execution_options(synchronize_session=False))
    session.refresh(item)
    if not found.rowcount:  # type: ignore[attr-defined]
        common.must_be_free(session, by, item)
        raise WrongMoment(N_("Nội dung này đã có quyết định."))
    if not was_mine:
        common.note(session, by, item, "claim")


def release(session: Session, by: Actor, item: ModerationItem) -> None:
    """Let go of an item one holds. Raises ``WrongMoment`` when one does not hold it."""
    common.must_decide(by, item)
    lock(session, item)
    if holder_of(item) != by.account_id:
        raise WrongMoment(N_("Ông/Bà không giữ nội dung này."))
    item.claimed_by = item.claimed_until = None
    common.note(session, by, item, "release")
