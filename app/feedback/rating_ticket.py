"""What the thanks page carries: which rating it thanks for, signed. Whoever holds it may take the rating back.

Which dossier's code the rating used up stands in it and nowhere else, so that taking it back frees the code.
"""

import struct
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.tokens import BadToken, Keyring, bytes_of, same, text_of

_FORM = struct.Struct(">QQQ")
_MAC = 16
_PURPOSE = "rating ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A rating, its level, when it came in (milliseconds since 1970), and the dossier whose code it used."""

    rating_id: int
    level: int
    received: int
    dossier_id: int | None = None

    def age(self, now: datetime) -> timedelta:
        return timedelta(milliseconds=int(now.timestamp() * 1000) - self.received)


def ticket(rating_id: int, level: int, received: datetime, dossier_id: int | None = None) -> Ticket:
    return Ticket(rating_id, level, int(received.timestamp() * 1000), dossier_id)


def write(keyring: Keyring, held: Ticket) -> str:
    """The ticket as text for a hidden field."""
    raw = _FORM.pack(held.rating_id, held.received * 8 + held.level, held.dossier_id or 0)
    return text_of(raw + keyring.mac(_PURPOSE, raw)[:_MAC])


def read(keyring: Keyring, text: str) -> Ticket:
    """The ticket of a text made by ``write``; raises ``BadToken``."""
    whole = bytes_of(text)
    raw = whole[: _FORM.size]
    if len(whole) != _FORM.size + _MAC or not same(whole[_FORM.size :], keyring.mac(_PURPOSE, raw)[:_MAC]):
        raise BadToken(_PURPOSE)
    rating_id, received, dossier_id = _FORM.unpack(raw)
    return Ticket(rating_id, received % 8, received // 8, dossier_id or None)
