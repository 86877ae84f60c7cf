"""Opinions by article, stance and group: what the inbox, the answer table and its exports count."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.consultations.models import Comment, Consultation, DraftVersion, OpinionGroup, Piece
from app.consultations.rules.pieces import title
from app.moderation.models import ModerationItem

KIND = "comment"
EXCERPT = 160
"""Characters of a text that stand for it in a list."""


@dataclass(frozen=True, slots=True)
class ArticleName:
    """An article as people name it, and where it stands in the newest text that has it."""

    title: str
    position: tuple[int, int]


@dataclass(slots=True)
class Number:
    """``entries``: opinions as they came; ``people``: who stands behind them (a meeting counts its people)."""

    entries: int = 0
    people: int = 0

    def add(self, entries: int, people: int) -> None:
        self.entries += entries
        self.people += people


@dataclass(slots=True)
class Tally:
    """Opinions that may be shown, by stance, and how many were hidden."""

    total: Number = field(default_factory=Number)
    stances: dict[str, Number] = field(
        default_factory=lambda: {name: Number() for name in ("agree", "change", "other")}
    )
    hidden: int = 0

    def add(self, stance: str, entries: int, people: int) -> None:
        self.stances[stance].add(entries, people)
        self.total.add(entries, people)


def article_names(session: Session, consultation_id: int) -> dict[str, ArticleName]:
    """Names of all articles ever put before the people, by anchor, in the order of the newest version.

    An article that a correction removed keeps its name and comes last: comments stay with what they were made on.
    """
    query = (
        select(DraftVersion.number, Piece.anchor, Piece.level, Piece.number, Piece.heading, Piece.position)
        .join(Piece, Piece.version_id == DraftVersion.id)
        .where(DraftVersion.consultation_id == consultation_id, DraftVersion.purpose == "draft")
        .where(Piece.anchor == Piece.article_anchor, DraftVersion.published_at.is_not(None))
        .order_by(DraftVersion.number)
    )
    found: dict[str, ArticleName] = {}
    for version, anchor, level, number, heading, position in session.execute(query):
        found[anchor] = ArticleName(title(level, number, heading), (-version, position))
    return dict(sorted(found.items(), key=lambda item: item[1].position))


def tallies(session: Session, consultation_id: int) -> dict[str, Tally]:
    """Counts of every article that somebody commented on, by anchor ("" is the whole draft)."""
    query = (
        select(Comment.article_anchor, Comment.stance, Comment.visible, func.count(), func.sum(Comment.weight))
        .where(Comment.consultation_id == consultation_id)
        .group_by(Comment.article_anchor, Comment.stance, Comment.visible)
    )
    found: dict[str, Tally] = defaultdict(Tally)
    for anchor, stance, visible, entries, people in session.execute(query):
        if visible:
            found[anchor].add(stance, entries, int(people))
        else:
            found[anchor].hidden += entries
    return dict(found)


def total(found: dict[str, Tally]) -> Tally:
    """All articles together."""
    whole = Tally()
    for tally in found.values():
        whole.hidden += tally.hidden
        for stance, number in tally.stances.items():
            whole.add(stance, number.entries, number.people)
    return whole


def grouped() -> ColumnElement[int | None]:
    """The group that counts for a comment: one that a person accepted. Wants ``Comment`` outer-joined with it."""
    return case((OpinionGroup.status == "accepted", OpinionGroup.id), else_=None)


def says_more() -> ColumnElement[bool]:
    """Whether a visible comment says more than that somebody agrees, and so has to be answered."""
    return or_(Comment.stance != "agree", Comment.shown_text != "")


def group_tallies(session: Session, consultation_id: int) -> dict[int, Tally]:
    """Counts of every group, suggested ones too, by its id; a group nobody is left in is missing."""
    query = (
        select(Comment.group_id, Comment.stance, Comment.visible, func.count(), func.sum(Comment.weight))
        .where(Comment.consultation_id == consultation_id, Comment.group_id.is_not(None))
        .group_by(Comment.group_id, Comment.stance, Comment.visible)
    )
    found: dict[int, Tally] = defaultdict(Tally)
    for group_id, stance, visible, entries, people in session.execute(query):
        if group_id is None:
            continue
        if visible:
            found[group_id].add(stance, entries, int(people))
        else:
            found[group_id].hidden += entries
    return dict(found)


def excerpts(session: Session, group_ids: Sequence[int]) -> dict[int, str]:
    """The beginning of one text of each group, as it may be shown now: a group keeps no copy of what people wrote."""
    first = (
        select(func.min(Comment.id))
        .where(Comment.group_id.in_(group_ids), Comment.visible.is_(True))
        .group_by(Comment.group_id)
    )
    query = select(Comment.group_id, Comment.shown_text).where(Comment.id.in_(first))
    return {group: _excerpt(text or "") for group, text in session.execute(query) if group is not None}


def groups(session: Session, consultation_id: int) -> Sequence[OpinionGroup]:
    """Groups that are suggested or accepted."""
    query = select(OpinionGroup).where(
        OpinionGroup.consultation_id == consultation_id, OpinionGroup.status.in_(("suggested", "accepted"))
    )
    return session.scalars(query.order_by(OpinionGroup.id)).all()


def group_of(session: Session, consultation: Consultation, group_id: int) -> OpinionGroup | None:
    """A group of the consultation that was not dissolved."""
    group = session.get(OpinionGroup, group_id)
    if group is None or group.consultation_id != consultation.id or group.status == "dissolved":
        return None
    return group


def waiting_for_moderators(session: Session, consultation_id: int) -> int:
    """How many comments no moderator has decided about."""
    query = (
        select(func.count())
        .select_from(Comment)
        .join(ModerationItem, and_(ModerationItem.kind == KIND, ModerationItem.subject_id == Comment.id))
        .where(Comment.consultation_id == consultation_id, ModerationItem.status == "pending")
    )
    return session.scalar(query) or 0


def hidden_reasons(session: Session, consultation_id: int) -> dict[str, int]:
    """Why comments were hidden, and how many for each reason; nothing of what they said."""
    query = (
        select(ModerationItem.reason_key, func.count())
        .select_from(Comment)
        .join(ModerationItem, and_(ModerationItem.kind == KIND, ModerationItem.subject_id == Comment.id))
        .where(Comment.consultation_id == consultation_id, Comment.visible.is_(False))
        .where(ModerationItem.status.in_(("rejected", "referred")))
        .group_by(ModerationItem.reason_key)
        .order_by(func.count().desc())
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + " …"
