"""Vietnamese without its marks, as bank transfers carry it."""

import unicodedata

_LETTERS = str.maketrans("đĐðÐ", "dDdD")


def unaccented(text: str) -> str:
    """The same words and capitals without marks: "Đóng góp" gives "Dong gop"."""
    apart = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


def masked(number: str) -> str:
    """An account's number for lists and records: its last four characters alone."""
    return f"••••{number[-4:]}" if len(number) > 4 else "••••"
