"""Everything that still prevents a draft from being put before the people, said at once (Law Đ25–29)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.consultations.rules.house import CITATION, HOUSE_RULES, HouseRules
from app.lib.calendar import format_date, format_moment, local_day
from app.lib.citations import HOUSE
from app.lib.i18n import N_
from app.polls.rules.problems import Problem

EVERYONE, AREAS, BODIES = AUDIENCES = ("everyone", "areas", "bodies")
BEFORE, AFTER = MODES = ("before", "after")
AUDIENCE_NAMES = {
    EVERYONE: N_("Tất cả mọi người"),
    AREAS: N_("Người dân các thôn, tổ dân phố đã chọn"),
    BODIES: N_("Cơ quan, tổ chức được mời"),
}
MODE_NAMES = {
    BEFORE: N_("Kiểm duyệt trước khi hiện"),
    AFTER: N_("Hiện ngay, kiểm duyệt sau"),
}


class Step(StrEnum):
    """Steps of the preparation, in order."""

    SUBJECT = "subject"
    DRAFT = "draft"
    AUDIENCE = "audience"
    PLAN = "plan"
    TIMES = "times"
    MODERATION = "moderation"
    FILES = "files"


STEP_NAMES = {
    Step.SUBJECT: N_("Tên và tóm tắt"),
    Step.DRAFT: N_("Văn bản dự thảo"),
    Step.AUDIENCE: N_("Ai được góp ý"),
    Step.PLAN: N_("Kế hoạch và người phụ trách"),
    Step.TIMES: N_("Thời gian"),
    Step.MODERATION: N_("Kiểm duyệt ý kiến"),
    Step.FILES: N_("Tài liệu kèm theo"),
}


@dataclass(frozen=True, kw_only=True)
class PreparationFacts:
    """A consultation as prepared so far; ``now`` is the database's moment, at which it would be published.

    ``articles`` and ``empty_articles`` count those of the version that would be published, None where there is none.
    ``areas``: how many residential areas were chosen. Days are Vietnamese days.
    """

    title: str
    summary: str
    organiser: str
    responsible: str
    phone: str
    audience: str
    areas: int
    invited: str
    moderation: str
    council_sent_on: date | None
    front_sent_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    now: datetime
    articles: int | None = None
    empty_articles: int = 0


def what_prevents_opening(facts: PreparationFacts, house: HouseRules = HOUSE_RULES) -> list[Problem]:
    """All problems in the order of the steps; an empty list means that the draft may be published.

    Nothing here has a side effect or looks at a clock.
    """
    return [
        *_subject(facts, house),
        *_draft(facts),
        *_audience(facts),
        *_plan(facts),
        *time_problems(facts.opens_at, facts.closes_at, facts.now, house),
        *_moderation(facts),
    ]


def summary_lines(summary: str) -> list[str]:
    """The lines of a summary in which something stands."""
    return [line.strip() for line in summary.splitlines() if line.strip()]


def _subject(facts: PreparationFacts, house: HouseRules) -> Iterator[Problem]:
    if not facts.title.strip():
        yield Problem("no_title", N_("Ghi tên dự thảo."), CITATION, Step.SUBJECT, "title")
    lines = len(summary_lines(facts.summary))
    if not lines:
        sentence = N_("Ghi tóm tắt: dự thảo này thay đổi gì, liên quan đến ai.")
        yield Problem("no_summary", sentence, HOUSE, Step.SUBJECT, "summary")
    elif lines > house.summary_lines:
        sentence = N_("Tóm tắt có %(lines)d dòng. Viết gọn trong %(most)d dòng.")
        params = {"lines": lines, "most": house.summary_lines}
        yield Problem("summary_long", sentence, HOUSE, Step.SUBJECT, "summary", params)


def _draft(facts: PreparationFacts) -> Iterator[Problem]:
    if facts.articles is None:
        yield Problem("no_draft", N_("Tải văn bản dự thảo lên."), CITATION, Step.DRAFT)
    elif facts.articles == 0:
        sentence = N_("Văn bản chưa có điều nào. Xem lại cách chia văn bản, vì người dân góp ý theo từng điều.")
        yield Problem("no_article", sentence, HOUSE, Step.DRAFT)
    elif facts.empty_articles:
        sentence = N_("Có %(count)d điều không có chữ nào. Xem lại cách chia văn bản.")
        yield Problem("empty_article", sentence, HOUSE, Step.DRAFT, params={"count": facts.empty_articles})


def _audience(facts: PreparationFacts) -> Iterator[Problem]:
    if facts.audience not in AUDIENCES:
        yield Problem("no_audience", N_("Chọn ai được góp ý."), CITATION, Step.AUDIENCE, "audience")
    elif facts.audience == AREAS and facts.areas < 1:
        sentence = N_("Chọn ít nhất một thôn, tổ dân phố.")
        yield Problem("no_areas", sentence, CITATION, Step.AUDIENCE, "areas")
    elif facts.audience == BODIES and not facts.invited.strip():
        sentence = N_("Ghi tên cơ quan, tổ chức được mời góp ý, mỗi dòng một tên.")
        yield Problem("no_invited", sentence, CITATION, Step.AUDIENCE, "invited")


def _plan(facts: PreparationFacts) -> Iterator[Problem]:
    for key, value, sentence in (
        ("organiser", facts.organiser, N_("Ghi cơ quan tổ chức lấy ý kiến.")),
        ("responsible", facts.responsible, N_("Ghi người phụ trách để người dân biết hỏi ai.")),
        ("phone", facts.phone, N_("Ghi số điện thoại của người phụ trách.")),
    ):
        if not value.strip():
            yield Problem(f"no_{key}", sentence, CITATION, Step.PLAN, key)
    for key, day, sentence in (
        ("council_sent_on", facts.council_sent_on, N_("Ghi ngày gửi kế hoạch đến Hội đồng nhân dân.")),
        ("front_sent_on", facts.front_sent_on, N_("Ghi ngày gửi kế hoạch đến Ủy ban Mặt trận Tổ quốc Việt Nam.")),
    ):
        if day is None:
            yield Problem(f"no_{key}", sentence, CITATION, Step.PLAN, key)
        elif day > local_day(facts.now):
            yield _not_sent_yet(key, day)


def _not_sent_yet(key: str, day: date) -> Problem:
    sentence = N_("Ngày gửi kế hoạch %(day)s chưa tới. Gửi kế hoạch trước rồi mới đăng dự thảo.")
    return Problem(f"{key}_future", sentence, CITATION, Step.PLAN, key, {"day": format_date(day)})


def time_problems(
    opens_at: datetime | None, closes_at: datetime | None, now: datetime, house: HouseRules = HOUSE_RULES
) -> Iterator[Problem]:
    """What is wrong with the times: missing, past, disordered, shorter than the law's 20 days, or too long."""
    if opens_at is None:
        yield Problem("no_opening", N_("Chọn ngày giờ bắt đầu nhận ý kiến."), CITATION, Step.TIMES, "opens_at")
    elif opens_at < now:
        sentence = N_("Giờ bắt đầu %(moment)s đã qua. Chọn giờ khác.")
        yield Problem("opening_past", sentence, HOUSE, Step.TIMES, "opens_at", {"moment": format_moment(opens_at)})
    if closes_at is None:
        yield Problem("no_closing", N_("Chọn ngày giờ hết hạn."), CITATION, Step.TIMES, "closes_at")
    elif opens_at is not None:
        yield from _duration(opens_at, closes_at, house)


def _duration(opens_at: datetime, closes_at: datetime, house: HouseRules) -> Iterator[Problem]:
    if closes_at <= opens_at:
        yield Problem("times_disordered", N_("Hết hạn phải sau khi bắt đầu."), CITATION, Step.TIMES, "closes_at")
    elif closes_at - opens_at < house.shortest:
        sentence = N_("Phải lấy ý kiến ít nhất %(days)d ngày: sớm nhất hết hạn lúc %(moment)s.")
        params = {"days": house.shortest // timedelta(days=1), "moment": format_moment(opens_at + house.shortest)}
        yield Problem("too_short", sentence, CITATION, Step.TIMES, "closes_at", params)
    elif closes_at - opens_at > house.longest:
        sentence = N_("Thời gian lấy ý kiến không quá %(days)d ngày. Xem lại năm.")
        params = {"days": house.longest // timedelta(days=1)}
        yield Problem("too_long", sentence, HOUSE, Step.TIMES, "closes_at", params)


def _moderation(facts: PreparationFacts) -> Iterator[Problem]:
    if facts.moderation not in MODES:
        sentence = N_("Chọn kiểm duyệt trước hay sau khi ý kiến hiện ra.")
        yield Problem("no_moderation", sentence, HOUSE, Step.MODERATION, "moderation")
