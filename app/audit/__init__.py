"""The append-only record of who did what, when and where."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
