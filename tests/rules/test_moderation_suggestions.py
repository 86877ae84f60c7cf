"""What a moderator's attention is drawn to, and what honest sentences are left alone."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.moderation.rules.covering import MARK, cover
from app.moderation.rules.suggestions import (
    LABELS,
    WEIGHTS,
    WHY,
    Recent,
    Suggestion,
    is_proven_duplicate,
    risk,
    suggest,
)
from tests.rules.moderation_sentences import FALSE_ALARMS, FOUND


def parts(text: str, rule: str) -> list[str]:
    """What of the text a rule points at."""
    return [text[first:end] for one in suggest(text) if one.rule == rule for first, end in one.spans]


@pytest.mark.parametrize(("rule", "text", "part"), FOUND)
def test_found(rule: str, text: str, part: str) -> None:
    assert parts(text, rule) == [part]


def test_each_of_several_numbers_is_found() -> None:
    text = "Gọi 0912345678 0987654321, hoặc anh Ba 0909.090.909"
    assert parts(text, "phone") == ["0912345678", "0987654321", "0909.090.909"]


@pytest.mark.parametrize("between", [" ", "\n"])
@pytest.mark.parametrize("rest", ["đ ị t cả lũ", "d.i.t ca lu", "đ-i-ề-u hay"])
def test_a_number_before_letters_cut_apart_is_no_sum_of_money(between: str, rest: str) -> None:
    assert parts(f"CMND số 271234567{between}{rest}", "identity_number") == ["271234567"]
    assert parts(f"STK 190345678901{between}{rest}", "bank_account") == ["190345678901"]


@pytest.mark.parametrize("unit", ["đ", "người", "triệu"])
def test_a_unit_of_the_next_line_makes_no_sum_of_the_number_before(unit: str) -> None:
    assert parts(f"CMND số 271234567\n{unit} gì đó", "identity_number") == ["271234567"]
    assert parts(f"CMND số 271234567 {unit} gì đó", "identity_number") == []


@pytest.mark.parametrize(
    ("text", "name", "verb"),
    [
        ("Ông Nguyễn Văn An tham ô tiền của dân.", "Ông Nguyễn Văn An", "tham ô"),
        ("Việc lấn chiếm đất công của bà Hoa ai cũng biết", "bà Hoa", "lấn chiếm"),
        ("Chủ tịch Trần Bình nhận hối lộ", "Chủ tịch Trần Bình", "nhận hối lộ"),
        ("Lê Văn Tám lua dao ba con", "Lê Văn Tám", "lua dao"),
        ("Cán bộ địa chính Hùng vòi tiền. Tôi bức xúc.", "Cán bộ địa chính Hùng", "vòi tiền"),
        ("Trưởng thôn T. Bình ăn chặn tiền hỗ trợ", "Trưởng thôn T", "ăn chặn"),
        ("Ông  Nguyễn Văn\tAn tham  ô tiền", "Ông  Nguyễn Văn\tAn", "tham  ô"),
        ("Anh  Khoa\nđòi\ntiền", "Anh  Khoa", "đòi\ntiền"),
    ],
)
def test_an_accusation_names_the_person_and_the_word(text: str, name: str, verb: str) -> None:
    found = [one for one in suggest(text) if one.rule == "accusation"]
    assert [one.params for one in found] == [{"name": name, "verb": verb}]
    assert parts(text, "accusation") == sorted([name, verb], key=text.index)


@pytest.mark.parametrize(
    "text",
    [
        "- Anh Khoa đến họp\n- Xử lý lấn chiếm",
        "Ông An có mặt\nTham nhũng phải bị chống",
        "Ông An nói phải phòng,\nchống\ntham nhũng",
        "Bà Hoa đề nghị xử lý\nlấn chiếm",
    ],
)
def test_lines_of_a_list_are_sentences_of_their_own(text: str) -> None:
    assert suggest(text) == []


@pytest.mark.parametrize("text", FALSE_ALARMS)
def test_an_honest_sentence_is_left_alone(text: str) -> None:
    assert suggest(text) == []


def test_every_rule_has_its_words() -> None:
    assert set(LABELS) == set(WHY) == set(WEIGHTS)


def test_every_reason_can_be_said_with_its_values() -> None:
    text = "Ông Nguyễn Văn An tham ô. Đồ khốn nạn, gọi 0912345678."
    recent = [Recent(text, False, 3), *(Recent(f"{text}{n}", True, n) for n in range(6))]
    found = suggest(text, recent=recent)
    assert {one.rule for one in found} == {"accusation", "abuse", "phone", "same_text", "burst"}
    for one in found:
        assert "%(" not in one.why % one.params


def test_the_heaviest_comes_first_and_risk_is_bounded() -> None:
    text = "Ông Nguyễn Văn An tham ô. Đồ khốn nạn, gọi 0912345678, CCCD 079201234567, stk 19034567890 Agribank."
    found = suggest(text)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert risk(found) == 100
    assert risk([]) == 0
    assert risk(suggest("Gọi 0912345678")) == WEIGHTS["phone"]


# ---- duplicates and bursts ----

LONG = "Đề nghị Ủy ban nhân dân phường lắp thêm đèn đường ở hẻm 12."


def test_the_same_words_from_the_same_device_are_proof() -> None:
    assert is_proven_duplicate(LONG, [Recent(LONG, True, 100)])
    assert is_proven_duplicate(LONG.upper() + "!!", [Recent(f"  {LONG}", True, 100)])


def test_without_the_same_device_or_with_other_words_there_is_no_proof() -> None:
    assert not is_proven_duplicate(LONG, [Recent(LONG, False, 1)])
    assert not is_proven_duplicate(LONG, [Recent(LONG.replace("12", "13"), True, 1)])
    assert not is_proven_duplicate(LONG, [])


def test_a_short_formula_is_never_proof() -> None:
    assert not is_proven_duplicate("Tôi đồng ý với điều này.", [Recent("Tôi đồng ý với điều này.", True, 1)])


def test_the_same_words_of_others_are_pointed_out_and_counted() -> None:
    found = suggest(LONG, recent=[Recent(LONG, False, 5), Recent(LONG, False, 9), Recent("Khác.", False, 9)])
    assert found == [Suggestion("same_text", WHY["same_text"], {"count": 2})]


@pytest.mark.parametrize(("minutes", "rules"), [([1, 2, 3, 4], []), ([1, 2, 3, 4, 59], ["burst"]), ([60] * 9, [])])
def test_a_burst_of_one_device(minutes: list[int], rules: list[str]) -> None:
    recent = [Recent(f"Ý kiến số {n}", True, n) for n in minutes]
    assert [one.rule for one in suggest(LONG, recent=recent)] == rules


# ---- whatever people type ----

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.lists(
    st.sampled_from(
        ["0912", "345", "678", ".", "-", "không", "chín", "a còng", "gmail", ".com", "ông", "Nguyễn", "tham ô", "stk"]
        + ["đ", "ị", "t", "*", "@", "1", "khiếu nại", "tôi", "đơn", "https://", "\n", "079201234567", "ạ̣", "０", "²"]
    ),
    max_size=30,
).map(" ".join)


@given(ANYTHING)
def test_spans_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    for one in suggest(text):
        at = 0
        for first, end in one.spans:
            assert at <= first < end <= len(text)
            at = end + 1


@given(ANYTHING)
def test_the_same_text_always_gives_the_same(text: str) -> None:
    assert suggest(text) == suggest(text)


@given(st.lists(st.sampled_from([text for _rule, text, _part in FOUND]), min_size=1, max_size=4), st.booleans())
@example(["chứng minh nhân dân số 271234567", "đ ị t cả lũ"], False)
@example(["ck Agribank 5900205123456", "đ.ị.t cả lũ"], True)
def test_nothing_suggested_is_left_once_it_is_covered(sentences: list[str], loud: bool) -> None:
    text = "\n".join(sentence.upper() if loud else sentence for sentence in sentences)
    spans = [span for one in suggest(text) for span in one.spans]
    shown = cover(text, spans)
    for first, end in spans:
        assert text[first:end] not in shown
    assert cover(shown, []) == shown
    personal = {"phone", "email", "identity_number", "bank_account", "link"}
    assert not personal & {one.rule for one in suggest(shown)}


@given(st.text("0123456789", min_size=8, max_size=8), st.sampled_from(["", " ", ".", "-"]))
def test_a_covered_number_leaves_no_figure_and_no_length(rest: str, between: str) -> None:
    written = f"09{rest[:2]}{between}{rest[2:5]}{between}{rest[5:]}"
    text = f"Gọi {written} nhé"
    spans = [span for one in suggest(text) for span in one.spans]
    assert cover(text, spans) == f"Gọi {MARK} nhé"


HOSTILE = [
    "0",
    "0 ",
    "a",
    "a.",
    "a-",
    "a@",
    "@",
    "đ.",
    "*",
    "1.234",
    "ông ",
    "Ông A ở ",
    "không ",
    "tôi xin ",
    "http://",
    "N ",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_a_text_made_to_be_slow_is_read_in_no_time(part: str) -> None:
    text = (part * 5000)[:5000]
    began = time.process_time()
    suggest(text)
    assert time.process_time() - began < 1


SEPARATORS = st.sampled_from(["", " ", ".", "-", " . ", "_", "–", "  "])


@given(
    st.sampled_from(["0", "+84", "84", "0084", "+84 ", "(+84)"]),
    st.sampled_from("35789"),
    st.text("0123456789", min_size=8, max_size=8),
    SEPARATORS,
    st.sampled_from([(3, 3), (2, 2), (4, 4), (1, 1), (8, 8)]),
)
def test_a_mobile_number_is_found_however_it_is_grouped(
    prefix: str, second: str, rest: str, between: str, group: tuple[int, int]
) -> None:
    figures = second + rest
    size = group[0]
    written = prefix + between.join(figures[at : at + size] for at in range(0, len(figures), size))
    text = f"Xin gọi {written} gặp tôi"
    covered = "".join(parts(text, "phone")) + "".join(parts(text, "identity_number"))
    assert sum(character.isdigit() for character in covered) >= 9, text


WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@given(st.sampled_from("35789"), st.text("0123456789", min_size=8, max_size=8))
def test_a_mobile_number_is_found_in_words(second: str, rest: str) -> None:
    spoken = " ".join(WORDS[int(figure)] for figure in f"0{second}{rest}")
    assert parts(f"Số của tôi là {spoken}.", "phone") == [spoken]


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1990, 2040), st.integers(0, 23), st.integers(0, 59))
def test_dates_and_hours_are_no_numbers_of_anybody(month: int, day: int, year: int, hour: int, minute: int) -> None:
    for text in (
        f"Họp lúc {hour:02d}:{minute:02d} ngày {day:02d}/{month:02d}/{year}.",
        f"Từ {day}-{month}-{year} {hour}h{minute:02d} đến {day}.{month}.{year}",
        f"Nghị định số {hour + minute}/{year}/NĐ-CP và Luật số {day}/{year}/QH15",
        f"{day:02d}/{month:02d}/{year} {hour:02d}:{minute:02d}",
    ):
        assert suggest(text) == [], text


@given(st.integers(0, 10**13))
def test_sums_of_money_are_no_numbers_of_anybody(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    for text in (f"Mức đóng góp {dotted} đồng một hộ", f"Tổng {dotted} đ", f"Chi {amount} đồng"):
        assert suggest(text) == [], text
