"""The plan of a year, and reminders of what is about to end."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.jobs.models import Job
from app.publication.models import PlannedPosting
from app.publication.operations import planning
from app.publication.operations import posting as operations
from app.publication.queries import staff as queries
from tests.support.cast import in_days, make_actor, make_area, make_commune
from tests.support.jobs import run_jobs
from tests.support.publication import make_line, make_posting


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def officer(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, commune)


def planned(session: Session, officer: Actor, commune: Area, **values: Any) -> PlannedPosting:
    given: dict[str, Any] = {
        "year": 2027, "head": 2, "title": "Dự toán năm 2027", "due_on": date(2027, 1, 15), "responsible": "Lê Thị Hà",
        "ways": ["loudspeaker", "board", "smoke"],
    }  # fmt: skip
    return planning.plan(session, officer, commune, **given | values)


def test_a_line_is_planned(session: Session, officer: Actor, commune: Area) -> None:
    line = planned(session, officer, commune)
    assert (line.title, line.ways) == ("Dự toán năm 2027", "board,loudspeaker")
    assert queries.plan_of(session, commune, 2027) == [line]
    assert queries.plan_of(session, commune, 2026) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"head": 0}, "head"),
        ({"title": ""}, "title"),
        ({"due_on": date(2026, 12, 31)}, "due_on"),
        ({"year": 1999}, None),
    ],
)
def test_faults_stand_at_their_fields(
    session: Session, officer: Actor, commune: Area, values: dict[str, Any], field: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        planned(session, officer, commune, **values)
    assert refused.value.field == field


def test_plans_are_the_commune_s_and_its_officers(session: Session, officer: Actor, commune: Area) -> None:
    with pytest.raises(Refusal):
        planned(session, officer, make_area(session, commune))
    with pytest.raises(Forbidden):
        planned(session, make_actor(session, Role.OVERSEER, commune), commune)


def test_what_was_posted_fulfils_its_line_once(session: Session, officer: Actor, commune: Area) -> None:
    line, posting = make_line(session, commune), make_posting(session, commune)
    with pytest.raises(Refusal):
        planning.fulfil(session, officer, commune, line, make_posting(session, commune, status="draft"))
    with pytest.raises(Refusal):
        planning.fulfil(session, officer, commune, line, make_posting(session, make_commune(session)))
    planning.fulfil(session, officer, commune, line, posting)
    assert line.posting is posting
    with pytest.raises(WrongMoment, match="làm xong"):
        planning.remove(session, officer, commune, line)


def test_a_line_is_struck_and_stays_in_the_record(session: Session, officer: Actor, commune: Area) -> None:
    line = make_line(session, commune)
    planning.remove(session, officer, commune, line)
    assert queries.plan_of(session, commune, line.year) == []
    assert session.query(AuditEntry).filter_by(action="publication.plan.remove").count() == 1
    with pytest.raises(WrongMoment, match="đã bỏ"):
        planning.fulfil(session, officer, commune, line, make_posting(session, commune))


def test_late_lines_are_those_past_their_day_with_nothing_posted(session: Session, commune: Area) -> None:
    today = clock.today()
    late = make_line(session, commune, due_on=today - timedelta(days=1))
    make_line(session, commune, due_on=today)
    make_line(session, commune, due_on=today - timedelta(days=1), posting_id=make_posting(session, commune).id)
    make_line(session, commune, due_on=today - timedelta(days=1), removed_at=clock.now())
    make_line(session, make_commune(session), due_on=today - timedelta(days=1))
    assert queries.late_lines(session, [commune.path], today) == [late]


# ----------------------------------------------------------------------------------------------- reminders


def reminders(session: Session) -> int:
    session.expire_all()
    return session.query(AuditEntry).filter_by(action="publication.posting.remind").count()


def test_staff_are_reminded_once_before_the_end(app: Flask, session: Session, officer: Actor, commune: Area) -> None:
    posting = make_posting(session, commune, days=-27)
    operations.remind_later(session, posting)
    session.commit()
    run_jobs(app)
    assert reminders(session) == 1 and posting.reminded_at is not None
    operations.remind_later(session, posting)
    session.commit()
    run_jobs(app)
    assert reminders(session) == 1


def test_what_was_prolonged_is_looked_at_again_later(
    app: Flask, session: Session, officer: Actor, commune: Area
) -> None:
    posting = make_posting(session, commune, days=-27)
    operations.remind_later(session, posting)
    until = clock.today() + timedelta(days=40)
    operations.extend(session, officer, posting, until=until)
    session.commit()
    run_jobs(app, until=in_days(1))
    assert reminders(session) == 0
    [job] = session.scalars(select(Job).where(Job.finished_at.is_(None)))
    assert clock.local(job.run_at).date() == until - timedelta(days=3)


def test_nobody_is_reminded_of_what_was_withdrawn(app: Flask, session: Session, officer: Actor, commune: Area) -> None:
    posting = make_posting(session, commune, days=-27)
    operations.remind_later(session, posting)
    operations.withdraw(session, officer, posting, reason="Đăng nhầm văn bản khác.")
    session.commit()
    run_jobs(app)
    assert reminders(session) == 0
