"""What the papers of a vote state: plain facts, checked once, when they are brought together."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MAX_TEAM = 5


class InconsistentFacts(ValueError):
    """The facts contradict each other; no paper may be made from them."""


class Kind(StrEnum):
    """A binding vote (*biểu quyết*) or a consultation (*lấy ý kiến*, also the poll before an online vote)."""

    BINDING = "binding"
    CONSULTATIVE = "consultative"


class DecisionForm(StrEnum):
    """The four forms a decision of the community may take (Law Đ20.1)."""

    RESOLUTION = "nghi_quyet"
    MINUTES = "bien_ban"
    MEMORANDUM = "ghi_nho"
    AGREEMENT = "thoa_thuan"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts:
    """The residential area as papers name it.

    `name` is displayed ("Khu phố 6"), `kind` is its label ("khu phố"), `legal_type` is "thôn" or
    "tổ dân phố" (Law Đ2.3); `commune_kind` and `commune_name` are "phường" and "Thới Hòa".
    """

    name: str
    kind: str
    legal_type: str
    commune_kind: str
    commune_name: str
    province_name: str = ""

    @property
    def commune(self) -> str:
        """Return "phường Thới Hòa"."""
        return f"{self.commune_kind} {self.commune_name}"

    @property
    def in_sentence(self) -> str:
        """Return "khu phố 6": the label in small letters, as within a sentence."""
        if self.name.casefold().startswith(self.kind.casefold()):
            return self.kind.lower() + self.name[len(self.kind) :]
        return self.name

    @property
    def place(self) -> str:
        """The place of a dated line: "Thới Hòa", but "Phường 4" where the name is only a number."""
        return self.commune.capitalize() if self.commune_name.isdigit() else self.commune_name


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """A member of the team (NĐ59 Đ5.2). `body` says for whom: "Ban công tác Mặt trận"."""

    name: str
    body: str
    role: str = ""
    phone: str = ""
    is_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteFacts:
    """A vote as it was fixed at opening.

    `citation` is the sentence that names the clause; `secrecy` says in one sentence how choices are kept;
    `needed` is the least number of households that must agree, out of `households`, and `threshold` the same
    in words ("trên 50% tổng số hộ gia đình"); both are left out where there is no threshold.
    """

    area: AreaFacts
    kind: Kind
    title: str
    question: str
    options: tuple[str, str, str]
    citation: str
    households: int
    opens_at: datetime
    closes_at: datetime
    team: tuple[TeamMember, ...]
    definition_sha256: str
    roll_fingerprint: str
    secrecy: str
    poll_url: str
    code_url: str = ""
    needed: int | None = None
    threshold: str = ""
    may_change: bool = False
    announced_on: date | None = None
    help_place: str = ""

    def __post_init__(self) -> None:
        if self.opens_at.tzinfo is None or self.closes_at.tzinfo is None:
            raise InconsistentFacts("The times of a vote need a time zone.")
        if self.closes_at <= self.opens_at:
            raise InconsistentFacts("A vote closes after it opens.")
        if self.households < 1:
            raise InconsistentFacts("A vote needs households.")
        if self.needed is not None and not 1 <= self.needed <= self.households:
            raise InconsistentFacts("The number needed lies between one and all households.")
        if self.kind is Kind.BINDING and self.needed is None:
            raise InconsistentFacts("A binding vote has a threshold.")
        if len(self.team) > MAX_TEAM or sum(member.is_head for member in self.team) > 1:
            raise InconsistentFacts("A team has at most five members and one head.")

    @property
    def head(self) -> TeamMember | None:
        """The head of the team, who comes from the Front (NĐ59 Đ5.2)."""
        return next((member for member in self.team if member.is_head), None)

    @property
    def help_phone(self) -> str:
        """The telephone number to ask for help: the head's, or the first one of the team."""
        phones = [self.head.phone] if self.head else []
        return next((phone for phone in [*phones, *(member.phone for member in self.team)] if phone), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipCounts:
    """What became of the access slips; a slip not handed over could not be used."""

    issued: int
    delivered: int
    reissued: int = 0

    @property
    def not_delivered(self) -> int:
        """Slips printed that never reached their household."""
        return self.issued - self.delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatories:
    """The four who sign (Law Đ20.2); a name left empty is written by hand. `head_title`: "Trưởng khu phố"."""

    head_title: str
    head: str = ""
    front: str = ""
    households: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """What a vote came to. All numbers count households; `others` are the texts of "ý kiến khác".

    `place` is where the paper was drawn up; `in_force` is the sentence that says from when the decision holds.
    `publish_exact` is false where the numbers could betray a household: then what is read aloud leaves them
    out, while the signed papers hold them. `explanation` accounts for sums that do not balance.
    """

    participated: int
    not_participated: int
    agree: int
    disagree: int
    other: int
    invalid: int
    passed: bool
    decision: str
    signatories: Signatories
    others: tuple[str, ...] = ()
    form: DecisionForm = DecisionForm.MINUTES
    number: str = ""
    decided_on: date | None = None
    place: str = ""
    in_force: str = ""
    slips: SlipCounts | None = None
    explanation: str = ""
    batch_sha256: str = ""
    result_url: str = ""
    send_by: date | None = None
    sent_committee_on: date | None = None
    sent_front_on: date | None = None
    posted_at: tuple[str, ...] = ()
    publish_exact: bool = True

    def __post_init__(self) -> None:
        counts = (self.agree, self.disagree, self.other, self.invalid, self.not_participated)
        if min(counts) < 0:
            raise InconsistentFacts("No count is below zero.")
        if self.participated != self.agree + self.disagree + self.other + self.invalid:
            raise InconsistentFacts("The choices do not add up to the households that took part.")
        if len(self.others) > self.other:
            raise InconsistentFacts("There are more texts than other opinions.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """The access slip of one household. `code` comes grouped ("7K3M-9QTR-2WXB"); `position` from 1."""

    position: int
    household_number: str
    representative: str
    address: str
    url: str
    code: str
    salt: str
    cluster: str = ""
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantRow:
    """A representative who took part; never what was chosen, nor when."""

    household_number: str
    representative: str
    address: str


def check_together(vote: VoteFacts, result: ResultFacts) -> None:
    """Raise InconsistentFacts unless the result belongs to the vote: all of N, the outcome by the number needed."""
    if result.participated + result.not_participated != vote.households:
        raise InconsistentFacts("Households that took part and that did not are not all households.")
    if vote.needed is not None and result.passed != (result.agree >= vote.needed):
        raise InconsistentFacts("The outcome contradicts the number needed.")
    if vote.kind is Kind.CONSULTATIVE and result.form is not DecisionForm.MINUTES:
        raise InconsistentFacts("A consultation decides nothing: it ends in minutes.")
    if result.form is DecisionForm.RESOLUTION and not result.passed:
        raise InconsistentFacts("What did not pass is recorded in minutes, not in a resolution.")
