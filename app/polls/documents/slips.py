"""Access slips: eight or ten an A4 page, ordered so that a stack cut at once stays in delivery order.

Handing slips out is the largest risk of a vote: each carries its household, the warning, the deadline and a
telephone number, and is signed for on the delivery list (`delivery`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.documents import pdf, qr
from app.documents.dates import short_moment
from app.documents.text import breakable, clean
from app.lib.text import initials
from app.polls.documents import wording
from app.polls.documents.facts import SlipFacts, VoteFacts

PerPage = Literal[8, 10]

SAFE_MARGIN = 6.0  # mm; office printers leave the outer 4–5 mm of a page white
_TEMPLATE = Path(__file__).parent / "templates" / "slips.typ"
_COLUMNS = 2
_PAGE = (210.0, 297.0)
# No field is that long; it bounds the work of fitting hostile text into its box.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Geometry:
    """A sheet of slips, in millimetres; `qr_mm` is the side of the code with its quiet zone."""

    rows: int
    qr_mm: float

    @property
    def width(self) -> float:
        """The width of one slip."""
        return _PAGE[0] / _COLUMNS

    @property
    def height(self) -> float:
        """The height of one slip."""
        return _PAGE[1] / self.rows


GEOMETRIES: dict[int, Geometry] = {8: Geometry(rows=4, qr_mm=30), 10: Geometry(rows=5, qr_mm=28)}


def slips_pdf(vote: VoteFacts, slips: Sequence[SlipFacts], per_page: PerPage = 8, *, in_envelope: bool = True) -> bytes:
    """The slips of a vote, ready to print, cut as a stack and hand out in the order given.

    Without an envelope a name is printed as initials only. Raises ValueError for no slips at all, or for
    another number a page.
    """
    if not slips:
        raise ValueError("There are no slips to print.")
    if per_page not in GEOMETRIES:
        raise ValueError("A page holds eight or ten slips.")
    geometry = GEOMETRIES[per_page]
    drawings = qr.draw_all([slip.url for slip in slips])
    cells = [_cell(slip, drawing, in_envelope=in_envelope) for slip, drawing in zip(slips, drawings, strict=True)]
    sheets = [
        [None if index is None else cells[index] for index in sheet] for sheet in stack_order(len(slips), per_page)
    ]
    return pdf.render(
        _TEMPLATE,
        {
            "title": f"{_title(vote)}: {breakable(vote.title)}",
            "tall": geometry.rows == 4,
            "rows": geometry.rows,
            "width": geometry.width,
            "height": geometry.height,
            "margin": SAFE_MARGIN,
            "qr_mm": geometry.qr_mm,
            "qr_quiet": qr.QUIET_ZONE,
            "total": len(slips),
            "words": _words(vote),
            "sheets": sheets,
        },
    )


def stack_order(count: int, per_page: int) -> list[list[int | None]]:
    """For each sheet, the index of the slip in each place, or None where the place stays empty.

    Place k of sheet s holds slip s + k × sheets (all from 0): cut the whole stack, lay the piles on one
    another place by place, and the slips lie in their order.
    """
    sheets = -(-count // per_page)
    return [
        [index if (index := sheet + place * sheets) < count else None for place in range(per_page)]
        for sheet in range(sheets)
    ]


def _title(vote: VoteFacts) -> str:
    return f"Phiếu mã {wording.act(vote)}"


def _words(vote: VoteFacts) -> dict[str, str | list[str]]:
    """What every slip of the vote says."""
    place = f"{clean(vote.area.name)} – {clean(vote.area.commune)}"
    return {
        "unit": _short(place).upper(),
        "heading": _title(vote).upper(),
        "subject": _short(vote.title),
        "deadline": f"Hạn: {short_moment(vote.closes_at)}",
        "phone": f"Cần giúp, gọi: {clean(vote.help_phone)}" if vote.help_phone else "",
        "typing": f"Nhập mã tại: {wording.typed_address(vote.code_url)}" if vote.code_url else "",
        "warning": ["Mã này thay cho phiếu của hộ. Không đưa cho người khác.", "Cán bộ không hỏi mã này."],
    }


def _cell(slip: SlipFacts, drawing: qr.QrDrawing, *, in_envelope: bool) -> dict[str, object]:
    name = _short(slip.representative)
    where = [clean(slip.address), clean(slip.cluster)]
    return {
        "number": _short(slip.household_number),
        "name": name if in_envelope else initials(name),
        "address": _short(", ".join(part for part in where if part)),
        "code": clean(slip.code),
        "salt": clean(slip.salt),
        "position": slip.position,
        "qr": drawing.svg(),
        "modules": drawing.side,
    }


def _short(text: str) -> str:
    return breakable(clean(text)[:_LONGEST])
