"""What the web shows of a vote: turnout before the count, one total after it, and nothing a hidden result leaks by."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.polls.rules.house import HouseRules
from app.polls.rules.phases import Phase
from app.polls.rules.publication import ResultFacts, Visible, is_masked, public_view, turnout, visible
from app.polls.rules.thresholds import passes


def result(agree, disagree=0, other=0, invalid=0, **changes):
    values = {"kind": "decision", "level": "sealed", "rule_key": "majority_strict", "households": 299}
    return ResultFacts(agree=agree, disagree=disagree, other=other, invalid=invalid, **{**values, **changes})


levels = st.sampled_from(["sealed", "open"])


@st.composite
def results(draw, level=levels):
    households = draw(st.integers(1, 400))
    participated = draw(st.integers(0, households))
    invalid = draw(st.integers(0, min(3, participated)))
    small = draw(st.integers(0, min(4, participated - invalid)) | st.integers(0, participated - invalid))
    other = draw(st.integers(0, small))
    large = participated - invalid - small
    sides = (large, small - other) if draw(st.booleans()) else (small - other, large)
    return result(
        sides[0],
        sides[1],
        other,
        invalid,
        households=households,
        level=draw(level),
        kind=draw(st.sampled_from(["decision", "online_consent"])),
        rule_key=draw(st.sampled_from(["majority_strict", "two_thirds_inclusive"])),
    )


# --------------------------------------------------------------------------------------------- before, after


@pytest.mark.parametrize(
    ("phase", "shown"),
    [
        (Phase.PREPARING, Visible.NOTHING),
        (Phase.SUBMITTED, Visible.NOTHING),
        (Phase.UPCOMING, Visible.NOTICE),
        (Phase.VOTING, Visible.TURNOUT),
        (Phase.ENDED, Visible.TURNOUT),
        (Phase.COUNTED, Visible.RESULT),
        (Phase.DECIDED, Visible.RESULT),
        (Phase.CANCELLED, Visible.NOTICE),
    ],
)
def test_no_figure_about_choices_before_the_count(phase, shown):
    assert visible(phase) is shown


def test_every_phase_says_what_it_shows():
    assert {visible(phase) for phase in Phase} == set(Visible)


def test_turnout_is_told_against_all_households():
    assert turnout(199, 299).percent == "66,5 %"
    for participated, households in ((300, 299), (-1, 299), (0, 0)):
        with pytest.raises(ValueError, match="turnout|share"):
            turnout(participated, households)


@pytest.mark.parametrize(
    "numbers", [(300, 0, 0, 0), (100, 100, 100, 0), (-1, 0, 0, 0), (1, -1, 0, 0), (1, 0, -1, 0), (150, 149, 0, 1)]
)
def test_counts_that_cannot_be_are_refused(numbers):
    with pytest.raises(ValueError, match="no count"):
        result(*numbers)


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="no count"):
        result(1, kind="survey")


# ------------------------------------------------------------------------------------------------- exact


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (result(214, 50, 3), "Được thông qua: 214/299 hộ đồng ý; cần ít nhất 150 hộ."),
        (result(150, 50), "Được thông qua: 150/299 hộ đồng ý; cần ít nhất 150 hộ."),
        (result(149, 10), "Không được thông qua: 149/299 hộ đồng ý; cần ít nhất 150 hộ."),
        (
            result(199, 10, rule_key="two_thirds_inclusive"),
            "Không được thông qua: 199/299 hộ đồng ý; cần ít nhất 200 hộ.",
        ),
        (result(1214, 30, households=2000), "Được thông qua: 1.214/2.000 hộ đồng ý; cần ít nhất 1.001 hộ."),
        (
            result(160, 9, kind="online_consent"),
            "Cộng đồng dân cư đồng ý biểu quyết trực tuyến: 160/299 hộ đồng ý; cần ít nhất 150 hộ.",
        ),
        (
            result(140, 9, kind="online_consent"),
            "Cộng đồng dân cư chưa đồng ý biểu quyết trực tuyến: 140/299 hộ đồng ý; cần ít nhất 150 hộ.",
        ),
        (result(299, level="open"), "Được thông qua: 299/299 hộ đồng ý; cần ít nhất 150 hộ."),
        (result(0), "Không được thông qua: 0/299 hộ đồng ý; cần ít nhất 150 hộ."),
    ],
)
def test_the_verdict_comes_first_with_its_numbers(facts, sentence):
    view = public_view(facts)
    assert str(view) == sentence
    assert not view.masked


def test_the_bar_is_all_households():
    view = public_view(result(199, 60, 5, 2))
    assert view.parts is not None
    assert [(part.key, part.count, part.percent) for part in view.parts] == [
        ("agree", 199, "66,5 %"),
        ("disagree", 60, "20,0 %"),
        ("other", 5, "1,6 %"),
        ("invalid", 2, "0,6 %"),
        ("absent", 33, "11,0 %"),
    ]
    assert view.agree_percent == "66,5 %"
    assert view.other_opinions


def test_invalid_ballots_and_other_opinions_never_count_as_agreement():
    assert not public_view(result(149, 0, 100, 50)).passed
    assert not public_view(result(100, 10, 180, 9, level="open")).passed


@given(results())
def test_what_is_shown_exactly_adds_up_and_agrees_with_the_rule(facts):
    view = public_view(facts)
    assert view.passed is passes(facts.agree, facts.households, facts.rule_key)
    assert view.passed is (facts.agree >= view.needed)
    if view.parts is not None:
        assert sum(part.count for part in view.parts) == facts.households
        assert view.turnout.participated == facts.households - view.parts[-1].count


# ------------------------------------------------------------------------------------------------- masked


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (result(200, 2), "Được thông qua: ít nhất 95 % số phiếu hợp lệ đồng ý; cần ít nhất 150/299 hộ."),
        (result(200), "Được thông qua: ít nhất 95 % số phiếu hợp lệ đồng ý; cần ít nhất 150/299 hộ."),
        (result(200, 1, 1), "Được thông qua: ít nhất 95 % số phiếu hợp lệ đồng ý; cần ít nhất 150/299 hộ."),
        (
            result(100, 2),
            "Không được thông qua: ít nhất 95 % số phiếu hợp lệ đồng ý, nhưng không đủ số hộ; cần ít nhất 150/299 hộ.",
        ),
        (
            result(1, 99),
            "Không được thông qua: ít nhất 95 % số phiếu hợp lệ không chọn đồng ý; cần ít nhất 150/299 hộ đồng ý.",
        ),
        # With few ballots two of them are more than 5 %: what is said stays true.
        (result(16, 1, households=29), "Được thông qua: ít nhất 85 % số phiếu hợp lệ đồng ý; cần ít nhất 15/29 hộ."),
        (result(3, 1, households=5), "Được thông qua: cần ít nhất 3/5 hộ đồng ý."),
    ],
)
def test_a_small_side_is_hidden_behind_a_share_from_below(facts, sentence):
    view = public_view(facts)
    assert str(view) == sentence
    assert (view.masked, view.parts, view.agree_percent, view.other_opinions) == (True, None, None, False)


@pytest.mark.parametrize(
    ("facts", "masked"),
    [
        (result(200, 2), True),
        (result(200, 3), False),
        (result(200, 1, 2), False),
        (result(200, 0, 0, 3), True),  # three invalid ballots hide nobody's agreement
        (result(2, 200), True),
        (result(3, 200), False),
        (result(0, 150, 50), True),
        (result(0, 0, 0, 7), False),
        (result(0), False),
        (result(200, 0, level="open"), False),
        (result(0, 200, level="open"), False),
    ],
)
def test_when_a_side_is_small(facts, masked):
    assert is_masked(facts) is masked


def test_how_small_is_a_parameter():
    assert not is_masked(result(200, 2), HouseRules(small_side=1))
    assert is_masked(result(200, 5), HouseRules(small_side=5))
    assert "90 %" in str(public_view(result(200, 2), HouseRules(shown_share=90)))


@given(results(st.just("sealed")))
def test_no_exact_sealed_result_shows_a_side_of_two_or_fewer(facts):
    view = public_view(facts)
    if not view.masked and facts.valid:
        assert min(facts.agree, facts.disagree + facts.other) > 2


@given(results(st.just("sealed")))
def test_the_share_from_below_is_true(facts):
    view = public_view(facts)
    share = view.detail.params.get("share")
    if view.masked and share is not None:
        large = max(facts.agree, facts.valid - facts.agree)
        assert Fraction(large, facts.valid) >= Fraction(int(share.removesuffix(" %")), 100)


def large_side(facts):
    """Which side is the large one; with so few ballots that both are small, neither is."""
    if facts.valid <= 4:
        return "either"
    return "agree" if facts.agree > facts.valid - facts.agree else "against"


def known_anyway(facts):
    """What everybody may know: it says nothing of how a ballot was cast, but for the verdict and the large side."""
    passed = passes(facts.agree, facts.households, facts.rule_key)
    return (facts.kind, facts.rule_key, facts.households, facts.valid, facts.invalid, passed, large_side(facts))


@given(results(st.just("sealed")), st.data())
def test_a_hidden_result_looks_like_every_other_one_it_may_be(facts, data):
    if not is_masked(facts):
        return
    small = data.draw(st.integers(0, min(2, facts.valid)))
    other = data.draw(st.integers(0, small))
    if facts.agree > facts.valid - facts.agree:
        twin = replace(facts, agree=facts.valid - small, disagree=small - other, other=other)
    else:
        rest = facts.valid - small
        kept = data.draw(st.integers(0, rest))
        twin = replace(facts, agree=small, disagree=kept, other=rest - kept)
    if known_anyway(twin) == known_anyway(facts):
        assert public_view(twin) == public_view(facts)


@pytest.mark.parametrize("key", ["majority_strict", "two_thirds_inclusive"])
@pytest.mark.parametrize("households", [1, 2, 5, 7, 12])
def test_no_arithmetic_over_a_page_finds_a_hidden_number(households, key):
    """Everything that could stand behind each hidden page, for every possible count of a small area.

    Knowing the page, turnout and even the number of invalid ballots, the observer must be left with every division
    that the verdict allows.
    """
    pages = defaultdict(set)
    possible = defaultdict(set)
    for numbers in product(range(households + 1), repeat=4):
        if sum(numbers) <= households:
            facts = result(*numbers, households=households, rule_key=key)
            if is_masked(facts):
                pages[repr(public_view(facts)), facts.invalid].add(numbers)
                possible[known_anyway(facts)].add(numbers)
    assert pages
    for alike in possible.values():
        holding = [found for found in pages.values() if alike <= found]
        assert len(holding) == 1, alike


def test_when_the_verdict_does_not_turn_on_the_last_ballots_three_sizes_of_the_minority_look_alike():
    views = {repr(public_view(result(200 - small, small))) for small in range(3)}
    assert len(views) == 1
    views = {repr(public_view(result(small, 40 - small - other, other))) for small in range(3) for other in range(30)}
    assert len(views) == 1
