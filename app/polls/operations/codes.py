"""Opening a ballot by the typed code: slow hashes, few tries, and the same time for a household that does not exist."""

from sqlalchemy.orm import Session

from app.core.db import Database
from app.identity.limits import hit
from app.lib.codes import normalise
from app.polls.errors import Revoked, WrongCode
from app.polls.queries.ballots import SlipView, slips_by_number
from app.polls.rules.credentials import CODE_LENGTH, code_matches, waste_a_try
from app.polls.rules.roll import number_key

# Never by network address: a whole lane may share one. The code has 60 bits, so that the limit of the whole poll may
# be wide enough for an evening when everybody votes.
HOUSEHOLD_TRIES, HOUSEHOLD_SECONDS = 10, 900
POLL_TRIES, POLL_SECONDS = 120, 60
# The valid slip and the one it replaced.
_COMPARED = 2


def count_try(database: Database, public_id: str, number: str) -> None:
    """Count a try, in a transaction of its own; comes before the request's. Raises ``TooMany``."""
    hit(database, f"code {public_id}", POLL_TRIES, POLL_SECONDS)
    hit(database, f"code {public_id} {number_key(number)}", HOUSEHOLD_TRIES, HOUSEHOLD_SECONDS)


def slip_by_code(session: Session, poll_id: int, number: str, typed: str) -> SlipView:
    """The slip of the household with this number and code; whether it may vote now is another question.

    Raises ``WrongCode``, and ``Revoked`` to who types the code of a slip that was replaced.
    """
    code = normalise(typed, CODE_LENGTH)
    slips = slips_by_number(session, poll_id, number_key(number))[:_COMPARED]
    for _ in range(_COMPARED - len(slips)):
        waste_a_try(code or "")
    # Every slip is compared, whichever matches.
    matching = [slip for slip in slips if code_matches(code or "", slip.code_salt, slip.code_hash)]
    if code is None or not matching:
        raise WrongCode
    if matching[0].revoked_at is not None:
        raise Revoked
    return matching[0]
