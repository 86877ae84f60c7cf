"""What the rules need to know of a vote being prepared: plain values that operations fill from the tables."""

from dataclasses import dataclass
from datetime import date, datetime

DECISION, ONLINE_CONSENT = KINDS = ("decision", "online_consent")
SEALED = "sealed"
# Keys of the conditions of NĐ59 Đ5.
LEADERS_AGREE = "leaders_agree"
REPORTED_COMMITTEE = "reported_committee"
REPORTED_FRONT = "reported_front"
COMMUNITY_AGREES = "community_agrees"
DEVICES = "devices"


@dataclass(frozen=True, kw_only=True)
class OptionFacts:
    """One choice: the key it is counted under and the words residents see."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """A member of the team. ``technical``: has the skill with computers, for whichever body they sit."""

    name: str
    body: str
    is_head: bool = False
    technical: bool = False


@dataclass(frozen=True, kw_only=True)
class ConsentPollFacts:
    """The linked preliminary vote: how it ended. ``counted`` is False until its result stands.

    ``about_this_area``: it is an ``online_consent`` of the same area. ``ended_on``: the Vietnamese day of its close.
    """

    about_this_area: bool
    counted: bool
    agreed: int = 0
    total: int = 0
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PreconditionFacts:
    """One recorded condition. ``proven``: something says how it is known, words or a document.

    ``agreed`` and ``total`` belong to the community's agreement taken outside the service.
    """

    key: str
    happened_on: date
    proven: bool
    agreed: int | None = None
    total: int | None = None
    consent_poll: ConsentPollFacts | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """A meeting that could not decide: when, and how many households attended of how many."""

    held_on: date
    attended: int
    total: int


@dataclass(frozen=True, kw_only=True)
class PreparationFacts:
    """A vote as prepared so far.

    ``households`` and ``without_representative`` count the present roll of the area; ``now`` is the database's clock;
    ``published_at`` is the moment the notice went public, None while it has not: then ``now`` is the earliest possible.
    ``rehearsal_matched``: of the last rehearsal, None when none was run. ``preconditions`` in the order recorded: a
    later one with the same key replaces an earlier one.
    """

    kind: str
    clause: int
    scope: str
    form: str
    title: str
    question: str
    options: tuple[OptionFacts, ...]
    level: str
    households: int
    without_representative: int
    roll_rule: str
    opens_at: datetime | None
    closes_at: datetime | None
    now: datetime
    published_at: datetime | None = None
    team: tuple[MemberFacts, ...] = ()
    preconditions: tuple[PreconditionFacts, ...] = ()
    small_poll_accepted: bool = False
    rehearsal_matched: bool | None = None
    failed_meeting: MeetingFacts | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of vote: {self.kind}")
        if self.households < 0 or not 0 <= self.without_representative <= self.households:
            raise ValueError("the counts of the roll contradict each other")
