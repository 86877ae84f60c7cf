"""R2, R9, R10: the beat of ratings at one point. None of them asks from which network a rating came.

A busy counter meets the plain thresholds by chance now and then; so each rule asks for more where much is rated, until
an honest crowd would meet it rarely enough (``Parameters.chance``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import comb, exp

from app.feedback.rules.signs.chance import binomial_tail, least
from app.feedback.rules.signs.groups import gathered, ids
from app.feedback.rules.signs.parameters import Parameters
from app.feedback.rules.signs.records import Finding, Seen

# A day of a centre as it is usually open; only how busy a point is depends on it.
OPEN_SECONDS = 7.5 * 3600
MOST = 60


def burst(seen: Iterable[Seen], p: Parameters, usual: Mapping[int, float]) -> Iterator[Finding]:
    """R2: ratings at one point less than 20 seconds apart, three gaps in a row or more.

    ``usual`` says how many ratings a point takes on a day as a rule; a busier point needs a longer run.
    """
    for ones in gathered(seen, lambda one: (one.point, one.day), p.burst_gaps + 1):
        needed = _gaps_needed(max(float(len(ones)), usual.get(ones[0].point, 0.0)), p)
        for run in _runs(ones, p.burst_seconds):
            if len(run) > needed:
                seconds = int((run[-1].at - run[0].at).total_seconds())
                yield Finding(
                    "R2", ones[0].day, ones[0].point, ids(run),
                    why={"how": "burst", "count": len(run), "seconds": seconds, "needed": needed + 1},
                )  # fmt: skip


def _gaps_needed(daily: float, p: Parameters) -> int:
    short = 1 - exp(-p.burst_seconds * daily / OPEN_SECONDS)
    return least(p.burst_gaps, MOST, lambda gaps: daily * short**gaps, p.burst_chance)


def _runs(ones: Sequence[Seen], seconds: float) -> Iterator[list[Seen]]:
    run = [ones[0]]
    for one in ones[1:]:
        if (one.at - run[-1].at).total_seconds() >= seconds:
            yield run
            run = []
        run.append(one)
    yield run


def same_time(seen: Iterable[Seen], p: Parameters) -> Iterator[Finding]:
    """R9: five times a day at one point as good as no time to read, or the very same time, on like devices or any.

    A tablet of the office begins to count before anybody stands there, and is left out.
    """
    timed = [one for one in seen if one.took_ms is not None and not one.shared]
    for ones in gathered(timed, lambda one: (one.point, one.day), p.same_many):
        quick = [one for one in ones if (one.took_ms or 0) < p.quick_ms]
        if len(quick) >= p.same_many and binomial_tail(len(quick), len(ones), p.quick_share) < p.chance:
            yield _timed("quick", quick, len(ones))
    told: set[int] = set()
    for ones in gathered(timed, lambda one: (one.point, one.day, one.look), p.same_many):
        if same := _same(ones, p):
            told.update(ids(same))
            yield _timed("same", same, len(ones))
    # Who changes the name of the browser each time still takes the same time.
    for ones in gathered(timed, lambda one: (one.point, one.day), p.same_many):
        if (alike := _same(ones, p)) and not told.issuperset(ids(alike)):
            yield _timed("alike", alike, len(ones))


def _same(ones: Sequence[Seen], p: Parameters) -> list[Seen]:
    """The ratings that took the same time, where they are more than chance would bring; else none."""
    needed = least(p.same_many, MOST, lambda many: _by_chance(len(ones), many, p.same_share), p.chance)
    same = _closest(ones, 2 * p.same_ms)
    return same if len(same) >= needed else []


def _by_chance(n: int, many: int, share: float) -> float:
    return float(n * comb(n - 1, many - 1) * share ** (many - 1))


def _closest(ones: Sequence[Seen], span: int) -> list[Seen]:
    """As many ratings as possible whose times differ by no more than ``span`` milliseconds."""
    ordered = sorted(ones, key=lambda one: (one.took_ms or 0, one.place))
    best, first = (0, 0), 0
    for last, one in enumerate(ordered):
        while (one.took_ms or 0) - (ordered[first].took_ms or 0) > span:
            first += 1
        if last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return ordered[best[0] : best[1]]


def _timed(how: str, ones: Sequence[Seen], of: int) -> Finding:
    times = [one.took_ms or 0 for one in ones]
    return Finding(
        "R9", ones[0].day, ones[0].point, ids(ones),
        why={"how": how, "count": len(ones), "of": of, "least_ms": min(times), "most_ms": max(times)},
    )  # fmt: skip


def same_look(seen: Iterable[Seen], p: Parameters) -> Iterator[Finding]:
    """R10: the same browser, screen and language six times in a row at one point on a day.

    How common a kind of device is among the other ratings tells how long a run is strange. To say nothing of one's
    screen is a kind too: anybody can leave that out.
    """
    kept = [one for one in seen if not one.shared]
    looks = Counter(one.look for one in kept)
    for ones in gathered(kept, lambda one: (one.point, one.day), p.look_run):
        here = Counter(one.look for one in ones)
        others = looks.total() - here.total()
        for look, run in ((look, list(same)) for look, same in groupby(ones, key=lambda one: one.look)):
            if len(run) < p.look_run:
                continue
            share = (looks[look] - here[look]) / others if others >= p.look_least else p.look_share
            needed = _run_needed(len(ones), share, p)
            if len(run) >= needed:
                yield Finding(
                    "R10", ones[0].day, ones[0].point, ids(run),
                    why={"how": "look", "count": len(run), "needed": needed, "percent": round(100 * share)},
                )  # fmt: skip


def _run_needed(count: int, share: float, p: Parameters) -> int:
    return least(p.look_run, MOST, lambda run: count * share**run, p.chance)
