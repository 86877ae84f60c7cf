"""Make text safe to set in type, whatever a person or a file put in it."""

import re
import unicodedata

# A word longer than this cannot be a Vietnamese name or number; it gets places where a line may break.
_LONGEST_WORD = 30
_BREAK_EVERY = 20
_ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
# Khmer, Thai and Indic scripts spell words with these two; every other format character is dropped.
_JOINERS = frozenset("\u200c\u200d")


def clean(value: str) -> str:
    """One line of text in NFC: no control or direction-changing characters, single spaces, trimmed.

    Direction overrides are dropped because they can make a printed option read backwards; characters not in
    any font are kept, so that the text of the document stays what was written.
    """
    kept = "".join(_replacement(character) for character in unicodedata.normalize("NFC", value))
    return " ".join(kept.split())


def clean_lines(value: str) -> tuple[str, ...]:
    """The non-empty lines of a longer text, each cleaned."""
    lines = (clean(line) for line in re.split(r"[\r\n\u2028\u2029]+", value))
    return tuple(line for line in lines if line)


def breakable(value: str) -> str:
    """`clean`, with break opportunities inside words so long that they would run off the paper."""
    return _LONG_WORD.sub(lambda found: _split(found.group()), clean(value))


def grouped(value: str, size: int = 8) -> str:
    """A fingerprint in groups of `size` characters, which two people can compare by reading aloud."""
    return " ".join(value[start : start + size] for start in range(0, len(value), size))


def _replacement(character: str) -> str:
    if character in _JOINERS:
        return character
    if character in "\t\n\r\v\f":
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn"} else character


def _split(word: str) -> str:
    pieces = (word[start : start + _BREAK_EVERY] for start in range(0, len(word), _BREAK_EVERY))
    return _ZERO_WIDTH_SPACE.join(pieces)
