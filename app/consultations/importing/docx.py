"""Word documents: the paragraphs as Word shows them, with the numbers that Word counts by itself."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from app.consultations.importing.docx_numbers import Numbering
from app.consultations.importing.docx_styles import Styles, child, is_on, w
from app.consultations.rules.blocks import Block
from app.core.errors import Refusal
from app.lib.i18n import N_

Element = ElementTree.Element
MOST_UNPACKED = 60_000_000
"""Most bytes a part of the document may unpack to."""
_DEEPEST = 200
_DAMAGED = N_("Không đọc được tệp Word này. Mở tệp bằng Word, lưu lại thành DOCX rồi tải lên lại.")
_TOO_LARGE = N_("Tệp Word quá lớn sau khi giải nén. Bỏ bớt hình ảnh rồi tải lên lại.")
# What was deleted, moved away or is a second telling for older programs is not part of the text.
_UNSEEN = frozenset(
    {w("del"), w("moveFrom"), w("instrText"), w("pPr"), w("delText"), w("sectPr"), w("rPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_SIGNS = {w("tab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("sym"): " "}


def read(data: bytes) -> list[Block]:
    """One block a line; a numbered paragraph begins with its number. Raises ``Refusal`` for a damaged file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            body = _part(package, "word/document.xml")
            styles = Styles(_part(package, "word/styles.xml"))
            numbering = Numbering(_part(package, "word/numbering.xml"))
    except (ElementTree.ParseError, zipfile.BadZipFile, zlib.error, KeyError, ValueError,
            NotImplementedError, RuntimeError, OSError, EOFError):  # fmt: skip
        raise Refusal(_DAMAGED, field="file") from None
    if body is None:
        raise Refusal(_DAMAGED, field="file")
    return [block for paragraph in _paragraphs(body) for block in _lines(paragraph, styles, numbering)]


def _part(package: zipfile.ZipFile, name: str) -> Element | None:
    """A part as a tree; None where the document has none."""
    if name not in package.namelist():
        return None
    with package.open(name) as packed:
        content = packed.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Refusal(_TOO_LARGE, field="file")
    # Word writes no declarations of its own; with them a small file may grow without end.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
        raise Refusal(_DAMAGED, field="file")
    return ElementTree.fromstring(content)  # noqa: S314 - no DTD


def _paragraphs(body: Element) -> Iterator[Element]:
    """Every paragraph that is seen, in order; those of text boxes after the paragraph that holds the box."""
    waiting: list[tuple[Element, int]] = [(body, 0)]
    while waiting:
        element, deep = waiting.pop()
        if deep > _DEEPEST:
            raise Refusal(_DAMAGED, field="file")
        if element.tag == w("p"):
            yield element
        inner = [part for part in element if part.tag not in _UNSEEN]
        waiting.extend((part, deep + 1) for part in reversed(inner))


def _lines(paragraph: Element, styles: Styles, numbering: Numbering) -> list[Block]:
    properties = child(paragraph, "pPr")
    style = styles.of(properties)
    runs = [(text, bold) for run in _runs(paragraph) if (text := _text(run, style.capitals))
            for bold in [is_on(child(run, "rPr"), "b", style.bold)]]  # fmt: skip
    text = "".join(part for part, _bold in runs)
    if not text.strip():
        return []
    label = numbering.label(style.numbering(properties))
    strong = style.heading or all(bold for part, bold in runs if part.strip())
    lines = [line for line in f"{label} {text}".split("\n") if line.strip()]
    return [Block(line.strip(), strong, joined=place > 0) for place, line in enumerate(lines)]


def _runs(paragraph: Element) -> Iterator[Element]:
    """The runs of a paragraph itself: inside links and insertions too, not those of a text box."""
    waiting = list(reversed([part for part in paragraph if part.tag not in _UNSEEN]))
    while waiting:
        element = waiting.pop()
        if element.tag == w("r"):
            yield element
        elif element.tag != w("p"):
            waiting.extend(part for part in reversed(element) if part.tag not in _UNSEEN)


def _text(run: Element, capitals: bool) -> str:
    properties = child(run, "rPr")
    if is_on(properties, "vanish", False):
        return ""
    parts = [(part.text or "") if part.tag == w("t") else _SIGNS.get(part.tag, "") for part in run]
    text = "".join(parts)
    return text.upper() if is_on(properties, "caps", capitals) else text
