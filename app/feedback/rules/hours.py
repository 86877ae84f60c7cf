"""When a service centre is open, by its own hours and the calendar of days off.

Hours map the weekday ("0" Monday … "6" Sunday) to spans of minutes after midnight, Vietnam time: 450–690 is 7:30 to
11:30. A span holds its first minute and not its last.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from app.lib.calendar import OFF, VIETNAM, WORKING, CalendarTable, is_working_day

Span = tuple[int, int]
Hours = Mapping[str, Sequence[Sequence[int]]]
DAY = 24 * 60
MOST_SPANS = 4
_SPAN = re.compile(r"(\d{1,2})(?:[:hg.](\d{2})?)?\s*(?:-|–|—|đến)\s*(\d{1,2})(?:[:hg.](\d{2})?)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;+]|\bvà\b)\s*", re.IGNORECASE)


class BadHours(ValueError):
    """A text does not say when a centre is open; ``args[0]`` is the part that was not understood."""


def read_spans(text: str) -> list[list[int]]:
    """The spans in a text such as "7:30-11:30, 13:30-17:00" ("7h30" and "đến" too), in order; nothing for no text.

    Raises ``BadHours`` for what is no time, for a span that does not end after it begins, for spans that overlap and
    for more than four.
    """
    spans = sorted(_read_span(part) for part in _BETWEEN.split(text.strip()) if part)
    if len(spans) > MOST_SPANS:
        raise BadHours(text.strip())
    for before, after in zip(spans, spans[1:], strict=False):
        if after[0] < before[1]:
            raise BadHours(write_spans([after]))
    return spans


def _read_span(part: str) -> list[int]:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise BadHours(part)
    begin, end = (int(hour) * 60 + int(minute or 0) for hour, minute in (found.group(1, 2), found.group(3, 4)))
    wrong_minute = any(int(minute or 0) >= 60 for minute in found.group(2, 4))
    if wrong_minute or not begin < end <= DAY:
        raise BadHours(part)
    return [begin, end]


def write_spans(spans: Sequence[Sequence[int]]) -> str:
    """Spans as people read and type them: "7:30-11:30, 13:30-17:00"; ``read_spans`` reads it back."""
    return ", ".join(f"{begin // 60}:{begin % 60:02}-{end // 60}:{end % 60:02}" for begin, end in spans)


def spans_of(hours: Hours, day: date, days: CalendarTable) -> list[Span]:
    """The spans of a day: none on a day off; on a weekend day worked in exchange, those of the first day of work."""
    kind = days.get(day)
    if kind == OFF:
        return []
    own = hours.get(str(day.weekday())) or ()
    if not own and kind == WORKING:
        own = next((hours[str(n)] for n in range(7) if hours.get(str(n))), ())
    return [(begin, end) for begin, end in own]


def open_at(hours: Hours, moment: datetime, days: CalendarTable) -> bool:
    """Whether the centre is open at an aware moment, by its hours and the calendar."""
    here = moment.astimezone(VIETNAM)
    minute = here.hour * 60 + here.minute
    return any(begin <= minute < end for begin, end in spans_of(hours, here.date(), days))


def is_workday(hours: Hours, day: date, days: CalendarTable) -> bool:
    """Whether the centre opens at all on the day."""
    return bool(spans_of(hours, day, days))


def workdays(hours: Hours, first: date, last: date, days: CalendarTable) -> list[date]:
    """The days from ``first`` to ``last``, both counted, on which the centre opens; working days where no hours are."""
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    if not any(hours.values()):
        return [day for day in span if is_working_day(day, days)]
    return [day for day in span if is_workday(hours, day, days)]


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def moment_of(day: date, minute: int) -> datetime:
    """The moment, in UTC, of a minute after midnight of a Vietnamese day; ``DAY`` is the next midnight."""
    midnight = datetime.combine(day, time.min, VIETNAM)
    return (midnight + timedelta(minutes=minute)).astimezone(UTC)
