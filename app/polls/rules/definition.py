"""The definition of a poll: what is asked of whom, by which rule and when, as one canonical text with one hash.

It is fixed at opening, printed on the notice and bound into every envelope (ballots.md §2 of the design). An
extension does not change it: the definition keeps the closing time as first announced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.lib.canonical import canonical_json, sha256_of
from app.lib.text import nfc

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Definition:
    """Everything fixed at opening. ``public_key`` is empty where ballots are open; ``documents`` are hashes."""

    public_id: str
    area: str
    kind: str
    clause: int
    title: str
    question: str
    options: Sequence[Mapping[str, str]]
    rule_key: str
    roll_size: int
    roll_fingerprint: str
    opens_at: datetime
    closes_at: datetime
    level: str
    custody: str
    may_change: bool
    public_key: bytes
    documents: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """Plain values in one form only: text in NFC, moments in UTC, keys of options in alphabetical order."""
        return {
            "version": VERSION,
            "poll": self.public_id,
            "area": self.area,
            "kind": self.kind,
            "clause": self.clause,
            "title": nfc(self.title),
            "question": nfc(self.question),
            "options": [{"key": x["key"], "label": nfc(x["label"])} for x in self.options],
            "rule": self.rule_key,
            "households": self.roll_size,
            "roll_sha256": self.roll_fingerprint,
            "opens_at": _moment(self.opens_at),
            "closes_at": _moment(self.closes_at),
            "level": self.level,
            "custody": self.custody,
            "may_change": self.may_change,
            "public_key": self.public_key.hex(),
            "documents": sorted(self.documents),
        }


def definition_hash(definition: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text of a definition as ``Definition.as_json`` gives it."""
    return sha256_of(canonical_json(definition))


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment of a definition needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
