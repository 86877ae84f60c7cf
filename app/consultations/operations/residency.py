"""Proof that somebody lives in an area, by a slip of the household: only the area is ever kept, never which slip.

A slip opens a ballot, and a ballot is secret. So nothing here writes: no row, no record, no log tells whose slip it
was, and what leaves this module is the number of an area.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation
from app.core.db import Database
from app.core.errors import Refusal
from app.core.scope import within
from app.identity.limits import hit
from app.lib.codes import normalise
from app.lib.i18n import N_
from app.polls.models import Poll
from app.polls.queries.ballots import SlipView, slip_by_secret, slips_by_number
from app.polls.rules.credentials import CODE_LENGTH, code_matches, secret_hash, secret_in, waste_a_try
from app.polls.rules.roll import number_key

# As for ballots: by household and by area, never by network.
HOUSEHOLD_TRIES, HOUSEHOLD_SECONDS = 10, 900
AREA_TRIES, AREA_SECONDS = 120, 60
_POLLS = 2
"""Slips of the newest polls of an area count."""
_COMPARED = 2 * _POLLS
_MOST_AREAS = 200


class WrongSlip(Refusal):
    """Number and code do not belong together, or the slip counts no more; which it is is never said."""

    def __init__(self) -> None:
        super().__init__(N_("Số hộ hoặc mã phiếu chưa đúng. Mời Ông/Bà xem lại từng chữ trên phiếu."), field="code")


def areas_with_slips(session: Session, consultation: Consultation) -> Sequence[Area]:
    """The residential areas that the draft is put before and in which slips were handed out."""
    polls = select(Poll.area_id).where(Poll.opened_at.is_not(None))
    query = select(Area).where(
        Area.level == "residential", within(Area.path, _places(consultation)), Area.id.in_(polls)
    )
    return session.scalars(query.order_by(Area.path).limit(_MOST_AREAS)).all()


def count_try(database: Database, area: str, number: str) -> None:
    """Count a try, in a transaction of its own; comes before the request's. Raises ``TooMany``."""
    hit(database, f"resident {area}", AREA_TRIES, AREA_SECONDS)
    hit(database, f"resident {area} {number_key(number)}", HOUSEHOLD_TRIES, HOUSEHOLD_SECONDS)


def area_of_slip(session: Session, consultation: Consultation, *, area: str, number: str, typed: str) -> int:
    """The id of the area in which a slip was handed out: typed with its household's number, or scanned (its address).

    ``area`` is the id of the area that was chosen, as text. Raises ``WrongSlip``.
    """
    allowed = {place.id for place in areas_with_slips(session, consultation)}
    secret = secret_in(typed)
    if secret:
        slip = slip_by_secret(session, secret_hash(secret))
        return _sound(slip, allowed)
    chosen = int(area) if area.isascii() and area.isdigit() and len(area) < 10 else 0
    return _sound(_typed(session, chosen if chosen in allowed else 0, number, typed), allowed)


def _typed(session: Session, area_id: int, number: str, typed: str) -> SlipView | None:
    code = normalise(typed, CODE_LENGTH) or ""
    query = select(Poll.id).where(Poll.area_id == area_id, Poll.opened_at.is_not(None))
    polls = session.scalars(query.order_by(Poll.opened_at.desc(), Poll.id.desc()).limit(_POLLS)).all()
    slips = [slip for poll in polls for slip in slips_by_number(session, poll, number_key(number))][:_COMPARED]
    for _ in range(_COMPARED - len(slips)):
        waste_a_try(code)
    # Every slip is compared, whichever matches.
    matching = [slip for slip in slips if code_matches(code, slip.code_salt, slip.code_hash)]
    return matching[0] if matching else None


def _sound(slip: SlipView | None, allowed: set[int]) -> int:
    if slip is None or slip.revoked_at is not None or slip.activated_at is None or slip.area_id not in allowed:
        raise WrongSlip
    return slip.area_id


def _places(consultation: Consultation) -> list[str]:
    named = [place.area.path for place in consultation.places] if consultation.audience == "areas" else []
    return named or [consultation.area.path]
