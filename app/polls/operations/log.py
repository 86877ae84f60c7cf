"""Appending to the log of a poll: in the transaction of the event itself. The public board is built from these rows."""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from app.core.db import database_now
from app.lib.canonical import canonical_json
from app.polls.models import LogLeaf, Poll


def append_leaf(session: Session, poll: Poll, kind: str, body: dict[str, Any]) -> LogLeaf:
    """Append the leaf of an event other than a cast; ``body`` is published, and hashed as canonical JSON.

    Leaves are never chained here: one sequencer puts them in order later, so that no voter waits for another.
    """
    digest = hashlib.sha256(canonical_json(body).encode()).hexdigest()
    leaf = LogLeaf(poll_id=poll.id, kind=kind, at=database_now(session), digest=digest, body=body)
    session.add(leaf)
    session.flush()
    return leaf
