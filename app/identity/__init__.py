"""Staff accounts, roles at places, sign-in with a second factor, sessions and limits on tries."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
