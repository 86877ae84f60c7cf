"""Writing what is to be made public, with its files, before anybody can see it."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.entries import clean_line, clean_prose
from app.core.errors import ManyRefusals, Refusal
from app.core.permissions import Actor
from app.core.rights import must
from app.core.uploads import Upload, check_file
from app.gateways.storage import Storage, keep_upload
from app.lib.codes import new_code
from app.lib.i18n import N_
from app.publication.models import Posting, PostingFile
from app.publication.operations.common import EDIT, begin_draft, done, search_key
from app.publication.operations.posting import NUMBER, PUBLIC_ID, TITLE
from app.publication.rules.heads import HEADS

TEXT = 20_000
MOST_FILES = 10
EARLIEST = date(1945, 9, 2)
FOLDER = "postings"


def create(
    session: Session, by: Actor, area: Area, *, head: int, title: str, number: str = "",
    signed_on: date | None = None, text: str = "",
) -> Posting:  # fmt: skip
    """Begin something to be made public in a commune or one of its areas; the faults of all fields are said at once.

    Raises ``Forbidden`` without the right there and ``Refusal`` for a place that is no commune or has ended.
    """
    account = must(by, EDIT, area.path)
    if area.level == "province" or (area.valid_to is not None and area.valid_to < clock.today()):
        raise Refusal(N_("Chọn xã, phường, thôn, tổ dân phố đang hoạt động."), field="area")
    values = _checked(head=head, title=title, number=number, signed_on=signed_on, text=text)
    now = clock.now()
    posting = Posting(
        public_id=new_code(PUBLIC_ID).lower(), area_id=area.id, area=area, source="", permanent=False, status="draft",
        withdraw_reason="", created_by=account, created_at=now, changed_at=now, search="", **values,
    )  # fmt: skip
    posting.search = search_key(posting)
    session.add(posting)
    session.flush()
    done(session, by, posting, "posting.create", head=head)
    return posting


def edit(
    session: Session, by: Actor, posting: Posting, *, head: int, title: str, number: str = "",
    signed_on: date | None = None, text: str = "",
) -> None:  # fmt: skip
    """Change a draft. Raises ``WrongMoment`` once it is posted."""
    begin_draft(session, by, posting)
    values = _checked(head=head, title=title, number=number, signed_on=signed_on, text=text)
    changed = [name for name, value in values.items() if getattr(posting, name) != value]
    for name in changed:
        setattr(posting, name, values[name])
    if not changed:
        return
    posting.search = search_key(posting)
    posting.changed_at = clock.now()
    done(session, by, posting, "posting.edit", fields=changed)


def discard(session: Session, by: Actor, posting: Posting) -> list[str]:
    """Throw a draft away; returns the storage keys of its files, to be deleted once that is committed."""
    begin_draft(session, by, posting)
    keys = [file.storage_key for file in posting.files]
    done(session, by, posting, "posting.discard", head=posting.head)
    for file in posting.files:
        session.delete(file)
    session.flush()
    session.expire(posting, ["files"])
    session.delete(posting)
    session.flush()
    return keys


def attach(
    session: Session, by: Actor, posting: Posting, storage: Storage, *, title: str, upload: Upload
) -> PostingFile:
    """Add a file to a draft. Raises ``Refusal`` at ``file`` for what is empty, too large or of no allowed type."""
    account = begin_draft(session, by, posting)
    present = session.scalar(select(func.count()).where(PostingFile.posting_id == posting.id)) or 0
    if present >= MOST_FILES:
        raise Refusal(N_("Tối đa %(most)d tệp. Xóa bớt rồi thêm."), field="file", most=MOST_FILES)
    found = check_file(upload)
    kept = keep_upload(storage, FOLDER, upload, found, title=title)
    file = PostingFile(posting_id=posting.id, uploaded_by=account, **kept)
    session.add(file)
    session.flush()
    session.expire(posting, ["files"])
    done(session, by, posting, "file.add", filename=file.filename, sha256=file.sha256)
    return file


def detach(session: Session, by: Actor, posting: Posting, file: PostingFile) -> str:
    """Remove a file from a draft; returns its storage key, to be deleted once that is committed."""
    begin_draft(session, by, posting)
    if file.posting_id != posting.id:
        raise Refusal(N_("Tệp này không thuộc nội dung đang soạn."))
    done(session, by, posting, "file.remove", filename=file.filename, sha256=file.sha256)
    session.delete(file)
    session.flush()
    session.expire(posting, ["files"])
    return file.storage_key


def _checked(*, head: int, title: str, number: str, signed_on: date | None, text: str) -> dict[str, Any]:
    """The entries as they are kept; raises ``ManyRefusals`` with the faults of all of them."""
    problems: list[Refusal] = []
    if head not in HEADS:
        problems.append(Refusal(N_("Chọn một trong 14 nội dung phải công khai."), field="head"))
    if signed_on is not None and not EARLIEST <= signed_on <= clock.today():
        problems.append(Refusal(N_("Ngày ký không thể ở tương lai hoặc quá xa. Xem lại ngày ký."), field="signed_on"))
    values: dict[str, Any] = {"head": head, "signed_on": signed_on}
    for name, clean, given, most in (
        ("title", clean_line, title, TITLE),
        ("number", clean_line, number, NUMBER),
        ("text", clean_prose, text, TEXT),
    ):
        try:
            values[name] = clean(given, name, most)
        except Refusal as refusal:
            problems.append(refusal)
    if not values.get("title") and not any(problem.field == "title" for problem in problems):
        problems.append(Refusal(N_("Ghi tên của nội dung công khai."), field="title"))
    if problems:
        raise ManyRefusals(N_("Còn mục cần sửa."), problems)
    return values
