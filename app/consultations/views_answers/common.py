"""What these pages share: things found inside somebody's scope, the frame of a page, names of articles."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, CommentFile, Consultation, OpinionGroup
from app.consultations.queries.answers import WHOLE_DRAFT, TableRow, row_of
from app.consultations.queries.loading import in_scope
from app.consultations.queries.opinions import article_names, group_of
from app.consultations.rules import answering, saying
from app.consultations.rules.phases import PHASE_KINDS, PHASE_NAMES, phase
from app.core.db import database_now
from app.core.permissions import Actor
from app.web import current


@dataclass(frozen=True)
class Found:
    """Something of a consultation, at the place of the consultation."""

    consultation: Consultation

    @property
    def area(self) -> Area:
        return self.consultation.area


@dataclass(frozen=True)
class FoundComment(Found):
    comment: Comment


@dataclass(frozen=True)
class FoundFile(Found):
    file: CommentFile


@dataclass(frozen=True)
class FoundGroup(Found):
    group: OpinionGroup


@dataclass(frozen=True)
class FoundRow(Found):
    row: TableRow


def found_comment(session: Session, actor: Actor, consultation_id: int, comment_id: int) -> FoundComment | None:
    """A comment of a consultation inside the asker's scope."""
    consultation = in_scope(session, actor, consultation_id)
    comment = session.get(Comment, comment_id) if consultation else None
    if consultation is None or comment is None or comment.consultation_id != consultation.id:
        return None
    return FoundComment(consultation, comment)


def found_file(
    session: Session, actor: Actor, consultation_id: int, comment_id: int, comment_file_id: int
) -> FoundFile | None:
    """A file of a comment of a consultation inside the asker's scope."""
    found = found_comment(session, actor, consultation_id, comment_id)
    files = found.comment.files if found else []
    file = next((one for one in files if one.id == comment_file_id), None)
    return FoundFile(found.consultation, file) if found and file else None


def found_group(session: Session, actor: Actor, consultation_id: int, group_id: int) -> FoundGroup | None:
    """A group of a consultation inside the asker's scope."""
    consultation = in_scope(session, actor, consultation_id)
    group = group_of(session, consultation, group_id) if consultation else None
    return FoundGroup(consultation, group) if consultation and group else None


def found_row(session: Session, actor: Actor, consultation_id: int, section: str) -> FoundRow | None:
    """A row of the answer table of a consultation inside the asker's scope."""
    consultation = in_scope(session, actor, consultation_id)
    row = row_of(session, consultation, section) if consultation else None
    return FoundRow(consultation, row) if consultation and row else None


def page(name: str, consultation: Consultation, **values: Any) -> Any:
    """A page about a consultation, with its phase by the database's clock and the words it needs."""
    in_phase = phase(consultation, database_now(current.session()))
    return render_template(
        f"consultations/answers/{name}.html",
        consultation=consultation,
        phase=in_phase,
        phase_tag={"text": PHASE_NAMES[in_phase], "kind": PHASE_KINDS[in_phase]},
        stances=saying.STANCES,
        sources=saying.SOURCES,
        outcomes=answering.OUTCOME_NAMES,
        outcome_kinds=answering.OUTCOME_KINDS,
        **values,
    )


def articles(consultation: Consultation) -> dict[str, str]:
    """Names of articles by anchor, the whole draft first, in the reader's language."""
    names = article_names(current.session(), consultation.id)
    return {"": _(WHOLE_DRAFT)} | {anchor: name.title for anchor, name in names.items()}
