"""The official list of provinces and communes since 1 July 2025, from the ``vietnam_provinces`` package."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import vietnam_provinces

_KINDS = {
    "tỉnh": "tinh",
    "thành phố trung ương": "thanh_pho",
    "xã": "xa",
    "phường": "phuong",
    "đặc khu": "dac_khu",
}


@dataclass(frozen=True)
class OfficialPlace:
    """One line of the list; ``path`` is made of the official two- and five-digit codes."""

    path: str
    parent: str | None
    level: str
    kind: str
    name: str


def official_places() -> Iterator[OfficialPlace]:
    """Each province followed by its communes: 34 and 3,321 of them."""
    with open(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH, encoding="utf-8") as file:
        provinces = json.load(file)
    for province in provinces:
        path = f"{province['code']:02}"
        yield OfficialPlace(path, None, "province", _KINDS[province["division_type"]], province["name"])
        for commune in province["wards"]:
            kind = _KINDS[commune["division_type"]]
            yield OfficialPlace(f"{path}/{commune['code']:05}", path, "commune", kind, commune["name"])
