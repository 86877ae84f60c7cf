"""What is believed of what a browser says, and the words of the instrument."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tokens import BadToken, Keyring
from app.feedback import rating_ticket
from app.feedback.rules import rating as rules
from app.feedback.rules.survey import GROUPS, ITEMS

NOW = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)
KEYRING = Keyring("x" * 40)
moments = st.integers(-20 * 86_400, 20 * 86_400).map(lambda seconds: NOW + timedelta(seconds=seconds))


def test_the_words_are_those_of_the_instrument() -> None:
    assert list(rules.LEVELS) == [5, 4, 3, 2, 1]
    assert rules.LEVELS[1] == "Rất không hài lòng" and rules.LEVELS[3] == "Bình thường"
    assert len(rules.PROBLEMS) == 10 and len(rules.PRAISE) == 5 and not rules.PROBLEMS.keys() & rules.PRAISE.keys()
    assert rules.UNOFFICIAL_PAYMENT in rules.reasons_for(3) and "polite" in rules.reasons_for(4)
    assert rules.reasons_for(4) is rules.reasons_for(5) and rules.reasons_for(1) is rules.reasons_for(3)
    assert sorted(ITEMS) == list(range(15, 34)) and [len(items) for _name, items in GROUPS] == [4, 4, 5, 3, 3]


@given(st.none() | moments, moments, moments)
def test_nobody_taps_before_the_page_or_after_now(claimed: datetime | None, shown: datetime, now: datetime) -> None:
    made = rules.made_at(claimed, shown, now)
    assert made <= now
    if claimed is not None and shown <= claimed <= now and now - claimed <= rules.WAITS:
        assert made == claimed
    if claimed is None or now - claimed > rules.WAITS:
        assert made == now


@given(st.text(max_size=40))
def test_nothing_strange_is_kept_of_a_browser(said: str) -> None:
    assert len(rules.screen(said)) <= 20 and len(rules.locale(said)) <= 20
    level, took = rules.level_of(said), rules.milliseconds(said)
    assert level is None or (1 <= level <= 5 and str(level) == said)
    assert took is None or 0 <= took <= rules.LONGEST_MS


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (Linux; Android 13) Chrome/140 Mobile Safari/537.36 Zalo android/25081840", "zalo-android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile/15E148 Safari/604.1", "safari-ios"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140", "edge"),
        ("Mozilla/5.0 (Linux; Android 14; SM-A145F) SamsungBrowser/25 Chrome/121", "samsung-android"),
        ("curl/8", "other"),
        ("", "other"),
    ],
)
def test_of_a_browser_only_the_family_is_kept(agent: str, family: str) -> None:
    assert rules.family(agent) == family


@given(st.integers(1, 2**40), st.integers(1, 5), st.none() | st.integers(1, 2**40))
def test_a_ticket_says_what_was_written_and_bears_no_change(number: int, level: int, dossier: int | None) -> None:
    held = rating_ticket.ticket(number, level, NOW, dossier)
    text = rating_ticket.write(KEYRING, held)
    assert rating_ticket.read(KEYRING, text) == held and held.age(NOW + timedelta(seconds=1)) == timedelta(seconds=1)
    for wrong in (text[:-1], text[:10] + ("A" if text[10] != "A" else "B") + text[11:], "", "%", text + "AAAA"):
        with pytest.raises(BadToken):
            rating_ticket.read(KEYRING, wrong)
    with pytest.raises(BadToken):
        rating_ticket.read(Keyring("y" * 40), text)
