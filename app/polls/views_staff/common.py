"""What the staff pages of a poll share: the blueprint, finding things, page frames, steps and their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.db import database_now
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.polls import wording
from app.polls.models import Poll, PollChange, PollDocument
from app.polls.operations.editing import PREPARE, must_be_preparing
from app.polls.queries.listing import document_of, staff_poll
from app.polls.queries.preparation import SECRECY, step_of
from app.polls.rules.phases import PHASE_NAMES, Phase, phase
from app.polls.rules.problems import STEP_NAMES, Problem, Step
from app.web import current
from app.web.templating import say

bp = Blueprint("polls_staff", __name__, url_prefix="/staff/cuoc-bieu-quyet")

STEP_PAGES: dict[str, str] = {
    Step.SUBJECT: "subject",
    Step.QUESTION: "question",
    Step.ROLL: "roll",
    SECRECY: "secrecy",
    Step.TIMES: "times",
    Step.TEAM: "team",
    Step.DOCUMENTS: "documents",
    Step.PRECONDITIONS: "conditions",
    Step.CHECK: "rehearsal",
}
NAMES: dict[str, str] = {step.value: name for step, name in STEP_NAMES.items()}
NAMES |= {SECRECY: N_("Phiếu kín hay công khai"), Step.CHECK.value: N_("Chạy thử")}
PHASE_KINDS = {
    Phase.PREPARING: "",
    Phase.SUBMITTED: "warn",
    Phase.UPCOMING: "info",
    Phase.VOTING: "good",
    Phase.ENDED: "warn",
    Phase.COUNTED: "info",
    Phase.DECIDED: "good",
    Phase.CANCELLED: "bad",
}


@dataclass(frozen=True)
class Found:
    """Something of a poll, at the place of the poll."""

    poll: Poll
    thing: Any

    @property
    def area(self) -> Area:
        return self.poll.area


def found_document(session: Session, actor: Actor, public_id: str, document_id: int) -> Found | None:
    """A document of a poll inside the asker's scope."""
    poll = staff_poll(session, actor, public_id)
    document: PollDocument | None = document_of(session, poll, document_id) if poll else None
    return Found(poll, document) if poll and document else None


def found_change(session: Session, actor: Actor, public_id: str, change_id: int) -> Found | None:
    """A request to change a poll inside the asker's scope."""
    poll = staff_poll(session, actor, public_id)
    change = session.get(PollChange, change_id) if poll else None
    return Found(poll, change) if poll and change and change.poll_id == poll.id else None


def page(name: str, poll: Poll, **values: Any) -> Any:
    """A page of a poll, with the words of its kind and its phase by the database's clock."""
    in_phase = phase(poll, database_now(current.session()))
    return render_template(
        f"polls/staff/{name}.html",
        poll=poll,
        words=wording.words(poll.kind),
        phase=in_phase,
        phase_tag={"text": PHASE_NAMES[in_phase], "kind": PHASE_KINDS[in_phase]},
        **values,
    )


def to_hub(poll: Poll) -> Any:
    return redirect(url_for("polls_staff.hub", public_id=poll.public_id), 303)


def step_page(poll: Poll) -> None:
    """Refuse, before anything is typed, a step of a poll that is no longer in preparation."""
    must_be_preparing(poll)


def next_step(poll: Poll, step: str) -> Any:
    """After a step is saved: the page that follows it; the hub after the last."""
    order = list(STEP_PAGES)
    following = STEP_PAGES[order[order.index(step) + 1]] if step in order[:-1] else "hub"
    return redirect(url_for(f"polls_staff.{following}", public_id=poll.public_id), 303)


def shown_problems(poll: Poll, found: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems as a page lists them: the sentence, the article, and where to mend it for those who may."""
    may = poll.status == "preparing" and current.actor().may(PREPARE, poll.area.path)
    return [
        {
            "text": say(problem.refusal()),
            "citation": _(problem.citation),
            "href": step_url(poll, step_of(problem)) if may else "",
            "step": _(NAMES[step_of(problem)]),
        }
        for problem in found
    ]


def step_url(poll: Poll, step: str) -> str:
    return url_for(f"polls_staff.{STEP_PAGES[step]}", public_id=poll.public_id)
