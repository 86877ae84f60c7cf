"""What the staff pages of a consultation share: the blueprint, finding things, page frames, steps and their names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation, ConsultationFile
from app.consultations.operations.editing import PREPARE, must_be_preparing
from app.consultations.queries.listing import file_of
from app.consultations.queries.loading import in_scope
from app.consultations.rules.opening import STEP_NAMES, Step
from app.consultations.rules.phases import phase
from app.core.db import database_now
from app.core.permissions import Actor
from app.polls.rules.problems import Problem
from app.web import current
from app.web.forms import VersionForm, done
from app.web.templating import say

bp = Blueprint("consultations_staff", __name__, url_prefix="/staff/gop-y")
STEP_PAGES: dict[str, str] = {
    Step.SUBJECT: "consultations_staff.subject",
    Step.DRAFT: "consultations_drafts.draft",
    Step.AUDIENCE: "consultations_staff.audience",
    Step.PLAN: "consultations_staff.plan",
    Step.TIMES: "consultations_staff.times",
    Step.MODERATION: "consultations_staff.moderation",
    Step.FILES: "consultations_staff.files",
}


@dataclass(frozen=True)
class Found:
    """A file of a consultation, at the place of the consultation."""

    consultation: Consultation
    file: ConsultationFile

    @property
    def area(self) -> Area:
        return self.consultation.area


def found_file(session: Session, actor: Actor, consultation_id: int, file_id: int) -> Found | None:
    """A file of a consultation inside the asker's scope."""
    consultation = in_scope(session, actor, consultation_id)
    file = file_of(session, consultation, file_id) if consultation else None
    return Found(consultation, file) if consultation and file else None


def page(name: str, consultation: Consultation, **values: Any) -> Any:
    """A page of a consultation, with its phase by the database's clock."""
    now = database_now(current.session())
    return render_template(
        f"consultations/staff/{name}.html",
        consultation=consultation,
        phase=phase(consultation, now),
        now=now,
        **values,
    )


def to_hub(consultation: Consultation) -> Any:
    return redirect(url_for("consultations_staff.hub", consultation_id=consultation.id), 303)


def step_page(consultation: Consultation) -> None:
    """Refuse, before anything is typed, a step of a draft that is published or given up."""
    must_be_preparing(consultation)


def step_url(consultation: Consultation, step: str) -> str:
    """The page of a step; the hub where it has none."""
    endpoint = STEP_PAGES[step]
    known = endpoint in current_app.view_functions
    return url_for(endpoint if known else "consultations_staff.hub", consultation_id=consultation.id)


def next_step(consultation: Consultation, step: str) -> Any:
    """After a step is saved: the page that follows it; the hub after the last."""
    order = list(STEP_PAGES)
    if step == order[-1]:
        return to_hub(consultation)
    return redirect(step_url(consultation, order[order.index(step) + 1]), 303)


def shown_problems(consultation: Consultation, found: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems as a page lists them: the sentence, the article, and where to mend it for those who may."""
    may = consultation.status == "preparing" and current.actor().may(PREPARE, consultation.area.path)
    return [
        {
            "text": say(problem.refusal()),
            "citation": _(problem.citation),
            "href": step_url(consultation, problem.step) if may else "",
            "step": _(STEP_NAMES[Step(problem.step)]),
        }
        for problem in found
    ]


def saved(form: VersionForm, consultation: Consultation, act: Callable[..., None], **values: Any) -> bool:
    """Carry out a step; after a refusal the form shows the newest version, so that saving again is a decision."""
    seen = form.seen
    if done(form, lambda: act(current.session(), current.actor(), consultation, seen, **values)):
        flash(_("Đã lưu."), "good")
        return True
    current.session().refresh(consultation)
    form.version.data = str(consultation.version)
    return False
