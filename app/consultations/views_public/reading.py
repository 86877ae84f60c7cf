"""Reading: the page of a draft, and one article at a time with what others say about it."""

from typing import Any

from flask import Response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.consultations.forms_comment import SayForm
from app.consultations.models import Consultation
from app.consultations.queries import comments, drafts, reading
from app.consultations.queries.comments import PAGE, Counts
from app.consultations.rules.markers import label
from app.consultations.views_public import bp
from app.consultations.views_public.frame import WHOLE, frame, published, purpose
from app.core.errors import NotFound
from app.lib.i18n import N_
from app.visitors.kept import alike_but_for_guard
from app.web import current
from app.web.access import public
from app.web.pagecache import everybody_alike

EXCERPT = 600
"""Characters of a comment on a page of many; the rest has a page of its own."""


@bp.get("/<public_id>")
@public
@alike_but_for_guard(purpose)
def page(public_id: str) -> Any:
    """What is asked, until when, and the way to each article."""
    session, consultation = current.session(), published(public_id)
    version = reading.newest(session, consultation.id)
    found = comments.counts(session, consultation.id)
    return render_template(
        "consultations/public/page.html",
        **frame(consultation),
        version=version,
        contents=reading.contents(session, version.id) if version else [],
        leads=reading.leads(session, version.id) if version else [],
        counts=found,
        whole=found[""],
        people=sum(one.total for one in found.values()),
        files=reading.public_files(session, consultation),
        changes=reading.changes(session, consultation.id),
        final=drafts.final(session, consultation) is not None,
        places=", ".join(place.area.label for place in consultation.places),
        anchor_whole=WHOLE,
        purpose=purpose(public_id),
        label=label,
    )


@bp.get("/<public_id>/<anchor>")
@public
@everybody_alike
def article(public_id: str, anchor: str) -> Any:
    """One article, what others say about it, and the form to say something."""
    return _article_page(published(public_id), anchor)


@bp.get("/<public_id>/<anchor>/truoc/<int:comment_before>")
@public
@everybody_alike
def older(public_id: str, anchor: str, comment_before: int) -> Any:
    """The same with older opinions."""
    return _article_page(published(public_id), anchor, before=comment_before)


@bp.get("/<public_id>/y-kien/<int:comment_shown>")
@public
@everybody_alike
def opinion(public_id: str, comment_shown: int) -> Any:
    """One opinion in full."""
    session, consultation = current.session(), published(public_id)
    found = comments.shown_one(session, consultation.id, comment_shown)
    if found is None:
        raise NotFound(N_("Không tìm thấy ý kiến này."))
    version = reading.version_with(session, consultation.id, found.anchor) if found.anchor else None
    title = reading.article_heading(session, version.id, found.anchor) if version else None
    return render_template(
        "consultations/public/opinion.html",
        **frame(consultation),
        one=found,
        title=title or _("Cả dự thảo"),
        anchor=found.anchor or WHOLE,
    )


def _article_page(consultation: Consultation, anchor: str, before: int | None = None) -> Any:
    shown = article_values(consultation, anchor, before)
    if isinstance(shown, Response):
        return shown
    form = SayForm(formdata=None, version_no=str(shown["version"].number))
    return render_template("consultations/public/article.html", form=form, **shown)


def article_values(consultation: Consultation, anchor: str, before: int | None = None) -> Any:
    """Everything the page of an article shows but its form; a redirect where the anchor is of a clause inside one."""
    session = current.session()
    whole = anchor == WHOLE
    version = (
        reading.newest(session, consultation.id) if whole else reading.version_with(session, consultation.id, anchor)
    )
    if version is None:
        raise NotFound(N_("Dự thảo không có điều này."))
    if not whole:
        inside = reading.article_of(session, version.id, anchor)
        if inside != anchor:
            return _inside(consultation, inside, anchor)
    entries = [entry for entry in reading.contents(session, version.id) if entry.commented]
    place = next((n for n, entry in enumerate(entries) if entry.anchor == anchor), None)
    said_about = "" if whole else anchor
    found = comments.shown(session, consultation.id, said_about, before)
    newest = reading.newest(session, consultation.id)
    return {
        **frame(consultation),
        "anchor": anchor,
        "whole": whole,
        "version": version,
        "removed": newest is not None and newest.number != version.number,
        "title": entries[place].title if place is not None else _("Cả dự thảo"),
        "short": entries[place].short if place is not None else _("cả dự thảo"),
        "previous": entries[place - 1] if place else None,
        "following": entries[place + 1] if place is not None and place + 1 < len(entries) else None,
        "pieces": [] if whole else reading.article_pieces(session, version.id, anchor),
        "label": label,
        "counts": comments.counts(session, consultation.id, said_about).get(said_about, Counts()),
        "comments": found[:PAGE],
        "older": found[PAGE - 1].id if len(found) > PAGE else None,
        "paged": before is not None,
        "excerpt": EXCERPT,
    }


def _inside(consultation: Consultation, article: str | None, anchor: str) -> Response:
    """An anchor of a clause leads to its article; one of a chapter to the table of contents."""
    public_id = consultation.public_id
    if article:
        to = url_for("consultations_public.article", public_id=public_id, anchor=article, _anchor=anchor)
    else:
        to = url_for("consultations_public.page", public_id=public_id, _anchor=anchor)
    return redirect(to, 302)  # type: ignore[return-value]
