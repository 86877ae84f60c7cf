"""Six digits by the clock, against the vectors of RFC 6238."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.tokens import BadToken, Keyring
from app.identity import totp

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 21, 8, 0, 10, tzinfo=UTC)
STEP = totp.step_of(NOW)


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_vectors_of_the_rfc(seconds: int, digits: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert totp.code(SECRET, totp.step_of(moment)) == digits
    assert totp.accepted_step(SECRET, digits, at=moment, last=0) == seconds // 30


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_clocks_may_stray_by_one_step(drift: int) -> None:
    assert totp.accepted_step(SECRET, totp.code(SECRET, STEP + drift), at=NOW, last=0) == STEP + drift


@pytest.mark.parametrize("drift", [-2, 2, 100])
def test_but_not_by_more(drift: int) -> None:
    assert totp.accepted_step(SECRET, totp.code(SECRET, STEP + drift), at=NOW, last=0) is None


def test_digits_may_be_typed_with_a_space() -> None:
    digits = totp.code(SECRET, STEP)
    assert totp.accepted_step(SECRET, f" {digits[:3]} {digits[3:]} ", at=NOW, last=0) == STEP


@pytest.mark.parametrize("typed", ["", "abcdef", "١٢٣٤٥٦", "12345", "0" * 100])
def test_anything_else_is_refused(typed: str) -> None:
    assert totp.accepted_step(SECRET, typed, at=NOW, last=0) is None


def test_a_step_counts_once_and_never_goes_back() -> None:
    earlier, present = totp.code(SECRET, STEP - 1), totp.code(SECRET, STEP)
    assert totp.accepted_step(SECRET, present, at=NOW, last=STEP) is None
    assert totp.accepted_step(SECRET, earlier, at=NOW, last=STEP) is None
    assert totp.accepted_step(SECRET, totp.code(SECRET, STEP + 1), at=NOW, last=STEP) == STEP + 1


def test_a_sealed_secret_opens_for_its_own_account_only() -> None:
    keyring = Keyring("secret-of-the-tests-" * 2)
    sealed = totp.seal(keyring, 7, SECRET)
    assert SECRET not in sealed
    assert totp.unseal(keyring, 7, sealed) == SECRET
    with pytest.raises(BadToken):
        totp.unseal(keyring, 8, sealed)
    with pytest.raises(BadToken):
        totp.unseal(Keyring("another secret of the tests ------"), 7, sealed)


def test_what_the_app_reads_is_what_is_shown_for_typing() -> None:
    parts = urlsplit(totp.uri(SECRET, "canbo1"))
    values = parse_qs(parts.query)
    assert parts.scheme == "otpauth"
    assert values["secret"][0].rstrip("=") == totp.text_secret(SECRET).replace(" ", "").rstrip("=")
    assert values["issuer"] == [totp.ISSUER]


def test_secrets_are_long_and_different() -> None:
    assert len({totp.new_secret() for _ in range(50)}) == 50
    assert len(totp.new_secret()) == 20
