"""The sealed cookie: one size whatever it holds, nobody else's, and not for long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tokens import BadToken, Keyring
from app.polls.rules.opinions import MOST_BYTES
from app.polls.ticket import AFTER, LIFE, Ticket, pack, token_matches, token_of, unpack

KEYS = Keyring("t" * 32)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EMPTY = Ticket(
    slip_id=7,
    poll_id=3,
    public_id="p0123456789abcde",
    definition=bytes.fromhex("d5" * 32),
    slot_tag="ab" * 32,
    public_key=b"k" * 32,
    may_change=True,
    base_version=2,
)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=375)


@given(st.sampled_from(["agree", "disagree", "other"]), TEXTS, st.none() | st.integers(1, 10**6))
def test_what_goes_in_comes_out(choice: str, text: str, assisted_by: int | None) -> None:
    ticket = replace(EMPTY, assisted_by=assisted_by).chosen(choice, text, NOW)
    assert unpack(KEYS, pack(KEYS, ticket), NOW) == ticket


@given(st.sampled_from(["agree", "disagree", "other"]), TEXTS)
def test_every_cookie_has_one_size(choice: str, text: str) -> None:
    size = len(pack(KEYS, EMPTY.opened(NOW)))
    assert len(pack(KEYS, EMPTY.chosen(choice, text, NOW))) == size
    assert len(pack(KEYS, EMPTY.chosen(choice, text, NOW).sent("0123456789AB", NOW))) == size
    assert len(pack(KEYS, replace(EMPTY, public_key=b"", may_change=False).chosen(choice, text, NOW))) == size
    assert size < 3000


def test_the_longest_text_fits_and_a_longer_one_is_refused() -> None:
    ticket = EMPTY.chosen("other", "ế" * (MOST_BYTES // 3), NOW)
    assert unpack(KEYS, pack(KEYS, ticket), NOW).other_text == ticket.other_text
    with pytest.raises(ValueError, match="too long"):
        pack(KEYS, EMPTY.chosen("other", "a" * (MOST_BYTES + 1), NOW))


def test_nothing_of_it_can_be_read_in_the_cookie() -> None:
    cookies = [pack(KEYS, EMPTY.chosen("agree", "đường", NOW)) for _ in range(2)]
    assert cookies[0] != cookies[1]
    assert all("agree" not in cookie and "p01234" not in cookie for cookie in cookies)


def test_its_life_ends() -> None:
    cookie = pack(KEYS, EMPTY.chosen("agree", "", NOW))
    unpack(KEYS, cookie, NOW + LIFE - timedelta(seconds=1))
    with pytest.raises(BadToken):
        unpack(KEYS, cookie, NOW + LIFE)
    sent = pack(KEYS, EMPTY.chosen("agree", "", NOW).sent("0123456789AB", NOW))
    with pytest.raises(BadToken):
        unpack(KEYS, sent, NOW + AFTER)


@pytest.mark.parametrize("cookie", ["", "x", "!!", "A" * 2299, "ắ", "A" * 5000])
def test_anything_else_is_refused(cookie: str) -> None:
    with pytest.raises(BadToken):
        unpack(KEYS, cookie, NOW)


def test_a_ticket_of_another_service_or_altered_is_refused() -> None:
    cookie = pack(KEYS, EMPTY.chosen("agree", "", NOW))
    with pytest.raises(BadToken):
        unpack(Keyring("y" * 32), cookie, NOW)
    with pytest.raises(BadToken):
        unpack(KEYS, cookie[:100] + ("A" if cookie[100] != "A" else "B") + cookie[101:], NOW)
    with pytest.raises(BadToken):
        unpack(KEYS, pack(KEYS, EMPTY.opened(NOW))[:-4], NOW)


def test_once_sent_no_choice_stays_on_the_phone() -> None:
    sent = EMPTY.chosen("other", "Làm đường trước", NOW).sent("0123456789AB", NOW)
    assert (sent.choice, sent.other_text, sent.receipt) == ("", "", "0123456789AB")


def test_every_choosing_has_a_key_of_its_own() -> None:
    assert len({EMPTY.chosen("agree", "", NOW).key for _ in range(20)}) == 20


def test_the_button_sends_only_what_its_page_showed() -> None:
    shown, changed = EMPTY.chosen("agree", "", NOW), EMPTY.chosen("disagree", "", NOW)
    assert token_matches(KEYS, shown, token_of(KEYS, shown))
    assert not token_matches(KEYS, changed, token_of(KEYS, shown))
    assert not token_matches(KEYS, shown, "")
    assert not token_matches(KEYS, shown, "ắ")
    assert not token_matches(KEYS, EMPTY.opened(NOW), token_of(KEYS, EMPTY.opened(NOW)))
