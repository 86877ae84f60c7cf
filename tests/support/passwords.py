"""Hashing as weak as it is quick, for tests that are not about hashing."""

import pytest
from argon2 import PasswordHasher

from app.identity import passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Import it into a module of tests: every password of that module is then hashed quickly."""
    monkeypatch.setattr(passwords, "hasher", QUICK)
    passwords._nobody.cache_clear()
