"""Counting: totals only, whatever the order, and nothing a hostile ballot holds brings it down."""

import os
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.polls import sealing
from app.polls.tally import CHOICES, batch_digest, tally, tally_open

PRIVATE = X25519PrivateKey.generate()
PUBLIC = PRIVATE.public_key().public_bytes_raw()
INFO = bytes(range(32))


def sealed(choice: str, text: str = "", info: bytes = INFO) -> tuple[bytes, bytes]:
    return sealing.seal_choice(PUBLIC, info, choice), sealing.seal_text(PUBLIC, info, text)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(CHOICES), max_size=12), st.randoms())
def test_what_is_put_in_comes_out_in_whatever_order(choices: list[str], order: random.Random) -> None:
    ballots = [sealed(choice) for choice in choices]
    found = tally(PRIVATE, INFO, ballots)
    assert (found.agree, found.disagree, found.other) == tuple(choices.count(choice) for choice in CHOICES)
    assert found.counted == len(choices) == found.agree + found.disagree + found.other + found.invalid
    order.shuffle(ballots)
    assert tally(PRIVATE, INFO, ballots) == found


def test_texts_of_other_opinions_come_out_and_no_others() -> None:
    ballots = [sealed("other", "Xin lắp thêm đèn"), sealed("other"), sealed("agree", "giấu trong phiếu đồng ý")]
    assert tally(PRIVATE, INFO, ballots).other_texts == ("Xin lắp thêm đèn",)


def test_the_texts_are_shuffled() -> None:
    ballots = [sealed("other", f"ý {n}") for n in range(12)]
    orders = {tally(PRIVATE, INFO, ballots).other_texts for _ in range(4)}
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(f"ý {n}" for n in range(12)))}


@pytest.mark.parametrize(
    "envelope",
    [
        b"",
        b"agree",
        os.urandom(112),
        os.urandom(5000),
        sealing.seal_choice(PUBLIC, INFO, "neither"),
        sealing.seal_choice(PUBLIC, bytes(32), "agree"),
        sealing.seal_choice(X25519PrivateKey.generate().public_key().public_bytes_raw(), INFO, "agree"),
        sealing.seal_choice(PUBLIC, INFO, "agree")[:-1] + b"\0",
    ],
)
def test_a_bad_envelope_is_one_invalid_ballot(envelope: bytes) -> None:
    found = tally(PRIVATE, INFO, [(envelope, b""), sealed("agree")])
    assert (found.counted, found.agree, found.invalid) == (2, 1, 1)


def test_a_copied_envelope_is_not_a_second_vote() -> None:
    ballot = sealed("agree")
    found = tally(PRIVATE, INFO, [ballot, ballot, (ballot[0], sealed("agree")[1])])
    assert (found.counted, found.agree, found.invalid) == (3, 1, 2)


def test_a_ballot_without_the_second_envelope_still_counts() -> None:
    found = tally(PRIVATE, INFO, [(sealed("other")[0], None), (sealed("other")[0], b"broken")])
    assert (found.other, found.other_texts) == (2, ())


def test_the_digest_names_the_batch_and_not_its_order() -> None:
    batch = [b"1", b"2", b"3"]
    assert batch_digest(batch) == batch_digest(reversed(batch))
    assert len({batch_digest(batch), batch_digest(batch[:2]), batch_digest([*batch, b"1"]), batch_digest([])}) == 4
    ballots = [sealed("agree"), sealed("other")]
    assert tally(PRIVATE, INFO, ballots).batch_sha256 == batch_digest(envelope for envelope, _text in ballots)


def test_open_ballots_are_counted_the_same_way() -> None:
    found = tally_open([("agree", None), ("other", "thêm đèn"), ("disagree", ""), ("nonsense", "x"), (None, None)])
    assert (found.agree, found.disagree, found.other, found.invalid) == (1, 1, 1, 2)
    assert found.other_texts == ("thêm đèn",)
    assert found.batch_sha256 == batch_digest([b"agree", b"other", b"disagree", b"nonsense", b""])
