"""What somebody says: cleaned without losing a word, signed and told apart again, codes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consultations import resident_proof
from app.consultations.rules import saying
from app.consultations.rules.saying import Saying, author, clean, clean_text, code_typed, signed, unsigned
from app.core import clock
from app.core.errors import Refusal
from app.core.tokens import Keyring
from app.lib.codes import ALPHABET, grouped

KEYRING = Keyring("a secret of the tests, long enough")
WORDS = st.text(st.characters(codec="utf-8"), max_size=200)


@given(WORDS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once and "\r" not in once and "\0" not in once and "\n\n\n" not in once


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Một   dòng  ", "Một dòng"),
        ("Hai\r\ndòng", "Hai\ndòng"),
        ("Xa\n\n\n\nnhau", "Xa\n\nnhau"),
        ("Ngược\u202e lại", "Ngược lại"),
        ("Tie\u0302\u0301ng", "Tiếng"),
        ("a\tb", "a b"),
        ("👨‍👩‍👧 nhà tôi", "👨‍👩‍👧 nhà tôi"),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(WORDS, st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=50))
def test_a_name_under_a_text_is_told_apart_again(text: str, name: str) -> None:
    text = clean_text(text)
    assert unsigned(signed(text, name), name) == (text, name)
    assert unsigned(signed(text, ""), "") == (text, "")


def test_where_they_cannot_be_told_apart_no_name_is_shown() -> None:
    whole = signed("Gọi cho tôi", "Nguyễn Thị Hoa")
    assert unsigned(whole.replace("tôi\n\n— Nguyễn", "[đã che]"), "Nguyễn Thị Hoa") == ("Gọi cho [đã che] Thị Hoa", "")


@pytest.mark.parametrize(
    ("naming", "name", "body", "shown"),
    [
        ("shown", "Hoa", "", "Hoa"),
        ("staff", "Hoa", "", ""),
        ("none", "", "", ""),
        ("staff", "Hoa", "Hội Nông dân", "Hội Nông dân"),
        ("shown", "Hoa", "Hội Nông dân", "Hoa, Hội Nông dân"),
    ],
)
def test_who_said_it(naming: str, name: str, body: str, shown: str) -> None:
    assert author(naming, name, body) == shown


@given(st.sampled_from(["none"]), WORDS)
def test_without_a_name_no_name_is_kept(naming: str, name: str) -> None:
    assert clean(Saying(stance="agree", naming=naming, name=name)).name == ""


@pytest.mark.parametrize("mark", ["", "x", "0f8fad5bd9cb469fa16570867728950", "'; DROP TABLE", "0" * 99])
def test_a_mark_of_a_sending_that_is_none_counts_for_nothing(mark: str) -> None:
    assert clean(Saying(stance="agree", client_uuid=mark)).client_uuid == ""


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    for typed in (code, f"GY-{grouped(code)}", f"gy{code}".lower(), f" GY {grouped(code, 2)} "):
        assert code_typed(typed) == code


@given(WORDS)
def test_anything_else_is_no_code_and_no_fault(typed: str) -> None:
    assert len(code_typed(typed)) in (0, 8)


@pytest.mark.parametrize("stance", saying.STANCES)
def test_only_agreement_needs_no_words(stance: str) -> None:
    if stance == "agree":
        assert clean(Saying(stance=stance)).text == ""
        return
    with pytest.raises(Refusal):
        clean(Saying(stance=stance, text="\u200b \n"))


# ---- the note of an area


def test_a_note_is_good_for_one_form_and_one_week() -> None:
    now = clock.now()
    note = resident_proof.write(KEYRING, 42, "form 1", now)
    assert resident_proof.read(KEYRING, note, "form 1", now) == 42
    assert resident_proof.read(KEYRING, note, "form 2", now) is None
    assert resident_proof.read(KEYRING, note, "form 1", now + resident_proof.LIFE) is None
    assert resident_proof.read(Keyring("another secret, as long as the first"), note, "form 1", now) is None


@given(st.text(max_size=120))
def test_a_made_up_note_is_worth_nothing(note: str) -> None:
    assert resident_proof.read(KEYRING, note, "form 1", clock.now()) is None
