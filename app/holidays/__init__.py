"""The editable calendar of days off behind every deadline in working days."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
