"""Codes that people read and type."""

import hashlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.codes import ALPHABET, code_of, grouped, new_code, normalise

CODES = st.text(ALPHABET, min_size=12, max_size=12)


@given(CODES)
def test_a_code_typed_as_printed_is_itself(code: str) -> None:
    assert normalise(grouped(code), 12) == code
    assert normalise(f"  {grouped(code).lower()} ", 12) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7k3m-9qtr-2wxb", "7K3M9QTR2WXB"),
        ("7K3M 9QTR 2WXB", "7K3M9QTR2WXB"),
        ("oOiIlL-oOiIlL", "001111001111"),
        ("7K3M–9QTR—2WXB", "7K3M9QTR2WXB"),
        ("7K3M.9QTR_2WXB\n", "7K3M9QTR2WXB"),
    ],
)
def test_what_is_easily_mistaken_is_understood(typed: str, meant: str) -> None:
    assert normalise(typed, 12) == meant


@pytest.mark.parametrize(
    "typed", ["", "7K3M-9QTR-2WX", "7K3M-9QTR-2WXBB", "7K3M-9QTR-2WXU", "7K3M-9QTR-2WX!", "７K3M9QTR2WXB", "ắ" * 12]
)
def test_anything_else_is_no_code(typed: str) -> None:
    assert normalise(typed, 12) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_never_breaks(typed: str) -> None:
    found = normalise(typed, 12)
    assert found is None or (len(found) == 12 and set(found) <= set(ALPHABET))


def test_the_alphabet_holds_nothing_easily_mistaken() -> None:
    assert set(ALPHABET) == set(string.digits + string.ascii_uppercase) - set("ILOU")


def test_new_codes_use_the_whole_alphabet_and_differ() -> None:
    codes = {new_code(26) for _ in range(200)}
    assert len(codes) == 200
    assert set("".join(codes)) == set(ALPHABET)


@pytest.mark.parametrize(("raw", "length", "code"), [(b"\x00" * 8, 12, "0" * 12), (b"\xff" * 8, 12, "Z" * 12)])
def test_a_code_of_bytes_takes_their_first_bits(raw: bytes, length: int, code: str) -> None:
    assert code_of(raw, length) == code


@given(st.binary(min_size=32, max_size=32))
def test_a_code_of_a_hash_is_decided_by_its_first_sixty_bits(raw: bytes) -> None:
    assert code_of(raw, 12) == code_of(raw[:8], 12)
    # Five bits a character, the highest first.
    assert int.from_bytes(raw, "big") >> (256 - 60) == sum(
        ALPHABET.index(c) << 5 * place for place, c in enumerate(reversed(code_of(raw, 12)))
    )


def test_too_few_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="7 bytes"):
        code_of(hashlib.sha256(b"x").digest()[:7], 12)
