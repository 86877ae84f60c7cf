"""Files of a consultation: what people may read beside the draft, and the plan, which stays with staff."""

from sqlalchemy.orm import Session

from app.consultations.models import Consultation, ConsultationFile
from app.consultations.operations.editing import begin_addition, done
from app.consultations.queries.preparation import files_of
from app.core import clock
from app.core.errors import NotFound, Refusal
from app.core.permissions import Actor
from app.core.uploads import Upload, check_file
from app.gateways.storage import Storage, keep_upload
from app.lib import filetypes
from app.lib.i18n import N_

READING, PLAN = KINDS = ("reading", "plan")
MOST_FILES = 20
FOLDER = "consultations"


def add_file(
    session: Session, by: Actor, consultation: Consultation, storage: Storage, *, kind: str, title: str, upload: Upload
) -> ConsultationFile:
    """Add something to read or the plan, while the draft is not published.

    Raises ``Refusal`` at the field ``file`` for an empty or oversize file and for what is not of an allowed type.
    """
    begin_addition(session, by, consultation)
    if kind not in KINDS:
        raise Refusal(N_("Chọn loại tệp."), field="kind")
    if len(files_of(session, consultation, *KINDS)) >= MOST_FILES:
        raise Refusal(N_("Tối đa %(most)d tài liệu. Xóa bớt rồi thêm."), field="file", most=MOST_FILES)
    found = check_file(upload)
    file = keep(session, by, consultation, storage, found, kind=kind, title=title, upload=upload)
    done(session, by, consultation, "file.add", kind=kind, title=file.title, sha256=file.sha256)
    return file


def remove_file(session: Session, by: Actor, consultation: Consultation, file: ConsultationFile) -> str:
    """Remove a file while the draft is not published; returns its storage key, to be deleted after the commit."""
    begin_addition(session, by, consultation)
    session.refresh(file)
    if file.consultation_id != consultation.id or file.kind not in KINDS or file.removed_at is not None:
        raise NotFound(N_("Không tìm thấy tệp này."))
    file.removed_at = clock.now()
    session.flush()
    done(session, by, consultation, "file.remove", kind=file.kind, title=file.title, sha256=file.sha256)
    return file.storage_key


def keep(
    session: Session, by: Actor, consultation: Consultation, storage: Storage, found: filetypes.FileType, *,
    kind: str, title: str, upload: Upload,
) -> ConsultationFile:  # fmt: skip
    """Store a file whose type is known; the caller has the right and the moment, and writes the record."""
    if by.account_id is None:
        raise ValueError("a file is kept by a person")
    kept = keep_upload(storage, FOLDER, upload, found, title=title)
    file = ConsultationFile(consultation_id=consultation.id, kind=kind, uploaded_by=by.account_id, **kept)
    session.add(file)
    session.flush()
    return file
