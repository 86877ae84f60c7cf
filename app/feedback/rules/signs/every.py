"""All rules together, as the background job asks them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.feedback.rules.signs import cadence, days, devices, opening
from app.feedback.rules.signs.chance import median
from app.feedback.rules.signs.parameters import parameters_on
from app.feedback.rules.signs.records import DayCount, Finding, Office, Returned, Seen


def of_ratings(seen: Sequence[Seen], office: Office, usual: Mapping[int, float]) -> list[Finding]:
    """R1–R3, R5, R6, R9–R11 over ratings of whole days, in any order, judged by the thresholds of the last day."""
    if not seen:
        return []
    p = parameters_on(max(one.day for one in seen))
    found = [
        *devices.same_device(seen, p),
        *cadence.burst(seen, p, usual),
        *opening.closed(seen, p, office),
        *devices.staff_device(seen, p),
        *devices.one_network(seen, p),
        *cadence.same_time(seen, p),
        *cadence.same_look(seen, p),
        *devices.negative(seen, p),
    ]
    return sorted(found, key=_order)


def of_days(
    counts: Iterable[DayCount], returned: Iterable[Returned], office: Office, first: date, today: date
) -> list[Finding]:
    """R4, R7, R8, R12 over the numbers of days; those before ``first`` are what later ones are measured against."""
    p, kept = parameters_on(today), list(counts)
    points = days.by_point(kept)
    found = [
        *days.too_many(kept, returned, p),
        *days.best_marks(points, p, today),
        *days.spike(points, p, office, first),
        *days.gone(points, p, office, first, today),
    ]
    return sorted(found, key=_order)


def usual_counts(counts: Iterable[DayCount]) -> dict[int, float]:
    """How many ratings each point takes on a day on which it takes any, in the middle."""
    return {
        point: median(one.count for one in ones.values() if one.count)
        for point, ones in days.by_point(counts).items()
    }  # fmt: skip


def _order(found: Finding) -> tuple[str, date, int, str, tuple[int, ...]]:
    return found.rule, found.day, found.point or 0, found.key, found.ratings
