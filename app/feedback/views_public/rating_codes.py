"""Codes in addresses of rating: of a dossier, and the one that turns on a screen. Who guesses them is told to wait."""

from datetime import datetime

from app.core.errors import NotFound
from app.feedback.operations.trust import CodeOver, Standing, tier_of
from app.feedback.queries.rating import place_of
from app.feedback.queries.trust import point_of_dossier
from app.feedback.rules.trust import read_dossier_code
from app.feedback.views_public.rating_pages import DOSSIER, SLOT, Way
from app.lib.i18n import N_
from app.visitors import guesses
from app.web import current

_NO_DOSSIER = N_("Không có mã hồ sơ này. Mời Ông/Bà xem lại mã trên giấy hẹn.")


def dossier_way(dossier_code: str) -> Way:
    """The way by a dossier's code, whatever its state; raises ``NotFound``, and ``TooMany`` to who guesses."""
    guesses.check(guesses.DOSSIER)
    with current.services().database.session(write=False) as session:
        point = point_of_dossier(session, current.services().keyring, dossier_code)
        place = place_of(session, point.code) if point else None
    if place is None:
        # The check character finds nearly every slip of the finger: those are no guesses.
        if read_dossier_code(dossier_code):
            guesses.note(guesses.DOSSIER)
        raise NotFound(_NO_DOSSIER)
    return Way(place, DOSSIER, dossier_code)


def standing_of_page(way: Way, at: datetime) -> Standing:
    """How far a turning code can be trusted at a moment; raises ``CodeOver``."""
    session, keyring = current.session(), current.services().keyring
    return tier_of(session, keyring, way.point, slot_code=way.key, at=at)


def standing_of_tap(way: Way, now: datetime) -> Standing:
    """The same of a tap on a page behind a turning code: too late for that code, it counts like the printed one.

    Told by when it comes in: a phone may claim any moment since its page was shown.
    """
    if way.kind != SLOT:
        return Standing(0)
    try:
        with current.services().database.session(write=False) as session:
            return tier_of(session, current.services().keyring, way.point, slot_code=way.key, at=now)
    except CodeOver:
        return Standing(0)
