"""Where people pay: who is to be paid, by text and by code. Nothing here knows whether money moved."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from app.areas import queries as areas
from app.areas.models import Area
from app.areas.rules import in_sentence
from app.core import clock
from app.core.db import database_now
from app.core.errors import ManyRefusals, NotFound, Refusal, WrongMoment
from app.documents import qr
from app.lib.codes import grouped
from app.lib.i18n import N_
from app.payments.forms import PayForm
from app.payments.models import Collection
from app.payments.queries import collections as queries
from app.payments.queries.collections import Shown
from app.payments.rules.banks import bank_name
from app.payments.rules.collecting import KINDS, LAWS
from app.payments.rules.plain import masked
from app.payments.rules.showing import STANDING_NAMES, Standing
from app.payments.rules.vietqr import Transfer, amount_typed, payload
from app.web import current
from app.web.access import public
from app.web.files import save_as
from app.web.forms import show_refusal
from app.web.pagecache import everybody_alike

bp = Blueprint("payments_public", __name__)
STATE_FEES = "https://dichvucong.gov.vn"


@bp.get("/nop/<collection_code>")
@public
def pay(collection_code: str) -> Any:
    """Who is to be paid and what for; the code where the account stands, else what is the matter."""
    session, now = current.session(), database_now(current.session())
    found = queries.shown(session, _collection(collection_code), now, clock.today())
    form = PayForm(formdata=request.args)
    transfer = _transfer(form, found) if found.standing is Standing.OPEN and form.validate() else None
    collection = found.collection
    asked: dict[str, Any] = {name: request.args[name] for name in ("so-tien", "hoa-don") if request.args.get(name)}
    page = render_template(
        "payments/public/pay.html",
        shown=found,
        collection=collection,
        form=form,
        transfer=transfer,
        drawing=qr.draw(payload(transfer)) if transfer else None,
        picture=url_for("payments_public.picture", collection_code=collection.code, **asked),
        changes=queries.changes(session, collection, now),
        law=LAWS[collection.kind],
        state_fees=STATE_FEES,
        **_words(collection.area),
    )
    return page, 422 if form.errors else 200


@bp.get("/nop/<collection_code>/ma.png")
@public
def picture(collection_code: str) -> Response:
    """The code as a picture to be kept on a phone, whose own screen it cannot scan."""
    session = current.session()
    found = queries.shown(session, _collection(collection_code), database_now(session), clock.today())
    if found.standing is not Standing.OPEN:
        raise WrongMoment(STANDING_NAMES[found.standing])
    form = PayForm(formdata=request.args)
    transfer = _transfer(form, found) if form.validate() else None
    if transfer is None:
        raise Refusal(N_("Số tiền hoặc số hóa đơn chưa đúng nên chưa lập được mã."))
    headers = save_as(f"ma-vietqr-{found.collection.code}.png", disposition="inline")
    headers["Cache-Control"] = "no-store"
    return Response(qr.png(payload(transfer)), content_type="image/png", headers=headers)


@bp.get("/khoan-thu/<code>")
@public
@everybody_alike
def listing(code: str) -> Any:
    """What can be paid at a commune or an area with a code."""
    session = current.session()
    area = areas.communal(session, code)
    found = queries.open_at(session, area, database_now(session), clock.today())
    return render_template("payments/public/list.html", found=found, state_fees=STATE_FEES, **_words(area))


def _collection(typed: str) -> Collection:
    found = queries.by_code(current.session(), typed)
    if found is None:
        raise NotFound(N_("Không tìm thấy khoản thu này. Mời Ông/Bà xem lại địa chỉ trên tờ dán."))
    return found


def _transfer(form: PayForm, found: Shown) -> Transfer | None:
    """What the code is to fill in, or None with the faults standing in the form."""
    collection, account = found.collection, found.account
    try:
        typed = amount_typed(form.amount.data) if form.amount.data and collection.amount is None else None
        transfer = Transfer(
            bank=account.bank,
            account=account.number,
            amount=collection.amount or typed,
            purpose=collection.purpose,
            bill=form.bill.data or "",
            card=account.is_card,
        )
        payload(transfer)
    except ManyRefusals as refusals:
        for one in refusals.problems:
            _place(form, one)
        return None
    except Refusal as refusal:
        _place(form, refusal)
        return None
    return transfer


def _place(form: PayForm, refusal: Refusal) -> None:
    names = {"amount": form.amount.name, "bill": form.bill.name}
    refusal.field = names.get(refusal.field or "")
    show_refusal(form, refusal)


def _words(area: Area) -> dict[str, Any]:
    """What every page of a place shows around its content, and the words of banks and kinds."""
    return {
        "area": area,
        "commune": in_sentence(area.commune.name),
        "home_url": url_for("home.place", code=area.code),
        "help_line": {"name": area.label, "phone": area.phone} if area.phone else None,
        "kinds": KINDS,
        "standings": Standing,
        "standing_names": STANDING_NAMES,
        "bank_name": bank_name,
        "masked": masked,
        "poster_id": grouped,
        "change_words": _change_words(),
    }


def _change_words() -> dict[str, str]:
    return {
        "entered": _("Ghi tài khoản vào danh sách"),
        "approved": _("Người khác duyệt"),
        "shown": _("Bắt đầu hiện trên trang này"),
        "ended": _("Thôi dùng"),
    }
