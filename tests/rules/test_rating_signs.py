"""Signs of manipulation: each rule on a log made for it with honest days beside it, and on honest days alone."""

import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.feedback.rules.signs import cadence, chance, copies, days, devices
from app.feedback.rules.signs.every import of_days, of_ratings, usual_counts
from app.feedback.rules.signs.groups import minutes
from app.feedback.rules.signs.parameters import TABLE, parameters_on
from app.feedback.rules.signs.records import DayCount, Finding, Returned, Seen
from app.feedback.rules.signs.words import RULES, SENTENCES, WHOLE_DAYS, figures_of, sentence_of
from tests.support.rating_logs import FIRST, Log, honest, moment
from tests.support.rating_tricks import MANIPULATIONS, Manipulation, Wrong, fake

P = TABLE[0]
HONEST_SEEDS = (1, 2, 3)
# False alarms in sixty honest days at six points with some 10,000 ratings: no more than these, in any of the logs.
BOUNDS = {"R1": 6, "R2": 2, "R4": 2, "R11": 3, "R12": 1}


def every(log: Log) -> list[Finding]:
    counts = log.counts()
    found = of_ratings(log.seen, log.office, usual_counts(counts))
    return found + of_days(counts, log.returned, log.office, date.min, log.today)


@pytest.fixture(scope="module")
def logs() -> dict[int, Log]:
    return {seed: honest(seed) for seed in HONEST_SEEDS}


@pytest.fixture(scope="module")
def alarms(logs: dict[int, Log]) -> dict[int, list[Finding]]:
    """What the rules find on honest days."""
    return {seed: every(log) for seed, log in logs.items()}


def copied(log: Log) -> Log:
    return replace(log, seen=list(log.seen), bare=set(log.bare), returned=list(log.returned))


@pytest.mark.parametrize("manipulate", MANIPULATIONS, ids=lambda one: one.__name__)
def test_each_manipulation_is_found_among_honest_days(
    logs: dict[int, Log], alarms: dict[int, list[Finding]], manipulate: Manipulation
) -> None:
    log = copied(logs[1])
    wrong = manipulate(log)
    found = wrong.found(every(log))
    assert found, (wrong.rule, wrong.how)
    for one in found:
        assert (sentence_of(one.rule, one.why) % figures_of(one.why)).strip()
        assert bool(one.ratings) != (one.rule in WHOLE_DAYS)
    assert not wrong.found(alarms[1])


def test_honest_days_raise_few_false_alarms(logs: dict[int, Log], alarms: dict[int, list[Finding]]) -> None:
    for seed, log in logs.items():
        found = alarms[seed]
        counted = Counter(one.rule for one in found)
        held = len({rating for one in found for rating in one.ratings})
        numbers = dict(sorted(counted.items()))
        sys.stdout.write(f"honest days, log {seed}: {len(log.seen)} ratings, false alarms {numbers}, held {held}\n")
        assert {rule: n for rule, n in counted.items() if n > BOUNDS.get(rule, 0)} == {}
        assert held <= len(log.seen) * 0.002


def test_a_busy_counter_is_not_a_burst() -> None:
    log = honest(5, days=30, rates={6: 300})
    found = [one for one in every(log) if one.rule in ("R2", "R9", "R10")]
    assert len(found) <= 1, found


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.sampled_from(MANIPULATIONS))
def test_the_order_of_ratings_does_not_matter(chances: random.Random, manipulate: Manipulation) -> None:
    log = honest(7, days=10, rates={1: 6, 4: 8})
    manipulate(log)
    before = every(log)
    chances.shuffle(log.seen)
    chances.shuffle(log.returned)
    assert every(log) == before


@settings(max_examples=25)
@given(st.integers(0, 50), st.sampled_from(MANIPULATIONS))
def test_honest_ratings_elsewhere_change_nothing(seed: int, manipulate: Manipulation) -> None:
    log = honest(7, days=10, rates={4: 8})
    wrong = manipulate(log)
    before = wrong.found(every(log))
    other = honest(seed, days=5, rates={9: 10})
    log.seen += [
        replace(one, id=one.id + 5_000_000, device=f"other-{one.device}", network=f"other-{one.network}", sketch=0)
        for one in other.seen
    ]
    after = wrong.found(every(log))
    # How usual a kind of phone, or best marks, are is asked of the others: the figures may change, not who is named.
    assert [one.ratings for one in after] == [one.ratings for one in before] or wrong.rule in ("R7", "R10")


SITE = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 600), st.integers(1, 5), st.integers(1, 3), st.booleans()), max_size=60
)


@given(SITE)
def test_nobody_is_suspect_for_the_network_of_the_office(rows: list[tuple[int, int, int, int, bool]]) -> None:
    seen = [
        Seen(
            id=n, point=point, level=level, day=FIRST, at=moment(FIRST, 8, minute), device=f"phone-{n}",
            network="office" if on_site else f"own-{n}", on_site=on_site, tier=device % 3,
        )
        for n, (device, minute, level, point, on_site) in enumerate(rows, start=1)
    ]  # fmt: skip
    assert not list(devices.one_network(seen, P))
    assert not [one for one in devices.negative(seen, P) if one.why["how"] == "network"]
    # With proof that somebody stood at the counter a carrier's network says nothing either.
    shared = [replace(one, network="carrier", on_site=False, tier=1) for one in seen]
    assert not list(devices.one_network(shared, P))


def test_networks_that_carriers_share_need_more() -> None:
    few = [fake(Log([]), moment(FIRST, 8, 30 * n), n, network="home") for n in range(5)]
    assert [one.why["needed"] for one in devices.one_network(few, P)] == [5]
    shared = [
        fake(Log([]), moment(FIRST, 8, n), 100 + n, network=f"carrier-{n % 40}", device=f"d{n}") for n in range(120)
    ]
    assert not list(devices.one_network(few + shared, P))


def test_the_first_of_a_device_stays_counted() -> None:
    seen = [fake(Log([]), moment(FIRST, 8, 20 * n), n, device="one") for n in range(3)]
    assert [one.ratings for one in devices.same_device(seen, P)] == [tuple(one.id for one in seen[1:])]
    apart = [fake(Log([]), moment(FIRST + timedelta(days=n), 8), n, device="one") for n in range(3)]
    assert not list(devices.same_device(apart, P))
    assert not list(devices.same_device([replace(one, kiosk=True, tier=1) for one in seen], P))


def test_a_family_shares_a_phone_for_its_dossiers_and_nobody_has_four_a_week() -> None:
    def dossiers(days: list[int]) -> list[Seen]:
        at = [moment(FIRST + timedelta(days=n), 8, 5 * place) for place, n in enumerate(days)]
        return [fake(Log([]), one, n, device="one", tier=2, point=n % 2 + 1) for n, one in enumerate(at)]

    assert not list(devices.same_device(dossiers([0, 0, 0]), P))
    assert not list(devices.same_device(dossiers([0, 2, 5, 8]), P)), "four in more than a week"
    seen = dossiers([0, 0, 2, 6])
    [found] = devices.same_device(seen, P)
    assert (found.ratings, found.point) == (tuple(one.id for one in seen[1:]), None)
    assert not list(devices.same_device([*seen[:3], replace(seen[3], tier=0)], P)), "another way is another matter"


def test_a_tablet_at_its_counter_is_everybodys_and_anywhere_else_it_is_a_phone() -> None:
    there = [
        fake(Log([]), moment(FIRST, 8, n), n, network="office", level=1, kiosk=True, tier=1, look="chrome|1x1|vi")
        for n in range(12)
    ]  # fmt: skip
    away = [replace(one, tier=0) for one in there]
    rules = (devices.one_network, devices.negative, cadence.same_look)
    assert not [one for rule in rules for one in rule(there, P)]
    assert [one.rule for rule in rules for one in rule(away, P)] == ["R6", "R11", "R10"]
    # Where a centre has entered no networks, the beat of its taps is what tells.
    fast = [replace(one, at=moment(FIRST, 8, 0, 15 * n)) for n, one in enumerate(there)]
    assert [one.rule for one in cadence.burst(fast, P, {})] == ["R2"]


def test_two_counters_of_one_visit_may_both_be_bad() -> None:
    seen = [fake(Log([]), moment(FIRST, 8, 5 * n), n, device="one", level=1, point=n) for n in range(1, 3)]
    assert not list(devices.negative(seen, P))
    again = [replace(seen[0], id=77, at=moment(FIRST, 8, 20))]
    assert [one.ratings for one in devices.negative(seen + again, P)] == [(77,)]


@pytest.mark.parametrize(("k", "n"), [(0, 30), (1, 30), (12, 30), (29, 30), (30, 30), (31, 30), (180, 400)])
@pytest.mark.parametrize("p", [Fraction(1, 3), Fraction(9, 10), Fraction(1, 50)])
def test_the_binomial_tail_is_exact(k: int, n: int, p: Fraction) -> None:
    exact = sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))
    assert chance.binomial_tail(k, n, float(p)) == pytest.approx(float(exact), rel=1e-9, abs=1e-300)


def test_chances_at_their_ends() -> None:
    assert (chance.binomial_tail(5, 10, 0.0), chance.binomial_tail(5, 10, 1.0)) == (0.0, 1.0)
    assert (chance.poisson_tail(0, 3.0), chance.poisson_tail(2, 0.0)) == (1.0, 0.0)
    assert chance.poisson_tail(1, 2.0) == pytest.approx(1 - 2.718281828459045**-2)
    assert [chance.median(values) for values in ([], [3], [1, 9], [5, 1, 2])] == [0, 3, 5, 2]


def test_more_gaps_are_needed_where_more_is_rated() -> None:
    needed = [cadence._gaps_needed(daily, P) for daily in (1, 30, 200, 600)]
    assert needed[0] == needed[1] == P.burst_gaps
    assert needed == sorted(needed) and needed[-1] > 2 * P.burst_gaps


def test_best_marks_need_thirty_and_a_distance() -> None:
    def findings(fives: int, n: int, others: int) -> list[Finding]:
        numbers = [DayCount(1, 1, FIRST, n, fives), DayCount(2, 2, FIRST, 100, others)]
        return list(days.best_marks(days.by_point(numbers), P, FIRST + timedelta(days=7)))

    assert len(findings(30, 30, 30)) == 1
    assert not findings(29, 29, 30)
    assert not findings(390, 1000, 30)
    assert not findings(15, 30, 30)


def test_the_week_must_be_over_and_a_block_is_told_once() -> None:
    numbers = [
        DayCount(point, point, FIRST + timedelta(days=7 * week), 40, fives)
        for point, fives in ((1, 40), (2, 10)) for week in range(8)
    ]  # fmt: skip
    points = days.by_point(numbers)
    assert not list(days.best_marks(points, P, FIRST + timedelta(days=6)))
    keys = [one.key for one in days.best_marks(points, P, FIRST + timedelta(days=56))]
    assert len(keys) == len(set(keys)) == 3


def test_a_source_without_counters_is_held_against_the_whole_centre() -> None:
    numbers = [DayCount(1, 1, FIRST, 8), DayCount(2, None, FIRST, 5)]
    found = list(days.too_many(numbers, [Returned(0, FIRST, 10)], P))
    assert [(one.why["how"], one.why["count"], one.why["scope"]["points"]) for one in found] == [("center", 13, [1, 2])]
    assert not list(days.too_many(numbers, [Returned(0, FIRST, 13)], P))
    assert not list(days.too_many(numbers, [], P))


def test_words_that_were_copied_are_alike_and_others_are_not() -> None:
    words = "Cán bộ ở đây làm việc rất chậm, hách dịch với người dân, đề nghị thay người khác ngay"
    other = "Tôi được hướng dẫn tận tình, hồ sơ đất đai trả đúng hẹn, cảm ơn các anh chị ở quầy số ba"
    alike = [copies.sketch(text) for text in (words, words.upper() + "!!", words + " a", "")]
    assert copies.groups(
        [*alike, copies.sketch(other), copies.sketch("Chờ lâu quá"), copies.sketch("Chờ lâu quá")]
    ) == [[0, 1, 2]]


def test_every_sentence_belongs_to_a_rule_and_the_table_is_dated() -> None:
    assert {rule for rule, _how in SENTENCES} == set(RULES) == {f"R{n}" for n in range(1, 13)}
    assert [line.since for line in TABLE] == sorted({line.since for line in TABLE})
    assert parameters_on(date(2020, 1, 1)) is parameters_on(date(2030, 1, 1)) is TABLE[0]


def test_the_thresholds_are_those_agreed() -> None:
    """R1–R12 as they were agreed, rule by rule; another number needs another line of the table."""
    assert (P.device_pair, P.device_many, P.window) == (timedelta(minutes=30), 4, timedelta(days=7))
    assert (P.burst_seconds, P.burst_gaps) == (20.0, 3)
    assert P.ratio == 1.0
    assert P.network_many == 5
    assert (P.tail, P.tail_least) == (0.001, 30)
    assert (P.spike_days, P.spike_times) == (3, 3.0)
    assert (P.same_ms, P.same_many, P.quick_ms) == (300, 5, 1500)
    assert P.look_run == 6
    assert (P.worst, P.gone_share, P.gone_days) == (1, 0.2, 28)


def test_minutes_are_never_none_at_all() -> None:
    begin = datetime(2026, 7, 1, 9, tzinfo=UTC)
    passed = [minutes(begin, begin + timedelta(seconds=seconds)) for seconds in (0, 0.4, 59, 60, 61)]
    assert passed == [1, 1, 1, 1, 2]


def test_wrong_is_found_by_exactly_its_ratings() -> None:
    wrong = Wrong("R1", "soon", (2,))
    assert wrong.found([Finding("R1", FIRST, 1, (2,), why={"how": "soon"})])
    assert not wrong.found([Finding("R1", FIRST, 1, (1, 2), why={"how": "soon"})])
