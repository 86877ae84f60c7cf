"""Preparing a poll: its subject, question, times, secrecy and the rule of its roll. All of it ends with submission."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.entries import clean_line, clean_prose, reason_given
from app.core.errors import ManyRefusals, Refusal
from app.core.permissions import Actor
from app.core.rights import must as must_at
from app.core.rows import lock
from app.lib.codes import new_code
from app.lib.i18n import N_
from app.polls.errors import UnlawfulForm
from app.polls.models import Poll
from app.polls.operations.editing import PREPARE, begin_edit, done, must, must_be_preparing
from app.polls.queries.preparation import preparation_facts
from app.polls.queries.roll import last_roll_rule
from app.polls.rules import clauses
from app.polls.rules.facts import KINDS, ONLINE_CONSENT, SEALED
from app.polls.rules.house import HOUSE_RULES
from app.polls.rules.opening import STATUTORY_OPTIONS
from app.polls.rules.times import time_problems

PUBLIC_ID = 10
TITLE, QUESTION, SUMMARY, ROLL_RULE = 200, 500, 2000, 1000
LEVELS = ("sealed", "open")
SELF_MANAGED = 6
_CONSENT_TITLE = "Hình thức biểu quyết trực tuyến"
_CONSENT_QUESTION = "Ông/Bà có đồng ý dùng hình thức biểu quyết trực tuyến cho các việc của cộng đồng dân cư không?"


def create_poll(session: Session, by: Actor, area: Area, *, kind: str, clause: int = SELF_MANAGED) -> Poll:
    """Begin to prepare a poll of a residential area.

    Raises ``Forbidden`` without the right there, ``UnlawfulForm`` at the field ``clause`` for a matter that the law
    keeps for a meeting (Law Đ17.2), and ``Refusal`` for an area that is not (or no longer) a residential one.
    """
    account = must_at(by, PREPARE, area.path)
    if kind not in KINDS:
        raise Refusal(N_("Chọn loại việc trong danh sách."), field="kind")
    if area.level != "residential" or (area.valid_to is not None and area.valid_to < clock.today()):
        raise Refusal(N_("Chỉ tổ chức tại thôn, tổ dân phố đang hoạt động."), field="area")
    must_be_online(clause)
    poll = Poll(
        public_id=new_code(PUBLIC_ID).lower(),
        area_id=area.id,
        area=area,
        kind=kind,
        clause=clause,
        scope=clauses.AREA,
        form=clauses.ONLINE,
        rule_key=clauses.clause_rule(clause).threshold,
        title=_CONSENT_TITLE if kind == ONLINE_CONSENT else "",
        question=_CONSENT_QUESTION if kind == ONLINE_CONSENT else "",
        options=_three_options(),
        roll_rule=last_roll_rule(session, area.id),
        status="preparing",
        created_by=account,
        created_at=clock.now(),
    )
    session.add(poll)
    session.flush()
    done(session, by, poll, "poll.create", kind=kind, clause=clause)
    return poll


def must_be_online(clause: int) -> None:
    """Refuse, with the sentence and the article, a matter that may not be voted on online."""
    option = clauses.form_option(clause, clauses.AREA, clauses.ONLINE, clock.today())
    if not option.available:
        raise UnlawfulForm(option.sentence, field="clause")


def set_subject(session: Session, by: Actor, poll: Poll, version: int, *, clause: int) -> None:
    """Choose the clause of Law Đ15; it decides the lawful forms and the share needed to pass."""
    must_be_online(clause)
    rule_key = clauses.clause_rule(clause, clock.today()).threshold
    _change(session, by, poll, version, "subject", clause=clause, rule_key=rule_key)


def set_question(
    session: Session, by: Actor, poll: Poll, version: int, *, title: str, question: str, summary: str
) -> None:
    """Write what is asked; the three choices of an online vote are fixed by NĐ59 Đ5.4 and cannot be changed."""
    values = {
        "title": clean_line(title, "title", TITLE),
        "question": clean_line(question, "question", QUESTION),
        "summary": clean_prose(summary, "summary", SUMMARY),
    }
    problems = [
        Refusal(sentence, field=field)
        for field, sentence in (
            ("title", N_("Ghi tên ngắn gọn của việc này.")),
            ("question", N_("Ghi câu hỏi để các hộ trả lời.")),
        )
        if not values[field]
    ]
    if problems:
        raise ManyRefusals(N_("Còn mục chưa ghi."), problems)
    _change(session, by, poll, version, "question", **values, options=_three_options())


def set_times(
    session: Session, by: Actor, poll: Poll, version: int, *, opens_at: datetime, closes_at: datetime
) -> None:
    """Choose when voting begins and ends; whatever is wrong with the times is said at once, at its field."""
    facts = preparation_facts(session, poll, opens_at=opens_at, closes_at=closes_at)
    problems = list(time_problems(facts, HOUSE_RULES))
    if problems:
        raise ManyRefusals(N_("Thời gian chưa hợp lệ."), [problem.refusal() for problem in problems])
    _change(session, by, poll, version, "times", opens_at=opens_at, closes_at=closes_at)


def set_secrecy(
    session: Session, by: Actor, poll: Poll, version: int, *, level: str, may_change: bool, small_poll_accepted: bool
) -> None:
    """Choose between open and sealed ballots. Sending again is possible only while envelopes are sealed."""
    if level not in LEVELS:
        raise Refusal(N_("Chọn phiếu kín hoặc phiếu công khai."), field="level")
    if may_change and level != SEALED:
        raise Refusal(N_("Chỉ phiếu kín mới cho gửi lại."), field="may_change")
    _change(
        session, by, poll, version, "secrecy", level=level, may_change=may_change,
        small_poll_accepted=small_poll_accepted,
    )  # fmt: skip


def set_roll_rule(session: Session, by: Actor, poll: Poll, version: int, *, roll_rule: str) -> None:
    """Write down which households count (the texts do not say it of temporary residents)."""
    rule = clean_prose(roll_rule, "roll_rule", ROLL_RULE)
    if not rule:
        raise Refusal(N_("Ghi rõ những hộ nào được tính vào danh sách."), field="roll_rule")
    _change(session, by, poll, version, "roll_rule", roll_rule=rule)


def discard(session: Session, by: Actor, poll: Poll, *, reason: str) -> None:
    """Give up a poll that was never opened; it stays in the list of the cancelled, for staff only."""
    must(by, PREPARE, poll)
    lock(session, poll, lambda: must_be_preparing(poll))
    poll.cancel_reason = reason_given(reason, HOUSE_RULES.shortest_reason)
    poll.status = "cancelled"
    poll.cancelled_at = clock.now()
    session.flush()
    done(session, by, poll, "poll.discard", reason=poll.cancel_reason)


def _change(session: Session, by: Actor, poll: Poll, version: int, what: str, **values: Any) -> None:
    begin_edit(session, by, poll, version)
    before = {name: getattr(poll, name) for name in values}
    for name, value in values.items():
        setattr(poll, name, value)
    session.flush()
    changed = {name: value for name, value in values.items() if before[name] != value}
    done(session, by, poll, f"poll.{what}", **changed)


def _three_options() -> list[dict[str, str]]:
    return [{"key": key, "label": label} for key, label in STATUTORY_OPTIONS.items()]
