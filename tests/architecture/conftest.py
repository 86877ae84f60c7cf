"""Slips and people by the dozen: what their codes and passwords are kept by need not be strong here."""

from tests.support.passwords import cheap_codes, quick_passwords

__all__ = ["cheap_codes", "quick_passwords"]
