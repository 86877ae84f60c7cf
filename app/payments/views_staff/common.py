"""What the staff pages of payment codes share."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from app.areas.models import Area
from app.areas.queries import communal_for
from app.core import clock
from app.core.errors import Forbidden, Refusal
from app.lib.codes import grouped
from app.lib.i18n import N_
from app.payments.models import Collection, PayeeAccount
from app.payments.rules.banks import AS_OF, bank_name
from app.payments.rules.collecting import KINDS
from app.payments.rules.plain import masked
from app.payments.rules.showing import STANDING_NAMES, STATE_NAMES, Standing, State
from app.web import current

bp = Blueprint("payments_staff", __name__, url_prefix="/staff/thanh-toan")
STATE_KINDS = {State.PROPOSED: "warn", State.WAITING: "info", State.SHOWN: "good", State.REFUSED: "bad"}
STANDING_KINDS = {Standing.OPEN: "good", Standing.WAITING: "info", Standing.EARLY: "info", Standing.OVER: ""}


def page(name: str, **values: Any) -> Any:
    """A page with the words of states, banks and kinds."""
    return render_template(f"payments/staff/{name}.html", **words(), **values)


def words() -> dict[str, Any]:
    return {
        "bank_name": bank_name,
        "banks_as_of": AS_OF,
        "masked": masked,
        "poster_id": grouped,
        "kinds": KINDS,
        "states": State,
        "state_names": STATE_NAMES,
        "state_kinds": STATE_KINDS,
        "standings": Standing,
        "standing_names": STANDING_NAMES,
        "standing_kinds": STANDING_KINDS,
    }


def places(permission: str) -> list[Area]:
    """Communes and areas where the asker holds the permission, communes first; ``Forbidden`` where there is none."""
    found = communal_for(current.session(), current.actor(), permission, day=clock.today())
    if not found:
        raise Forbidden(N_("Ông/Bà không phụ trách xã, phường nào."))
    return found


def place_choices(found: list[Area]) -> list[tuple[str, str]]:
    return [(place.code, place.full_label) for place in found]


def chosen(found: list[Area], code: str | None) -> Area:
    """The place of a choice list; raises ``Refusal`` at ``area`` for any other."""
    for place in found:
        if place.code == code:
            return place
    raise Refusal(N_("Chọn địa bàn trong danh sách."), field="area")


def to_payee(payee: PayeeAccount) -> Any:
    return redirect(url_for("payments_staff.payee", payee_id=payee.id), 303)


def to_collection(collection: Collection) -> Any:
    return redirect(url_for("payments_staff.collection", collection_id=collection.id), 303)
