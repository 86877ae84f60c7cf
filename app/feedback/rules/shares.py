"""What a handful of ratings tells: the share of satisfied people, how sure it is, and when it is not told at all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from app.lib.calendar import format_number
from app.lib.i18n import N_

# The normal quantile of a 95 % interval.
_Z = 1.959963984540054
# Below this many ratings the choices of an officer, a counter or a group are not told, only how many there are.
LEAST = 10
RANK_LEAST = 30
# Reports with fewer levels: 1 and 2 are one; "Bình thường" is never added to anything.
REPORT_LEVELS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (N_("Rất hài lòng"), (5,)),
    (N_("Hài lòng"), (4,)),
    (N_("Bình thường"), (3,)),
    (N_("Không hài lòng"), (1, 2)),
)
_NEUTRAL = 3


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of k among n, as shares between 0 and 1. Raises ``ValueError`` unless 0 ≤ k ≤ n > 0."""
    if n <= 0 or not 0 <= k <= n:
        raise ValueError("an interval needs a positive whole and a part of it")
    p, zz = k / n, _Z * _Z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = _Z / (1 + zz / n) * sqrt(p * (1 - p) / n + zz / (4 * n * n))
    return (0.0 if k == 0 else middle - half, 1.0 if k == n else middle + half)


@dataclass(frozen=True)
class Tally:
    """How many ratings chose each level, from 1 (very dissatisfied) to 5."""

    levels: tuple[int, ...] = (0, 0, 0, 0, 0)

    @property
    def n(self) -> int:
        return sum(self.levels)

    @property
    def satisfied(self) -> int:
        """How many chose 4 or 5."""
        return self.levels[3] + self.levels[4]

    @property
    def share(self) -> float | None:
        """The share of satisfied people; None where nobody rated."""
        return self.satisfied / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.satisfied, self.n) if self.n else None

    @property
    def ranked(self) -> bool:
        """Whether there are enough to be compared with anything."""
        return self.n >= RANK_LEAST

    def of(self, level: int) -> int:
        return self.levels[level - 1]


def tally(counts: Iterable[tuple[int, int]]) -> Tally:
    """Of (level, count) pairs, in any order, a level as often as it comes."""
    levels = [0, 0, 0, 0, 0]
    for level, count in counts:
        levels[level - 1] += count
    return Tally(tuple(levels))


def four_levels(found: Tally) -> tuple[tuple[str, int, int], ...]:
    """Name, count and whole of the report with four levels: every rating is in the whole."""
    return tuple((name, sum(map(found.of, levels)), found.n) for name, levels in REPORT_LEVELS)


def three_levels(found: Tally) -> tuple[tuple[str, int, int], ...]:
    """The report with three levels: "Bình thường" is left out of the whole and told apart, never added."""
    whole = found.n - found.of(_NEUTRAL)
    return tuple((name, sum(map(found.of, levels)), whole) for name, levels in REPORT_LEVELS if levels != (_NEUTRAL,))


def neutral(found: Tally) -> int:
    """How many chose "Bình thường"."""
    return found.of(_NEUTRAL)


def told(counts: Mapping[int, int], least: int = LEAST, *, silent: int | None = None) -> set[int]:
    """Which parts of a known whole may be told: none below ``least``, and none that lets one of those be worked out.

    What is not told must be at least ``least`` together, or nothing: else the whole minus what is told gives it away.
    The smallest of what could be told goes with it then. ``silent``: a part that is told nowhere however large it is.
    """
    shown = {key for key, n in counts.items() if n >= least and key != silent}
    hidden = sum(n for key, n in counts.items() if key not in shown)
    for key in sorted(shown, key=lambda one: (counts[one], one)):
        if not 0 < hidden < least:
            break
        shown.remove(key)
        hidden += counts[key]
    return shown


def told_cells(counts: Mapping[tuple[int, int], int], least: int = LEAST) -> set[tuple[int, int]]:
    """Which cells of a table may be told beside the sums of its rows and columns, themselves told by ``told``.

    In each row and column what is not told is at least ``least`` together, or nothing; a cell needs its row and its
    column to be told.
    """
    lines = [told(_sums(counts, axis), least) for axis in (0, 1)]
    shown = {key for key, n in counts.items() if n >= least and all(key[axis] in lines[axis] for axis in (0, 1))}
    while weak := next(_weak(counts, shown, least), None):
        shown.remove(weak)
    return shown


def _sums(counts: Mapping[tuple[int, int], int], axis: int) -> dict[int, int]:
    found: Counter[int] = Counter()
    for key, n in counts.items():
        found[key[axis]] += n
    return found


def _weak(counts: Mapping[tuple[int, int], int], shown: set[tuple[int, int]], least: int) -> Iterator[tuple[int, int]]:
    """The smallest cell told in each row or column whose untold cells are too few together."""
    for axis in (0, 1):
        hidden = _sums({key: n for key, n in counts.items() if key not in shown}, axis)
        for line, n in hidden.items():
            beside = [key for key in shown if key[axis] == line]
            if 0 < n < least and beside:
                yield min(beside, key=lambda key: (counts[key], key))


def percent(share: float) -> str:
    """One decimal as Vietnam writes it, cut and never rounded up: "66,5 %"."""
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10},{tenths % 10} %"


def spoken(found: Tally) -> str:
    """ "66,5 % (61,0–71,6 %, n = 299)"; a dash where nobody rated."""
    if found.interval is None or found.share is None:
        return "–"
    low, high = found.interval
    return f"{percent(found.share)} ({percent(low)[:-2]}–{percent(high)}; n = {format_number(found.n)})"
