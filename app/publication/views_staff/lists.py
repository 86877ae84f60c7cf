"""The list of postings and the one page of a posting from which everything else is reached."""

from typing import Any

from flask import Response, request

from app.areas.models import Area
from app.areas.queries import commune_in_scope
from app.core import clock
from app.holidays.queries import calendar_table
from app.publication.operations.common import EDIT, RECORD
from app.publication.queries import staff as queries
from app.publication.queries.staff import Found, Reached
from app.publication.rules.heads import HEADS
from app.publication.rules.periods import Span, is_late, missing_forms, publish_by
from app.publication.rules.states import State
from app.publication.views_staff.common import VIEW, bp, communes, head_choices, may_edit, page
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked, whole_address
from app.web.files import file_response, stored


@bp.get("/")
@require(VIEW)
def index() -> Any:
    """Postings within the asker's reach, by state and head; what ends soon and what the plan misses stands above."""
    session, actor, today = current.session(), current.actor(), clock.today()
    wanted = request.args.get("trang-thai", "")
    chosen = State(wanted) if wanted in set(State) else None
    head = number_asked("khoan")
    head = head if head in HEADS else None
    words = request.args.get("q", "").strip()[:100]
    found = queries.listed(session, actor, today, state=chosen, head=head, words=words, page=number_asked("page") or 1)
    return page(
        "index",
        found=found,
        chosen=chosen,
        head=head,
        words=words,
        asked={name: value for name, value in (("khoan", head), ("q", words)) if value},
        ending=queries.ending(session, actor, today),
        late=queries.late_lines(session, actor.places(EDIT), today),
        communes=communes(),
        head_choices=head_choices(),
        may_write=actor.holds_anywhere(EDIT),
    )


@bp.get("/<int:posting_id>")
@require(VIEW, load=queries.reached)
def posting(found: Reached) -> Any:
    """A posting: its document, its files, where it hung, what is still to do."""
    session, today, one = current.session(), clock.today(), found.posting
    spans = [Span(place.kind, place.began_on, place.ended_on) for place in one.places]
    days = calendar_table(session)
    return page(
        "posting",
        posting=one,
        may_edit=may_edit(one),
        may_record=one.status == "posted" and current.actor().may(RECORD, found.path),
        missing=missing_forms(one.head, spans, today) if one.status == "posted" else [],
        publish_by=publish_by(one.signed_on, days) if one.signed_on else None,
        late=is_late(one.signed_on, one.since or today, days),
    )


@bp.get("/<int:posting_id>/tep/<int:posting_file_id>")
@require(VIEW, load=queries.file_reached)
def download(found: Found) -> Response:
    """A file of a posting, a draft's too."""
    return file_response(found.thing)  # type: ignore[arg-type]


@bp.get("/<int:posting_id>/noi/<int:place_id>/anh")
@require(VIEW, load=queries.place_reached)
def photo(found: Found) -> Response:
    """The photograph of a place; written anew by us, so it may be shown."""
    place: Any = found.thing
    return Response(stored(place.photo_key or "none"), content_type=place.photo_type)


@bp.get("/nhung/<code>")
@require(VIEW, load=commune_in_scope)
def embedding(commune: Area) -> Any:
    """The code that shows a commune's postings on its existing portal."""
    address = whole_address("publication_public.embed", code=commune.code)
    feed = whole_address("publication_public.feed", code=commune.code)
    return page("embedding", commune=commune, address=address, feed=feed)
