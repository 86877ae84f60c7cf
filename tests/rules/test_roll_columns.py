"""Guessing sheet and columns from the headings communes write."""

import pytest

from app.households.importing.columns import guess_columns
from app.households.importing.headings import group_kind, group_name, is_footer, is_total, meaning
from app.households.importing.records import Columns
from app.lib.tables import read_table
from tests.support.tables import HEADING, csv_file, guessed, parsed, xlsx_file

HOMES = [
    [1, "Nguyễn Văn An", "Số 1, Hẻm 12, khu phố 6", "0912345678"],
    [2, "Trần Thị Bình", "Số 2, Hẻm 12, khu phố 6", "0912345679"],
    [3, "Lê Văn Cường", "Số 3, Hẻm 12, khu phố 6", ""],
]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("STT", "serial"), ("Số TT", "serial"), ("TT", "serial"), ("Số thứ tự", "serial"),
        ("Mã hộ", "number"), ("Số hộ", "number"), ("Hộ số", "number"), ("Mã số hộ gia đình", "number"),
        ("Số hộ khẩu", "number"), ("Hộ", "number"),
        ("HO TEN CHU HO", "full_name"), ("Họ và tên", "full_name"), ("Đại diện hộ", "full_name"),
        ("Họ, tên chủ hộ\n(hoặc người đại diện)", "full_name"), ("Tên chủ hộ", "full_name"), ("Chủ hộ", "full_name"),
        ("Họ và tên đại diện hộ gia đình", "full_name"), ("Hä vµ tªn", "full_name"), ("Hoï vaø teân", "full_name"),
        ("Họ đệm", "family_name"), ("Họ và tên đệm", "family_name"), ("Họ", "family_name"), ("Tên", "given_name"),
        ("dia chi", "address"), ("Địa chỉ thường trú", "address"), ("Nơi thường trú", "address"),
        ("Nơi đăng ký hộ khẩu thường trú", "address"), ("§Þa chØ", "address"), ("Chỗ ở hiện nay", "address"),
        ("Địa chỉ chủ hộ", "address"), ("Số nhà", "house_number"),
        ("SDT", "phone"), ("Số ĐT", "phone"), ("Điện thoại", "phone"), ("Số điện thoại chủ hộ", "phone"),
        ("Di động", "phone"), ("ĐT liên hệ", "phone"), ("Phone", "phone"),
        ("Khu phố", "area_name"), ("Tổ dân phố", "area_name"), ("Thôn/Xóm", "area_name"), ("Ấp", "area_name"),
        ("Tên thôn", "area_name"), ("Địa bàn", "area_name"), ("Thôn, tổ dân phố", "area_name"),
        ("Tổ", "cluster"), ("Hẻm", "cluster"), ("Ngõ/hẻm", "cluster"), ("Cụm dân cư", "cluster"),
        ("Tên đường", "cluster"),
    ],
)  # fmt: skip
def test_headings_are_understood_however_they_are_written(heading, field):
    found = meaning(heading)
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize(
    "heading",
    [
        "Năm sinh", "Năm sinh chủ hộ", "Quan hệ với chủ hộ", "Số CCCD chủ hộ", "Chữ ký chủ hộ", "Ghi chú",
        "Số nhân khẩu",
        "Giới tính", "Ngày đăng ký thường trú", "Họ và tên vợ", "Dân tộc", "Số người trong hộ",
        "Diện tích đất của hộ",
    ],
)  # fmt: skip
def test_headings_about_something_else_are_not_mistaken(heading):
    assert meaning(heading) == ("other", 0)


@pytest.mark.parametrize(
    "text",
    [
        "", "DANH SÁCH HỘ GIA ĐÌNH KHU PHỐ 6", "Khu phố 6", "Số 12, Hẻm 3", "0912345678", "12", "Nguyễn Văn An",
        "Hẻm 12",
        "Danh sách này được lập để lấy ý kiến về việc biểu quyết của cộng đồng dân cư, họ và tên ở dưới",
    ],
)  # fmt: skip
def test_titles_and_data_are_no_headings(text):
    assert meaning(text) is None


def test_the_representative_is_preferred_to_the_head_of_the_household_and_both_to_any_name():
    rows = [
        ["STT", "Họ và tên vợ", "Họ tên chủ hộ", "Họ tên người đại diện hộ", "Địa chỉ tạm trú", "Địa chỉ thường trú"],
        [1, "Lê Thị Hoa", "Nguyễn Văn An", "Nguyễn Văn Bình", "Số 9", "Số 1, Hẻm 2"],
    ]
    columns = guessed(xlsx_file(rows)).columns
    assert (columns.full_name, columns.address) == ((3,), (5,))


def test_two_rows_of_merged_headings_far_down_the_sheet():
    titles = [["ỦY BAN NHÂN DÂN PHƯỜNG"], ["DANH SÁCH CHỦ HỘ KHU PHỐ 6"]] + [["", f"Căn cứ {n}"] for n in range(20)]
    heading = [["TT", "Chủ hộ", "", "", "Nơi ở"], ["", "Năm sinh", "Họ và tên", "Điện thoại", ""]]
    homes = [[1, 1980, "Nguyễn Văn An", 912345678, "Số 1, Hẻm 2"]]
    data = xlsx_file([*titles, *heading, *homes], merges=["B23:D23", "A23:A24", "E23:E24"])
    guess = guessed(data)
    assert guess.header_rows == (23, 24)
    columns = guess.columns
    assert (columns.serial, columns.full_name, columns.phone, columns.address) == (0, (2,), 3, (4,))
    assert columns.first_row == 25
    assert guess.headings[2] == "Chủ hộ Họ và tên"
    assert guess.samples[2] == ("Nguyễn Văn An",)
    assert guess.confidence["full_name"] == "heading"


def test_two_rows_of_headings_without_any_merge():
    rows = [["TT", "Vợ hoặc chồng", "", "Chủ hộ", "", "Địa chỉ"], ["", "Họ tên", "Năm sinh", "Họ tên", "Năm sinh", ""]]
    columns = guessed(csv_file([*rows, [1, "Lê Thị Hoa", 1980, "Nguyễn Văn An", 1979, "Số 1, Hẻm 2"]])).columns
    assert columns.full_name == (3,)
    assert columns.first_row == 3


@pytest.mark.parametrize("index", [["(1)", "(2)", "(3)", "(4)"], [1, 2, 3, 4], ["A", "B", "1", "2"]])
def test_a_row_that_numbers_the_columns_is_no_household(index):
    data = xlsx_file([HEADING, index, *HOMES])
    assert guessed(data).columns.first_row == 3
    assert len(parsed(data).households) == 3


def test_a_name_in_two_columns_is_joined():
    for heading in (["STT", "Họ và tên đệm", "Tên", "Địa chỉ"], ["STT", "Họ và tên", "", "Địa chỉ"]):
        roll = parsed(csv_file([heading, [1, "Nguyễn Văn", "An", "Số 1, Hẻm 2"], [2, "Trần Thị", "Bình", "Số 2"]]))
        assert [home.full_name for home in roll.households] == ["Nguyễn Văn An", "Trần Thị Bình"]


def test_an_address_in_two_columns_is_joined():
    heading = ["STT", "Chủ hộ", "Số nhà", "Đường", "SĐT"]
    roll = parsed(csv_file([heading, [1, "Nguyễn Văn An", "12/5", "Đường ĐX 010", ""], [2, "Lê Ý", "14", "Ngõ 3", ""]]))
    assert [home.address for home in roll.households] == ["12/5, Đường ĐX 010", "14, Ngõ 3"]


def test_the_sheet_that_is_a_roll_is_chosen_and_others_are_told():
    notes = [["Ghi chú"], ["Sheet này không phải danh sách hộ"]] * 50
    data = xlsx_file(notes, Danh_sach=[HEADING, *HOMES], Khu_pho_7=[HEADING, *HOMES[:1]])
    guess = guessed(data)
    assert (guess.sheet, guess.sheet_name, guess.other_rolls) == (1, "Danh_sach", (2,))


def test_numbers_that_begin_anew_in_every_lane_do_not_name_households():
    rows = [["Số hộ", "Chủ hộ", "Địa chỉ"]] + [
        [n % 5 + 1, f"Nguyễn Văn {c}", f"Số {n}, Ngõ 1"] for n, c in enumerate("ABCDEGHIKLMNOP")
    ]
    columns = guessed(csv_file(rows)).columns
    assert (columns.number, columns.serial) == (None, 0)


def test_a_file_without_headings_is_read_by_its_contents():
    rows = [["KP6", home[1], home[3], home[2]] for home in HOMES]
    guess = guessed(csv_file(rows))
    assert (guess.columns.full_name, guess.columns.phone, guess.columns.address) == ((1,), 2, (3,))
    assert guess.confidence == {"full_name": "content", "phone": "content", "address": "content"}
    assert guess.header_rows == ()
    assert len(parsed(csv_file(rows)).households) == 3


def test_a_heading_nobody_understands_is_made_up_for_by_the_contents():
    rows = [["STT", "Chủ hộ", "Toạ lạc", "Zép-lô"], *HOMES]
    guess = guessed(csv_file(rows))
    assert (guess.columns.address, guess.columns.phone) == ((2,), 3)
    assert (guess.confidence["address"], guess.confidence["full_name"]) == ("content", "heading")


@pytest.mark.parametrize(
    "rows",
    [
        [["Sheet này không phải danh sách hộ"]],
        [["Ngày", "Thu", "Chi"], ["01/02/2026", "100", "200"]],
        [["STT", "Họ và tên"], [1, "Nguyễn Văn An"]],
        [["a", "b", "c"], ["1", "2", "3"]],
    ],
)
def test_what_is_no_roll_is_said_to_miss_its_columns(rows):
    assert guessed(csv_file(rows)).missing


def test_columns_survive_json_and_strange_ones_are_refused():
    columns = guessed(xlsx_file([HEADING, *HOMES])).columns
    assert Columns.from_dict(columns.as_dict()) == columns
    for nonsense in ({"full_name": "x"}, {"full_name": [["a"]]}, {"address": 5}):
        with pytest.raises((ValueError, TypeError)):
            Columns.from_dict(nonsense)


def test_no_sheet_at_all_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError):
        guess_columns([])


def test_a_very_wide_sheet_is_guessed_too():
    wide = [*HEADING, *(f"Cột {n}" for n in range(196))]
    sheets = read_table(xlsx_file([wide, *([*home, *range(196)] for home in HOMES)]), "x")
    assert guess_columns(sheets).columns.phone == 3


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("Hẻm 12", "cluster", "Hẻm 12"), ("II. Ngõ 3 (43 hộ)", "cluster", "Ngõ 3"),
        ("Tổ 2: 50 hộ", "cluster", "Tổ 2"),
        ("ĐƯỜNG ĐX 010", "cluster", "ĐƯỜNG ĐX 010"), ("A/ Cụm Đình", "cluster", "Cụm Đình"),
        ("Xóm Chùa", "cluster", "Xóm Chùa"),
        ("Khu phố 6", "area_name", "Khu phố 6"), ("1. Thôn Đoài", "area_name", "Thôn Đoài"),
        ("TỔ DÂN PHỐ 5", "area_name", "TỔ DÂN PHỐ 5"),
        ("Nguyễn Văn An", None, "Nguyễn Văn An"), ("Tống Văn Bản", None, "Tống Văn Bản"),
        ("Bàn Thị Ban", None, "Bàn Thị Ban"),
    ],
)  # fmt: skip
def test_lines_between_households_are_understood(line, kind, name):
    assert (group_kind(line), group_name(line)) == (kind, name)


@pytest.mark.parametrize(
    "text", ["Tổng cộng:", "TỔNG CỘNG", "Tổng số: 299 hộ", "Cộng", "Cộng hẻm 12", "TONG CONG", "Tổng: 4"]
)
def test_totals(text):
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["Tống Văn An", "TONG VAN AN", "Công Văn Ý", "CONG THI HOA", "Cộng Hòa", "Số 5, đường Cộng Hòa"]
)
def test_people_and_streets_are_no_totals(text):
    assert not is_total(text)


@pytest.mark.parametrize(
    "text",
    ["Thới Hòa, ngày 02 tháng 4 năm 2026", "TRƯỞNG BAN ĐIỀU HÀNH", "(Ký, ghi rõ họ tên)", "Người lập biểu", "TM. UBND",
     "Trưởng thôn", "ngày … tháng … năm …", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
)  # fmt: skip
def test_footers(text):
    assert is_footer(text)


@pytest.mark.parametrize(
    "text", ["Trương Văn Ban", "Ký Văn An", "Ngày Thị Năm", "Số 5, đường Tháng Tám", "Trưởng Văn Tổ"]
)
def test_people_and_streets_are_no_footers(text):
    assert not is_footer(text)
