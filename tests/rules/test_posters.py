"""Posters of rating points: paper and code in millimetres, white around the code, and what a phone reads."""

from datetime import date

import pypdfium2 as pdfium
import pytest

from app.documents.qr import draw
from app.feedback.documents.posters import GEOMETRIES, SAFE_MARGIN, STICKERS, TENT, WALL, PosterFacts, posters_pdf
from app.feedback.rules.points import Place, address, is_short, places, typed_address
from tests.support.papers import HOSTILE, MM, is_nfc, pages, pdf_text, picture

BASE = "https://danban.thoihoa.gov.vn"
KINDS = pytest.mark.parametrize("kind", sorted(GEOMETRIES))
# The side of the code without its rim: a tenth of the distance it is scanned from.
SIDES = {TENT: (60, 80), WALL: (120, 150), STICKERS: (28, 45)}


def facts(number: int = 3, **values: object) -> PosterFacts:
    code = f"7K3M9{number}"
    said = {
        "center": "Trung tâm Phục vụ hành chính công phường Thới Hòa", "place": f"Quầy {number} – Đất đai",
        "url": address(BASE, code), "typed": typed_address(BASE, code), "code": code, "poster_id": 40 + number,
        "issued_on": date(2026, 7, 5), "hotline": "0274 3553 353",
    }  # fmt: skip
    return PosterFacts(**said | values)  # type: ignore[arg-type]


@KINDS
def test_the_paper_has_its_size_and_one_poster_a_page(kind: str) -> None:
    sizes = {TENT: (148.0, 210.0), WALL: (297.0, 420.0), STICKERS: (210.0, 297.0)}
    with pdfium.PdfDocument(posters_pdf(kind, [facts(n) for n in range(3)])) as document:
        assert len(document) == (1 if kind == STICKERS else 3)
        for page in document:
            width, height = page.get_size()
            assert (round(width / MM, 1), round(height / MM, 1)) == sizes[kind]
    assert len(pages(posters_pdf(STICKERS, [facts(n % 10) for n in range(13)]))) == 2


@KINDS
def test_the_code_is_read_from_the_picture_at_its_size_with_white_around_it(kind: str) -> None:
    page = picture(posters_pdf(kind, [facts()]), dots_per_inch=150)
    least, most = SIDES[kind]
    codes = page.codes()
    assert len(codes) == GEOMETRIES[kind].columns * GEOMETRIES[kind].rows
    for code in codes:
        assert (code.text, code.ec_level) == (facts().url, "Q")
        left, top = code.position.top_left.x / page.per_mm, code.position.top_left.y / page.per_mm
        dark = (code.position.top_right.x - code.position.top_left.x) / page.per_mm
        modules = draw(facts().url, level="q").size
        assert least <= dark <= most
        assert abs(dark * (modules + 8) / modules - GEOMETRIES[kind].qr_mm) < 0.5
        quiet = 4 * dark / modules
        slack = 0.5
        assert page.darkest(left - quiet + slack, top, left - slack, top + dark) > 200
        assert page.darkest(left + dark + slack, top, left + dark + quiet - slack, top + dark) > 200
        assert page.darkest(left, top - quiet + slack, left + dark, top - slack) > 200
        assert page.darkest(left, top + dark + slack, left + dark, top + dark + quiet - slack) > 200


def test_stickers_fill_the_sheet_with_every_point_in_turn() -> None:
    page = picture(posters_pdf(STICKERS, [facts(n) for n in range(5)]), dots_per_inch=150)
    found = sorted(code.text[-1] for code in page.codes())
    assert found == sorted("012340123401")


@pytest.mark.parametrize("kind", [TENT, WALL])
def test_a_poster_says_one_thing_and_whom_to_call(kind: str) -> None:
    text = pdf_text(posters_pdf(kind, [facts()]))
    for said in (
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG THỚI HÒA", "Quầy 3 – Đất đai",
        "Ông/Bà hài lòng với lần phục vụ này không?", "Quét bằng Zalo hoặc máy ảnh điện thoại",
        "danban.thoihoa.gov.vn/r/7K3M93", "Không cần đăng nhập. Không lưu tên.", "Đường dây nóng: 0274 3553 353",
        "Mã 7K3M93. Số 43. Ngày cấp 05/07/2026.", "Nếu mã bị dán đè, báo 0274 3553 353.", "Scan to rate",
    ):  # fmt: skip
        assert said in text
    assert is_nfc(text)
    assert "báo người trực tại Trung tâm" in pdf_text(posters_pdf(kind, [facts(hotline="")]))


@KINDS
@pytest.mark.parametrize("name", ["Rất dài " * 40, *HOSTILE[:2], "Ậ" * 90])
def test_hostile_and_long_names_stay_text_inside_the_margin(kind: str, name: str) -> None:
    with pdfium.PdfDocument(posters_pdf(kind, [facts(center=name, place=name + " 1")])) as document:
        text, geometry = document[0].get_textpage(), GEOMETRIES[kind]
        cell = geometry.width / geometry.columns
        margin = SAFE_MARGIN * (0.75 if kind == STICKERS else 1)
        for index in range(text.count_chars()):
            left, bottom, right, top = (edge / MM for edge in text.get_charbox(index))
            if right - left < 0.01:
                continue
            assert left % cell >= margin - 0.4 and left % cell + (right - left) <= cell - margin + 0.4
    assert picture(posters_pdf(kind, [facts(center=name, place=name + " 1")]), dots_per_inch=100).codes()


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(ValueError, match="no points"):
        posters_pdf(TENT, [])
    with pytest.raises(KeyError):
        posters_pdf("a0", [facts()])


def test_addresses_stay_short_and_places_stand_in_order() -> None:
    assert address("https://x.vn/", "7K3M93") == "https://x.vn/r/7K3M93"
    assert is_short(BASE) and len(address(BASE, "7K3M93")) <= 40
    assert not is_short("https://dichvucong.phuongthoihoa.thanhpho.gov.vn")
    assert places([5, 6], {5: [8, 9]}) == [Place(), Place(5), Place(5, 8), Place(5, 9), Place(6)]
    assert [place.key for place in places([5], {5: [8]})] == ["0-0", "5-0", "5-8"]
