"""What every change of a poll in preparation begins with: the right, the moment, and that nobody else was faster."""

from typing import NoReturn

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.audit.operations import record
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.lib.text import nfc, squeeze, strange_characters
from app.polls.models import Poll

PREPARE = "polls:poll:prepare"


def must(by: Actor, permission: str, poll: Poll) -> int:
    """The account of who asks; raises ``Forbidden`` without the permission at the poll's place."""
    if by.account_id is None or not by.may(permission, poll.area.path):
        raise Forbidden(N_("Ông/Bà không có quyền làm việc này tại địa bàn này."))
    return by.account_id


def begin_edit(session: Session, by: Actor, poll: Poll, version: int) -> None:
    """Take the poll for one change of what was read as ``version``; afterwards its version is one higher.

    Raises ``Forbidden`` without the right, and ``WrongMoment`` when the poll is past its preparation or somebody
    else has changed it since.
    """
    must(by, PREPARE, poll)
    session.flush()
    taken = update(Poll).where(Poll.id == poll.id, Poll.version == version, Poll.status == "preparing")
    found = session.execute(taken.values(version=version + 1).execution_options(synchronize_session=False))
    session.refresh(poll)
    if not found.rowcount:  # type: ignore[attr-defined]
        must_be_preparing(poll)
        _refuse_stale(session, poll)


def begin_addition(session: Session, by: Actor, poll: Poll) -> None:
    """Take the poll for adding or removing one thing: others may do so too, but not while it is being submitted."""
    must(by, PREPARE, poll)
    lock(session, poll)
    must_be_preparing(poll)


def lock(session: Session, poll: Poll) -> None:
    """Wait until nobody else holds the poll's row, hold it, and read it anew."""
    session.flush()
    session.execute(select(Poll.id).where(Poll.id == poll.id).with_for_update())
    session.refresh(poll)


def must_be_preparing(poll: Poll) -> None:
    if poll.status == "submitted":
        raise WrongMoment(N_("Nội dung đã được trình nên không sửa được. Muốn sửa, cần trả lại để chuẩn bị."))
    if poll.status == "cancelled":
        raise WrongMoment(N_("Nội dung này đã hủy nên không sửa được."))
    if poll.status != "preparing":
        raise WrongMoment(
            N_("Từ khi mở, mọi nội dung đã được giữ cố định. Chỉ có thể gia hạn hoặc hủy, do hai người quyết định.")
        )


def done(session: Session, by: Actor, poll: Poll, action: str, **detail: object) -> None:
    """Write what was done to the record."""
    record(session, by, f"polls.{action}", subject=("poll", poll.id), path=poll.area.path, **detail)


def clean_line(text: str, field: str, most: int) -> str:
    """One line as it should be kept; refuses what no honest text holds, and what is too long."""
    return _clean(squeeze(nfc(text)), field, most)


def clean_prose(text: str, field: str, most: int) -> str:
    """Text with its line breaks, each line tidied; refuses as ``clean_line`` does."""
    lines = [squeeze(line) for line in nfc(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _clean("\n".join(lines).strip(), field, most)


def reason_given(text: str, shortest: int) -> str:
    """A reason that says something; raises ``Refusal`` at the field ``reason``."""
    reason = clean_prose(text, "reason", 1000)
    if len(reason) < shortest:
        raise Refusal(
            N_("Ghi rõ lý do, ít nhất %(least)d chữ cái, để người khác hiểu được."), field="reason", least=shortest
        )
    return reason


def _clean(text: str, field: str, most: int) -> str:
    found = strange_characters(text)
    if found:
        raise Refusal(
            N_("Có ký tự lạ không hiện trên màn hình (%(codes)s). Xóa đi rồi gõ lại."),
            field=field,
            codes=", ".join(found),
        )
    if len(text) > most:
        raise Refusal(N_("Tối đa %(most)d ký tự, hiện có %(count)d."), field=field, most=most, count=len(text))
    return text


def _refuse_stale(session: Session, poll: Poll) -> NoReturn:
    last = session.scalar(
        select(AuditEntry)
        .where(AuditEntry.subject_kind == "poll", AuditEntry.subject_id == str(poll.id))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    raise WrongMoment(
        N_(
            "Người khác vừa sửa nội dung này: %(name)s. Những gì Ông/Bà gõ còn nguyên ở dưới nhưng chưa lưu."
            " Xem lại rồi bấm Lưu lần nữa nếu vẫn muốn thay."
        ),
        name=last.actor_name if last else "?",
    )
