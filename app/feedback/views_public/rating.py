"""Five faces: one tap is one POST is one row, and its answer is the page of thanks. Works without a script.

The script of the page sends the same form; where the line is down it keeps it on the phone and sends it later, with the
moment of the tap. Sent twice, by whatever way, it is one rating: its number is that of the page's signed token.
"""

import importlib
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, request

from app.core import clock
from app.core.errors import Forbidden, Refusal, TooMany, WrongMoment
from app.core.tokens import BadToken
from app.feedback.operations import review
from app.feedback.operations.rating import PointOver, Rated, Tap, TooLate, count_scan, is_one_statement, rate, undo
from app.feedback.operations.trust import CodeOver, DossierUsed, tier_of, use_up
from app.feedback.queries.rating import made_before, officer_lately
from app.feedback.rules import rating as rules
from app.feedback.views_public.rating_codes import dossier_way, refuse_staff, standing_of_page, standing_of_tap
from app.feedback.views_public.rating_pages import (
    DOSSIER,
    KIOSK,
    SLOT,
    Way,
    bp,
    faces_page,
    found_place,
    over_page,
    shown_at,
    stopped_page,
    thanks_page,
    ticket_sent,
    way_of_thanks,
)
from app.lib.codes import normalise
from app.lib.i18n import N_
from app.visitors import guesses, token
from app.visitors.device import network_hash, visitor
from app.visitors.floods import Floods
from app.visitors.kept import alike_but_for_guard
from app.web import current, staffmark
from app.web.access import public
from app.web.seldom import Seldom

PARTS = ("notes", "survey", "kiosk")
FLOODS = Floods(device=30, network=1200, seconds=60)
LOOK_OVER = Seldom(180)
SCANS = Floods(device=60, network=1200, seconds=60)
OLD_PAGE = N_("Trang này đã cũ nên đánh giá CHƯA được ghi nhận. Mời Ông/Bà bấm lại.")
_NO_LEVEL = N_("Ông/Bà chưa chọn. Mời bấm một mức.")
_NO_TICKET = N_("Không bỏ được đánh giá này. Mời Ông/Bà mở lại trang.")
UNDONE = N_("Đã bỏ đánh giá vừa rồi. Mời Ông/Bà chọn lại.")


def _of_point(point_code: str) -> str:
    return f"rating:{normalise(point_code, 6) or ''}"


def _of_slot(point_code: str, slot_code: str) -> str:
    return _of_point(point_code)


@bp.get("/r/<point_code>")
@public
@alike_but_for_guard(_of_point)
def page(point_code: str) -> Response:
    """The page behind the printed code. Opening it changes nothing."""
    place = found_place(point_code)
    return faces_page(Way(place)) if place.open else over_page(place)


@bp.post("/r/<point_code>")
@public
def tap(point_code: str) -> Response:
    """One tap."""
    return taken(Way(found_place(point_code)))


@bp.get("/r/<point_code>/<slot_code>")
@public
@alike_but_for_guard(_of_slot)
def slot_page(point_code: str, slot_code: str) -> Response:
    """The same behind the code that turns on a screen."""
    way = Way(found_place(point_code), SLOT, slot_code)
    if not way.place.open:
        return over_page(way.place)
    try:
        standing_of_page(way, clock.now())
    except (CodeOver, TooMany) as refusal:
        # Link previews open pages too: what a wrong code is counted against is their network, never a person's rating.
        return stopped_page(way.place, refusal, Way(way.place).action, 410 if isinstance(refusal, CodeOver) else 429)
    return faces_page(way)


@bp.post("/r/<point_code>/<slot_code>")
@public
def slot_tap(point_code: str, slot_code: str) -> Response:
    return taken(Way(found_place(point_code), SLOT, slot_code))


@bp.get("/h/<dossier_code>")
@public
def dossier_page(dossier_code: str) -> Response:
    """The same behind the code of one dossier: good for one rating."""
    way = dossier_way(dossier_code)
    if not way.place.open:
        return over_page(way.place)
    try:
        refuse_staff()
        tier_of(
            current.session(), current.services().keyring, way.point, dossier_code=dossier_code, at=clock.now()
        )  # fmt: skip
    except Refusal as refusal:
        status = refusal.status if isinstance(refusal, Forbidden) else 410
        return stopped_page(way.place, refusal, Way(way.place).action, status)
    return faces_page(way)


@bp.post("/h/<dossier_code>")
@public
def dossier_tap(dossier_code: str) -> Response:
    return taken(dossier_way(dossier_code))


@bp.post("/r/<point_code>/bam-nham")
@public
def undo_tap(point_code: str) -> Response:
    """Take the rating back: whoever holds its ticket, for two minutes."""
    return undone(way_of_thanks(found_place(point_code)))


@bp.post("/h/<dossier_code>/bam-nham")
@public
def dossier_undo(dossier_code: str) -> Response:
    return undone(dossier_way(dossier_code))


@bp.post("/r/<point_code>/mo")
@public
def opened(point_code: str) -> Response:
    """A browser says that it opened the page: a scan is counted, apart from ratings."""
    place = found_place(point_code)
    SCANS.check("", network_hash())
    count_scan(current.session(), place)
    return Response(status=204)


def taken(way: Way) -> Response:
    """Save what was tapped and thank for it, or say why it was not saved."""
    level = rules.level_of(request.form.get("level", ""))
    if level is None:
        return faces_page(way, said=_NO_LEVEL, status=422)
    try:
        sent = page_sent(way)
    except BadToken:
        return faces_page(way, said=OLD_PAGE, status=409)
    try:
        rated, dossier_id = saved(way, level, sent)
    except PointOver:
        current.rollback()
        return over_page(way.place, 409)
    except TooMany:
        raise
    except Refusal as refusal:
        current.rollback()
        if isinstance(refusal, DossierUsed):
            guesses.note(guesses.DOSSIER)
        return stopped_page(way.place, refusal, Way(way.place).action if way.kind == DOSSIER else way.action)
    if rated.undone or (way.kind == KIOSK and _is_of_the_last_person(rated)):
        return faces_page(way)
    return thanks_page(way, rated, dossier_id)


def page_sent(way: Way) -> token.FormToken:
    """The token of the page that was tapped; raises ``BadToken`` for none of ours, and for one tapped too late.

    A tablet may have stood untouched over the holidays.
    """
    sent = token.read(current.services().keyring, way.purpose, request.form.get("token", ""))
    now, shown = clock.now(), shown_at(sent)
    if way.kind != KIOSK and rules.is_old(shown, rules.made_at(_claimed(request.form, now), shown, now)):
        raise BadToken(way.purpose)
    return sent


def saved(way: Way, level: int, sent: token.FormToken, *, several: bool = False) -> tuple[Rated, int | None]:
    """Keep one rating; ``several``: more will be written with it. With it, the dossier whose code it used up."""
    now = clock.now()
    tap = _tap(way, level, sent, now)
    due = LOOK_OVER.is_due(way.place.center_id)
    alone = is_one_statement(tap, now) and not (several or due or way.kind in (DOSSIER, KIOSK))
    if alone:
        return rate(current.single(write=True), way.place, tap), None
    session = current.session()
    dossier_id = _dossier_used(way, tap.client_uuid, now) if way.kind == DOSSIER else None
    rated = rate(session, way.place, tap)
    if due:
        review.see_to_it(session, way.place.center_id)
    return rated, dossier_id


def _dossier_used(way: Way, client_uuid: str, now: datetime) -> int:
    refuse_staff()
    session, keyring = current.session(), current.services().keyring
    return use_up(
        session, keyring, way.point, dossier_code=way.key, at=now,
        repeated=lambda: made_before(session, client_uuid) is not None,
    )  # fmt: skip


def undone(way: Way) -> Response:
    """Take a rating back and show the faces anew, or say why it stays."""
    try:
        held = ticket_sent()
    except BadToken:
        return stopped_page(way.place, WrongMoment(_NO_TICKET), way.action)
    if held.dossier_id is not None:
        # Rated and taken back tells whether the dossier had rated: who tries that with many is told to wait.
        guesses.note(guesses.DOSSIER)
    try:
        undo(current.session(), way.place, held.rating_id, held.dossier_id)
    except TooLate as refusal:
        current.rollback()
        return stopped_page(way.place, refusal, way.action if way.kind == KIOSK else "")
    return faces_page(way, said=UNDONE)


def _tap(way: Way, level: int, sent: token.FormToken, now: datetime) -> Tap:
    form = request.form
    made = rules.made_at(_claimed(form, now), shown_at(sent), now)
    device, network = _sender(way, sent)
    FLOODS.check(device, network)
    standing, on_site = standing_of_tap(way, shown_at(sent), now)
    with current.services().database.session(write=False) as session:
        officer = officer_lately(session, way.place, made, now)
    return Tap(
        level=level,
        client_uuid=sent.client_uuid,
        made_at=made,
        device_hash=device,
        network_hash=network,
        officer_id=officer,
        tier=standing.tier,
        kiosk=standing.kiosk,
        on_site=on_site,
        staff_device=staffmark.is_marked(),
        ua_family=rules.family(request.headers.get("User-Agent", "")),
        screen=rules.screen(form.get("screen", "")),
        locale=rules.locale(form.get("locale", "")),
        took_ms=rules.milliseconds(form.get("took_ms", "")),
    )


def _sender(way: Way, sent: token.FormToken) -> tuple[str, str]:
    """Device and network. A tablet is another person each time: nothing ties two ratings of it together."""
    if way.kind == KIOSK:
        return current.services().keyring.mac("kiosk device", sent.nonce).hex(), network_hash()
    sender = visitor()
    return sender.device_hash, sender.network_hash


def _claimed(form: Any, now: datetime) -> datetime | None:
    """When the person tapped, by how long the phone says it waited since: its clock may be wrong, its hours are not."""
    texts = form.get("made_at", ""), form.get("sent_at", "")
    if not all(text.isascii() and text.isdigit() and len(text) < 16 for text in texts):
        return None
    return now - timedelta(milliseconds=max(0, int(texts[1]) - int(texts[0])))


def _is_of_the_last_person(rated: Rated) -> bool:
    return rated.repeated and clock.now() - rated.at > timedelta(seconds=10)


def init_app(app: Flask) -> None:
    """Register the pages of rating."""
    for part in PARTS:
        importlib.import_module(f"app.feedback.views_public.{part}")
    app.register_blueprint(bp)
