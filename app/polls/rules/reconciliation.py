"""The sums that must balance before a result may stand."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.lib.citations import HOUSE, cite, law
from app.lib.i18n import N_
from app.polls.rules.problems import Problem


@dataclass(frozen=True, kw_only=True)
class SlipTotals:
    """Access slips, each in one class only. ``used``: its ballot stands, whether the slip was revoked later or not."""

    issued: int
    used: int
    activated_unused: int
    unactivated: int
    revoked_unused: int


@dataclass(frozen=True, kw_only=True)
class CountFacts:
    """What was accepted and what was counted.

    ``accepted`` is the number of ballots kept, ``opened`` the number that went through the count, ``options`` the
    count by key, ``repeated_entries`` how many households appear more than once, ``outside_hours`` how many ballots
    were cast before opening or after closing. ``cast_leaves`` counts the entries of the log, ``superseded`` the
    ballots replaced by a later one of the same household.
    """

    households: int
    accepted: int
    opened: int
    options: Mapping[str, int]
    invalid: int
    repeated_entries: int
    outside_hours: int
    cast_leaves: int
    superseded: int
    slips: SlipTotals

    @property
    def counted(self) -> int:
        return sum(self.options.values()) + self.invalid

    def as_json(self) -> dict[str, Any]:
        """The numbers as the result keeps them."""
        return {**asdict(self), "options": dict(self.options), "counted": self.counted}


def what_does_not_balance(facts: CountFacts) -> list[Problem]:
    """Every sum that fails; an empty list lets the result stand."""
    return [*_ballots(facts), *_households(facts), *_slips(facts.slips, facts.accepted)]


def _unequal(key: str, sentence: str, left: int, right: int) -> Iterator[Problem]:
    if left != right:
        yield Problem(key, sentence, HOUSE, params={"left": left, "right": right})


def _ballots(facts: CountFacts) -> Iterator[Problem]:
    if min(facts.invalid, facts.superseded, *facts.options.values()) < 0:
        yield Problem("negative", N_("Có số đếm nhỏ hơn 0."), HOUSE)
    sentence = N_("Nhận %(left)d phiếu nhưng mở %(right)d phiếu.")
    yield from _unequal("opened_differs", sentence, facts.accepted, facts.opened)
    sentence = N_("Mở %(left)d phiếu nhưng tổng các phương án và phiếu không hợp lệ là %(right)d.")
    yield from _unequal("sum_differs", sentence, facts.opened, facts.counted)
    sentence = N_("Nhật ký có %(left)d lượt gửi phiếu nhưng số phiếu nhận và số phiếu được thay là %(right)d.")
    yield from _unequal("log_differs", sentence, facts.cast_leaves, facts.accepted + facts.superseded)


def _households(facts: CountFacts) -> Iterator[Problem]:
    if facts.counted > facts.households:
        sentence = N_("Đếm được %(counted)d phiếu, nhiều hơn %(households)d hộ.")
        params = {"counted": facts.counted, "households": facts.households}
        yield Problem("more_than_households", sentence, cite(law(21, 1)), params=params)
    if facts.repeated_entries:
        sentence = N_("Có %(count)d hộ có nhiều hơn một phiếu.")
        yield Problem("household_twice", sentence, cite(law(18, 2)), params={"count": facts.repeated_entries})
    if facts.outside_hours:
        sentence = N_("Có %(count)d phiếu gửi ngoài giờ mở.")
        yield Problem("outside_hours", sentence, HOUSE, params={"count": facts.outside_hours})


def _slips(slips: SlipTotals, accepted: int) -> Iterator[Problem]:
    classes = (slips.used, slips.activated_unused, slips.unactivated, slips.revoked_unused)
    if min(classes) < 0:
        yield Problem("negative_slips", N_("Có số phiếu mã nhỏ hơn 0."), HOUSE)
    sentence = N_(
        "In %(left)d phiếu mã nhưng tổng số phiếu đã dùng, đã phát chưa dùng, chưa phát và thu hồi là %(right)d."
    )
    yield from _unequal("slips_differ", sentence, slips.issued, sum(classes))
    sentence = N_("Có %(left)d phiếu mã đã dùng nhưng nhận %(right)d phiếu biểu quyết.")
    yield from _unequal("used_differs", sentence, slips.used, accepted)
