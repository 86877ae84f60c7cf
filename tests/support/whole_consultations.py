"""What exists of consultations in the commune in which everything exists."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.consultations.models import Answer, CommentFile, Consultation, OpinionGroup
from app.core import clock
from app.gateways.storage import Storage
from tests.support.consultations import make_consultation, make_file, make_version
from tests.support.opinions import make_opinion
from tests.support.polls import PDF, Scene


def names(app: Flask, session: Session, scene: Scene) -> dict[str, Any]:
    """Make one of everything that an address of this slice can name; by the names of its URL values.

    The consultation is one of an area, so that those who work next door do not reach it.
    """
    consultation = make_consultation(session, scene.area)
    storage = app.extensions["danban"].storage
    file = make_file(session, consultation, storage_key=storage.put("consultations", PDF))
    version = make_version(session, consultation, published_at=None)
    waiting = {"version_no": version.number, "piece_id": version.pieces[1].id}
    found: dict[str, Any] = {"consultation_id": consultation.id, "file_id": file.id} | waiting
    found |= _answering(session, consultation, storage)
    # A poll's own stands in its place where an address is about a poll.
    found |= {"public_id": consultation.public_id}
    read = {"anchor": "dieu-1", "file_read": file.id, "comment_before": found["comment_id"] + 1}
    return found | read | {"comment_shown": found["comment_id"], "file_shown": found["comment_file_id"]}


def _answering(session: Session, consultation: Consultation, storage: Storage) -> dict[str, Any]:
    """An opinion with a file in a group, and a row of the answer table that is drafted."""
    comment = make_opinion(session, consultation, "Đề nghị hạ mức phí vệ sinh.")
    account, now = consultation.created_by, clock.now()
    group = OpinionGroup(
        consultation_id=consultation.id, article_anchor="dieu-1", title="Hạ mức phí", why="person", status="accepted",
        decided_by=account, decided_at=now, created_at=now,
    )  # fmt: skip
    file = CommentFile(
        comment_id=comment.id, filename="don.pdf", media_type="application/pdf", size=len(PDF), sha256="0" * 64,
        storage_key=storage.put("comments", PDF),
    )  # fmt: skip
    session.add_all([group, file])
    session.flush()
    comment.group_id = group.id
    answer = Answer(
        consultation_id=consultation.id, article_anchor="dieu-1", group_id=group.id, summary="Hạ mức phí.",
        outcome="accepted", text="Đã hạ mức phí.", status="drafted", drafted_by=account, drafted_at=now,
        created_by=account, created_at=now,
    )  # fmt: skip
    session.add(answer)
    session.flush()
    names = {"comment_id": comment.id, "comment_file_id": file.id, "group_id": group.id}
    return names | {"section": f"nhom-{group.id}", "export_name": "bang-tiep-thu.docx"}
