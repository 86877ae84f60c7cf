"""The sealed note that travels from the step where a slip was shown to the step where an opinion is sent.

It holds an area and an hour, and nothing of the slip; it is worth something for one form on one draft only.
"""

import struct
from datetime import datetime, timedelta

from app.core.tokens import BadToken, Keyring, bytes_of, text_of

LIFE = timedelta(days=7)
_PURPOSE = "comment resident"
_FORMAT = struct.Struct(">IQ")


def write(keyring: Keyring, area_id: int, about: str, now: datetime) -> str:
    """The note; ``about`` names the form."""
    plain = _FORMAT.pack(area_id, int((now + LIFE).timestamp()))
    return text_of(keyring.seal(_PURPOSE, plain, about.encode()))


def read(keyring: Keyring, note: str, about: str, now: datetime) -> int | None:
    """The area of a note made for the same form; None for no note, another's, an old or an altered one."""
    try:
        plain = keyring.open(_PURPOSE, bytes_of(note), about.encode()) if note else b""
    except BadToken:
        return None
    if len(plain) != _FORMAT.size:
        return None
    area_id, until = _FORMAT.unpack(plain)
    return int(area_id) if until > now.timestamp() else None
