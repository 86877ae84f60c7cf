"""Opinions entered by staff: from whom, for whom, where they come from, and when they were said."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.models import Comment
from app.consultations.operations.entering import enter, moment_of
from app.consultations.rules.phases import Phase
from app.consultations.rules.saying import Saying
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import ANONYMOUS, Actor, Role
from app.moderation.models import ModerationItem
from tests.support.cast import make_actor, make_area
from tests.support.opinions import Answering, make_answering

SAID = Saying(
    stance="change", text="Đề nghị hạ mức phí.", anchor="dieu-1", source="meeting", weight=40,
    source_detail="Cuộc họp khu phố 3", written_at=clock.now() - timedelta(days=1),
)  # fmt: skip


@pytest.fixture
def made(session: Session) -> Answering:
    return make_answering(session, phase=Phase.OPEN)


def entered(app: Flask, made: Answering, by: Actor, saying: Saying = SAID) -> Comment:
    services = app.extensions["danban"]
    return enter(made.session, services.keyring, services.storage, by, made.consultation, saying)


def test_an_entry_keeps_its_source_and_goes_to_the_moderators(app: Flask, made: Answering) -> None:
    comment = entered(app, made, made.drafter)
    assert (comment.source, comment.source_detail, comment.weight) == ("meeting", "Cuộc họp khu phố 3", 40)
    assert comment.entered_by == made.drafter.account_id and comment.device_hash == ""
    assert made.session.query(ModerationItem).filter_by(subject_id=comment.id, status="pending").count() == 1
    entry = made.session.query(AuditEntry).filter_by(action="consultations.comment.enter").one()
    assert "Đề nghị" not in str(entry.detail)


@pytest.mark.parametrize("detail", ["", "   ", "họp"])
def test_where_it_comes_from_must_be_said(app: Flask, made: Answering, detail: str) -> None:
    with pytest.raises(Refusal) as refused:
        entered(app, made, made.drafter, replace(SAID, source_detail=detail))
    assert refused.value.field == "source_detail"


@pytest.mark.parametrize("role", [Role.AREA_HEAD, Role.FRONT])
def test_people_of_one_area_enter_for_it_alone(app: Flask, made: Answering, role: Role) -> None:
    own, other = make_area(made.session, made.area), make_area(made.session, made.area)
    person = make_actor(made.session, role, own)
    for place in (None, other.id, 999_999):
        with pytest.raises(Forbidden):
            entered(app, made, person, replace(SAID, resident_of=place, resident_by="staff"))
    assert entered(app, made, person, replace(SAID, resident_of=own.id, resident_by="staff")).resident_of == own.id


@pytest.mark.parametrize("role", [Role.COMMUNE_ADMIN, Role.MODERATOR, Role.OVERSEER, Role.TEAM_MEMBER])
def test_others_enter_nothing(app: Flask, made: Answering, role: Role) -> None:
    for by in (make_actor(made.session, role, made.area), ANONYMOUS):
        with pytest.raises(Forbidden):
            entered(app, made, by)


def test_what_was_said_outside_the_time_is_refused(app: Flask, made: Answering) -> None:
    assert made.consultation.opens_at is not None
    with pytest.raises(WrongMoment):
        entered(app, made, made.drafter, replace(SAID, written_at=made.consultation.opens_at - timedelta(seconds=1)))
    with pytest.raises(Refusal):
        entered(app, made, made.drafter, replace(SAID, written_at=clock.now() + timedelta(hours=1)))


def test_paper_that_came_in_time_is_entered_after_the_end_until_answers_are_out(app: Flask, session: Session) -> None:
    closed = make_answering(session)
    assert closed.consultation.closes_at is not None
    late = replace(SAID, written_at=closed.consultation.closes_at - timedelta(seconds=1))
    assert entered(app, closed, closed.drafter, late).visible is False
    with pytest.raises(WrongMoment):
        entered(app, closed, closed.drafter, replace(SAID, written_at=closed.consultation.closes_at))
    closed.consultation.status, closed.consultation.answered_at = "answered", clock.now()
    with pytest.raises(WrongMoment):
        entered(app, closed, closed.drafter, late)


def test_a_day_stands_for_a_moment_at_which_opinions_were_taken(made: Answering) -> None:
    consultation, now = made.consultation, clock.now()
    assert consultation.opens_at is not None and consultation.closes_at is not None
    first, today = clock.local(consultation.opens_at).date(), clock.local(now).date()
    assert moment_of(consultation, None, now) is None
    assert moment_of(consultation, first, now) == consultation.opens_at
    middle = first + timedelta(days=2)
    assert moment_of(consultation, middle, now) == datetime.combine(middle, time(), clock.VIETNAM)
    before = moment_of(consultation, first - timedelta(days=1), now)
    assert before is not None and before < consultation.opens_at
    after = moment_of(consultation, today + timedelta(days=1), now)
    assert after is not None and after > now
