"""What may still be done once a draft is before the people: extend, correct, withdraw; and adopt after the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.consultations.rules.house import CITATION, HOUSE_RULES, HouseRules
from app.consultations.rules.phases import Phase
from app.lib.calendar import format_date, format_moment, local_day
from app.lib.citations import HOUSE
from app.lib.i18n import N_
from app.polls.rules.problems import Problem

_RUNNING = frozenset({Phase.UPCOMING, Phase.OPEN})
_WITHDRAWABLE = _RUNNING | {Phase.PREPARING, Phase.CLOSED}
_MOMENTS = {
    Phase.PREPARING: N_("Dự thảo này chưa được đăng. Sửa trong phần chuẩn bị."),
    Phase.CLOSED: N_("Đã hết hạn góp ý, không làm được việc này nữa."),
    Phase.ANSWERED: N_("Đã công khai tiếp thu, giải trình, không làm được việc này nữa."),
    Phase.ADOPTED: N_("Văn bản đã ban hành, không làm được việc này nữa."),
    Phase.WITHDRAWN: N_("Dự thảo này đã rút."),
}


@dataclass(frozen=True, kw_only=True)
class RunningFacts:
    """A consultation at the moment ``now`` of the database, and what is to be done with it."""

    phase: Phase
    opens_at: datetime | None
    closes_at: datetime | None
    now: datetime
    reason: str = ""


def what_prevents_extension(
    facts: RunningFacts, new_closes_at: datetime | None, house: HouseRules = HOUSE_RULES
) -> list[Problem]:
    """Only later, only before the end, only with a reason."""
    later = _later(facts, new_closes_at, house) if facts.phase in _RUNNING else ()
    return [*_at(facts, _RUNNING), *_reason(facts, house), *later]


def what_prevents_correction(
    facts: RunningFacts, articles: int | None, house: HouseRules = HOUSE_RULES
) -> list[Problem]:
    """A new version with at least one article, while there is still time to say something about it.

    ``articles``: of the version that would be published, None where there is none.
    """
    found = [*_at(facts, _RUNNING), *_reason(facts, house), *_version(articles)]
    left = facts.closes_at - facts.now if facts.closes_at else timedelta()
    if facts.phase in _RUNNING and left < house.left_after_correction:
        days = {"days": house.left_after_correction // timedelta(days=1)}
        sentence = N_("Bản sửa cần còn ít nhất %(days)d ngày để góp ý. Gia hạn trước rồi đăng bản sửa.")
        found.append(Problem("no_time_left", sentence, HOUSE, params=days))
    return found


def what_prevents_withdrawal(facts: RunningFacts, house: HouseRules = HOUSE_RULES) -> list[Problem]:
    """With a reason, as long as no answer was published."""
    return [*_at(facts, _WITHDRAWABLE), *_reason(facts, house)]


def what_prevents_adoption(
    facts: RunningFacts, articles: int | None, number: str, adopted_on: date | None
) -> list[Problem]:
    """The text adopted, its number and its day; never before the answer was published (Law Đ25–29).

    ``articles``: of the final version, None where there is none.
    """
    found = [*_adoption_moment(facts), *_version(articles)]
    if not number.strip():
        found.append(Problem("no_number", N_("Ghi số, ký hiệu văn bản đã ban hành."), CITATION, field="number"))
    if adopted_on is None:
        found.append(Problem("no_day", N_("Ghi ngày ban hành."), CITATION, field="adopted_on"))
    elif adopted_on > local_day(facts.now):
        sentence = N_("Ngày ban hành %(day)s chưa tới.")
        found.append(
            Problem("day_future", sentence, HOUSE, field="adopted_on", params={"day": format_date(adopted_on)})
        )
    elif facts.closes_at is not None and adopted_on < local_day(facts.closes_at):
        sentence = N_("Ngày ban hành phải sau khi hết hạn góp ý, ngày %(day)s.")
        params = {"day": format_date(local_day(facts.closes_at))}
        found.append(Problem("day_early", sentence, CITATION, field="adopted_on", params=params))
    return found


def _adoption_moment(facts: RunningFacts) -> Iterator[Problem]:
    if facts.phase in (Phase.ADOPTED, Phase.WITHDRAWN):
        yield Problem("wrong_moment", _MOMENTS[facts.phase], HOUSE)
    elif facts.phase is not Phase.ANSWERED:
        sentence = N_("Công khai bảng tiếp thu, giải trình trước, rồi mới đăng văn bản đã ban hành.")
        yield Problem("not_answered", sentence, CITATION)


def _at(facts: RunningFacts, phases: frozenset[Phase]) -> Iterator[Problem]:
    if facts.phase not in phases:
        yield Problem("wrong_moment", _MOMENTS[facts.phase], HOUSE)


def _reason(facts: RunningFacts, house: HouseRules) -> Iterator[Problem]:
    if len(facts.reason.strip()) < house.shortest_reason:
        sentence = N_("Ghi rõ lý do, ít nhất %(least)d chữ cái, để người khác hiểu được.")
        yield Problem("no_reason", sentence, HOUSE, field="reason", params={"least": house.shortest_reason})


def _later(facts: RunningFacts, new: datetime | None, house: HouseRules) -> Iterator[Problem]:
    if new is None:
        yield Problem("no_new_time", N_("Chọn ngày giờ hết hạn mới."), HOUSE, field="new_closes_at")
    elif facts.closes_at is not None and new <= facts.closes_at:
        sentence = N_("Hạn mới phải sau %(moment)s; không được rút ngắn.")
        moment = {"moment": format_moment(facts.closes_at)}
        yield Problem("not_later", sentence, HOUSE, field="new_closes_at", params=moment)
    elif facts.opens_at is not None and new - facts.opens_at > house.longest:
        sentence = N_("Thời gian lấy ý kiến không quá %(days)d ngày. Xem lại năm.")
        days = {"days": house.longest // timedelta(days=1)}
        yield Problem("too_long", sentence, HOUSE, field="new_closes_at", params=days)


def _version(articles: int | None) -> Iterator[Problem]:
    if articles is None:
        yield Problem("no_version", N_("Tải văn bản mới lên trước."), HOUSE)
    elif articles == 0:
        yield Problem("no_article", N_("Văn bản mới chưa có điều nào. Xem lại cách chia văn bản."), HOUSE)
