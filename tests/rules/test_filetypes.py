"""A file is what its content is, never what its name says."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib import filetypes
from app.lib.filetypes import readable_size, safe_name, sniff


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", filetypes.PDF),
        (b"\x89PNG\r\n\x1a\n....", filetypes.PNG),
        (b"\xff\xd8\xff\xe0....", filetypes.JPEG),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", filetypes.WEBP),
        (archive("[Content_Types].xml", "word/document.xml"), filetypes.DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), filetypes.XLSX),
        (b"ID3\x04rest", filetypes.MP3),
        (b"\xff\xfb\x90\x00rest", filetypes.MP3),
        (b"\x00\x00\x00\x20ftypM4A rest", filetypes.M4A),
        (b"OggS\x00rest", filetypes.OGG),
    ],
)
def test_known_types_are_told_by_their_content(data: bytes, kind: filetypes.FileType) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\x00program",
        b"\x7fELFprogram",
        b"\xd0\xcf\x11\xe0old office",
        archive("word/document.xml"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "ppt/presentation.xml"),
        b"PK\x03\x04 broken",
        b"\xff\xfe\x00\x00text",
        b"\x00\x00\x00\x20ftypqt  movie",
        b"plain words",
    ],
)
def test_anything_else_is_not_known(data: bytes) -> None:
    assert sniff(data) is None


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    found = sniff(data)
    assert found is None or found in filetypes.KNOWN


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ("quy ước.pdf", "quy ước.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\biên bản.docx", "biên bản.pdf"),
        ("anh\u202efdp.exe", "anhfdp.pdf"),
        ("bien\r\nban.pdf", "bienban.pdf"),
        (".htaccess", "tai-lieu.pdf"),
        ("", "tai-lieu.pdf"),
        ("a" * 400, "a" * 120 + ".pdf"),
    ],
)
def test_a_name_cannot_mislead(claimed: str, name: str) -> None:
    assert safe_name(claimed, filetypes.PDF) == name


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (840_300, "840 kB"), (2_490_000, "2,4 MB")]
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert readable_size(size) == words
