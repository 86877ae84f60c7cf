"""The words that a place has pointed out to its moderators."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.moderation.forms import WordForm
from app.moderation.operations import words
from app.moderation.queries import items
from app.moderation.queries.items import PlacedWord
from app.moderation.rules.abuse_words import DEFAULT_WORDS
from app.moderation.rules.rights import EDIT_WORDS, VIEW
from app.moderation.views_staff.common import bp
from app.web import current
from app.web.access import require
from app.web.forms import done, form_page


@bp.route("/tu-ngu", methods=["GET", "POST"])
@require(EDIT_WORDS)
def words_page() -> Any:
    """The words of the asker's places, and adding one."""
    session, actor = current.session(), current.actor()
    places = {place.id: place for place in items.word_places(session, actor)}
    form = WordForm()
    form.area_id.choices = [(place.id, place.label) for place in places.values()]
    if request.method == "GET" or not form.area_id.raw_data:
        form.area_id.data = next(iter(places), None)

    def act() -> None:
        words.add(session, actor, places[form.area_id.data], form.word.data or "", exact=form.exact.data)

    if form.validate_on_submit() and done(form, act):
        flash(_("Đã thêm vào danh sách."), "good")
        return redirect(url_for("moderation_staff.words_page"), 303)
    lists = [(place, items.words(session, place.id)) for place in places.values()]
    return form_page(
        "moderation/words.html", form, lists=lists, defaults=DEFAULT_WORDS, staff_sees=actor.holds_anywhere(VIEW)
    )


@bp.post("/tu-ngu/<int:word_id>/bo")
@require(EDIT_WORDS, load=items.word_in_scope)
def remove_word(found: PlacedWord) -> Any:
    """Have a word pointed out no longer."""
    words.remove(current.session(), current.actor(), found.area, found.word)
    flash(_("Đã bỏ khỏi danh sách."), "good")
    return redirect(url_for("moderation_staff.words_page"), 303)
