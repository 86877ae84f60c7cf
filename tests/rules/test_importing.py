"""Reading files of drafts: every format, every encoding, and what is refused in a sentence."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.consultations.importing import read
from app.consultations.rules.blocks import Block
from app.core.errors import Refusal
from tests.support.resolutions import SMALL, docx, packed, refusal, texts, words

LINES = [line for line in SMALL.split("\n") if line]


# ----------------------------------------------------------------------------------------------- plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_every_unicode_encoding(encoding: str) -> None:
    assert texts(SMALL.encode(encoding)) == LINES
    assert texts(SMALL.replace("\n", "\r\n").encode(encoding)) == LINES


def test_letters_in_parts_become_whole() -> None:
    apart = "Điều 1. Giữ vệ sinh"
    assert texts(apart.encode()) == ["Điều 1. Giữ vệ sinh"]


def test_the_vietnamese_code_page_of_windows() -> None:
    text = "Điều 1. Giữ vệ sinh và trồng cây"
    # The code page has hats as letters, and tones as signs that follow them.
    assert texts(b"".join(_windows(c) for c in text)) == [text]


def _windows(letter: str) -> bytes:
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
    rest = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
    return (rest + tones).encode("cp1258")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("§iÒu 1. Gi÷ vÖ sinh\nMçi hé quÐt vØa hÌ tr­íc nhµ.\nUû ban nh©n d©n ph­êng thùc hiÖn.", "TCVN3"),
        ("Ñieàu 1. Giöõ veä sinh\nMoãi hoä queùt væa heø tröôùc nhaø.\nUÛy ban nhaân daân phöôøng thöïc hieän.", "VNI"),
    ],
)
def test_old_fonts_are_named_and_not_repaired(text: str, name: str) -> None:
    for data in (text.encode("utf-8"), text.encode("cp1252"), docx(*text.split("\n"))):
        sentence = refusal(data)
        assert name in sentence and "UniKey" in sentence


def test_text_misread_once_is_named() -> None:
    spoilt = "Điều 1. Giữ vệ sinh".encode().decode("latin-1")
    assert "đã hỏng" in refusal(spoilt.encode())


def test_signs_that_nobody_sees_are_left_out() -> None:
    assert texts("Điều\u00a01.\tGiữ\u200b \u202evệ\u202c sinh\x00\x07".encode()) == ["Điều 1. Giữ vệ sinh"]
    assert texts("\uf0b7 Một mục\n• Hai".encode()) == ["- Một mục", "• Hai"]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "Tệp trống"),
        (b" \n\n \r\n", "không có chữ nào"),
        (bytes(range(256)) * 40, "không phải văn bản"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "Chỉ nhận tệp Word"),
        (b"MZ\x90\x00" + bytes(200), "không phải văn bản"),
        (b"{\\rtf1\\ansi Dieu 1}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word đời cũ"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "trang web"),
        (packed({"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.text"}), "Chỉ nhận tệp Word"),
        (b"PK\x03\x04" + bytes(30), "Chỉ nhận tệp Word"),
        (b"Dieu 1. A\n" * 100_000, "quá dài"),
        (b"x" * (10 * 1024 * 1024 + 1), "lớn hơn 10 MB"),
    ],
)
def test_what_is_no_draft_is_refused_in_a_sentence(data: bytes, part: str) -> None:
    assert part in refusal(data)


# -------------------------------------------------------------------------------------------------- markdown


def markdown(text: str) -> list[Block]:
    return read(text.encode(), "du-thao.md")


def test_markdown_headings_and_bold_are_strong() -> None:
    found = markdown(
        "## **Điều 2. Kinh phí**\n\n**Điều 3. Tổ chức\nthực hiện**\n\n**Điều 4.** Hiệu lực\n\nThường *nghiêng*."
    )
    assert [(block.text, block.strong) for block in found] == [
        ("Điều 2. Kinh phí", True),
        ("Điều 3. Tổ chức", True),
        ("thực hiện", True),
        ("Điều 4. Hiệu lực", False),
        ("Thường nghiêng.", False),
    ]
    assert [block.joined for block in found] == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"1\. Một \*sao\* \_gạch\_", "1. Một *sao* _gạch_"),
        ("5 * 3 = 15 và **chưa đóng", "5 * 3 = 15 và **chưa đóng"),
        ("[Luật](https://vbpl.vn/1) và <https://a.vn>", "Luật (https://vbpl.vn/1) và https://a.vn"),
        ("Tên: ________ ký", "Tên: ________ ký"),
        ("__Đậm__ và _nghiêng_ và a_b_c", "Đậm và nghiêng và a_b_c"),
        ("> Trích &amp; dẫn<br>dòng", "Trích & dẫn dòng"),
        ("A&#1 b&#1; c&#273;", "A&#1 b&#1; cđ"),
        ("* Gạch đầu dòng", "- Gạch đầu dòng"),
        ("Dòng một\\", "Dòng một"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_markdown_marks_go_and_words_stay(text: str, expected: str) -> None:
    assert [block.text for block in markdown(text)] == [expected]


def test_rules_and_comments_are_no_text() -> None:
    found = markdown("Một\n\n---\n\n***\n\n<!-- ghi chú -->\n| a | b |\n|---|---|\n| c | d |")
    assert [block.text for block in found] == ["Một", "| a | b |", "| c | d |"]


@example(["1&#1", "&#1;"])
@given(st.lists(st.text("aĐ1 .*_#>-[]()|!`\\&;", max_size=30), max_size=8))
def test_markdown_loses_no_word(lines: list[str]) -> None:
    text = "\n".join(lines)
    # The number of a letter is read as the letter.
    assume(not re.search(r"&#\d{3,};", text))
    try:
        found = read(text.encode(), "a.md")
    except Refusal:
        assert not words(text.replace("_", " "))
        return
    kept = "".join(word.replace("_", "") for block in found for word in words(block.text))
    assert kept == "".join(word.replace("_", "") for word in words(text))


def test_markdown_without_its_name_is_known() -> None:
    assert [block.strong for block in read(b"## Dieu 1. A\n\nMot\n\n## Dieu 2. B\n", "a.txt")] == [True, False, True]
