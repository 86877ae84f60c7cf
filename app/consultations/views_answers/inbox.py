"""One inbox of all opinions, whichever way they came."""

from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _

from app.consultations.forms_answers import MoveForm, TitleForm
from app.consultations.models import Consultation
from app.consultations.operations import grouping
from app.consultations.queries import inbox as queries
from app.consultations.queries.inbox import HIDDEN, SHOWN, WAITING, Search
from app.consultations.queries.loading import in_scope
from app.consultations.queries.opinions import groups, tallies, total
from app.consultations.rules.answering import WHOLE
from app.consultations.rules.saying import SOURCES, STANCES
from app.consultations.views_answers import bp
from app.consultations.views_answers.common import FoundComment, FoundFile, articles, found_comment, found_file, page
from app.core.errors import NotFound
from app.lib.i18n import N_
from app.moderation.rules.reasons import REFER, REJECT
from app.web import current
from app.web.access import require
from app.web.files import saved, stored
from app.web.forms import StaffForm, done

VIEW = "consultations:comment:view"
STATE_NAMES = {SHOWN: N_("Đang hiện"), WAITING: N_("Chờ kiểm duyệt"), HIDDEN: N_("Không hiện")}
STATE_KINDS = {SHOWN: "good", WAITING: "warn", HIDDEN: "bad"}
CHOICES = {
    "nhom": {"yes": N_("Đã vào nhóm"), "suggested": N_("Trong nhóm gợi ý"), "no": N_("Chưa vào nhóm")},
    "trang-thai": STATE_NAMES,
    "cu-tru": {"yes": N_("Người dân khu dân cư"), "no": N_("Chưa rõ nơi ở")},
    "y": STANCES,
    "nguon": SOURCES,
}
LABELS = {
    "y": N_("Ý kiến"),
    "nguon": N_("Nhận bằng cách nào"),
    "nhom": N_("Nhóm"),
    "trang-thai": N_("Kiểm duyệt"),
    "cu-tru": N_("Người góp ý"),
}
REASONS = {**{key: one.label for key, one in REJECT.items()}, **{key: one.label for key, one in REFER.items()}}
LONGEST_WORDS = 100


@bp.get("/y-kien")
@require(VIEW, load=in_scope)
def inbox(consultation: Consultation) -> Any:
    """All opinions, the newest first, filtered and searched."""
    session, names = current.session(), articles(consultation)
    chosen = {name: _chosen(name) for name in CHOICES}
    article = request.args.get("dieu", "")
    anchor = "" if article == WHOLE else article
    words = request.args.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS]
    search = Search(
        anchor=anchor if article and anchor in names else None,
        source=chosen["nguon"],
        stance=chosen["y"],
        grouped=chosen["nhom"],
        state=chosen["trang-thai"],
        resident=chosen["cu-tru"],
        words=words,
    )
    found = queries.page(session, current.actor(), consultation, search, _before())
    asked = {name: value for name, value in {**chosen, "dieu": article, "q": words}.items() if value}
    return page(
        "inbox",
        consultation,
        found=found,
        names=names,
        chosen=chosen,
        article=article,
        words=words,
        asked=asked,
        whole=WHOLE,
        choices={name: {key: _(text) for key, text in values.items()} for name, values in CHOICES.items()},
        labels={name: _(text) for name, text in LABELS.items()},
        total=total(tallies(session, consultation.id)),
        first=_before() is None,
        **line_words(),
    )


@bp.get("/y-kien/<int:comment_id>")
@require(VIEW, load=found_comment)
def opinion(found: FoundComment) -> Any:
    """One opinion with everything the one who asks may see, and its group."""
    return opinion_page(found, MoveForm(), TitleForm(formdata=None))


@bp.post("/y-kien/<int:comment_id>/nhom")
@require(grouping.DECIDE, load=found_comment)
def move(found: FoundComment) -> Any:
    """Put an opinion into a group, or let it stand alone."""
    form = MoveForm()
    if form.validate_on_submit() and done(form, lambda: _move(found, form)):
        return redirect(url_for(".opinion", consultation_id=found.consultation.id, comment_id=found.comment.id), 303)
    return opinion_page(found, form, TitleForm(formdata=None)), 422


@bp.post("/y-kien/<int:comment_id>/nhom-moi")
@require(grouping.DECIDE, load=found_comment)
def start(found: FoundComment) -> Any:
    """Make a group that begins with this opinion."""
    form, session = TitleForm(), current.session()
    title = form.title.data or ""
    if form.validate_on_submit() and done(
        form, lambda: grouping.start(session, current.actor(), found.consultation, found.comment, title)
    ):
        return redirect(url_for(".opinion", consultation_id=found.consultation.id, comment_id=found.comment.id), 303)
    return opinion_page(found, MoveForm(formdata=None), form), 422


@bp.get("/y-kien/<int:comment_id>/tep/<int:comment_file_id>")
@require(VIEW, load=found_file)
def attachment(found: FoundFile) -> Response:
    """A file sent with an opinion: while it is not shown to everybody, only for those who moderate."""
    file = found.file
    if not (file.visible or current.actor().may("moderation:item:view", found.area.path)):
        raise NotFound(N_("Không tìm thấy tệp này."))
    return saved(stored(file.storage_key), file.media_type, file.filename)


def opinion_page(found: FoundComment, form: MoveForm, title_form: TitleForm) -> Any:
    """The page of one opinion with its forms."""
    session, consultation = current.session(), found.consultation
    line = queries.one(session, current.actor(), consultation, found.comment.id)
    here = [
        (group.id, group.title)
        for group in groups(session, consultation.id)
        if group.status == "accepted" and group.article_anchor == found.comment.article_anchor
    ]
    form.group.choices = [(0, _("Không vào nhóm nào")), *here]
    if not form.is_submitted():
        form.group.data = found.comment.group_id if found.comment.group_id in dict(here) else 0
    names = articles(consultation)
    return page(
        "opinion",
        consultation,
        line=line,
        names=names,
        form=form,
        title_form=title_form,
        faults=_faults(form, title_form),
        may_group=may_group(consultation),
        **line_words(),
    )


def may_group(consultation: Consultation) -> bool:
    """Whether the one who asks may group opinions now."""
    return consultation.status == "opened" and current.actor().may(grouping.DECIDE, consultation.area.path)


def line_words() -> dict[str, Any]:
    """Words that a list of opinions needs."""
    return {"state_names": STATE_NAMES, "state_kinds": STATE_KINDS, "reasons": REASONS}


def _faults(*forms: StaffForm) -> StaffForm:
    return next((form for form in forms if form.errors), forms[0])


def _move(found: FoundComment, form: MoveForm) -> None:
    session, group_id = current.session(), form.group.data or 0
    group = next((one for one in groups(session, found.consultation.id) if one.id == group_id), None)
    if group_id and group is None:
        raise NotFound(N_("Không tìm thấy nhóm này. Có thể người khác vừa gộp hoặc bỏ."))
    grouping.move(session, current.actor(), found.consultation, found.comment, group)


def _chosen(name: str) -> str:
    value = request.args.get(name, "")
    return value if value in CHOICES[name] else ""


def _before() -> int | None:
    value = request.args.get("truoc", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
