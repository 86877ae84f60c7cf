"""Receipts: shown once a ballot is recorded, and checked by anybody at any time. They never tell a choice."""

from typing import Any

from flask import Response, g, render_template, url_for
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.lib.codes import normalise
from app.lib.i18n import N_
from app.polls import wording
from app.polls.forms_ballot import ReceiptForm
from app.polls.queries.ballots import Cast, cast_by_receipt
from app.polls.rules.receipts import RECEIPT_LENGTH
from app.polls.views_ballot.common import RECEIPTS, bp, forget, see_other, unkept
from app.web import current
from app.web.access import public
from app.web.steady import Holes, filled_page
from app.web.templating import show_moment


@bp.get(f"{RECEIPTS}/<receipt>")
@public
def receipt(receipt: str) -> Response:
    """The receipt of a recorded ballot: when, of which poll, and nothing of the choice."""
    found = _find(receipt)
    if found is None:
        raise NotFound(N_("Không tìm thấy biên nhận này."))
    address = current.services().settings.base_url.rstrip("/") + url_for("polls_ballot.check_receipt")

    def context(holes: Holes) -> dict[str, Any]:
        letters = "".join(holes[str(place)] for place in range(RECEIPT_LENGTH))
        return {"cast": found, "receipt": letters, "when": holes["when"], "address": address, **_words(found)}

    holes = {str(place): letter for place, letter in enumerate(found.receipt)} | {"when": show_moment(found.at)}
    alike = (found.public_id, found.kind, found.title, found.commune_name)
    return unkept(filled_page("ballot/receipt.html", alike, holes, context))


@bp.get("/kiem-tra")
@public
def check_receipt() -> str:
    """Enter a receipt to check it."""
    return render_template("ballot/lookup.html", form=ReceiptForm(formdata=None), cast=None)


@bp.post("/kiem-tra")
@public
def checked_receipt() -> Any:
    """Whether a receipt stands in the log: poll and time, nothing more."""
    g.here = url_for("polls_ballot.check_receipt")
    form = ReceiptForm()
    found = None
    if form.validate():
        found = _find(form.receipt.data)
        if found is None:
            form.receipt.errors = [
                _("Không có mã biên nhận này. Mời Ông/Bà xem lại từng chữ; chữ O đọc là số 0, chữ I và L đọc là số 1.")
            ]
    page = render_template("ballot/lookup.html", form=form, cast=found, **(_words(found) if found else {}))
    return unkept(Response(page, 200 if found else 422, content_type="text/html; charset=utf-8"))


@bp.post("/phieu/xong")
@public
def leave() -> Response:
    """Somebody else uses this phone: take what is there off it."""
    return forget(see_other(url_for("home.index")))


def _find(typed: str) -> Cast | None:
    code = normalise(typed, RECEIPT_LENGTH)
    return cast_by_receipt(current.single(write=False), code) if code else None


def _words(found: Cast) -> dict[str, Any]:
    return {"words": wording.words(found.kind), "commune": found.commune_name or ""}
