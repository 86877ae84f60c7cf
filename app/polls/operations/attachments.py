"""Files of a poll: what residents read, the question read aloud, proofs. Their type is told by their content."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.permissions import Actor
from app.core.uploads import Upload, check_file
from app.gateways.storage import Storage, keep_upload
from app.lib import filetypes
from app.lib.i18n import N_
from app.polls.models import Poll, PollDocument, Precondition
from app.polls.operations.editing import begin_addition, done
from app.polls.queries.preparation import AUDIO, PROOF, READING

MOST_FILES = 20
FOLDER = "polls"


def add_document(
    session: Session, by: Actor, poll: Poll, storage: Storage, *, kind: str, title: str, upload: Upload
) -> PollDocument:
    """Add a document to read, or the recording of the question (one: a second takes the place of the first).

    Raises ``Refusal`` at the field ``file`` for an empty or oversize file and for what is not of an allowed type.
    """
    begin_addition(session, by, poll)
    if kind not in (READING, AUDIO):
        raise Refusal(N_("Chọn tài liệu để đọc hoặc bản ghi âm."), field="kind")
    present = select(func.count()).where(PollDocument.poll_id == poll.id, PollDocument.kind == READING)
    if kind == READING and (session.scalar(present) or 0) >= MOST_FILES:
        raise Refusal(N_("Tối đa %(most)d tài liệu. Xóa bớt rồi thêm."), field="file", most=MOST_FILES)
    if kind == AUDIO and session.query(PollDocument).filter_by(poll_id=poll.id, kind=AUDIO).count():
        raise Refusal(N_("Đã có bản ghi âm. Xóa bản cũ trước khi thêm bản mới."), field="file")
    document = keep(session, by, poll, storage, kind=kind, title=title, upload=upload)
    done(session, by, poll, "document.add", kind=kind, title=document.title, sha256=document.sha256)
    return document


def remove_document(session: Session, by: Actor, poll: Poll, document: PollDocument) -> str:
    """Remove a document; returns its storage key, to be deleted once the removal is committed.

    The proof of a condition goes with the condition, not alone.
    """
    begin_addition(session, by, poll)
    used = select(func.count()).where(Precondition.document_id == document.id)
    if document.poll_id != poll.id or session.scalar(used):
        raise Refusal(N_("Tệp này là văn bản chứng minh của một điều kiện. Xóa ở mục Điều kiện."))
    done(session, by, poll, "document.remove", kind=document.kind, title=document.title, sha256=document.sha256)
    session.delete(document)
    session.flush()
    return document.storage_key


def keep(
    session: Session, by: Actor, poll: Poll, storage: Storage, *, kind: str, title: str, upload: Upload,
    field: str = "file",
) -> PollDocument:  # fmt: skip
    """Check a file and keep it; the caller has taken the poll and writes the record."""
    found = check_file(upload, filetypes.AUDIO if kind == AUDIO else filetypes.READING, field)
    kept = keep_upload(storage, FOLDER, upload, found, title=title)
    document = PollDocument(poll_id=poll.id, kind=kind, uploaded_by=by.account_id, **kept)
    session.add(document)
    session.flush()
    return document


__all__ = ["AUDIO", "PROOF", "READING", "add_document", "keep", "remove_document"]
