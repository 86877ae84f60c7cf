"""Guessing which sheet is the roll and which column holds what, for a person to confirm or correct."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.households.importing.contents import column_values, looks_like, refine
from app.households.importing.headings import OTHER, meaning
from app.households.importing.records import Columns
from app.lib.tables import Row, Sheet
from app.lib.text import tidy

HEADING_ROWS = 30
"""How many rows that are not blank are searched for headings."""

_SAMPLES = 3
_DEEPEST = 3  # rows one heading may take
_WORTH = {"full_name": 10, "family_name": 8, "address": 8, "house_number": 5, "phone": 5, "number": 5, "serial": 4}

Found = dict[str, tuple[int, int]]  # field: column, score


@dataclass(frozen=True)
class ColumnGuess:
    """A proposal: sheet, headings found, and a column for each field.

    ``headings`` and ``samples`` describe every column of the sheet, for a screen to offer. ``confidence`` says
    whether a field was known by its "heading" or only by its "content". ``missing`` lists required fields without
    a column, ``other_rolls`` the places of further sheets that look like rolls too.
    """

    sheet: int
    sheet_name: str
    header_rows: tuple[int, ...]
    columns: Columns
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    confidence: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    other_rolls: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Heading:
    rows: tuple[int, ...]
    texts: tuple[str, ...]
    found: Found
    worth: int


def _spread(sheet: Sheet, row: Row, below: list[str]) -> list[str]:
    """Return a heading row with the text of a merged cell repeated over all its columns."""
    number, cells = row
    spread = cells + [""] * (sheet.width - len(cells))
    for merge in sheet.merges:
        if merge.top == number and merge.left < len(spread):
            right = min(merge.right + 1, len(spread))
            spread[merge.left : right] = [spread[merge.left]] * (right - merge.left)
    if not sheet.merges:
        for place in range(1, min(len(spread), len(below))):
            if not spread[place] and below[place].strip() and below[place - 1].strip():
                spread[place] = spread[place - 1]
    return spread


def _column_texts(sheet: Sheet, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return for each column its lowest heading, and all its headings from the top joined."""
    levels: list[list[str]] = []
    for place, row in enumerate(rows):
        below = rows[place + 1][1] if place + 1 < len(rows) else []
        levels.append(_spread(sheet, row, below))
    texts = []
    for column in range(sheet.width):
        stack = list(dict.fromkeys(tidy(level[column]) for level in levels if level[column].strip()))
        texts.append((stack[-1] if stack else "", " ".join(stack)))
    return texts


def _meaning(own: str, whole: str) -> tuple[str, int] | None:
    """Return what a column's headings mean together; the heading above only makes a name surer or doubtful."""
    found, wider = meaning(own), meaning(whole)
    if found is None:
        return wider
    if found[0] == "full_name" and wider is not None and own != whole:
        return wider if wider[0] == "full_name" else ("full_name", 1)
    return found


def _assign(texts: list[tuple[str, str]]) -> tuple[Found, int]:
    found: Found = {}
    others = 0
    for column, (own, whole) in enumerate(texts):
        what = _meaning(own, whole)
        if what is None:
            continue
        others += what[0] == OTHER
        if what[0] != OTHER and what[1] > found.get(what[0], (0, 0))[1]:
            found[what[0]] = (column, what[1])
    worth = sum(_WORTH.get(name, 3) * 10 + score for name, (_, score) in found.items())
    return found, worth + min(others, 5) * 10


def _continues(row: Row) -> bool:
    """Tell whether a row below the first can belong to the same heading: most of its cells are understood."""
    filled = [cell for cell in row[1] if cell.strip()]
    known = sum(meaning(cell) is not None for cell in filled)
    return known * 2 >= len(filled) and not any(cell.strip().isdigit() for cell in filled)


def _headings_at(sheet: Sheet, start: int) -> list[_Heading]:
    """Return the headings that could begin at a row: one row deep, two, three."""
    found_here: list[_Heading] = []
    rows = sheet.rows[start : start + 1]
    if not any(map(meaning, rows[0][1])):
        return []
    while len(rows) <= _DEEPEST:
        texts = _column_texts(sheet, rows)
        found, worth = _assign(texts)
        named = "full_name" in found or "family_name" in found
        if named and len(found) >= 2:
            numbers = tuple(number for number, _ in rows)
            found_here.append(_Heading(numbers, tuple(whole for _, whole in texts), found, worth))
        following = sheet.rows[start + len(rows) : start + len(rows) + 1]
        if not following or following[0][0] != rows[-1][0] + 1 or not _continues(following[0]):
            break
        rows = rows + following
    return found_here


def _find_heading(sheet: Sheet) -> _Heading | None:
    starts = range(min(HEADING_ROWS, len(sheet.rows)))
    found = [heading for start in starts for heading in _headings_at(sheet, start)]
    return max(found, key=lambda heading: (heading.worth, -len(heading.rows)), default=None)


def _is_index(cells: list[str]) -> bool:
    """Tell whether a row only numbers the columns: "(1) (2) (3)" or "A B 1 2"."""
    marks = [cell.strip(" ()[]") for cell in cells if cell.strip()]
    digits = [int(mark) for mark in marks if mark.isdecimal() and len(mark) < 4]
    letters = [mark for mark in marks if len(mark) == 1 and mark.isalpha()]
    in_turn = all(after == before + 1 for before, after in zip(digits, digits[1:], strict=False))
    return len(marks) >= 3 and len(digits) + len(letters) == len(marks) and in_turn and digits[:1] in ([], [1])


def _first_row(sheet: Sheet, heading: _Heading) -> int:
    below = (row for row in sheet.rows if row[0] > heading.rows[-1])
    number, cells = next(below, (heading.rows[-1] + 1, []))
    return number + 1 if _is_index(cells) else heading.rows[-1] + 1


def _kind(text: str) -> str:
    return text if text and len(text.split()) <= 3 else ""


def _from_heading(sheet: Sheet, heading: _Heading) -> Columns:
    place = {name: column for name, (column, _) in heading.found.items()}
    name: tuple[int, ...] = (place["full_name"],) if "full_name" in place else ()
    if "family_name" in place and "given_name" in place and place["given_name"] == place["family_name"] + 1:
        name = (place["family_name"], place["given_name"])
    texts = heading.texts
    return Columns(
        full_name=name or tuple(place[key] for key in ("family_name",) if key in place),
        address=tuple(place[key] for key in ("address", "house_number") if key in place)[:1],
        number=place.get("number"),
        serial=place.get("serial"),
        phone=place.get("phone"),
        cluster=place.get("cluster"),
        area_name=place.get("area_name"),
        area_kind=_kind(texts[place["area_name"]]) if "area_name" in place else "",
        cluster_kind=_kind(texts[place["cluster"]]) if "cluster" in place else "",
        first_row=_first_row(sheet, heading),
    )


def _guess_sheet(sheet: Sheet, index: int) -> ColumnGuess:
    heading = _find_heading(sheet)
    known = _from_heading(sheet, heading) if heading else Columns(first_row=1)
    extra = {name: column for name, (column, _) in heading.found.items()} if heading else {}
    columns = refine(sheet, looks_like(sheet, known, headed=heading is not None), extra)
    confidence = {}
    for name in ("number", "serial", "full_name", "address", "phone", "cluster", "area_name"):
        if getattr(columns, name) not in (None, ()):
            confidence[name] = "heading" if getattr(known, name) not in (None, ()) else "content"
    blank = ("",) * sheet.width
    return ColumnGuess(
        sheet=index,
        sheet_name=sheet.name,
        header_rows=heading.rows if heading else (),
        columns=columns,
        headings=heading.texts if heading else blank,
        samples=tuple(
            tuple(column_values(sheet, column, columns.first_row, _SAMPLES)) for column in range(sheet.width)
        ),
        confidence=confidence,
        missing=columns.missing,
    )


def guess_columns(sheets: Sequence[Sheet]) -> ColumnGuess:
    """Return the likeliest sheet and columns. Never refuses: look at ``missing``. Raises ValueError for no sheet."""
    guesses = [_guess_sheet(sheet, index) for index, sheet in enumerate(sheets)]

    def rank(guess: ColumnGuess) -> tuple[int, bool, int, int]:
        sheet = sheets[guess.sheet]
        return (-len(guess.missing), sheet.visible, list(guess.confidence.values()).count("heading"), len(sheet))

    best = max(guesses, key=rank)
    others = (g.sheet for g in guesses if g is not best and not g.missing and g.header_rows)
    return replace(best, other_rolls=tuple(others))
