"""Documents as PDF bytes, set by Typst.

Data reaches a template as JSON in `sys.inputs.data` and is only ever shown as text; no text of a person is
read as markup. The result is a tagged PDF/UA-1 in Vietnamese. Where a text holds characters that no carried
font draws (emoji, another script) it is still tagged but does not claim PDF/UA: those characters show as empty
boxes and can be copied. The same data always give the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from app.documents import qr
from app.documents.blocks import Bar, Block, Code, Document

_HERE = Path(__file__).parent
# Templates of the slices import those of this floor by a path below the package.
_ROOT = _HERE.parent
_OFFICIAL = _HERE / "templates" / "official.typ"
_BAR = _HERE / "templates" / "bar.typ"
_PICTURE_PPI = 300
_WALL_LEVEL = "q"
# Typst keeps what it computed for its last ten documents, 100 MB for a thousand slips, and is not told to stop.
_LARGE = 100_000  # characters of data
_REMEMBERED = 10


def render(template: Path, data: Mapping[str, object]) -> bytes:
    """The PDF of a template and its data; `data["title"]` names the document.

    Templates take what they share from "/documents/templates/parts.typ".
    """
    inputs = _inputs(data)
    try:
        return _accessible(template, inputs)
    finally:
        if len(inputs["data"]) > _LARGE:
            _forget()


def render_document(document: Document) -> bytes:
    """The PDF of a document made of blocks."""
    data = {
        "title": document.title,
        "heading": asdict(document.heading),
        "blocks": [_described(block) for block in document.blocks],
        "footer": document.footer,
        "size": document.size,
    }
    return render(_OFFICIAL, data)


def bar_picture(bar: Bar) -> bytes:
    """The bar of a result as PNG, 165 mm wide at 300 dots an inch."""
    png = typst.compile(
        str(_BAR),
        root=str(_ROOT),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=_PICTURE_PPI,
        sys_inputs=_inputs({"title": bar.alt, "bar": asdict(bar)}),
    )
    return _only(png)


def _accessible(template: Path, inputs: dict[str, str]) -> bytes:
    try:
        return _compile(template, inputs, ["ua-1"])
    except typst.TypstError as error:
        if "PDF/UA-1" not in error.message:
            raise
    return _compile(template, inputs, [])


def _forget() -> None:
    """Let Typst drop a large document: as many empty ones as it remembers push it out, 0.1 s in all."""
    for _ in range(_REMEMBERED + 1):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True, format="svg")


def _described(block: Block) -> dict[str, object]:
    described: dict[str, object] = {"type": type(block).__name__.lower(), **asdict(block)}
    if isinstance(block, Code):
        described["svg"] = qr.draw(block.content, level=_WALL_LEVEL).svg()
    return described


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])


def _inputs(data: Mapping[str, object]) -> dict[str, str]:
    # In ASCII: a text with one Vietnamese letter in it takes twice the memory.
    return {"data": json.dumps(data)}


def _compile(template: Path, inputs: dict[str, str], standards: list[Any]) -> bytes:
    return _only(
        typst.compile(
            str(template),
            root=str(_ROOT),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=standards,
        )
    )


def _only(output: bytes | list[bytes]) -> bytes:
    """One file, also where the library gives a list of a single page."""
    return output if isinstance(output, bytes) else output[0]
