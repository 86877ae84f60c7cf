"""What the papers of a consultation say, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """One row of the answer table; ``outcome`` is a slug, ``approved`` says whether a second person approved it."""

    article: str
    summary: str
    entries: int
    people: int
    outcome: str
    text: str
    place: str
    approved: bool


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Opinions of one article: ``people`` by stance, and how many opinions that makes."""

    article: str
    entries: int
    agree: int
    change: int
    other: int

    @property
    def people(self) -> int:
        return self.agree + self.change + self.other


@dataclass(frozen=True, kw_only=True)
class TableFacts:
    """A consultation with its answers and counts.

    ``place`` is the commune's name alone ("Thới Hòa"), ``authority`` and ``issuer`` the two lines of the heading.
    ``hidden`` counts opinions that are not shown, by the words of the reason; ``waiting`` those not decided about.
    """

    title: str
    authority: str
    issuer: str
    place: str
    organiser: str
    opened_at: datetime
    closed_at: datetime
    council_sent_on: date | None
    front_sent_on: date | None
    due_on: date | None
    published_at: datetime | None
    days_late: int
    rows: tuple[AnswerFacts, ...]
    counted: tuple[Counted, ...]
    total: Counted
    sources: Mapping[str, int] = field(default_factory=dict)
    residents: int = 0
    hidden: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class OpinionFacts:
    """One opinion as others may read it."""

    number: int
    article: str
    stance: str
    text: str
    name: str
    area: str
    source: str
    weight: int
    at: datetime
    group: str
