"""Telling what was done about what people said, and taking it back."""

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.feedback.models import BoardNote, ServiceCenter
from app.feedback.rules.rating import REASONS, UNOFFICIAL_PAYMENT
from app.lib.i18n import N_

WRITE = "feedback:board:write"


def post(session: Session, by: Actor, center: ServiceCenter, *, said: str, done: str, reason: str = "") -> BoardNote:
    """Post a line: what people said and what was done. Raises ``Forbidden``, ``Refusal`` for what is left empty."""
    account = must(by, WRITE, center.path)
    for field, words in (("said", said), ("done", done)):
        if not words.strip():
            raise Refusal(N_("Cần điền mục này."), field=field)
    if reason and (reason not in REASONS or reason == UNOFFICIAL_PAYMENT):
        raise Refusal(N_("Chọn một lý do trong danh sách."), field="reason")
    note = BoardNote(
        center_id=center.id, path=center.path, said=said.strip(), done=done.strip(), reason=reason,
        posted_by=account, posted_at=clock.now(),
    )  # fmt: skip
    session.add(note)
    session.flush()
    record(session, by, "feedback.board.post", subject=("board_note", note.id), path=note.path, said=note.said)
    return note


def withdraw(session: Session, by: Actor, note: BoardNote) -> None:
    """Take a line off the board. Raises ``Forbidden``, ``WrongMoment`` when it is off already."""
    must(by, WRITE, note.path)
    lock(session, note)
    if note.withdrawn_at is not None:
        raise WrongMoment(N_("Dòng này đã rút."))
    note.withdrawn_at = clock.now()
    record(session, by, "feedback.board.withdraw", subject=("board_note", note.id), path=note.path)
