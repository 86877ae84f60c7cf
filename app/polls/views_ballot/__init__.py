"""The household's own pages: from the slip to the receipt. No session, no account, no script needed."""

import importlib

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of the household, and the counter where the team helps."""
    from app.polls.views_ballot import codes, common
    from app.web import steady

    steady.init_app(app)
    for name in ("voting", "receipts"):
        importlib.import_module(f"app.polls.views_ballot.{name}")
    app.register_blueprint(common.bp)
    app.register_blueprint(codes.staff)
