"""The English catalogue holds every sentence of the source and no other, with the same values in it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from tests.architecture.checks import ROOT, VIETNAMESE, texts

ENGLISH = ROOT / "translations/en/LC_MESSAGES/messages.po"
QUOTED = re.compile("“[^”]+”")
VALUES = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")
# What has one name in every language: the service, kinds of places, examples of names, the words of the law's choices.
PROPER_NAMES = (
    "Dân Bàn", "Tiếng Việt", "NĐ-CP", "NQ-HĐND", "QĐ-UBND", "Khu phố 6", "Thôn Đoài", "Bản Lác",
    "(thôn)", "(xóm)", "(làng)", "(ấp)", "(bản)", "(buôn)", "(sóc)", "(tổ dân phố)", "(khu phố)", "(khối phố)",
    "(khóm)", "(tiểu khu)", "“Đồng ý”", "“Không đồng ý”", "“Ý kiến khác”", "Lắp camera an ninh ở ngõ 12",
)  # fmt: skip
MARKS = {"_", "gettext", "ngettext", "pgettext"}
# A percent sign that begins no value. Sentences of templates always pass through ``%``; Python's only with values.
PERCENT = re.compile(r"%(?!\(\w+\)[sd])")


def keywords() -> dict[str, Any]:
    """The names that mark a sentence: those ``make messages`` looks for."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {**DEFAULT_KEYWORDS, **parse_keywords(re.findall(r"-k (\S+)", recipe))}


def sentences(*folders: str) -> set[str]:
    """Everything marked for translation in those folders."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found: set[str] = set()
    for folder in folders:
        extracted = extract_from_dir(ROOT / folder, methods, options, keywords(), strip_comment_tags=True)
        for _name, _line, message, _comments, _context in extracted:
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


@pytest.fixture(scope="module")
def source() -> set[str]:
    return sentences("app", "templates")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def faults(catalogue: Catalog, wanted: Iterable[str]) -> list[str]:
    """Sentences that an English reader would not get, or not rightly."""
    wanted = set(wanted)
    found = [f"{fault}: {one}" for one in sorted(wanted) if (fault := _fault(catalogue.get(one)))]
    return found + [f"is no longer used: {m.id}" for m in catalogue if m.id and _first(m.id) not in wanted]


def _first(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def _fault(message: Message | None) -> str | None:
    if message is None:
        return "missing"
    if message.fuzzy:
        return "uncertain"
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if not all(forms):
        return "untranslated"
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = sorted({value for source in sources for value in VALUES.findall(source)})
    if any(set(VALUES.findall(form)) - set(allowed) for form in forms):
        return "holds another value"
    if isinstance(message.string, str) and sorted(VALUES.findall(message.string)) != sorted(VALUES.findall(sources[0])):
        return "loses a value"
    return next((fault for form in forms if (fault := _of_the_text(sources[0], form))), None)


def _of_the_text(source: str, english: str) -> str | None:
    plain = english
    # What people type into tables, or look for in them, stays as it is there.
    for name in [*PROPER_NAMES, *QUOTED.findall(source)]:
        plain = plain.replace(name, "")
    if VIETNAMESE.search(plain):
        return "is partly Vietnamese"
    if ("%%" in source) != ("%%" in english):
        return "doubles the percent sign differently"
    return "holds markup" if re.search(r"</?[a-z]", english) else None


def test_the_english_catalogue_is_complete(catalogue: Catalog, source: set[str]) -> None:
    found = faults(catalogue, source)
    assert not found, "run make messages, then translate:\n" + "\n".join(found)


def test_the_catalogue_lies_where_the_service_looks_for_it() -> None:
    from flask import Flask

    from app.web import i18n

    app = Flask("small", static_folder=None)
    i18n.init_app(app)
    babel = app.extensions["babel"]
    [folder] = babel.translation_directories
    assert ENGLISH.samefile(f"{folder}/en/LC_MESSAGES/{babel.default_domain}.po")


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ("%(n)s households", None),
        (None, "missing"),
        ("", "untranslated"),
        ("Households", "loses a value"),
        ("%(n)s of %(n)s households", "loses a value"),
        ("%(m)s households", "holds another value"),
        ("%(n)s hộ gia đình", "is partly Vietnamese"),
        ("%(n)s households in Dân Bàn", None),
        ("%(n)s households, 50%%", "doubles the percent sign differently"),
        ("<b>%(n)s</b> households", "holds markup"),
    ],
)
def test_each_fault_would_be_found(english: str | None, fault: str | None) -> None:
    catalogue = Catalog(locale="en")
    if english is not None:
        catalogue.add("%(n)s hộ", english)
    assert faults(catalogue, ["%(n)s hộ"]) == ([f"{fault}: %(n)s hộ"] if fault else [])


def test_uncertain_and_unused_translations_would_be_found() -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("Đóng", "Close", flags=["fuzzy"])
    assert faults(catalogue, ["Đóng"]) == ["uncertain: Đóng"]
    assert faults(catalogue, []) == ["is no longer used: Đóng"]


# ---------------------------------------------------------------------------------------------- templates


def unmarked(template: str) -> Iterator[str]:
    """Vietnamese words of a template that reach the page without passing through ``_()``."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(template)
    marked: set[int] = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS:
            marked |= {id(const) for const in call.find_all(nodes.Const)}
    for piece in tree.find_all((nodes.Const, nodes.TemplateData)):
        text = getattr(piece, "data", None) or getattr(piece, "value", None)
        if isinstance(text, str) and id(piece) not in marked and VIETNAMESE.search(_without_names(text)):
            yield f"line {piece.lineno}: {text.strip()[:60]}"


def _without_names(text: str) -> str:
    return re.sub("Dân Bàn|Tiếng Việt", "", text)


def test_every_word_of_the_templates_is_marked() -> None:
    found = [f"{name}: {fault}" for name, text in texts("templates", suffixes=[".html"]) for fault in unmarked(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("template", "count"),
    [
        ("<p>{{ _('Đóng') }}</p>", 0),
        ("{{ link(_('Đóng %(n)s', n=n)) }}", 0),
        ("{# Đóng #}<title>Dân Bàn</title>", 0),
        ("<p>Đóng</p>", 1),
        ("{{ link('Đóng') }}", 1),
        ("{% set word = 'Đóng' %}{{ word }}", 1),
        ("{{ _('Đóng') ~ ' của hộ' }}", 1),
    ],
)
def test_unmarked_words_would_be_found(template: str, count: int) -> None:
    assert len(list(unmarked(template))) == count


def test_percent_signs_of_the_templates_are_doubled() -> None:
    """``_('5 % số hộ')`` takes ``% s`` for the place of a value and breaks the page."""
    assert [sentence for sentence in sentences("templates") if single_percent(sentence)] == []


def single_percent(sentence: str) -> bool:
    return bool(PERCENT.search(sentence.replace("%%", "")))


@pytest.mark.parametrize(("sentence", "broken"), [("5 % số hộ", True), ("5%% số hộ", False), ("%(n)s hộ", False)])
def test_single_percent_signs_would_be_found(sentence: str, broken: bool) -> None:
    assert single_percent(sentence) is broken
