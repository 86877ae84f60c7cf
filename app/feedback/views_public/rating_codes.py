"""Codes in addresses of rating: of a dossier, and the one that turns on a screen. Who guesses them is told to wait."""

from datetime import datetime

from flask import request

from app.core.errors import Forbidden, NotFound
from app.feedback.operations.trust import CodeOver, Standing, tier_of
from app.feedback.queries.rating import place_of
from app.feedback.queries.trust import point_of_dossier
from app.feedback.rules.trust import is_slot_guess, read_dossier_code
from app.feedback.rules.trust_keys import slot_mac
from app.feedback.views_public.rating_pages import DOSSIER, KIOSK, SLOT, Way
from app.lib.i18n import N_
from app.visitors import guesses
from app.web import current, staffmark

_NO_DOSSIER = N_("Không có mã hồ sơ này. Mời Ông/Bà xem lại mã trên giấy hẹn.")
_STAFF = N_(
    "Máy này đã đăng nhập trang của cán bộ nên không nhận mã hồ sơ. Mời Ông/Bà đánh giá bằng điện thoại của mình. Mã"
    " chưa bị dùng."
)


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


def refuse_staff() -> None:
    """Raise ``Forbidden`` to a browser in which staff signed in; nothing is used up.

    Whoever prints the codes could otherwise tap and take it back, and know of each dossier whether it had rated.
    """
    if staffmark.is_marked():
        raise Forbidden(_STAFF)


def standing_of_page(way: Way, now: datetime) -> Standing:
    """How far the turning code of an address can be trusted; raises ``CodeOver``, and ``TooMany`` to who guesses."""
    if not _is_before_the_screen(way):
        guesses.check(guesses.TURNING)
    try:
        return _standing(way, now)
    except CodeOver:
        _count_guess(way, now)
        raise


def standing_of_tap(way: Way, shown: datetime, now: datetime) -> tuple[Standing, bool]:
    """How far a tap can be trusted, and whether it came from the centre's own networks.

    Whoever has seen the address of a tablet can open it at home. So where the centre has told its networks, a tap from
    elsewhere counts like one by the printed code; where it has not, a tablet is taken to stand at its counter.
    """
    on_site = way.place.is_on_site(request.remote_addr or "")
    if way.kind == DOSSIER:
        return Standing(2), on_site
    if way.kind == KIOSK:
        there = on_site or not way.place.networks
        return Standing(1 if there else 0, kiosk=True), there
    return _turning(way, shown, now) if way.kind == SLOT else Standing(0), on_site


def _turning(way: Way, shown: datetime, now: datetime) -> Standing:
    """Of a tap on a page behind a turning code: too late for that code, it counts like the printed one.

    Told by when it comes in: a phone may claim any moment since its page was shown. Nobody is told to wait, as no
    answer tells which codes hold; a code made up is counted nevertheless.
    """
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
