"""Guessing codes that people type or scan: who tries many that do not exist is told to wait.

Misses are counted by kind of code, of each network and of all together. While all together miss as often as no honest
province does, every network may miss a few times only; whoever has a code that holds gets in at once as ever, unless
somebody guesses from the very same network.

A dossier that had rated already, and one whose rating is taken back, is counted like a miss: who tries that with many
asks which of them have rated.
"""

from app.identity import limits
from app.visitors.device import network_hash
from app.web import current

DOSSIER, TURNING, CASE, OPINION = "dossier", "turning", "case", "opinion"
SECONDS = 3600
MOST = 60
"""Misses of a network in an hour: a hall full of people, each mistyping once."""
ALL = 300
"""Misses of all networks in an hour, as of a province with 6,000 codes typed in it, one of twenty wrong."""
FEW = 5
"""Misses of a network while ``ALL`` is passed. 10,000 networks then try 50,000 an hour: of 2^40 codes, 100,000 in use,
they find one in nine days; of 2^45, a million in use, one in a month; otherwise it would be about one a day."""
_WIDE = 48
"""Bits of IPv6 that are one network then: whoever rents a few hundred addresses has 65,536 subscribers' networks."""


def check(kind: str) -> None:
    """Raise ``TooMany`` when this network has missed too often; before a code is looked up."""
    database = current.services().database
    if limits.is_spent(database, _all(kind), ALL, SECONDS):
        limits.check(database, _few(kind), FEW, SECONDS)
    limits.check(database, _own(kind), MOST, SECONDS)


def note(kind: str) -> None:
    """Count a code that could be one and is none; before the request's own transaction begins to write."""
    database = current.services().database
    for key, most in ((_own(kind), MOST), (_few(kind), FEW), (_all(kind), ALL)):
        limits.count(database, key, most, SECONDS)


def _own(kind: str) -> str:
    return f"{kind} codes {network_hash()}"


def _few(kind: str) -> str:
    return f"{kind} codes while many miss {network_hash(_WIDE)}"


def _all(kind: str) -> str:
    return f"{kind} codes of all"
