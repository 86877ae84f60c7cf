"""Kinds of places, and what each is in law (Law Đ2.3; two tiers of local government since 1 July 2025)."""

import re
from dataclasses import dataclass
from datetime import date

from app.lib.i18n import N_
from app.lib.text import fold, spelling_key, tidy

TWO_TIERS_SINCE = date(2025, 7, 1)
# Days outside are slips of the finger.
EARLIEST, LATEST = date(1945, 9, 2), date(2100, 12, 31)


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
_SHORTENED = (
    (re.compile(r"^k\.?p\.?\s*(?:số\s+)?(?=\d)", re.I), "Khu phố"),
    (re.compile(r"^t\.?[dđ]\.?p\.?\s*(?:số\s+)?(?=\d)", re.I), "Tổ dân phố"),
)
_DIGITS = re.compile(r"(\d+)")
_NOT_WORDS = re.compile(r"[^\w/]+")
_NUMBER_WORD = re.compile(r"\bs[oố]\s+(?=\d)")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
HEAD_TITLES = {"thon": N_("Trưởng thôn"), "to_dan_pho": N_("Tổ trưởng tổ dân phố")}


def residential_kinds() -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.level == "residential"]


def kind_of_name(name: str) -> str | None:
    """The residential kind a name begins with: ``Khu phố 6`` and ``KP 6`` are each a khu phố."""
    lowered = spelled_out(name).lower()
    found = [k for k in residential_kinds() if lowered.startswith(k.name + " ")]
    return max(found, key=lambda kind: len(kind.name)).slug if found else None


def spelled_out(name: str) -> str:
    """The name with the shortened kind in front written in full: ``KP6`` is ``Khu phố 6``."""
    name = tidy(name)
    for short, full in _SHORTENED:
        name = short.sub(full + " ", name)
    return name


def in_sentence(name: str) -> str:
    """The name within a sentence: the kind in front is no proper name ("phường Thới Hòa", but "Đoài")."""
    lowered = name[:1].lower() + name[1:]
    return lowered if any(lowered.startswith(kind.name + " ") for kind in KINDS.values()) else name


def same_place(one: str, other: str) -> bool:
    """Whether two names, both of one commune, mean one area.

    Case, zeros before a number, "số" and shortened kinds do not count. Marks do: Thôn Hòa is not Thôn Hóa; but a name
    written without any mark means the one that has them.
    """
    one, other = _plain(one), _plain(other)
    bare = one == fold(one) or other == fold(other)
    return spelling_key(one) == spelling_key(other) or (bare and fold(one) == fold(other))


def _plain(name: str) -> str:
    words = _NOT_WORDS.sub(" ", spelled_out(name)).lower()
    return " ".join(_LEADING_ZEROS.sub("", _NUMBER_WORD.sub("", words)).split())


def reading_order(name: str) -> tuple[tuple[int, str], ...]:
    """Order of names as people read them: "Khu phố 2" stands before "Khu phố 10"."""
    parts = (part for part in _DIGITS.split(fold(name)) if part)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def next_segment(taken: set[str]) -> str:
    """The next free two-digit (or longer) segment below a commune; a segment is never given out twice."""
    highest = max((int(segment) for segment in taken if segment.isdigit()), default=0)
    return f"{highest + 1:02}"


def is_valid_on(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether an area exists on the day; the last day counts."""
    return valid_from <= day and (valid_to is None or day <= valid_to)
