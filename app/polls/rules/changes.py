"""What may still change once a vote is opened: later closing, or cancelling, with a reason, by two bodies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.lib.calendar import format_moment
from app.lib.citations import HOUSE
from app.lib.i18n import N_
from app.lib.text import tidy
from app.polls.rules.house import HOUSE_RULES, HouseRules
from app.polls.rules.phases import Phase
from app.polls.rules.problems import Problem

EXTEND, CANCEL = CHANGES = ("extend", "cancel")
_EXTENDABLE = frozenset({Phase.UPCOMING, Phase.VOTING})
# After its end and before its count a vote may still be called off: nobody knows yet how it went.
_CANCELLABLE = _EXTENDABLE | {Phase.ENDED}


@dataclass(frozen=True, kw_only=True)
class ChangeFacts:
    """A change as asked for; ``phase`` is the vote's at the moment of asking, or of confirming."""

    kind: str
    phase: Phase
    opens_at: datetime
    closes_at: datetime
    reason: str
    new_closes_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind not in CHANGES:
            raise ValueError(f"unknown change: {self.kind}")


@dataclass(frozen=True, kw_only=True)
class ConfirmationFacts:
    """Who asked and who wants to decide; ``decided``: somebody already has."""

    requested_by: int
    requested_body: str
    decided_by: int
    decided_body: str
    decided: bool = False


def what_prevents_change(facts: ChangeFacts, house: HouseRules = HOUSE_RULES) -> list[Problem]:
    """All that stands against an extension or a cancellation, whether asked or confirmed."""
    return [*_phase(facts), *_reason(facts, house), *(_extension(facts, house) if facts.kind == EXTEND else ())]


def what_prevents_confirming(
    facts: ChangeFacts, who: ConfirmationFacts, house: HouseRules = HOUSE_RULES
) -> list[Problem]:
    """The same at the moment of the second consent, and that it comes from another person of another body."""
    return [*_second_person(who), *what_prevents_change(facts, house)]


def _phase(facts: ChangeFacts) -> Iterator[Problem]:
    if facts.phase == Phase.CANCELLED:
        yield Problem("already_cancelled", N_("Cuộc này đã hủy."), HOUSE)
    elif facts.phase in (Phase.PREPARING, Phase.SUBMITTED):
        yield Problem("not_opened", N_("Cuộc này chưa duyệt mở. Sửa trong phần chuẩn bị."), HOUSE)
    elif facts.kind == EXTEND and facts.phase not in _EXTENDABLE:
        yield Problem("ended", N_("Đã hết giờ, không gia hạn được nữa."), HOUSE)
    elif facts.phase not in _CANCELLABLE:
        yield Problem("counted", N_("Đã kiểm phiếu, không hủy được nữa."), HOUSE)


def _reason(facts: ChangeFacts, house: HouseRules) -> Iterator[Problem]:
    if len(tidy(facts.reason)) < house.shortest_reason:
        sentence = N_("Ghi rõ lý do, ít nhất %(letters)d chữ cái.")
        yield Problem("no_reason", sentence, HOUSE, field="reason", params={"letters": house.shortest_reason})


def _extension(facts: ChangeFacts, house: HouseRules) -> Iterator[Problem]:
    new = facts.new_closes_at
    if new is None:
        yield Problem("no_new_time", N_("Chọn giờ kết thúc mới."), HOUSE, field="new_closes_at")
    elif new <= facts.closes_at:
        sentence = N_("Giờ kết thúc mới phải sau %(moment)s; không được rút ngắn.")
        params = {"moment": format_moment(facts.closes_at)}
        yield Problem("not_later", sentence, HOUSE, field="new_closes_at", params=params)
    elif new > facts.opens_at + house.longest:
        sentence = N_("Kể cả gia hạn, thời gian mở không quá %(days)d ngày: chậm nhất %(moment)s.")
        last = format_moment(facts.opens_at + house.longest)
        values = {"days": house.longest // timedelta(days=1), "moment": last}
        yield Problem("beyond_longest", sentence, HOUSE, field="new_closes_at", params=values)


def _second_person(who: ConfirmationFacts) -> Iterator[Problem]:
    if who.decided:
        yield Problem("already_decided", N_("Đề nghị này đã có người quyết định."), HOUSE)
    if who.decided_by == who.requested_by:
        yield Problem("same_person", N_("Người duyệt phải khác người đề nghị."), HOUSE)
    elif who.decided_body == who.requested_body:
        yield Problem("same_body", N_("Người duyệt phải thuộc cơ quan khác với người đề nghị."), HOUSE)
