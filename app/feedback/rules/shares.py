"""What a handful of ratings tells: the share of satisfied people, how sure it is, and when it is not told at all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, islice
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
# How many unions of groups are looked at: the counters of a centre make one group, or two or three.
_MOST_UNIONS = 700
Cells = Mapping[tuple[int, int], int]
_Cell = tuple[int | None, int | None]
_Node = tuple[int, int | None]


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


def hold_back(cells: Cells, rows: set[int], columns: set[int], least: int = LEAST) -> set[int]:
    """Which of the columns may be told beside the rows, both chosen by ``told`` from the sums of a table.

    Sums of rows less sums of columns may leave a few ratings over: of one counter's visitors all but one may have come
    for a matter that no other counter handles. Columns are silenced, the smallest first, until nothing below ``least``
    is left by adding and taking away what is told. What is told nowhere counts as one row and one column.
    """
    kept = set(columns)
    while kept and (found := _left_over(_merged(cells, rows, kept), least)):
        sizes = _column_sums(cells, kept)
        ordered = sorted(kept, key=lambda one: (sizes[one], one))
        cures = (one for one in ordered if not _left_over(_merged(cells, rows, kept - {one}), least))
        near = [one for one in ordered if one in found] or ordered
        kept = _apart(cells, kept - {next(cures, near[0])}, least)
    return kept


def _apart(cells: Cells, kept: set[int], least: int) -> set[int]:
    """The columns without the smallest, as long as what is not told is less than ``least`` together."""
    sizes = _column_sums(cells, kept)
    hidden = sum(n for (_row, column), n in cells.items() if column not in kept)
    for column in sorted(kept, key=lambda one: (sizes[one], one)):
        if not 0 < hidden < least:
            break
        kept = kept - {column}
        hidden += sizes[column]
    return kept


def _column_sums(cells: Cells, kept: set[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for (_row, column), n in cells.items():
        if column in kept:
            found[column] += n
    return found


def _merged(cells: Cells, rows: set[int], columns: set[int]) -> Counter[_Cell]:
    """The table with everything that is not told in one row and one column, called None."""
    found: Counter[_Cell] = Counter()
    for (row, column), n in cells.items():
        found[row if row in rows else None, column if column in columns else None] += n
    return found


def _left_over(cells: Mapping[_Cell, int], least: int) -> set[int | None]:
    """The columns of a few ratings below ``least`` that sums of rows less sums of columns leave; none if none do.

    A sum that speaks of nothing large takes the rows and columns that large cells join together, or none of them: what
    a group of them leaves over are the cells between it and the others.
    """
    group = {node: number for number, nodes in enumerate(_joined(cells, least)) for node in nodes}
    between: Counter[tuple[int, int]] = Counter()
    for (row, column), n in cells.items():
        between[group[0, row], group[1, column]] += n
    some = {number for pair in between if pair[0] != pair[1] for number in pair}
    unions = (set(one) for size in range(1, len(some) // 2 + 1) for one in combinations(sorted(some), size))
    for inside in islice(unions, _MOST_UNIONS):
        left = {pair: n for pair, n in between.items() if (pair[0] in inside) != (pair[1] in inside)}
        if 0 < sum(left.values()) < least:
            return {column for row, column in cells if (group[0, row], group[1, column]) in left}
    return set()


def _joined(cells: Mapping[_Cell, int], least: int) -> list[set[_Node]]:
    """Rows and columns in groups: a cell of ``least`` or more joins its row and its column."""
    groups: list[set[_Node]] = [{node} for node in {(axis, key[axis]) for key in cells for axis in (0, 1)}]
    for key, n in cells.items():
        if n >= least:
            pair: set[_Node] = {(0, key[0]), (1, key[1])}
            touched = [group for group in groups if group & pair]
            groups = [group for group in groups if not group & pair] + [set[_Node]().union(*touched)]
    return sorted(groups, key=lambda group: sorted(map(repr, group)))


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
