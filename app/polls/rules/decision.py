"""What the decision document must hold before it is sent (Law Đ20.2), and its four signatories."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.lib.calendar import format_date
from app.lib.citations import HOUSE, cite, law
from app.lib.i18n import N_
from app.lib.text import spelling_key
from app.polls.rules.clauses import FORMS, ONLINE
from app.polls.rules.problems import Problem

DOCUMENT_FORMS = {
    "nghi_quyet": N_("Nghị quyết"),
    "bien_ban": N_("Biên bản"),
    "ghi_nho": N_("Bản ghi nhớ"),
    "thoa_thuan": N_("Bản thỏa thuận"),
}
_CONTENT = cite(law(20, 2))
_MISSING_NAMES = {
    "head_name": N_("Ghi tên Trưởng thôn, Tổ trưởng tổ dân phố."),
    "front_name": N_("Ghi tên Trưởng ban công tác Mặt trận."),
    "household_one": N_("Ghi tên đại diện hộ gia đình thứ nhất."),
    "household_two": N_("Ghi tên đại diện hộ gia đình thứ hai."),
}


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """A decision document. ``total`` is the frozen N; the counts are None while there is no result.

    ``form`` is the kind of document, ``voting_form`` the form of the vote ("online"); ``ended_on`` and ``today`` are
    Vietnamese days.
    ``signed``: somebody has recorded that all four signed.
    """

    form: str
    decided_on: date | None
    ended_on: date | None
    today: date
    total: int | None
    represented: int | None
    not_represented: int | None
    agree: int | None
    disagree: int | None
    other: int | None
    invalid: int | None
    matter: str
    voting_form: str
    conclusion: str
    head_name: str
    front_name: str
    household_one: str
    household_two: str
    signed: bool
    already_sent: bool = False


def what_prevents_signing(facts: DecisionFacts) -> list[Problem]:
    """All that is missing in the document itself (Law Đ20.2): what nobody should put a name under."""
    return [*_time(facts), *_numbers(facts), *_words(facts), *_signatories(facts)]


def what_prevents_sending(facts: DecisionFacts) -> list[Problem]:
    """All that is missing before the document goes to UBND and UBMTTQ; lateness prevents nothing."""
    return [*what_prevents_signing(facts), *_state(facts)]


def _time(facts: DecisionFacts) -> Iterator[Problem]:
    day = facts.decided_on
    if day is None:
        yield Problem("no_time", N_("Ghi ngày ra quyết định."), _CONTENT, field="decided_on")
    elif day > facts.today:
        sentence = N_("Ngày ra quyết định %(day)s chưa tới.")
        yield Problem("time_in_future", sentence, _CONTENT, field="decided_on", params={"day": format_date(day)})
    elif facts.ended_on is not None and day < facts.ended_on:
        sentence = N_("Ngày ra quyết định không thể trước ngày kết thúc %(day)s.")
        params = {"day": format_date(facts.ended_on)}
        yield Problem("time_before_end", sentence, _CONTENT, field="decided_on", params=params)


def _numbers(facts: DecisionFacts) -> Iterator[Problem]:
    total, present, absent = facts.total, facts.represented, facts.not_represented
    votes = [facts.agree, facts.disagree, facts.other, facts.invalid]
    counted = [x for x in votes if x is not None]
    if total is None or present is None or absent is None or len(counted) < len(votes):
        sentence = N_("Chưa có kết quả kiểm phiếu: tổng số hộ, số hộ có và không có đại diện tham gia, kết quả.")
        yield Problem("no_result", sentence, _CONTENT)
        return
    if min(total, present, absent, *counted) < 0 or total == 0 or present + absent != total:
        sentence = N_("Số hộ tham gia và số hộ không tham gia cộng lại phải bằng tổng số hộ.")
        yield Problem("households_differ", sentence, _CONTENT)
    elif sum(counted) > present or (facts.voting_form == ONLINE and sum(counted) != present):
        # At a meeting some may attend and not vote; online, taking part is voting.
        sentence = N_("Số phiếu không khớp với số hộ tham gia.")
        yield Problem("votes_differ", sentence, _CONTENT)


def _words(facts: DecisionFacts) -> Iterator[Problem]:
    if facts.form not in DOCUMENT_FORMS:
        sentence = N_("Chọn nghị quyết, biên bản, bản ghi nhớ hoặc bản thỏa thuận.")
        yield Problem("no_form", sentence, cite(law(20)), field="form")
    if facts.voting_form not in FORMS:
        yield Problem("no_voting_form", N_("Ghi hình thức quyết định."), _CONTENT, field="voting_form")
    for key, value, sentence in (
        ("matter", facts.matter, N_("Ghi nội dung đã quyết định.")),
        ("conclusion", facts.conclusion, N_("Ghi quyết định của cộng đồng dân cư.")),
    ):
        if not value.strip():
            yield Problem(f"no_{key}", sentence, _CONTENT, field=key)


def _signatories(facts: DecisionFacts) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, sentence in _MISSING_NAMES.items():
        name = getattr(facts, key)
        spelling = spelling_key(name)
        if not spelling:
            yield Problem(f"no_{key}", sentence, _CONTENT, field=key)
        elif spelling in seen:
            same = N_("%(name)s được ghi hai lần; phải có bốn người khác nhau. Nếu trùng tên, ghi thêm số hộ.")
            yield Problem(f"{key}_twice", same, _CONTENT, field=key, params={"name": name.strip()})
        seen.setdefault(spelling, key)


def _state(facts: DecisionFacts) -> Iterator[Problem]:
    if not facts.signed:
        yield Problem("not_signed", N_("Ghi nhận đủ bốn chữ ký trước khi gửi."), _CONTENT)
    if facts.already_sent:
        yield Problem("already_sent", N_("Văn bản này đã gửi."), HOUSE)
