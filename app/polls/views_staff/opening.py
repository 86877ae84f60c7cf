"""From preparation to an opened poll: check, rehearse, submit, send back, confirm; or give it up."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.core.errors import WrongMoment
from app.core.permissions import Body
from app.identity.models import Account
from app.lib.i18n import N_
from app.polls import wording
from app.polls.models import Poll
from app.polls.operations import opening, preparation
from app.polls.operations import rehearsal as rehearsing
from app.polls.operations.editing import PREPARE
from app.polls.queries import preparation as queries
from app.polls.queries.listing import staff_poll
from app.polls.queries.roll import count_households
from app.polls.rules.phases import Phase
from app.polls.rules.plain import MOST_SUMMARY_WORDS, MOST_WORDS, long_sentences, words_in
from app.polls.views_staff.common import bp, page, shown_problems, step_page, to_hub
from app.polls.views_staff.conditions import condition_rows
from app.polls.views_staff.law import clause_facts
from app.web import current
from app.web.access import require
from app.web.forms import ReasonForm, StaffForm, VersionForm, done


@bp.get("/<public_id>/kiem-tra")
@require("polls:poll:view", load=staff_poll)
def check(poll: Poll) -> Any:
    """Everything about the poll on one page, with what is still in the way."""
    return _check(poll, VersionForm(version=poll.version))


@bp.route("/<public_id>/trinh", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def submit(poll: Poll) -> Any:
    """Hand the prepared poll to the Front; the button stands on the page that shows everything."""
    if request.method == "GET":
        return redirect(url_for("polls_staff.check", public_id=poll.public_id))
    form = VersionForm()
    seen = form.seen
    if form.validate_on_submit() and done(form, lambda: opening.submit(current.session(), current.actor(), poll, seen)):
        flash(_("Đã trình. Chờ Mặt trận duyệt mở."), "good")
        return to_hub(poll)
    current.session().refresh(poll)
    form.version.data = str(poll.version)
    return _check(poll, form)


@bp.route("/<public_id>/duyet", methods=["GET", "POST"])
@require(opening.CONFIRM, load=staff_poll)
def confirm(poll: Poll) -> Any:
    """The Front reads everything once more and opens the poll, or sends it back."""
    form = StaffForm()
    if form.validate_on_submit():
        keys = current.services().ballot_keys
        if done(form, lambda: opening.confirm(current.session(), current.actor(), poll, keys)):
            flash(_("Đã duyệt. Danh sách hộ và nội dung từ nay được giữ cố định."), "good")
            return to_hub(poll)
    if poll.status != "submitted":
        raise WrongMoment(N_("Nội dung này không ở giai đoạn chờ duyệt."))
    return page("confirm", poll, form=form, **_everything(poll))


@bp.route("/<public_id>/tra-lai", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def send_back(poll: Poll) -> Any:
    """Return a submitted poll to preparation, with a reason."""

    def act(reason: str) -> None:
        opening.return_to_preparation(current.session(), current.actor(), poll, reason=reason)

    return _with_reason("send_back", poll, act, _("Đã trả lại để chuẩn bị."))


@bp.route("/<public_id>/bo", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def discard(poll: Poll) -> Any:
    """Give up a poll that was never opened."""
    step_page(poll)

    def act(reason: str) -> None:
        preparation.discard(current.session(), current.actor(), poll, reason=reason)

    return _with_reason("discard", poll, act, _("Đã bỏ. Nội dung này vẫn còn trong danh sách đã hủy."))


@bp.route("/<public_id>/chay-thu", methods=["GET", "POST"])
@require(rehearsing.REHEARSE, load=staff_poll)
def rehearsal(poll: Poll) -> Any:
    """Run the whole vote on invented ballots, which are then wiped."""
    form = StaffForm()
    session = current.session()
    if form.validate_on_submit():
        keys = current.services().ballot_keys
        if done(form, lambda: rehearsing.rehearse(session, current.actor(), poll, keys)):
            return redirect(url_for("polls_staff.rehearsal", public_id=poll.public_id), 303)
    last = queries.last_rehearsal(session, poll)
    account = session.get(Account, last.run_by) if last else None
    stands = last is not None and last.detail.get("settings") == queries.rehearsed_settings(poll)
    return page(
        "rehearsal",
        poll,
        form=form,
        last=last,
        stands=stands,
        run_by=account.full_name if account else "",
        most=rehearsing.MOST_BALLOTS,
        households=count_households(session, poll.area_id),
        before_voting=(Phase.PREPARING, Phase.SUBMITTED, Phase.UPCOMING),
    )


def _check(poll: Poll, form: VersionForm) -> Any:
    actor = current.actor()
    found = queries.problems(current.session(), poll) if poll.status in ("preparing", "submitted") else []
    may_edit = poll.status == "preparing" and actor.may(PREPARE, poll.area.path)
    head = Body.COMMUNITY in actor.bodies(PREPARE, poll.area.path)
    return page(
        "check",
        poll,
        form=form,
        problems=shown_problems(poll, found),
        may_edit=may_edit,
        may_submit=may_edit and head,
        hard=_hard_to_read(poll),
        **_everything(poll),
    )


def _everything(poll: Poll) -> dict[str, Any]:
    """What a person must have before their eyes to decide on a poll."""
    session = current.session()
    households = poll.roll_size or count_households(session, poll.area_id)
    submitter = session.get(Account, poll.submitted_by) if poll.submitted_by else None
    rehearsed = queries.last_rehearsal(session, poll)
    return {
        "facts": clause_facts(poll.clause, households),
        "households": households,
        "team": sorted(queries.team_of(session, poll), key=lambda member: not member.is_head),
        "bodies": wording.TEAM_BODIES,
        "files": queries.documents_of(session, poll, queries.READING, queries.AUDIO),
        "conditions": condition_rows(poll),
        "rehearsed": rehearsed,
        "kind_name": wording.KIND_NAMES[poll.kind],
        "level": wording.LEVEL_NAMES[poll.level],
        "level_sentence": wording.LEVEL_SENTENCES[poll.level],
        "custody": wording.CUSTODY_SENTENCES[poll.custody] if poll.level == "sealed" else "",
        "change_sentence": wording.CHANGE_SENTENCES[poll.may_change],
        "submitted_by": submitter.full_name if submitter else "",
    }


def _hard_to_read(poll: Poll) -> Sequence[str]:
    """What residents will find hard to read; advice, never a reason to refuse."""
    said = [
        _("Câu này dài hơn %(n)s chữ, khó nghe khi đọc loa: “%(sentence)s”", n=MOST_WORDS, sentence=sentence[:120])
        for sentence in long_sentences(f"{poll.question}\n{poll.summary}")
    ]
    if words_in(poll.summary) > MOST_SUMMARY_WORDS:
        said.append(_("Phần tóm tắt dài hơn %(n)s chữ.", n=MOST_SUMMARY_WORDS))
    return said


def _with_reason(name: str, poll: Poll, act: Callable[[str], None], message: str) -> Any:
    form = ReasonForm()
    if form.validate_on_submit():
        reason = form.reason.data
        if done(form, lambda: act(reason)):
            flash(message, "good")
            return to_hub(poll)
    return page(name, poll, form=form)
