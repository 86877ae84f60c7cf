"""Votes of residential areas: preparation, slips, casting, counting and the decision (Law Đ15–22, NĐ59 Đ5)."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
