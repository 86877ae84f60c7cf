"""What is done with signs: looking for them in the background, holding ratings back, and deciding by people outside.

Nothing is ever deleted. A sign over ratings holds them out of the headline until somebody decides; the other figure
counts them all the time. A sign over days holds nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import database_now
from app.feedback.models import Rating, RatingFlag, RuleRun, ServiceCenter
from app.feedback.operations.sums import ask
from app.feedback.queries import signs
from app.feedback.rules.signs.records import Finding
from app.feedback.rules.standing import standing_of
from app.jobs.operations import enqueue

REVIEW = "feedback.review"
REVIEW_ALL = "feedback.review_all"
# A rating sent at the moment of a look may have been committed after it: the next look begins a little earlier.
MARGIN = timedelta(minutes=10)
PAUSE = timedelta(minutes=2)
EVENING = time(20)
AT_ONCE = 400


def see_to_it(session: Session, center_id: int) -> None:
    """Let the rules look at what came to the centre lately, unless that is about to happen already."""
    key = f"{REVIEW}:{center_id}"
    enqueue(session, REVIEW, {"center_id": center_id}, unique_key=key, run_at=database_now(session) + PAUSE)


def next_evening(at: datetime) -> datetime:
    """The next evening after the moment: before the marks of the day's networks are emptied."""
    evening = datetime.combine(clock.local(at).date(), EVENING, clock.VIETNAM)
    return evening if evening > at else evening + timedelta(days=1)


def hold_center(session: Session, center_id: int) -> None:
    """Let looks and decisions about one centre come one after another; people who rate do not wait."""
    session.execute(select(ServiceCenter.id).where(ServiceCenter.id == center_id).with_for_update(key_share=True))


def keep(session: Session, center: ServiceCenter, findings: Iterable[Finding], first: date | None) -> int:
    """Keep what the rules found and was not known, and hold the ratings it names; how many lines that made.

    ``first`` is the first day the rules looked at. What was decided is not opened again: a sign that has grown since
    then becomes a new one over the ratings that came later. One that is undecided grows.
    """
    hold_center(session, center.id)
    known = _Known(session, center.id, first)
    rows: list[dict[str, Any]] = []
    now = database_now(session)
    for finding in findings:
        cluster, new = known.place(center.id, finding)
        plain = {
            "center_id": center.id, "path": center.path, "rule": finding.rule, "day": finding.day, "why": finding.why,
            "point_id": finding.point, "cluster": cluster, "flagged_at": now, "reason": "",
        }  # fmt: skip
        rows += [plain | {"rating_id": rating} for rating in new]
        if len(new) < len(finding.ratings) and new:
            _tell_anew(session, cluster, finding, known)
    for some in _parts(rows):
        session.execute(insert(RatingFlag), some)
    restand(session, center.id, [row["rating_id"] for row in rows if row["rating_id"]])
    return len(rows)


class _Known:
    """The signs that are kept already: which rating stands in which cluster of a rule, and which of those are open."""

    def __init__(self, session: Session, center_id: int, first: date | None) -> None:
        query = select(RatingFlag.rating_id, RatingFlag.rule, RatingFlag.cluster, RatingFlag.decided_at)
        query = query.where(RatingFlag.center_id == center_id)
        if first is not None:
            query = query.where(RatingFlag.day >= first)
        self.ratings: dict[tuple[str, int], str] = {}
        self.members: dict[str, set[int]] = defaultdict(set)
        self.open: set[str] = set()
        for rating, rule, cluster, decided_at in session.execute(query):
            self._note(rule, cluster, [rating] if rating else [])
            if decided_at is None:
                self.open.add(cluster)

    def place(self, center_id: int, finding: Finding) -> tuple[str, list[int | None]]:
        """The cluster of a finding, and what of it is new; a sign over days is one line without a rating."""
        if not finding.ratings:
            cluster = _digest(center_id, finding.key)
            known = cluster in self.members
            self._note(finding.rule, cluster, [])
            return cluster, [] if known else [None]
        new = [rating for rating in finding.ratings if (finding.rule, rating) not in self.ratings]
        near = [self.ratings.get((finding.rule, rating), "") for rating in finding.ratings]
        cluster = next((one for one in near if one in self.open), "")
        if new and not cluster:
            cluster = _digest(center_id, f"{finding.rule}:{new}")
            self.open.add(cluster)
        self._note(finding.rule, cluster, new)
        return cluster, list(new)

    def _note(self, rule: str, cluster: str, ratings: Sequence[int]) -> None:
        self.members[cluster].update(ratings)
        self.ratings.update(((rule, rating), cluster) for rating in ratings)


def _tell_anew(session: Session, cluster: str, finding: Finding, known: _Known) -> None:
    """Give an undecided sign its new figures, where they speak of all its ratings."""
    if known.members[cluster] <= set(finding.ratings):
        values = {"why": finding.why, "day": finding.day}
        session.execute(update(RatingFlag).where(RatingFlag.cluster == cluster).values(values))


def _digest(center_id: int, key: str) -> str:
    return sha256(f"{center_id}:{key}".encode()).hexdigest()


def restand(session: Session, center_id: int, ratings: Sequence[int]) -> int:
    """Set the standing of ratings anew from all their signs, and let the figures of their days be made anew."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for some in _parts(sorted(set(ratings))):
        decisions: dict[int, list[str | None]] = {rating: [] for rating in some}
        found = select(RatingFlag.rating_id, RatingFlag.decision).where(RatingFlag.rating_id.in_(some))
        for rating, decision in session.execute(found):
            decisions[rating or 0].append(decision)
        for rating, known in decisions.items():
            wanted[standing_of(known)].append(rating)
    days: set[date] = set()
    changed = 0
    for standing, ids in wanted.items():
        for some in _parts(ids):
            other = update(Rating).where(Rating.id.in_(some), Rating.standing != standing).values(standing=standing)
            moved = session.scalars(other.returning(Rating.day).execution_options(synchronize_session=False)).all()
            days.update(moved)
            changed += len(moved)
    for day in sorted(days):
        ask(session, center_id, day)
    session.expire_all()
    return changed


def note_run(session: Session, center_id: int, up_to: datetime, ratings: int, flagged: int) -> None:
    """Remember until when the rules have looked; the looks of one day are one line."""
    last = signs.last_run(session, center_id)
    if last is None or clock.local(last.up_to).date() != clock.local(up_to).date():
        last = RuleRun(center_id=center_id, ran_at=up_to, up_to=up_to, ratings=0, flagged=0)
        session.add(last)
    last.ran_at = last.up_to = up_to
    last.ratings += ratings
    last.flagged += flagged
    session.flush()


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
