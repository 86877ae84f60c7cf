"""What exists of payments in the commune in which everything exists."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from tests.support.polls import Scene


def names(app: Flask, session: Session, scene: Scene) -> dict[str, Any]:
    """Make one of everything that an address of this slice can name; by the names of its URL values."""
    return {}
