"""Noting where something was made public, with a photograph, and when it ceased to be."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.areas.models import Area
from app.areas.queries import in_scope, places_for
from app.core import clock
from app.core.errors import Refusal
from app.core.permissions import covers
from app.lib.i18n import N_
from app.publication.forms import EndPlaceForm, PlaceForm
from app.publication.models import Posting
from app.publication.operations import places as operations
from app.publication.operations.common import RECORD, must_be_posted
from app.publication.queries.staff import Found, Reached, place_reached, reached
from app.publication.rules.heads import FORMS
from app.publication.views_staff.common import bp, day_given, page, to_posting
from app.web import current
from app.web.access import require
from app.web.files import upload_of
from app.web.forms import done


@bp.route("/<int:posting_id>/noi", methods=["GET", "POST"])
@require(RECORD, load=reached)
def add_place(found: Reached) -> Any:
    """Note one way in which a posting was made public."""
    one = found.posting
    must_be_posted(one)
    form = PlaceForm(began_on=clock.today())
    form.area.choices = [(place.code, place.full_label) for place in _places(one)]
    form.form.choices = [(key, _(way.name)) for key, way in FORMS.items()]
    if form.validate_on_submit() and done(form, lambda: _add(one, form)):
        flash(_("Đã ghi nhận."), "good")
        return to_posting(one)
    hints = {key: _(way.detail) for key, way in FORMS.items()}
    return page("place", form=form, posting=one, hints=hints), 422 if form.errors else 200


@bp.route("/<int:posting_id>/noi/<int:place_id>/ket-thuc", methods=["GET", "POST"])
@require(RECORD, load=place_reached)
def end_place(found: Found) -> Any:
    """Note the last day of one way."""
    place: Any = found.thing
    form = EndPlaceForm(ended_on=clock.today())
    if form.validate_on_submit() and done(
        form,
        lambda: operations.end_place(current.session(), current.actor(), place, ended_on=day_given(form.ended_on.data)),
    ):
        flash(_("Đã ghi nhận."), "good")
        return to_posting(found.posting)
    return page("end_place", form=form, posting=found.posting, place=place), 422 if form.errors else 200


def _places(one: Posting) -> list[Area]:
    """Where the asker may say that it hung: its own place or one inside it; for an area's also all the commune."""
    found = places_for(current.session(), current.actor(), RECORD, day=clock.today())
    own = one.area.path
    found = sorted(found, key=lambda place: place.path != own)
    return [
        place for place in found if place.level != "province" and (covers(own, place.path) or covers(place.path, own))
    ]


def _add(one: Posting, form: PlaceForm) -> None:
    session, actor = current.session(), current.actor()
    area = in_scope(session, actor, form.area.data)
    if area is None:
        raise Refusal(N_("Chọn địa bàn trong danh sách."), field="area")
    operations.add_place(
        session, actor, one, area, current.services().storage,
        form=form.form.data, detail=form.detail.data or "", began_on=day_given(form.began_on.data),
        ended_on=form.ended_on.data, photo=upload_of(form.photo), taken_on=form.taken_on.data,
    )  # fmt: skip
