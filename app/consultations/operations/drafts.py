"""The text of a draft on its way to publication: imported, cut, mended by hand, or thrown away.

Published versions never change. What is mended gets its anchors anew each time, held against the version before.
"""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.consultations.importing import read
from app.consultations.models import Consultation, ConsultationFile, DraftVersion, Piece
from app.consultations.operations import files
from app.consultations.operations.editing import PREPARE, done, must, must_be_unfinished
from app.consultations.queries import drafts
from app.consultations.queries.preparation import waiting_version
from app.consultations.rules import mending
from app.consultations.rules.anchors import with_anchors
from app.consultations.rules.pieces import HEADING, NUMBER, SplitPiece, fingerprint
from app.consultations.rules.splitting import split_plain
from app.core import clock
from app.core.entries import clean_line, clean_prose
from app.core.errors import NotFound, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.core.uploads import Upload
from app.gateways.storage import Storage
from app.lib import filetypes
from app.lib.i18n import N_

DRAFT, FINAL = PURPOSES = ("draft", "final")
MOST_PIECES = 3000
NOTE = 1000
_TOO_MANY = N_("Văn bản có quá nhiều điều, khoản, điểm. Chia thành nhiều dự thảo.")
_KINDS = {DRAFT: "draft", FINAL: "adopted"}
_TITLES = {DRAFT: N_("Dự thảo, bản %(number)s"), FINAL: N_("Bản chính thức")}
_MARKDOWN = filetypes.FileType("text/markdown", "md", "Markdown", filetypes.READING)
_TEXT = filetypes.FileType("text/plain", "txt", "TXT", filetypes.READING)


def import_draft(
    session: Session, by: Actor, consultation: Consultation, storage: Storage, upload: Upload,
    purpose: str = DRAFT, note: str = "",
) -> DraftVersion:  # fmt: skip
    """Read a file and cut it into pieces: a new version, not published. One that waited already makes way for it.

    Raises ``Forbidden``, ``WrongMoment`` when no such version may be prepared any more, and ``Refusal`` at ``file`` for
    a file that cannot be used.
    """
    must(by, PREPARE, consultation)
    if purpose not in PURPOSES:
        raise Refusal(N_("Chọn dự thảo hoặc bản chính thức."), field="purpose")
    said = clean_prose(note, "note", NOTE)
    pieces = split_plain(read(upload.data, upload.filename))
    if len(pieces) > MOST_PIECES:
        raise Refusal(_TOO_MANY, field="file")
    lock(session, consultation)
    must_be_unfinished(session, consultation, purpose)
    _remove(session, waiting_version(session, consultation, purpose))
    version = _new_version(session, by, consultation, storage, upload, purpose, said)
    rows = [Piece(version_id=version.id, position=n, anchor=f"~{n}") for n in range(len(pieces))]
    for row, piece in zip(rows, pieces, strict=True):
        _fill(row, piece)
    session.add_all(rows)
    _anchor(session, version, rows)
    file = drafts.file_of(session, version)
    what = {"draft": version.number, "purpose": purpose, "pieces": len(pieces)}
    done(session, by, consultation, "draft.import", **what, sha256=file.sha256 if file else "")
    return version


def discard(session: Session, by: Actor, consultation: Consultation, version: DraftVersion) -> str | None:
    """Throw away a version that is not published; returns the storage key of its file, to be deleted after the commit.

    Raises ``Forbidden``, and ``WrongMoment`` for a published version.
    """
    _take(session, by, consultation, version)
    number, purpose = version.number, version.purpose
    key = _remove(session, version)
    done(session, by, consultation, "draft.discard", draft=number, purpose=purpose)
    return key


def merge(
    session: Session, by: Actor, consultation: Consultation, version: DraftVersion, piece: Piece, seen: str = ""
) -> Piece:
    """Let a piece go on in the piece before it, its label included; returns that piece.

    Raises ``Refusal`` for the first piece, ``WrongMoment`` for a published version or one that was changed since it was
    ``seen`` (its ``fingerprint``).
    """
    rows, place = _begin(session, by, consultation, version, piece, seen)
    if place == 0:
        raise Refusal(N_("Đây là đoạn đầu tiên, không có đoạn nào ở trước để gộp."))
    before, anchor = rows[place - 1], piece.anchor
    _fill(before, mending.merged(drafts.as_split(before), drafts.as_split(piece)))
    session.delete(piece)
    session.flush()
    _anchor(session, version, [row for row in rows if row is not piece])
    done(session, by, consultation, "draft.merge", draft=version.number, piece=anchor)
    return before


def split_piece(
    session: Session, by: Actor, consultation: Consultation, version: DraftVersion, piece: Piece, *,
    line: int, level: str, number: str = "", seen: str = "",
) -> Piece:  # fmt: skip
    """Cut a piece before one of its lines (the first is 0); what follows is a piece of its own, which is returned.

    A label that stands before the line's words is taken off. Without ``number`` the label's is taken. Raises as
    ``merge`` does, and ``Refusal`` for a line that is not there or a level and number that do not fit.
    """
    rows, place = _begin(session, by, consultation, version, piece, seen)
    if len(rows) >= MOST_PIECES:
        raise Refusal(_TOO_MANY)
    kept, fresh = mending.cut(drafts.as_split(piece), line, level, clean_line(number, "number", NUMBER))
    _fill(piece, kept)
    row = Piece(version_id=version.id, position=len(rows), anchor="~new")
    _fill(row, fresh)
    session.add(row)
    session.flush()
    _anchor(session, version, [*rows[: place + 1], row, *rows[place + 1 :]])
    done(session, by, consultation, "draft.split", draft=version.number, piece=row.anchor)
    return row


def rename(
    session: Session, by: Actor, consultation: Consultation, version: DraftVersion, piece: Piece, *,
    level: str, number: str, heading: str, seen: str = "",
) -> None:  # fmt: skip
    """Say what a piece is: its level, number and heading. Its text stays.

    Raises as ``merge`` does, and ``Refusal`` at ``level``, ``number`` or ``heading`` for what does not fit.
    """
    rows, _place = _begin(session, by, consultation, version, piece, seen)
    before, title = piece.anchor, clean_line(heading, "heading", HEADING)
    number = mending.checked_number(level, clean_line(number, "number", NUMBER))
    _fill(piece, SplitPiece(level, number, title, piece.text))
    session.flush()
    _anchor(session, version, rows)
    done(session, by, consultation, "draft.rename", draft=version.number, piece=[before, piece.anchor])


# ------------------------------------------------------------------------------------------------- inside


def _type_of(upload: Upload) -> filetypes.FileType:
    known = filetypes.sniff(upload.data)
    if known in (filetypes.DOCX, filetypes.PDF):
        return known
    return _MARKDOWN if upload.filename.lower().endswith((".md", ".markdown")) else _TEXT


def _new_version(
    session: Session, by: Actor, consultation: Consultation, storage: Storage, upload: Upload, purpose: str, note: str
) -> DraftVersion:
    """The version that comes next, with its file, without its pieces."""
    number = drafts.next_number(session, consultation)
    file = files.keep(
        session, by, consultation, storage, _type_of(upload), kind=_KINDS[purpose],
        title=_TITLES[purpose] % {"number": number}, upload=upload,
    )  # fmt: skip
    version = DraftVersion(
        consultation_id=consultation.id,
        number=number,
        purpose=purpose,
        file_id=file.id,
        note=note,
        imported_by=file.uploaded_by,
        imported_at=clock.now(),
    )
    session.add(version)
    session.flush()
    return version


def _take(session: Session, by: Actor, consultation: Consultation, version: DraftVersion) -> None:
    """Hold the consultation for a change of a version that waits; nobody else publishes it meanwhile."""
    must(by, PREPARE, consultation)
    lock(session, consultation)
    session.refresh(version)
    if version.published_at is not None:
        raise WrongMoment(N_("Bản này đã đăng nên không sửa được. Tải lên một bản mới."))
    must_be_unfinished(session, consultation, version.purpose)


def _begin(
    session: Session, by: Actor, consultation: Consultation, version: DraftVersion, piece: Piece, seen: str
) -> tuple[list[Piece], int]:
    """Take the version for mending; its pieces, and which of them is meant."""
    _take(session, by, consultation, version)
    rows = list(drafts.rows_of(session, version))
    if seen and seen != fingerprint([drafts.as_split(row) for row in rows]):
        raise WrongMoment(N_("Người khác vừa sửa bản này. Xem lại bản hiện nay rồi làm lại."))
    if piece not in rows:
        raise NotFound(N_("Không tìm thấy đoạn này."))
    return rows, rows.index(piece)


def _remove(session: Session, version: DraftVersion | None) -> str | None:
    """Delete a waiting version; its file is no longer shown anywhere."""
    if version is None:
        return None
    file = session.get(ConsultationFile, version.file_id) if version.file_id else None
    if file is not None:
        file.removed_at = clock.now()
    session.execute(delete(Piece).where(Piece.version_id == version.id))
    session.execute(delete(DraftVersion).where(DraftVersion.id == version.id))
    session.expunge(version)
    session.flush()
    return file.storage_key if file else None


def _fill(row: Piece, piece: SplitPiece) -> None:
    row.level, row.number, row.heading, row.text = piece.level, piece.number, piece.heading, piece.text


def _anchor(session: Session, version: DraftVersion, rows: list[Piece]) -> None:
    """Give all pieces of a version their places and anchors anew."""
    named = _named(session, version, [drafts.as_split(row) for row in rows])
    for position, (row, piece) in enumerate(zip(rows, named, strict=True)):
        if row.anchor != piece.anchor:
            # Two pieces may exchange their anchors: none may be held twice in between.
            row.anchor = f"~{position}"
        row.position = position
    session.flush()
    for row, piece in zip(rows, named, strict=True):
        row.anchor, row.article_anchor = piece.anchor, piece.article_anchor
    session.flush()


def _named(session: Session, version: DraftVersion, pieces: list[SplitPiece]) -> list[SplitPiece]:
    previous = drafts.pieces_of(session, drafts.published_before(session, version))
    return with_anchors(pieces, previous, drafts.used_anchors(session, version.consultation_id), version.number)
