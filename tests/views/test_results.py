"""The bar of a result: exact geometry, the threshold on the same scale, the same numbers in words and in a table."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.pages import parsed, references, styled_by_rules, unique_ids
from tests.support.rendering import html, one, soup

KEYS = ("agree", "disagree", "other", "invalid", "absent")


def parts_of(counts: tuple[int, ...]) -> list[dict[str, Any]]:
    return [{"key": key, "label": f"Nhãn {key}", "count": n} for key, n in zip(KEYS, counts, strict=True)]


def bar(counts: tuple[int, ...], threshold: int | None) -> BeautifulSoup:
    source = "{{ result.result(parts, total, threshold, 'Ý kiến') }}"
    return soup(source, parts=parts_of(counts), total=sum(counts), threshold=threshold)


def hundredths(value: object) -> int:
    return round(float(str(value).rstrip("%")) * 100)


@settings(deadline=None)  # the first example compiles the templates
@given(st.tuples(*[st.integers(0, 4000)] * 5).filter(any), st.data())
def test_parts_follow_each_other_without_gap_and_fill_the_bar(counts: tuple[int, ...], data: st.DataObject) -> None:
    total = sum(counts)
    threshold = data.draw(st.integers(1, total))
    page = bar(counts, threshold)
    edge = 0
    for rect in page.select("svg.chart > rect:not(.frame)"):
        assert hundredths(rect["x"]) == edge
        edge += hundredths(rect["width"])
    assert edge == 10_000
    mark = page.select("svg.chart > line[stroke-width='4']")
    assert [hundredths(line["x1"]) for line in mark] == [threshold * 10_000 // total]


@pytest.mark.parametrize(("yes", "reached"), [(199, False), (200, True), (201, True)])
def test_the_bar_reaches_its_mark_exactly_when_enough_agree(yes: int, reached: bool) -> None:
    page = bar((yes, 0, 0, 0, 299 - yes), 200)
    agreed = hundredths(one(page, "svg.chart > rect.p1")["width"])
    mark = hundredths(one(page, "svg.chart > line[stroke-width='4']")["x1"])
    assert (agreed >= mark) is reached


def test_the_drawing_is_described_and_the_table_says_the_same() -> None:
    page = bar((214, 31, 9, 0, 45), 150)
    bare = parsed(str(page))
    assert [*unique_ids(bare), *references(bare), *styled_by_rules(bare)] == []
    assert one(page, "svg.chart")["role"] == "img"
    assert one(page, "svg.chart > title").get_text() == "Ý kiến"
    assert "Nhãn agree: 214." in one(page, "svg.chart > desc").get_text()
    cells = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert cells[0] == ["Nhãn agree", "214", "71,5 %"]
    assert cells[5] == ["Tổng số hộ", "299", "100,0 %"]


def test_kinds_differ_by_pattern_not_by_colour_alone() -> None:
    page = bar((10, 10, 10, 10, 10), None)
    looks = {str(r.get("fill") or r.get("class")) for r in page.select("svg.chart > rect:not(.frame)")}
    assert len(looks) == 5 and not page.select("line[stroke-width='4']")


def test_two_bars_on_one_page_share_no_id() -> None:
    source = "{{ result.result(p, 5, 3, 'Một', 'a') }}{{ result.result(p, 5, 3, 'Hai', 'b') }}"
    assert list(unique_ids(parsed(str(soup(source, p=parts_of((1, 1, 1, 1, 1))))))) == []


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [
        (199, 299, "66,5 %"),
        (2, 3, "66,6 %"),
        (299, 300, "99,6 %"),
        (3, 3, "100,0 %"),
        (0, 299, "0,0 %"),
        (0, 0, "0,0 %"),
    ],
)
def test_a_percentage_is_cut_and_never_rounded_up(count: int, total: int, shown: str) -> None:
    assert soup("{{ result.percent(c, t) }}", c=count, t=total).get_text() == shown


@pytest.mark.parametrize(
    ("passed", "said", "kept"),
    [(True, "Được thông qua", "Không"), (False, "Không được thông qua", "Được thông qua")],
)
def test_the_verdict_comes_in_words(passed: bool, said: str, kept: str) -> None:
    page = soup("{{ result.verdict(p, 214, 299, 200, '2/3 tổng số hộ') }}", p=passed)
    text = " ".join(page.get_text().split())
    assert said in text and kept not in text
    assert "214/299 hộ đồng ý (71,5 %). Cần ít nhất 200 hộ (2/3 tổng số hộ)." in text


def test_a_masked_verdict_shows_no_exact_number() -> None:
    text = html("{{ result.verdict(true, 29, 30, 16, 'trên 50%', masked='Ít nhất 95% đồng ý.') }}")
    assert "29" not in text and "Ít nhất 95% đồng ý." in text


def test_an_advisory_result_is_not_called_a_decision() -> None:
    text = html("{{ result.verdict(true, 20, 30, 16, 'trên 50%', consultative=true) }}")
    assert "Kết quả lấy ý kiến" in text and "thông qua" not in text and "Cần ít nhất" not in text


def test_turnout_shows_how_many_of_all_and_nothing_of_choices() -> None:
    page = soup("{{ turnout.turnout(148, 299, '10:32', '17:00') }}")
    assert "148/299" in page.get_text() and "49,4 %" in page.get_text()
    assert page.select("svg.gauge rect.p1")[0]["width"] == "49.49%"


def test_turnout_of_an_empty_roll_is_no_fault() -> None:
    assert "0/0" in soup("{{ turnout.turnout(0, 0) }}").get_text()
