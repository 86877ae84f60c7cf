"""What an official document consists of, before it is drawn.

One description feeds both `pdf` and `docx`; neither adds words of its own, so the two cannot disagree.
"""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
# How a part of the bar is filled: told apart on a black-and-white printer, never by colour alone.
Pattern = Literal["solid", "diagonal", "dots", "cross", "blank"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialHeading:
    """The two-column heading of Decree 30/2020/NĐ-CP; the national title and motto are always the same."""

    authority: str
    issuer: str
    number: str
    place_and_date: str


@dataclass(frozen=True, slots=True)
class Title:
    """The kind of document and what it is about, centred, with a short rule below."""

    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading within the document."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. `keep` holds it on the same page as what follows; `size` in points, if not the document's."""

    runs: tuple[Run, ...]
    align: Align = "justify"
    indent: bool = True
    keep: bool = False
    size: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` is a share of the table's width."""

    heading: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows below headings that repeat on every page.

    A row of a single cell spans the table as the heading of a group; the last `totals` rows are bold.
    `row_mm` is the least height of a row, for tables that are written on.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: int = 0
    row_mm: float = 0
    size: float = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of the bar: its label, its count and how it is filled."""

    label: str
    count: int
    figure: str
    pattern: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A horizontal bar whose whole length is `total`; the marker stands at `threshold`, if there is one."""

    segments: tuple[Segment, ...]
    total: int
    alt: str
    threshold: int | None = None
    threshold_label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value pairs, one a line, kept on the page of what follows: totals never leave their signatures."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code `side_mm` wide with its quiet zone, centred above its caption."""

    content: str
    caption: str
    alt: str
    side_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place to sign: whose it is, how, and the name below."""

    title: str
    name: str
    note: str = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, two a row, never torn from each other nor from the line before them."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Recipients:
    """The list "Nơi nhận", at the left under the signatures."""

    lines: tuple[str, ...]


Block = Title | Section | Paragraph | Table | Bar | Facts | Code | Signatures | Recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document. `title` is its name in the reader's window; `footer` stands small on every page."""

    title: str
    heading: OfficialHeading
    blocks: tuple[Block, ...]
    footer: str = ""
    size: float = 14
