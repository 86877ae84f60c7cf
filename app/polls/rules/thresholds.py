"""How many must agree, against all households N: keyed rules in integer arithmetic (Law Đ21.1).

A vote stores the key of its rule and the frozen N, so a recount in ten years agrees. A key never changes its meaning:
when the law changes, the old rule gets a ``valid_to`` and the new one a new key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.lib.citations import Citation, decree59, law
from app.lib.i18n import N_
from app.polls.errors import UnknownMatter

TWO_THIRDS = "two_thirds_inclusive"
MAJORITY = "majority_strict"
HALF = "half_inclusive"
TENTH = "tenth_inclusive"


@dataclass(frozen=True)
class Threshold:
    """A share of N: ``numerator``/``denominator``, to be exceeded when ``strict``, else to be reached."""

    key: str
    numerator: int
    denominator: int
    strict: bool
    words: str
    citations: tuple[Citation, ...]
    valid_from: date
    valid_to: date | None = None


THRESHOLDS: dict[str, Threshold] = {
    rule.key: rule
    for rule in (
        Threshold(
            key=TWO_THIRDS,
            numerator=2,
            denominator=3,
            strict=False,
            words=N_("từ 2/3 tổng số hộ trở lên"),
            citations=(law(21, 1),),
            valid_from=date(2023, 7, 1),
        ),
        Threshold(
            key=MAJORITY,
            numerator=1,
            denominator=2,
            strict=True,
            words=N_("trên 50 % tổng số hộ"),
            citations=(law(21, 1),),
            valid_from=date(2023, 7, 1),
        ),
        # A petition to dismiss says "ít nhất 50 %", which is not "trên 50 %".
        Threshold(
            key=HALF,
            numerator=1,
            denominator=2,
            strict=False,
            words=N_("từ 50 % tổng số hộ trở lên"),
            citations=(decree59(6, until=8),),
            valid_from=date(2023, 8, 14),
        ),
        Threshold(
            key=TENTH,
            numerator=1,
            denominator=10,
            strict=False,
            words=N_("từ 10 % tổng số hộ trở lên"),
            citations=(law(16, 3),),
            valid_from=date(2023, 7, 1),
        ),
    )
}


def threshold(key: str) -> Threshold:
    """The rule of a key, also of one no longer in force. Raises ``UnknownMatter``."""
    try:
        return THRESHOLDS[key]
    except KeyError:
        raise UnknownMatter(N_("Không có quy tắc “%(key)s”."), key=key) from None


def needed(n: int, key: str) -> int:
    """The least number of households, of all ``n``, that passes.

    Raises ``UnknownMatter`` for an unknown key and when there is no household.
    """
    rule = threshold(key)
    if n < 1:
        raise UnknownMatter(N_("Số hộ phải là số nguyên dương."), field="households")
    if rule.strict:
        return n * rule.numerator // rule.denominator + 1
    return -(-n * rule.numerator // rule.denominator)


def passes(yes: int, n: int, key: str) -> bool:
    """Whether ``yes`` households of all ``n`` are enough; only "đồng ý" counts as yes.

    Raises ``UnknownMatter`` as ``needed`` does, and ``ValueError`` when ``yes`` is not between 0 and ``n``.
    """
    rule = threshold(key)
    if n < 1 or not 0 <= yes <= n:
        raise ValueError(f"{yes} of {n} households is no count")
    left, right = yes * rule.denominator, n * rule.numerator
    return left > right if rule.strict else left >= right


@dataclass(frozen=True)
class AreaCount:
    """What one residential area said in a vote of the whole commune."""

    code: str
    yes: int
    households: int


@dataclass(frozen=True)
class CommuneOutcome:
    """A vote of the whole commune, told both ways; ``passed`` follows ``basis``."""

    areas: int
    areas_needed: int
    areas_passed: tuple[str, ...]
    households: int
    households_needed: int
    yes: int
    by_areas: bool
    by_households: bool
    basis: str

    @property
    def passed(self) -> bool:
        return self.by_areas if self.basis == "areas" else self.by_households


def commune_outcome(counts: Sequence[AreaCount], *, basis: str = "areas") -> CommuneOutcome:
    """The outcome for clauses 1 and 2 in a whole commune (Law Đ21.1).

    Passes when at least 2/3 of the areas approve, each by at least 2/3 of its own households. ``basis="households"``
    decides by 2/3 of all households instead, as one secondary source reads the law; both are always computed.

    Raises ``UnknownMatter`` without areas, and ``ValueError`` for an area named twice, an impossible count or basis.
    """
    if basis not in ("areas", "households"):
        raise ValueError(f"unknown basis: {basis}")
    if not counts:
        raise UnknownMatter(N_("Chưa có thôn, tổ dân phố nào để tính kết quả."))
    if len({count.code for count in counts}) < len(counts):
        raise ValueError("an area is counted twice")
    passed = tuple(c.code for c in counts if passes(c.yes, c.households, TWO_THIRDS))
    households = sum(c.households for c in counts)
    yes = sum(c.yes for c in counts)
    return CommuneOutcome(
        areas=len(counts),
        areas_needed=needed(len(counts), TWO_THIRDS),
        areas_passed=passed,
        households=households,
        households_needed=needed(households, TWO_THIRDS),
        yes=yes,
        by_areas=passes(len(passed), len(counts), TWO_THIRDS),
        by_households=passes(yes, households, TWO_THIRDS),
        basis=basis,
    )
