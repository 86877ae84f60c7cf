"""Posters with the code of a point: a tent for the counter (A5), a wall poster (A3), a sheet of stickers (A4).

Each says one thing only: how satisfied were you. The code is dark on white, level Q, with four white modules around
it, and without that rim as wide as a tenth of the distance it is scanned from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.documents import pdf, qr
from app.documents.text import breakable, clean
from app.lib.calendar import format_date

SAFE_MARGIN = 6.0  # mm; office printers leave the outer 4–5 mm of a page white
_TEMPLATE = Path(__file__).parent / "templates" / "posters.typ"
_LEVEL = "q"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """What the poster of one point says; ``url`` is what the code holds, ``typed`` the same for typing."""

    center: str
    place: str
    url: str
    typed: str
    code: str
    poster_id: int
    issued_on: date
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Paper and code in millimetres; ``qr_mm`` is the side of the code with its white rim."""

    width: float
    height: float
    qr_mm: float
    columns: int = 1
    rows: int = 1

    @property
    def scale(self) -> float:
        """How much larger than on A5 everything is, one poster a page."""
        return self.width / 148


TENT, WALL, STICKERS = "quay-a5", "tuong-a3", "tem-a4"
GEOMETRIES = {
    TENT: Geometry(148, 210, 78),
    WALL: Geometry(297, 420, 166),
    STICKERS: Geometry(210, 297, 40, columns=3, rows=4),
}


def posters_pdf(kind: str, points: Sequence[PosterFacts]) -> bytes:
    """The posters of these points, one a page, stickers twelve a sheet.

    A sheet of stickers holds the points again and again until it is full. Raises ``ValueError`` for no points.
    """
    if not points:
        raise ValueError("There are no points to print.")
    geometry = GEOMETRIES[kind]
    cells = [_cell(point) for point in points]
    per_page = geometry.columns * geometry.rows
    filled = [cells[index % len(cells)] for index in range(-(-len(cells) // per_page) * per_page)]
    pages = [filled[start : start + per_page] for start in range(0, len(filled), per_page)]
    return pdf.render(
        _TEMPLATE,
        {
            "title": f"Mã đánh giá: {_short(points[0].center)}",
            "sticker": per_page > 1,
            "width": geometry.width,
            "height": geometry.height,
            "columns": geometry.columns,
            "rows": geometry.rows,
            "margin": SAFE_MARGIN,
            "scale": geometry.scale if per_page == 1 else 1,
            "qr_mm": geometry.qr_mm,
            "words": _WORDS,
            "pages": pages,
        },
    )


_WORDS = {
    "question": "Ông/Bà hài lòng với lần phục vụ này không?",
    "parts": ["Ông/Bà hài lòng", "với lần phục vụ này không?"],
    "how": "Quét bằng Zalo hoặc máy ảnh điện thoại",
    "free": "Không cần đăng nhập. Không lưu tên.",
    "english": "How was our service? Scan to rate. No sign-in, no name kept.",
}


def _cell(point: PosterFacts) -> dict[str, object]:
    drawing = qr.draw(point.url, level=_LEVEL)
    hotline = clean(point.hotline)
    return {
        "unit": _short(point.center),
        "place": _short(point.place) if point.place != point.center else "",
        "svg": drawing.svg(),
        "typed": clean(point.typed),
        "code": clean(point.code),
        "hotline": f"Đường dây nóng: {hotline}" if hotline else "",
        "covered": f"Nếu mã bị dán đè, báo {hotline or 'người trực tại Trung tâm'}.",
        "small": f"Số {point.poster_id}. Ngày cấp {format_date(point.issued_on)}.",
    }


def _short(text: str) -> str:
    return breakable(clean(text)[:_LONGEST])
