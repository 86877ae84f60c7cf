"""QR codes as vector paths for print and as characters for a terminal.

Printed at 28–30 mm with four white modules on every side, level M, dark on white: readable by a cheap phone.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import segno

QUIET_ZONE = 4  # modules of white that a reader needs on each side

# Trying all eight masks costs five times the drawing itself; every mask is valid, and this one is never the
# blank stripes that confuse cheap readers.
_MASK = 3
_LEVEL = "m"


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """One code: `size` modules a side without the quiet zone, and its dark modules as strokes one module wide."""

    size: int
    path: str

    @property
    def side(self) -> int:
        """Modules a side, the quiet zone included."""
        return self.size + 2 * QUIET_ZONE

    def svg(self) -> str:
        """A standalone SVG with its quiet zone, black on white."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}">'
            f'<path fill="#fff" d="M0 0h{self.side}v{self.side}H0z"/>'
            f'<path stroke="#000" d="{self.path}"/></svg>'
        )


def draw(content: str, *, level: str = _LEVEL) -> QrDrawing:
    """The code of one text, in the smallest version that holds it."""
    return _drawing(segno.make_qr(content, error=level, mask=_MASK, boost_error=False))


def png(content: str, *, level: str = _LEVEL) -> bytes:
    """The code with its quiet zone as PNG, ten dots a module, for files that hold no vectors."""
    out = io.BytesIO()
    code = segno.make_qr(content, error=level, mask=_MASK, boost_error=False)
    code.save(out, kind="png", scale=10, border=QUIET_ZONE)
    return out.getvalue()


def draw_all(contents: Sequence[str]) -> list[QrDrawing]:
    """The codes of many texts, all in the version of the longest, so that a sheet looks even."""
    if not contents:
        return []
    longest = max(contents, key=lambda content: len(content.encode()))
    version = _byte_code(longest, None).version
    return [_drawing(_byte_code(content, version)) for content in contents]


def terminal(content: str) -> str:
    """The code in half-block characters, for a console with light letters on dark ground."""
    out = io.StringIO()
    segno.make_qr(content, error=_LEVEL).terminal(out=out, compact=True)
    return out.getvalue()


def _byte_code(content: str, version: int | str | None) -> segno.QRCode:
    # One mode for all: only then does the longest text decide the version that holds every other.
    return segno.make_qr(content, error=_LEVEL, version=version, mode="byte", mask=_MASK, boost_error=False)


def _drawing(code: segno.QRCode) -> QrDrawing:
    return QrDrawing(size=len(code.matrix), path="".join(_runs(code.matrix)))


def _runs(matrix: Iterable[Sequence[int]]) -> Iterable[str]:
    """Every horizontal run of dark modules as one stroke along its middle, moved in by the quiet zone.

    A stroke takes half the memory of a rectangle, which counts where a thousand codes are set at once.
    """
    for y, row in enumerate(matrix, start=QUIET_ZONE):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start + QUIET_ZONE} {y}.5h{x - start}"
                start = None
