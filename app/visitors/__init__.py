"""Residents without an account: their device, signed forms, limits that survive one shared Wi-Fi, clean uploads."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register what this slice adds to requests."""
