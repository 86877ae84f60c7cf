"""Envelopes: only the right key under the right poll opens them, and their size says nothing."""

import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.tokens import BadToken, Keyring
from app.polls import sealing
from app.polls.rules.opinions import MOST_BYTES, clean_opinion

KEYS = Keyring("k" * 32)
PUBLIC, WRAPPED = sealing.new_poll_key(KEYS, "poll1")
PRIVATE = sealing.open_poll_key(KEYS, "poll1", WRAPPED)
INFO = bytes.fromhex("ab" * 32)
CHOICES = st.sampled_from(["agree", "disagree", "other"])
OPINIONS = st.text(max_size=400).map(clean_opinion).filter(lambda text: len(text.encode()) <= MOST_BYTES)
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@given(CHOICES, OPINIONS)
def test_what_was_sealed_comes_out(choice: str, text: str) -> None:
    assert sealing.open_choice(PRIVATE, INFO, sealing.seal_choice(PUBLIC, INFO, choice)) == choice
    assert sealing.open_text(PRIVATE, INFO, sealing.seal_text(PUBLIC, INFO, text)) == text


@given(CHOICES, OPINIONS)
def test_every_envelope_has_one_size(choice: str, text: str) -> None:
    assert len(sealing.seal_choice(PUBLIC, INFO, choice)) == 112
    assert len(sealing.seal_text(PUBLIC, INFO, text)) == 2096


def test_the_same_choice_never_gives_the_same_envelope() -> None:
    assert len({sealing.seal_choice(PUBLIC, INFO, "agree") for _ in range(50)}) == 50


@given(st.integers(0, 111), st.integers(1, 255))
@settings(max_examples=200)
def test_an_altered_envelope_is_invalid(place: int, change: int) -> None:
    envelope = bytearray(sealing.seal_choice(PUBLIC, INFO, "agree"))
    envelope[place] ^= change
    assert sealing.open_choice(PRIVATE, INFO, bytes(envelope)) is None


@given(st.binary(max_size=300))
def test_noise_is_invalid_and_never_a_fault(noise: bytes) -> None:
    assert sealing.open_choice(PRIVATE, INFO, noise) is None
    assert sealing.open_choice(PRIVATE, INFO, noise.ljust(112, b"\0")[:112]) is None
    assert sealing.open_text(PRIVATE, INFO, noise.ljust(2096, b"\0")) is None


def test_an_envelope_of_another_poll_is_invalid() -> None:
    envelope = sealing.seal_choice(PUBLIC, INFO, "agree")
    assert sealing.open_choice(PRIVATE, bytes.fromhex("ac" * 32), envelope) is None
    assert sealing.open_choice(X25519PrivateKey.generate(), INFO, envelope) is None


def test_a_choice_is_no_text_and_a_text_no_choice() -> None:
    assert sealing.open_text(PRIVATE, INFO, sealing.seal_choice(PUBLIC, INFO, "agree")) is None
    assert sealing.open_choice(PRIVATE, INFO, sealing.seal_text(PUBLIC, INFO, "agree")) is None


@pytest.mark.parametrize(
    "plain",
    [
        bytes(64),
        b"\x02agree".ljust(64, b"\0"),
        b"\x01".ljust(64, b"\0"),
        b"\x01agree\0x".ljust(64, b"\0"),
        b"\x01AGREE".ljust(64, b"\0"),
        b"\x01\xc3\xa9".ljust(64, b"\0"),
        b"\x01agree".ljust(65, b"\0"),
        b"\x01agree",
    ],
)
def test_a_choice_outside_the_grammar_is_invalid(plain: bytes) -> None:
    envelope = SUITE.encrypt(plain, PRIVATE.public_key(), b"danban choice 1 " + INFO)
    assert sealing.open_choice(PRIVATE, INFO, envelope) is None


@pytest.mark.parametrize(
    "plain",
    [
        b"\x02\x00\x00",
        b"\x01\xff\xff",
        b"\x01\x00\x02\xff\xfe",
        b"\x01\x00\x01ab",
        b"\x01\x00\x03e\xcc\x81",
        b"\x01\x00\x04a\xe2\x80\xae",
        b"\x01\x00\x02 a",
    ],
)
def test_a_text_outside_the_grammar_is_invalid(plain: bytes) -> None:
    envelope = SUITE.encrypt(plain.ljust(2048, b"\0"), PRIVATE.public_key(), b"danban text 1 " + INFO)
    assert sealing.open_text(PRIVATE, INFO, envelope) is None


def test_what_does_not_fit_is_refused_before_it_is_sealed() -> None:
    with pytest.raises(ValueError, match="too long"):
        sealing.seal_choice(PUBLIC, INFO, "x" * 64)
    with pytest.raises(ValueError, match="too long"):
        sealing.seal_text(PUBLIC, INFO, "x" * 1501)


def test_a_key_opens_for_its_poll_and_its_service_alone() -> None:
    with pytest.raises(BadToken):
        sealing.open_poll_key(KEYS, "poll2", WRAPPED)
    with pytest.raises(BadToken):
        sealing.open_poll_key(Keyring("x" * 32), "poll1", WRAPPED)
    with pytest.raises(BadToken):
        sealing.open_poll_key(KEYS, "poll1", None)
    with pytest.raises(BadToken):
        sealing.open_poll_key(KEYS, "poll1", secrets.token_bytes(len(WRAPPED)))


def test_the_private_key_is_not_kept_in_the_open() -> None:
    assert PRIVATE.private_bytes_raw() not in WRAPPED
    assert PRIVATE.public_key().public_bytes_raw() == PUBLIC
