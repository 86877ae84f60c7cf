"""Writing a posting, putting it up, prolonging it, taking it down."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.areas.queries import communal_for, in_scope
from app.core import clock
from app.core.errors import Forbidden, Refusal
from app.core.uploads import Upload
from app.lib.i18n import N_
from app.publication.forms import FOR_GOOD, FileForm, NewPostingForm, PeriodForm, PostingForm, WithdrawForm
from app.publication.models import Posting
from app.publication.operations import drafts
from app.publication.operations import posting as operations
from app.publication.operations.common import EDIT, must_be_draft, must_be_posted
from app.publication.queries.staff import Found, Reached, file_reached, reached
from app.publication.rules.periods import shortest_until
from app.publication.views_staff.common import bp, head_choices, head_hint, page, to_posting
from app.web import current
from app.web.access import require
from app.web.files import forget_later, upload_of
from app.web.forms import done, show_refusal

ACCEPTED = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.webp"


@bp.route("/moi", methods=["GET", "POST"])
@require(EDIT)
def new() -> Any:
    """Begin something to be made public."""
    session, actor = current.session(), current.actor()
    places = communal_for(session, actor, EDIT, day=clock.today())
    if not places:
        raise Forbidden(N_("Ông/Bà không phụ trách xã, phường nào nên không đăng được."))
    form = NewPostingForm()
    form.area.choices = [(place.code, place.full_label) for place in places]
    form.head.choices = head_choices()
    if form.validate_on_submit():
        made = _created(form)
        if made is not None:
            return to_posting(made)
    return page("edit", form=form, posting=None, head_hint=head_hint()), 422 if form.errors else 200


@bp.route("/<int:posting_id>/sua", methods=["GET", "POST"])
@require(EDIT, load=reached)
def edit(found: Reached) -> Any:
    """Change a draft."""
    one = found.posting
    must_be_draft(one)
    form = PostingForm(obj=one)
    form.head.choices = head_choices()
    if form.validate_on_submit() and done(
        form, lambda: drafts.edit(current.session(), current.actor(), one, **_entries(form))
    ):
        flash(_("Đã lưu."), "good")
        return to_posting(one)
    return page("edit", form=form, posting=one, head_hint=head_hint()), 422 if form.errors else 200


@bp.route("/<int:posting_id>/tep", methods=["GET", "POST"])
@require(EDIT, load=reached)
def files(found: Reached) -> Any:
    """Add files to a draft."""
    one = found.posting
    must_be_draft(one)
    form = FileForm()
    if form.validate_on_submit() and done(form, lambda: _attach(one, form)):
        flash(_("Đã thêm tệp."), "good")
        return redirect(url_for("publication_staff.files", posting_id=one.id), 303)
    return page("files", form=form, posting=one, accepted=ACCEPTED), 422 if form.errors else 200


@bp.post("/<int:posting_id>/tep/<int:posting_file_id>/xoa")
@require(EDIT, load=file_reached)
def remove_file(found: Found) -> Any:
    """Remove a file from a draft."""
    thing: Any = found.thing
    forget_later(drafts.detach(current.session(), current.actor(), found.posting, thing))
    flash(_("Đã xóa tệp."), "good")
    return redirect(url_for("publication_staff.files", posting_id=found.posting.id), 303)


@bp.post("/<int:posting_id>/bo")
@require(EDIT, load=reached)
def discard(found: Reached) -> Any:
    """Throw a draft away."""
    forget_later(*drafts.discard(current.session(), current.actor(), found.posting))
    flash(_("Đã bỏ nội dung đang soạn."), "good")
    return redirect(url_for("publication_staff.index"), 303)


@bp.route("/<int:posting_id>/dang", methods=["GET", "POST"])
@require(EDIT, load=reached)
def post(found: Reached) -> Any:
    """Put a draft up, until a day or for good."""
    one, today = found.posting, clock.today()
    must_be_draft(one)
    form = PeriodForm(until=shortest_until(today))
    if form.validate_on_submit() and done(form, lambda: _post(one, form)):
        flash(_("Đã đăng công khai."), "good")
        return to_posting(one)
    return page("post", form=form, posting=one, shortest=shortest_until(today)), 422 if form.errors else 200


@bp.route("/<int:posting_id>/gia-han", methods=["GET", "POST"])
@require(EDIT, load=reached)
def extend(found: Reached) -> Any:
    """Let it hang longer."""
    one = found.posting
    must_be_posted(one)
    form = PeriodForm()
    if form.validate_on_submit() and done(form, lambda: _extend(one, form)):
        flash(_("Đã gia hạn niêm yết."), "good")
        return to_posting(one)
    return page("extend", form=form, posting=one), 422 if form.errors else 200


@bp.route("/<int:posting_id>/rut", methods=["GET", "POST"])
@require(EDIT, load=reached)
def withdraw(found: Reached) -> Any:
    """Take it down, with the reason that everybody will read."""
    one = found.posting
    must_be_posted(one)
    form = WithdrawForm()
    if form.validate_on_submit() and done(
        form,
        lambda: operations.withdraw(current.session(), current.actor(), one, reason=form.reason.data or ""),
    ):
        flash(_("Đã rút nội dung này."), "good")
        return to_posting(one)
    return page("withdraw", form=form, posting=one), 422 if form.errors else 200


def _entries(form: PostingForm) -> dict[str, Any]:
    return {
        "head": form.head.data,
        "title": form.title.data or "",
        "number": form.number.data or "",
        "signed_on": form.signed_on.data,
        "text": form.text.data or "",
    }


def _created(form: NewPostingForm) -> Posting | None:
    """The draft begun, or None with the reasons standing in the form."""
    session, actor = current.session(), current.actor()
    try:
        with session.begin_nested():
            area = in_scope(session, actor, form.area.data)
            if area is None:
                raise Refusal(N_("Chọn địa bàn trong danh sách."), field="area")
            return drafts.create(session, actor, area, **_entries(form))
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None


def _attach(one: Posting, form: FileForm) -> None:
    upload = upload_of(form.file) or Upload("", b"")
    storage = current.services().storage
    drafts.attach(current.session(), current.actor(), one, storage, title=form.title.data or "", upload=upload)


def _post(one: Posting, form: PeriodForm) -> None:
    good = form.lasting.data == FOR_GOOD
    operations.post(current.session(), current.actor(), one, permanent=good, until=None if good else form.until.data)


def _extend(one: Posting, form: PeriodForm) -> None:
    good = form.lasting.data == FOR_GOOD
    if not good and form.until.data is None:
        raise Refusal(N_("Ghi ngày hết hạn niêm yết, hoặc chọn niêm yết thường xuyên."), field="until")
    operations.extend(current.session(), current.actor(), one, until=None if good else form.until.data)
