"""What was made public, for anybody: lists, one posting, the catalogue, a feed, a block for other sites."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _

from app.areas import queries as areas
from app.areas.models import Area
from app.areas.rules import in_sentence
from app.core import clock
from app.core.errors import NotFound
from app.lib.i18n import N_
from app.publication import feed as feeds
from app.publication.models import Posting
from app.publication.queries import public as queries
from app.publication.rules.heads import FORMS, HEADS
from app.publication.rules.states import STATE_NAMES, State, state
from app.web import current
from app.web.access import public
from app.web.addresses import number_asked, whole_address
from app.web.files import file_response
from app.web.headers import let_be_framed
from app.web.pagecache import everybody_alike

bp = Blueprint("publication_public", __name__)
EMBEDDED = 8
EMBED_KEPT = timedelta(minutes=5)
FILE_KEPT = timedelta(minutes=5)
SUMMARY = 300
# Where the page stands that a posting was made from, by the name of its endpoint; slices above bring them.
SOURCES = {
    "consultation": "consultations_public.page",
    "consultation:answers": "consultations_public.answers",
    "poll": "polls_public.poll",
}


@bp.get("/cong-khai/<code>")
@public
@everybody_alike
def listing(code: str) -> Any:
    """What was posted at a place, with a search that ignores marks and a filter by head."""
    area = _place(code)
    words = request.args.get("q", "").strip()[:100]
    head = number_asked("khoan")
    head = head if head in HEADS else None
    found = queries.listed(current.session(), area.path, head=head, words=words, page=number_asked("page") or 1)
    asked = {name: value for name, value in (("khoan", head), ("q", words)) if value}
    return render_template(
        "publication/public/list.html", found=found, words_asked=words, head=head, asked=asked, **_frame(area)
    )


@bp.get("/cong-khai/<code>/noi-dung")
@public
@everybody_alike
def catalogue(code: str) -> Any:
    """The 14 heads of Law Đ11 with how much was posted under each."""
    area = _place(code)
    counts = queries.counts(current.session(), area.path)
    return render_template("publication/public/catalogue.html", counts=counts, **_frame(area))


@bp.get("/cong-khai/<code>/feed.xml")
@public
@everybody_alike
def feed(code: str) -> Response:
    """The latest postings of a place as an Atom feed."""
    area = _place(code)
    data = feeds.atom(
        feeds.Feed(
            key=f"feed:{area.path}",
            title=_("Công khai, niêm yết: %(name)s", name=area.full_label),
            author=_("Ủy ban nhân dân %(name)s", name=_commune_name(area)),
            href=whole_address("publication_public.listing", code=area.code),
            self_href=whole_address("publication_public.feed", code=area.code),
            entries=[_entry(one) for one in queries.latest(current.session(), area.path)],
            empty_updated=datetime.combine(area.valid_from, time(), clock.VIETNAM),
        )
    )
    return Response(data, content_type="application/atom+xml; charset=utf-8")


@bp.get("/nhung/<code>")
@public
@everybody_alike
def embed(code: str) -> Response:
    """A small block without script for an ``<iframe>`` on the commune's existing portal: the one page for frames."""
    area = _place(code)
    found = queries.current(current.session(), area.path, clock.today(), EMBEDDED)
    page = render_template("publication/public/embed.html", found=found, area=area)
    response = let_be_framed(make_response(page))
    response.headers["Cache-Control"] = f"public, max-age={int(EMBED_KEPT.total_seconds())}"
    return response


@bp.get("/niem-yet/<posting_code>")
@public
@everybody_alike
def posting(posting_code: str) -> Any:
    """One posting: its content and files while it stands, where it hung; the reason where it was withdrawn."""
    one = queries.posting(current.session(), posting_code)
    if one is None:
        raise NotFound(N_("Không tìm thấy nội dung này. Mời Ông/Bà xem lại địa chỉ."))
    return render_template(
        "publication/public/posting.html", posting=one, source_url=_source_url(one.source), **_frame(one.area)
    )


@bp.get("/niem-yet/<posting_code>/tep/<int:posting_file_id>")
@public
def file(posting_code: str, posting_file_id: int) -> Response:
    """A file of what is posted; it never changes, but it may be withdrawn."""
    found = queries.file(current.session(), posting_code, posting_file_id)
    if found is None:
        raise NotFound(N_("Không tìm thấy tệp này."))
    response = file_response(found)
    response.headers["Cache-Control"] = f"public, max-age={int(FILE_KEPT.total_seconds())}"
    return response


def _place(code: str) -> Area:
    return areas.communal(current.session(), code)


def _commune_name(area: Area) -> str:
    return in_sentence(area.commune.name)


def _frame(area: Area) -> dict[str, Any]:
    """What every page of a place shows around its content, and the words of heads, forms and states."""
    today = clock.today()
    return {
        "area": area,
        "commune": _commune_name(area),
        "home_url": url_for("home.place", code=area.code),
        "heads": HEADS,
        "forms": FORMS,
        "states": State,
        "state_names": STATE_NAMES,
        "state_of": lambda one: state(one.status, one.until, today),
    }


def _source_url(source: str) -> str:
    """Where the page stands that a posting was made from; empty where it was written here."""
    kind, _colon, rest = source.partition(":")
    public_id, _colon, part = rest.partition(":")
    endpoint = SOURCES.get(f"{kind}:{part}" if part else kind, "")
    return url_for(endpoint, public_id=public_id) if endpoint in current_app.view_functions else ""


def _entry(one: Posting) -> feeds.Entry:
    withdrawn = one.status == "withdrawn"
    text = one.withdraw_reason if withdrawn else one.text
    since = datetime.combine(one.since or one.created_at.date(), time(), clock.VIETNAM)
    return feeds.Entry(
        key=f"posting:{one.public_id}",
        title=_("Đã rút: %(title)s", title=one.title) if withdrawn else one.title,
        href=whole_address("publication_public.posting", posting_code=one.public_id),
        published=since,
        updated=max(one.changed_at, since),
        summary=text if len(text) <= SUMMARY else f"{text[:SUMMARY].rsplit(' ', 1)[0]}…",
        category=_(HEADS[one.head].name),
    )
