"""Staff pages of the time of voting: slips, hand-over, turnout, who has not voted yet."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext as _

from app.core.db import database_now
from app.core.errors import Refusal, WrongMoment
from app.lib.filetypes import PDF
from app.lib.i18n import N_
from app.polls.documents.delivery import delivery_list_pdf
from app.polls.documents.facts import SlipFacts
from app.polls.documents.slips import slips_pdf
from app.polls.forms_voting import HandOverForm, PrintForm, ReissueForm, ReminderForm, ReprintForm
from app.polls.models import Poll, RollEntry
from app.polls.operations import handover, reminding, slips
from app.polls.queries import facts
from app.polls.queries import public as queries
from app.polls.queries.listing import staff_poll
from app.polls.queries.slips import entry_by_number, phones_of, slip_counts, slip_rows
from app.polls.rules.roll import number_key
from app.polls.views_staff.common import page
from app.web import current
from app.web.access import require
from app.web.files import saved
from app.web.forms import StaffForm, done, show_refusal

bp = Blueprint("polls_voting", __name__, url_prefix="/staff/cuoc-bieu-quyet/<public_id>/phieu-ma")


@bp.get("/")
@require("polls:slip:deliver", load=staff_poll)
def overview(poll: Poll) -> Any:
    """What became of every slip, household by household; never what anybody chose."""
    session = current.session()
    return page("slips", poll, counts=slip_counts(session, poll), rows=slip_rows(session, poll))


@bp.route("/in", methods=["GET", "POST"])
@require("polls:slip:issue", load=staff_poll)
def issue(poll: Poll) -> Any:
    """Print a slip for each household that has none."""
    form = PrintForm()
    made = _made(form, lambda: slips.issue_slips(current.session(), current.actor(), poll))
    return _slips_file(poll, made, form) if made else page("print", poll, form=form)


@bp.route("/in-lai", methods=["GET", "POST"])
@require("polls:slip:issue", load=staff_poll)
def reprint(poll: Poll) -> Any:
    """Replace every slip not handed over."""
    form = ReprintForm()
    reason = form.reason.data or ""
    made = _made(form, lambda: slips.reissue_unactivated(current.session(), current.actor(), poll, reason))
    return _slips_file(poll, made, form) if made else page("reprint", poll, form=form)


@bp.route("/cap-lai", methods=["GET", "POST"])
@require("polls:slip:issue", load=staff_poll)
def reissue(poll: Poll) -> Any:
    """Replace the slip of one household."""
    form = ReissueForm()
    made = _made(form, lambda: [_reissued(poll, form)])
    return _slips_file(poll, made, None) if made else page("reissue", poll, form=form)


@bp.route("/giao", methods=["GET", "POST"])
@require("polls:slip:deliver", load=staff_poll)
def hand_over(poll: Poll) -> Any:
    """Record that slips were handed over: only then may they vote."""
    form = HandOverForm()
    done_now: list[handover.Activation] = []
    if form.validate_on_submit() and done(form, lambda: done_now.append(_activated(poll, form))):
        _say_handed_over(done_now[0])
        return redirect(url_for("polls_voting.hand_over", public_id=poll.public_id), 303)
    return page("hand_over", poll, form=form, counts=slip_counts(current.session(), poll))


@bp.get("/danh-sach-giao.pdf")
@require("polls:slip:deliver", load=staff_poll)
def delivery_list(poll: Poll) -> Response:
    """The delivery list with a signature column; it holds no code."""
    _must_be_opened(poll)
    rows = slip_rows(current.session(), poll)
    listed = [_facts(row.entry, "", "", row.slip.activated_at) for row in rows if row.slip is not None]
    if not listed:
        raise WrongMoment(N_("Chưa in phiếu nên chưa có danh sách giao."))
    return saved(delivery_list_pdf(_vote(poll), listed), PDF.media_type, f"{poll.public_id}-danh-sach-giao.pdf")


@bp.get("/tham-gia")
@require("polls:poll:view", load=staff_poll)
def turnout(poll: Poll) -> Any:
    """How many have taken part; by lane for the team and those who see who took part."""
    _must_be_opened(poll)
    session, actor = current.session(), current.actor()
    may_see_absent = actor.may("polls:absent:view", poll.area.path)
    # A lane of one or two households says who took part: only for those who may know that of each.
    may_see_lanes = may_see_absent or actor.may("polls:participants:view", poll.area.path)
    return page(
        "turnout",
        poll,
        voted=queries.turnout(session, poll),
        clusters=queries.turnout_by_cluster(session, poll) if may_see_lanes else [],
        may_see_absent=may_see_absent,
        now=database_now(session),
    )


@bp.get("/man-hinh")
@require("polls:poll:view", load=staff_poll)
def wall(poll: Poll) -> Any:
    """One number for the wall of the community house."""
    _must_be_opened(poll)
    session = current.session()
    return page("wall", poll, voted=queries.turnout(session, poll), now=database_now(session))


@bp.route("/chua-tham-gia", methods=["GET", "POST"])
@require("polls:absent:view", load=staff_poll)
def absent(poll: Poll) -> Any:
    """Households that have not voted yet, for the team alone, with a tick for those reminded."""
    _must_be_opened(poll)
    waiting = [row.entry for row in slip_rows(current.session(), poll) if not row.voted]
    form = ReminderForm()
    form.entries.choices = [(entry.id, _line(entry)) for entry in waiting if entry.reminded_at is None]
    if form.validate_on_submit():
        chosen = form.entries.data
        if done(form, lambda: reminding.mark_reminded(current.session(), current.actor(), poll, chosen)):
            flash(_("Đã ghi nhận."), "good")
            return redirect(url_for("polls_voting.absent", public_id=poll.public_id), 303)
    reminded = [entry for entry in waiting if entry.reminded_at is not None]
    return page("absent", poll, form=form, waiting=waiting, reminded=reminded)


@bp.route("/goi-lai", methods=["GET", "POST"])
@require("polls:participants:view", load=staff_poll)
def call_back(poll: Poll) -> Any:
    """The households to telephone after the vote; drawn once, the same for everybody."""
    form, session = StaffForm(), current.session()
    sample: list[RollEntry] = []
    drawn = form.validate_on_submit() and done(
        form, lambda: sample.extend(handover.call_back_sample(session, current.actor(), poll))
    )
    return page("call_back", poll, form=form, drawn=drawn, sample=sample, phones=phones_of(session, sample))


def _made(form: StaffForm, act: Callable[[], list[slips.IssuedSlip]]) -> list[slips.IssuedSlip]:
    """The slips made by a form that was sent and is sound; none otherwise, the reason standing in the form."""
    if not form.validate_on_submit():
        return []
    try:
        with current.session().begin_nested():
            return act()
    except Refusal as refusal:
        show_refusal(form, refusal)
        return []


def _reissued(poll: Poll, form: ReissueForm) -> slips.IssuedSlip:
    session = current.session()
    entry = entry_by_number(session, poll, number_key(form.number.data))
    if entry is None:
        raise Refusal(N_("Không có hộ mang số này trong danh sách đã chốt."), field="number")
    return slips.reissue_slip(session, current.actor(), poll, entry, form.reason.data)


def _activated(poll: Poll, form: HandOverForm) -> handover.Activation:
    session, actor = current.session(), current.actor()
    if form.way.data == "all":
        return handover.activate_all(session, actor, poll, form.exceptions.data or "")
    if form.way.data == "scan":
        return handover.activate_scanned(session, actor, poll, form.scanned.data or "")
    return handover.activate_numbers(session, actor, poll, form.numbers.data or "")


def _say_handed_over(found: handover.Activation) -> None:
    if found.numbers:
        flash(_("Đã ghi nhận giao %(n)s phiếu.", n=len(found.numbers)), "good")
    if found.already:
        flash(_("%(n)s phiếu đã được ghi nhận giao từ trước.", n=found.already), "info")


def _slips_file(poll: Poll, made: Sequence[slips.IssuedSlip], form: PrintForm | None) -> Response:
    """The printed slips; their secrets exist in this answer and nowhere else."""
    base_url = current.services().settings.base_url.rstrip("/")
    listed = [_facts(slip.entry, f"{base_url}{slip.path}", slip.printed_code, None) for slip in made]
    per_page: Literal[8, 10] = 10 if form is not None and form.per_page.data == "10" else 8
    in_envelope = form is None or form.envelope.data != "0"
    data = slips_pdf(_vote(poll), listed, per_page, in_envelope=in_envelope)
    return saved(data, PDF.media_type, f"{poll.public_id}-phieu-ma.pdf")


def _facts(entry: RollEntry, url: str, code: str, delivered_at: Any) -> SlipFacts:
    return SlipFacts(
        position=entry.position,
        household_number=entry.number,
        representative=entry.representative,
        address=entry.address,
        url=url,
        code=code,
        salt=entry.slot_salt,
        cluster=entry.cluster,
        delivered_at=delivered_at,
    )


def _line(entry: RollEntry) -> str:
    return f"{_('Hộ số %(n)s', n=entry.number)} – {entry.representative}, {entry.address}"


def _vote(poll: Poll) -> Any:
    return facts.vote_facts(poll, current.services().settings.base_url)


def _must_be_opened(poll: Poll) -> None:
    if poll.opened_at is None:
        raise WrongMoment(N_("Việc này chỉ có sau khi cuộc này được mở."))
