"""Shares and their intervals, what is not told, periods, nine indices and their grades, when a counter turned bad."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules.alerts import RULES, chance, spans, turned_bad
from app.feedback.rules.indices import DATA, INDICES, OPINION, UNKNOWN, Known, grade, told, total
from app.feedback.rules.periods import KINDS, TREND, parse_period, period_of, told_until
from app.feedback.rules.shares import (
    Tally,
    four_levels,
    hold_back,
    neutral,
    percent,
    spoken,
    tally,
    three_levels,
    wilson,
)
from app.feedback.rules.shares import told as told_parts

days = st.dates(date(2023, 1, 1), date(2100, 12, 31))


# R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3; and the ends.
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
     (20, 20, 0.8389, 1.0), (1, 1, 0.2065, 1.0), (199, 299, 0.6103, 0.7166)],
)  # fmt: skip
def test_the_interval_is_wilsons(k: int, n: int, low: float, high: float) -> None:
    found = wilson(k, n)
    assert found == pytest.approx((low, high), abs=0.00006)


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_share_and_is_a_mirror(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert wilson(n - k, n) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5), (0, -1)])
def test_no_interval_of_nothing(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="positive whole"):
        wilson(k, n)


def test_levels_are_counted_and_reported() -> None:
    found = tally([(5, 3), (4, 2), (3, 4), (2, 1), (1, 1), (5, 1)])
    assert (found.n, found.satisfied, found.of(5)) == (12, 6, 4)
    assert four_levels(found) == (
        ("Rất hài lòng", 4, 12), ("Hài lòng", 2, 12), ("Bình thường", 4, 12), ("Không hài lòng", 2, 12),
    )  # fmt: skip
    assert three_levels(found) == (("Rất hài lòng", 4, 8), ("Hài lòng", 2, 8), ("Không hài lòng", 2, 8))
    assert neutral(found) == 4
    assert spoken(found) == "50,0 % (25,3–74,6 %; n = 12)" and spoken(Tally()) == "–"
    assert Tally().share is None and Tally().interval is None
    assert not found.ranked and tally([(5, 30)]).ranked and not tally([(5, 29)]).ranked


@pytest.mark.parametrize(
    ("share", "words"),
    [(199 / 299, "66,5 %"), (2 / 3, "66,6 %"), (1.0, "100,0 %"), (0, "0,0 %"), (0.29, "29,0 %")],
)
def test_a_share_is_cut_and_never_rounded_up(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({1: 10, 2: 30}, {1, 2}),
        ({1: 9, 2: 30}, set()),
        ({1: 9, 2: 30, 3: 12}, {2}),
        ({1: 9, 2: 30, 3: 12, 4: 5}, {2, 3}),
        ({1: 9}, set()),
        ({}, set()),
    ],
)
def test_a_small_number_is_not_told_nor_left_over(counts: dict[int, int], shown: set[int]) -> None:
    assert told_parts(counts) == shown


def test_a_large_part_that_is_told_nowhere_hides_the_small_ones() -> None:
    counts = {0: 25, 1: 3, 2: 12}
    assert told_parts(counts) == {0}
    assert told_parts(counts, silent=0) == {2}


@given(st.dictionaries(st.integers(0, 30), st.integers(1, 40)))
def test_what_is_left_over_is_never_small(counts: dict[int, int]) -> None:
    shown = told_parts(counts)
    assert all(counts[one] >= 10 for one in shown)
    hidden = sum(n for key, n in counts.items() if key not in shown)
    assert hidden == 0 or hidden >= 10 or not shown


Table = dict[tuple[int, int], int]


def chosen(cells: Table, axis: int) -> set[int]:
    """The rows or columns of a table that are told for themselves."""
    sums: Counter[int] = Counter()
    for key, n in cells.items():
        sums[key[axis]] += n
    return told_parts(sums)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({(1, 1): 20, (1, 2): 20, (2, 1): 20, (2, 2): 20}, {1, 2}),
        # All but one of the second counter came for what no other counter handles.
        ({(1, 1): 30, (2, 1): 1, (2, 2): 26}, set()),
        ({(1, 1): 30, (2, 1): 12, (2, 2): 26}, {1, 2}),
        # Two counters together leave the one over.
        ({(1, 1): 20, (2, 1): 20, (1, 2): 20, (2, 2): 3, (3, 3): 40}, {1, 2, 3}),
        ({(1, 1): 20, (2, 1): 20, (1, 2): 20, (2, 2): 20, (3, 2): 3, (3, 3): 40}, {1}),
        ({(1, 1): 4, (1, 2): 4, (1, 3): 4}, set()),
        ({(0, 0): 9}, set()),
        ({}, set()),
    ],
)
def test_columns_that_leave_a_few_over_are_held_back(cells: Table, shown: set[int]) -> None:
    assert hold_back(cells, chosen(cells, 0), chosen(cells, 1)) == shown


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 30)))
def test_no_sums_of_rows_and_columns_leave_a_few_over(cells: Table) -> None:
    """Each way of adding told rows and taking told columns away; what is told nowhere is one row, one column."""
    rows, columns = chosen(cells, 0), chosen(cells, 1)
    kept = hold_back(cells, rows, columns)
    assert kept <= columns
    merged: Counter[tuple[int | None, int | None]] = Counter()
    for (row, column), n in cells.items():
        merged[row if row in rows else None, column if column in kept else None] += n
    sides: list[set[int | None]] = [{key[axis] for key in merged} for axis in (0, 1)]
    for added in subsets(sides[0]):
        for taken in subsets(sides[1]):
            left = [key for key in merged if (key[0] in added) != (key[1] in taken)]
            assert not 0 < sum(merged[key] for key in left) < 10 or not kept


def subsets(things: set[int | None]) -> list[set[int | None]]:
    ordered = sorted(things, key=repr)
    return [set(some) for size in range(len(ordered) + 1) for some in combinations(ordered, size)]


def test_many_counters_are_looked_at_in_bounded_time() -> None:
    """Thirty that have nothing to do with each other, each with a few ratings for what another handles."""
    cells = {(one, one): 40 for one in range(30)} | {(one, (one + 1) % 30): 2 for one in range(30)}
    kept = hold_back(cells, set(range(30)), set(range(30)))
    assert len(kept) < 30


@given(days)
def test_figures_speak_up_to_the_last_sunday(today: date) -> None:
    until = told_until(today)
    assert until.weekday() == 6 and 1 <= (today - until).days <= 7
    assert period_of("week", until).last == until


def test_a_quarter_holds_the_months_that_are_over() -> None:
    quarter = period_of("quarter", date(2026, 8, 20))
    for until, n in ((date(2026, 7, 30), 0), (date(2026, 7, 31), 1), (date(2026, 9, 29), 2), (date(2027, 1, 1), 3)):
        assert [one.first.month for one in quarter.months(until)] == [7, 8, 9][:n]
        assert quarter.told(until) == min(until, date(2026, 9, 30))
    assert period_of("month", until).months(until) == [] == period_of("week", until).months(until)


@given(st.sampled_from(sorted(KINDS)), days)
def test_periods_follow_each_other_without_gap(kind: str, day: date) -> None:
    period = period_of(kind, day)
    assert period.first <= day <= period.last
    assert period.next.first == period.last + timedelta(days=1)
    assert period.previous.next == period and period_of(kind, period.last) == period
    trend = period.trend()
    assert len(trend) == TREND[kind] and trend[-1] == period
    assert all(one.next == following for one, following in zip(trend, trend[1:], strict=False))


def test_a_period_is_read_from_an_address_and_said() -> None:
    today = date(2026, 8, 20)
    asked = {("quarter", "2026-07-05"): "quý III năm 2026", ("week", "2026-08-20"): "tuần từ 17/08/2026 đến 23/08/2026",
             ("year", "x"): "năm 2026", ("day", "2027-01-01"): "tháng 8 năm 2026", ("", ""): "tháng 8 năm 2026",
             ("month", "1999-01-01"): "tháng 8 năm 2026"}  # fmt: skip
    assert {key: parse_period(*key, today).words for key in asked} == asked
    assert [period_of(kind, today).short for kind in KINDS] == ["17/08", "8/26", "III/26", "2026"]
    with pytest.raises(ValueError, match="no period"):
        period_of("eon", today)


@pytest.mark.parametrize(
    ("points", "name"),
    [(18, "Xuất sắc"), (15, "Xuất sắc"), (14, "Tốt"), (12, "Tốt"), (11, "Khá"), (9, "Khá"), (8, "Trung bình"),
     (6, "Trung bình"), (5, "Yếu"), (0, "Yếu")],
)  # fmt: skip
def test_a_boundary_belongs_to_the_better_grade(points: int, name: str) -> None:
    assert grade(points) == name


def test_no_grade_of_no_total() -> None:
    for points in (-1, 19):
        with pytest.raises(ValueError, match="between 0 and 18"):
            grade(points)
    assert total([2] * 9) == 18 and total([2] * 8 + [None]) is None


def test_each_index_says_where_it_is_known_from() -> None:
    nothing = {number: told(number, Known()) for number in INDICES}
    assert set(nothing.values()) == {(UNKNOWN, "")}
    known = Known(
        returned=10, early=1, on_time=8, late=1, once=7, ratings=40, cases=3, cases_late=1,
        reasons={"attitude": 4, "online_problem": 2, "unofficial_payment": 9},
        slip={"posted": (15, 4), "on_time": (12, 6), "polite": (9, 9)},
    )  # fmt: skip
    found = {number: told(number, known) for number in INDICES}
    assert [found[number][0] for number in INDICES] == [
        DATA, UNKNOWN, DATA, UNKNOWN, UNKNOWN, OPINION, OPINION, DATA, OPINION,
    ]  # fmt: skip
    assert found[1][1].startswith("10 hồ sơ đã trả: trước hạn 1 (10,0 %)") and "6 trên 12 người" in found[1][1]
    assert "chi tiền" not in str(found) and "trên 9 người" not in str(found)
    many = replace(known, early=407, on_time=1841, late=36)
    assert told(1, many)[1].startswith("2.284 hồ sơ đã trả: trước hạn 407 (17,8 %), đúng hạn 1.841 (80,6 %)")


def test_a_counter_turned_bad_by_its_own_past() -> None:
    rule, good = RULES["falling"], Tally((10, 0, 0, 0, 90))
    cases = {
        Tally((12, 0, 0, 0, 18)): True,  # 60 % of 30 against 90 % of 100
        Tally((4, 0, 0, 0, 26)): False,  # 86.7 %: less than ten points
        Tally((10, 0, 0, 0, 9)): False,  # nineteen are too few
        Tally((5, 0, 0, 0, 16)): False,  # 76 % of 21: may be chance
        Tally((0, 0, 0, 0, 60)): False,  # better is no alarm
        Tally(): False,
    }
    assert {now: turned_bad(rule, now, good) for now in cases} == cases
    assert not turned_bad(rule, Tally((12, 0, 0, 0, 18)), Tally((4, 0, 0, 0, 45)))
    # One-sided test of two shares: z = -3.84 for 18/30 against 90/100.
    assert chance(Tally((12, 0, 0, 0, 18)), good) == pytest.approx(0.0000606, abs=0.000001)
    assert chance(good, good) == pytest.approx(0.5) and chance(Tally(), good) == 1.0
    assert chance(Tally((0, 0, 0, 0, 9)), Tally((0, 0, 0, 0, 9))) == 1.0


def test_the_spans_of_an_alert_touch_and_end_where_figures_do() -> None:
    for day in range(17, 24):
        now, before = spans(RULES["falling"], date(2026, 8, day))
        assert now == (date(2026, 8, 3), date(2026, 8, 16))
        assert before == (date(2026, 5, 5), date(2026, 8, 2))
