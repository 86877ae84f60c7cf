"""The author asks, once, that somebody else looks again; nobody who decided before hears it (Law Đ9)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, NotFound, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.lib.i18n import N_
from app.moderation.models import Appeal, ModerationItem
from app.moderation.operations import common
from app.moderation.operations.submitting import due
from app.moderation.queries.state import appealable, deciders
from app.moderation.rules.rights import HEAR

WORKING_DAYS = 5
SENDER = Actor(account_id=None, name="Người gửi")
SHORTEST = 10


def appeal(session: Session, item_id: int, text: str) -> Appeal:
    """Ask for a second look at a decision, once. Whoever calls has made sure that the author is asking.

    Raises ``NotFound``, ``WrongMoment`` when nothing was decided against the author or it was asked before, and
    ``Refusal`` at ``text`` when that says nothing.
    """
    item = session.get(ModerationItem, item_id)
    if item is None:
        raise NotFound(N_("Không tìm thấy nội dung này."))
    lock(session, item)
    if session.scalar(select(Appeal.id).where(Appeal.item_id == item.id)) is not None:
        raise WrongMoment(N_("Ông/Bà đã đề nghị xem lại nội dung này. Mỗi nội dung được xem lại một lần."))
    if not appealable(item):
        raise WrongMoment(N_("Nội dung này không bị từ chối nên không cần xem lại."))
    now = clock.now()
    kept = common.prose(text, "text", least=SHORTEST)
    made = Appeal(item_id=item.id, text=kept, made_at=now, due_at=due(session, now, WORKING_DAYS), reason="")
    session.add(made)
    common.note(session, SENDER, item, "appeal")
    session.flush()
    return made


def uphold(session: Session, by: Actor, item: ModerationItem, *, reason: str) -> None:
    """Agree with the author: the text is shown again; where it was shown in part, it is shown whole."""
    found, text = _begin(session, by, item, reason)
    before = common.state_of(item)
    if item.status == "approved":
        item.covered, item.shown_text = [], None
    common.decided(item, by, "approved")
    _end(session, by, item, found, "upheld", text)
    common.finish(session, by, item, "uphold", before, reason=text)


def dismiss(session: Session, by: Actor, item: ModerationItem, *, reason: str) -> None:
    """Let the decision stand; the author reads why."""
    found, text = _begin(session, by, item, reason)
    before = common.state_of(item)
    _end(session, by, item, found, "dismissed", text)
    common.finish(session, by, item, "dismiss", before, reason=text)


def must_hear(session: Session, by: Actor, item: ModerationItem) -> None:
    """Raises ``Forbidden`` without the right, and for whoever decided on the item at any time, by whatever role.

    ``WrongMoment`` when nobody asked for it, or it was heard already.
    """
    must(by, HEAR, item.path)
    found = session.execute(select(Appeal.outcome).where(Appeal.item_id == item.id)).first()
    if found is None:
        raise WrongMoment(N_("Không có đề nghị xem lại nội dung này."))
    if found[0] is not None:
        raise WrongMoment(N_("Nội dung này đã được xem lại."))
    if by.account_id in deciders(session, item.id):
        raise Forbidden(N_("Ông/Bà đã quyết định nội dung này. Người khác phải xem lại."))


def _begin(session: Session, by: Actor, item: ModerationItem, reason: str) -> tuple[Appeal, str]:
    must_hear(session, by, item)
    common.must_be_open(session, by, item)
    lock(session, item)
    must_hear(session, by, item)
    query = select(Appeal).where(Appeal.item_id == item.id).execution_options(populate_existing=True)
    return session.scalars(query).one(), common.prose(reason, "reason", least=SHORTEST)


def _end(session: Session, by: Actor, item: ModerationItem, found: Appeal, outcome: str, reason: str) -> None:
    found.outcome, found.reason = outcome, reason
    found.heard_by, found.heard_at = by.account_id, clock.now()
