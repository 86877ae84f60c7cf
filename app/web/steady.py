"""Answers whose length does not tell what they say: neither to who watches the line, nor to a log of lengths.

A template marks what varies with a secret: ``{% filter steady(2048) %}…{% endfilter %}``. That part is filled up with
spaces to the given number of bytes, and travels uncompressed; what stands around it is compressed apart, so the length
of the whole depends on nothing inside.
"""

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from flask import Flask, Response, render_template, request
from markupsafe import Markup

# Characters that no page holds: control characters are taken out of whatever people send.
_BEGIN, _END = "\x02", "\x03"
_LEVEL = 6
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"
_LARGEST = 0xFFFF
# Everything up to here is the same for many readers, style sheet included: it is compressed once.
_SHARED = "</style>"


def init_app(app: Flask) -> None:
    app.jinja_env.filters["steady"] = mark


def mark(content: str, size: int) -> Markup:
    """Mark a part that varies with a secret and fill it up to ``size`` bytes; beyond them, to whole multiples."""
    raw = len(content.encode())
    room = -(-max(raw, 1) // size) * size
    return Markup(_BEGIN) + content + Markup(" " * (room - raw) + _END)  # noqa: S704 - only markers and spaces are added


def steady_page(template: str, status: int = 200, /, **context: Any) -> Response:
    """The page of a template whose marked parts do not show in its length; never kept by browser or proxy."""
    html = render_template(template, **context)
    response = Response(status=status, content_type="text/html; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(compressed(html))
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(html.replace(_BEGIN, "").replace(_END, ""))
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "no-store"
    return response


def compressed(html: str) -> bytes:
    """The page as gzip: marked parts in stored blocks, the rest in blocks that know nothing of them."""
    blocks: list[bytes] = []
    checksum = length = 0
    for raw, block in _blocks(html):
        blocks.append(block)
        checksum = zlib.crc32(raw, checksum)
        length += len(raw)
    return b"".join([_GZIP_HEAD, *blocks, _LAST_BLOCK, struct.pack("<LL", checksum, length & 0xFFFFFFFF)])


def _blocks(html: str) -> Iterator[tuple[bytes, bytes]]:
    shared, end, rest = html.partition(_SHARED)
    if end:
        yield _shared(shared + end)
    else:
        rest = shared
    for part in rest.split(_BEGIN):
        marked, end, plain = part.partition(_END)
        if end:
            yield from _stored(marked.encode())
        else:
            plain = marked
        yield _deflated(plain.encode())


def _stored(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(raw), _LARGEST):
        piece = raw[start : start + _LARGEST]
        yield piece, struct.pack("<BHH", 0, len(piece), len(piece) ^ 0xFFFF) + piece


def _deflated(raw: bytes) -> tuple[bytes, bytes]:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return raw, deflate.compress(raw) + deflate.flush(zlib.Z_SYNC_FLUSH)


@lru_cache(maxsize=64)
def _shared(head: str) -> tuple[bytes, bytes]:
    return _deflated(head.encode())
