"""The notice for the board and the texts for the loudspeaker."""

from datetime import UTC, datetime

import pytest

from app.polls.documents.facts import DecisionForm, InconsistentFacts
from app.polls.documents.loudspeaker import loudspeaker_result_text, loudspeaker_text
from app.polls.documents.notice import notice_docx, notice_pdf
from tests.support.papers import (
    HOSTILE,
    area,
    consultation,
    docx_text,
    is_nfc,
    pages,
    pdf_text,
    picture,
    result,
    vote,
)

FORMATS = pytest.mark.parametrize(
    "read", [lambda v: pdf_text(notice_pdf(v)), lambda v: docx_text(notice_docx(v))], ids=["pdf", "docx"]
)
LOUDEST = 20  # words of a sentence read aloud


@FORMATS
@pytest.mark.parametrize(
    "said",
    [
        "THÔNG BÁO Biểu quyết trực tuyến của các hộ gia đình khu phố 6",
        "Ông/Bà có đồng ý lắp 12 camera an ninh tại 6 ngõ của khu phố không?",
        "07:00",
        "Chủ Nhật, 01/02/2026",
        "17:00",
        "Thứ Hai, 09/02/2026",
        "299",
        "150 hộ",
        "Trên 50% tổng số hộ gia đình",
        "Quét mã trên phiếu mã của hộ",
        "Nhà văn hóa khu phố 6",
        "0903 123 456",
        "https://danban.example.vn/p/7K3M9QTR",
        "khoản 6 Điều 15",
        "9f86 d081 884c 7d65",
        "Mỗi hộ gửi một lần; phiếu đã gửi không sửa được.",
        "Thới Hòa, ngày 28 tháng 01 năm 2026",
        "TỔ TRƯỞNG",
    ],
)
def test_the_notice_says_everything_it_must(read, said):
    text = read(vote())
    assert said in text
    assert is_nfc(text)


def test_the_notice_is_one_page_and_its_code_opens_the_poll():
    paper = notice_pdf(vote())
    assert len(pages(paper)) == 1
    (code,) = picture(paper, dots_per_inch=120).codes()
    assert code.text == "https://danban.example.vn/p/7K3M9QTR"


def test_a_long_question_still_fits_on_one_page():
    question = "Ông/Bà có đồng ý sửa chữa nhà văn hóa bằng nguồn tiền còn lại của quỹ chung không? " * 3
    paper = notice_pdf(vote(question=question, help_place="Nhà văn hóa khu phố 6, từ 17 giờ đến 20 giờ hằng ngày"))
    assert len(pages(paper)) == 1


@FORMATS
def test_a_consultation_is_never_called_a_vote(read):
    text = read(consultation())
    assert "Lấy ý kiến trực tuyến" in text
    assert "biểu quyết" not in text.lower()
    assert "Cần đồng ý" not in text


@FORMATS
def test_whether_a_vote_may_be_changed_is_said(read):
    assert "lần gửi cuối cùng được tính" in read(vote(may_change=True))


@FORMATS
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_and_not_obeyed(read, hostile):
    assert read(vote(question=hostile, help_place=hostile)).count(hostile) == 2


@pytest.mark.parametrize("question", ["A" * 2000, "rất dài " * 300, "مرحبا 漢字 😀", ""])
def test_no_question_breaks_the_notice(question):
    paper = notice_pdf(vote(question=question, team=(), help_place="", code_url="", announced_on=None))
    assert "THÔNG BÁO" in pages(paper)[0]
    assert len(pages(paper)) <= 3


def test_every_sentence_read_aloud_is_short_and_without_digits():
    latest = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    facts = vote(households=2999, needed=1999, closes_at=latest, area=area(name="Khu phố 16"))
    count = result(participated=2951, agree=2555, disagree=255, other=126, invalid=15)
    for sentence in (loudspeaker_text(facts) + loudspeaker_result_text(facts, count)).splitlines():
        assert len(sentence.split()) <= LOUDEST, sentence
        assert not any(character.isdigit() for character in sentence), sentence


def test_a_result_of_another_vote_is_not_read_aloud():
    with pytest.raises(InconsistentFacts):
        loudspeaker_result_text(vote(households=300), result())


def test_the_announcement_has_time_place_number_and_help():
    text = loudspeaker_text(vote())
    assert "Hạn cuối là mười bảy giờ, thứ hai, ngày mùng chín tháng hai." in text
    assert "Toàn khu phố có hai trăm chín mươi chín hộ." in text
    assert "ít nhất một trăm năm mươi hộ đồng ý" in text
    assert "Nhà văn hóa khu phố sáu." in text
    assert "không chín không ba, một hai ba, bốn năm sáu" in text


def test_the_result_is_read_with_its_verdict():
    text = loudspeaker_result_text(vote(), result())
    assert "Số hộ đồng ý là hai trăm mười bốn hộ." in text
    assert "Nội dung trên được thông qua." in text
    failed = result(agree=100, disagree=139, passed=False, form=DecisionForm.MINUTES)
    assert "Nội dung trên không được thông qua." in loudspeaker_result_text(vote(), failed)


def test_numbers_that_could_betray_a_household_are_not_read_aloud():
    facts = result(agree=249, disagree=1, other=0, invalid=1, others=(), publish_exact=False)
    text = loudspeaker_result_text(vote(), facts)
    assert "hai trăm bốn mươi chín" not in text
    assert "Số hộ không đồng ý" not in text
    assert "được thông qua" in text


def test_a_consultation_read_aloud_is_never_a_vote():
    for text in (
        loudspeaker_text(consultation()),
        loudspeaker_result_text(consultation(), result(form=DecisionForm.MINUTES)),
    ):
        assert "lấy ý kiến" in text
        assert "biểu quyết" not in text
        assert "thông qua" not in text
