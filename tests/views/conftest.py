"""Pages are asked by people who signed in, with slips in their hands: what that is kept by need not be strong here."""

from tests.support.passwords import cheap_codes, quick_passwords

__all__ = ["cheap_codes", "quick_passwords"]
