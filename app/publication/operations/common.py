"""What every change begins with and ends with: the right, the row held, the record."""

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.lib.i18n import N_
from app.lib.text import fold
from app.publication.models import Posting

EDIT, RECORD = "publication:posting:edit", "publication:place:record"


def begin_draft(session: Session, by: Actor, posting: Posting) -> int:
    """Take a posting that nobody has seen yet; what is posted is never altered."""
    account = must(by, EDIT, posting.area.path)
    lock(session, posting)
    must_be_draft(posting)
    return account


def begin_posted(session: Session, by: Actor, posting: Posting) -> int:
    """Take a posting that everybody can see."""
    account = must(by, EDIT, posting.area.path)
    lock(session, posting)
    must_be_posted(posting)
    return account


def must_be_draft(posting: Posting) -> None:
    if posting.status != "draft":
        raise WrongMoment(N_("Nội dung đã đăng nên không sửa được. Nếu có sai sót, rút xuống và đăng bản khác."))


def must_be_posted(posting: Posting) -> None:
    if posting.status == "draft":
        raise WrongMoment(N_("Nội dung này chưa đăng."))
    if posting.status == "withdrawn":
        raise WrongMoment(N_("Nội dung này đã rút."))


def search_key(posting: Posting) -> str:
    """What a search looks in: title, number and text, marks folded."""
    return fold(f"{posting.title} {posting.number} {posting.text}")


def done(session: Session, by: Actor, posting: Posting, action: str, **detail: object) -> None:
    """Write what was done to the record."""
    record(
        session, by, f"publication.{action}", subject=("posting", posting.id), path=posting.area.path,
        title=posting.title, **detail,
    )  # fmt: skip
