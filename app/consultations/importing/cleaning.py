"""One line of a file as it should be kept."""

import re
import unicodedata

from app.lib.text import tidy

# Bullets of symbol fonts, which Word writes as characters of private use.
_BULLETS = re.compile("^[\uf000-\uf0ff●■◆➢►]\\s*")
_SPACES = re.compile("[\t\x0b\x0c\u2028\u2029]")


def cleaned(line: str) -> str:
    """NFC, single spaces, a plain dash for symbols of lists; without characters that nobody sees."""
    line = _BULLETS.sub("- ", _SPACES.sub(" ", line).strip())
    if not line.isascii() or not line.isprintable():
        line = "".join(c for c in line if c.isspace() or unicodedata.category(c)[0] != "C")
    return tidy(line)
