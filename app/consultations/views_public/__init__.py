"""The residents' pages of consultations: read a draft article by article, say something, follow it by its code."""

import importlib

from flask import Blueprint, Flask

bp = Blueprint("consultations_public", __name__, url_prefix="/gop-y")
PARTS = ("listing", "reading", "commenting", "following", "files", "answers", "differences")


def init_app(app: Flask) -> None:
    """Register the pages anybody may open."""
    for name in PARTS:
        importlib.import_module(f"app.consultations.views_public.{name}")
    app.register_blueprint(bp)
