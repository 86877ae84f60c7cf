"""Files of strangers: what can be seen stays, everything else goes, what does harm is refused in words."""

import io
import subprocess
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.core.errors import Refusal
from app.lib.filetypes import JPEG, PDF
from app.lib.washing import Unclean, images, pdf
from app.lib.washing.jpeg import without_metadata
from app.visitors import uploads
from tests.support import strange_files
from tests.support.strange_files import SECRET, hostile_paper, paper, photo, saved

# What acts, hides or calls, as it is written in a PDF.
ACTING = [
    "/JavaScript",
    "/JS",
    "/OpenAction",
    "/AA",
    "/Launch",
    "/URI",
    "/EmbeddedFile",
    "/AcroForm",
    "/Annots",
    "/XFA",
]


def seen(data: bytes) -> str:
    """The text of a PDF as readers see it."""
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def unpacked(data: bytes) -> bytes:
    """The PDF with nothing compressed, to look for words in it."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        return saved(
            opened,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


# ---- pictures ----


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_neither_place_nor_camera(form: str) -> None:
    given_ = photo(form=form)
    assert SECRET in given_
    clean = images.wash(given_ + b"<?php system($_GET[0]) ?>")
    assert SECRET not in clean
    assert b"Nokia" not in clean
    assert b"<?php" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.format == "JPEG"
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)
        assert picture.size == (1280, 960)


def test_a_picture_stands_as_the_camera_was_held() -> None:
    with Image.open(io.BytesIO(images.wash(photo((800, 400), orientation=6)))) as picture:
        assert picture.size == (400, 800)
        red, blue = picture.getpixel((390, 400)), picture.getpixel((10, 400))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > 200 > 100 > red[2]
    assert blue[2] > 200 > 100 > blue[0]


@pytest.mark.parametrize(("size", "shown"), [((100, 50), (100, 50)), ((5000, 100), (1280, 26)), ((1, 1), (1, 1))])
def test_a_picture_is_made_smaller_and_never_larger(size: tuple[int, int], shown: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(images.wash(photo(size, form="PNG")))) as picture:
        assert picture.size == shown


def test_what_is_transparent_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(images.wash(out.getvalue()))) as picture:
        assert picture.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_pictures_of_printers_and_scanners_are_taken(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (50, 40)).save(out, "JPEG")
    with Image.open(io.BytesIO(images.wash(out.getvalue()))) as picture:
        assert (picture.mode, picture.size) == ("RGB", (50, 40))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no_image"),
        (b"GIF89a" + b"\0" * 50, "no_image"),
        (b"MZ" + b"\0" * 50, "no_image"),
        (b"\xff\xd8\xff" + b"<script>" * 20, "broken"),
        (photo()[:300], "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "broken"),
        (strange_files.huge_picture(), "too_large"),
        (photo((50, 50)) + b"\xff\xda" * 100, "too_large"),
    ],
)
def test_no_picture_and_hostile_ones_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unclean) as refused:
        images.wash(data)
    assert refused.value.reason == reason


@given(st.binary(max_size=200), st.integers(0, 600), st.binary(min_size=1, max_size=20))
@settings(max_examples=60)
def test_a_damaged_picture_is_washed_or_refused_and_nothing_else(head: bytes, place: int, damage: bytes) -> None:
    data = bytearray(photo((60, 40)))
    data[place : place + len(damage)] = damage
    for one in (bytes(data), b"\xff\xd8\xff" + head):
        try:
            assert SECRET not in images.wash(one)
        except Unclean as refused:
            assert refused.reason in uploads._WORDS


def test_metadata_leaves_a_jpeg_whose_picture_stays_as_it_is() -> None:
    data = photo((64, 48))
    clean = without_metadata(data + SECRET)
    assert SECRET not in clean
    assert b"Exif" not in clean
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.tobytes() == after.tobytes()


# ---- PDF ----


def test_of_a_pdf_only_what_is_seen_stays() -> None:
    given_ = hostile_paper()
    assert all(word.encode() in unpacked(given_) for word in ACTING)
    clean = pdf.wash(given_)
    plain = unpacked(clean)
    assert [word for word in ACTING if word.encode() in plain.replace(b"/AA ", b"/AA")] in ([], ["/AA"])
    assert SECRET not in plain
    assert b"evil.example" not in plain
    assert b"MZ" not in plain
    assert seen(clean).strip() == "Xin chao"
    with pikepdf.open(io.BytesIO(clean)) as opened:
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in opened.trailer
        assert "/AA" not in opened.pages[0].obj


def test_what_was_written_into_a_form_stays_on_the_page() -> None:
    clean = pdf.wash(strange_files.filled_in_form())
    assert "Da dien" in seen(clean)
    assert b"/AcroForm" not in unpacked(clean)


def test_a_photo_inside_a_pdf_keeps_no_place() -> None:
    given_ = strange_files.paper_with_a_photo()
    assert SECRET in given_
    clean = pdf.wash(given_)
    assert SECRET not in clean
    assert b"Exif" not in clean
    with pypdfium2.PdfDocument(clean) as document:
        picture = document[0].render().to_pil().convert("RGB")
    assert picture.getpixel((150, 50))[0] > 200
    assert picture.getpixel((150, 150))[2] > 200


def test_pages_keep_what_they_inherit() -> None:
    whole = paper(pages=3)
    for page in whole.pages:
        size = page.obj.MediaBox
        del page.obj["/MediaBox"]
    whole.Root.Pages.MediaBox = size
    with pikepdf.open(io.BytesIO(pdf.wash(saved(whole)))) as opened:
        assert [[int(side) for side in page.mediabox] for page in opened.pages] == [[0, 0, 300, 200]] * 3


def test_washing_twice_changes_nothing_more() -> None:
    once = pdf.wash(hostile_paper())
    assert unpacked(pdf.wash(once)) == unpacked(once)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no_pdf"),
        (photo((10, 10)), "no_pdf"),
        (b"\0" * 600 + saved(paper()), "no_pdf"),
        (b"%PDF-1.7\nnothing", "broken"),
        (saved(paper())[:200], "broken"),
        (saved(paper(), encryption=pikepdf.Encryption(owner="a", user="b")), "locked"),
        (saved(paper(), encryption=pikepdf.Encryption(owner="a", user="")), "locked"),
        (saved(paper(pages=61)), "too_long"),
        (saved(pikepdf.Pdf.new()), "too_long"),
        (strange_files.paper_from_elsewhere(), "active"),
    ],
)
def test_papers_that_cannot_be_washed_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Unclean) as refused:
        pdf.wash(data)
    assert refused.value.reason == reason


# ---- in a process of its own ----


def test_a_file_is_told_by_its_content() -> None:
    picture, paper_ = uploads.clean_upload(photo()), uploads.clean_upload(hostile_paper())
    assert (picture.kind, paper_.kind) == (JPEG, PDF)
    assert picture.data.startswith(b"\xff\xd8\xff")
    assert seen(paper_.data).strip() == "Xin chao"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp trống"),
        (b"PK\x03\x04" + b"\0" * 30, "Chỉ nhận ảnh"),
        (b"<html><script>alert(1)</script>", "Chỉ nhận ảnh"),
        (b"\xff\xd8\xff" + b"\0" * 10_000_000, "Tối đa 10 MB"),
        (photo()[:300], "hỏng"),
        (strange_files.bomb_of_objects(), "hỏng"),
    ],
)
def test_a_refusal_is_said_in_words_at_its_field(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        uploads.clean_upload(data, field="files")
    assert refused.value.field == "files"


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given_: dict[str, str] = {}

    def run(_command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        given_.update(how["env"])
        return subprocess.CompletedProcess([], -9, b"half", b"")

    monkeypatch.setenv("DANBAN_SECRET_KEY", "x" * 40)
    monkeypatch.setattr("subprocess.run", run)
    with pytest.raises(Refusal, match="hỏng"):
        uploads.clean_image(b"x")
    assert "PATH" in given_
    assert not [name for name in given_ if name.startswith("DANBAN")]


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SECONDS", 0.01)
    with pytest.raises(Refusal, match="hỏng"):
        uploads.clean_image(photo((10, 10)))
