"""Pictures: decoded and written anew as JPEG, so that place, camera, previews and hidden payloads are gone."""

import io
from typing import Any

from PIL import Image, ImageOps

from app.lib.filetypes import JPEG, PNG, WEBP, sniff
from app.lib.washing import Unclean

LONGEST_SIDE = 1280
QUALITY = 82
# A JPEG is decoded at a fraction of its size; the others whole, at four bytes a pixel.
MOST_PIXELS = {JPEG: 64_000_000, PNG: 24_000_000, WEBP: 24_000_000}
# A progressive picture has about ten scans; each costs a pass over all of it.
MOST_SCANS = 60
FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}


def wash(data: bytes) -> bytes:
    """The picture as JPEG, upright, at most 1280 px a side, on white. Raises ``Unclean``."""
    kind = sniff(data)
    if kind not in FORMATS:
        raise Unclean("no_image")
    if kind == JPEG and data.count(b"\xff\xda") > MOST_SCANS:
        raise Unclean("too_large")
    try:
        picture = Image.open(io.BytesIO(data), formats=[FORMATS[kind]])
        if picture.width * picture.height > MOST_PIXELS[kind]:
            raise Unclean("too_large")
        return _written(picture)
    except Image.DecompressionBombError as fault:
        raise Unclean("too_large") from fault
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError) as fault:
        raise Unclean("broken") from fault


def _written(picture: Any) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        plain.paste(picture, mask=picture.getchannel("A"))
    else:
        plain.paste(picture.convert("RGB"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
