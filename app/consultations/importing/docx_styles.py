"""What a Word document's styles say about its paragraphs: heading, bold, capitals, numbered."""

from dataclasses import dataclass
from xml.etree import ElementTree

Element = ElementTree.Element
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_CHAIN = 12
Numbered = tuple[str, int] | None
"""The list a paragraph is counted in, and its level there."""


def w(name: str) -> str:
    """A name of the word processor's vocabulary."""
    return _W + name


def child(element: Element | None, *path: str) -> Element | None:
    """The element found down the path, or None."""
    for name in path:
        element = element.find(w(name)) if element is not None else None
    return element


def value(element: Element | None, name: str = "val") -> str:
    return element.get(w(name), "") if element is not None else ""


def is_on(properties: Element | None, name: str, otherwise: bool) -> bool:
    """Whether a switch such as bold is on; ``otherwise`` where nothing is said."""
    found = child(properties, name)
    return otherwise if found is None else value(found) not in ("0", "false", "none", "off")


def numbered(properties: Element | None) -> Numbered:
    """The list that the properties name; ("0", 0) says expressly none."""
    found = child(properties, "numPr")
    if found is None:
        return None
    level = value(child(found, "ilvl"))
    return value(child(found, "numId")), int(level) if level.isdigit() and len(level) < 3 else 0


@dataclass(frozen=True)
class Style:
    """What holds for a paragraph unless its own properties say otherwise."""

    heading: bool = False
    bold: bool = False
    capitals: bool = False
    counted: Numbered = None

    def numbering(self, properties: Element | None) -> Numbered:
        own = numbered(properties)
        if own is not None and not own[0] and self.counted:
            return self.counted[0], own[1]
        return own or self.counted


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, part: Element | None) -> None:
        found = part.findall(w("style")) if part is not None else []
        self._elements = {value(element, "styleId"): element for element in found}
        self._default = next(
            (value(e, "styleId") for e in found if value(e, "default") == "1" and value(e, "type") == "paragraph"), ""
        )
        self._known: dict[str, Style] = {}

    def of(self, properties: Element | None) -> Style:
        """The style of a paragraph with these properties."""
        name = value(child(properties, "pStyle")) or self._default
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> Style:
        style = Style()
        for element in reversed(self._chain(name)):
            called = value(child(element, "name")).lower()
            run = child(element, "rPr")
            style = Style(
                heading=style.heading or called.startswith("heading") or called == "title",
                bold=is_on(run, "b", style.bold),
                capitals=is_on(run, "caps", style.capitals),
                counted=numbered(child(element, "pPr")) or style.counted,
            )
        return style

    def _chain(self, name: str) -> list[Element]:
        """The style and those it is based on; a circle ends somewhere."""
        chain: list[Element] = []
        while name in self._elements and len(chain) < _LONGEST_CHAIN:
            chain.append(self._elements[name])
            name = value(child(self._elements[name], "basedOn"))
        return chain
