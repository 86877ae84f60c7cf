"""Telling columns by what stands in them, where headings are missing or say too little."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from app.households.importing.records import Columns
from app.lib.tables import Sheet
from app.lib.text import BadPhone, fold, normalise_phone

_LOOKED_AT = 60  # cells of a column that are judged
_FAMILIES = """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan vuong trinh truong dinh lam phung
mai to ha ta cao chau thai luong luu quach kieu tong trieu ma nong be lo vang giang ksor siu rahlan y h k
"""
_FAMILY_SET = frozenset(_FAMILIES.split())
_NUMBERING_SHARE = 0.7  # fewer distinct values than this share: the numbers begin anew for each lane


def column_values(sheet: Sheet, column: int, first_row: int, limit: int) -> Iterator[str]:
    """Yield the first cells of a column that are not blank, from a file row on."""
    cells = (
        row[column] for number, row in sheet.rows if number >= first_row and column < len(row) and row[column].strip()
    )
    return islice(cells, limit)


def _is_phone(cell: str) -> bool:
    try:
        return normalise_phone(cell) is not None
    except BadPhone:
        return False


def _is_name(cell: str) -> bool:
    words = fold(cell).replace("'", " ").split()
    return 2 <= len(words) <= 6 and words[0] in _FAMILY_SET and all(word.isalpha() for word in words)


def _is_address(cell: str) -> bool:
    return len(cell) > 5 and any(c.isalpha() for c in cell) and (any(c.isdigit() for c in cell) or "," in cell)


def _is_given_name(cell: str) -> bool:
    return len(cell.split()) <= 2 and all(word.isalpha() for word in cell.split())


def _share(sheet: Sheet, column: int, first_row: int, test: Callable[[str], bool]) -> float:
    cells = list(column_values(sheet, column, first_row, _LOOKED_AT))
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _taken(columns: Columns) -> set[int | None]:
    single = {columns.number, columns.serial, columns.phone, columns.cluster, columns.area_name}
    return single | set(columns.full_name) | set(columns.address)


def _chosen(columns: Columns, field: str, column: int) -> Columns:
    if field == "phone":
        return replace(columns, phone=column)
    return replace(columns, full_name=(column,)) if field == "full_name" else replace(columns, address=(column,))


def looks_like(sheet: Sheet, columns: Columns, *, headed: bool) -> Columns:
    """Return the columns with name, address and phone filled in by content where no heading named them.

    Without any heading the roll begins at the first row that has both a name and an address.
    """
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("phone", _is_phone),
        ("full_name", _is_name),
        ("address", _is_address),
    )
    for field, test in tests:
        if getattr(columns, field) not in (None, ()):
            continue
        free = [c for c in range(sheet.width) if c not in _taken(columns)]
        shares = {c: _share(sheet, c, columns.first_row, test) for c in free}
        best = max(free, key=lambda c: shares[c], default=None)
        if best is not None and shares[best] >= 0.6:
            columns = _chosen(columns, field, best)
    if not headed and not columns.missing:
        name, address = columns.full_name[0], columns.address[0]
        first = (
            number
            for number, cells in sheet.rows
            if len(cells) > max(name, address) and _is_name(cells[name]) and _is_address(cells[address])
        )
        columns = replace(columns, first_row=next(first, 1))
    return columns


def _with_given_name(sheet: Sheet, columns: Columns) -> Columns:
    """A heading "Họ và tên" over two columns: family and middle names in one, the given name in the next."""
    if len(columns.full_name) != 1:
        return columns
    name = columns.full_name[0]
    beside = name + 1
    if beside >= sheet.width or beside in _taken(columns):
        return columns
    families = list(column_values(sheet, name, columns.first_row, _LOOKED_AT))
    given = list(column_values(sheet, beside, columns.first_row, _LOOKED_AT))
    if len(given) * 10 < len(families) * 7 or not all(map(_is_given_name, given)):
        return columns
    return replace(columns, full_name=(name, beside))


def _with_street(sheet: Sheet, columns: Columns, found: Mapping[str, int]) -> Columns:
    """House numbers in a column of their own: join them with the street, lane or address beside them."""
    house = found.get("house_number")
    if house is None or columns.address != (found.get("address", house),):
        return columns
    if "address" in found:
        numbered = _share(sheet, found["address"], columns.first_row, lambda cell: any(map(str.isdigit, cell)))
        return columns if numbered >= 0.5 else replace(columns, address=(house, found["address"]))
    return columns if columns.cluster is None else replace(columns, address=(house, columns.cluster))


def _numbers_rows(sheet: Sheet, columns: Columns, numbers: int) -> bool:
    """Tell whether "household numbers" begin anew again and again (1, 2, 3 … in each lane) or just count."""
    area = columns.area_name
    pairs = []
    for row, cells in sheet.rows:
        if row >= columns.first_row and numbers < len(cells) and cells[numbers].strip():
            place = cells[area].strip() if area is not None and area < len(cells) else ""
            pairs.append((place, cells[numbers].strip()))
    repeats = len(pairs) - len(set(pairs))
    return repeats >= 3 and len(set(pairs)) < len(pairs) * _NUMBERING_SHARE


def refine(sheet: Sheet, columns: Columns, found: Mapping[str, int]) -> Columns:
    """Return the columns corrected by a look at the cells. ``found`` maps what headings meant to columns."""
    if "full_name" in found:
        columns = _with_given_name(sheet, columns)
    columns = _with_street(sheet, columns, found)
    if columns.number is not None and _numbers_rows(sheet, columns, columns.number):
        serial = columns.number if columns.serial is None else columns.serial
        columns = replace(columns, number=None, serial=serial)
    return columns
