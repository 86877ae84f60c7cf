"""Codes that turn, and codes of dossiers: when they hold, and what is noticed when one is mistyped."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tokens import Keyring
from app.feedback.rules import trust
from app.feedback.rules.trust_keys import current_slot_code, dossier_hash, dossier_mac, secret_hash, slot_mac
from app.lib.codes import ALPHABET

KEYRING = Keyring("a secret of the test")
MAC = slot_mac(KEYRING)
POINT = "7K3M9Q"
BEGAN = datetime(2026, 7, 6, 2, 30, tzinfo=UTC)
SHOWN = current_slot_code(KEYRING, POINT, BEGAN)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
dossiers = st.from_regex(r"[A-Z0-9]{3}\.[0-9]{2}-[0-9]{4}", fullmatch=True)
codes = dossiers.map(lambda dossier: trust.dossier_code(dossier_mac(KEYRING), 1, dossier, 1))


def holds(seconds: float, code: str = SHOWN, point: str = POINT) -> bool:
    return trust.slot_holds(MAC, point, code, BEGAN + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [0, 0.001, 59, 60, 61, 300, 599, 599.999])
def test_a_code_holds_for_ten_minutes_from_the_beginning_of_its_minute(seconds: float) -> None:
    assert holds(seconds)


@pytest.mark.parametrize("seconds", [-0.001, -1, -60, -600, 600, 600.001, 601, 660, 86_400, 365 * 86_400])
def test_a_code_holds_not_a_second_before_or_after(seconds: float) -> None:
    assert not holds(seconds)


@pytest.mark.parametrize("code", ["", "AB12", "AB12CD", "AB1-U", "ẠB12C", "0" * 10_000, SHOWN + "0"])
def test_what_is_no_code_holds_never(code: str) -> None:
    assert not holds(1, code)


def test_a_code_is_read_as_people_type_it() -> None:
    assert holds(1, f" {SHOWN[:2].lower()}-{SHOWN[2:].lower()} ")


def test_a_code_is_of_one_point_and_one_service() -> None:
    assert not holds(1, point="7K3M9R")
    assert not trust.slot_holds(slot_mac(Keyring("another secret")), POINT, SHOWN, BEGAN)


@given(moments, st.integers(-3600, 3600))
def test_the_window_at_any_moment(shown_at: datetime, after: int) -> None:
    began = trust.slot_of(shown_at) * trust.SLOT_SECONDS
    asked = shown_at + timedelta(seconds=after)
    since = asked.timestamp() - began
    code = current_slot_code(KEYRING, POINT, shown_at)
    # Two of some hundred codes of five letters are alike once in 30,000 examples.
    if trust.slot_holds(MAC, POINT, code, asked) != (0 <= since < 600):
        others = {trust.slot_code(MAC, POINT, trust.slot_of(asked) - back) for back in range(10)}
        assert not 0 <= since < 600
        assert code in others


@given(moments, st.integers(-86_400, 86_400))
def test_a_code_that_a_screen_showed_lately_is_no_guess(shown_at: datetime, after: int) -> None:
    code, asked = current_slot_code(KEYRING, POINT, shown_at), shown_at + timedelta(seconds=after)
    if 0 <= after < 11 * 3600:
        assert not trust.is_slot_guess(MAC, POINT, code, asked)
        assert not trust.is_slot_guess(MAC, POINT, f" {code.lower()} ", asked + timedelta(days=3), asked)


@pytest.mark.parametrize(
    ("code", "point", "seconds", "guess"),
    [
        (SHOWN, POINT, 0, False),
        (SHOWN, POINT, 12 * 3600 - 1, False),
        (SHOWN, POINT, 12 * 3600, True),
        (SHOWN, POINT, -1, True),
        (SHOWN, "7K3M9R", 0, True),
        ("00000", POINT, 0, True),
        # Nothing that could be a code is no guess.
        ("", POINT, 0, False),
        ("AB1-U", POINT, 0, False),
        ("0" * 6, POINT, 0, False),
    ],
)
def test_what_is_a_guess(code: str, point: str, seconds: int, *, guess: bool) -> None:
    assert trust.is_slot_guess(MAC, point, code, BEGAN + timedelta(seconds=seconds)) is guess


def test_a_minute_has_one_code_and_the_next_another() -> None:
    codes = [current_slot_code(KEYRING, POINT, BEGAN + timedelta(seconds=s)) for s in (0, 59, 60, 119, 120)]
    assert codes[0] == codes[1]
    assert codes[2] == codes[3]
    assert len(set(codes)) == 3


def test_a_naive_moment_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="time zone"):
        trust.slot_of(datetime(2026, 7, 6))  # noqa: DTZ001


def test_all_ten_candidates_are_compared_whichever_fits() -> None:
    """The time of an answer tells neither how old a code is nor whether it is one."""
    asked: list[bytes] = []

    def mac(value: bytes) -> bytes:
        asked.append(value)
        return MAC(value)

    for seconds in (0, 599, 5000):
        asked.clear()
        trust.slot_holds(mac, POINT, SHOWN, BEGAN + timedelta(seconds=seconds))
        assert len(asked) == 10


def test_addresses_are_short() -> None:
    assert len(trust.slot_address("https://tp.example.vn/", POINT, "AB12C")) <= 40
    assert trust.slot_address("https://tp.example.vn", POINT, "AB12C") == "https://tp.example.vn/r/7K3M9Q/AB12C"
    assert trust.dossier_address("https://tp.example.vn", "0123456789") == "https://tp.example.vn/h/0123456789"
    assert trust.display_address("https://a.vn", "screen", "X") == "https://a.vn/man-hinh/X"
    assert trust.display_address("https://a.vn", "kiosk", "X") == "https://a.vn/quay/X"


@given(codes)
def test_a_dossiers_code_is_read_again(code: str) -> None:
    assert len(code) == 10
    assert trust.read_dossier_code(code) == code
    assert trust.read_dossier_code(f" {code[:5].lower()}-{code[5:].lower()} ") == code


@given(codes, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, place: int, letter: str) -> None:
    typed = code[:place] + letter + code[place + 1 :]
    assert trust.read_dossier_code(typed) == (code if typed == code else None)


@given(codes, st.integers(0, 9), st.integers(0, 9))
def test_two_swapped_characters_are_noticed(code: str, first: int, second: int) -> None:
    letters = list(code)
    letters[first], letters[second] = letters[second], letters[first]
    typed = "".join(letters)
    assert trust.read_dossier_code(typed) == (code if typed == code else None)


@pytest.mark.parametrize("typed", ["", "ABC", "U" * 10, "Ô" * 10, "0" * 11, "0" * 9])
def test_what_is_no_dossiers_code_is_none(typed: str) -> None:
    assert trust.read_dossier_code(typed) is None


@given(dossiers, dossiers)
def test_a_code_belongs_to_dossier_centre_and_generation(one: str, other: str) -> None:
    mac = dossier_mac(KEYRING)
    code = trust.dossier_code(mac, 1, one, 1)
    assert code == trust.dossier_code(mac, 1, one, 1)
    assert (code == trust.dossier_code(mac, 1, other, 1)) == (one == other)
    assert code != trust.dossier_code(mac, 2, one, 1)
    assert code != trust.dossier_code(mac, 1, one, 2)
    assert code != trust.dossier_code(dossier_mac(Keyring("another secret")), 1, one, 1)


def test_what_is_kept_tells_no_code() -> None:
    assert dossier_hash(KEYRING, "0" * 10) != dossier_hash(Keyring("another secret"), "0" * 10)
    assert {len(dossier_hash(KEYRING, "0" * 10)), len(secret_hash("x"))} == {64}
    assert len(trust.new_secret()) == 26
    assert trust.new_secret() != trust.new_secret()


def test_a_code_lasts_sixty_days() -> None:
    assert trust.expires_on(date(2026, 7, 6)) == date(2026, 9, 4)
    assert trust.expires_on(date(2026, 7, 6), 1) == date(2026, 7, 7)
