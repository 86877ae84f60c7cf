"""What exists of consultations in the commune in which everything exists."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from tests.support.consultations import make_consultation, make_file
from tests.support.polls import PDF, Scene


def names(app: Flask, session: Session, scene: Scene) -> dict[str, Any]:
    """Make one of everything that an address of this slice can name; by the names of its URL values.

    The consultation is one of an area, so that those who work next door do not reach it.
    """
    consultation = make_consultation(session, scene.area)
    storage = app.extensions["danban"].storage
    file = make_file(session, consultation, storage_key=storage.put("consultations", PDF))
    return {"consultation_id": consultation.id, "file_id": file.id}
