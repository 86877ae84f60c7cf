"""The five resolutions in ``tests/data/resolutions``, and files made for importing."""

import io
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from app.consultations.importing import read
from app.consultations.rules.pieces import SplitPiece
from app.core.errors import Refusal

FOLDER = Path(__file__).parent.parent / "data" / "resolutions"
NAMES = ("bac-ninh-2024", "binh-phuoc-draft", "son-la-2024", "tan-cuong-2025", "thoi-hoa-2024")
SMALL = """Điều 1. Phạm vi
Quy chế này áp dụng cho các khu phố.
Điều 2. Giữ vệ sinh
1. Mỗi hộ quét vỉa hè trước nhà.
2. Mỗi tuần dọn chung một buổi.
Điều 3. Mức đóng góp
a) Hộ có nhà: 50.000 đồng mỗi năm.
b) Hộ thuê nhà: không đóng.
"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def resolution(name: str) -> bytes:
    return (FOLDER / f"{name}.md").read_bytes()


def words(text: str) -> list[str]:
    """The words of a text, whatever signs and line breaks stand between them."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def words_of(pieces: list[SplitPiece]) -> list[str]:
    return [word for piece in pieces for word in words(piece.words)]


def docx(*paragraphs: str) -> bytes:
    """A Word document of plain paragraphs; **bold** ones stand between two stars on either side."""
    document = Document()
    for text in paragraphs:
        plain = text.strip("*")
        run = document.add_paragraph().add_run(plain)
        run.bold = plain != text or None
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def raw_docx(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word document written by hand: what stands in the body, and in the numbering."""
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    return packed(parts)


def packed(parts: dict[str, Any]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return kept.getvalue()


def texts(data: bytes, name: str = "du-thao.txt") -> list[str]:
    return [block.text for block in read(data, name)]


def refusal(data: bytes, name: str = "du-thao.txt") -> str:
    with pytest.raises(Refusal) as refused:
        read(data, name)
    assert refused.value.field == "file"
    return str(refused.value)
