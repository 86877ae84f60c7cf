"""Steps of the preparation, one thing a page: subject, question, roll, secrecy, times, team."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.polls import wording
from app.polls.forms import QuestionForm, RollForm, SecrecyForm, SubjectForm, TeamForm, TimesForm
from app.polls.models import Poll
from app.polls.operations import preparation, team
from app.polls.operations.editing import PREPARE
from app.polls.queries.listing import staff_poll
from app.polls.queries.preparation import SECRECY, team_of
from app.polls.queries.roll import count_households, present_roll
from app.polls.rules.house import HOUSE_RULES
from app.polls.rules.problems import Step
from app.polls.rules.team import SMALLEST
from app.polls.rules.times import NOTICE_DAYS
from app.polls.views_staff.common import bp, next_step, page, step_page
from app.polls.views_staff.law import clause_choices, clause_facts, clause_hints
from app.web import current
from app.web.access import require
from app.web.fields import moment_of, moment_parts
from app.web.forms import VersionForm, done

SHOWN_HOUSEHOLDS = 10


@bp.route("/<public_id>/noi-dung", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def subject(poll: Poll) -> Any:
    """The clause of Law Đ15: which forms are lawful, which share is needed, who decides."""
    step_page(poll)
    form = SubjectForm(clause=poll.clause, version=poll.version)
    form.clause.choices = clause_choices()
    if form.validate_on_submit() and _saved(form, poll, preparation.set_subject, clause=form.clause.data):
        return next_step(poll, Step.SUBJECT)
    shown = form.clause.data if isinstance(form.clause.data, int) and form.clause.data else poll.clause
    facts = clause_facts(shown, count_households(current.session(), poll.area_id))
    return page("subject", poll, form=form, facts=facts, hints=clause_hints())


@bp.route("/<public_id>/cau-hoi", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def question(poll: Poll) -> Any:
    """What is asked; the three choices stand fixed."""
    step_page(poll)
    form = QuestionForm(obj=poll)
    if form.validate_on_submit():
        typed = {"title": form.title.data, "question": form.question.data, "summary": form.summary.data or ""}
        if _saved(form, poll, preparation.set_question, **typed):
            return next_step(poll, Step.QUESTION)
    return page("question", poll, form=form)


@bp.route("/<public_id>/danh-sach-ho", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def roll(poll: Poll) -> Any:
    """Which households count, and how many they are now."""
    step_page(poll)
    session = current.session()
    form = RollForm(obj=poll)
    if form.validate_on_submit() and _saved(form, poll, preparation.set_roll_rule, roll_rule=form.roll_rule.data):
        return next_step(poll, Step.ROLL)
    households, rows = count_households(session, poll.area_id), present_roll(session, poll.area_id)
    return page(
        "roll", poll, form=form, households=households, lacking=households - len(rows), rows=rows[:SHOWN_HOUSEHOLDS]
    )


@bp.route("/<public_id>/bi-mat", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def secrecy(poll: Poll) -> Any:
    """Sealed or open ballots, and whether a household may send again."""
    step_page(poll)
    form = SecrecyForm(
        version=poll.version,
        level=poll.level,
        may_change="yes" if poll.may_change else "no",
        small_poll_accepted=poll.small_poll_accepted,
    )
    form.level.choices = [(level, _(name)) for level, name in wording.LEVEL_NAMES.items()]
    if form.validate_on_submit():
        may_change = form.may_change.data == "yes"
        accepted = bool(form.small_poll_accepted.data)
        chosen = {"level": form.level.data, "may_change": may_change, "small_poll_accepted": accepted}
        if _saved(form, poll, preparation.set_secrecy, **chosen):
            return next_step(poll, SECRECY)
    households = count_households(current.session(), poll.area_id)
    hints = {level: _(sentence) for level, sentence in wording.LEVEL_SENTENCES.items()}
    custody = _(wording.CUSTODY_SENTENCES[poll.custody])
    small = 0 < households < HOUSE_RULES.small_roll
    return page("secrecy", poll, form=form, hints=hints, custody=custody, small=small, households=households)


@bp.route("/<public_id>/thoi-gian", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def times(poll: Poll) -> Any:
    """When voting begins and ends, in Vietnamese time."""
    step_page(poll)
    form = TimesForm(
        version=poll.version, **moment_parts("opens", poll.opens_at), **moment_parts("closes", poll.closes_at)
    )
    if form.validate_on_submit():
        opens = moment_of(form.opens_at.data, form.opens_time.data)
        closes = moment_of(form.closes_at.data, form.closes_time.data)
        if _saved(form, poll, preparation.set_times, opens_at=opens, closes_at=closes):
            return next_step(poll, Step.TIMES)
    return page("times", poll, form=form, notice_days=NOTICE_DAYS, house=HOUSE_RULES)


@bp.route("/<public_id>/to-lay-y-kien", methods=["GET", "POST"], endpoint="team")
@require(PREPARE, load=staff_poll)
def team_step(poll: Poll) -> Any:
    """The team of three to five, headed by the Front (NĐ59 Đ5.2)."""
    step_page(poll)
    form = TeamForm(version=poll.version, members=[vars(one) for one in team_of(current.session(), poll)])
    for number, entry in enumerate(form.members.entries, start=1):
        entry.label.text = _("Người thứ %(n)s", n=number)
        choices = [(key, _(name)) for key, name in wording.TEAM_BODIES.items()]
        entry.form.body.choices = [("", _("Chọn")), *choices]
    if form.validate_on_submit():
        drafts = [_draft(row, entry.form) for row, entry in enumerate(form.members.entries) if not entry.form.is_empty]
        if _saved(form, poll, team.set_team, members=drafts):
            return next_step(poll, Step.TEAM)
    rows = form.members.entries
    needless = [entry for entry in rows[SMALLEST:] if entry.form.is_empty]
    return page("team", poll, form=form, rows=[entry for entry in rows if entry not in needless], needless=needless)


def _draft(row: int, form: Any) -> team.MemberDraft:
    values = {name: field.data or "" for name, field in form._fields.items() if name not in ("technical", "is_head")}
    return team.MemberDraft(row, **values, technical=bool(form.technical.data), is_head=bool(form.is_head.data))


def _saved(form: VersionForm, poll: Poll, act: Any, **values: Any) -> bool:
    """Carry out a step; after a refusal the form shows the newest version, so that saving again is a decision."""
    seen = form.seen
    if done(form, lambda: act(current.session(), current.actor(), poll, seen, **values)):
        flash(_("Đã lưu."), "good")
        return True
    current.session().refresh(poll)
    form.version.data = str(poll.version)
    return False
