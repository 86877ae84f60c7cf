"""Words left with a rating: nothing is public before a moderator has read it, a photo only when nothing was covered."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.errors import Forbidden
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.feedback.models import RatingNote
from app.moderation import kinds
from app.moderation.models import ModerationItem
from app.moderation.operations import deciding
from tests.support.cases import add_note, make_report, point_of
from tests.support.cast import make_actor, make_commune

KEYS = Keyring("for tests")
TEXT = "Ghế chờ ít quá, gọi 0912 345 678 để biết thêm."


class Queue:
    """A note with a photo that waits for the commune's moderator."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.commune: Area = make_commune(session)
        self.point = point_of(session, self.commune)
        self.moderator: Actor = make_actor(session, Role.MODERATOR, self.commune)
        add_note(session, KEYS, self.point, TEXT, photo="ratings/a-photo-of-it")
        self.item = session.scalars(select(ModerationItem)).one()
        self.note = session.scalars(select(RatingNote)).one()

    def shown(self) -> tuple[bool, str | None, bool]:
        return self.note.visible, self.note.shown_text, self.note.photo_visible


@pytest.fixture
def queue(session: Session) -> Queue:
    return Queue(session)


def test_it_waits_unseen_and_is_shown_with_its_photo_once_approved(queue: Queue) -> None:
    assert queue.shown() == (False, None, False)
    deciding.approve(queue.session, queue.moderator, queue.item, 1)
    assert queue.shown() == (True, TEXT, True)
    deciding.undo(queue.session, queue.moderator, queue.item)
    assert queue.shown() == (False, None, False)


def test_what_had_to_be_covered_may_stand_on_the_photo_too(queue: Queue) -> None:
    deciding.redact(queue.session, queue.moderator, queue.item, 1, spans=[], words="0912 345 678")
    visible, text, photo = queue.shown()
    assert visible and not photo and text is not None and "0912" not in text


def test_rejected_or_referred_it_stays_unseen_and_is_kept(queue: Queue) -> None:
    deciding.reject(queue.session, queue.moderator, queue.item, 1, reason_key="insult", reason="")
    assert queue.shown() == (False, None, False) and queue.note.text == TEXT
    with pytest.raises(Forbidden):
        other = make_actor(queue.session, Role.COMMUNE_OFFICER, queue.commune)
        deciding.approve(queue.session, other, queue.item, queue.item.version)


def test_a_moderator_reads_where_and_how_content_and_never_who_or_which_officer(queue: Queue) -> None:
    context = kinds.get("rating_note").context(queue.session, [queue.note.id])[queue.note.id]
    said = f"{context.title} {context.parts}"
    assert queue.point.center.name in said and "Không hài lòng" in said
    assert queue.note.device_hash not in said and "Võ Minh Khoa" not in said
    assert context.address.endswith(f"/{queue.note.id}/anh")
    assert kinds.get("rating_note").context(queue.session, [999]) == {}


def test_an_item_of_a_restricted_note_could_show_nothing(queue: Queue) -> None:
    """Nothing restricted is in the queue; should an item ever be, deciding on it shows nothing."""
    make_report(queue.session, KEYS, queue.point)
    assert len(queue.session.scalars(select(ModerationItem)).all()) == 1
    queue.note.restricted = True
    deciding.approve(queue.session, queue.moderator, queue.item, 1)
    assert queue.shown() == (False, None, False)
