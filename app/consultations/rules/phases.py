"""In which phase of its life a consultation is: its status, and for an opened one the database's clock."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.lib.i18n import N_


class Phase(StrEnum):
    """A phase. ``upcoming``, ``open`` and ``closed`` are never stored: they follow from the clock."""

    PREPARING = "preparing"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


PHASE_NAMES = {
    Phase.PREPARING: N_("Đang chuẩn bị"),
    Phase.UPCOMING: N_("Sắp lấy ý kiến"),
    Phase.OPEN: N_("Đang lấy ý kiến"),
    Phase.CLOSED: N_("Chờ tiếp thu, giải trình"),
    Phase.ANSWERED: N_("Đã tiếp thu, giải trình"),
    Phase.ADOPTED: N_("Đã ban hành"),
    Phase.WITHDRAWN: N_("Đã rút"),
}
# Kinds of the tag that shows a phase.
PHASE_KINDS = {
    Phase.PREPARING: "",
    Phase.UPCOMING: "info",
    Phase.OPEN: "good",
    Phase.CLOSED: "warn",
    Phase.ANSWERED: "info",
    Phase.ADOPTED: "good",
    Phase.WITHDRAWN: "bad",
}


class Stage(StrEnum):
    """What a list asks for: phases that are alike to who reads it; the values stand in addresses."""

    TAKING = "nhan-y-kien"
    ANSWERING = "cho-tra-loi"
    FINISHED = "da-tra-loi"


STAGE_PHASES = {
    Stage.TAKING: (Phase.OPEN, Phase.UPCOMING),
    Stage.ANSWERING: (Phase.CLOSED,),
    Stage.FINISHED: (Phase.ANSWERED, Phase.ADOPTED, Phase.WITHDRAWN),
}
STAGE_NAMES = {
    Stage.TAKING: N_("Đang và sắp lấy ý kiến"),
    Stage.ANSWERING: N_("Chờ tiếp thu, giải trình"),
    Stage.FINISHED: N_("Đã xong"),
}


class Timed(Protocol):
    """What a phase is read from."""

    @property
    def status(self) -> str: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


def phase(consultation: Timed, now: datetime) -> Phase:
    """The phase at the moment ``now`` (the database's). Open includes the first moment and not the last.

    Raises ``ValueError`` for an opened consultation without its times.
    """
    if consultation.status != "opened":
        return Phase(consultation.status)
    if consultation.opens_at is None or consultation.closes_at is None:
        raise ValueError("an opened consultation has its times")
    if now < consultation.opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if now < consultation.closes_at else Phase.CLOSED
