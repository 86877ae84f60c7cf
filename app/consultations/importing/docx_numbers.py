"""The numbers that Word counts by itself and writes nowhere: "Điều 1.", "1.", "a)"."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from app.consultations.importing.docx_styles import Numbered, child, value, w

Element = ElementTree.Element
_LEVELS = 9
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_HIGHEST = 5000


@dataclass(frozen=True)
class _Level:
    shape: str = "decimal"
    text: str = ""
    start: int = 1


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, part: Element | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, list[_Level]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for element in part.findall(w("abstractNum")) if part is not None else []:
            self._levels[value(element, "abstractNumId")] = _levels(element)
        for element in part.findall(w("num")) if part is not None else []:
            self._add_list(element)

    def _add_list(self, element: Element) -> None:
        number = value(element, "numId")
        self._lists[number] = value(child(element, "abstractNumId"))
        for override in element.findall(w("lvlOverride")):
            start = child(override, "startOverride")
            if start is not None:
                self._restarts.setdefault(number, {})[_whole(value(override, "ilvl"), 0)] = _whole(value(start), 1)

    def label(self, counted: Numbered) -> str:
        """The label of the next paragraph counted so: "1.", "a)", "-" for a bullet, "" for none."""
        levels = self._levels.get(self._lists.get(counted[0], "")) if counted else None
        if counted is None or levels is None or not 0 <= counted[1] < len(levels):
            return ""
        number, deep = counted
        counters = self._counters.setdefault(self._lists[number], [None] * _LEVELS)
        self._restart(number, counters)
        previous = counters[deep]
        counters[deep] = levels[deep].start if previous is None else min(previous + 1, _HIGHEST)
        counters[deep + 1 :] = [None] * (_LEVELS - deep - 1)
        return _shown(levels, counters, deep)

    def _restart(self, number: str, counters: list[int | None]) -> None:
        """The first paragraph of a list that starts anew begins where the list says."""
        for deep, start in self._restarts.pop(number, {}).items():
            if 0 <= deep < _LEVELS:
                counters[deep] = start - 1


def _levels(element: Element) -> list[_Level]:
    found = [_Level() for _ in range(_LEVELS)]
    for level in element.findall(w("lvl")):
        place = _whole(value(level, "ilvl"), 0)
        if place < _LEVELS:
            found[place] = _Level(
                value(child(level, "numFmt")) or "decimal",
                value(child(level, "lvlText")),
                _whole(value(child(level, "start")), 1),
            )
    return found


def _shown(levels: list[_Level], counters: list[int | None], deep: int) -> str:
    level = levels[deep]
    if level.shape == "bullet":
        return "-"
    if level.shape == "none":
        return level.text if "%" not in level.text else ""

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        counter = counters[at]
        return _written(levels[at].start if counter is None else counter, levels[at].shape)

    return re.sub(r"%([1-9])", number, level.text)


def _written(number: int, shape: str) -> str:
    if shape in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
        return letters if shape == "lowerLetter" else letters.upper()
    if shape in ("lowerRoman", "upperRoman"):
        return _roman(number).lower() if shape == "lowerRoman" else _roman(number)
    return f"{number:02}" if shape == "decimalZero" else str(number)


def _roman(number: int) -> str:
    digits = ""
    for worth, letters in _ROMAN:
        digits += letters * (number // worth)
        number %= worth
    return digits


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
