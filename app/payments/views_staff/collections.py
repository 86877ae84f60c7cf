"""What is collected: beginning, ending, posters."""

from typing import Any

from flask import Response, flash
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.rules import in_sentence
from app.core import clock
from app.core.db import database_now
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.lib.filetypes import PDF
from app.lib.i18n import N_
from app.payments import papers
from app.payments.forms import CollectionForm
from app.payments.models import Collection
from app.payments.operations import collections as operations
from app.payments.operations.collections import CHECK, EDIT
from app.payments.queries import accounts, collections
from app.payments.queries.accounts import VIEW
from app.payments.queries.collections import collection_in_scope
from app.payments.rules.collecting import KINDS, UTILITY
from app.payments.rules.plain import masked
from app.payments.rules.showing import Standing
from app.payments.rules.vietqr import Transfer, amount_typed, payload
from app.payments.views_staff.common import bp, chosen, page, place_choices, places, to_collection
from app.publication.models import Posting
from app.publication.queries import public as postings
from app.web import current
from app.web.access import require
from app.web.addresses import whole_address
from app.web.files import saved
from app.web.forms import done

POSTINGS = 50
PRINTABLE = (Standing.OPEN, Standing.EARLY)


def poster_in_scope(session: Session, actor: Actor, collection_id: int, paper: str) -> papers.Asked | None:
    """A poster of a collection inside the asker's scope."""
    one = collection_in_scope(session, actor, collection_id)
    return papers.Asked(one, paper) if one else None


@bp.get("/khoan-thu/<int:collection_id>")
@require(VIEW, load=collection_in_scope)
def collection(one: Collection) -> Any:
    """A collection: what its page says, its posters, when the printed code was looked at."""
    session, actor = current.session(), current.actor()
    shown = collections.shown(session, one, database_now(session), clock.today())
    checks = collections.checks(session, one)
    return page(
        "collection",
        shown=shown,
        collection=one,
        checks=checks,
        names=accounts.names(session, [check.checked_by for check in checks]),
        printable=shown.standing in PRINTABLE,
        may_edit=actor.may(EDIT, one.path),
        may_check=actor.may(CHECK, one.path),
    )


@bp.route("/khoan-thu/moi", methods=["GET", "POST"])
@require(EDIT)
def new_collection() -> Any:
    """Begin to collect something."""
    session, actor = current.session(), current.actor()
    found = places(EDIT)
    usable = accounts.usable(session, actor.places(EDIT), database_now(session))
    posted = _postings(found)
    form = CollectionForm(opens_on=clock.today(), kind=UTILITY)
    form.area.choices = place_choices(found)
    form.payee.choices = [(one.id, f"{one.holder}, {masked(one.number)} ({one.area.full_label})") for one in usable]
    form.posting.choices = [(0, _("Không có")), *((one.id, one.title) for one in posted)]
    form.kind.choices = [(kind, _(name)) for kind, name in KINDS.items()]
    made = _created(form, found, {one.id: one for one in posted}) if form.validate_on_submit() else None
    if made is not None:
        return to_collection(made)
    return page("new_collection", form=form, usable=usable), 422 if form.errors else 200


@bp.post("/khoan-thu/<int:collection_id>/ket-thuc")
@require(EDIT, load=collection_in_scope)
def end_collection(one: Collection) -> Any:
    """Collect no more."""
    operations.end(current.session(), current.actor(), one)
    flash(_("Đã kết thúc khoản thu. Gỡ các tờ dán có mã này."), "good")
    return to_collection(one)


@bp.get("/khoan-thu/<int:collection_id>/to-dan-<any(a5, a4):paper>.pdf")
@require(VIEW, load=poster_in_scope)
def poster(found: papers.Asked) -> Response:
    """The poster of a collection, to be hung where people pay."""
    session, one = current.session(), found.collection
    shown = collections.shown(session, one, database_now(session), clock.today())
    if shown.standing not in PRINTABLE:
        raise WrongMoment(N_("Chỉ in được khi tài khoản đã hiện và khoản thu chưa kết thúc."))
    account = shown.account
    text = payload(Transfer(account.bank, account.number, one.amount, one.purpose, card=account.is_card))
    address = whole_address("payments_public.pay", collection_code=one.code)
    data = papers.poster(shown, text, address, in_sentence(one.area.commune.name), clock.today(), found.paper)
    return saved(data, PDF.media_type, f"to-dan-{one.code}-{found.paper}.pdf")


def _postings(found: list[Area]) -> list[Posting]:
    """What hangs now in the communes of the choice list, decisions among it."""
    communes = [place for place in found if place.level == "commune"] or found[:1]
    session, today = current.session(), clock.today()
    return [one for place in communes[:5] for one in postings.current(session, place.path, today, POSTINGS)]


def _created(form: CollectionForm, found: list[Area], posted: dict[int, Posting]) -> Collection | None:
    """The collection begun, or None with the reasons standing in the form."""
    made: list[Collection] = []
    return made[0] if done(form, lambda: made.append(_create(form, found, posted))) else None


def _create(form: CollectionForm, found: list[Area], posted: dict[int, Posting]) -> Collection:
    session, actor = current.session(), current.actor()
    payee = accounts.payee_in_scope(session, actor, form.payee.data or 0)
    if payee is None or form.opens_on.data is None:
        raise Refusal(N_("Chọn tài khoản trong danh sách."), field="payee")
    made = operations.create(
        session, actor, chosen(found, form.area.data), payee,
        kind=form.kind.data or "", title=form.title.data or "", basis=form.basis.data or "",
        purpose=form.purpose.data or "", amount=amount_typed(form.amount.data) if form.amount.data else None,
        opens_on=form.opens_on.data, ends_on=form.ends_on.data, posting=posted.get(form.posting.data or 0),
    )  # fmt: skip
    flash(_("Đã lập khoản thu."), "good")
    return made
