"""Counting a batch of ballots: totals only, and the texts of other opinions in an order that says nothing.

The batch is the envelopes sorted by their SHA-256, without households: whoever opens it learns how many chose what,
never who. A ballot that cannot be read is invalid, never a fault; a copy of an envelope is not a second ballot.
Pure: no database, no web, so that an observer can run the same code on another machine.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.polls import sealing

CHOICES = AGREE, DISAGREE, OTHER = ("agree", "disagree", "other")

Sealed = tuple[bytes, bytes | None]
Choice = tuple[str | None, str | None]


@dataclass(frozen=True)
class Tally:
    """What a batch came to. ``counted`` is every ballot in it, the invalid ones too."""

    counted: int
    agree: int
    disagree: int
    other: int
    invalid: int
    other_texts: tuple[str, ...]
    batch_sha256: str


def batch_digest(envelopes: Iterable[bytes]) -> str:
    """SHA-256 of a batch: the hashes of its envelopes, sorted, one after another. The order of casting is not in it."""
    return hashlib.sha256(b"".join(sorted(hashlib.sha256(one).digest() for one in envelopes))).hexdigest()


def tally(private: X25519PrivateKey, info: bytes, envelopes: Iterable[Sealed]) -> Tally:
    """Open and count sealed ballots: pairs of a choice's envelope and a text's (None where a ballot has none).

    ``info`` is the SHA-256 of the poll's definition: an envelope of another poll does not open, and is invalid.
    """
    batch = sorted(envelopes, key=lambda pair: hashlib.sha256(pair[0]).digest())
    seen: set[bytes] = set()
    read: list[Choice] = []
    for envelope, text in batch:
        if envelope in seen:
            read.append((None, None))
            continue
        seen.add(envelope)
        choice = sealing.open_choice(private, info, envelope)
        opened = sealing.open_text(private, info, text) if choice == OTHER and text is not None else None
        read.append((choice, opened))
    return _totals(read, batch_digest(envelope for envelope, _text in batch))


def tally_open(ballots: Iterable[Choice]) -> Tally:
    """Count open ballots: pairs of the choice and the text written with it. Their batch is the choices themselves."""
    read = list(ballots)
    return _totals(read, batch_digest((choice or "").encode() for choice, _text in read))


def _totals(read: Sequence[Choice], digest: str) -> Tally:
    counts = Counter(choice if choice in CHOICES else None for choice, _text in read)
    texts = [text for choice, text in read if choice == OTHER and text]
    secrets.SystemRandom().shuffle(texts)
    return Tally(
        counted=len(read),
        agree=counts[AGREE],
        disagree=counts[DISAGREE],
        other=counts[OTHER],
        invalid=counts[None],
        other_texts=tuple(texts),
        batch_sha256=digest,
    )
