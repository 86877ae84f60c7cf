"""The decision as a paper: whole pages, margins and letters as Decree 30/2020/NĐ-CP asks, whatever stands in it."""

import re

import pytest

from app.polls.documents.minutes import minutes_docx, minutes_pdf, result_bar
from tests.support import papers
from tests.support.papers import consultation, docx_text, pages, result, vote


@pytest.mark.parametrize("text", ["A" * 2000, "rất dài " * 500, "مرحبا 漢字 😀 \u202e", "\x00\x07\ud800"])
def test_no_text_breaks_the_papers(text):
    facts = vote(title=text, question=text, area=papers.area(name=text))
    count = result(decision=text, others=(text,), number=text, place=text)
    assert len(pages(minutes_pdf(facts, count))) >= 2
    assert docx_text(minutes_docx(facts, count))


@pytest.mark.parametrize("lines", range(0, 45, 4))
def test_signatures_are_never_torn_apart_nor_alone_on_a_page(lines):
    count = result(decision="\n".join(f"Điểm {number} của quyết định." for number in range(lines + 1)))
    last = [page for page in pages(minutes_pdf(vote(), count)) if "(Ký, ghi rõ họ tên)" in page]
    assert len(last) == 1
    assert last[0].count("(Ký, ghi rõ họ tên)") == 4
    assert "lập thành 03 bản" in last[0]


def test_page_numbers_start_on_the_second_page():
    first, second, *_ = pages(minutes_pdf(vote(), result()))
    assert not first.startswith("1 ")
    assert second.startswith("2 ")


def test_the_bar_is_all_households_and_marks_the_number_needed():
    bar = result_bar(vote(), result())
    assert sum(segment.count for segment in bar.segments) == bar.total == 299
    assert bar.threshold == 150
    assert len({segment.pattern for segment in bar.segments}) == 5
    assert result_bar(consultation(), result()).threshold is None


def test_the_same_facts_give_the_same_bytes():
    assert minutes_pdf(vote(), result()) == minutes_pdf(vote(), result())
    assert minutes_docx(vote(), result()) == minutes_docx(vote(), result())


def test_the_pdf_is_tagged_in_vietnamese_and_declares_pdf_ua():
    paper = minutes_pdf(vote(), result())
    assert b"/StructTreeRoot" in paper or b"/MarkInfo" in paper
    assert b"pdfuaid:part" in paper
    assert b"vi" in paper


def test_the_docx_has_the_official_margins_font_and_page_numbers():
    paper = minutes_docx(vote(), result())
    body = papers.docx_part(paper, "word/document.xml")
    margins = {side: int(value) / 56.7 for side, value in re.findall(r'w:(top|bottom|left|right)="(\d+)"', body[-900:])}
    assert 20 <= round(margins["top"], 1) <= 25
    assert 20 <= round(margins["bottom"], 1) <= 25
    assert 30 <= round(margins["left"], 1) <= 35
    assert 15 <= round(margins["right"], 1) <= 20
    assert "w:titlePg" in body
    styles = papers.docx_part(paper, "word/styles.xml")
    normal = re.search(r'w:styleId="Normal".*?</w:style>', styles, re.DOTALL)
    assert normal is not None
    assert 'w:ascii="Times New Roman"' in normal.group()
    assert 'w:sz w:val="28"' in normal.group()
    assert "PAGE" in "".join(papers.docx_part(paper, f"word/{name}") for name in ("header1.xml",))
    assert "descr=" in body
    assert "w:tblHeader" in body
