"""When a counter turned bad: its last days against its own past, never against another counter."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import erfc, sqrt

from app.feedback.rules.periods import told_until
from app.feedback.rules.shares import Tally
from app.lib.i18n import N_

_NORMAL = 2.0


@dataclass(frozen=True)
class Rule:
    """One kind of alert. ``days`` and ``before_days``: how long the spans are; the earlier one ends where the later
    one begins. ``least`` and ``before_least``: how many ratings each needs. ``level``: how unlikely it must be, were
    nothing changed. ``drop``: how far the share must have fallen, in hundredths."""

    days: int
    before_days: int
    least: int
    before_least: int
    level: float
    drop: int


RULES = {"falling": Rule(days=14, before_days=90, least=20, before_least=50, level=0.01, drop=10)}
KIND_NAMES = {"falling": N_("Tỷ lệ hài lòng giảm rõ")}


def spans(rule: Rule, today: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last day of the span looked at and of the one before, up to the days that figures speak of: an alert
    that slid from day to day would tell what the last day said."""
    last = told_until(today)
    first = last - timedelta(days=rule.days - 1)
    return (first, last), (first - timedelta(days=rule.before_days), first - timedelta(days=1))


def chance(now: Tally, before: Tally) -> float:
    """How likely so low a share would be if nothing had changed: one-sided test of two shares, pooled."""
    n, m = now.n, before.n
    if not n or not m:
        return 1.0
    pooled = (now.satisfied + before.satisfied) / (n + m)
    spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    if not spread:
        return 1.0
    z = (now.satisfied / n - before.satisfied / m) / spread
    return erfc(-z / sqrt(_NORMAL)) / _NORMAL


def turned_bad(rule: Rule, now: Tally, before: Tally) -> bool:
    """Whether the rule speaks: enough ratings on both sides, a real fall, and unlikely by chance."""
    if now.n < rule.least or before.n < rule.before_least:
        return False
    # In whole numbers: the fall in hundredths is at least the rule's.
    fell = 100 * (before.satisfied * now.n - now.satisfied * before.n) >= rule.drop * now.n * before.n
    return fell and chance(now, before) < rule.level
