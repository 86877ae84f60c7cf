"""The decision and what it must hold (Law Đ20.2; NĐ59 Đ5.6)."""

import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.polls.documents import wording
from app.polls.documents.facts import DecisionForm, InconsistentFacts, Kind, Signatories, TeamMember
from app.polls.documents.minutes import minutes, minutes_docx, minutes_pdf
from tests.support.papers import HOSTILE, consultation, docx_text, is_nfc, pages, pdf_text, result, vote

FORMATS = pytest.mark.parametrize(
    "read", [lambda v, r: pdf_text(minutes_pdf(v, r)), lambda v, r: docx_text(minutes_docx(v, r))], ids=["pdf", "docx"]
)
REQUIRED = {
    "time it began": "Thời gian bắt đầu: 07 giờ 00 phút, ngày 01 tháng 02 năm 2026.",
    "time it ended": "Thời gian kết thúc: 17 giờ 00 phút, ngày 09 tháng 02 năm 2026.",
    "all households": "Tổng số hộ gia đình: 299 hộ",
    "represented": "Số hộ có đại diện tham gia biểu quyết: 251 hộ (83,9 %)",
    "not represented": "Số hộ không có đại diện tham gia: 48 hộ (16,0 %)",
    "matter": "Nội dung biểu quyết: Ông/Bà có đồng ý lắp 12 camera an ninh tại 6 ngõ của khu phố không?",
    "form": "Hình thức: biểu quyết trực tuyến.",
    "agree": "Đồng ý 214 71,5 %",
    "disagree": "Không đồng ý 25 8,3 %",
    "other": "Ý kiến khác 10 3,3 %",
    "invalid": "Phiếu không hợp lệ 2 0,6 %",
    "outcome": "Được thông qua: 214/299 hộ đồng ý (71,5 %). Cần ít nhất 150 hộ (trên 50% tổng số hộ gia đình).",
    "decision": "Thống nhất lắp 12 camera. Giao Trưởng khu phố tổ chức thực hiện.",
    "head signs": "TRƯỞNG KHU PHỐ",
    "front signs": "TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",
    "team": "Trần Thị Bích Hường Ban công tác Mặt trận Tổ trưởng",
    "an opinion": "Nên lắp thêm đèn ở ngõ 3.",
    "slips never handed over": "chưa giao 12 phiếu",
    "number": "Số: 02/NQ-KP6",
    "dated": "Thới Hòa, ngày 10 tháng 02 năm 2026",
    "national title": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
    "issuer": "UBND PHƯỜNG THỚI HÒA KHU PHỐ 6",
    "sent where": "gửi Ủy ban nhân dân phường Thới Hòa; gửi Ủy ban Mặt trận Tổ quốc Việt Nam phường Thới Hòa",
    "sent by": "chậm nhất ngày 13 tháng 02 năm 2026",
    "posted": "niêm yết tại Nhà văn hóa khu phố 6",
}


@FORMATS
@pytest.mark.parametrize("said", REQUIRED.values(), ids=REQUIRED.keys())
def test_every_required_field_is_in_both_files(read, said):
    assert said in read(vote(), result())


@FORMATS
def test_four_places_to_sign_with_their_names(read):
    text = read(vote(), result())
    assert text.count("(Ký, ghi rõ họ tên)") == 4
    assert text.count("ĐẠI DIỆN HỘ GIA ĐÌNH") == 2
    for name in ("Nguyễn Văn Định", "Trần Thị Bích Hường", "Lê Minh Đức", "Hoàng Thị Hòa"):
        assert name in text[text.index("(Ký, ghi rõ họ tên)") :]


@FORMATS
def test_names_not_known_yet_leave_room_to_write(read):
    text = read(vote(), result(signatories=Signatories(head_title="Trưởng thôn"), number="", decided_on=None))
    assert text.count(wording.NOT_WRITTEN) == 4
    assert "TRƯỞNG THÔN" in text
    assert "Số: …" in text
    assert "ngày …… tháng …… năm 20……" in text


@FORMATS
def test_the_fingerprint_can_be_compared_whole(read):
    facts = vote()
    text = read(facts, result(batch_sha256="ab" * 32)).replace(" ", "")
    assert facts.definition_sha256 in text
    assert facts.roll_fingerprint in text
    assert "ab" * 32 in text


def test_both_files_say_the_same_in_the_same_order():
    facts, count = vote(), result()
    body = [re.sub(r"^\d+ ", "", page) for page in pages(minutes_pdf(facts, count))]
    footer = minutes(facts, count).footer
    text = " ".join(page.replace(footer, "").strip() for page in body)
    legend = text.index("Cần 150 hộ"), text.index("Được thông qua: 214")
    assert text[: legend[0]] + text[legend[1] :] == docx_text(minutes_docx(facts, count))


def test_vietnamese_letters_come_out_of_the_pdf_whole_also_when_they_went_in_apart():
    decomposed = unicodedata.normalize("NFD", "Đặng Thị Hường, Nguyễn Quỳnh Ỷ, ễ ộ ử ỵ")
    text = pdf_text(minutes_pdf(vote(title=decomposed), result()))
    assert "Nguyễn Quỳnh Ỷ, ễ ộ ử ỵ" in text
    assert is_nfc(text)


@pytest.mark.parametrize(
    ("agree", "said"),
    [
        (149, "Không được thông qua: 149/299 hộ đồng ý (49,8 %). Cần ít nhất 150 hộ"),
        (150, "Được thông qua: 150/299 hộ đồng ý (50,1 %). Cần ít nhất 150 hộ"),
        (0, "Không được thông qua: 0/299 hộ đồng ý (0,0 %)"),
        (299, "Được thông qua: 299/299 hộ đồng ý (100,0 %)"),
    ],
)
def test_the_verdict_follows_the_number_needed(agree, said):
    count = result(
        participated=agree, not_participated=299 - agree, agree=agree, disagree=0, other=0, invalid=0, others=(),
        passed=agree >= 150, form=DecisionForm.MINUTES,
    )  # fmt: skip
    assert said in pdf_text(minutes_pdf(vote(), count))


@pytest.mark.parametrize("citation", ["Khoản 6 Điều 15 Luật.", "khoản 6 Điều 15 Luật;", "Căn cứ khoản 6 Điều 15 Luật"])
def test_the_clause_is_cited_once_and_in_a_sentence(citation):
    assert wording.basis(vote(citation=citation)) == "Căn cứ khoản 6 Điều 15 Luật"


def test_199_of_299_never_looks_like_two_thirds():
    assert wording.percent(199, 299) == "66,5 %"
    assert wording.percent(200, 299) == "66,8 %"


@given(st.integers(1, 40_000), st.data())
def test_a_share_is_never_shown_larger_than_it_is(whole, data):
    part = data.draw(st.integers(0, whole))
    shown = int(wording.percent(part, whole).removesuffix(" %").replace(",", ""))
    assert shown * whole <= part * 1000 < (shown + 1) * whole


def test_what_may_not_be_published_still_stands_exactly_in_the_signed_paper():
    count = result(
        participated=251, agree=250, disagree=1, other=0, invalid=0, others=(), publish_exact=False,
        form=DecisionForm.MINUTES,
    )  # fmt: skip
    text = pdf_text(minutes_pdf(vote(), count))
    assert "Đồng ý 250 83,6 %" in text
    assert "Không đồng ý 1 0,3 %" in text


@FORMATS
@pytest.mark.parametrize("count", [0, 1, 200])
def test_other_opinions_are_all_listed_however_many(read, count):
    others = tuple(f"Ý kiến thứ {number}: đề nghị xem lại dự toán." for number in range(1, count + 1))
    facts = result(participated=200, not_participated=99, agree=0, disagree=0, other=200, invalid=0, others=others,
                   passed=False, form=DecisionForm.MINUTES)  # fmt: skip
    text = read(vote(), facts)
    assert all(opinion in text for opinion in others)
    assert ("không có nội dung ghi thêm" in text) == (count == 0)


@FORMATS
def test_a_consultation_is_minutes_and_never_a_vote(read):
    text = read(consultation(), result(form=DecisionForm.MINUTES, number="01/BB-KP6", in_force=""))
    assert "BIÊN BẢN Kết quả lấy ý kiến trực tuyến về việc lắp camera" in text
    assert "Kết quả: 214/299 hộ đồng ý (71,5 %)." in text
    assert "không thay cho quyết định" in text
    assert "biểu quyết" not in text.lower()
    assert "thông qua" not in text


@FORMATS
def test_a_preliminary_poll_has_a_threshold_and_passes_nothing(read):
    preliminary = vote(kind=Kind.CONSULTATIVE)
    text = read(preliminary, result(form=DecisionForm.MINUTES, in_force=""))
    assert "Đạt tỷ lệ cần thiết: 214/299 hộ đồng ý (71,5 %). Cần ít nhất 150 hộ" in text


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (DecisionForm.RESOLUTION, "NGHỊ QUYẾT Về việc lắp camera"),
        (DecisionForm.MINUTES, "BIÊN BẢN Kết quả biểu quyết trực tuyến về việc lắp camera"),
        (DecisionForm.MEMORANDUM, "BẢN GHI NHỚ Về việc lắp camera"),
        (DecisionForm.AGREEMENT, "BẢN THỎA THUẬN Về việc lắp camera"),
    ],
)
def test_the_four_forms_of_a_decision(form, name):
    assert name in docx_text(minutes_docx(vote(), result(form=form)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"participated": 250},
        {"participated": 252, "not_participated": 47},
        {"agree": -1, "disagree": 240},
        {"others": ("x",) * 11},
    ],
)
def test_a_result_that_does_not_add_up_is_refused(wrong):
    with pytest.raises(InconsistentFacts):
        result(**wrong)


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        (vote(households=300, needed=151), result()),
        (vote(), result(passed=False, form=DecisionForm.MINUTES)),
        (vote(needed=215), result()),
        (vote(needed=200), result(agree=199, disagree=40, form=DecisionForm.MINUTES)),
        (vote(needed=215), result(passed=False, form=DecisionForm.RESOLUTION)),
        (consultation(), result(form=DecisionForm.RESOLUTION)),
        (consultation(), result(form=DecisionForm.AGREEMENT)),
    ],
)
def test_no_paper_is_made_of_facts_that_contradict_each_other(facts, count):
    for make in (minutes_pdf, minutes_docx):
        with pytest.raises(InconsistentFacts):
            make(facts, count)


@pytest.mark.parametrize(
    "wrong",
    [
        {"needed": None},
        {"needed": 0},
        {"needed": 300},
        {"households": 0},
        {"closes_at": datetime(2026, 2, 1, tzinfo=UTC)},
        {"opens_at": datetime(2026, 2, 1)},  # noqa: DTZ001 - the fault under test
        {"team": (TeamMember(name="A", body="B"),) * 6},
        {"team": (TeamMember(name="A", body="B", is_head=True),) * 2},
    ],
)
def test_a_vote_that_cannot_be_is_refused(wrong):
    with pytest.raises(InconsistentFacts):
        vote(**wrong)


@FORMATS
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_and_not_obeyed(read, hostile):
    facts = vote(title=hostile, question=hostile, secrecy=hostile)
    text = read(facts, result(decision=hostile, others=(hostile,), place=hostile))
    assert text.count(hostile) >= 5
