"""Taking an opinion: exactly once, at the right moment, from whom it may come, past the moderators."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.consultations.contact import sealed_phone
from app.consultations.errors import NotPrepared, UnknownConsultation
from app.consultations.models import Comment, CommentFile, Consultation
from app.consultations.operations.repeating import made_before, same_words
from app.consultations.queries.comments import by_uuid
from app.consultations.queries.loading import must_take_comments
from app.consultations.queries.taking import Draft, area_paths, draft_of, public_draft
from app.consultations.rules.grouping import Fingerprint, fingerprint
from app.consultations.rules.saying import CODE_LENGTH, MOST_FILES, Saying, author, clean, signed
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import ANONYMOUS, Actor, covers
from app.core.prepared import adding
from app.core.rows import hold
from app.core.tokens import Keyring
from app.gateways.storage import Storage
from app.lib.codes import new_code
from app.lib.filetypes import PDF
from app.lib.i18n import N_
from app.moderation.operations.submitting import submit
from app.visitors.uploads import CleanFile

KIND = "comment"
FOLDER = "comments"
# A code of 40 bits that is taken already is tried again.
TRIES = 3
_COMMENT = adding(Comment)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the opinion belongs: version and article, and how a moderator reads that."""

    version_id: int
    about: str


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was handed in, and by whom."""

    said: Saying
    print: Fingerprint
    files: Sequence[CleanFile]
    held: bool
    by: Actor


def comment(
    session: Session,
    keyring: Keyring,
    storage: Storage,
    consultation: Consultation,
    saying: Saying,
    *,
    files: Sequence[CleanFile] = (),
    held: bool = False,
    by: Actor = ANONYMOUS,
) -> Comment:
    """Record an opinion, or find that this very sending (``client_uuid``) was recorded before.

    ``held``: the sending looked like a program's, so nothing of it is shown before somebody has looked. Mere agreement
    is otherwise shown, that is counted, at once. What came by other ways is entered ``by`` staff; then ``written_at``
    is the moment that must lie between opening and closing, otherwise the database's. Raises ``NotYetOpen``,
    ``Closed``, ``Withdrawn`` or ``Refusal`` (Law Đ25–27).
    """
    said = _checked(saying, files)
    likeness = fingerprint(said.text)
    draft = draft_of(session, consultation.id, said, likeness.text_hash)
    return _take(session, keyring, storage, draft, _Heard(said, likeness, files, held, by))


def comment_at(
    session: Session,
    keyring: Keyring,
    storage: Storage,
    public_id: str,
    saying: Saying,
    *,
    files: Sequence[CleanFile] = (),
    held: bool = False,
) -> Comment:
    """The same for the draft of an address, by a visitor; raises ``UnknownConsultation`` too."""
    said = _checked(saying, files)
    likeness = fingerprint(said.text)
    draft = public_draft(session, public_id, said, likeness.text_hash)
    return _take(session, keyring, storage, draft, _Heard(said, likeness, files, held, ANONYMOUS))


def _take(session: Session, keyring: Keyring, storage: Storage, draft: Draft | None, heard: _Heard) -> Comment:
    if draft is None:
        raise UnknownConsultation
    said, by = heard.said, heard.by
    try:
        _refuse_moment(draft, said, by)
    except WrongMoment:
        return made_before(session, draft, said)
    _refuse_stranger(session, draft, said)
    place = _place(draft, said)
    if draft.same is not None:
        return same_words(draft, said, session.get_one(Comment, draft.same))
    made = _insert(session, keyring, said, _values(heard, draft, place))
    if made is None:
        return made_before(session, draft, said)
    if heard.files:
        _keep(session, storage, made, heard.files)
    if not made.visible:
        # Anybody can write the name of a body: what is said in one's name is never shown unread.
        mode = "before" if heard.held or made.body else draft.moderation
        _submit(session, draft, place, made, mode)
    if by.is_staff:
        _note_entry(session, by, draft, said)
    return made


def _checked(saying: Saying, files: Sequence[CleanFile]) -> Saying:
    if len(files) > MOST_FILES:
        raise Refusal(N_("Gửi kèm tối đa %(most)d tệp."), field="files", most=MOST_FILES)
    return clean(saying)


def _refuse_moment(draft: Draft, said: Saying, by: Actor) -> None:
    if (said.source == "web") == by.is_staff:
        raise Refusal(N_("Ý kiến nhận bằng cách khác do cán bộ nhập."), field="source")
    if said.source == "web" or said.written_at is None:
        must_take_comments(draft, draft.now)
        return
    if said.written_at > draft.now:
        raise Refusal(N_("Ngày nhận ý kiến không thể sau hôm nay."), field="written_at")
    must_take_comments(draft, said.written_at)


def _refuse_stranger(session: Session, draft: Draft, said: Saying) -> None:
    """Refuse whom the draft is not put before; the mark of a resident is only for areas it concerns."""
    if draft.audience == "bodies" and not said.body:
        raise Refusal(N_("Dự thảo này lấy ý kiến của cơ quan, tổ chức. Ghi tên cơ quan, tổ chức."), field="body")
    if said.resident_of is None:
        if draft.audience == "areas":
            raise Refusal(
                N_("Dự thảo này lấy ý kiến người dân của một số khu dân cư. Nhập số hộ và mã trên phiếu của hộ."),
                field="code",
            )
        return
    area = session.get(Area, said.resident_of)
    places = area_paths(session, draft.id) if draft.audience == "areas" else []
    if area is None or not any(covers(place, area.path) for place in places or [draft.path]):
        raise Refusal(N_("Phiếu này không thuộc khu dân cư được lấy ý kiến."), field="code")


def _place(draft: Draft, said: Saying) -> _Place:
    found = draft.place(said.version_no)
    if found is None:
        raise NotPrepared
    if not said.anchor:
        return _Place(found.version_id, draft.title[:500])
    if found.heading is None:
        raise Refusal(N_("Dự thảo không có điều này. Mời mở lại trang dự thảo."), field="anchor")
    return _Place(found.version_id, f"{draft.title[:400]} · {found.heading}"[:500])


def _values(heard: _Heard, draft: Draft, place: _Place) -> dict[str, Any]:
    said = heard.said
    plain = not (said.text or heard.files or heard.held)
    return {
        "consultation_id": draft.id,
        "version_id": place.version_id,
        "article_anchor": said.anchor,
        "client_uuid": said.client_uuid or None,
        "stance": said.stance,
        "text": said.text,
        "shown_text": "" if plain else None,
        "visible": plain,
        "naming": said.naming,
        "name": said.name,
        "shown_name": "",
        "body": said.body,
        "resident_of": said.resident_of,
        "resident_by": said.resident_by if said.resident_of is not None else "",
        "source": said.source,
        "source_detail": said.source_detail,
        "weight": said.weight,
        "entered_by": heard.by.account_id,
        "received_at": draft.now,
        "written_at": said.written_at,
        "device_hash": said.device_hash,
        "text_hash": heard.print.text_hash,
        "simhash": heard.print.simhash,
        "group_id": None,
    }


def _insert(session: Session, keyring: Keyring, said: Saying, values: dict[str, Any]) -> Comment | None:
    """The new row; None when this sending was recorded meanwhile, on another line or by a second tap."""
    for _ in range(TRIES):
        code = new_code(CODE_LENGTH)
        row = {**values, "code": code, "phone": sealed_phone(keyring, said.phone, code)}
        for made in _COMMENT.ask(session, **row):
            return hold(session, Comment(**made, **row))
        if said.client_uuid and by_uuid(session, said.client_uuid) is not None:
            return None
    return None


def _note_entry(session: Session, by: Actor, draft: Draft, said: Saying) -> None:
    detail = {"source": said.source, "article": said.anchor, "weight": said.weight}
    subject = ("consultation", draft.id)
    record(session, by, "consultations.comment.enter", subject=subject, path=draft.path, **detail)


def _keep(session: Session, storage: Storage, made: Comment, files: Sequence[CleanFile]) -> None:
    """Keep the files under names of ours: what a phone calls a picture may say whose it is, and where."""
    for number, file in enumerate(files, start=1):
        stem = "tep" if file.kind == PDF else "anh"
        session.add(
            CommentFile(
                comment_id=made.id,
                filename=f"{stem}-{number}.{file.kind.ending}",
                media_type=file.kind.media_type,
                size=len(file.data),
                sha256=hashlib.sha256(file.data).hexdigest(),
                storage_key=storage.put(FOLDER, file.data),
            )
        )
    session.flush()


def _submit(session: Session, draft: Draft, place: _Place, made: Comment, mode: str) -> None:
    submit(
        session,
        kind=KIND,
        subject_id=made.id,
        path=draft.path,
        about=place.about,
        collection=f"consultation:{draft.public_id}",
        text=signed(made.text, author(made.naming, made.name, made.body)),
        mode=mode,
        device_hash=made.device_hash,
    )
