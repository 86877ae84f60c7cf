"""All opinions of a consultation as staff read them: filtered, searched, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.areas.models import Area
from app.consultations.models import Comment, CommentFile, Consultation, OpinionGroup
from app.consultations.queries.opinions import KIND
from app.core.permissions import Actor
from app.lib.text import fold
from app.moderation.models import ModerationItem

PAGE = 25
MOST_READ = 5000
"""Opinions read for one page of a search; then it is said that there may be older ones."""

_AT_ONCE = 500
SHOWN, WAITING, HIDDEN = "shown", "waiting", "hidden"
ORIGINAL = "moderation:original:view"


@dataclass(frozen=True)
class Search:
    """What is looked for; empty values ask for nothing. ``anchor`` None: all articles; "": the whole draft."""

    anchor: str | None = None
    source: str = ""
    stance: str = ""
    grouped: str = ""
    state: str = ""
    resident: str = ""
    words: str = ""
    group_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One opinion as the one who asks may read it. ``text`` is None where they may not.

    ``name`` is there for the authority when the author named themselves at all; never a telephone.
    """

    id: int
    anchor: str
    stance: str
    text: str | None
    name: str
    body: str
    source: str
    source_detail: str
    weight: int
    area: str
    received_at: datetime
    written_at: datetime | None
    state: str
    covered: bool
    reason_key: str
    group_id: int | None
    group_title: str
    group_status: str
    files: list[CommentFile] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """One page; ``older`` is where the next one begins, ``cut`` says that the search stopped before the end."""

    lines: Sequence[Line]
    older: int | None
    cut: bool = False


def page(
    session: Session, actor: Actor, consultation: Consultation, search: Search, before: int | None = None
) -> Found:
    """The newest opinions that match, older than the one ``before``; costs the same however many there are."""
    original = actor.may(ORIGINAL, consultation.area.path)
    if not search.words:
        rows = session.execute(_query(consultation, search, before).limit(PAGE + 1)).all()
        lines = [_line(row, original) for row in rows[:PAGE]]
        return Found(_with_files(session, lines), lines[-1].id if len(rows) > PAGE else None)
    return _searched(session, consultation, search, before, original)


def one(session: Session, actor: Actor, consultation: Consultation, comment_id: int) -> Line | None:
    """One opinion of the consultation."""
    row = session.execute(_query(consultation, Search(), None).where(Comment.id == comment_id)).first()
    original = actor.may(ORIGINAL, consultation.area.path)
    return _with_files(session, [_line(row, original)])[0] if row is not None else None


def _searched(
    session: Session, consultation: Consultation, search: Search, before: int | None, original: bool
) -> Found:
    """Only what the one who asks may read is searched: covered words are found by nobody who may not see them."""
    wanted, lines, read, last = fold(search.words).split(), [], 0, before
    while read < MOST_READ:
        rows = session.execute(_query(consultation, search, last).limit(_AT_ONCE)).all()
        for row in rows:
            last = row.id
            line = _line(row, original)
            if _holds(line, wanted):
                lines.append(line)
            if len(lines) == PAGE:
                return Found(_with_files(session, lines), last)
        read += len(rows)
        if len(rows) < _AT_ONCE:
            return Found(_with_files(session, lines), None)
    return Found(_with_files(session, lines), last, cut=True)


def _holds(line: Line, wanted: Iterable[str]) -> bool:
    text = fold(" ".join((line.text or "", line.name, line.body, line.source_detail)))
    return all(word in text for word in wanted)


def _query(consultation: Consultation, search: Search, before: int | None) -> Select[Any]:
    place = aliased(Area)
    columns: tuple[Any, ...] = (
        Comment.id, Comment.article_anchor, Comment.stance, Comment.text, Comment.shown_text, Comment.visible,
        Comment.naming, Comment.name, Comment.body, Comment.source, Comment.source_detail, Comment.weight,
        Comment.received_at, Comment.written_at, Comment.group_id,
    )  # fmt: skip
    others = (
        place.name.label("area"), ModerationItem.status, ModerationItem.shown_text.label("covered_text"),
        ModerationItem.reason_key, OpinionGroup.title, OpinionGroup.status.label("group_status"),
    )  # fmt: skip
    query: Select[Any] = (
        select(*columns, *others)
        .outerjoin(place, place.id == Comment.resident_of)
        .outerjoin(ModerationItem, and_(ModerationItem.kind == KIND, ModerationItem.subject_id == Comment.id))
        .outerjoin(OpinionGroup, and_(OpinionGroup.id == Comment.group_id, OpinionGroup.status != "dissolved"))
        .where(Comment.consultation_id == consultation.id, *_conditions(search))
        .order_by(Comment.id.desc())
    )
    return query.where(Comment.id < before) if before is not None else query


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search.anchor is not None:
        found.append(Comment.article_anchor == search.anchor)
    if search.source:
        found.append(Comment.source == search.source)
    if search.stance:
        found.append(Comment.stance == search.stance)
    if search.group_id is not None:
        found.append(Comment.group_id == search.group_id)
    choices: dict[str, dict[str, ColumnElement[bool]]] = {
        "grouped": {
            "yes": OpinionGroup.status == "accepted",
            "suggested": OpinionGroup.status == "suggested",
            "no": OpinionGroup.id.is_(None),
            "ungrouped": or_(OpinionGroup.id.is_(None), OpinionGroup.status == "suggested"),
        },
        "state": {
            SHOWN: Comment.visible.is_(True),
            WAITING: ModerationItem.status == "pending",
            HIDDEN: and_(Comment.visible.is_(False), ModerationItem.status != "pending"),
        },
        "resident": {"yes": Comment.resident_of.is_not(None), "no": Comment.resident_of.is_(None)},
    }
    for name, values in choices.items():
        condition = values.get(getattr(search, name))
        if condition is not None:
            found.append(condition)
    return found


def _line(row: Row[Any], original: bool) -> Line:
    state = SHOWN if row.visible else (WAITING if row.status == "pending" else HIDDEN)
    return Line(
        id=row.id,
        anchor=row.article_anchor,
        stance=row.stance,
        text=_text(row, state, original),
        name="" if row.naming == "none" else row.name,
        body=row.body,
        source=row.source,
        source_detail=row.source_detail,
        weight=row.weight,
        area=row.area or "",
        received_at=row.received_at,
        written_at=row.written_at,
        state=state,
        covered=row.covered_text is not None,
        reason_key=row.reason_key or "",
        group_id=row.group_id if row.group_status else None,
        group_title=row.title or "",
        group_status=row.group_status or "",
    )


def _text(row: Row[Any], state: str, original: bool) -> str | None:
    """What may be read: what others see; what waits for a moderator; of the rest only who may see originals."""
    if state == SHOWN:
        return row.shown_text or ""
    return row.text if state == WAITING or original else None


def _with_files(session: Session, lines: list[Line]) -> list[Line]:
    by_id = {line.id: line for line in lines}
    if by_id:
        query = select(CommentFile).where(CommentFile.comment_id.in_(by_id)).order_by(CommentFile.id)
        for file in session.scalars(query):
            by_id[file.comment_id].files.append(file)
    return lines
