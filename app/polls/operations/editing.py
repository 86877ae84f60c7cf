"""What every change of a poll in preparation begins with: the right, the moment, and that nobody else was faster."""

from sqlalchemy.orm import Session

from app.audit.operations import record, refuse_stale
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.core.rights import must as must_at
from app.core.rows import advance, lock
from app.lib.i18n import N_
from app.polls.models import Poll

PREPARE = "polls:poll:prepare"


def must(by: Actor, permission: str, poll: Poll) -> int:
    """The account of who asks; raises ``Forbidden`` without the permission at the poll's place."""
    return must_at(by, permission, poll.area.path)


def begin_edit(session: Session, by: Actor, poll: Poll, version: int) -> None:
    """Take the poll for one change of what was read as ``version``; afterwards its version is one higher.

    Raises ``Forbidden`` without the right, and ``WrongMoment`` when the poll is past its preparation or somebody
    else has changed it since.
    """
    must(by, PREPARE, poll)
    if not advance(session, poll, version, Poll.status == "preparing"):
        must_be_preparing(poll)
        refuse_stale(session, "poll", poll.id)


def begin_addition(session: Session, by: Actor, poll: Poll) -> None:
    """Take the poll for adding or removing one thing: others may do so too, but not while it is being submitted."""
    must(by, PREPARE, poll)
    lock(session, poll, lambda: must_be_preparing(poll))


def must_be_preparing(poll: Poll) -> None:
    if poll.status == "submitted":
        raise WrongMoment(N_("Nội dung đã được trình nên không sửa được. Muốn sửa, cần trả lại để chuẩn bị."))
    if poll.status == "cancelled":
        raise WrongMoment(N_("Nội dung này đã hủy nên không sửa được."))
    if poll.status != "preparing":
        raise WrongMoment(
            N_("Từ khi mở, mọi nội dung đã được giữ cố định. Chỉ có thể gia hạn hoặc hủy, do hai người quyết định.")
        )


def refuse_unless(holds: bool, sentence: str) -> None:
    """Raise ``WrongMoment`` with the sentence unless it holds."""
    if not holds:
        raise WrongMoment(sentence)


def done(session: Session, by: Actor, poll: Poll, action: str, **detail: object) -> None:
    """Write what was done to the record."""
    record(session, by, f"polls.{action}", subject=("poll", poll.id), path=poll.area.path, **detail)
