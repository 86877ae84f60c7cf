"""Cutting legal texts: five real ones counted by hand, and every trap that such texts have set."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from app.cli import main
from app.consultations.importing import read
from app.consultations.rules.blocks import Block
from app.consultations.rules.pieces import SplitPiece
from app.consultations.rules.splitting import split
from tests.support.resolutions import FOLDER, NAMES, resolution, words, words_of

# Counted by hand in the files: articles, then clauses of each article, then points of each clause.
#
# Bắc Ninh: Điều 1–4. Điều 1 has clauses 1, 2, 3 with points a–c (3), a–đ (5), a–đ (5); Điều 3 has clauses 1, 2, 3; the
#   items with dashes below the points of clause 3 are no points.
# Bình Phước: Điều 1–3 ("Điều 2:" and "Điều 3:" with a colon). Điều 1 has clauses 1–6 with points a–d (4), a–c (3),
#   a–d (4), a–c (3), a–c (3), a–c (3). A line that begins with "2025; xây dựng" ends a range of years, no clause.
# Sơn La: Điều 1–3. Điều 1 has clauses 1–5 with points a–c (3), a–d (4), a–đ, e, f (7), a–b (2), a–đ (5). Điều 3 has a
#   list with dashes.
# Tân Cương: Điều 1–2. Điều 1 has clauses 1 and 2, and in 2 the clauses 2.1–2.6 (8 in all), with points a–c (3),
#   a–d (4), a–d, d (for đ), e, g (7), a–c (3), a–c (3), a–c (3).
# Thới Hòa: Điều 1–3. Điều 1 has clauses 1–5 with points a–đ (5), a–d (4), a–đ, c (for e) (6), a–c (3), a–d (4);
#   Điều 3 has clauses 1 and 2, in lines of one paragraph.
BY_HAND = {
    "bac-ninh-2024": {"1": [3, 5, 5], "2": [], "3": [0, 0, 0], "4": []},
    "binh-phuoc-draft": {"1": [4, 3, 4, 3, 3, 3], "2": [], "3": []},
    "son-la-2024": {"1": [3, 4, 7, 2, 5], "2": [], "3": []},
    "tan-cuong-2025": {"1": [0, 0, 3, 4, 7, 3, 3, 3], "2": []},
    "thoi-hoa-2024": {"1": [5, 4, 6, 3, 4], "2": [], "3": [0, 0]},
}
TOTALS = {
    "bac-ninh-2024": (4, 6, 13),
    "binh-phuoc-draft": (3, 6, 20),
    "son-la-2024": (3, 5, 21),
    "tan-cuong-2025": (2, 8, 23),
    "thoi-hoa-2024": (3, 7, 22),
}


def pieces_of(name: str) -> list[SplitPiece]:
    return split(read(resolution(name), f"{name}.md"))


def cut(text: str, strong: str = "") -> list[SplitPiece]:
    """The pieces of lines; those given as strong stand in bold."""
    bold = set(strong.split("\n"))
    return split([Block(line, line in bold) for line in text.split("\n") if line.strip()])


def outline(pieces: list[SplitPiece]) -> list[str]:
    return [piece.label.rstrip(".") or "…" for piece in pieces]


@pytest.mark.parametrize("name", NAMES)
def test_real_resolutions_are_cut_as_counted_by_hand(name: str) -> None:
    pieces = pieces_of(name)
    found: dict[str, list[int]] = {}
    for piece in pieces:
        if piece.level == "article":
            found[piece.number] = []
        elif piece.level == "clause":
            found[list(found)[-1]].append(0)
        elif piece.level == "point":
            found[list(found)[-1]][-1] += 1
    assert found == BY_HAND[name]
    levels = Counter(piece.level for piece in pieces)
    assert (levels["article"], levels["clause"], levels["point"]) == TOTALS[name]
    assert levels["part"] == levels["chapter"] == levels["section"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_real_resolution_is_lost(name: str) -> None:
    plain = resolution(name).decode().replace("*", "").replace("#", "")
    assert words_of(pieces_of(name)) == words(plain)


@pytest.mark.parametrize("name", NAMES)
def test_anchors_of_real_resolutions_are_unique_and_plain(name: str) -> None:
    pieces = pieces_of(name)
    anchors = [piece.anchor for piece in pieces]
    assert len(set(anchors)) == len(anchors)
    assert all(anchor.isascii() and anchor == anchor.lower() and " " not in anchor for anchor in anchors)
    articles = {piece.anchor for piece in pieces if piece.level == "article"}
    inside = {piece.article_anchor for piece in pieces if piece.level in ("clause", "point")}
    assert inside <= articles
    assert {piece.article_anchor for piece in pieces if piece.level == "lead"} <= {""}


def test_anchors_say_where_a_piece_stands() -> None:
    anchors = {piece.anchor for piece in pieces_of("tan-cuong-2025")}
    assert {"dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2", "dieu-1-khoan-2-1", "dieu-1-khoan-2-1-diem-a"} <= anchors
    # đ was written d: the second of the two is named so, and đ and d never share a name.
    assert {"dieu-1-khoan-2-3-diem-d", "dieu-1-khoan-2-3-diem-d-lan-2"} <= anchors
    anchors = {piece.anchor for piece in pieces_of("son-la-2024")}
    assert {"dieu-1-khoan-3-diem-d", "dieu-1-khoan-3-diem-dd"} <= anchors


def test_a_heading_is_told_from_a_sentence() -> None:
    found = {piece.anchor: piece for piece in pieces_of("binh-phuoc-draft")}
    assert found["dieu-2"].heading == "" and found["dieu-2"].text.startswith("Kinh phí bảo đảm để triển khai")
    found = {piece.anchor: piece for piece in pieces_of("bac-ninh-2024")}
    assert found["dieu-2"].heading == "Nguồn kinh phí thực hiện"
    assert found["dieu-1-khoan-2"].heading == "Mục tiêu thực hiện dân chủ ở cơ sở"
    assert found["dieu-1"].heading.endswith("trên địa bàn tỉnh Bắc Ninh, như sau:")


def test_broken_lines_become_whole_paragraphs_again() -> None:
    found = {piece.anchor: piece for piece in pieces_of("binh-phuoc-draft")}
    assert "\n" not in found["dieu-1-khoan-3-diem-c"].text
    assert "giai đoạn 2021-2025; xây dựng" in found["dieu-1-khoan-4-diem-a"].text
    found = {piece.anchor: piece for piece in pieces_of("thoi-hoa-2024")}
    assert "theo quy định của pháp luật. Hằng năm" in found["dieu-1-khoan-3-diem-c"].text


def test_the_end_of_a_resolution_belongs_to_no_article() -> None:
    last = pieces_of("thoi-hoa-2024")[-1]
    assert (last.level, last.anchor) == ("lead", "ket-thuc")
    assert last.text.startswith("Nghị quyết này đã được Hội đồng nhân dân phường") and "Nơi nhận" in last.text
    # Where the sentence is what an article says, it stays there.
    found = {piece.anchor: piece for piece in pieces_of("bac-ninh-2024")}
    assert found["dieu-4"].text.startswith("Nghị quyết đã được Hội đồng nhân dân")


def test_parts_chapters_and_sections() -> None:
    pieces = cut(
        "LUẬT\nPhần thứ nhất\nNHỮNG QUY ĐỊNH CHUNG\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nLuật này áp dụng.\n"
        "Chương II: QUYỀN\nMục 1\nQUYỀN CỦA CÔNG DÂN\nĐiều 2. Quyền\n1. Được biết.\nMục 2. Nghĩa vụ\nĐiều 3\nNghĩa vụ\n"
        "Công dân thực hiện.\nPhần II\nTHI HÀNH\nChương III\nHIỆU LỰC\nĐiều 4. Hiệu lực\nTừ ngày ký."
    )
    assert [(p.level, p.number, p.anchor, p.heading) for p in pieces if p.level not in ("lead", "clause")] == [
        ("part", "thứ nhất", "phan-1", "NHỮNG QUY ĐỊNH CHUNG"),
        ("chapter", "I", "chuong-1", "QUY ĐỊNH CHUNG"),
        ("article", "1", "dieu-1", "Phạm vi"),
        ("chapter", "II", "chuong-2", "QUYỀN"),
        ("section", "1", "chuong-2-muc-1", "QUYỀN CỦA CÔNG DÂN"),
        ("article", "2", "dieu-2", "Quyền"),
        ("section", "2", "chuong-2-muc-2", "Nghĩa vụ"),
        ("article", "3", "dieu-3", "Nghĩa vụ"),
        ("part", "II", "phan-2", "THI HÀNH"),
        ("chapter", "III", "chuong-3", "HIỆU LỰC"),
        ("article", "4", "dieu-4", "Hiệu lực"),
    ]
    assert [p.article_anchor for p in pieces if p.level == "clause"] == ["dieu-2"]


@pytest.mark.parametrize(
    "text",
    [
        "Điều 1. Hiệu lực\nNghị quyết này được thông qua ngày\n17 tháng 07 năm 2024 tại kỳ họp.",
        "Điều 1. Căn cứ\nThực hiện theo quy định tại khoản\n2. Nội dung khác theo luật.",
        "Điều 1. Căn cứ\nThực hiện theo quy định tại\nĐiều 5. Cơ quan nào vi phạm thì bị xử lý.",
        "Điều 1. Căn cứ\nThực hiện theo quy định tại khoản 2\nĐiều 5. Cơ quan nào vi phạm thì bị xử lý.",
        "Điều 1. Căn cứ\nThực hiện các quy định sau đây của Luật:\nĐiều 5 của Luật đất đai và các luật khác.",
        "Điều 1. Kinh phí\nMỗi hộ đóng\n1.500.000 đồng mỗi năm.",
        "Điều 1. Kinh phí\nGiai đoạn 2021 đến\n2025. Mỗi năm họp một lần.",
        "Điều 1. Nơi họp\nHọp tại nhà văn hóa khu phố\n3 vào buổi tối.",
        "Điều 1. Căn cứ\nTheo Nghị định số\n59. Văn bản này có hiệu lực.",
    ],
)
def test_numbers_in_a_sentence_begin_nothing(text: str) -> None:
    assert outline(cut(text)) == ["Điều 1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 1. Việc\n1. Một\n2. Hai\n3. Ba", ["Điều 1", "1", "2", "3"]),
        ("Điều 1. Việc\n1) Một.\n2) Hai.", ["Điều 1", "1", "2"]),
        ("Điều 1. Việc\n1/ Một.\n2/ Hai.", ["Điều 1", "1", "2"]),
        ("Điều 1. Việc\n1.Một.\n2.Hai.", ["Điều 1", "1", "2"]),
        ("Điều 1. Việc\na. Một.\nb. Hai.", ["Điều 1", "a)", "b)"]),
        ("Điều 1: Việc\n1. Chuyển đổi số\n2. Thời gian, địa điểm\n3. Chế độ báo cáo hằng năm\n4. Khác.",
         ["Điều 1", "1", "2", "3", "4"]),
        ("ĐIỀU 1. VIỆC\nĐiều 2 - Khác\nĐiều 3\nNữa", ["Điều 1", "Điều 2", "Điều 3"]),
        ("Điều 5. Việc\nMột.\nĐiều 5a. Việc thêm\nHai.", ["Điều 5", "Điều 5a"]),
        ("Điều 1. Việc\n1. Một.\n3. Ba thiếu hai.\n3. Ba lần nữa.", ["Điều 1", "1", "3", "3"]),
        ("Điều 1. Việc\na) Một,\nb) Hai,\nd) Bốn.", ["Điều 1", "a)", "b)", "d)"]),
        ("Điều 1. Việc\n1. Một:\na) A;\nđ) Đ.\n1.1. Trong một:\na) Lại a.\n2. Hai.",
         ["Điều 1", "1", "a)", "đ)", "1.1", "a)", "2"]),
    ],
)  # fmt: skip
def test_the_ways_in_which_beginnings_are_written(text: str, expected: list[str]) -> None:
    assert outline(cut(text)) == expected


def test_quoted_provisions_belong_to_the_clause_that_quotes_them() -> None:
    pieces = cut(
        "Điều 1. Sửa đổi Quy chế\n1. Sửa Điều 5 như sau:\n“Điều 5. Mức đóng\n1. Mỗi hộ 50.000 đồng.\n"
        "2. Hộ nghèo không đóng.”\n2. Bỏ Điều 6.\nĐiều 2. Hiệu lực\nTừ ngày ký."
    )
    assert outline(pieces) == ["Điều 1", "1", "2", "Điều 2"]
    # A quotation that nobody closes ends nothing.
    assert outline(cut("Điều 1. Sửa\n1. Như sau:\n“Điều 5. Mức\nĐiều 2. Khác\nHai.")) == ["Điều 1", "1", "Điều 2"]


def test_plans_without_articles_are_commented_part_by_part() -> None:
    pieces = cut(
        "KẾ HOẠCH\nI. MỤC ĐÍCH\n1. Nâng cao ý thức.\n2. Giữ vệ sinh.\nII. NHIỆM VỤ\n1. Tuyên truyền.\na) Loa.\n"
        "III. TỔ CHỨC\nCác khu phố thực hiện."
    )
    assert [(p.anchor, p.article_anchor) for p in pieces] == [
        ("mo-dau", ""),
        ("phan-1", "phan-1"),
        ("phan-1-khoan-1", "phan-1"),
        ("phan-1-khoan-2", "phan-1"),
        ("phan-2", "phan-2"),
        ("phan-2-khoan-1", "phan-2"),
        ("phan-2-khoan-1-diem-a", "phan-2"),
        ("phan-3", "phan-3"),
    ]
    assert [p.article_anchor for p in cut("QUY ƯỚC\nKhu phố bàn.")] == [""]


def test_roman_clauses_inside_an_article_hold_plain_ones() -> None:
    pieces = cut("Điều 1. Đề án\nI. Mục tiêu\n1. Một.\n2. Hai.\nII. Nhiệm vụ\n1. Một.")
    assert [piece.anchor for piece in pieces] == [
        "dieu-1", "dieu-1-khoan-i", "dieu-1-khoan-i-khoan-1", "dieu-1-khoan-i-khoan-2", "dieu-1-khoan-ii",
        "dieu-1-khoan-ii-khoan-1",
    ]  # fmt: skip


def test_a_text_with_an_annex_names_its_articles_apart() -> None:
    pieces = cut("Điều 1. Ban hành\nQuy chế kèm theo./.\nNơi nhận:\n- Như trên.\nQUY CHẾ\nĐiều 1. Phạm vi\nĐây.")
    assert [piece.anchor for piece in pieces] == ["dieu-1", "ket-thuc", "dieu-1-lan-2"]


PARTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["Điều 1. Phạm vi", "Điều 2:", "điều 3. là", "1. Một", "2. Hai;", "2.1. Hai một", "a) A", "đ) Đ.", "b.",
             "c)", "Chương I", "QUY ĐỊNH", "Phần thứ hai. X", "Mục 3 của luật", "I. A", "“Điều 4. X", "xong.”",
             "Nơi nhận:", "TM. UBND", "17 tháng 07", "theo khoản", "- Dòng", "thường, viết tiếp", "./.",
             "1.", "Điều", "01) x"]
        ),
        st.text("aăđ Điều1.2)“”:;,\u00a0", min_size=1, max_size=30),
    ),
    max_size=30,
)  # fmt: skip


@given(PARTS, st.lists(st.booleans(), min_size=30, max_size=30), st.lists(st.booleans(), min_size=30, max_size=30))
def test_nothing_is_lost_whatever_comes(lines: list[str], strong: list[bool], joined: list[bool]) -> None:
    blocks = [
        Block(" ".join(line.split()), bold, more)
        for line, bold, more in zip(lines, strong, joined, strict=False)
        if line.split()
    ]
    pieces = split(blocks)
    assert words_of(pieces) == words(" ".join(block.text for block in blocks))
    anchors = [piece.anchor for piece in pieces]
    assert len(set(anchors)) == len(anchors) and all(0 < len(anchor) <= 120 for anchor in anchors)
    assert {piece.article_anchor for piece in pieces} <= {*anchors, ""}


def test_the_command_prints_pieces_and_stores_nothing(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["consultation", "split", str(FOLDER / "thoi-hoa-2024.md"), "--json"])
    found = json.loads(answer.output)
    assert answer.exit_code == 0
    assert Counter(piece["level"] for piece in found) == {"article": 3, "clause": 7, "point": 22}
    assert all(list(piece) == ["level", "number", "anchor", "heading", "text"] for piece in found)
    assert {"level": "article", "number": "2", "anchor": "dieu-2", "heading": "Kinh phí thực hiện"}.items() <= next(
        piece for piece in found if piece["anchor"] == "dieu-2"
    ).items()
    shown = CliRunner().invoke(main, ["consultation", "split", str(FOLDER / "thoi-hoa-2024.md")])
    assert "Điều 2. Kinh phí thực hiện" in shown.output and "#ket-thuc" in shown.output


def test_the_command_refuses_in_a_sentence(tmp_path: Path) -> None:
    bad = tmp_path / "anh.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    answer = CliRunner().invoke(main, ["consultation", "split", str(bad), "--json"])
    assert answer.exit_code == 1 and "Chỉ nhận tệp Word" in answer.output and "Traceback" not in answer.output
    assert CliRunner().invoke(main, ["consultation", "split", str(tmp_path / "khong-co.md")]).exit_code == 2
