"""Keeping what was looked at until it is written: sealed inside the page, and nowhere else.

A list of dossiers is not left lying in a store for somebody who went home without deciding. What is written is what was
shown, to the same person, for the same centre, within a working day.
"""

import json
import zlib
from datetime import datetime, timedelta
from typing import Any

from app.core.errors import WrongMoment
from app.core.tokens import BadToken, Keyring, bytes_of, text_of
from app.lib.i18n import N_

_PURPOSE = "feedback preview"
_HOLDS = timedelta(hours=10)
_LONGEST = 450_000
_OVER = N_("Bảng xem trước này không còn dùng được. Tải tệp lên lại.")


def keep(keyring: Keyring, about: str, rows: Any, now: datetime) -> str:
    """Rows (plain values) as text for a hidden field; ``about`` names what, where and who."""
    plain = zlib.compress(json.dumps([now.timestamp(), rows], ensure_ascii=False).encode(), 9)
    return text_of(keyring.seal(_PURPOSE, plain, about.encode()))


def kept(keyring: Keyring, about: str, text: str, now: datetime) -> Any:
    """The rows again; raises ``WrongMoment`` for what was not kept for exactly this, or too long ago."""
    try:
        if len(text) > _LONGEST:
            raise BadToken(_PURPOSE)
        sealed_at, rows = json.loads(zlib.decompress(keyring.open(_PURPOSE, bytes_of(text), about.encode())))
    except BadToken as fault:
        raise WrongMoment(_OVER) from fault
    if now.timestamp() - sealed_at > _HOLDS.total_seconds():
        raise WrongMoment(_OVER)
    return rows
