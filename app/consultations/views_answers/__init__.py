"""Staff pages on which opinions are read, entered, grouped and answered, and the files made of them."""

import importlib

from flask import Blueprint, Flask

bp = Blueprint("consultations_answers", __name__, url_prefix="/staff/gop-y/<int:consultation_id>")
PARTS = ("inbox", "entering", "groups", "table", "publishing", "exports")


def init_app(app: Flask) -> None:
    """Register these pages."""
    for name in PARTS:
        importlib.import_module(f"app.consultations.views_answers.{name}")
    app.register_blueprint(bp)
