"""Households, their representatives (Law Đ18.2) and the roll of an area."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
