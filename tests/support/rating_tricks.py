"""One manipulation of each kind the rules look for, put into a log of honest days; and what it should be found by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.core.clock import VIETNAM
from app.feedback.rules.signs.copies import sketch
from app.feedback.rules.signs.records import Finding, Seen
from tests.support.rating_logs import FIRST, HOLIDAYS, LEAVER, Log, moment, workdays


@dataclass
class Wrong:
    """What a manipulation should be found by: the rule, the ratings, the day and point of signs over days."""

    rule: str
    how: str
    ratings: tuple[int, ...] = ()
    point: int | None = None

    def found(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings of this rule and kind that hold exactly these ratings, at this point."""
        return [
            one for one in findings
            if one.rule == self.rule and one.why["how"] == self.how
            and one.ratings == self.ratings and (self.point is None or one.point == self.point)
        ]  # fmt: skip


def fake(log: Log, at: datetime, number: int, **values: object) -> Seen:
    """A rating of the best level by somebody who is not there, otherwise like any other."""
    key = 10_000_000 + 1000 * log.faked + number
    log.faked += 1
    plain = Seen(
        id=key, point=4, counter=4, officer=74, level=5, day=at.astimezone(VIETNAM).date(), at=at, device=f"fake-{key}",
        network=f"fake-{key}", look=f"safari|{key}|vi", took_ms=4000 + key * 997 % 9000,
    )  # fmt: skip
    return replace(plain, **values)  # type: ignore[arg-type]


Manipulation = Callable[[Log], Wrong]


def one_device_soon(log: Log) -> Wrong:
    made = [fake(log, moment(FIRST, 9, 5 * n), n, device="thief") for n in range(6)]
    return Wrong("R1", "often", log.add(*made)[1:], 4)


def one_device_twice(log: Log) -> Wrong:
    made = [fake(log, moment(FIRST, 9, 25 * n), n, device="thief") for n in range(2)]
    return Wrong("R1", "soon", log.add(*made)[1:], 4)


def one_device_for_days(log: Log) -> Wrong:
    made = [fake(log, moment(day, 10), n, device="thief") for n, day in enumerate(workdays(14)[:5])]
    return Wrong("R1", "often", log.add(*made)[1:], 4)


def many_dossiers(log: Log) -> Wrong:
    days = workdays(7)[:4]
    made = [
        fake(log, moment(day, 20), n, device="clerk", tier=2, point=n + 1, counter=n + 1, officer=None)
        for n, day in enumerate(days)
    ]
    return Wrong("R1", "dossiers", log.add(*made)[1:])


def burst(log: Log) -> Wrong:
    _clear(log, 4, moment(FIRST, 10), moment(FIRST, 10, 5))
    made = [fake(log, moment(FIRST, 10, 1, 13 * n), n) for n in range(10)]
    return Wrong("R2", "burst", log.add(*made), 4)


def at_night(log: Log) -> Wrong:
    return Wrong("R3", "closed", log.add(*(fake(log, moment(FIRST, 20, 6 * n), n) for n in range(8))), 4)


def on_a_holiday(log: Log) -> Wrong:
    day = min(HOLIDAYS)
    return Wrong("R3", "day_off", log.add(*(fake(log, moment(day, 9, 6 * n), n) for n in range(8))), 4)


def for_one_on_leave(log: Log) -> Wrong:
    log.leave = (LEAVER, moment(FIRST, 0), moment(FIRST, 23))
    made = log.add(*(fake(log, moment(FIRST, 9, 6 * n), n, officer=LEAVER) for n in range(3)))
    return Wrong("R3", "leave", made, 4)


def more_than_served(log: Log) -> Wrong:
    day = workdays(30)[7]
    log.returned = [replace(one, count=5) if (one.counter, one.day) == (4, day) else one for one in log.returned]
    return Wrong("R4", "counter", (), 4)


def own_browser(log: Log) -> Wrong:
    made = (fake(log, moment(FIRST, 9, 40 * n), n, device="desk", staff_device=True, point=n + 1) for n in range(3))
    return Wrong("R5", "staff", log.add(*made))


def from_home(log: Log) -> Wrong:
    made = (fake(log, moment(FIRST, 8, 35 * n), n, network="home", point=n % 3 + 1) for n in range(14))
    return Wrong("R6", "network", log.add(*made))


def tablet_from_home(log: Log) -> Wrong:
    """Who has the address of a tablet taps at home, where the centre has told which networks are its own."""
    made = (
        fake(log, moment(FIRST, 8, 35 * n), n, network="clerk's home", kiosk=True, tier=0, device=f"tap-{n}")
        for n in range(12)
    )
    return Wrong("R6", "network", log.add(*made), 4)


def best_marks(log: Log) -> Wrong:
    for n, one in enumerate(log.seen):
        if one.point == 3 and (one.day - FIRST).days < 28 and n % 20:
            log.seen[n] = replace(one, level=5, sketch=0)
            log.bare.add(one.id)
    return Wrong("R7", "fives", (), 3)


def end_of_quarter(log: Log) -> Wrong:
    made = (fake(log, moment(date(2026, 3, 31), 8, 2 * n), n, point=2, counter=2) for n in range(90))
    log.add(*made)
    return Wrong("R8", "spike", (), 2)


def the_same_time(log: Log) -> Wrong:
    made = (fake(log, moment(FIRST, 8, 25 * n), n, look="safari|393x852|vi", took_ms=4000 + 40 * n) for n in range(8))
    return Wrong("R9", "same", log.add(*made), 4)


def the_same_time_by_any_phone(log: Log) -> Wrong:
    times = [(moment(FIRST, 8, 20 * n), 31_000 + 40 * n) for n in range(10)]
    made = (fake(log, at, n, point=1, counter=1, took_ms=took) for n, (at, took) in enumerate(times))
    return Wrong("R9", "alike", log.add(*made), 1)


def no_time_to_read(log: Log) -> Wrong:
    made = log.add(*(fake(log, moment(FIRST, 8, 25 * n), n, took_ms=600 + 70 * n) for n in range(10)))
    quick = [one.id for one in log.seen if one.point == 4 and one.day == FIRST and (one.took_ms or 9999) < 1500]
    return Wrong("R9", "quick", tuple(sorted({*quick, *made})), 4)


def one_kind_of_phone(log: Log) -> Wrong:
    _clear(log, 4, moment(FIRST, 9), moment(FIRST, 10))
    made = (fake(log, moment(FIRST, 9, 5 * n), n, look="safari|393x852|vi") for n in range(1, 11))
    return Wrong("R10", "look", log.add(*made), 4)


def phones_that_say_nothing(log: Log) -> Wrong:
    _clear(log, 4, moment(FIRST, 9), moment(FIRST, 10))
    made = (fake(log, moment(FIRST, 9, 5 * n), n, look="chrome||", took_ms=None) for n in range(1, 11))
    return Wrong("R10", "look", log.add(*made), 4)


def bombing_by_device(log: Log) -> Wrong:
    made = [
        fake(log, moment(day, 9), n, device="angry", level=1, point=n % 3 + 1) for n, day in enumerate(workdays(14)[:5])
    ]
    return Wrong("R11", "device", log.add(*made)[1:])


def bombing_by_network(log: Log) -> Wrong:
    made = (fake(log, moment(FIRST, 8, 35 * n), n, level=1, network="cafe") for n in range(9))
    return Wrong("R11", "network", log.add(*made), 4)


def bombing_by_copies(log: Log) -> Wrong:
    words = "Cán bộ ở đây làm việc chậm, hách dịch, đề nghị thay người khác ngay lập tức"
    endings = ("", ".", "!", "!!")
    made = [
        fake(log, moment(day, 9, 13 * n), n, level=1 + n % 2, sketch=sketch(words + ending))
        for n, (day, ending) in enumerate(zip(workdays(14), endings, strict=False))
    ]
    return Wrong("R11", "copied", log.add(*made)[1:], 4)


def hidden_code(log: Log) -> Wrong:
    hidden = workdays(60)[30:33]
    log.seen = [one for one in log.seen if not (one.point == 4 and one.day in hidden)]
    return Wrong("R12", "gone", (), 4)


MANIPULATIONS: tuple[Manipulation, ...] = (
    one_device_soon, one_device_twice, one_device_for_days, many_dossiers, burst, at_night, on_a_holiday,
    for_one_on_leave, more_than_served, own_browser, from_home, tablet_from_home, best_marks, end_of_quarter,
    the_same_time, the_same_time_by_any_phone, no_time_to_read,
    one_kind_of_phone, phones_that_say_nothing, bombing_by_device, bombing_by_network, bombing_by_copies, hidden_code,
)  # fmt: skip


def _clear(log: Log, point: int, begin: datetime, end: datetime) -> None:
    log.seen = [one for one in log.seen if not (one.point == point and begin <= one.at <= end)]
