"""Hashing of passwords."""

import unicodedata
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher

from app.identity import passwords

WEAK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def test_a_password_opens_its_hash_and_no_other_does() -> None:
    kept = passwords.hash_password("Trời hôm nay đẹp")
    assert kept.startswith("$argon2id$")
    assert passwords.verify(kept, "Trời hôm nay đẹp")
    assert not passwords.verify(kept, "trời hôm nay đẹp")
    assert not passwords.verify(kept, "Trời hôm nay đẹp ")
    assert not passwords.verify(kept, "")


def test_however_the_keyboard_composes_letters() -> None:
    kept = passwords.hash_password(unicodedata.normalize("NFD", "Trời hôm nay đẹp"))
    assert passwords.verify(kept, unicodedata.normalize("NFC", "Trời hôm nay đẹp"))
    assert passwords.same(unicodedata.normalize("NFD", "ế"), unicodedata.normalize("NFC", "ế"))


def test_the_same_password_twice_gives_two_hashes() -> None:
    assert passwords.hash_password("mua nang len") != passwords.hash_password("mua nang len")


@pytest.mark.parametrize("kept", ["!", "", "$argon2id$broken", "$2b$12$abcdefghijklmnopqrstuv"])
def test_no_password_opens_what_is_no_hash(kept: str) -> None:
    assert not passwords.verify(kept, "mua nang len")
    assert not passwords.verify(kept, "")


def test_a_login_nobody_has_costs_a_comparison_too() -> None:
    passwords.verify(None, "warm up")
    with patch.object(passwords, "hasher", wraps=passwords.hasher) as hasher:
        assert passwords.verify(None, "mua nang len") is False
    hasher.verify.assert_called_once()


def test_hashes_are_renewed_when_the_parameters_grow() -> None:
    weak = WEAK.hash(b"mua nang len")
    assert passwords.verify(weak, "mua nang len")
    renewed = passwords.renewed(weak, "mua nang len")
    assert renewed is not None and passwords.verify(renewed, "mua nang len")
    assert passwords.renewed(renewed, "mua nang len") is None


def test_temporary_passwords_are_long_different_and_plain() -> None:
    made = {passwords.temporary() for _ in range(200)}
    assert len(made) == 200
    for one in made:
        assert len(one) == 19
        assert set(one) <= set(passwords.ALPHABET) | {"-"}
    assert not set("0o1il") & set(passwords.ALPHABET)
