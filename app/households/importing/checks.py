"""What is wrong with a household as read, cell by cell, and which household stands in the file twice."""

import re
from collections.abc import Iterable
from functools import lru_cache

from app.households.importing.records import (
    ADDRESS_MAX,
    NAME_MAX,
    NUMBER_MAX,
    PLACE_MAX,
    Fault,
    ParsedHousehold,
)
from app.households.importing.rows import RawRow
from app.lib.text import (
    BadPhone,
    decode_legacy,
    fold,
    legacy_encoding,
    nfc,
    normalise_phone,
    proper_name,
    spelling_key,
    strange_characters,
    tidy,
)

_LIMITS = {
    "full_name": NAME_MAX,
    "address": ADDRESS_MAX,
    "number": NUMBER_MAX,
    "cluster": PLACE_MAX,
    "area_name": PLACE_MAX,
}
_DATE = re.compile(r"\d{2}/\d{2}/\d{4}")
_NOT_WORDS = re.compile(r"[^\w/]+")
_PLACE = re.compile(
    r"(thon|xom|ap|ban|buon|lang|khu|khom|to|hem|ngo|ngach|kiet|duong|pho|cum|phuong|xa|day|tdp|kp|khoi)\b"
)
_HOUSE = re.compile(r"^\w*\d|\d/\d|\b(so|nha|can|can ho|phong|lo|thua)\s+\w*\d")
_SHARED = 3  # as many different names at one address make it a building or a hamlet, not one house


def text_faults(row: int, field: str, raw: str) -> list[Fault]:
    """Return what is wrong with the writing of one cell: old fonts, hidden characters, length."""
    if raw.isascii() and raw.isprintable() and len(raw) <= _LIMITS[field]:
        return []
    encoding = legacy_encoding(raw)
    if encoding is not None:
        suggestion = tidy(decode_legacy(raw, encoding))
        return [Fault(row, field, "legacy_encoding", raw, encoding, suggestion)]
    strange = strange_characters(nfc(raw))
    if strange:
        return [Fault(row, field, "strange_characters", raw, ", ".join(strange))]
    if len(tidy(raw)) > _LIMITS[field]:
        return [Fault(row, field, "too_long", raw, str(_LIMITS[field]))]
    return []


def _name_faults(raw: RawRow) -> list[Fault]:
    if not any(map(str.isalpha, raw.full_name)):
        return [Fault(raw.row, "full_name", "missing_name", raw.full_name)]
    return text_faults(raw.row, "full_name", raw.full_name)


def _address_faults(raw: RawRow) -> list[Fault]:
    if not any(map(str.isalnum, raw.address)):
        return [Fault(raw.row, "address", "missing_address", raw.address)]
    if any(map(_DATE.fullmatch, raw.address.split(", "))):
        return [Fault(raw.row, "address", "date_in_address", raw.address)]
    return text_faults(raw.row, "address", raw.address)


def check_row(raw: RawRow, cluster: str, area_name: str) -> tuple[ParsedHousehold, list[Fault]]:
    """Return the household a row holds, and its faults. ``cluster`` and ``area_name`` are as they apply to it."""
    faults = _name_faults(raw) + _address_faults(raw)
    phone = None
    try:
        phone = normalise_phone(raw.phone)
    except BadPhone:
        faults.append(Fault(raw.row, "phone", "bad_phone", raw.phone))
    for field, text in (("number", raw.number), ("cluster", raw.cluster), ("area_name", raw.area_name)):
        faults += text_faults(raw.row, field, text)
    garbled = any(fault.field == "full_name" for fault in faults)
    household = ParsedHousehold(
        row=raw.row,
        number=tidy(raw.number),
        full_name=tidy(raw.full_name) if garbled else proper_name(raw.full_name),
        address=tidy(raw.address).strip(" ,;"),
        phone=phone,
        cluster=cluster,
        area_name=area_name,
        serial=tidy(raw.serial)[:NUMBER_MAX],
    )
    return household, faults


@lru_cache(maxsize=2_000)
def _area_key(area_name: str) -> str:
    return fold(area_name)


def number_key(number: str) -> str:
    """Return a household number for comparing: "h0001" equals "H0001", "007" equals "7"."""
    key = fold(number).replace(" ", "")
    return key.lstrip("0") or key if key.isdecimal() else key


def address_key(address: str) -> str:
    """Return an address for telling whether two are the same, tones kept, punctuation and case not."""
    return spelling_key(_NOT_WORDS.sub(" ", nfc(address).lower()))


def is_one_house(address: str) -> bool:
    """Tell an address of a house ("Số 5, Hẻm 12") from one many households share ("Thôn Đoài", "Tổ 2")."""
    parts = (fold(part).strip() for part in address.split(","))
    return any(_HOUSE.search(part) for part in parts if part and not _PLACE.match(part))


def _shared_addresses(households: Iterable[ParsedHousehold]) -> set[tuple[str, str]]:
    names: dict[tuple[str, str], set[str]] = {}
    for home in households:
        if home.address:
            names.setdefault((_area_key(home.area_name), address_key(home.address)), set()).add(
                spelling_key(home.full_name)
            )
    return {place for place, here in names.items() if len(here) >= _SHARED}


def find_duplicates(households: list[ParsedHousehold], garbled: set[int]) -> list[Fault]:
    """Return a fault for each household that stands in the file a second time.

    It does when its number was given before in the same area, or when the same name stands at the same address.
    The same address alone does not: two households may share a house. Neither does the same name where the
    address names only a hamlet or a building of many, unless the telephone is the same too. Rows in ``garbled``
    are compared by number only.
    """
    shared = _shared_addresses(households)
    numbers: dict[tuple[str, str], int] = {}
    homes: dict[tuple[str, ...], int] = {}
    faults: list[Fault] = []
    for home in households:
        area = _area_key(home.area_name)
        first = numbers.setdefault((area, number_key(home.number)), home.row) if home.number else home.row
        if first != home.row:
            faults.append(Fault(home.row, "number", "duplicate_household", home.number, str(first)))
            continue
        if home.row in garbled or not (home.full_name and home.address):
            continue
        place = address_key(home.address)
        key: tuple[str, ...] = (area, place, spelling_key(home.full_name))
        if (area, place) in shared or not is_one_house(home.address):
            key = (*key, home.phone or f"row {home.row}")
        first = homes.setdefault(key, home.row)
        if first != home.row:
            faults.append(Fault(home.row, "address", "duplicate_household", home.address, str(first)))
    return faults
