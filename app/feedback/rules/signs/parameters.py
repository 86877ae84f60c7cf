"""The thresholds of the rules, by the day from which they hold: one table, so that old days keep their measure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Parameters:
    """The thresholds of R1–R12. Shares are of 1; ``*_seconds`` and ``*_ms`` as named.

    Where an honest crowd could meet a threshold by chance, more is asked for until that happens less than ``chance``
    times on a day at a point: a busy counter is no fraud.
    """

    since: date
    chance: float = 0.001
    # R1: one device at one point.
    device_pair: timedelta = timedelta(minutes=30)
    device_many: int = 4
    window: timedelta = timedelta(days=7)
    # R2: gaps in a row at one point.
    burst_seconds: float = 20.0
    burst_gaps: int = 3
    burst_chance: float = 0.01
    # R3: somebody served just before closing rates a little later.
    grace: timedelta = timedelta(minutes=30)
    # R4: ratings for each dossier returned.
    ratio: float = 1.0
    # R6: ratings from one network outside the office.
    network_many: int = 5
    # R7: share of best marks with nothing added, against the other points; "far above" is a distance too.
    tail: float = 0.001
    tail_least: int = 30
    tail_distance: float = 0.10
    tail_weeks: int = 4
    # R8: the last days of a quarter, against the median day.
    spike_days: int = 3
    spike_times: float = 3.0
    spike_least: int = 10
    # R9: the time from page to tap; the shares are how often honest people do so.
    same_ms: int = 300
    same_many: int = 5
    same_share: float = 0.08
    quick_ms: int = 1500
    quick_share: float = 0.02
    # R10: one kind of device again and again; ``look_least`` ratings are needed to know how common a kind is.
    look_run: int = 6
    look_least: int = 100
    look_share: float = 0.15
    # R11: bad marks of one device or network, and words that were copied.
    worst: int = 1
    bad: int = 2
    copies: int = 3
    # R12: a day almost without ratings, against the median of four weeks.
    gone_share: float = 0.2
    gone_days: int = 28
    gone_expected: int = 10


TABLE = (Parameters(since=date(2026, 1, 1)),)


def parameters_on(day: date) -> Parameters:
    """The thresholds that hold on the day; before the first line, those of the first."""
    held = [line for line in TABLE if line.since <= day]
    return held[-1] if held else TABLE[0]
