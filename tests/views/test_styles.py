"""Style sheets: contrast of every pair of colours that meet, weight, and nothing fetched from elsewhere."""

import re

import pytest

from app.core.schema import ROOT
from app.web.assets import BUNDLES, bundle

AAA, AA, EDGE = 7.0, 4.5, 3.0
# Text, ground, least contrast: 7:1 for what is read, 4.5:1 for marks and large words, 3:1 for edges of controls.
PAIRS = [
    *[("ink", ground, AAA) for ground in ("paper", "wash", "tint", "good-wash", "bad-wash", "warn-wash")],
    *[("soft", ground, AAA) for ground in ("paper", "wash")],
    *[("act", ground, AAA) for ground in ("paper", "wash", "tint")],
    *[("paper", ground, AAA) for ground in ("act", "deep", "good", "bad", "soft", "brand")],
    ("good", "good-wash", AAA),
    ("bad", "bad-wash", AAA),
    ("bad", "paper", AAA),
    ("warn", "warn-wash", AAA),
    ("brand", "wash", AAA),
    ("gold", "brand", AA),
    ("gold", "deep", AA),
    ("deep", "focus", AA),
    ("edge", "paper", EDGE),
    ("edge", "wash", EDGE),
    ("deep", "paper", EDGE),
]


def tokens(selector: str) -> dict[str, str]:
    css = bundle("resident.css")
    [block] = re.findall(re.escape(selector) + r"\{(--[^}]*)\}", css)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
@pytest.mark.parametrize("darker", [False, True])
def test_colours_that_meet_can_be_told_apart(text: str, ground: str, least: float, darker: bool) -> None:
    colours = tokens(":root") | (tokens(".contrast") if darker else {})
    assert contrast(colours[text], colours[ground]) >= least


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.01)


def test_the_residents_style_is_small() -> None:
    assert len(bundle("resident.css").encode()) <= 12_000


@pytest.mark.parametrize("name", ["resident.js", "staff.js", "proof.js"])
def test_scripts_are_small_and_keep_nothing(name: str) -> None:
    text = bundle(name)
    assert len(text.encode()) <= 3_000
    assert not re.search(r"localStorage|sessionStorage|indexedDB|cookie|serviceWorker|innerHTML|eval\(", text)


def test_rating_is_small_and_keeps_nothing_but_what_waits() -> None:
    assert len(bundle("rating.css").encode()) <= 1_300 and len(bundle("rating.js").encode()) <= 11_000
    assert not re.search(r"localStorage|sessionStorage|cookie|serviceWorker|innerHTML|eval\(", bundle("rating.js"))
    used = set(re.findall(r"var\(--([\w-]+)", bundle("rating.css")))
    assert used <= set(re.findall(r"--([\w-]+):", bundle("resident.css") + bundle("rating.css")))


@pytest.mark.parametrize("name", [name for name in BUNDLES if name.endswith(".css")])
def test_a_style_sheet_fetches_nothing(name: str) -> None:
    assert not re.search(r"@import|url\(|@font-face|!important", bundle(name))


@pytest.mark.parametrize("name", ["resident.css", "staff.css"])
def test_every_token_used_is_defined_and_every_block_closed(name: str) -> None:
    css = bundle(name)
    assert set(re.findall(r"var\(--([\w-]+)", css)) <= set(re.findall(r"--([\w-]+):", css))
    assert css.count("{") == css.count("}")


def test_every_class_a_template_names_has_a_rule() -> None:
    css = "".join(bundle(name) for name in BUNDLES if name.endswith(".css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", css))
    used = set()
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
        for value in re.findall(r'\sclass="([^"{}]+)"', text):
            used |= set(value.split())
    assert used - styled == set()


def test_motion_is_nobodys_problem() -> None:
    assert not re.search(r"animation|transition|scroll-behavior", bundle("resident.css") + bundle("staff.css"))
