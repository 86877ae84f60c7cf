"""Ways in which rules gather ratings."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from app.feedback.rules.signs.records import Seen


def gathered(seen: Iterable[Seen], key: Callable[[Seen], Hashable], least: int = 1) -> Iterator[list[Seen]]:
    """The ratings of each key, in the order of time, where there are ``least`` or more."""
    found: dict[Hashable, list[Seen]] = defaultdict(list)
    for one in seen:
        found[key(one)].append(one)
    for ones in found.values():
        if len(ones) >= least:
            yield sorted(ones, key=lambda one: one.place)


def within(ones: Sequence[Seen], many: int, span: timedelta) -> list[Seen]:
    """Those of ratings in order of which ``many`` or more lie within ``span``."""
    kept: list[Seen] = []
    first = marked = 0
    for last, one in enumerate(ones):
        while one.at - ones[first].at > span:
            first += 1
        if last - first + 1 >= many:
            kept += ones[max(first, marked) : last + 1]
            marked = last + 1
    return kept


def clusters(ones: Sequence[Seen], span: timedelta) -> Iterator[list[Seen]]:
    """Ratings in order, parted where nothing came for longer than ``span``."""
    part: list[Seen] = []
    for one in ones:
        if part and one.at - part[-1].at > span:
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def ids(ones: Iterable[Seen]) -> tuple[int, ...]:
    return tuple(sorted(one.id for one in ones))


def minutes(begin: datetime, end: datetime) -> int:
    """Minutes from one moment to another, a begun one counted whole: never none at all."""
    return max(1, -(-int((end - begin).total_seconds()) // 60))
