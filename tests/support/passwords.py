"""Hashing as weak as it is quick, for tests that are not about hashing."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from app.identity import passwords
from app.polls.rules import credentials

FULL_COST = credentials._COST
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Import it into a module of tests: every password of that module is then hashed quickly."""
    monkeypatch.setattr(passwords, "hasher", QUICK)
    passwords._nobody.cache_clear()


@pytest.fixture(autouse=True, scope="module")
def cheap_codes() -> Iterator[None]:
    """The same for the codes of slips. Never where a server of another process reads the codes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "_COST", 2)
        yield
