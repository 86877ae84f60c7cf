"""Groups of opinions that say the same: suggested by the service, decided by people, counted for the answer table."""

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.consultations.models import Answer, Comment, Consultation, OpinionGroup
from app.consultations.operations.tables import answer_of, begin, note
from app.consultations.rules.grouping import Cluster
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.jobs.models import Job
from app.jobs.operations import enqueue
from app.lib.i18n import N_

DECIDE = "consultations:group:decide"
JOB = "consultations.group"
LONGEST_TITLE = 200
_BATCH = 500


def job_key(consultation_id: int) -> str:
    """The name of the work of grouping a consultation's opinions, for showing its progress."""
    return f"consultations.group:{consultation_id}"


def ask(session: Session, by: Actor, consultation: Consultation) -> Job:
    """Ask for suggestions; while they are being made, asking again changes nothing."""
    begin(session, by, consultation, DECIDE)
    note(session, by, consultation, "group.suggest")
    payload = {"consultation_id": consultation.id}
    return enqueue(session, JOB, payload, unique_key=job_key(consultation.id), by=by)


def suggest(session: Session, consultation: Consultation, anchor: str, clusters: list[Cluster]) -> int:
    """Put new suggestions in the place of the old ones of an article; what people decided is never touched.

    Comments that a person put somewhere meanwhile are left there. Returns how many groups are suggested.
    """
    lock(session, consultation)
    if consultation.status != "opened":
        return 0
    _forget_suggestions(session, consultation.id, anchor)
    return sum(_suggest_one(session, consultation, anchor, cluster) for cluster in clusters)


def accept(session: Session, by: Actor, consultation: Consultation, group: OpinionGroup, title: str) -> None:
    """Let a suggested group stand, under a title, or give an accepted one another title."""
    account = begin(session, by, consultation, DECIDE)
    _still_there(session, group)
    cleaned = _title(title)
    if group.status == "suggested":
        _free(session, consultation, group.article_anchor, None)
        group.status, group.decided_by, group.decided_at = "accepted", account, clock.now()
    group.title = cleaned
    session.flush()
    note(session, by, consultation, "group.accept", group=group.id, title=group.title, opinions=_size(session, group))


def dissolve(session: Session, by: Actor, consultation: Consultation, group: OpinionGroup) -> None:
    """Let the opinions of a group stand alone again; the service does not suggest this group anew.

    Raises ``WrongMoment`` once its answer is drafted: what was written about it must not vanish by the way.
    """
    account = begin(session, by, consultation, DECIDE)
    _still_there(session, group)
    _drop_unwritten(session, consultation, group)
    _free(session, consultation, group.article_anchor, None)
    group.status, group.decided_by, group.decided_at = "dissolved", account, clock.now()
    session.flush()
    note(session, by, consultation, "group.dissolve", group=group.id, opinions=_size(session, group))


def merge(session: Session, by: Actor, consultation: Consultation, group: OpinionGroup, other: OpinionGroup) -> None:
    """Put all opinions of ``other`` into ``group``, which a person thereby accepts; ``other`` is gone."""
    account = begin(session, by, consultation, DECIDE)
    _still_there(session, group)
    _still_there(session, other)
    if group.id == other.id or group.article_anchor != other.article_anchor:
        raise Refusal(N_("Chỉ gộp hai nhóm khác nhau của cùng một điều."), field="other")
    _drop_unwritten(session, consultation, other)
    _free(session, consultation, group.article_anchor, group.id)
    _free(session, consultation, group.article_anchor, None)
    session.execute(update(Comment).where(Comment.group_id == other.id).values(group_id=group.id))
    if group.status == "suggested":
        group.status, group.decided_by, group.decided_at = "accepted", account, clock.now()
    group.title = group.title or other.title
    gone = other.id
    session.delete(other)
    session.flush()
    note(session, by, consultation, "group.merge", group=group.id, merged=gone, opinions=_size(session, group))


def move(session: Session, by: Actor, consultation: Consultation, comment: Comment, group: OpinionGroup | None) -> None:
    """Put a comment into an accepted group of its article, or out of its group (None)."""
    begin(session, by, consultation, DECIDE)
    session.refresh(comment)
    if comment.consultation_id != consultation.id:
        raise Refusal(N_("Ý kiến này không thuộc dự thảo này."))
    if group is not None:
        _may_take(session, group, comment)
    where = group.id if group else None
    _free(session, consultation, comment.article_anchor, _counted_group(session, comment))
    _free(session, consultation, comment.article_anchor, where)
    comment.group_id = where
    session.flush()
    note(session, by, consultation, "group.move", comment=comment.id, group=where)


def start(session: Session, by: Actor, consultation: Consultation, comment: Comment, title: str) -> OpinionGroup:
    """Make a group of one comment, to which a person will bring others."""
    account = begin(session, by, consultation, DECIDE)
    session.refresh(comment)
    if comment.consultation_id != consultation.id:
        raise Refusal(N_("Ý kiến này không thuộc dự thảo này."))
    cleaned = _title(title)
    _free(session, consultation, comment.article_anchor, _counted_group(session, comment))
    now = clock.now()
    group = OpinionGroup(
        consultation_id=consultation.id,
        article_anchor=comment.article_anchor,
        title=cleaned,
        why="person",
        status="accepted",
        decided_by=account,
        decided_at=now,
        created_at=now,
    )
    session.add(group)
    session.flush()
    comment.group_id = group.id
    session.flush()
    note(session, by, consultation, "group.start", group=group.id, title=group.title, comment=comment.id)
    return group


def _may_take(session: Session, group: OpinionGroup, comment: Comment) -> None:
    _still_there(session, group)
    if group.article_anchor != comment.article_anchor:
        raise Refusal(N_("Chỉ đưa ý kiến vào nhóm của cùng một điều."), field="group")
    if group.status != "accepted":
        raise WrongMoment(N_("Nhóm này chưa được duyệt. Duyệt nhóm trước rồi thêm ý kiến."))


def _title(typed: str) -> str:
    title = clean_line(typed, "title", LONGEST_TITLE)
    if not title:
        raise Refusal(N_("Đặt tên cho nhóm: các ý kiến này nói gì?"), field="title")
    return title


def _still_there(session: Session, group: OpinionGroup) -> None:
    """Refuse a group that somebody else merged or dissolved meanwhile."""
    found = session.execute(select(OpinionGroup.status).where(OpinionGroup.id == group.id)).scalar()
    if found is None or found == "dissolved":
        raise WrongMoment(N_("Người khác vừa gộp hoặc bỏ nhóm này. Mở lại trang các nhóm."))
    session.refresh(group)


def _free(session: Session, consultation: Consultation, anchor: str, group_id: int | None) -> None:
    """Refuse to change what an approved answer is about."""
    answer = answer_of(session, consultation, anchor, group_id)
    if answer is not None and answer.status == "approved":
        raise WrongMoment(N_("Câu trả lời cho những ý kiến này đã được duyệt. Gỡ duyệt trước rồi mới chia nhóm lại."))


def _drop_unwritten(session: Session, consultation: Consultation, group: OpinionGroup) -> None:
    """Remove the group's answer where nobody has written it yet, and refuse where somebody has."""
    answer = answer_of(session, consultation, group.article_anchor, group.id)
    if answer is None:
        return
    if answer.text:
        raise WrongMoment(N_("Nhóm này đã có câu trả lời đang soạn hoặc đã duyệt nên không bỏ, không gộp được."))
    session.execute(delete(Answer).where(Answer.id == answer.id))


def _counted_group(session: Session, comment: Comment) -> int | None:
    """The accepted group a comment is in."""
    accepted = select(OpinionGroup.id).where(OpinionGroup.id == comment.group_id, OpinionGroup.status == "accepted")
    return session.scalar(accepted)


def _size(session: Session, group: OpinionGroup) -> int:
    return session.scalar(select(func.count()).where(Comment.group_id == group.id)) or 0


def _forget_suggestions(session: Session, consultation_id: int, anchor: str) -> None:
    suggested = select(OpinionGroup.id).where(
        OpinionGroup.consultation_id == consultation_id,
        OpinionGroup.article_anchor == anchor,
        OpinionGroup.status == "suggested",
    )
    ids = session.scalars(suggested).all()
    for first in range(0, len(ids), _BATCH):
        some = ids[first : first + _BATCH]
        session.execute(update(Comment).where(Comment.group_id.in_(some)).values(group_id=None))
        session.execute(delete(OpinionGroup).where(OpinionGroup.id.in_(some)))


def _suggest_one(session: Session, consultation: Consultation, anchor: str, cluster: Cluster) -> bool:
    group = OpinionGroup(
        consultation_id=consultation.id,
        article_anchor=anchor,
        title="",
        why="same_text" if cluster.same_text else "similar_text",
        status="suggested",
        created_at=clock.now(),
    )
    session.add(group)
    session.flush()
    taken = 0
    for first in range(0, len(cluster.keys), _BATCH):
        free = update(Comment).where(
            Comment.id.in_(cluster.keys[first : first + _BATCH]),
            Comment.group_id.is_(None),
            Comment.visible.is_(True),
        )
        found = session.execute(free.values(group_id=group.id).execution_options(synchronize_session=False))
        taken += found.rowcount  # type: ignore[attr-defined]
    if taken > 1:
        return True
    session.execute(update(Comment).where(Comment.group_id == group.id).values(group_id=None))
    session.delete(group)
    session.flush()
    return False
