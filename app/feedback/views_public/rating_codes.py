"""Codes in addresses of rating: of a dossier, and the one that turns on a screen. Who guesses them is told to wait."""

from datetime import datetime

from flask import request

from app.core.errors import NotFound
from app.feedback.operations.trust import CodeOver, Standing, tier_of
from app.feedback.queries.rating import place_of
from app.feedback.queries.trust import point_of_dossier
from app.feedback.rules.trust import is_slot_guess, read_dossier_code
from app.feedback.rules.trust_keys import slot_mac
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


def standing_of_page(way: Way, now: datetime) -> Standing:
    """How far the turning code of an address can be trusted; raises ``CodeOver``, and ``TooMany`` to who guesses."""
    if not _is_before_the_screen(way):
        guesses.check(guesses.TURNING)
    try:
        return _standing(way, now)
    except CodeOver:
        _count_guess(way, now)
        raise


def standing_of_tap(way: Way, shown: datetime, now: datetime) -> Standing:
    """The same of a tap on a page behind a turning code: too late for that code, it counts like the printed one.

    Told by when it comes in: a phone may claim any moment since its page was shown. Nobody is told to wait, as no
    answer tells which codes hold; a code made up is counted nevertheless.
    """
    if way.kind != SLOT:
        return Standing(0)
    try:
        return _standing(way, now)
    except CodeOver:
        _count_guess(way, shown, now)
        return Standing(0)


def _standing(way: Way, at: datetime) -> Standing:
    with current.services().database.session(write=False) as session:
        return tier_of(session, current.services().keyring, way.point, slot_code=way.key, at=at)


def _count_guess(way: Way, *moments: datetime) -> None:
    mac = slot_mac(current.services().keyring)
    if not _is_before_the_screen(way) and is_slot_guess(mac, way.place.code, way.key, *moments):
        guesses.note(guesses.TURNING)


def _is_before_the_screen(way: Way) -> bool:
    """Whoever is in the centre's own Wi-Fi can read the code: nobody there is kept from it by somebody who guesses."""
    return way.place.is_on_site(request.remote_addr or "")
