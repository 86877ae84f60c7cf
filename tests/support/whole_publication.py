"""What exists of what is made public in the commune in which everything exists."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.core.uploads import Upload
from app.publication.operations import drafts
from tests.support.polls import PDF, Scene
from tests.support.publication import make_line, make_place, make_posting


def names(app: Flask, session: Session, scene: Scene) -> dict[str, Any]:
    """Make one of everything that an address of this slice can name; by the names of its URL values.

    What hangs, hangs in one area, so that those who work next door do not reach it.
    """
    storage = app.extensions["danban"].storage
    posting = make_posting(session, scene.area, status="draft")
    officer = scene.officer
    file = drafts.attach(session, officer, posting, storage, title="Quyết định", upload=Upload("qd.pdf", PDF))
    hanging = make_posting(session, scene.area)
    posting.status, posting.since, posting.until = "posted", hanging.since, hanging.until
    place = make_place(session, posting, officer, photo_key=storage.put("posting-photos", b"x"), photo_type="image/png")
    assert scene.area.parent is not None
    line = make_line(session, scene.area.parent, head=posting.head)
    return {
        "posting_id": posting.id,
        "posting_code": posting.public_id,
        "posting_file_id": file.id,
        "place_id": place.id,
        "plan_id": line.id,
    }
