"""When a vote may open and close.

The law asks for public notice at least two days before slips are handed out (Law Đ19.2) and says nothing of an online
vote's notice or duration; as NĐ59 Đ5.5 makes an application follow the same steps, the two days hold here too. They
are days, not hours: a notice of the 1st lets voting begin on the 3rd, at any hour.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.lib.calendar import format_date, format_moment, local_day
from app.lib.citations import HOUSE, cite, decree59, law
from app.lib.i18n import N_
from app.polls.rules.facts import DECISION, PreparationFacts
from app.polls.rules.house import HouseRules
from app.polls.rules.problems import Problem, Step

NOTICE_DAYS = 2


def time_problems(facts: PreparationFacts, house: HouseRules) -> Iterator[Problem]:
    """What is wrong with the opening and closing times: missing, disordered, past, unannounced, too short or long."""
    if facts.opens_at is None:
        sentence = N_("Chọn ngày giờ mở.")
        yield Problem("no_opening", sentence, cite(decree59(5)), Step.TIMES, "opens_at")
    else:
        yield from _opening(facts, facts.opens_at)
    if facts.closes_at is None:
        sentence = N_("Chọn ngày giờ kết thúc.")
        yield Problem("no_closing", sentence, cite(decree59(5)), Step.TIMES, "closes_at")
    elif facts.opens_at is not None:
        yield from _duration(facts.opens_at, facts.closes_at, house)
    elif facts.closes_at <= facts.now:
        yield _closing_past()


def _opening(facts: PreparationFacts, opens_at: datetime) -> Iterator[Problem]:
    if opens_at <= facts.now:
        sentence = N_("Giờ mở %(moment)s đã qua. Chọn giờ khác.")
        params = {"moment": format_moment(opens_at)}
        yield Problem("opening_past", sentence, HOUSE, Step.TIMES, "opens_at", params)
    published = local_day(facts.published_at or facts.now)
    earliest = published + timedelta(days=NOTICE_DAYS)
    if facts.kind == DECISION and local_day(opens_at) < earliest:
        sentence = N_(
            "Thông báo ngày %(published)s thì sớm nhất ngày %(earliest)s mới được mở, vì phải công khai trước ít nhất"
            " %(days)d ngày."
        )
        days = {"published": format_date(published), "earliest": format_date(earliest), "days": NOTICE_DAYS}
        yield Problem("notice_short", sentence, cite(law(19, 2), decree59(5, 5)), Step.TIMES, "opens_at", days)


def _duration(opens_at: datetime, closes_at: datetime, house: HouseRules) -> Iterator[Problem]:
    if closes_at <= opens_at:
        sentence = N_("Giờ kết thúc phải sau giờ mở.")
        yield Problem("times_disordered", sentence, HOUSE, Step.TIMES, "closes_at")
    elif closes_at - opens_at < house.shortest:
        sentence = N_("Thời gian mở phải từ %(hours)d giờ trở lên để hộ nào cũng kịp tham gia.")
        params = {"hours": -(-house.shortest // timedelta(hours=1))}
        yield Problem("too_short", sentence, HOUSE, Step.TIMES, "closes_at", params)
    elif closes_at - opens_at > house.longest:
        sentence = N_("Thời gian mở không quá %(days)d ngày.")
        params = {"days": house.longest // timedelta(days=1)}
        yield Problem("too_long", sentence, HOUSE, Step.TIMES, "closes_at", params)


def _closing_past() -> Problem:
    sentence = N_("Giờ kết thúc đã qua. Chọn giờ khác.")
    return Problem("closing_past", sentence, HOUSE, Step.TIMES, "closes_at")
