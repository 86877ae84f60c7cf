"""Both figures: with everything, and without what is held or set aside; and what a decision would make of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.feedback.models import Rating, RatingFlag, RatingPoint
from app.feedback.queries.review import of_scope
from app.feedback.rules.standing import IN_HEADLINE, RESTORE, standing_of
from app.lib.calendar import add_months

SATISFIED = 4


@dataclass(frozen=True)
class Share:
    """How many ratings, and how many of them satisfied or very satisfied."""

    n: int
    satisfied: int

    def less(self, other: "Share") -> "Share":
        return Share(self.n - other.n, self.satisfied - other.satisfied)

    def more(self, other: "Share") -> "Share":
        return Share(self.n + other.n, self.satisfied + other.satisfied)


@dataclass(frozen=True)
class Outlook:
    """The figures of a counter (of the centre where there is none) in the quarter of a sign, and after a decision."""

    since: date
    until: date
    whole: Share
    headline: Share
    if_excluded: Share
    if_restored: Share


def outlook(session: Session, flag: RatingFlag, told: date) -> Outlook:
    """Both figures now, and the headline after either decision about the sign; of no day after ``told``."""
    since = date(flag.day.year, (flag.day.month - 1) // 3 * 3 + 1, 1)
    until = min(add_months(since, 3) - timedelta(days=1), told)
    counter = session.scalar(select(RatingPoint.counter_id).where(RatingPoint.id == flag.point_id))
    where = [Rating.center_id == flag.center_id, Rating.day >= since, Rating.day <= until, Rating.undone_at.is_(None)]
    where += [Rating.counter_id == counter] if counter else []
    good = func.coalesce(func.sum(case((Rating.level >= SATISFIED, 1), else_=0)), 0)
    now: dict[str, Share] = {
        standing: Share(n, int(satisfied))
        for standing, n, satisfied in session.execute(
            select(Rating.standing, func.count(), good).where(*where).group_by(Rating.standing)
        )
    }
    nothing = Share(0, 0)
    whole = headline = nothing
    for standing, share in now.items():
        whole = whole.more(share)
        headline = headline.more(share) if standing in IN_HEADLINE else headline
    less, more = nothing, nothing
    for level, standing, others in _members(session, flag, where):
        one = Share(1, int(level >= SATISFIED))
        if standing in IN_HEADLINE:
            less = less.more(one)
        elif standing_of([*others, RESTORE]) in IN_HEADLINE:
            more = more.more(one)
    return Outlook(since, until, whole, headline, headline.less(less), headline.more(more))


def _members(session: Session, flag: RatingFlag, where: Sequence[Any]) -> list[tuple[int, str, list[str | None]]]:
    """Level, standing and other signs' decisions of each rating that the sign names, or speaks of."""
    named = select(RatingFlag.rating_id).where(RatingFlag.cluster == flag.cluster, RatingFlag.rating_id.is_not(None))
    ids = list(session.scalars(named)) or of_scope(session, flag.center_id, flag.why.get("scope"))
    found: list[tuple[int, str, list[str | None]]] = []
    for start in range(0, len(ids), 400):
        some = ids[start : start + 400]
        others: dict[int | None, list[str | None]] = defaultdict(list)
        query = select(RatingFlag.rating_id, RatingFlag.decision).where(RatingFlag.rating_id.in_(some))
        for rating, decision in session.execute(query.where(RatingFlag.cluster != flag.cluster)):
            others[rating].append(decision)
        rows = session.execute(select(Rating.id, Rating.level, Rating.standing).where(Rating.id.in_(some), *where))
        found += [(level, standing, others[key]) for key, level, standing in rows]
    return found
