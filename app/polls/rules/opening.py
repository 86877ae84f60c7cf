"""Everything that still prevents a vote from opening, said at once."""

from collections import Counter
from collections.abc import Iterator

from app.core.errors import Refusal
from app.lib.calendar import format_date, local_day
from app.lib.citations import HOUSE, cite, decree59, law
from app.lib.i18n import N_
from app.lib.text import spelling_key
from app.polls.rules import clauses
from app.polls.rules.facts import ONLINE_CONSENT, SEALED, PreparationFacts
from app.polls.rules.house import HOUSE_RULES, HouseRules
from app.polls.rules.preconditions import precondition_problems
from app.polls.rules.problems import Problem, Step
from app.polls.rules.team import team_problems
from app.polls.rules.thresholds import needed
from app.polls.rules.times import time_problems

AGREE, DISAGREE, OTHER = OPTION_KEYS = ("agree", "disagree", "other")
# The three choices of an online vote in the words of NĐ59 Đ5.
STATUTORY_OPTIONS = {AGREE: N_("Đồng ý"), DISAGREE: N_("Không đồng ý"), OTHER: N_("Ý kiến khác")}


def what_prevents_opening(facts: PreparationFacts, house: HouseRules = HOUSE_RULES) -> list[Problem]:
    """All problems in the order of the wizard's steps; an empty list means that the vote may open.

    Nothing here has a side effect or looks at a clock: ``facts.now`` says when it is asked.
    """
    return [
        *_form(facts),
        *_question(facts),
        *_roll(facts, house),
        *time_problems(facts, house),
        *team_problems(facts),
        *precondition_problems(facts, house),
        *_rehearsal(facts),
    ]


def _form(facts: PreparationFacts) -> Iterator[Problem]:
    try:
        option = clauses.form_option(facts.clause, facts.scope, facts.form)
    except Refusal as refusal:
        yield Problem("form_unlawful", refusal.message, cite(law(17)), Step.SUBJECT, params=refusal.params)
        return
    if not option.available:
        yield Problem("form_unlawful", option.sentence, option.citation, Step.SUBJECT)
    elif facts.kind == ONLINE_CONSENT and facts.form != clauses.ONLINE:
        sentence = N_("Lấy ý kiến về hình thức biểu quyết trực tuyến chỉ dùng cho biểu quyết trực tuyến.")
        yield Problem("consent_not_online", sentence, cite(decree59(5, 3)), Step.SUBJECT)
    if option.after_failed_meeting:
        yield from _fallback(facts, option)


def _fallback(facts: PreparationFacts, option: clauses.FormOption) -> Iterator[Problem]:
    meeting = facts.failed_meeting
    if meeting is None:
        yield Problem("no_failed_meeting", option.sentence, option.citation, Step.SUBJECT)
        return
    if meeting.held_on > local_day(facts.now):
        sentence = N_("Ngày họp %(day)s chưa tới. Chỉ ghi cuộc họp đã diễn ra.")
        params = {"day": format_date(meeting.held_on)}
        yield Problem("meeting_in_future", sentence, option.citation, Step.SUBJECT, params=params)
    if meeting.total < 1 or not 0 <= meeting.attended <= meeting.total:
        sentence = N_("Số hộ dự họp không khớp với tổng số hộ. Xem lại biên bản cuộc họp.")
        yield Problem("meeting_numbers", sentence, option.citation, Step.SUBJECT)
        return
    need = needed(meeting.total, clauses.clause_rule(facts.clause).threshold)
    if meeting.attended >= need:
        sentence = N_(
            "Cuộc họp có %(attended)d hộ dự, đủ để thông qua (cần %(needed)d hộ), nên không được chuyển sang"
            " phát phiếu."
        )
        numbers = {"attended": meeting.attended, "needed": need}
        yield Problem("meeting_could_decide", sentence, option.citation, Step.SUBJECT, params=numbers)


def _question(facts: PreparationFacts) -> Iterator[Problem]:
    citation = cite(decree59(5)) if facts.form == clauses.ONLINE else cite(law(19))
    if not facts.title.strip():
        yield Problem("no_title", N_("Ghi tiêu đề."), citation, Step.QUESTION, "title")
    if not facts.question.strip():
        yield Problem("no_question", N_("Ghi câu hỏi để các hộ trả lời."), citation, Step.QUESTION, "question")
    if facts.form == clauses.ONLINE:
        yield from _statutory_options(facts, citation)
    elif facts.form == clauses.BALLOT and len({spelling_key(x.label) for x in facts.options} - {""}) < 2:
        sentence = N_("Ghi ít nhất hai phương án khác nhau.")
        yield Problem("too_few_options", sentence, citation, Step.QUESTION, "options")


def _statutory_options(facts: PreparationFacts, citation: str) -> Iterator[Problem]:
    keys = Counter(option.key for option in facts.options)
    if set(keys) < set(OPTION_KEYS):
        sentence = N_("Phiếu trực tuyến phải có đủ ba phương án: đồng ý, không đồng ý, ý kiến khác.")
        yield Problem("options_missing", sentence, citation, Step.QUESTION, "options")
    elif set(keys) != set(OPTION_KEYS) or max(keys.values()) > 1:
        sentence = N_("Phiếu trực tuyến chỉ có ba phương án: đồng ý, không đồng ý, ý kiến khác.")
        yield Problem("options_too_many", sentence, citation, Step.QUESTION, "options")
    right = {key: spelling_key(label) for key, label in STATUTORY_OPTIONS.items()}
    if any(o.key in right and spelling_key(o.label) != right[o.key] for o in facts.options):
        sentence = N_("Giữ đúng chữ của ba phương án: “Đồng ý”, “Không đồng ý”, “Ý kiến khác”.")
        yield Problem("options_reworded", sentence, citation, Step.QUESTION, "options")


def _roll(facts: PreparationFacts, house: HouseRules) -> Iterator[Problem]:
    by_household = cite(law(18, 2), law(21, 1))
    if facts.households == 0:
        yield Problem("roll_empty", N_("Danh sách chưa có hộ nào."), by_household, Step.ROLL)
    if facts.without_representative:
        sentence = N_("Còn %(count)d hộ chưa có người đại diện.")
        params = {"count": facts.without_representative}
        yield Problem("no_representative", sentence, by_household, Step.ROLL, params=params)
    if not facts.roll_rule.strip():
        sentence = N_("Ghi rõ những hộ nào được tính vào danh sách, ví dụ hộ tạm trú có được tính không.")
        yield Problem("no_roll_rule", sentence, HOUSE, Step.ROLL, "roll_rule")
    small = 0 < facts.households < house.small_roll
    if small and facts.level == SEALED and not facts.small_poll_accepted:
        sentence = N_(
            "Chỉ có %(count)d hộ: dù bỏ phiếu kín, kết quả chung vẫn có thể để lộ lựa chọn của từng hộ."
            " Xác nhận đã biết điều này."
        )
        params = {"count": facts.households}
        yield Problem("small_roll", sentence, HOUSE, Step.ROLL, "small_poll_accepted", params)


def _rehearsal(facts: PreparationFacts) -> Iterator[Problem]:
    if facts.form != clauses.ONLINE or facts.rehearsal_matched:
        return
    if facts.rehearsal_matched is None:
        sentence = N_("Chạy thử một lần với phiếu giả trước khi mở.")
        yield Problem("no_rehearsal", sentence, HOUSE, Step.CHECK)
    else:
        sentence = N_("Lần chạy thử gần nhất đếm không khớp. Không được mở; báo người quản trị.")
        yield Problem("rehearsal_failed", sentence, HOUSE, Step.CHECK)
