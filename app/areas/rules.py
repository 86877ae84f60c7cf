"""Kinds of places, and what each is in law (Law Đ2.3; two tiers of local government since 1 July 2025)."""

from dataclasses import dataclass
from datetime import date

from app.lib.i18n import N_

TWO_TIERS_SINCE = date(2025, 7, 1)


@dataclass(frozen=True)
class Kind:
    """A kind of place: its name, its level, and for a residential area its legal type."""

    slug: str
    name: str
    level: str
    legal_type: str | None = None


_THON = (
    ("thon", N_("thôn")),
    ("xom", N_("xóm")),
    ("lang", N_("làng")),
    ("ap", N_("ấp")),
    ("ban", N_("bản")),
    ("buon", N_("buôn")),
    ("bon", N_("bon")),
    ("phum", N_("phum")),
    ("soc", N_("sóc")),
)
_TO_DAN_PHO = (
    ("to_dan_pho", N_("tổ dân phố")),
    ("khu_pho", N_("khu phố")),
    ("khoi_pho", N_("khối phố")),
    ("khom", N_("khóm")),
    ("tieu_khu", N_("tiểu khu")),
)
KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("tinh", N_("tỉnh"), "province"),
        Kind("thanh_pho", N_("thành phố"), "province"),
        Kind("xa", N_("xã"), "commune"),
        Kind("phuong", N_("phường"), "commune"),
        Kind("dac_khu", N_("đặc khu"), "commune"),
        *(Kind(slug, name, "residential", "thon") for slug, name in _THON),
        *(Kind(slug, name, "residential", "to_dan_pho") for slug, name in _TO_DAN_PHO),
    )
}
LEGAL_TYPES = {"thon": N_("thôn"), "to_dan_pho": N_("tổ dân phố")}
HEAD_TITLES = {"thon": N_("Trưởng thôn"), "to_dan_pho": N_("Tổ trưởng tổ dân phố")}


def residential_kinds() -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.level == "residential"]


def kind_of_name(name: str) -> str | None:
    """The residential kind a name begins with: ``Khu phố 6`` is a khu phố."""
    lowered = name.casefold().strip()
    found = [k for k in residential_kinds() if lowered.startswith(k.name + " ")]
    return max(found, key=lambda kind: len(kind.name)).slug if found else None


def next_segment(taken: set[str]) -> str:
    """The next free two-digit (or longer) segment below a commune; a segment is never given out twice."""
    highest = max((int(segment) for segment in taken if segment.isdigit()), default=0)
    return f"{highest + 1:02}"


def is_valid_on(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether an area exists on the day; the last day counts."""
    return valid_from <= day and (valid_to is None or day <= valid_to)
