"""The conditions of an online vote that must be on record before it opens (NĐ59 Đ5).

Everything recorded must already have happened: a date after today is refused, and as voting begins in the future, a
date up to today lies before it. Only the community's agreement can also be too old.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.lib.calendar import add_months, format_date, local_day
from app.lib.citations import HOUSE, Citation, cite, decree59
from app.lib.i18n import N_
from app.polls.rules.clauses import ONLINE
from app.polls.rules.facts import (
    COMMUNITY_AGREES,
    DECISION,
    DEVICES,
    LEADERS_AGREE,
    REPORTED_COMMITTEE,
    REPORTED_FRONT,
    ConsentPollFacts,
    PreconditionFacts,
    PreparationFacts,
)
from app.polls.rules.house import HouseRules
from app.polls.rules.problems import Problem, Step
from app.polls.rules.thresholds import MAJORITY, needed, passes


@dataclass(frozen=True)
class Precondition:
    """A condition: its name, what to do while it is missing, where it stands."""

    key: str
    name: str
    missing: str
    citation: Citation


PRECONDITIONS = {
    condition.key: condition
    for condition in (
        Precondition(
            LEADERS_AGREE,
            N_("Thống nhất giữa Trưởng thôn, Tổ trưởng tổ dân phố và Trưởng ban công tác Mặt trận"),
            N_(
                "Ghi ngày Trưởng thôn, Tổ trưởng tổ dân phố và Trưởng ban công tác Mặt trận thống nhất không cần họp"
                " hoặc phát phiếu."
            ),
            decree59(5),
        ),
        Precondition(
            REPORTED_COMMITTEE,
            N_("Báo cáo Ủy ban nhân dân cấp xã"),
            N_("Báo cáo Ủy ban nhân dân cấp xã trước khi tiến hành và ghi ngày báo cáo."),
            decree59(5, 2),
        ),
        Precondition(
            REPORTED_FRONT,
            N_("Báo cáo Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã"),
            N_("Báo cáo Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã trước khi tiến hành và ghi ngày báo cáo."),
            decree59(5, 2),
        ),
        Precondition(
            COMMUNITY_AGREES,
            N_("Cộng đồng dân cư đồng ý biểu quyết trực tuyến"),
            N_("Lấy ý kiến về hình thức biểu quyết trực tuyến; cần quá nửa tổng số hộ đồng ý."),
            decree59(5, 3),
        ),
        Precondition(
            DEVICES,
            N_("Đại diện các hộ có thiết bị để biểu quyết"),
            N_("Ghi lại đã xem xét các hộ có thiết bị để biểu quyết trực tuyến."),
            decree59(5),
        ),
    )
}
# The preliminary vote asks for the community's agreement, so it cannot presuppose it, nor the devices it asks about.
REQUIRED = {
    "decision": tuple(PRECONDITIONS),
    "online_consent": (LEADERS_AGREE, REPORTED_COMMITTEE, REPORTED_FRONT),
}


def precondition_problems(facts: PreparationFacts, house: HouseRules) -> Iterator[Problem]:
    """What is missing or wrong among the conditions of an online vote; other forms have none of these."""
    if facts.form != ONLINE:
        return
    recorded = {condition.key: condition for condition in facts.preconditions}
    for key in REQUIRED[facts.kind]:
        found = recorded.get(key)
        if found is None:
            yield _problem(key, f"{key}_missing", PRECONDITIONS[key].missing)
        else:
            yield from _recorded(facts, found)
            if key == COMMUNITY_AGREES:
                yield from _consent(facts, found, house)


def _problem(key: str, problem: str, sentence: str, **params: object) -> Problem:
    where = cite(PRECONDITIONS[key].citation)
    return Problem(problem, sentence, where, Step.PRECONDITIONS, key, params)


def _recorded(facts: PreparationFacts, found: PreconditionFacts) -> Iterator[Problem]:
    key = found.key
    if found.happened_on > local_day(facts.now):
        sentence = N_("Ngày %(day)s chưa tới. Chỉ ghi việc đã làm.")
        yield _problem(key, f"{key}_in_future", sentence, day=format_date(found.happened_on))
    elif facts.opens_at and found.happened_on > local_day(facts.opens_at):
        sentence = N_("Việc ngày %(day)s phải làm xong trước khi mở.")
        yield _problem(key, f"{key}_after_opening", sentence, day=format_date(found.happened_on))
    if not found.proven and found.consent_poll is None:
        sentence = N_("Ghi rõ ai làm, ở đâu, hoặc kèm văn bản chứng minh.")
        yield _problem(key, f"{key}_unproven", sentence)


def _consent(facts: PreparationFacts, found: PreconditionFacts, house: HouseRules) -> Iterator[Problem]:
    if found.consent_poll is not None:
        yield from _consent_poll(facts, found.consent_poll, house)
        return
    if found.agreed is None or found.total is None:
        sentence = N_("Ghi số hộ đồng ý biểu quyết trực tuyến và tổng số hộ.")
        yield _problem(COMMUNITY_AGREES, "consent_numbers_missing", sentence)
    else:
        yield from _agreed(facts, found.agreed, found.total)
    yield from _age(facts, found.happened_on, house)


def _consent_poll(facts: PreparationFacts, poll: ConsentPollFacts, house: HouseRules) -> Iterator[Problem]:
    if not poll.about_this_area:
        sentence = N_("Cuộc lấy ý kiến được chọn không phải về biểu quyết trực tuyến ở nơi này.")
        yield _problem(COMMUNITY_AGREES, "consent_poll_elsewhere", sentence)
    elif not poll.counted or poll.ended_on is None:
        sentence = N_("Cuộc lấy ý kiến về hình thức biểu quyết trực tuyến chưa có kết quả.")
        yield _problem(COMMUNITY_AGREES, "consent_poll_unfinished", sentence)
    else:
        yield from _agreed(facts, poll.agreed, poll.total)
        yield from _age(facts, poll.ended_on, house)


def _agreed(facts: PreparationFacts, agreed: int, total: int) -> Iterator[Problem]:
    """More than half of all households: of those there were when asked, and of those there are now."""
    if total < 1 or not 0 <= agreed <= total:
        sentence = N_("Số hộ đồng ý không khớp với tổng số hộ. Xem lại hai con số.")
        yield _problem(COMMUNITY_AGREES, "consent_numbers_wrong", sentence)
        return
    households = max(total, facts.households)
    if not passes(agreed, households, MAJORITY):
        sentence = N_("Mới có %(agreed)d/%(total)d hộ đồng ý biểu quyết trực tuyến; cần ít nhất %(needed)d hộ.")
        least = needed(households, MAJORITY)
        yield _problem(COMMUNITY_AGREES, "consent_too_few", sentence, agreed=agreed, total=households, needed=least)


def _age(facts: PreparationFacts, agreed_on: date, house: HouseRules) -> Iterator[Problem]:
    last = add_months(agreed_on, house.consent_months)
    if facts.kind == DECISION and facts.opens_at and local_day(facts.opens_at) > last:
        sentence = N_(
            "Ý kiến đồng ý ngày %(day)s đã quá %(months)d tháng vào ngày mở. Lấy ý kiến lại, hoặc mở chậm nhất"
            " ngày %(last)s."
        )
        values = {"day": format_date(agreed_on), "months": house.consent_months, "last": format_date(last)}
        yield Problem("consent_too_old", sentence, HOUSE, Step.PRECONDITIONS, COMMUNITY_AGREES, values)
