"""What exists of payments in the commune in which everything exists."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from tests.support.payments import make_collection, make_payee
from tests.support.polls import Scene


def names(app: Flask, session: Session, scene: Scene) -> dict[str, Any]:
    """Make one of everything that an address of this slice can name; by the names of its URL values."""
    payee = make_payee(session, scene.area)
    collection = make_collection(session, payee)
    return {
        "payee_id": payee.id,
        "collection_id": collection.id,
        "collection_code": collection.code,
        "paper": "a5",
    }
