"""Passwords cost real work only where hashing itself is tested."""

from tests.support.passwords import quick_passwords

__all__ = ["quick_passwords"]
