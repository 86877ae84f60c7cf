"""Words left with a rating: nothing is public before a moderator has read it, a photo only when nothing was covered."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.errors import Forbidden, NotFound
from app.core.permissions import Actor, Grant, Role
from app.core.tokens import Keyring
from app.feedback.models import Rating, RatingNote
from app.feedback.queries.cases import in_scope_note
from app.moderation import kinds
from app.moderation.models import ModerationItem
from app.moderation.operations import appeals, bulk, claiming, deciding
from app.moderation.queries import items
from app.moderation.queries import queue as listing
from tests.support.cases import PICTURE, add_note, make_report, point_of
from tests.support.cast import actor_of, make_account, make_actor, make_commune, make_grant
from tests.support.feedback import make_officer, make_rating

KEYS = Keyring("for tests")
TEXT = "Ghế chờ ít quá, gọi 0912 345 678 để biết thêm."


class Queue:
    """A note with a photo that waits for the commune's moderator."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.commune: Area = make_commune(session)
        self.point = point_of(session, self.commune)
        self.moderator: Actor = make_actor(session, Role.MODERATOR, self.commune)
        add_note(session, KEYS, self.point, TEXT, photo=PICTURE)
        self.item = session.scalars(select(ModerationItem)).one()
        self.note = session.scalars(select(RatingNote)).one()

    def found(self, by: Actor) -> bool:
        """Whether the item is anywhere in the queue for somebody: by its number, in the list, in the menu."""
        ways = {
            items.in_scope(self.session, by, self.item.id) is not None,
            bool(listing.page(self.session, by, listing.Search(show="all")).rows),
            listing.waiting_for(self.session, by) > 0,
            listing.next_item(self.session, by, listing.Search(show="")) is not None,
        }
        assert len(ways) == 1, ways
        return ways.pop()

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
    assert context.address.endswith(f"/{queue.item.id}/anh")
    assert kinds.get("rating_note").context(queue.session, [999]) == {}


def test_an_item_of_a_restricted_note_is_there_for_nobody(queue: Queue) -> None:
    """What the rules find never enters the queue; what was sealed afterwards stands there for nobody."""
    make_report(queue.session, KEYS, queue.point)
    assert len(queue.session.scalars(select(ModerationItem)).all()) == 1
    queue.note.restricted = True
    with pytest.raises(NotFound):
        deciding.approve(queue.session, queue.moderator, queue.item, 1)
    assert not queue.found(queue.moderator)
    kinds.get("rating_note").apply(queue.session, queue.item)
    assert queue.shown() == (False, None, False)


@pytest.mark.parametrize("left", [None, clock.today() - timedelta(days=1)])
def test_who_was_rated_finds_neither_words_nor_photo_by_another_role(queue: Queue, left: date | None) -> None:
    """Somebody of the desk who moderates and handles cases too, on the day after they left as well."""
    session, commune = queue.session, queue.commune
    account = make_account(session)
    roles = (Role.DESK, Role.MODERATOR, Role.COMMUNE_OFFICER)
    for role in roles:
        make_grant(session, account, role, commune)
    rated = actor_of(account, *(Grant(role, commune.path) for role in roles))
    officer = make_officer(session, queue.point.center, account_id=account.id, left_on=left)
    # At a counter where the roster names nobody it may be anybody of the centre.
    assert not queue.found(rated) and in_scope_note(session, rated, queue.item.id) is None
    colleague = make_officer(session, queue.point.center)
    session.get_one(Rating, queue.note.rating_id).officer_id = colleague.id
    session.flush()
    assert queue.found(rated) and in_scope_note(session, rated, queue.item.id) is not None
    make_rating(session, queue.point, 1, officer_id=officer.id)
    assert queue.found(rated)
    session.get_one(Rating, queue.note.rating_id).officer_id = officer.id
    session.flush()
    assert not queue.found(rated) and queue.found(queue.moderator)
    assert in_scope_note(session, rated, queue.item.id) is None
    assert in_scope_note(session, queue.moderator, queue.item.id) is queue.note
    acts: list[Callable[[], object]] = [
        lambda: deciding.approve(session, rated, queue.item, 1),
        lambda: deciding.undo(session, rated, queue.item),
        lambda: claiming.claim(session, rated, queue.item),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    said = [bulk.approve(session, by, [queue.item.id]).left[0][1].message for by in (rated, queue.moderator)]
    assert "Không tìm thấy" in said[0] and "đọc riêng" in said[1]
    deciding.reject(session, queue.moderator, queue.item, 1, reason_key="insult", reason="")
    asked = appeals.appeal(session, queue.item.id, "Tôi chỉ nói về ghế ngồi chờ.")
    assert items.appeals(session, rated) == [] and items.appeal_in_scope(session, rated, asked.id) is None
    with pytest.raises(NotFound):
        appeals.uphold(session, rated, queue.item, reason="Lời này không xúc phạm ai.")
