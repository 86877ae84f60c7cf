"""In which phase of its life a poll is: its status, and for an opened one the moment by the database's clock."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.lib.i18n import N_


class Phase(StrEnum):
    """A phase. ``upcoming``, ``voting`` and ``ended`` are never stored: they follow from the clock."""

    PREPARING = "preparing"
    SUBMITTED = "submitted"
    UPCOMING = "upcoming"
    VOTING = "voting"
    ENDED = "ended"
    COUNTED = "counted"
    DECIDED = "decided"
    CANCELLED = "cancelled"


PHASE_NAMES = {
    Phase.PREPARING: N_("Đang chuẩn bị"),
    Phase.SUBMITTED: N_("Chờ duyệt"),
    Phase.UPCOMING: N_("Sắp mở"),
    Phase.VOTING: N_("Đang mở"),
    Phase.ENDED: N_("Đã hết giờ"),
    Phase.COUNTED: N_("Đã kiểm phiếu"),
    Phase.DECIDED: N_("Đã có kết quả"),
    Phase.CANCELLED: N_("Đã hủy"),
}
# What residents may see; before opening nothing is public.
PUBLIC_PHASES = frozenset(Phase) - {Phase.PREPARING, Phase.SUBMITTED}


class Timed(Protocol):
    """What a phase is read from."""

    @property
    def status(self) -> str: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


def phase(poll: Timed, now: datetime) -> Phase:
    """The phase at the moment ``now`` (the database's). Voting includes the first moment and not the last."""
    if poll.status == "closed":
        return Phase.ENDED
    if poll.status != "opened":
        return Phase(poll.status)
    if poll.opens_at is None or poll.closes_at is None:
        raise ValueError("an opened poll has its times")
    if now < poll.opens_at:
        return Phase.UPCOMING
    return Phase.VOTING if now < poll.closes_at else Phase.ENDED
