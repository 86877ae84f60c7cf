"""The beginnings of parts, chapters, sections, articles, clauses and points, by the form of a line alone.

Whether such a line really begins something is decided by ``splitting`` from what stands before it.
"""

import re
from dataclasses import dataclass

from app.consultations.rules.numerals import ROMAN, ordinal_value, roman_value
from app.lib.text import fold

LEAD, PART, CHAPTER, SECTION = "lead", "part", "chapter", "section"
ARTICLE, CLAUSE, POINT = "article", "clause", "point"
LEVELS = (LEAD, PART, CHAPTER, SECTION, ARTICLE, CLAUSE, POINT)
GROUPS = (PART, CHAPTER, SECTION)

_MARK = r"\s*([.:)\-–—]?)\s*"
_GROUP = re.compile(rf"(Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC)\s+((?:thứ|THỨ)\s+\w+|{ROMAN}(?!\w)|\d{{1,3}}){_MARK}(.*)")
_ARTICLE = re.compile(rf"(Điều|ĐIỀU)\s+(\d{{1,4}}[a-zđ]{{0,2}}){_MARK}(.*)")
_CLAUSE = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,3})([.)/]?)\s+(\S.*)")
_GLUED = re.compile(r"(\d{1,3})([.)])([^\W\d_].*)")
_POINT = re.compile(r"([a-zđ]{1,2})([).])\s*(\S.*)")
_NUMERAL = re.compile(rf"({ROMAN})([.)/-])\s+(\S.*)")
_GROUP_LEVELS = {"phan": PART, "chuong": CHAPTER, "muc": SECTION}


@dataclass(frozen=True)
class Marker:
    """A line in the form of a beginning: what, which number, the words after it, and whether a sign follows it."""

    level: str
    number: str
    rest: str
    sign: str = ""
    shouted: bool = False


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals throughout."""
    return text == text.upper() and any(c.isalpha() for c in text)


def find_marker(text: str) -> Marker | None:
    """The beginning that the line has the form of, or None."""
    return _group(text) or _article(text) or _clause(text) or _point(text)


def _group(text: str) -> Marker | None:
    found = _GROUP.fullmatch(text)
    if found is None:
        return None
    word, number, sign, rest = found.groups()
    if not number.isdigit() and roman_value(number) is None:
        number = number.lower()
        if ordinal_value(number) is None:
            return None
    return Marker(_GROUP_LEVELS[fold(word)], number, rest, sign, word.isupper())


def _article(text: str) -> Marker | None:
    found = _ARTICLE.fullmatch(text)
    return Marker(ARTICLE, found[2], found[4], found[3], found[1].isupper()) if found else None


def _clause(text: str) -> Marker | None:
    found = _CLAUSE.fullmatch(text) or _GLUED.fullmatch(text)
    if found is not None:
        # "2.1 Bồi dưỡng" needs no sign after it; "12 tháng" is no clause.
        return Marker(CLAUSE, found[1], found[3], found[2] or ".") if found[2] or "." in found[1] else None
    found = _NUMERAL.fullmatch(text)
    return Marker(CLAUSE, found[1], found[3], found[2]) if found else None


def _point(text: str) -> Marker | None:
    found = _POINT.fullmatch(text)
    if found is None or (len(found[1]) == 2 and (found[1][0] != found[1][1] or found[2] == ".")):
        return None
    return Marker(POINT, found[1], found[3], found[2])


def is_numeral(number: str) -> bool:
    """Whether the number of a clause is a Roman one: it stands above clauses with plain numbers."""
    return roman_value(number) is not None


def depth(number: str) -> int:
    """How deep a clause stands among clauses: 0 for "I", 1 for "2", 2 for "2.1"."""
    return 0 if is_numeral(number) else number.count(".") + 1


def label(level: str, number: str) -> str:
    """What stands before the words of a piece: "Điều 2.", "2.1.", "đ)", "Chương IV"; nothing for a lead.

    A part whose number ends with a point is called by its number alone: "II."
    """
    if number.endswith("."):
        return number
    names = {PART: "Phần {}", CHAPTER: "Chương {}", SECTION: "Mục {}", ARTICLE: "Điều {}.", CLAUSE: "{}.", POINT: "{})"}
    return names[level].format(number) if level in names and number else ""
