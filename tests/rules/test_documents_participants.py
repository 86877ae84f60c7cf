"""The list of representatives who took part: by household, and never what anybody chose."""

from datetime import date

import pytest

from app.polls.documents.facts import InconsistentFacts, ParticipantRow
from app.polls.documents.participants import participants_docx, participants_pdf
from tests.support import papers
from tests.support.papers import docx_text, pages, pdf_text, result, vote


def _rows(count):
    return [
        ParticipantRow(household_number=str(number), representative=papers.NAMES[number % 6], address=f"Ngõ {number}")
        for number in range(count, 0, -1)
    ]


PARTICIPANTS = pytest.mark.parametrize(
    "read",
    [
        lambda v, r, rows: pdf_text(participants_pdf(v, r, rows)),
        lambda v, r, rows: docx_text(participants_docx(v, r, rows)),
    ],
    ids=["pdf", "docx"],
)


@PARTICIPANTS
def test_participants_are_listed_by_household_whatever_the_order_of_casting(read):
    text = read(vote(), result(), _rows(251))
    assert [text.index(f"{number} {number} ") for number in (1, 2, 10, 100, 251)] == sorted(
        text.index(f"{number} {number} ") for number in (1, 2, 10, 100, 251)
    )
    assert text == read(vote(), result(), list(reversed(_rows(251))))
    assert "Số đại diện hộ gia đình tham gia: 251 hộ" in text


@PARTICIPANTS
def test_the_list_tells_no_choice(read):
    text = read(vote(), result(), _rows(251))
    for choice in ("đồng ý", "Đồng ý", "Ý kiến khác", "thông qua"):
        assert choice not in text
    assert "không niêm yết, không đưa lên mạng" in text


@pytest.mark.parametrize("count", [0, 250, 252])
def test_a_list_of_another_length_is_refused(count):
    with pytest.raises(InconsistentFacts, match="as many households"):
        participants_pdf(vote(), result(), _rows(count))


def test_every_page_of_a_long_list_has_its_headings():
    text = pages(participants_pdf(vote(), result(), _rows(251)))
    assert all("Họ và tên đại diện" in page for page in text[:-1])


def test_it_is_dated_with_a_zero_before_a_small_day():
    text = pdf_text(participants_pdf(vote(), result(decided_on=date(2024, 4, 2)), _rows(251)))
    assert "Thới Hòa, ngày 02 tháng 4 năm 2024" in text
