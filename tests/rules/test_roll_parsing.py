"""Reading rolls: the files communes really sent, and everything they might do to a table."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.households.importing.columns import guess_columns
from app.households.importing.parsing import ColumnsMissing, faults_json, parse_roll
from app.households.importing.records import ADDRESS_MAX, NAME_MAX, Columns
from app.households.importing.words import PROBLEMS, fault_params
from app.lib.tables import UnreadableTable, read_table
from tests.support.tables import HEADING, csv_file, parsed, problems, tampered, xlsx_file

ROLLS = Path(__file__).parents[1] / "data" / "rolls"
AN = [1, "Nguyễn Văn An", "Số 1, Hẻm 12, khu phố 6", "0912345678"]
BINH = [2, "Trần Thị Bình", "Số 2, Hẻm 12, khu phố 6", "0912345679"]
CUONG = [3, "Lê Văn Cường", "Số 3, Hẻm 12, khu phố 6", ""]


def roll(*rows, heading=HEADING):
    return parsed(csv_file([heading, *rows], delimiter=";"), "ds.csv")


@pytest.mark.parametrize("name", ["ban-6.csv", "khu-pho-6.xlsx", "xom-6.csv"])
def test_the_rolls_communes_sent(name):
    result = parsed((ROLLS / name).read_bytes(), name)
    expected = json.loads((ROLLS / f"{name}.expected.json").read_text())
    assert {"valid_households": len(result.households), "faults": faults_json(result)} == expected


def test_the_real_workbook_in_detail():
    result = parsed((ROLLS / "khu-pho-6.xlsx").read_bytes())
    first = result.households[0]
    assert (first.row, first.full_name, first.phone) == (8, "Dương Thị Trang", "0878684335")
    assert {home.cluster for home in result.households} == {
        "Hẻm 12", "Ngõ 1", "Ngõ 3", "Ngõ 5", "Tổ 2", "Tổ 4", "Đường ĐX 010", "Đường ĐX 015",
    }  # fmt: skip
    assert all(home.cluster in home.address for home in result.households)
    duplicate = next(fault for fault in result.faults if fault.problem == "duplicate_household")
    assert (duplicate.row, duplicate.detail) == (323, "175")
    assert [home.row for home in result.faulty] == [321, 322, 323, 324]


def test_decomposed_capitals_become_a_proper_name():
    result = parsed((ROLLS / "xom-6.csv").read_bytes(), "xom-6.csv")
    assert result.households[0].full_name == "Hoàng Công Ấn"
    assert all(unicodedata.is_normalized("NFC", home.full_name + home.address) for home in result.households)


def test_the_old_binary_format_with_a_total_and_a_signature_below():
    result = parsed((ROLLS / "ap-2.xls").read_bytes(), "ap-2.xls")
    assert [home.phone for home in result.households] == ["0912345678", "0387518756", None]
    assert problems(result) == [(7, "missing_name")]


def test_lines_naming_lanes_and_areas_count_for_the_rows_beneath():
    result = roll(
        ["Khu phố 6"], ["I", "Hẻm 12"], AN, ["II. Ngõ 3 (1 hộ)"], BINH, ["Khu phố 7"], ["A", "Các hộ mặt tiền"], CUONG
    )
    places = [(home.area_name, home.cluster) for home in result.households]
    assert places == [("Khu phố 6", "Hẻm 12"), ("Khu phố 6", "Ngõ 3"), ("Khu phố 7", "Các hộ mặt tiền")]
    assert not result.faults


def test_areas_written_once_or_as_bare_numbers():
    heading = ["STT", "Khu phố", "Chủ hộ", "Địa chỉ"]
    rows = [
        [n, 6 if n == 1 else 7 if n == 4 else "", f"Lê Văn {c}", f"Số {n}, Ngõ 1"] for n, c in enumerate("ABCDEG", 1)
    ]
    merged = parsed(csv_file([heading, *rows]), "a.csv")
    assert [home.area_name for home in merged.households] == ["Khu phố 6"] * 3 + ["Khu phố 7"] * 3
    full = parsed(csv_file([heading, *([n, "Khu phố 6" if n != 3 else "", *row[2:]] for n, row in enumerate(rows, 1))]))
    assert [home.area_name for home in full.households].count("") == 1


def test_totals_signatures_page_heads_and_blank_lines_are_passed_over():
    result = roll(
        AN, [], ["", "Cộng hẻm 12: 1 hộ"], list(HEADING), BINH, ["", "Trang 2"], [4], CUONG, ["Tổng cộng:", "", "3 hộ"],
        [],
        ["", "", "Thới Hòa, ngày 02 tháng 4 năm 2026"], ["", "NGƯỜI LẬP BIỂU", "TRƯỞNG BAN"],
        ["", "(Ký tên)", "(Ký tên)"],
        ["", "Phạm Văn Lập", "Đỗ Văn Trưởng, khu phố 6"], ["", "Phạm Văn Lập"],
    )  # fmt: skip
    assert [home.row for home in result.households] == [2, 6, 9]
    assert not result.faults


def test_a_total_does_not_hide_the_households_beneath_it():
    result = roll(AN, ["Cộng:", "", "", 1], [2, "", "Số 2, Hẻm 12"], ["", "Trần Thị Bình", "Số 3, Hẻm 12", ""])
    assert problems(result) == [(4, "missing_name")]
    assert [home.full_name for home in result.households] == ["Nguyễn Văn An", "Trần Thị Bình"]


def test_families_named_like_totals_and_lanes_are_households():
    result = roll(
        [1, "Tống Văn Cộng", "Số 1, Ngõ 1"], [2, "CÔNG VĂN TỔNG", "Số 2, Ngõ 1"], [3, "Đường Văn Tổ", "Số 3, Ngõ 1"]
    )
    assert len(result.households) == 3


@pytest.mark.parametrize(
    "phone", [912345678, 912345678.0, "912345678.0", "0912.345.678", "+84912345678", "84912345678"]
)
def test_phones_as_spreadsheets_leave_them(phone):
    for data in (xlsx_file([HEADING, [*AN[:3], phone]]), csv_file([HEADING, [*AN[:3], phone]])):
        assert parsed(data).households[0].phone == "0912345678"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ([1, "", "Số 1, Hẻm 12", "0912345678"], "missing_name"),
        ([1, " . ", "Số 1, Hẻm 12", ""], "missing_name"),
        ([1, "#REF!", "Số 1, Hẻm 12", ""], "missing_name"),
        ([1, "Nguyễn Văn An", "", "0912345678"], "missing_address"),
        ([1, "Nguyễn Văn An", "---", ""], "missing_address"),
        ([1, "Nguyễn Văn An", "#N/A", ""], "missing_address"),
        ([1, "Nguyễn Văn An", "Số 1, Hẻm 12", "09123"], "bad_phone"),
        ([1, "Nguyễn Văn An", "Số 1, Hẻm 12", "0912345678, 0987654321"], "bad_phone"),
        ([1, "Nguyễn Văn An", "Số 1, Hẻm 12", "02743822822"], "bad_phone"),
        ([1, "Nguyễn Văn An", "Số 1, Hẻm 12", "9.12E+08"], "bad_phone"),
        ([1, "NguyÔn V¨n Phông", "Số 1, Hẻm 12", ""], "legacy_encoding"),
        ([1, "Nguyễn Văn An", "Sè 778, Tæ 9", ""], "legacy_encoding"),
        ([1, "Nguyeãn Vaên AÙn", "Số 1, Hẻm 12", ""], "legacy_encoding"),
        ([1, "Nguyá»…n VÄƒn An", "Số 1, Hẻm 12", ""], "legacy_encoding"),
        ([1, "Nguyễn\u202e Văn An", "Số 1, Hẻm 12", ""], "strange_characters"),
        ([1, "Nguyễn Văn An", "Số 1\u200b, Hẻm 12", ""], "strange_characters"),
        ([1, "Nguyễn Văn A\x07n", "Số 1, Hẻm 12", ""], "strange_characters"),
        ([1, "Nguyễn Văn " + "An" * NAME_MAX, "Số 1, Hẻm 12", ""], "too_long"),
        ([1, "Nguyễn Văn An", "Số 1, Hẻm " + "1" * ADDRESS_MAX, ""], "too_long"),
        ([1, "Nguyễn Văn An", "12/05/2026", ""], "date_in_address"),
        (["", "Nguyễn Văn An", "", "0912345678"], "missing_address"),
        ([1, "", "Tổ 2, khu phố 6", ""], "missing_name"),
        ([1, "Đường Văn Tú", "", ""], "missing_address"),
        (["", "Nguyễn Văn Không Số", "", ""], "missing_address"),
    ],
)
def test_each_fault_is_named_in_its_row_and_said_in_words(cells, problem):
    result = roll(BINH, cells, CUONG)
    assert problems(result) == [(3, problem)]
    assert [home.row for home in result.households] == [2, 4]
    assert [home.row for home in result.faulty] == [3]
    fault = result.faults[0]
    sentence = PROBLEMS[problem] % fault_params(fault)
    assert sentence.endswith(".") and "%(" not in sentence


def test_several_faults_of_one_row_are_all_said_but_each_problem_once_to_a_machine():
    result = roll([1, "NguyÔn V¨n Phông", "Sè 778, Tæ 9", "09123"])
    assert {fault.field for fault in result.faults} == {"full_name", "address", "phone"}
    assert faults_json(result) == [{"row": 2, "problem": "legacy_encoding"}, {"row": 2, "problem": "bad_phone"}]
    assert result.faults[0].suggestion == "Nguyễn Văn Phụng"


def test_a_lane_in_an_old_font_is_a_fault_of_its_own_line():
    result = roll(["HÎm 12"], AN)
    assert problems(result) == [(2, "legacy_encoding")]
    assert result.households[0].cluster == ""


def with_code(*rows):
    return roll(*rows, heading=("Mã hộ", "Chủ hộ", "Địa chỉ", "SĐT"))


def test_a_number_given_twice_is_a_duplicate():
    result = with_code(["H1", *AN[1:]], ["H2", *BINH[1:]], [" h1 ", *CUONG[1:]])
    assert problems(result) == [(4, "duplicate_household")]
    assert (result.faults[0].field, result.faults[0].detail) == ("number", "2")


def test_the_same_name_at_the_same_house_is_a_duplicate_however_it_is_written():
    result = roll([1, "Lê Thị Hoà", "Số 5, Hẻm 12"], BINH, [9, "LÊ THỊ HÒA", "số 5 , hẻm 12."])
    assert problems(result) == [(4, "duplicate_household")]
    assert result.faults[0].detail == "2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, "Nguyễn Văn An", "Số 5, Hẻm 12"], [2, "Nguyễn Văn Ân", "Số 5, Hẻm 12"]),
        ([1, "Nguyễn Văn An", "Số 5, Hẻm 12"], [2, "Trần Thị Bình", "Số 5, Hẻm 12"]),
        ([1, "Nguyễn Văn An", "Số 5, Hẻm 12"], [2, "Nguyễn Văn An", "Số 5A, Hẻm 12"]),
        ([1, "Nguyễn Văn An", "Số 5, Hẻm 12"], [1, "Nguyễn Văn An", "Số 5, Hẻm 14"]),
        ([1, "Nguyễn Văn An", "Số 1/25, Ngõ 3"], [1, "Nguyễn Văn An", "Số 12/5, Ngõ 3"]),
        ([1, "Nguyễn Văn An", "Thôn Đoài"], [2, "Nguyễn Văn An", "Thôn Đoài"]),
        ([1, "Nguyễn Văn An", "Tổ 2, khu phố 6"], [2, "Nguyễn Văn An", "Tổ 2, khu phố 6"]),
        ([1, "Nguyễn Văn An", "Xóm 6, xã Tân Cương", "0912345678"], [2, "Nguyễn Văn An", "Xóm 6, xã Tân Cương", ""]),
    ],
)
def test_honest_neighbours_namesakes_and_families_under_one_roof_are_no_duplicates(one, other):
    assert not roll(one, other).faults


def test_namesakes_in_a_building_of_many_are_told_apart_by_their_telephones():
    flat = "Số 5, Chung cư A1"
    homes = [[n, f"Lê Văn {name}", flat, ""] for n, name in enumerate(["Ba", "Tư", "Năm", "Sáu"], 1)]
    assert not roll(*homes, [5, "Lê Văn Ba", flat, ""], [6, "Lê Văn Ba", flat, "0912345678"]).faults
    again = roll(*homes, [5, "Lê Văn Sáu", flat, "0912345678"], [6, "Lê Văn Sáu", flat, "0912345678"])
    assert problems(again) == [(7, "duplicate_household")]


def test_the_same_number_or_house_in_another_area_is_another_household():
    heading = ("Số hộ", "Khu phố", "Chủ hộ", "Địa chỉ")
    rows = [["1", "Khu phố 6", "Lê Văn Ba", "Số 5, Ngõ 1"], ["1", "Khu phố 7", "Lê Văn Ba", "Số 5, Ngõ 1"]]
    assert not roll(*rows, heading=heading).faults
    assert problems(roll(*rows, ["01", "KHU PHỐ 7", "Lê Văn Tư", "Số 6"], heading=heading)) == [
        (4, "duplicate_household")
    ]


def test_two_households_merged_over_one_address_both_have_it():
    data = xlsx_file([HEADING, AN, [2, "Trần Thị Bình", "", ""]], merges=["C2:C3"])
    assert [home.address for home in parsed(data).households] == [AN[2], AN[2]]


def test_headings_alone_are_an_empty_roll_without_faults():
    for result in (roll(), parsed(xlsx_file([["DANH SÁCH HỘ"], [], HEADING]))):
        assert (result.households, result.faulty, result.faults) == ((), (), ())


def test_progress_is_told_and_ends_at_the_total():
    told = []
    sheet = read_table(csv_file([HEADING, *([n, f"Lê Văn {n}", f"Số {n}", ""] for n in range(1700))]), "a")[0]
    parse_roll(sheet, guess_columns([sheet]).columns, lambda done, total: told.append((done, total)))
    assert told == [(500, 1701), (1000, 1701), (1500, 1701), (1701, 1701)]


@pytest.mark.parametrize("columns", [Columns(), Columns(full_name=(1,)), Columns(address=(2,))])
def test_without_name_or_address_column_nothing_is_read(columns):
    sheet = read_table(csv_file([HEADING, AN]), "a")[0]
    with pytest.raises(ColumnsMissing) as caught:
        parse_roll(sheet, columns)
    assert caught.value.missing


def test_a_person_may_choose_other_columns_than_were_guessed():
    sheet = read_table(csv_file([HEADING, ["7", *AN[1:]], ["7", *BINH[1:]]]), "a")[0]
    chosen = parse_roll(sheet, Columns(full_name=(1,), address=(2,), number=0, first_row=2))
    assert [home.number for home in chosen.households] == ["7"]
    assert problems(chosen) == [(3, "duplicate_household")]
    assert parse_roll(sheet, Columns(full_name=(99,), address=(98,), first_row=2)).households == ()


def test_a_wide_sheet_is_read():
    wide = xlsx_file([[*HEADING, *(f"Cột {n}" for n in range(196))], [*AN, *range(196)]])
    assert len(parsed(wide).households) == 1


def test_cells_as_long_as_a_book_are_faults_and_do_not_hold_up_the_rest():
    book = "ngày" + " " * 30_000 + "12 hộ"
    result = parsed(xlsx_file([HEADING, AN, [2, book, book, book], [book], ["I", book], CUONG]))
    assert (3, "bad_phone") in problems(result)
    assert [home.row for home in result.households] == [2, 6]
    words = "chữ " * 5_000
    assert {p for _, p in problems(parsed(xlsx_file([HEADING, [1, words, words, ""]])))} == {"too_long"}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x89PNG", tampered(xlsx_file([HEADING]), lambda *_: b"")])
def test_what_is_no_table_never_becomes_a_roll(data):
    with pytest.raises(UnreadableTable):
        parsed(data)


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Nguyễn Văn An", "Số 1, Hẻm 2", "Tổng cộng", "Hẻm 12", "0912345678", "1", "STT"]),
)


@settings(deadline=None)
@given(st.lists(st.lists(cell, max_size=6), max_size=12))
def test_whatever_the_cells_hold_every_household_is_valid_or_faulty_and_has_one_row(rows):
    try:
        result = parsed(csv_file([HEADING, *rows], "utf-8", ";") if rows else csv_file([HEADING]))
    except (UnreadableTable, UnicodeEncodeError, ColumnsMissing):
        return
    good = [home.row for home in result.households]
    bad = [home.row for home in result.faulty]
    assert len(set(good + bad)) == len(good + bad)
    assert set(bad) <= {fault.row for fault in result.faults}
    assert not set(good) & {fault.row for fault in result.faults}
    assert all(home.full_name and home.address for home in result.households)
    assert [fault["row"] for fault in faults_json(result)] == sorted(fault["row"] for fault in faults_json(result))
