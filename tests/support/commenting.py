"""Somebody who comments on a draft: as rows, by the operation, and page by page on a phone."""

from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.consultations.models import Comment, Consultation
from app.consultations.operations import commenting
from app.consultations.rules.phases import Phase
from app.consultations.rules.saying import Saying
from app.core import clock
from app.core.tokens import Keyring
from app.lib.codes import new_code
from app.moderation import kinds
from app.moderation.models import ModerationItem
from tests.support.cast import make_area
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient
from tests.support.servers import SECRETS
from tests.support.storage import MemoryStorage
from tests.support.visitors import guard_of, old_enough

KEYRING = Keyring(SECRETS["secret_key"])
TEXT = "Đề nghị làm vỉa hè trước mùa mưa, rồi mới thu gom rác theo giờ."


def make_comment(session: Session, consultation: Consultation, **values: Any) -> Comment:
    """A comment as a row, shown unless told otherwise, without a moderator's item."""
    from app.consultations.models import DraftVersion

    version = session.query(DraftVersion).filter_by(consultation_id=consultation.id).order_by(DraftVersion.id).first()
    assert version is not None
    text = values.get("text", TEXT)
    defaults: dict[str, Any] = {
        "version_id": version.id,
        "article_anchor": "dieu-1",
        "code": new_code(8),
        "stance": "change",
        "text": text,
        "visible": True,
        "naming": "none",
        "received_at": clock.now(),
    }
    found = defaults | values
    found.setdefault("shown_text", text if found["visible"] else None)
    comment = Comment(consultation_id=consultation.id, **found)
    session.add(comment)
    session.flush()
    return comment


def say(session: Session, consultation: Consultation, **values: Any) -> Comment:
    """Record an opinion by the program's own operation."""
    more = {name: values.pop(name) for name in ("files", "held", "by") if name in values}
    saying = Saying(**{"stance": "change", "text": TEXT, "anchor": "dieu-1"} | values)
    return commenting.comment(session, KEYRING, MemoryStorage(), consultation, saying, **more)


def item_of(session: Session, comment: Comment) -> ModerationItem:
    return session.query(ModerationItem).filter_by(kind="comment", subject_id=comment.id).one()


# ---- on a phone


def at(consultation: Consultation, anchor: str = "", step: str = "") -> str:
    return "/".join(part for part in ("/gop-y", consultation.public_id, anchor, step) if part)


def fields(page: TestResponse) -> dict[str, str]:
    """Hidden fields of the page's form in ``main``."""
    soup = BeautifulSoup(page.text, "html.parser")
    found = soup.select("main form input[type=hidden]")
    return {str(tag["name"]): str(tag.get("value") or "") for tag in found}


def first(client: PageClient, consultation: Consultation, anchor: str = "dieu-1", **values: Any) -> TestResponse:
    typed = fields(client.get(at(consultation, anchor))) | {"stance": "change", "text": TEXT}
    return client.post(at(consultation, anchor), data=typed | values)


def second(client: PageClient, consultation: Consultation, anchor: str = "dieu-1", **values: Any) -> TestResponse:
    """From the page of naming to that of checking."""
    said = {name: values.pop(name) for name in ("stance", "text") if name in values}
    page = first(client, consultation, anchor, **said)
    assert page.status_code == 200, page.text
    # As if a minute had gone by since the form was shown.
    guard = old_enough(client, f"comment:{consultation.public_id}")
    return client.post(at(consultation, anchor, "ten"), data=fields(page) | guard | {"naming": "none"} | values)


def send(client: PageClient, consultation: Consultation, anchor: str = "dieu-1", **values: Any) -> TestResponse:
    """The whole way; the answer to the last step."""
    files = {name: values.pop(name) for name in ("files",) if name in values}
    page = second(client, consultation, anchor, **values)
    assert page.status_code == 200, page.text
    return client.post(at(consultation, anchor, "gui"), data=fields(page) | files)


def words(page: TestResponse) -> str:
    return " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ", strip=True).split())


__all__ = ["KEYRING", "TEXT", "at", "fields", "first", "guard_of", "item_of", "make_comment", "say", "second", "send"]


def consulted(session: Session, phase: Phase = Phase.OPEN, **values: Any) -> Consultation:
    commune = make_area(session).parent
    assert commune is not None
    return make_consultation(session, commune, phase=phase, **values)


def number(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Comment)) or 0


def decide(session: Session, item: ModerationItem, status: str, **values: Any) -> None:
    item.status, item.decided_at = status, clock.now()
    for name, value in values.items():
        setattr(item, name, value)
    session.flush()
    kinds.get("comment").apply(session, item)


def only(session: Session) -> Comment:
    [made] = session.scalars(select(Comment)).all()
    return made
