"""Anchors over versions, mending by hand, and differences of words and of versions."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consultations.importing import read
from app.consultations.rules import mending
from app.consultations.rules.anchors import with_anchors
from app.consultations.rules.blocks import Block
from app.consultations.rules.differences import compare, word_differences
from app.consultations.rules.pieces import SplitPiece, fingerprint, title
from app.consultations.rules.splitting import split, split_plain
from app.core.errors import Refusal
from tests.support.resolutions import NAMES, SMALL, resolution, words, words_of


def plain(text: str) -> list[SplitPiece]:
    return split_plain([Block(line) for line in text.split("\n") if line])


def versions(*texts: str) -> list[list[SplitPiece]]:
    """Published versions one after another, each with anchors held against the one before."""
    found: list[list[SplitPiece]] = []
    used: set[str] = set()
    for number, text in enumerate(texts, start=1):
        found.append(with_anchors(plain(text), found[-1] if found else (), used, number))
        used |= {piece.anchor for piece in found[-1]}
    return found


def anchors(pieces: list[SplitPiece]) -> list[str]:
    return [piece.anchor for piece in pieces]


def by_words(pieces: list[SplitPiece], start: str) -> SplitPiece:
    return next(piece for piece in pieces if f"{piece.heading}{piece.text}".startswith(start))


INSERTED = (
    SMALL.replace("Điều 3. Mức", "Điều 4. Mức")
    .replace("Điều 2. Giữ", "Điều 3. Giữ")
    .replace("Điều 3. Giữ", "Điều 2. Phân loại rác\nHộ phân loại rác tại nhà mình hằng ngày.\nĐiều 3. Giữ")
)


def test_an_inserted_article_renames_no_other() -> None:
    first, second = versions(SMALL, INSERTED)
    assert anchors(first)[:3] == ["dieu-1", "dieu-2", "dieu-2-khoan-1"]
    assert by_words(second, "Giữ vệ sinh").anchor == "dieu-2" and by_words(second, "Giữ vệ sinh").number == "3"
    assert by_words(second, "Mức đóng góp").anchor == "dieu-3"
    assert by_words(second, "Hộ có nhà").anchor == "dieu-3-diem-a"
    assert by_words(second, "Phân loại rác").anchor == "dieu-2-ban-2"
    assert set(anchors(first)) < set(anchors(second))


def test_an_anchor_that_is_gone_is_given_to_nothing_else() -> None:
    without = SMALL.split("Điều 3")[0]
    again = without + "Điều 3. Xử phạt\nNgười vứt rác bừa bãi bị phạt tiền theo nghị định hiện hành."
    _first, second, third = versions(SMALL, without, again)
    assert "dieu-3" not in anchors(second)
    assert anchors(third)[-1] == "dieu-3-ban-3"


def test_inserted_clauses_and_points_rename_no_other() -> None:
    changed = SMALL.replace("1. Mỗi hộ quét", "1. Cấm vứt rác xuống sông.\n2. Mỗi hộ quét").replace(
        "2. Mỗi tuần", "3. Mỗi tuần"
    )
    _first, second = versions(SMALL, changed)
    assert by_words(second, "Mỗi hộ quét").anchor == "dieu-2-khoan-1"
    assert by_words(second, "Mỗi tuần").anchor == "dieu-2-khoan-2"
    assert by_words(second, "Cấm vứt").anchor == "dieu-2-khoan-1-ban-2"


def test_an_article_written_anew_in_its_place_keeps_its_anchor() -> None:
    changed = SMALL.replace("Giữ vệ sinh\n1. Mỗi hộ quét vỉa hè trước nhà.\n2. Mỗi tuần dọn chung một buổi.",
                            "Trồng cây\nKhu phố trồng hoa dọc đường.")  # fmt: skip
    first, second = versions(SMALL, changed)
    assert by_words(second, "Trồng cây").anchor == "dieu-2"
    assert {change.status for change in compare(first, second) if change.piece.anchor == "dieu-2"} == {"changed"}


def test_articles_that_change_places_keep_their_anchors() -> None:
    one, two, three = SMALL.split("Điều ")[1:]
    swapped = f"Điều {three.replace('3.', '1.')}Điều {two}Điều {one.replace('1.', '3.')}"
    first, second = versions(SMALL, swapped)
    assert sorted(anchors(first)) == sorted(anchors(second))
    assert [p.anchor for p in second if p.level == "article"] == ["dieu-3", "dieu-2", "dieu-1"]


@pytest.mark.parametrize("name", NAMES)
def test_a_real_resolution_read_again_keeps_every_anchor(name: str) -> None:
    first = split(read(resolution(name), f"{name}.md"))
    lines = [Block("Điều 1. Giải thích từ ngữ"), Block("Trong văn bản này khu phố gọi chung là khu dân cư.")]
    again = with_anchors(split_plain(read(resolution(name), f"{name}.md")), first, anchors(first), 2)
    assert anchors(again) == anchors(first)
    inserted = [*split_plain(lines), *split_plain(read(resolution(name), f"{name}.md"))]
    assert anchors(with_anchors(inserted, first, anchors(first), 2))[1:] == anchors(first)


TEXTS = st.lists(
    st.sampled_from(
        ["Điều 1. Một", "Điều 2. Hai", "Điều 3. Ba", "1. A b c", "2. D e f", "a) G h", "b) I k", "Thêm.", "Chương I"]
    ),
    max_size=14,
).map("\n".join)


@given(TEXTS, TEXTS, TEXTS)
def test_anchors_stay_unique_and_are_never_given_anew(one: str, two: str, three: str) -> None:
    found = versions(one, two, three)
    for pieces in found:
        assert len(set(anchors(pieces))) == len(pieces)
    assert anchors(with_anchors(found[1], found[1], set(anchors(found[0])), 3)) == anchors(found[1])
    gone = set(anchors(found[0])) - set(anchors(found[1]))
    assert not gone & set(anchors(found[2]))


def test_titles_say_what_people_say() -> None:
    assert title("article", "5", "Mức đóng góp") == "Điều 5. Mức đóng góp"
    assert title("article", "5", "") == "Điều 5"
    assert title("part", "II.", "NHIỆM VỤ") == "II. NHIỆM VỤ"
    assert title("point", "đ", "Khen thưởng") == "đ) Khen thưởng"
    assert title("lead", "", "") == ""


# ------------------------------------------------------------------------------------------------ mending


def piece(level: str = "clause", number: str = "1", heading: str = "", text: str = "Một.\n2. Hai.\nBa.") -> SplitPiece:
    return SplitPiece(level, number, heading, text)


def test_merging_keeps_every_word() -> None:
    one, two = piece(text="Một."), piece("point", "a", "Tên", "Hai.\nBa.")
    assert mending.merged(one, two).text == "Một.\na) Tên\nHai.\nBa."
    assert words(mending.merged(one, two).words) == words_of([one, two])


def test_cutting_takes_the_label_as_the_number() -> None:
    kept, fresh = mending.cut(piece(), 1, "clause", "")
    assert (kept.text, fresh.number, fresh.text) == ("Một.", "2", "Hai.\nBa.")
    kept, fresh = mending.cut(piece(), 2, "point", "c")
    assert (kept.text, fresh.number, fresh.text) == ("Một.\n2. Hai.", "c", "Ba.")
    kept, fresh = mending.cut(piece("lead", "", "", "Mở.\nĐiều 7: Tên điều\nChữ."), 1, "article", "")
    assert (fresh.number, fresh.heading, fresh.text) == ("7", "Tên điều", "Chữ.")


@pytest.mark.parametrize(
    ("line", "level", "number", "field"),
    [
        (0, "clause", "2", "line"),
        (3, "clause", "2", "line"),
        (-1, "clause", "2", "line"),
        (2, "verse", "2", "level"),
        (2, "clause", "", "number"),
        (2, "clause", "hai", "number"),
        (2, "article", "IV", "number"),
        (2, "point", "7", "number"),
        (2, "chapter", "<b>", "number"),
    ],
)
def test_cutting_refuses_what_does_not_fit(line: int, level: str, number: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        mending.cut(piece(), line, level, number)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("level", "number", "kept"),
    [("article", "5a.", "5a"), ("clause", "2.1", "2.1"), ("point", "đ)", "đ"), ("part", "thứ hai", "thứ hai"),
     ("part", "II.", "II."), ("lead", "x", "")],
)  # fmt: skip
def test_numbers_are_kept_as_written(level: str, number: str, kept: str) -> None:
    assert mending.checked_number(level, number) == kept


def test_a_fingerprint_tells_every_change() -> None:
    one = [piece(), piece("point", "a")]
    others = [[piece(), piece("point", "b")], [piece()], [piece(heading="x"), piece("point", "a")], one[::-1]]
    assert fingerprint(one) == fingerprint(list(one))
    assert len({fingerprint(other) for other in [one, *others]}) == 5


# -------------------------------------------------------------------------------------------- differences


def test_words_that_changed_are_named() -> None:
    old, new = "Mỗi hộ đóng 50.000 đồng mỗi năm.", "Mỗi hộ đóng 30.000 đồng mỗi năm, trừ hộ nghèo."
    assert [(op, text.strip()) for op, text in word_differences(old, new)] == [
        ("same", "Mỗi hộ đóng"), ("gone", "50.000"), ("new", "30.000"), ("same", "đồng mỗi"), ("gone", "năm."),
        ("new", "năm, trừ hộ nghèo."),
    ]  # fmt: skip
    assert word_differences("", "") == []
    assert word_differences("Một.", "Một.") == [("same", "Một.")]
    assert word_differences("", "Một.") == [("new", "Một.")]
    assert word_differences("Một.", "") == [("gone", "Một.")]


SENTENCES = st.text("ab .;:\nđ", max_size=60)


@given(SENTENCES, SENTENCES)
def test_differences_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    runs = word_differences(old, new)
    assert "".join(text for op, text in runs if op != "gone") == new
    assert "".join(text for op, text in runs if op != "new").split() == old.split()
    assert all(runs[n][0] != runs[n + 1][0] for n in range(len(runs) - 1))


def test_long_texts_are_compared_in_time() -> None:
    text = "\n".join(resolution(name).decode() for name in NAMES) * 2
    changed = text.replace("dân chủ", "dân chủ rộng rãi").replace("Ủy ban", "UB").replace("\n\n", "\n")
    start = time.perf_counter()
    runs = word_differences(text, changed)
    assert len(text) > 95_000
    assert time.perf_counter() - start < 4, "100 kB take about half a second on a quiet machine"
    assert Counter(op for op, _text in runs)["new"] > 100


def test_two_versions_are_held_against_each_other() -> None:
    changed = SMALL.replace("50.000", "30.000").replace("2. Mỗi tuần dọn chung một buổi.\n", "")
    first, second = versions(SMALL, changed + "Điều 4. Hiệu lực\nTừ ngày 01 tháng 01 năm sau.")
    found = compare(first, second)
    assert [(change.status, change.piece.anchor) for change in found] == [
        ("same", "dieu-1"),
        ("same", "dieu-2"),
        ("same", "dieu-2-khoan-1"),
        ("gone", "dieu-2-khoan-2"),
        ("same", "dieu-3"),
        ("changed", "dieu-3-diem-a"),
        ("same", "dieu-3-diem-b"),
        ("new", "dieu-4"),
    ]
    assert ("gone", " 50.000") in found[5].runs and ("new", " 30.000") in found[5].runs
    assert [[one.number for one in change.inside] for change in found[1:7]] == [[], ["1"], ["2"], [], ["a"], ["b"]]
    assert found[3].runs == [("gone", "2. Mỗi tuần dọn chung một buổi.")]
    # A new number is a change too, though the anchor stays.
    assert {c.piece.anchor: c.status for c in compare(*versions(SMALL, INSERTED))}["dieu-3"] == "changed"
