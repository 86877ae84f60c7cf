"""What the law leaves open and the service settles: parameters, each with its reason, all in one place."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class HouseRules:
    """Parameters of the service. None of them may loosen the law.

    ``shortest``, ``longest``: the law sets no duration of an online vote. A day lets everybody who works come home
    once; after a month a vote is forgotten, and extensions end there too.
    ``consent_months``: how old the community's agreement to vote online may be when voting begins. Taken from the life
    of a consent to an initiative (Law Đ16.3), as NĐ59 Đ5 says nothing.
    ``small_roll``: below it a sealed vote needs an acknowledgement, as totals alone tell too much of each household.
    ``small_side``: a side of at most so many ballots is not shown on the web.
    ``shown_share``: the most a hidden result says, in percent ("at least 95 %"), going down in steps of ``share_step``.
    ``shortest_reason``: letters of a reason that says something.
    """

    shortest: timedelta = timedelta(hours=24)
    longest: timedelta = timedelta(days=30)
    consent_months: int = 3
    small_roll: int = 30
    small_side: int = 2
    shown_share: int = 95
    share_step: int = 5
    shortest_reason: int = 10


HOUSE_RULES = HouseRules()
