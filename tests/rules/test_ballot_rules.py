"""Credentials, opinions, receipts, and where a slip stands."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.polls.rules import credentials
from app.polls.rules.opinions import LONGEST, clean_opinion, refuse_long
from app.polls.rules.receipts import nonce_of, open_digest, receipt_of, sealed_digest
from app.polls.rules.standing import MAY_VOTE, Standing, standing

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Facts:
    """A slip of a poll that is open, handed over, nothing sent."""

    status: str = "opened"
    opens_at: datetime | None = NOW - HOUR
    closes_at: datetime | None = NOW + HOUR
    may_change: bool = False
    revoked_at: datetime | None = None
    activated_at: datetime | None = NOW - HOUR
    cast_at: datetime | None = None


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({}, Standing.READY),
        ({"opens_at": NOW}, Standing.READY),
        ({"opens_at": NOW + timedelta(microseconds=1)}, Standing.UPCOMING),
        ({"closes_at": NOW + timedelta(microseconds=1)}, Standing.READY),
        ({"closes_at": NOW}, Standing.ENDED),
        ({"status": "closed"}, Standing.ENDED),
        ({"status": "counted"}, Standing.ENDED),
        ({"status": "cancelled"}, Standing.CANCELLED),
        ({"activated_at": None}, Standing.INACTIVE),
        ({"activated_at": None, "opens_at": NOW + HOUR}, Standing.UPCOMING),
        ({"cast_at": NOW}, Standing.VOTED),
        ({"cast_at": NOW, "status": "closed"}, Standing.VOTED),
        ({"cast_at": NOW, "status": "cancelled"}, Standing.CANCELLED),
        ({"cast_at": NOW, "may_change": True}, Standing.CHANGEABLE),
        ({"cast_at": NOW, "may_change": True, "closes_at": NOW}, Standing.VOTED),
        ({"cast_at": NOW, "may_change": True, "activated_at": None}, Standing.INACTIVE),
        ({"revoked_at": NOW}, Standing.REVOKED),
        ({"revoked_at": NOW, "cast_at": NOW, "status": "cancelled"}, Standing.REVOKED),
    ],
)
def test_the_first_reason_that_counts_is_given(changes: dict[str, object], stands: Standing) -> None:
    assert standing(replace(Facts(), **changes), NOW) is stands  # type: ignore[arg-type]


def test_only_two_standings_may_vote() -> None:
    assert set(Standing) - MAY_VOTE == {
        Standing.REVOKED,
        Standing.CANCELLED,
        Standing.VOTED,
        Standing.UPCOMING,
        Standing.ENDED,
        Standing.INACTIVE,
    }


def test_a_code_matches_itself_and_nothing_else() -> None:
    salt = credentials.new_salt()
    kept = credentials.code_hash("7K3M9QTR2WXB", salt)
    assert credentials.code_matches("7K3M9QTR2WXB", salt, kept)
    assert not credentials.code_matches("7K3M9QTR2WXC", salt, kept)
    assert not credentials.code_matches("7K3M9QTR2WXB", credentials.new_salt(), kept)
    assert not credentials.code_matches("", salt, kept)


def test_a_secret_is_read_from_what_was_scanned() -> None:
    secret = credentials.new_secret()
    assert len(secret) == 26
    for scanned in (secret, secret.lower(), f"https://danban.vn/v/{secret}", f" http://x/v/{secret}/ "):
        assert credentials.secret_in(scanned) == secret
    # What stands in a query would stand in logs: it is not read.
    assert credentials.secret_in(f"https://danban.vn/v?{secret}=1") is None


@pytest.mark.parametrize("scanned", ["", "   ", "/", "https://danban.vn/v/", "https://danban.vn/v/ABC", "0" * 27])
def test_what_holds_no_secret_gives_none(scanned: str) -> None:
    assert credentials.secret_in(scanned) is None


@given(st.text(max_size=80))
def test_whatever_is_scanned_never_breaks(scanned: str) -> None:
    credentials.secret_in(scanned)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Làm   đường trước \r\n\r\n\r\n\r\n rồi thu. ", "Làm đường trước\n\nrồi thu."),
        ("\u202eđảo ngược\u202c", "đảo ngược"),
        ("a\u200bb\x00c\x02d\tđ", "abcd đ"),
        ("Ho\u0300a", "Hòa"),
        ("Z\u0335\u0336\u0337\u0338\u0339lgo", "Z\u0335\u0336\u0337lgo"),
        ("\ud800x", "x"),
        (" \n\t ", ""),
        ("👍 đồng tình", "👍 đồng tình"),
    ],
)
def test_an_opinion_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean_opinion(typed) == kept


@given(st.text())
def test_a_kept_opinion_stays_as_it_is(typed: str) -> None:
    kept = clean_opinion(typed)
    assert clean_opinion(kept) == kept
    assert not set(kept) & set("\x02\x03\u202e\r\t")


def test_an_opinion_is_at_most_five_hundred_characters() -> None:
    refuse_long("ế" * LONGEST)
    for long in ("a" * (LONGEST + 1), "👍" * 400):
        with pytest.raises(Refusal) as refused:
            refuse_long(long)
        assert refused.value.field == "other"


def test_a_receipt_depends_on_all_that_it_proves() -> None:
    facts = ("poll1", "aa" * 32, sealed_digest(b"e", b"t"), nonce_of("key"))
    receipts = {receipt_of(*facts)}
    for place, other in enumerate(("poll2", "bb" * 32, sealed_digest(b"f", b"t"), nonce_of("yek"))):
        changed = list(facts)
        changed[place] = other
        receipts.add(receipt_of(*changed))
    assert len(receipts) == 5
    assert {len(receipt) for receipt in receipts} == {12}


def test_the_digest_of_an_open_ballot_says_nothing_without_its_nonce() -> None:
    assert open_digest("n1", "agree", "") != open_digest("n2", "agree", "")
    assert open_digest("n1", "agree", "") != open_digest("n1", "disagree", "")
    assert open_digest("n1", "other", "a") != open_digest("n1", "other", "b")


def test_a_nonce_follows_from_its_key_and_does_not_hold_it() -> None:
    assert nonce_of("ab" * 16) == nonce_of("ab" * 16)
    assert len(nonce_of("ab" * 16)) == 32
    assert "abab" not in nonce_of("ab" * 16)
