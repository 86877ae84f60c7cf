"""R4, R7, R8, R12: signs in the numbers of days. They name a point and days, and no single rating.

Nobody can tell which of the ratings of such a day are honest: so none is held back by the sign itself. A reviewer may
still set aside those it speaks of (``scope`` in the figures).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil

from app.feedback.rules.signs.chance import binomial_tail, median
from app.feedback.rules.signs.parameters import Parameters
from app.feedback.rules.signs.records import DayCount, Finding, Office, Returned
from app.lib.calendar import add_months

Counts = Mapping[int, Mapping[date, DayCount]]
_DAY = timedelta(days=1)
# Blocks of weeks begin on a Monday that is the same for everybody.
_FIRST_MONDAY = date(2024, 1, 1)
MOST_DAYS = 10
HISTORY = timedelta(days=56)
"""How far back any of these rules looks."""


def by_point(counts: Iterable[DayCount]) -> Counts:
    """What each point took on each day."""
    found: dict[int, dict[date, DayCount]] = defaultdict(dict)
    for one in counts:
        found[one.point][one.day] = one
    return found


def too_many(counts: Iterable[DayCount], returned: Iterable[Returned], p: Parameters) -> Iterator[Finding]:
    """R4: more ratings at a counter on a day than dossiers were returned there.

    A source that names no counters is held against the whole centre.
    """
    served = {(one.counter, one.day): one.count for one in returned if one.counter}
    whole = {one.day: one.count for one in returned if not one.counter}
    named = {day for _counter, day in served}
    rated: dict[tuple[int, date], list[DayCount]] = defaultdict(list)
    for one in counts:
        rated[one.counter or 0, one.day].append(one)
        if one.counter:
            rated[0, one.day].append(one)
    for (counter, day), ones in sorted(rated.items()):
        known = served.get((counter, day)) if counter else (whole.get(day) if day not in named else None)
        count = sum(one.count for one in ones)
        if known is None or count <= p.ratio * known:
            continue
        points = sorted({one.point for one in ones if one.count})
        yield Finding(
            "R4", day, points[0] if len(points) == 1 else None, key=f"R4:{counter}:{day}",
            why={
                "how": "counter" if counter else "center", "count": count, "returned": known, "counter": counter,
                "scope": {"points": points, "since": day.isoformat(), "until": day.isoformat()},
            },
        )  # fmt: skip


def best_marks(counts: Counts, p: Parameters, today: date) -> Iterator[Finding]:
    """R7: best marks with nothing added, far more often than at the other points together, beyond chance.

    Asked at the end of each week over the weeks of its block of four; a block is told of once.
    """
    days = [day for ones in counts.values() for day in ones]
    sunday = min(days, default=today)
    sunday += (6 - sunday.weekday()) * _DAY
    told: set[tuple[int, date]] = set()
    while sunday < today:
        first = block_of(sunday, p)
        totals = {point: _share(ones, first, sunday) for point, ones in counts.items()}
        for point, (fives, n) in sorted(totals.items()):
            found = _far_above(point, fives, n, totals, p) if (point, first) not in told else None
            if found is not None:
                told.add((point, first))
                scope = {"points": [point], "since": first.isoformat(), "until": sunday.isoformat(), "bare_fives": True}
                yield Finding("R7", sunday, point, key=f"R7:{point}:{first}", why=found | {"scope": scope})
        sunday += 7 * _DAY


def block_of(day: date, p: Parameters) -> date:
    """The Monday with which the block of weeks of the day begins."""
    return day - ((day - _FIRST_MONDAY).days % (7 * p.tail_weeks)) * _DAY


def _share(ones: Mapping[date, DayCount], first: date, last: date) -> tuple[int, int]:
    kept = [one for day, one in ones.items() if first <= day <= last]
    return sum(one.bare_fives for one in kept), sum(one.count for one in kept)


def _far_above(
    point: int, fives: int, n: int, totals: Mapping[int, tuple[int, int]], p: Parameters
) -> dict[str, object] | None:
    others = [total for other, total in totals.items() if other != point]
    other_fives, other_n = sum(total[0] for total in others), sum(total[1] for total in others)
    if n < p.tail_least or other_n < p.tail_least:
        return None
    # One more of each kind, so that no other best mark at all does not make every one impossible.
    mean = (other_fives + 1) / (other_n + 2)
    if fives / n < mean + p.tail_distance or binomial_tail(fives, n, mean) >= p.tail:
        return None
    return {
        "how": "fives", "count": fives, "of": n, "percent": round(100 * fives / n),
        "others_percent": round(100 * mean),
    }  # fmt: skip


def spike(counts: Counts, p: Parameters, office: Office, first: date) -> Iterator[Finding]:
    """R8: on one of the last three days of a quarter more than three times the median of the eight weeks before.

    Days before ``first`` are only what others are measured against.
    """
    for point, ones in sorted(counts.items()):
        for day, one in sorted(ones.items()):
            end = quarter_end(day)
            if day < first or (end - day).days >= p.spike_days or one.count < p.spike_least:
                continue
            before = end - (p.spike_days - 1) * _DAY
            usual = median(_open_counts(ones, before - HISTORY, before, office, point))
            if usual and one.count > p.spike_times * usual:
                scope = {"points": [point], "since": day.isoformat(), "until": day.isoformat()}
                yield Finding(
                    "R8", day, point, key=f"R8:{point}:{day}",
                    why={"how": "spike", "count": one.count, "median": usual, "scope": scope},
                )  # fmt: skip


def quarter_end(day: date) -> date:
    """The last day of the quarter in which the day lies."""
    return add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3) - _DAY


def gone(counts: Counts, p: Parameters, office: Office, first: date, today: date) -> Iterator[Finding]:
    """R12: the ratings of a point fall to almost nothing, as if its code had been hidden; whole days are judged alone.

    Where few ratings come, several days together are: until ten would be expected. A stretch is told of once.
    """
    for point, ones in sorted(counts.items()):
        begin, end = _life(point, ones, office)
        days = [day for day in _days(begin, min(end, today - _DAY)) if office.opens_on(day)]
        numbers = [ones[day].count if day in ones else 0 for day in days]
        stretch = False
        for place, day in enumerate(days):
            found = _fallen(days, numbers, place, p)
            if found and not stretch and day >= first:
                yield Finding("R12", day, point, key=f"R12:{point}:{day}", why=found)
            stretch = bool(found)


def _fallen(days: Sequence[date], numbers: Sequence[int], place: int, p: Parameters) -> dict[str, object] | None:
    for together in range(1, min(MOST_DAYS, place) + 1):
        since = place - together + 1
        past = [
            n for day, n in zip(days[:since], numbers[:since], strict=True) if (days[since] - day).days <= p.gone_days
        ]
        usual = median(past) if len(past) >= MOST_DAYS else 0.0
        if usual and together >= ceil(p.gone_expected / usual):
            count = sum(numbers[since : place + 1])
            fallen = count < p.gone_share * usual * together
            return {"how": "gone", "count": count, "median": usual, "days": together} if fallen else None
    return None


def _life(point: int, ones: Mapping[date, DayCount], office: Office) -> tuple[date, date]:
    issued = office.issued.get(point, date.min)
    return max(issued, min(ones, default=date.max)), office.ended.get(point, date.max)


def _days(begin: date, end: date) -> Iterator[date]:
    while begin <= end:
        yield begin
        begin += _DAY


def _open_counts(ones: Mapping[date, DayCount], begin: date, end: date, office: Office, point: int) -> list[int]:
    """Ratings of each day from ``begin`` to before ``end`` on which the centre was open and the point was there."""
    begin = max(begin, _life(point, ones, office)[0])
    days = (day for day in _days(begin, end - _DAY) if office.opens_on(day))
    return [ones[day].count if day in ones else 0 for day in days]
