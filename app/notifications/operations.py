"""Telling somebody something: written in the transaction of the event, sent later by a worker."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.db import database_now
from app.core.errors import NotFound, Refusal
from app.core.permissions import Actor
from app.core.tokens import BadToken, Keyring
from app.gateways.messages import Delivery, Outcome
from app.jobs.operations import enqueue
from app.lib.i18n import N_
from app.lib.text import BadPhone, normalise_phone
from app.notifications import rules
from app.notifications.models import Message, StoppedRecipient

DELIVER = "notifications.deliver"
_SEAL, _HASH = "message recipient", "message recipient hash"
_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
NO_PHONE = N_("Số điện thoại không đúng. Nhập số di động có 10 chữ số, ví dụ 0912345678.")
BROKEN_OFF = N_("Máy chủ dừng giữa chừng khi gửi. Không gửi lại để không ai nhận hai lần.")
UNREADABLE = N_("Không đọc được số điện thoại vì khóa của hệ thống đã đổi.")
REFUSED = N_("Kênh gửi tin không nhận tin này.")
NOT_STOPPED = N_("Số này chưa từng từ chối nhận tin.")
TOO_BUSY = N_("Kênh gửi tin bận nhiều lần liền.")
# Every other fault is a word of the channel.
SENTENCES = {BROKEN_OFF, UNREADABLE, REFUSED, TOO_BUSY}

_NEW = {"channel": "", "subject": "", "status": "waiting", "attempts": 0, "fault": ""}


def tell(
    session: Session,
    keyring: Keyring,
    *,
    event: str,
    key: str,
    phone: str,
    text: str,
    short_text: str,
    path: str = "",
    area_path: str = "",
) -> Message | None:
    """Write a message about ``event`` to a phone, to be sent as soon as it is day.

    ``key`` names what is told to whom, and is used once. ``path`` is the page to read on; ``area_path`` the place for
    which staff see that a message was sent. None: the person wants no messages, or the key was used. Raises a refusal
    for what is no mobile number.
    """
    if any(rules.holds_code(words) for words in (text, short_text, path)):
        raise ValueError("a message must not carry a code")
    number = _number(phone)
    recipient = recipient_hash(keyring, number)
    if session.get(StoppedRecipient, recipient) is not None:
        return None
    now = database_now(session)
    values = {
        "key": key,
        "event": event,
        "recipient": keyring.seal(_SEAL, number.encode(), key.encode()),
        "recipient_hash": recipient,
        "text": text,
        "short_text": rules.shortened(rules.unaccented(short_text), rules.SMS),
        "path": path,
        "area_path": area_path,
        "created_at": now,
    }
    added = session.scalar(_insert_once(session, _NEW | values))
    return _to_be_sent(session, added, now) if added is not None else None


def _to_be_sent(session: Session, message_id: int, now: datetime) -> Message:
    """Ask a worker to send the message, as soon as it is day."""
    run_at = rules.next_day(clock.local(now))
    enqueue(session, DELIVER, {"message": message_id}, unique_key=f"{DELIVER}:{message_id}", run_at=run_at)
    return session.get_one(Message, message_id)


def _insert_once(session: Session, values: dict[str, Any]) -> Executable:
    made: Any = _INSERT[session.get_bind().dialect.name](Message).values(values)
    return cast(Executable, made.on_conflict_do_nothing(index_elements=["key"]).returning(Message.id))


def recipient_hash(keyring: Keyring, phone: str) -> str:
    """What is kept of a number for good: a hash under the service's key."""
    return keyring.mac(_HASH, phone.encode()).hex()


def stop(session: Session, by: Actor, keyring: Keyring, phone: str) -> None:
    """The person wants no more messages; those still waiting are not sent either."""
    recipient = recipient_hash(keyring, _number(phone))
    now = database_now(session)
    made: Any = _INSERT[session.get_bind().dialect.name](StoppedRecipient)
    session.execute(made.values(recipient_hash=recipient, at=now).on_conflict_do_nothing())
    for message in session.query(Message).filter_by(recipient_hash=recipient, status="waiting"):
        _end(message, "stopped")
    record(session, by, "notifications.recipient.stop", subject=("recipient", recipient[:16]), path="")


def resume(session: Session, by: Actor, keyring: Keyring, phone: str) -> None:
    """The person wants messages again; refused for who never stopped them."""
    recipient = recipient_hash(keyring, _number(phone))
    stopped = session.get(StoppedRecipient, recipient)
    if stopped is None:
        raise NotFound(NOT_STOPPED)
    session.delete(stopped)
    session.flush()
    record(session, by, "notifications.recipient.resume", subject=("recipient", recipient[:16]), path="")


def begin(session: Session, keyring: Keyring, message_id: int) -> tuple[Message, str] | None:
    """Mark a waiting message as being sent, and open its number. None: it is not to be sent, which it then says.

    A message already marked was in the hands of a worker that died: whether it went out is not known.
    """
    message = session.get(Message, message_id, with_for_update=True, populate_existing=True)
    if message is None:
        return None
    if message.status == "sending":
        _end(message, "ambiguous", BROKEN_OFF)
        return None
    if message.status != "waiting" or message.recipient is None:
        return None
    if session.get(StoppedRecipient, message.recipient_hash) is not None:
        _end(message, "stopped")
        return None
    try:
        number = keyring.open(_SEAL, message.recipient, message.key.encode()).decode()
    except BadToken:
        _end(message, "failed", UNREADABLE)
        return None
    message.status = "sending"
    message.attempts += 1
    return message, number


def conclude(session: Session, message_id: int, channel: str, delivery: Delivery) -> datetime | None:
    """Keep what became of a message; the moment of the next attempt when no channel took it and one may later."""
    message = session.get_one(Message, message_id, with_for_update=True, populate_existing=True)
    now = database_now(session)
    message.channel = channel
    if delivery.outcome is Outcome.ACCEPTED:
        message.sent_at = now
        _end(message, "sent")
    elif delivery.outcome is Outcome.AMBIGUOUS:
        _end(message, "ambiguous", delivery.why)
    elif delivery.outcome is Outcome.REJECTED:
        _end(message, "failed", delivery.why or REFUSED)
    elif message.attempts >= rules.MAX_ATTEMPTS:
        _end(message, "failed", TOO_BUSY)
    else:
        message.status, message.fault = "waiting", delivery.why
        return rules.next_day(clock.local(now + rules.pause(message.attempts)))
    return None


def _end(message: Message, status: str, fault: str = "") -> None:
    """Nothing more is sent, so nothing more needs the number."""
    message.status, message.fault, message.recipient = status, fault, None


def _number(phone: str) -> str:
    try:
        number = normalise_phone(phone)
    except BadPhone:
        number = None
    if number is None:
        raise Refusal(NO_PHONE, field="phone")
    return number
