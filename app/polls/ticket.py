"""The sealed cookie ``phieu``: what one household is about to send, between choosing and sending.

It is encrypted and authenticated with a key of the service, lives ten minutes, and always has one size, so that
neither the phone's owner, nor a proxy, nor a log learns a choice from it. It carries everything the final act needs:
sending is one statement of the database. The facts of the poll inside were fixed at opening and cannot grow old.
"""

import secrets
import struct
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.core.tokens import BadToken, Keyring, bytes_of, same, text_of
from app.polls.rules.opinions import MOST_BYTES

LIFE = timedelta(minutes=10)
AFTER = timedelta(minutes=2)
"""How long the phone remembers that something was sent: long enough for the back button, too short for a lender."""

_PURPOSE = "phieu"
_TOKEN = "phieu token"  # noqa: S105 - the name of a purpose
_VERSION = 1
_HEAD = struct.Struct(">BBIIIII16s32s32s32s16s40s12sH")
_SEALED, _MAY_CHANGE, _ASSISTED = 1, 2, 4
_SIZE = _HEAD.size + MOST_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """``choice`` is empty until something is chosen, and again once it is sent: then the receipt stands here.

    ``base_version`` is how often the household had voted when it chose: a late repetition of an earlier sending can
    never undo a later one.
    """

    slip_id: int
    poll_id: int
    public_id: str
    definition: bytes
    slot_tag: str
    public_key: bytes = b""
    may_change: bool = False
    base_version: int = 0
    assisted_by: int | None = None
    choice: str = ""
    other_text: str = ""
    key: str = ""
    receipt: str = ""
    expires: int = 0

    @property
    def sealed(self) -> bool:
        return bool(self.public_key)

    def chosen(self, choice: str, other_text: str, now: datetime) -> "Ticket":
        """The ticket with a choice, a key of its own for this sending, and its full life before it."""
        key = secrets.token_hex(16)
        return replace(self, choice=choice, other_text=other_text, key=key, receipt="", expires=_end(now, LIFE))

    def opened(self, now: datetime) -> "Ticket":
        """The ticket at the beginning, nothing chosen yet."""
        return replace(self, choice="", other_text="", key="", receipt="", expires=_end(now, LIFE))

    def sent(self, receipt: str, now: datetime) -> "Ticket":
        """What stays on the phone for the back button: the receipt, and no choice."""
        return replace(self, choice="", other_text="", receipt=receipt, expires=_end(now, AFTER))


def pack(keyring: Keyring, ticket: Ticket) -> str:
    """The value of the cookie; always of the same length. Raises ``ValueError`` when the text is too long."""
    text = ticket.other_text.encode()
    if len(text) > MOST_BYTES:
        raise ValueError("the text is too long for a ticket")
    flags = (
        (_SEALED if ticket.sealed else 0)
        | (_MAY_CHANGE if ticket.may_change else 0)
        | (_ASSISTED if ticket.assisted_by is not None else 0)
    )
    head = _HEAD.pack(
        _VERSION,
        flags,
        ticket.slip_id,
        ticket.poll_id,
        ticket.assisted_by or 0,
        ticket.base_version,
        ticket.expires,
        bytes.fromhex(ticket.key),
        ticket.definition,
        ticket.public_key,
        bytes.fromhex(ticket.slot_tag),
        ticket.public_id.encode(),
        ticket.choice.encode(),
        ticket.receipt.encode(),
        len(text),
    )
    return text_of(keyring.seal(_PURPOSE, head + text.ljust(MOST_BYTES, b"\0")))


def unpack(keyring: Keyring, cookie: str, now: datetime) -> Ticket:
    """The ticket in a cookie; raises ``BadToken`` for anything not made by ``pack``, and for one whose life is over."""
    plain = keyring.open(_PURPOSE, bytes_of(cookie))
    if len(plain) != _SIZE or plain[0] != _VERSION:
        raise BadToken(_PURPOSE)
    (_, flags, slip_id, poll_id, assisted_by, base_version, expires, *rest, length) = _HEAD.unpack_from(plain)
    key, definition, public_key, slot_tag, public_id, choice, receipt = rest
    if expires <= now.timestamp():
        raise BadToken("expired")
    return Ticket(
        slip_id=slip_id,
        poll_id=poll_id,
        public_id=_text(public_id),
        definition=definition,
        slot_tag=slot_tag.hex(),
        public_key=public_key if flags & _SEALED else b"",
        may_change=bool(flags & _MAY_CHANGE),
        base_version=base_version,
        assisted_by=assisted_by if flags & _ASSISTED else None,
        choice=_text(choice),
        other_text=plain[_HEAD.size : _HEAD.size + length].decode(),
        key=key.hex() if any(key) else "",
        receipt=_text(receipt),
        expires=expires,
    )


def token_of(keyring: Keyring, ticket: Ticket) -> str:
    """What the check page hands back with the button: it sends the choice that was shown there and no other."""
    return keyring.mac(_TOKEN, ticket.key.encode()).hex()


def token_matches(keyring: Keyring, ticket: Ticket, token: str) -> bool:
    return bool(ticket.key) and same(token_of(keyring, ticket), token)


def _text(padded: bytes) -> str:
    return padded.rstrip(b"\0").decode()


def _end(now: datetime, life: timedelta) -> int:
    return int((now + life).timestamp())
