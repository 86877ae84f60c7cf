"""What the rules look at, and what they find."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """One rating that was not undone. ``at`` is when it was tapped; ``network`` is empty once a day has passed.

    ``look``: browser, screen and language together; where a browser tells nothing of its screen, that is a look too.
    ``sketch``: a likeness of its words, see ``copies``; 0 for none.
    """

    id: int
    point: int
    level: int
    day: date
    at: datetime
    device: str
    counter: int | None = None
    officer: int | None = None
    tier: int = 0
    kiosk: bool = False
    network: str = ""
    on_site: bool = False
    staff_device: bool = False
    look: str = ""
    took_ms: int | None = None
    sketch: int = 0

    @property
    def shared(self) -> bool:
        """Whether it came from a tablet that stands at its counter, which is everybody's.

        Tapped at a tablet's address from somewhere else, it is a rating like any other.
        """
        return self.kiosk and self.tier > 0

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands in the order of time."""
        return self.at, self.id


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many ratings a point took on a day; ``bare_fives`` of them best mark with nothing added."""

    point: int
    counter: int | None
    day: date
    count: int
    bare_fives: int = 0


@dataclass(frozen=True, slots=True)
class Returned:
    """Dossiers returned at a counter on a day, all groups together; counter 0 where the source names none."""

    counter: int
    day: date
    count: int


@dataclass(frozen=True)
class Office:
    """When the centre is open, who is away, and from which day to which each point could be rated at."""

    is_open: Callable[[datetime], bool]
    opens_on: Callable[[date], bool]
    on_leave: Callable[[int, datetime], bool] = lambda _officer, _at: False
    issued: dict[int, date] = field(default_factory=dict)
    ended: dict[int, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One sign: which rule, over which ratings (or over a point on days, then none), and the figures behind it.

    ``key`` names a sign over days, so that it is told once. ``why["how"]`` picks the sentence.
    """

    rule: str
    day: date
    point: int | None
    ratings: tuple[int, ...] = ()
    key: str = ""
    why: dict[str, Any] = field(default_factory=dict)
