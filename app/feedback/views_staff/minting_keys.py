"""Staff pages of the keys with which the commune's case system asks for codes."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.feedback.forms_trust import KeyForm
from app.feedback.models import ApiKey, ServiceCenter
from app.feedback.operations import minting_keys as operations
from app.feedback.operations.minting import MINT
from app.feedback.queries.minting import in_scope_key, keys_of
from app.feedback.queries.places import in_scope_center
from app.feedback.views_staff.minting import bp as bp
from app.web import current
from app.web.access import require
from app.web.addresses import whole_address
from app.web.forms import done, form_page


@bp.route("/trung-tam/<int:center_id>/khoa-ket-noi", methods=["GET", "POST"])
@require(MINT, load=in_scope_center)
def keys(center: ServiceCenter) -> Any:
    """The keys of a centre, and making one: its text is shown by this one answer and never again."""
    session, form = current.session(), KeyForm()
    address = whole_address("feedback_minting.codes")
    made: list[tuple[ApiKey, str]] = []
    if form.validate_on_submit() and done(
        form, lambda: made.append(operations.make_key(session, current.actor(), center, name=form.name.data or ""))
    ):
        key, secret = made[0]
        return render_template("feedback/minting/key.html", center=center, key=key, secret=secret, address=address)
    found = keys_of(session, center.id)
    return form_page("feedback/minting/keys.html", form, center=center, keys=found, address=address)


@bp.post("/khoa-ket-noi/<int:api_key_id>/ket-thuc")
@require(MINT, load=in_scope_key)
def end_key(key: ApiKey) -> Any:
    """End a key."""
    operations.end_key(current.session(), current.actor(), key)
    flash(_("Đã ngừng khóa %(name)s.", name=key.name), "good")
    return redirect(url_for("feedback_minting_staff.keys", center_id=key.center_id), 303)
