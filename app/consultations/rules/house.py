"""What the law fixes and what it leaves open for a consultation: parameters, each with its reason, all in one place."""

from dataclasses import dataclass
from datetime import timedelta

from app.lib.citations import cite, law
from app.polls.rules.deadlines import period

# Plan, period and answer stand in one section of the Law.
CITATION = cite(law(25, until=29))
SHORTEST = timedelta(days=period("consultation").amount)


@dataclass(frozen=True)
class HouseRules:
    """Parameters of the service. None of them may loosen the law.

    ``shortest``: how long a draft is open at least, from its publication (Law Đ25–29): whole days of 24 hours.
    ``longest``: beyond a year a draft is forgotten; most often a year was typed wrongly.
    ``summary_lines``: as many lines as are read before scrolling on a phone.
    ``left_after_correction``: who reads the corrected text needs some days to say something about it.
    ``answer_working_days``: the law sets no day for the answer; three weeks of work is what the service holds to.
    ``shortest_reason``: letters of a reason that says something.
    """

    shortest: timedelta = SHORTEST
    longest: timedelta = timedelta(days=366)
    summary_lines: int = 5
    left_after_correction: timedelta = timedelta(days=5)
    answer_working_days: int = 15
    shortest_reason: int = 10

    def __post_init__(self) -> None:
        if self.shortest < SHORTEST:
            raise ValueError("the service may not loosen the law")


HOUSE_RULES = HouseRules()
