"""Logs of ratings as a centre might have them on honest days.

People come at random while the centre is open, from their own phones, most of them over the office's Wi-Fi and
the others over networks that carriers share out; some return in the same week, a few families share a phone.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from app.core.clock import VIETNAM
from app.feedback.rules.hours import is_workday, open_at
from app.feedback.rules.signs.copies import sketch
from app.feedback.rules.signs.records import DayCount, Office, Returned, Seen

HOURS = {str(day): [[450, 690], [810, 1020]] for day in range(5)}
FIRST = date(2026, 3, 2)
HOLIDAYS = {date(2026, 4, 27): "off", date(2026, 4, 30): "off", date(2026, 5, 1): "off"}
# Ratings on a usual day at each point; the last is the poster on the wall, for the whole centre.
RATES = {1: 6, 2: 14, 3: 25, 4: 40, 5: 60, 6: 90}
WALL, LEAVER = 6, 77
LEVELS = ((5, 52), (4, 30), (3, 10), (2, 5), (1, 3))
LOOKS = [f"chrome|{360 + n % 7 * 6}x{740 + n * 8}|vi" for n in range(60)]
LOOK_WEIGHTS = [1 / (n + 4) for n in range(60)]
CARRIER_NETWORKS = 300
STORIES = (
    "đến từ bảy giờ rưỡi mà gần trưa mới tới lượt", "về bổ sung giấy tờ nhiều lần", "hẹn trả rồi không thấy ai gọi",
    "chỗ chờ nóng, thiếu ghế", "quạt hỏng từ tuần trước", "máy lấy số không chạy", "cán bộ nói nhỏ khó nghe",
    "không ai chỉ điền tờ khai", "bãi gửi xe xa quá", "mẫu đơn mỗi nơi một khác", "người lớn tuổi không được ưu tiên",
    "nộp trên mạng rồi vẫn phải mang bản giấy", "phần mềm lỗi cả buổi", "hỏi ba người được ba câu trả lời",
)  # fmt: skip


@dataclass
class Log:
    """Ratings, what else the rules ask for, and what a manipulation should be found by."""

    seen: list[Seen]
    bare: set[int] = field(default_factory=set)
    returned: list[Returned] = field(default_factory=list)
    leave: tuple[int, datetime, datetime] | None = None
    days: int = 60
    faked: int = 0

    @property
    def today(self) -> date:
        """The day after the last one."""
        return FIRST + timedelta(days=self.days)

    @property
    def office(self) -> Office:
        return Office(
            is_open=lambda at: open_at(HOURS, at, HOLIDAYS),
            opens_on=lambda day: is_workday(HOURS, day, HOLIDAYS),
            on_leave=self._on_leave,
            issued=dict.fromkeys(RATES, FIRST),
        )

    def _on_leave(self, officer: int, at: datetime) -> bool:
        return self.leave is not None and officer == self.leave[0] and self.leave[1] <= at < self.leave[2]

    def counts(self) -> list[DayCount]:
        """Ratings of each point and day."""
        found: dict[tuple[int, int | None, date], list[Seen]] = defaultdict(list)
        for one in self.seen:
            found[one.point, one.counter, one.day].append(one)
        return [
            DayCount(point, counter, day, len(ones), sum(one.level == 5 and one.id in self.bare for one in ones))
            for (point, counter, day), ones in found.items()
        ]

    def add(self, *more: Seen, bare: bool = True) -> tuple[int, ...]:
        """Put ratings into the log; their ids."""
        self.seen += more
        if bare:
            self.bare |= {one.id for one in more}
        return tuple(sorted(one.id for one in more))


def workdays(days: int) -> list[date]:
    every = (FIRST + timedelta(days=n) for n in range(days))
    return [day for day in every if is_workday(HOURS, day, HOLIDAYS)]


def moment(day: date, hour: int, minute: int = 0, seconds: float = 0) -> datetime:
    """A moment of Vietnam; ``minute`` and ``seconds`` may be more than make an hour or a minute."""
    at = datetime.combine(day, time(hour), VIETNAM) + timedelta(minutes=minute, seconds=seconds)
    return at.astimezone(UTC)


def honest(seed: int = 1, days: int = 60, rates: dict[int, int] | None = None) -> Log:
    """Days without any manipulation."""
    chance, log = random.Random(seed), Log([], days=days)
    for day in workdays(days):
        for point, rate in (rates or RATES).items():
            count = _poisson(chance, rate)
            for _ in range(count):
                _come(chance, log, point, day)
            if point != WALL:
                served = sum(chance.random() < 0.9 for _ in range(count)) + _poisson(chance, rate)
                log.returned.append(Returned(point, day, served))
    return log


def _come(chance: random.Random, log: Log, point: int, day: date) -> None:
    number = len(log.seen) + 1
    tier = chance.choices((0, 1, 2), (70, 20, 10))[0]
    script, kiosk = chance.random() < 0.9, point == 5 and tier < 2 and chance.random() < 0.2
    on_site = tier < 2 and chance.random() < 0.6
    level = chance.choices([level for level, _ in LEVELS], [weight for _, weight in LEVELS])[0]
    level = min(5, level + (point == 3 and chance.random() < 0.1))
    network = "office" if on_site else f"carrier-{chance.randrange(CARRIER_NETWORKS)}"
    one = Seen(
        id=number, point=point, counter=point if point != WALL else None, officer=70 + point, level=level, day=day,
        at=_when(chance, day, anywhere=tier == 2), device="tablet" if kiosk else f"phone-{number}",
        tier=1 if kiosk else tier, kiosk=kiosk, network=f"{network}-{day}", on_site=on_site or kiosk,
        look=chance.choices(LOOKS, LOOK_WEIGHTS)[0] if script else "chrome||",
        took_ms=int(1000 * chance.lognormvariate(1.8, 0.6)) if script else None,
    )  # fmt: skip
    if level <= 2 and chance.random() < 0.4:
        one = replace(one, sketch=sketch(", ".join(chance.sample(STORIES, chance.randrange(1, 5)))))
    elif chance.random() < 0.65:
        log.bare.add(number)
    log.seen.append(one)
    if chance.random() < 0.02 and not kiosk:
        # Somebody comes back within the week; one family in a hundred of those rates once more at once.
        _again(chance, log, one)


def _again(chance: random.Random, log: Log, one: Seen) -> None:
    number, soon = len(log.seen) + 1, chance.random() < 0.01
    day = one.day if soon else one.day + timedelta(days=chance.randrange(1, 7))
    if not is_workday(HOURS, day, HOLIDAYS):
        return
    at = one.at + timedelta(minutes=5) if soon else _when(chance, day, anywhere=False)
    log.seen.append(replace(one, id=number, at=at, day=day, network=f"again-{number}", sketch=0))


def _when(chance: random.Random, day: date, *, anywhere: bool) -> datetime:
    """A moment at which somebody rates: some minutes after they were served, or in the evening at home."""
    if anywhere:
        return moment(day, 6, chance.randrange(60), chance.random() * 15 * 3600)
    begin, end = chance.choices(HOURS["0"], (4, 3.5))[0]
    later = min(chance.expovariate(1 / 4), 25)
    return moment(day, 0, 0, 60 * (chance.uniform(begin, end - 1) + later))


def _poisson(chance: random.Random, mean: float) -> int:
    count, passed = 0, chance.expovariate(1)
    while passed < mean:
        count, passed = count + 1, passed + chance.expovariate(1)
    return count
