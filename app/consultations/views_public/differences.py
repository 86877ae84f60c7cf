"""What changed in a draft since it was first put before the people, and what became of it in the adopted text."""

from typing import Any

from flask import render_template

from app.consultations.models import DraftVersion
from app.consultations.queries import drafts
from app.consultations.rules.differences import by_article, compare
from app.consultations.views_public import bp
from app.consultations.views_public.frame import frame, published
from app.core.errors import NotFound
from app.lib.i18n import N_
from app.web import current
from app.web.access import public
from app.web.pagecache import everybody_alike

_NOTHING = N_("Không có bản này của dự thảo.")


@bp.get("/<public_id>/thay-doi/<int:version_no>")
@public
@everybody_alike
def changes(public_id: str, version_no: int) -> Any:
    """A published correction held against the draft before it."""
    found = drafts.numbered(current.session(), published(public_id), version_no)
    if found is None or found.published_at is None or found.purpose != "draft":
        raise NotFound(_NOTHING)
    return _page(public_id, found)


@bp.get("/<public_id>/ban-chinh-thuc")
@public
@everybody_alike
def final(public_id: str) -> Any:
    """The adopted text held against the draft."""
    found = drafts.final(current.session(), published(public_id))
    if found is None:
        raise NotFound(_NOTHING)
    return _page(public_id, found)


def _page(public_id: str, version: DraftVersion) -> Any:
    session = current.session()
    before = drafts.published_before(session, version)
    if before is None:
        raise NotFound(_NOTHING)
    old, new = drafts.pieces_of(session, before), drafts.pieces_of(session, version)
    return render_template(
        "consultations/public/differences.html",
        **frame(published(public_id)),
        version=version,
        before=before,
        articles=by_article(compare(old, new)),
    )
