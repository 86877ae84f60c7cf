"""Holding an item for a few minutes while one reads it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, WrongMoment
from app.moderation.operations import claiming
from tests.operations.test_moderation_deciding import approve, recorded
from tests.support.cast import in_days
from tests.support.moderation import Desk, make_desk


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


class TestHolding:
    def test_for_ten_minutes_and_again(self, desk: Desk) -> None:
        item = desk.item()
        claiming.claim(desk.session, desk.moderator, item)
        claiming.claim(desk.session, desk.moderator, item)
        assert item.claimed_until is not None
        assert timedelta(minutes=9) < item.claimed_until - clock.now() <= timedelta(minutes=10)
        assert recorded(desk.session, item) == ["moderation.item.claim"]

    def test_not_while_another_does(self, desk: Desk) -> None:
        item = desk.item()
        claiming.claim(desk.session, desk.other, item)
        with pytest.raises(WrongMoment, match="Vũ Văn Khác"):
            claiming.claim(desk.session, desk.moderator, item)
        with pytest.raises(WrongMoment, match="không giữ"):
            claiming.release(desk.session, desk.moderator, item)

    def test_once_let_go_or_run_out_it_is_free(self, desk: Desk) -> None:
        item = desk.item()
        claiming.claim(desk.session, desk.other, item)
        claiming.release(desk.session, desk.other, item)
        claiming.claim(desk.session, desk.moderator, item)
        item.claimed_until = in_days(-0.001)
        approve(desk, item, desk.other)
        assert item.claimed_by is None

    def test_not_what_is_decided_nor_without_the_right(self, desk: Desk) -> None:
        item = desk.item()
        approve(desk, item)
        with pytest.raises(WrongMoment, match="đã có quyết định"):
            claiming.claim(desk.session, desk.moderator, item)
        with pytest.raises(Forbidden):
            claiming.claim(desk.session, desk.overseer, desk.item())
