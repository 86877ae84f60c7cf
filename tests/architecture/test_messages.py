"""The English catalogue holds every sentence, with the same values in it."""

import re
from collections.abc import Iterable

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.architecture.checks import ROOT

ENGLISH = ROOT / "translations/en/LC_MESSAGES/messages.po"
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}
VALUES = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")


def sentences() -> set[str]:
    """Everything marked for translation in the program and its pages."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found: set[str] = set()
    for folder in ("app", "templates"):
        extracted = extract_from_dir(ROOT / folder, methods, options, KEYWORDS, strip_comment_tags=True)
        for _name, _line, message, _comments, _context in extracted:
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def faults(catalogue: Catalog, wanted: Iterable[str]) -> list[str]:
    """Sentences that an English reader would not get, or not rightly."""
    return [f"{fault}: {one}" for one in sorted(wanted) if (fault := _fault(catalogue.get(one)))]


def _fault(message: Message | None) -> str | None:
    if message is None:
        return "missing"
    if message.fuzzy:
        return "uncertain"
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if not all(forms):
        return "untranslated"
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = {value for source in sources for value in VALUES.findall(source)}
    if any(set(VALUES.findall(form)) - allowed for form in forms):
        return "holds another value"
    if isinstance(message.string, str) and set(VALUES.findall(message.string)) != allowed:
        return "loses a value"
    return None


def test_the_english_catalogue_is_complete() -> None:
    with ENGLISH.open("rb") as file:
        catalogue = read_po(file, locale="en")
    found = faults(catalogue, sentences())
    assert not found, "run make messages, then translate:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ("%(n)s households", None),
        (None, "missing"),
        ("", "untranslated"),
        ("Households", "loses a value"),
        ("%(m)s households", "holds another value"),
    ],
)
def test_each_fault_would_be_found(english: str | None, fault: str | None) -> None:
    catalogue = Catalog(locale="en")
    if english is not None:
        catalogue.add("%(n)s hộ", english)
    assert faults(catalogue, ["%(n)s hộ"]) == ([f"{fault}: %(n)s hộ"] if fault else [])


def test_uncertain_translations_would_be_found() -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("Đóng", "Close", flags=["fuzzy"])
    assert faults(catalogue, ["Đóng"]) == ["uncertain: Đóng"]
