"""The state of a posting, from what is stored of it and the day."""

from datetime import date
from enum import StrEnum

from app.lib.i18n import N_
from app.publication.rules.periods import remind_on


class State(StrEnum):
    DRAFT = "draft"
    POSTED = "posted"
    ENDING = "ending"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


STATE_NAMES = {
    State.DRAFT: N_("Đang soạn"),
    State.POSTED: N_("Đang niêm yết"),
    State.ENDING: N_("Sắp hết hạn"),
    State.ENDED: N_("Hết hạn niêm yết"),
    State.WITHDRAWN: N_("Đã rút"),
}


def state(status: str, until: date | None, today: date) -> State:
    """Where a posting stands; the last day still counts as posted. Without an end it stays posted."""
    if status != "posted":
        return State(status)
    if until is None:
        return State.POSTED
    if today > until:
        return State.ENDED
    return State.ENDING if today >= remind_on(until) else State.POSTED
