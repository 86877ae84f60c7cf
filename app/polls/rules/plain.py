"""Whether a text is easy to read: short sentences, as residents of every age will hear it read aloud."""

import re

MOST_WORDS = 25
MOST_SUMMARY_WORDS = 150
_END = re.compile(r"(?<=[.!?:;])\s+|\n+")


def long_sentences(text: str, most: int = MOST_WORDS) -> list[str]:
    """Sentences with more words than are easily read; a Vietnamese word here is a syllable between spaces."""
    return [sentence.strip() for sentence in _END.split(text) if len(sentence.split()) > most]


def words_in(text: str) -> int:
    """How many words, counted as above."""
    return len(text.split())
