"""Style sheets and scripts: inlined for residents, served under their fingerprint for staff."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Response, abort
from markupsafe import Markup

from app.core.schema import ROOT

STATIC = ROOT / "static"
# What one address gives: several files in order, so that the tokens stand once in the source.
BUNDLES = {
    "resident.css": ("tokens.css", "resident.css"),
    "staff.css": ("tokens.css", "staff.css"),
    "embed.css": ("embed.css",),
    "screen.css": ("tokens.css", "screen.css"),
    "resident.js": ("resident.js",),
    "comment.js": ("comment.js",),
    "rating.css": ("rating.css",),
    "rating.js": ("rating.js",),
    "staff.js": ("staff.js",),
    "screen.js": ("screen.js",),
    "moderation.js": ("moderation.js",),
    "proof.js": ("proof.js",),
    "pay.js": ("pay.js",),
}
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@cache
def bundle(name: str) -> str:
    """The text of a bundle, comments and idle space removed."""
    text = "\n".join((STATIC / part).read_text() for part in BUNDLES[name])
    if name.endswith(".css"):
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        text = re.sub(r"\s+", " ", text)
        text = re.sub(r"\s*([{};,>])\s*", r"\1", text).replace(";}", "}")
    else:
        # No line of ours begins inside a string, so that idle lines and idle space before others can go.
        text = re.sub(r"^[ \t]*(?://.*)?\n|^[ \t]+", "", text, flags=re.M)
    return text.strip()


@cache
def inline_css(name: str = "resident.css") -> Markup:
    """The residents' style sheet, or another, to stand inside ``<style>``; it is a file of ours, never input."""
    return Markup(bundle(name))  # noqa: S704


@cache
def inline_css_hash(name: str = "resident.css") -> str:
    """The source expression that lets exactly that style sheet through the content security policy."""
    digest = hashlib.sha256(str(inline_css(name)).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def fingerprint(name: str) -> str:
    return hashlib.sha256(bundle(name).encode()).hexdigest()[:12]


def serve(name: str, digest: str) -> Response:
    """A bundle under its fingerprint, kept by browsers for a year."""
    if name not in BUNDLES or digest != fingerprint(name):
        abort(404)
    response = Response(bundle(name), content_type=TYPES[Path(name).suffix])
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
