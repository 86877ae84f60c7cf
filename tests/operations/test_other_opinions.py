"""Texts of "ý kiến khác": shown by choice of a person who read them, and never where numbers are hidden."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Role
from app.polls.models import OtherOpinion
from app.polls.operations import deciding
from tests.support.cast import make_actor
from tests.support.counting import Vote, counted, ended


def shown(session: Session, vote: Vote) -> set[int]:
    query = select(OtherOpinion.position).where(OtherOpinion.poll_id == vote.poll.id, OtherOpinion.published)
    return set(session.scalars(query))


def test_opinions_are_shown_by_choice_and_taken_back(session: Session) -> None:
    vote = counted(session, 4, 3, ["một", "hai", "ba"])
    assert shown(session, vote) == set()
    deciding.publish_opinions(session, vote.head, vote.poll, {1, 3})
    assert shown(session, vote) == {1, 3}
    deciding.publish_opinions(session, vote.front, vote.poll, set())
    assert shown(session, vote) == set()


@pytest.mark.parametrize(("agree", "disagree"), [(7, 1), (1, 6), (8, 0), (2, 5), (1, 1)])
def test_opinions_of_a_hidden_result_are_never_published(session: Session, agree: int, disagree: int) -> None:
    vote = counted(session, agree, disagree, ["một"])
    for positions in ({1}, set()):
        with pytest.raises(WrongMoment, match="không đăng ý kiến khác"):
            deciding.publish_opinions(session, vote.head, vote.poll, positions)
    assert shown(session, vote) == set()


@pytest.mark.parametrize("positions", [{0}, {4}, {1, 99}])
def test_an_opinion_that_is_not_there_is_not_published(session: Session, positions: set[int]) -> None:
    vote = counted(session, 4, 3, ["một", "hai", "ba"])
    with pytest.raises(Refusal) as refused:
        deciding.publish_opinions(session, vote.head, vote.poll, positions)
    assert refused.value.field == "shown" and shown(session, vote) == set()


def test_no_opinion_before_the_count_and_by_nobody_else(session: Session) -> None:
    waiting = ended(session, 4, 3, ["một"])
    with pytest.raises(WrongMoment):
        deciding.publish_opinions(session, waiting.head, waiting.poll, {1})
    vote = counted(session, 4, 3, ["một"])
    for by in (vote.officer, vote.overseer, make_actor(session, Role.MODERATOR, vote.area)):
        with pytest.raises(Forbidden):
            deciding.publish_opinions(session, by, vote.poll, {1})
