"""Pages made once and filled in for each reader, whose length does not tell what they say.

A page of a household differs from the neighbour's in a few places only. It is made with *holes* in those places, kept
by everything else it shows, and filled in for each request: nothing is out of date, and nothing personal is kept.

A template marks what varies with a secret: ``{% filter steady(2048) %}…{% endfilter %}``. That part is filled up with
spaces to the given number of bytes and travels uncompressed, and what stands around it is compressed apart, so the
length of the whole depends on nothing inside: neither who watches the line nor a log of lengths learns a choice.
"""

import re
import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, render_template, request
from markupsafe import Markup, escape

from app.web import current
from app.web.i18n import chosen
from app.web.templating import display_classes, here

KEPT = 256
# Characters that no page holds: control and private ones are refused or taken out of whatever people send.
_BEGIN, _SIZED, _END = "\x02", "\x1f", "\x03"
_FIRST_HOLE = 0xE000
_PARTS = re.compile("([\ue000-\ue0ff])")
_LEVEL = 9
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"
_LARGEST = 0xFFFF
# Less than this is not worth a block of its own.
_SMALL = 100
# The name of the hole for the address being shown.
_HERE = "(here)"

Holes = Mapping[str, str]


def init_app(app: Flask) -> None:
    app.jinja_env.filters["steady"] = mark


def mark(content: str, size: int) -> Markup:
    """Mark a part that varies with a secret; it is filled up to ``size`` bytes, or beyond them to whole multiples."""
    return Markup(f"{_BEGIN}{size}{_SIZED}") + content + Markup(_END)  # noqa: S704 - only our own marks


def steady_page(template: str, status: int = 200, /, **context: Any) -> Response:
    """The page of a template, its marked parts filled up; made anew each time."""
    return _answer(Stencil(render_template(template, **context), ()), {}, status)


def filled_page(template: str, alike: Hashable, holes: Holes, context: Callable[[Holes], dict[str, Any]]) -> Response:
    """The page of a template, made once for all requests that are ``alike`` and filled in for this one.

    ``context`` gives what the template shows, from stand-ins for the holes; besides them it may depend on ``alike``
    alone. ``holes`` are plain text, escaped here. Where larger letters lead back to is filled in by itself.
    """
    settings = current.services().settings
    given, holes = tuple(holes), {**holes, _HERE: here()}
    key = (template, alike, tuple(holes), chosen(), display_classes(), settings.base_url)
    stencil = _kept.get(key)
    if stencil is None:
        stand_ins = {name: chr(_FIRST_HOLE + place) for place, name in enumerate(holes)}
        g.here = stand_ins[_HERE]
        shown = context({name: stand_ins[name] for name in given})
        stencil = Stencil(render_template(template, **shown), tuple(holes))
        _kept.put(key, stencil)
    return _answer(stencil, holes, 200)


def _answer(stencil: "Stencil", holes: Holes, status: int) -> Response:
    response = Response(status=status, content_type="text/html; charset=utf-8")
    pieces = stencil.filled({name: str(escape(value)).encode() for name, value in holes.items()})
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(compressed(pieces))
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(b"".join(raw for raw, _deflated in pieces))
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "no-store"
    return response


@dataclass(frozen=True, slots=True)
class _Steady:
    """A marked part: text and holes, filled up together."""

    size: int
    parts: Sequence[bytes | str]


Piece = tuple[bytes, bytes | None]
"""Bytes of the page, and the same compressed; None where they travel as they are."""


class Stencil:
    """A page with holes, cut into pieces; what is the same for everybody is compressed once."""

    def __init__(self, html: str, names: Sequence[str]) -> None:
        self._names = names
        self._pieces: list[Piece | str | _Steady] = []
        for place, part in enumerate(html.split(_BEGIN)):
            marked, end, rest = part.partition(_END)
            size, sized, content = marked.partition(_SIZED)
            if place and end and sized and size.isdigit():
                self._pieces.append(_Steady(int(size), list(self._parts(content))))
                part = rest
            self._pieces += [(one, None) if isinstance(one, bytes) else one for one in self._parts(part)]
        self._pieces = [_deflated(one) if isinstance(one, tuple) else one for one in self._pieces]

    def _parts(self, text: str) -> Iterator[bytes | str]:
        """Bytes, and the names of holes between them."""
        for part in _PARTS.split(text):
            place = ord(part) - _FIRST_HOLE if len(part) == 1 else -1
            if 0 <= place < len(self._names):
                yield self._names[place]
            elif part:
                yield part.encode()

    def filled(self, values: Mapping[str, bytes]) -> list[Piece]:
        """The pieces of the page for one reader."""
        return list(_joined(self._filled(values)))

    def _filled(self, values: Mapping[str, bytes]) -> Iterator[Piece]:
        for piece in self._pieces:
            if isinstance(piece, tuple):
                yield piece
            elif isinstance(piece, str):
                yield values[piece], None
            else:
                raw = b"".join(part if isinstance(part, bytes) else values[part] for part in piece.parts)
                yield raw.ljust(-(-max(len(raw), 1) // piece.size) * piece.size), None


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces, those that travel uncompressed in as few as possible."""
    open_ones: list[bytes] = []
    for raw, deflated in pieces:
        if deflated is None:
            open_ones.append(raw)
            continue
        if open_ones:
            yield b"".join(open_ones), None
            open_ones.clear()
        yield raw, deflated
    if open_ones:
        yield b"".join(open_ones), None


def _deflated(piece: Piece) -> Piece:
    raw = piece[0]
    if len(raw) < _SMALL:
        return piece
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return raw, deflate.compress(raw) + deflate.flush(zlib.Z_SYNC_FLUSH)


def compressed(pieces: Sequence[Piece]) -> bytes:
    """The page as gzip: pieces in stored blocks, or in blocks that know nothing of what stands before them."""
    blocks: list[bytes] = [_GZIP_HEAD]
    checksum = length = 0
    for raw, deflated in pieces:
        checksum = zlib.crc32(raw, checksum)
        length += len(raw)
        if deflated is not None:
            blocks.append(deflated)
            continue
        for start in range(0, len(raw), _LARGEST):
            stored = raw[start : start + _LARGEST]
            blocks += [struct.pack("<BHH", 0, len(stored), len(stored) ^ 0xFFFF), stored]
    return b"".join([*blocks, _LAST_BLOCK, struct.pack("<LL", checksum, length & 0xFFFFFFFF)])


class _Kept:
    """The stencils used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._stencils: OrderedDict[Hashable, Stencil] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Stencil | None:
        with self._lock:
            found = self._stencils.get(key)
            if found is not None:
                self._stencils.move_to_end(key)
            return found

    def put(self, key: Hashable, stencil: Stencil) -> None:
        with self._lock:
            self._stencils[key] = stencil
            while len(self._stencils) > self._most:
                self._stencils.popitem(last=False)


_kept = _Kept(KEPT)
