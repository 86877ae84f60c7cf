"""Where a slip stands: whether its household may vote with it now, and if not, why; the first reason that counts."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.polls.rules.phases import Phase, Timed, phase


class Standing(StrEnum):
    """``READY`` and ``CHANGEABLE`` may vote (the latter has voted and may send again); nobody else may."""

    READY = "ready"
    CHANGEABLE = "changeable"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    VOTED = "voted"
    UPCOMING = "upcoming"
    ENDED = "ended"
    INACTIVE = "inactive"


MAY_VOTE = frozenset({Standing.READY, Standing.CHANGEABLE})


class Credential(Timed, Protocol):
    """A slip with its poll and what its household has sent so far."""

    @property
    def may_change(self) -> bool: ...
    @property
    def revoked_at(self) -> datetime | None: ...
    @property
    def activated_at(self) -> datetime | None: ...
    @property
    def cast_at(self) -> datetime | None: ...


def standing(slip: Credential, now: datetime) -> Standing:
    """Where the slip stands at the moment ``now`` of the database's clock.

    A revoked slip is told nothing else: who holds it may not be of the household any more.
    """
    if slip.revoked_at is not None:
        return Standing.REVOKED
    now_in = phase(slip, now)
    if now_in is Phase.CANCELLED:
        return Standing.CANCELLED
    voted = slip.cast_at is not None
    if now_in is not Phase.VOTING:
        if voted:
            return Standing.VOTED
        return Standing.UPCOMING if now_in is Phase.UPCOMING else Standing.ENDED
    if voted and not slip.may_change:
        return Standing.VOTED
    if slip.activated_at is None:
        return Standing.INACTIVE
    return Standing.CHANGEABLE if voted else Standing.READY
