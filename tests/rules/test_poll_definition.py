"""The definition of a poll: one text and one hash for one poll, and another for any other."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from app.lib.canonical import canonical_json, sha256_of
from app.polls.rules.definition import Definition, definition_hash

OPENS = datetime(2026, 11, 21, 1, tzinfo=UTC)
SOUND = Definition(
    public_id="k7m3q9t2wx",
    area="79/25846/06",
    kind="decision",
    clause=6,
    title="Camera",
    question="Ông/Bà có đồng ý không?",
    options=[{"key": "agree", "label": "Đồng ý"}, {"key": "disagree", "label": "Không đồng ý"}],
    rule_key="majority_strict",
    roll_size=299,
    roll_fingerprint="a" * 64,
    opens_at=OPENS,
    closes_at=OPENS + timedelta(days=3),
    level="sealed",
    custody="service",
    may_change=False,
    public_key=bytes(32),
    documents=["b" * 64, "c" * 64],
)
# Written down once: a change of the code that changes it would break the hash printed on every notice.
TEXT = (
    '{"area":"79/25846/06","clause":6,"closes_at":"2026-11-24T01:00:00.000000Z","custody":"service","documents":["'
    + "b" * 64
    + '","'
    + "c" * 64
    + '"],"households":299,"kind":"decision","level":"sealed","may_change":false,'
    '"opens_at":"2026-11-21T01:00:00.000000Z","options":[{"key":"agree","label":"Đồng ý"},'
    '{"key":"disagree","label":"Không đồng ý"}],"poll":"k7m3q9t2wx","public_key":"' + "00" * 32 + '",'
    '"question":"Ông/Bà có đồng ý không?","roll_sha256":"' + "a" * 64 + '","rule":"majority_strict",'
    '"title":"Camera","version":1}'
)


def test_the_canonical_text_never_changes() -> None:
    assert canonical_json(SOUND.as_json()) == TEXT
    assert definition_hash(SOUND.as_json()) == sha256_of(TEXT)


def test_the_hash_survives_storing_and_reading() -> None:
    stored = json.loads(canonical_json(SOUND.as_json()))
    assert definition_hash(dict(reversed(stored.items()))) == definition_hash(SOUND.as_json())


def test_the_same_moment_in_another_zone_and_text_in_another_form_are_the_same() -> None:
    vietnam = timezone(timedelta(hours=7))
    other = replace(
        SOUND,
        opens_at=OPENS.astimezone(vietnam),
        question="O\u0302ng/Ba\u0300 co\u0301 đo\u0302\u0300ng y\u0301 kho\u0302ng?",
        documents=["c" * 64, "b" * 64],
    )
    assert definition_hash(other.as_json()) == definition_hash(SOUND.as_json())


@pytest.mark.parametrize(
    "change",
    [
        {"public_id": "other"},
        {"area": "79/25846/07"},
        {"kind": "online_consent"},
        {"title": "Loa"},
        {"question": "Ông/Bà có đồng ý không"},
        {"options": list(reversed(SOUND.options))},
        {"rule_key": "two_thirds_inclusive"},
        {"roll_size": 300},
        {"roll_fingerprint": "d" * 64},
        {"opens_at": OPENS + timedelta(microseconds=1)},
        {"closes_at": OPENS + timedelta(days=4)},
        {"level": "open"},
        {"may_change": True},
        {"public_key": bytes([1] * 32)},
        {"documents": []},
    ],
)
def test_every_part_is_bound_by_the_hash(change: dict[str, Any]) -> None:
    assert definition_hash(replace(SOUND, **change).as_json()) != definition_hash(SOUND.as_json())


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        replace(SOUND, opens_at=OPENS.replace(tzinfo=None)).as_json()
