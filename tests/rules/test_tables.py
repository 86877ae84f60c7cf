"""Reading tables: every kind people send, and every file that is none."""

import datetime
import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lib.delimited import guess_delimiter
from app.lib.tables import MAX_BYTES, UnreadableTable, read_table
from tests.support.tables import csv_file, ods_file, tampered, xlsx_file

ROLLS = Path(__file__).parents[1] / "data" / "rolls"
TABLE = [["STT", "Họ và tên", "Địa chỉ"], ["1", "Nguyễn Thị Ổi", "Số 1, Hẻm 2"], ["2", "Đặng Văn Ấn", "Số 2"]]
NUMBERED = [(number, row) for number, row in enumerate(TABLE, start=1)]
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def rows_of(data, filename="a.csv"):
    return read_table(data, filename)[0].rows


def refusal(data, filename="a.xlsx"):
    with pytest.raises(UnreadableTable) as caught:
        read_table(data, filename)
    assert re.search(r"[ạ-ỹàáâãèéêìíòóôõùúýăđơư]", str(caught.value)), "a Vietnamese sentence"
    assert "%(" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    assert rows_of(csv_file(TABLE, encoding, delimiter)) == NUMBERED


def test_utf16_with_a_big_endian_mark():
    assert rows_of(b"\xfe\xff" + csv_file(TABLE, "utf-16-be")) == NUMBERED


def test_windows_1258_whose_tones_stand_apart():
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

    def apart(text):
        letters = []
        for letter in text:
            parts = list(unicodedata.normalize("NFD", letter))
            rest = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
            letters.append(rest + "".join(c for c in parts if c in tones))
        return "".join(letters)

    data = csv_file([[apart(cell) for cell in row] for row in TABLE], "cp1258")
    assert rows_of(data) == NUMBERED


def test_bytes_of_an_old_font_stay_recognisable_garbage():
    data = csv_file([["Hä vµ tªn", "§Þa chØ"], ["NguyÔn V¨n T¸m", "Sè 1"]], "cp1252", ";")
    assert rows_of(data)[1] == (2, ["NguyÔn V¨n T¸m", "Sè 1"])


def test_one_damaged_byte_does_not_spoil_a_utf8_file():
    data = csv_file(TABLE * 20).replace("Ổi".encode(), b"\xe1\xbb", 1)
    rows = rows_of(data)
    assert "\ufffd" in rows[1][1][1]
    assert rows[2][1][1] == "Đặng Văn Ấn"


def test_decomposed_text_is_composed_in_every_format():
    apart = [[unicodedata.normalize("NFD", cell) for cell in row] for row in TABLE]
    assert rows_of(csv_file(apart)) == NUMBERED
    assert rows_of(xlsx_file(apart)) == NUMBERED
    lines = "".join(f"<table:table-row>{''.join(map(CELL.format, row))}</table:table-row>" for row in apart)
    assert rows_of(ods_file(lines)) == NUMBERED


def test_blank_lines_and_a_late_beginning_keep_the_numbers_of_the_file():
    assert rows_of(b"\n\na;b\n;;\nc;d\n") == [(3, ["a", "b"]), (5, ["c", "d"])]
    assert rows_of(xlsx_file([["", "a"], [], ["", "b"]], first_row=7)) == [(7, ["", "a"]), (9, ["", "b"])]


def test_cells_become_text_as_a_person_reads_them():
    row = [12.0, 878684335.0, 0.5, True, datetime.date(2026, 5, 12), "a\nb"]
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"default_date_format": "dd/mm/yyyy", "in_memory": True}) as made:
        made.add_worksheet().write_row(0, 0, row)
    assert rows_of(book.getvalue()) == [(1, ["12", "878684335", "0.5", "TRUE", "12/05/2026", "a\nb"])]


def test_a_formula_is_its_result_and_an_error_is_blank():
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_formula(0, 0, '="Số "&5', None, "Số 5")
        sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
        sheet.write(0, 2, "x")
    assert rows_of(book.getvalue()) == [(1, ["Số 5", "", "x"])]


def test_merged_cells_and_hidden_sheets_are_told():
    sheets = read_table((ROLLS / "khu-pho-6.xlsx").read_bytes(), "khu-pho-6.xlsx")
    assert [sheet.name for sheet in sheets] == ["DS hộ", "Ghi chú"]
    assert any((m.top, m.left, m.bottom, m.right) == (7, 0, 7, 6) for m in sheets[0].merges)
    assert sheets[0].visible


def test_the_old_binary_format():
    rows = rows_of((ROLLS / "ap-2.xls").read_bytes(), "ap-2.xls")
    assert rows[2] == (4, ["1", "TRẦN VĂN BẢY", "Số 12, tổ 1, ấp 2", "912345678"])


def test_opendocument_with_its_repeated_rows_and_columns():
    cell = '<table:table-cell table:number-columns-repeated="{}"/>'
    repeated = '<table:table-row table:number-rows-repeated="{}">' + cell + "</table:table-row>"
    number = '<table:table-cell office:value-type="float" office:value="12"><text:p>12,0</text:p></table:table-cell>'
    row = "<table:table-row><table:table-cell/>" + CELL.format("Ổi<text:s/>Xanh") + number + "</table:table-row>"
    data = ods_file(repeated.format(3, 16384) + row + row + repeated.format(1048571, 16384))
    assert rows_of(data) == [(4, ["", "Ổi Xanh", "12"]), (5, ["", "Ổi Xanh", "12"])]


def test_a_stray_quotation_mark_does_not_swallow_the_rest():
    data = 'a;b\n1;"nhà ngói, số 5\n2;x\n'.encode() + b"3;y\n" * 20
    assert len(rows_of(data)) == 23


def test_addresses_with_commas_do_not_win_the_delimiter():
    lines = ["Mã;Tên;Địa chỉ"] + [f"H{n};Ấn;Số {n}, Ngõ 3, xóm 6" for n in range(20)]
    assert guess_delimiter("\n".join(lines)) == ";"
    assert rows_of(b"sep=;\na;b,c\n") == [(1, ["a", "b,c"])]


def test_hundreds_of_columns_are_read_and_no_more_than_hundreds():
    assert len(rows_of(xlsx_file([[f"c{n}" for n in range(200)]]))[0][1]) == 200
    assert len(rows_of(csv_file([[f"c{n}" for n in range(2000)]]))[0][1]) == 256


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "trống"),
        (b" \r\n \n", "trống"),
        (b"\xef\xbb\xbf\r\n;;;\r\n", "trống"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "hình ảnh"),
        (b"\xff\xd8\xff\xe0JFIF", "hình ảnh"),
        (b"\x00\x00\x00\x18ftypheic", "hình ảnh"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "hình ảnh"),
        (b"{\\rtf1 abc}", "Word"),
        (b"Rar!\x1a\x07", "tệp nén"),
        (b"<!DOCTYPE html><table><tr><td>x", "trang web"),
        (b"\xef\xbb\xbf<html><table>", "trang web"),
        (b"PK\x03\x04 broken", "Không đọc được"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Không đọc được"),
        (bytes(range(256)) * 40, "không phải là bảng"),
        (b"MZ\x90" + bytes(300), "không phải là bảng"),
    ],
)
def test_what_is_no_table_is_refused_with_words(data, says):
    assert says in refusal(data)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped(word__document_xml="<w/>"), "Word"),
        (zipped(ppt__slide_xml="<p/>"), "trình chiếu"),
        (zipped(photo_jpg="x"), "tệp nén"),
        (zipped(xl__workbook_bin="x"), "Không đọc được"),
        (zipped(xl__workbook_xml="<workbook/>"), "Không đọc được"),
        (zipped(content_xml="<a"), "Không đọc được"),
        (zipped(content_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "Không đọc được"),
        (zipped(xl__worksheets__sheet1_xml=bytes(101_000_000)), "quá rộng hoặc quá dài"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "Word"),
        (b"a" * (MAX_BYTES + 1), "quá lớn"),
        (b"a;b\n" * 200_001, "quá nhiều dòng"),
    ],
)
def test_other_packages_bombs_and_locked_files_are_refused(data, says):
    assert says in refusal(data)


def in_sheet(before, after):
    def change(name, content):
        return re.sub(before, after, content, count=1) if name.endswith("sheet1.xml") else content

    return change


@pytest.mark.parametrize(
    "change",
    [
        in_sheet(b'r="A2"', b'r="XFD1048576"'),
        in_sheet(b'r="A2"', b"r = 'XFD1048576'"),
        in_sheet(b'r="A2"', b'r="A99999999999"'),
        in_sheet(b'r="A2"', b'r="ZZZZZZZ2"'),
        in_sheet(b'r="A2"', b'r="A0"'),
        in_sheet(b'r="A2"', b'r="&#88;FD1048576"'),
        in_sheet(b'<row r="2"[^>]*><c r="A2"', b'<row r="1048576">' + b"<c/>" * 9_000 + b"<c"),
        in_sheet(b"(?s)^.*$", "<worksheet><sheetData/></worksheet>".encode("utf-16")),
        in_sheet(b"(?s)</row>.*", b""),
        lambda name, content: None if name == "xl/workbook.xml" else content,
    ],
)
def test_a_workbook_made_to_exhaust_memory_never_reaches_the_reader(change):
    refusal(tampered(xlsx_file(TABLE), change))


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1048570">' + CELL.format("x") + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="300000"/><table:table-row>'
        + CELL.format("x")
        + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="150000">'
        + CELL.format("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
        + "</table:table-row>",
    ],
)
def test_repeated_rows_cannot_exhaust_memory_either(rows):
    assert "quá nhiều dòng" in refusal(ods_file(rows))


def test_a_size_that_lies_does_not_help_a_bomb():
    bomb = bytearray(zipped(xl__worksheets__sheet1_xml=bytes(101_000_000)))
    at = bomb.rindex(b"PK\x01\x02") + 24
    bomb[at : at + 4] = (10).to_bytes(4, "little")
    refusal(bytes(bomb))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**9),
    st.binary(min_size=1, max_size=8),
    st.sampled_from(["ap-2.xls", "khu-pho-6.xlsx", "ban-6.csv"]),
)
def test_a_damaged_file_is_read_or_refused_but_never_ends_the_process(place, junk, name):
    data = bytearray((ROLLS / name).read_bytes())
    at = place % len(data)
    data[at : at + len(junk)] = junk
    for damaged in (bytes(data), bytes(data[:at])):
        try:
            assert all(sheet.rows for sheet in read_table(damaged, name))
        except UnreadableTable as refused:
            assert str(refused)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        read_table(data, "x")
    except UnreadableTable as refused:
        assert str(refused)
