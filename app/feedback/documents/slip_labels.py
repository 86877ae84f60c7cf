"""Labels with the codes of dossiers, to be stuck on appointment slips: A4 sheets of 24, as sold (70 × 37 mm)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.documents import pdf, qr
from app.documents.text import breakable, clean
from app.lib.calendar import format_date
from app.lib.codes import grouped

_TEMPLATE = Path(__file__).parent / "templates" / "slip_labels.typ"
COLUMNS, ROWS = 3, 8
QR_MM = 30.0
"""The side of a code with its white rim, in millimetres."""


@dataclass(frozen=True, slots=True)
class SlipLabel:
    """What one label says; ``url`` is what its code holds."""

    dossier: str
    code: str
    url: str
    expires_on: date


def labels_pdf(center: str, labels: Sequence[SlipLabel]) -> bytes:
    """The labels in their order, 24 a sheet. Raises ``ValueError`` for none."""
    if not labels:
        raise ValueError("There are no labels to print.")
    cells = [
        {
            "dossier": breakable(clean(one.dossier)),
            "code": grouped(one.code, 5),
            "until": f"Đến hết {format_date(one.expires_on)}",
            "svg": drawing.svg(),
        }
        for one, drawing in zip(labels, qr.draw_all([one.url for one in labels]), strict=True)
    ]
    size = COLUMNS * ROWS
    return pdf.render(
        _TEMPLATE,
        {
            "title": f"Mã đánh giá hồ sơ: {clean(center)}",
            "columns": COLUMNS,
            "rows": ROWS,
            "qr_mm": QR_MM,
            "how": "Quét để đánh giá",
            "once": "Một lần, không ghi tên",
            "pages": [cells[start : start + size] for start in range(0, len(cells), size)],
        },
    )
