"""Access slips: where things stand on the paper, in which order, and that every code is read back."""

import itertools

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.qr import draw
from app.polls.documents.delivery import delivery_list_pdf
from app.polls.documents.slips import GEOMETRIES, SAFE_MARGIN, slips_pdf, stack_order
from tests.support.papers import HOSTILE, MM, consultation, is_nfc, pages, pdf_text, picture, slip, slips, vote

CUT = 3.0  # mm beside a cut where nothing may stand
LAYOUTS = pytest.mark.parametrize("per_page", [8, 10])


@given(st.integers(1, 1200), st.sampled_from([8, 10]))
def test_a_stack_cut_at_once_lies_in_delivery_order(count, per_page):
    sheets = stack_order(count, per_page)
    assert len(sheets) == -(-count // per_page)
    assert all(len(sheet) == per_page for sheet in sheets)
    piles = [[sheet[place] for sheet in sheets] for place in range(per_page)]
    assert [index for pile in piles for index in pile if index is not None] == list(range(count))


def test_slip_k_of_sheet_s_is_household_s_plus_k_sheets():
    sheets = stack_order(21, 8)
    assert [sheet[1] for sheet in sheets] == [3, 4, 5]
    assert sheets[2] == [2, 5, 8, 11, 14, 17, 20, None]


@LAYOUTS
def test_every_code_of_a_sheet_is_read_back_as_its_address_in_its_place(per_page):
    paper = slips_pdf(vote(), slips(2 * per_page), per_page)
    page = picture(paper, page=1)
    geometry = GEOMETRIES[per_page]
    found = {}
    for code in page.codes():
        x = (code.position.top_left.x + code.position.bottom_right.x) / 2 / page.per_mm
        y = (code.position.top_left.y + code.position.bottom_right.y) / 2 / page.per_mm
        found[int(y // geometry.height) * 2 + int(x // geometry.width)] = code.text
    wanted = {place: slip(2 * (place + 1)).url for place in range(per_page)}
    assert found == wanted


@LAYOUTS
def test_the_code_is_28_to_30_mm_with_its_quiet_zone(per_page):
    page = picture(slips_pdf(vote(), slips(1), per_page), dots_per_inch=300)
    (code,) = page.codes()
    assert code.ec_level == "M"
    dark = (code.position.top_right.x - code.position.top_left.x) / page.per_mm
    modules = draw(slip(1).url).size
    assert 27.9 <= dark * (modules + 8) / modules <= 30.1
    quiet = 4 * dark / modules
    left, top = code.position.top_left.x / page.per_mm, code.position.top_left.y / page.per_mm
    assert page.darkest(left - quiet + 0.4, top, left - 0.4, top + dark) > 200
    assert page.darkest(left + dark + 0.4, top, left + dark + quiet - 0.4, top + dark) > 200
    assert page.darkest(left, top - quiet + 0.4, left + dark, top - 0.4) > 200
    assert page.darkest(left, top + dark + 0.4, left + dark, top + dark + quiet - 0.4) > 200


@LAYOUTS
def test_the_sheet_is_a4_and_every_slip_a_true_part_of_it(per_page):
    geometry = GEOMETRIES[per_page]
    assert geometry.width == 105
    assert round(geometry.height, 2) == {8: 74.25, 10: 59.4}[per_page]
    with pdfium.PdfDocument(slips_pdf(vote(), slips(per_page + 1), per_page)) as document:
        assert len(document) == 2
        for page in document:
            width, height = page.get_size()
            assert (round(width / MM, 1), round(height / MM, 1)) == (210.0, 297.0)


@LAYOUTS
def test_all_text_keeps_the_safe_margin_of_its_slip(per_page):
    geometry = GEOMETRIES[per_page]
    paper = slips_pdf(vote(title="Rất dài " * 40), slips(per_page, representative="Nguyễn " * 40), per_page)
    with pdfium.PdfDocument(paper) as document:
        text = document[0].get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = (edge / MM for edge in text.get_charbox(index))
            if right - left < 0.01:
                continue
            x, y = left % geometry.width, (297 - top) % geometry.height
            assert x >= SAFE_MARGIN - 0.2
            assert x + (right - left) <= geometry.width - SAFE_MARGIN + 0.2
            assert y >= SAFE_MARGIN - 0.2
            assert y + (top - bottom) <= geometry.height - SAFE_MARGIN + 0.3


@LAYOUTS
def test_nothing_is_printed_within_three_millimetres_of_a_cut(per_page):
    geometry = GEOMETRIES[per_page]
    page = picture(slips_pdf(vote(title="Rất dài " * 40), slips(per_page), per_page))
    line = 0.4
    for row in range(1, geometry.rows):
        y = row * geometry.height
        assert page.darkest(8, y - CUT, 104, y - line) > 250
        assert page.darkest(8, y + line, 104, y + CUT) > 250
    assert page.darkest(105 - CUT, 8, 105 - line, geometry.height - 1) > 250
    assert page.darkest(105 + line, 8, 105 + CUT, geometry.height - 1) > 250
    assert page.darkest(0, geometry.height - 0.2, 6, geometry.height + 0.2) < 60


def test_a_slip_says_everything_it_must():
    text = pdf_text(slips_pdf(vote(), [slip(12)]))
    for said in (
        "KHU PHỐ 6 – PHƯỜNG THỚI HÒA",
        "PHIẾU MÃ BIỂU QUYẾT",
        "Lắp camera an ninh tại 6 ngõ",
        "Hộ số 12",
        "Nguyễn Văn Hường",
        "Số 12, đường ĐT 741, Cụm 1",
        "7K3M-9QTR-0012",
        "danban.example.vn/ma",
        "Hạn: 17:00 ngày 09/02/2026",
        "0903 123 456",
        "Mã này thay cho phiếu của hộ. Không đưa cho người khác. Cán bộ không hỏi mã này.",
        "k3jd9x0012",
        "Phiếu 12/1",
    ):
        assert said in text
    assert is_nfc(text)


@LAYOUTS
def test_the_address_to_type_is_whole_and_without_scheme(per_page):
    address = "danban.thanhphohochiminh.gov.vn/bieu-quyet/7K3M9QTR/ma"
    text = pdf_text(slips_pdf(vote(code_url=f"https://{address}"), slips(1), per_page))
    assert f"Nhập mã tại: {address}".replace(" ", "") in text.replace(" ", "")


@LAYOUTS
def test_the_fullest_slip_hides_nothing_one_needs(per_page):
    full = {"representative": "Nguyễn Thị Hoàng " * 9, "address": "Số 12, đường Nguyễn Thị Minh Khai " * 9}
    facts = vote(
        title="Sửa chữa nhà văn hóa " * 9, code_url="https://danban.thanhphohochiminh.gov.vn/bieu-quyet/7K3M9QTR"
    )
    with pdfium.PdfDocument(slips_pdf(facts, slips(per_page, **full), per_page)) as document:
        text = document[0].get_textpage()
        height = GEOMETRIES[per_page].height
        heading = text.get_text_bounded(left=0, right=105 * MM)
        boxes: dict[str, list[tuple[float, float]]] = {
            said: [] for said in ("PHIẾU", "Hộ số", "7K3M-", "Hạn:", "Cần giúp", "Mã này", "Chuỗi")
        }
        for said, found in boxes.items():
            search = text.search(said, match_case=True)
            while (at := search.get_next()) is not None:
                _, bottom, _, top = text.get_charbox(at[0])
                found.append((round((297 - top / MM) % height, 2), round((297 - bottom / MM) % height, 2)))
    assert {said: len(found) for said, found in boxes.items()} == dict.fromkeys(boxes, per_page)
    for lines in zip(*boxes.values(), strict=True):
        for upper, lower in itertools.pairwise(lines):
            assert upper[1] <= lower[0] + 0.1
    assert "PHIẾU MÃ BIỂU QUYẾT" in heading.splitlines()[0]


def test_a_consultation_is_never_called_a_vote():
    text = pdf_text(slips_pdf(consultation(), slips(3)))
    assert "PHIẾU MÃ LẤY Ý KIẾN" in text
    assert "BIỂU QUYẾT" not in text.upper()


def test_without_an_envelope_the_name_is_only_initials():
    text = pdf_text(slips_pdf(vote(), [slip(12)], in_envelope=False))
    assert "Nguyễn V. H." in text
    assert "Hường" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_and_not_obeyed(hostile):
    text = pdf_text(slips_pdf(vote(title=hostile), [slip(1, representative=hostile, address="ở đây", cluster="")]))
    assert text.count(hostile) == 2


@LAYOUTS
@pytest.mark.parametrize("name", ["N" * 400, "Nguyễn Thị " * 40, "مرحبا 漢字 😀", "\u202eab\x00c", ""])
def test_no_name_breaks_a_slip(name, per_page):
    paper = slips_pdf(vote(), slips(per_page, representative=name, address=name, cluster=name), per_page)
    assert len(pages(paper)) == 1
    assert sorted(code.text for code in picture(paper).codes()) == [slip(n + 1).url for n in range(per_page)]
    assert pdf_text(paper).count("Cán bộ không hỏi mã này.") == per_page


@pytest.mark.parametrize("per_page", [0, 6, 12])
def test_other_layouts_are_refused(per_page):
    with pytest.raises(ValueError, match="eight or ten"):
        slips_pdf(vote(), slips(1), per_page)


def test_no_slips_is_no_paper():
    with pytest.raises(ValueError, match="no slips"):
        slips_pdf(vote(), [])
    with pytest.raises(ValueError, match="no slips"):
        delivery_list_pdf(vote(), [])


def test_the_same_facts_give_the_same_bytes():
    assert slips_pdf(vote(), slips(9)) == slips_pdf(vote(), slips(9))
