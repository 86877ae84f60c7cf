"""Drafts as Word and PDF files."""

import io
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consultations.importing import read
from app.consultations.importing.docx import MOST_UNPACKED
from app.consultations.rules.splitting import split
from app.core.errors import Refusal
from tests.support.resolutions import SMALL, W, docx, packed, raw_docx, refusal, texts, words, words_of

LINES = [line for line in SMALL.split("\n") if line]


# -------------------------------------------------------------------------------------------------------- word


def test_word_paragraphs_with_their_looks() -> None:
    found = read(docx("**Điều 1. Phạm vi**", "Áp dụng cho các hộ.", "", "Điều 2. Hiệu lực"), "a.docx")
    assert [(block.text, block.strong) for block in found] == [
        ("Điều 1. Phạm vi", True),
        ("Áp dụng cho các hộ.", False),
        ("Điều 2. Hiệu lực", False),
    ]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def counted(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61623;"/></w:lvl>'
    '<w:lvl w:ilvl="4"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%5.%2"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num>"
)


def test_numbers_that_word_counts_by_itself() -> None:
    levels = [(0, 1), (1, 1), (1, 1), (2, 1), (2, 1), (3, 1), (4, 1), (0, 1), (1, 1), (1, 2), (1, 2), (0, 9)]
    body = "".join(p("Chữ.", counted(level, number)) for level, number in levels)
    assert texts(raw_docx(body, NUMBERING), "a.docx") == [
        "Điều 1. Chữ.", "1. Chữ.", "2. Chữ.", "a) Chữ.", "b) Chữ.", "- Chữ.", "IV.2 Chữ.", "Điều 2. Chữ.", "1. Chữ.",
        "7. Chữ.", "8. Chữ.", "Chữ.",
    ]  # fmt: skip


def test_a_numbered_word_document_is_cut() -> None:
    body = p("Phạm vi", counted(0)) + p("Một.", counted(1)) + p("A.", counted(2)) + p("Hiệu lực", counted(0))
    pieces = split(read(raw_docx(body, NUMBERING), "a.docx"))
    assert [piece.anchor for piece in pieces] == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-1-diem-a", "dieu-2"]


def test_numbers_and_looks_that_come_from_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="L"><w:name w:val="Khoản"/><w:pPr>{counted(1)}</w:pPr>'
        "<w:rPr><w:b/><w:caps/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="LL"><w:name w:val="Con"/><w:basedOn w:val="L"/>'
        '<w:rPr><w:b w:val="0"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="R"><w:name w:val="Vòng"/><w:basedOn w:val="R"/></w:style>'
    )
    body = "".join(p("Chữ", f'<w:pStyle w:val="{style}"/>') for style in ("H1", "L", "LL", "R", "?"))
    found = read(raw_docx(body, NUMBERING, styles), "a.docx")
    assert [(block.text, block.strong) for block in found] == [
        ("Chữ", True), ("1. CHỮ", True), ("2. CHỮ", False), ("Chữ", False), ("Chữ", False),
    ]  # fmt: skip


def test_only_what_is_seen_is_text() -> None:
    body = (
        "<w:p><w:r><w:t>Giữ </w:t></w:r><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>dời</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:tab/><w:t>và</w:t><w:br/><w:t>dòng</w:t></w:r>"
        "<w:hyperlink><w:r><w:t> liên kết</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:tbl><w:tr><w:tc>" + p("Ô một") + "</w:tc><w:tc>" + p("Ô hai") + "</w:tc></w:tr></w:tbl>"
    )
    assert texts(raw_docx(body), "a.docx") == ["Giữ thêm và", "dòng liên kết", "Ô một", "Ô hai"]


def test_hostile_word_documents_are_refused() -> None:
    types = {"[Content_Types].xml": "<Types/>"}
    bomb = packed(types | {"word/document.xml": b"<w:document " + W.encode() + b">" + b" " * (MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000 and "quá lớn" in refusal(bomb, "a.docx")
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    deep = f"<w:document {W}>" + "<w:p>" * 5000 + "</w:p>" * 5000 + "</w:document>"
    for document in (laughs, outside, deep, "<w:document", "", laughs.encode("utf-16")):
        assert "Không đọc được" in refusal(packed(types | {"word/document.xml": document}), "a.docx")
    assert "Chỉ nhận" in refusal(packed(types | {"word/document.xml": "<x/>", "word/vbaProject.bin": "x"}), "a.docx")
    assert "không có chữ nào" in refusal(raw_docx(p(" ")), "a.docx")


def test_damaged_word_documents_are_refused() -> None:
    sound = docx(*LINES)
    for cut in (40, len(sound) // 2, len(sound) - 30):
        assert refusal(sound[:cut], "a.docx")
    with zipfile.ZipFile(io.BytesIO(sound)) as package:
        place = package.getinfo("word/document.xml").header_offset
    for offset in range(place + 30, place + 400, 37):
        spoilt = bytearray(sound)
        spoilt[offset] ^= 0xFF
        try:
            assert read(bytes(spoilt), "a.docx")
        except Refusal as refused:
            assert refused.field == "file"


# --------------------------------------------------------------------------------------------------------- pdf


def pdf(*pages: str, picture: bool = False) -> bytes:
    """A PDF with a text layer made by the program that makes the service's own documents."""
    import typst

    body = "#pagebreak()\n".join(
        "\n\n".join(f"#par[#({line!r})]".replace("'", '"') for line in page.split("\n")) for page in pages
    )
    if picture:
        body = "#rect(width: 10cm, height: 10cm)"
    return typst.compile(f'#set page(width: 21cm, height: 29cm)\n#set text(lang: "vi")\n{body}'.encode())


def test_a_pdf_with_a_text_layer_is_cut() -> None:
    pieces = split(read(pdf(SMALL.strip(), "2\nĐiều 4. Hiệu lực\nTừ ngày ký."), "a.pdf"))
    assert [piece.anchor for piece in pieces if piece.level == "article"] == ["dieu-1", "dieu-2", "dieu-3", "dieu-4"]
    assert words_of(pieces) == words(SMALL + "Điều 4. Hiệu lực Từ ngày ký.")


def test_a_scanned_pdf_is_refused_in_words() -> None:
    assert "ảnh chụp" in refusal(pdf("", picture=True), "a.pdf")


def test_damaged_pdfs_are_refused() -> None:
    sound = pdf("Điều 1. Phạm vi áp dụng của quy chế này là các khu phố")
    for spoilt in (
        b"%PDF-1.7\n",
        sound[:200],
        b"%PDF-" + struct.pack(">Q", 1) * 100,
        b"%PDF-1.4\n" + zlib.compress(sound),
    ):
        assert "Không đọc được tệp PDF" in refusal(spoilt, "a.pdf")


@given(st.binary(max_size=300))
def test_garbage_is_refused_or_read_but_never_breaks(data: bytes) -> None:
    for start in (b"", b"%PDF-1.4\n", b"PK\x03\x04"):
        try:
            assert all(block.text for block in read(start + data, "a.txt"))
        except Refusal as refused:
            assert refused.field == "file"


@pytest.mark.parametrize(
    "mark", ["![a](", "__a ", "[", "<!--", "**", "Điều 1. A\n1. a\n", "sau:\n“Điều 1. x\n", "I. A\n"]
)
def test_marks_that_never_end_cost_no_more_than_their_length(mark: str) -> None:
    start = time.perf_counter()
    try:
        split(read(f"{mark * (100_000 // len(mark))}x".encode(), "a.md"))
    except Refusal as refused:
        assert refused.field == "file"
    assert time.perf_counter() - start < 10, "about a second on a quiet machine; squared it would be minutes"
