"""What every act on an item begins and ends with: the right, the moment, nobody else faster; what stood before."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_prose
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import SYSTEM, Actor
from app.core.rights import NOT_HERE
from app.core.rows import lock
from app.identity.models import Account
from app.lib.calendar import format_moment
from app.lib.i18n import N_
from app.moderation import kinds
from app.moderation.models import Appeal, ModerationAct, ModerationItem
from app.moderation.queries.reach import is_open_to
from app.moderation.queries.state import holder_of, may_decide
from app.moderation.rules.rights import DECIDE

LONGEST = 2000
_PLAIN = (
    "status",
    "covered",
    "shown_text",
    "reason_key",
    "reason",
    "referred_to",
    "decided_by",
    "minutes_taken",
    "late",
)
_MOMENTS = ("escalated_at", "decided_at", "due_at")


def must_decide(by: Actor, item: ModerationItem) -> int:
    """The account of who decides. Raises ``Forbidden`` without the right."""
    if by.account_id is not None and may_decide(by, item):
        return by.account_id
    if item.escalated_at is not None and by.may(DECIDE, item.path):
        raise Forbidden(N_("Nội dung này đã chuyển cho công chức cấp xã quyết định."))
    raise Forbidden(NOT_HERE)


def begin(session: Session, by: Actor, item: ModerationItem, version: int) -> dict[str, Any]:
    """Take the item for one decision on what was read as ``version``; what stood before is returned.

    Raises ``Forbidden`` without the right, ``NotFound`` where it is hidden from the one who asks, ``WrongMoment`` when
    somebody else holds or has changed it, or when what was decided may not be decided anew.
    """
    must_decide(by, item)
    must_be_open(session, by, item)
    lock(session, item)
    must_decide(by, item)
    must_be_free(session, by, item)
    if item.version != version:
        raise WrongMoment(N_("Người khác vừa xử lý nội dung này. Xem lại rồi quyết định."))
    must_be_unappealed(session, item)
    return state_of(item)


def must_be_open(session: Session, by: Actor, item: ModerationItem) -> None:
    """Raises ``NotFound`` for an item that its kind hides from the one who asks."""
    if not is_open_to(session, by, item):
        raise NotFound(N_("Không tìm thấy nội dung này."))


def must_be_free(session: Session, by: Actor, item: ModerationItem) -> None:
    """Raises ``WrongMoment``, with the name and the hour, while somebody else holds the item."""
    if holder_of(item) in (None, by.account_id) or item.claimed_until is None:
        return
    name = session.scalar(select(Account.full_name).where(Account.id == item.claimed_by))
    raise WrongMoment(
        N_("%(name)s đang xử lý nội dung này, đến %(until)s."), name=name, until=format_moment(item.claimed_until)
    )


def must_be_unappealed(session: Session, item: ModerationItem) -> None:
    """Once its author has asked for a second look, an item is no longer for those of the first."""
    outcome = session.execute(select(Appeal.outcome).where(Appeal.item_id == item.id)).first()
    if outcome is None:
        return
    if outcome[0] is None:
        raise WrongMoment(N_("Người gửi đã đề nghị xem lại. Một người khác sẽ xem lại nội dung này."))
    raise WrongMoment(N_("Nội dung này đã được xem lại. Quyết định sau khi xem lại không thay được nữa."))


def state_of(item: ModerationItem) -> dict[str, Any]:
    """All that a decision changes, as plain values; of the text only what others saw of it, never the original."""
    moments = {name: getattr(item, name) for name in _MOMENTS}
    return {name: getattr(item, name) for name in _PLAIN} | {
        name: moment.isoformat() if moment else None for name, moment in moments.items()
    }


def restore(item: ModerationItem, before: dict[str, Any]) -> None:
    """Let the item be again as ``state_of`` found it."""
    for name in _PLAIN:
        setattr(item, name, before[name])
    for name in _MOMENTS:
        setattr(item, name, datetime.fromisoformat(before[name]) if before[name] else None)


def decided(item: ModerationItem, by: Actor, status: str, *, reason_key: str = "", reason: str = "") -> None:
    """Set the outcome; how long it took is noted for the first one only."""
    now = clock.now()
    item.status, item.reason_key, item.reason, item.referred_to = status, reason_key, reason, ""
    item.decided_by, item.decided_at = by.account_id, now
    if item.minutes_taken is None:
        item.minutes_taken = max(0, int((now - item.submitted_at).total_seconds() // 60))
        item.late = now > item.due_at


def finish(
    session: Session, by: Actor, item: ModerationItem, verb: str, before: dict[str, Any],
    *, reason_key: str = "", reason: str = "",
) -> ModerationAct:  # fmt: skip
    """Note the act and the record, let the text be shown or hidden, and let go of the item."""
    item.claimed_by = item.claimed_until = None
    item.version += 1
    act = ModerationAct(
        item_id=item.id, verb=verb, reason_key=reason_key, reason=reason, before=before, by=by.account_id,
        at=clock.now(),
    )  # fmt: skip
    session.add(act)
    note(session, by, item, verb, reason_key=reason_key)
    session.flush()
    kinds.get(item.kind).apply(session, item)
    return act


def note(session: Session, by: Actor | None, item: ModerationItem, verb: str, *, reason_key: str = "") -> None:
    """Write to the record that something was done to the item; never what its text says."""
    record(
        session, by or SYSTEM, f"moderation.item.{verb}", subject=("moderation_item", item.id), path=item.path,
        content_kind=item.kind, reason_key=reason_key,
    )  # fmt: skip


def prose(text: str, field: str, *, least: int = 0, most: int = LONGEST) -> str:
    """Text with its line breaks as it should be kept; refuses what is too short or long, or holds strange letters."""
    kept = clean_prose(text, field, most)
    if len(kept) < least:
        raise Refusal(N_("Ghi rõ hơn, ít nhất %(least)d chữ cái."), field=field, least=least)
    return kept
