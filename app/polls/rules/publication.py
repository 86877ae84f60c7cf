"""What the web may show of a vote, and when.

Before the close only turnout is shown, to everybody alike, staff included. After the count one total, once. Where one
side of a sealed vote is so small that the total tells how nearly every household chose, the page says the verdict and a
share from below; the signed minutes hold the exact numbers.

A hidden result must not be computable from what else stands on the page. So everything shown of it is a function of
numbers that say nothing of choices (households, turnout, valid ballots), of the verdict, and of which side is the large
one: the share is what even the largest hidden minority would leave, and the three sizes of that minority look alike.
The verdict itself cannot be hidden; where it turns on the last ballot it says what it must.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.lib.calendar import format_number, format_percent
from app.lib.i18n import N_
from app.polls.rules.facts import KINDS, ONLINE_CONSENT, SEALED
from app.polls.rules.house import HOUSE_RULES, HouseRules
from app.polls.rules.phases import Phase
from app.polls.rules.thresholds import needed, passes, threshold


class Visible(StrEnum):
    """How much of a vote everybody may see; each holds what stands before it."""

    NOTHING = "nothing"
    NOTICE = "notice"
    TURNOUT = "turnout"
    RESULT = "result"


_VISIBLE = {
    Phase.PREPARING: Visible.NOTHING,
    Phase.SUBMITTED: Visible.NOTHING,
    Phase.UPCOMING: Visible.NOTICE,
    Phase.VOTING: Visible.TURNOUT,
    Phase.ENDED: Visible.TURNOUT,
    Phase.COUNTED: Visible.RESULT,
    Phase.DECIDED: Visible.RESULT,
    Phase.CANCELLED: Visible.NOTICE,
}
PART_NAMES = {
    "agree": N_("Đồng ý"),
    "disagree": N_("Không đồng ý"),
    "other": N_("Ý kiến khác"),
    "invalid": N_("Phiếu không hợp lệ"),
    "absent": N_("Chưa tham gia"),
}
_LEADS = {
    ("decision", True): N_("Được thông qua"),
    ("decision", False): N_("Không được thông qua"),
    (ONLINE_CONSENT, True): N_("Cộng đồng dân cư đồng ý biểu quyết trực tuyến"),
    (ONLINE_CONSENT, False): N_("Cộng đồng dân cư chưa đồng ý biểu quyết trực tuyến"),
}
_EXACT = N_("%(agree)s/%(households)s hộ đồng ý; cần ít nhất %(needed)s hộ.")
_MOST_AGREE = N_("ít nhất %(share)s số phiếu hợp lệ đồng ý; cần ít nhất %(needed)s/%(households)s hộ.")
_MOST_AGREE_TOO_FEW = N_(
    "ít nhất %(share)s số phiếu hợp lệ đồng ý, nhưng không đủ số hộ; cần ít nhất %(needed)s/%(households)s hộ."
)
_MOST_DO_NOT = N_(
    "ít nhất %(share)s số phiếu hợp lệ không chọn đồng ý; cần ít nhất %(needed)s/%(households)s hộ đồng ý."
)
_NO_SHARE = N_("cần ít nhất %(needed)s/%(households)s hộ đồng ý.")
MASK_NOTE = N_(
    "Trang này không nêu con số chính xác, để không lộ lựa chọn của từng hộ. Biên bản có chữ ký ghi đủ các con số."
)
_LEAST_TELLING_SHARE = 50


@dataclass(frozen=True)
class Sentence:
    """A sentence marked for translation, with its parameters already written as people read them."""

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


@dataclass(frozen=True, kw_only=True)
class ResultFacts:
    """A count. ``households`` is the frozen N; raises ``ValueError`` when the numbers contradict each other."""

    kind: str
    level: str
    rule_key: str
    households: int
    agree: int
    disagree: int
    other: int
    invalid: int = 0

    def __post_init__(self) -> None:
        numbers = (self.agree, self.disagree, self.other, self.invalid)
        if self.kind not in KINDS or min(numbers) < 0 or not sum(numbers) <= self.households:
            raise ValueError("this is no count of these households")

    @property
    def participated(self) -> int:
        return self.valid + self.invalid

    @property
    def valid(self) -> int:
        return self.agree + self.disagree + self.other


@dataclass(frozen=True)
class Part:
    """One stretch of the bar whose whole length is all households; ``percent`` is truncated."""

    key: str
    name: str
    count: int
    percent: str


@dataclass(frozen=True)
class Turnout:
    """How many households have voted; the only figure before the count."""

    participated: int
    households: int
    percent: str


@dataclass(frozen=True)
class PublicResult:
    """A result as the web may show it. Where ``masked``, no field depends on how the small side divides.

    ``lead`` and ``detail`` make the verdict: "Được thông qua" and "214/299 hộ đồng ý; cần ít nhất 150 hộ." ``parts``
    and ``agree_percent`` are None where masked; ``other_opinions`` says whether texts under "ý kiến khác" may be shown.
    """

    passed: bool
    masked: bool
    lead: str
    detail: Sentence
    needed: int
    threshold_words: str
    turnout: Turnout
    parts: tuple[Part, ...] | None
    agree_percent: str | None
    other_opinions: bool

    def __str__(self) -> str:
        return f"{self.lead}: {self.detail}"


def visible(phase: Phase) -> Visible:
    """What everybody may see in a phase; staff see no figure about choices earlier than residents do."""
    return _VISIBLE[phase]


def turnout(participated: int, households: int) -> Turnout:
    """Turnout against all households. Raises ``ValueError`` when more voted than there are."""
    if not 0 <= participated <= households:
        raise ValueError(f"{participated} of {households} households is no turnout")
    return Turnout(participated, households, format_percent(participated, households))


def is_masked(facts: ResultFacts, house: HouseRules = HOUSE_RULES) -> bool:
    """Whether one side of a sealed vote, agreeing or not, is too small to be shown; nobody voting hides nothing."""
    small = min(facts.agree, facts.valid - facts.agree) <= house.small_side
    return facts.level == SEALED and facts.valid > 0 and small


def public_view(facts: ResultFacts, house: HouseRules = HOUSE_RULES) -> PublicResult:
    """The result as residents see it, computed afresh from the count and the rule's key."""
    passed = passes(facts.agree, facts.households, facts.rule_key)
    masked = is_masked(facts, house)
    return PublicResult(
        passed=passed,
        masked=masked,
        lead=_LEADS[facts.kind, passed],
        detail=_hidden(facts, passed, house) if masked else _exact(facts),
        needed=needed(facts.households, facts.rule_key),
        threshold_words=threshold(facts.rule_key).words,
        turnout=turnout(facts.participated, facts.households),
        parts=None if masked else _parts(facts),
        agree_percent=None if masked else format_percent(facts.agree, facts.households),
        other_opinions=not masked,
    )


def _frame(facts: ResultFacts) -> dict[str, str]:
    least = needed(facts.households, facts.rule_key)
    return {"needed": format_number(least), "households": format_number(facts.households)}


def _exact(facts: ResultFacts) -> Sentence:
    return Sentence(_EXACT, {"agree": format_number(facts.agree), **_frame(facts)})


def _hidden(facts: ResultFacts, passed: bool, house: HouseRules) -> Sentence:
    share = _share_from_below(facts.valid, house)
    if share is None:
        return Sentence(_NO_SHARE, _frame(facts))
    values = {"share": f"{share} %", **_frame(facts)}
    if facts.agree <= house.small_side:
        return Sentence(_MOST_DO_NOT, values)
    return Sentence(_MOST_AGREE if passed else _MOST_AGREE_TOO_FEW, values)


def _share_from_below(valid: int, house: HouseRules) -> int | None:
    """The share of the large side if the small one were as large as a hidden one can be; None where it says nothing.

    With so few ballots that both sides may be small, naming the larger one would already tell; nothing is named.
    """
    if valid <= 2 * house.small_side:
        return None
    share = (valid - house.small_side) * 100 // valid
    share = min(house.shown_share, share - share % house.share_step)
    return share if share >= _LEAST_TELLING_SHARE else None


def _parts(facts: ResultFacts) -> tuple[Part, ...]:
    counts = {
        "agree": facts.agree,
        "disagree": facts.disagree,
        "other": facts.other,
        "invalid": facts.invalid,
        "absent": facts.households - facts.participated,
    }
    return tuple(
        Part(key, name, counts[key], format_percent(counts[key], facts.households)) for key, name in PART_NAMES.items()
    )
