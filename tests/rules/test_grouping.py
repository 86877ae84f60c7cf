"""Which opinions say the same: the order of texts means nothing, equal words are together, other senses apart."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consultations.rules.grouping import (
    LIKENESS,
    Cluster,
    Text,
    clusters,
    distance,
    fingerprint,
    likeness,
    near,
    words,
)
from app.lib.text import fold

FEE = "Đề nghị Ủy ban nhân dân phường hạ mức phí vệ sinh cho hộ nghèo và hộ có người già trong khu phố chúng tôi."
WORDS = "phí rác đường đèn hộ nghèo sân chơi trẻ em cống thoát nước vỉa hè chợ cây xanh an ninh không tăng giảm".split()
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def sets(found: list[Cluster]) -> set[tuple[int, ...]]:
    return {one.keys for one in found}


@given(st.lists(sentences, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_nothing(texts: list[str], chance: random.Random) -> None:
    numbered = [Text(key, text) for key, text in enumerate(texts)]
    mixed = list(numbered)
    chance.shuffle(mixed)
    assert clusters(mixed) == clusters(numbered)


@given(st.lists(sentences, min_size=1, max_size=20))
def test_texts_of_the_same_words_are_always_together(texts: list[str]) -> None:
    written = [Text(key, text) for key, text in enumerate(texts)]
    again = [Text(key + 1000, f"  {text.upper()}!!") for key, text in enumerate(texts)]
    place = {key: index for index, one in enumerate(clusters(written + again)) for key in one.keys}
    assert all(place[key] == place[key + 1000] for key in range(len(texts)))


@given(st.lists(sentences, max_size=30))
def test_every_text_is_in_one_group_at_most_and_like_its_leader(texts: list[str]) -> None:
    by_key = dict(enumerate(texts))
    found = clusters(Text(key, text) for key, text in by_key.items())
    keys = [key for one in found for key in one.keys]
    assert len(keys) == len(set(keys))
    for one in found:
        assert one.leader in one.keys and len(one.keys) > 1
        assert one.same_text == (len({" ".join(words(by_key[key])) for key in one.keys}) == 1)
        assert all(near(by_key[one.leader], by_key[key]) for key in one.keys)


@given(sentences, sentences)
def test_likeness_is_mutual_and_equal_texts_are_wholly_alike(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) <= 1
    assert near(one, other) == near(other, one)
    assert near(one, one) and likeness(one, one) == 1


@given(st.text(max_size=80))
def test_a_fingerprint_fits_its_columns(text: str) -> None:
    text_hash, simhash = fingerprint(text)
    assert -(2**63) <= simhash < 2**63
    assert len(text_hash) in (0, 64)
    assert fingerprint(text) == fingerprint(text.upper() if text.upper().lower() == text.lower() else text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FEE, FEE.upper()),
        (FEE, fold(FEE)),
        ("Tôi không đồng ý", "toi ko dong y!!!"),
        ("Hoà bình", "Hòa bình."),
    ],
)  # fmt: skip
def test_the_same_words_have_one_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FEE, "Kính gửi phường. " + FEE + " Xin cảm ơn."),
        (FEE, FEE.replace("chúng tôi", "bà con")),
    ],
)
def test_small_changes_are_near(one: str, other: str) -> None:
    assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tôi đồng ý với mức phí này của dự thảo", "Tôi không đồng ý với mức phí này của dự thảo"),
        (FEE, FEE.replace("Đề nghị", "Đề nghị không")),
        ("Đề nghị thu phí 50.000 đồng một hộ mỗi tháng", "Đề nghị thu phí 90.000 đồng một hộ mỗi tháng"),
        (FEE, "Nên lắp thêm đèn đường ở hẻm 12 vì ban đêm rất tối, trẻ em đi học về không thấy đường."),
        ("Đồng ý", "Đúng ý"),
        (FEE, ""),
        ("!!!", "???"),
    ],
)
def test_honest_different_texts_stay_apart(one: str, other: str) -> None:
    assert not near(one, other)
    assert clusters([Text(1, one), Text(2, other)]) == []


def test_no_chain_brings_unlike_texts_together() -> None:
    """Each is like its neighbour; the first and the last say something else."""
    parts = [f"ý thứ {number} về việc {WORDS[number]} của khu phố mình" for number in range(12)]
    texts = [Text(key, ". ".join(parts[key : key + 4])) for key in range(9)]
    by_key = {text.key: text.text for text in texts}
    for one in clusters(texts):
        assert all(likeness(by_key[one.leader], by_key[key]) >= LIKENESS for key in one.keys)


def test_copies_of_a_campaign_are_one_group_among_thousands() -> None:
    chance = random.Random(7)
    others = [" ".join(chance.choices(WORDS, k=9)) + f" {number}" for number in range(1500)]
    copies = [FEE + f" Số nhà {number}, hẻm {number % 7}." for number in range(300)]
    found = clusters(Text(key, text) for key, text in enumerate(others + copies))
    assert found[0].keys == tuple(range(1500, 1800))


def test_simhashes_of_near_texts_are_near() -> None:
    long = " ".join(f"{FEE} Ý thứ {number}." for number in range(5))
    assert distance(fingerprint(long).simhash, fingerprint(long + " Xin cảm ơn.").simhash) <= 12
    assert distance(0, -1) == 64
    assert distance(5, 5) == 0
