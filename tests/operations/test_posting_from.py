"""What other slices put up: once for each source and head, for 30 days or for good."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.permissions import Actor, Role
from app.jobs.models import Job
from app.publication.models import Posting
from app.publication.operations.posting import REMIND, post_from
from app.publication.rules.heads import ANSWERS, OTHER
from tests.support.cast import make_actor, make_commune

SOURCE = "consultation:abcdefghjk"


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, make_commune(session))


def place_of(session: Session, officer: Actor) -> Posting:
    from app.areas.models import Area

    area = session.scalars(select(Area).filter_by(path=officer.grants[0].path)).one()
    return post_from(session, officer, area, head=ANSWERS, title="Kết quả tiếp thu,  giải trình", source=SOURCE)


def test_it_hangs_thirty_days_and_stands_in_the_record(session: Session, officer: Actor) -> None:
    posting = place_of(session, officer)
    today = clock.today()
    assert (posting.status, posting.since, posting.until) == ("posted", today, today + timedelta(days=30))
    assert posting.title == "Kết quả tiếp thu, giải trình"
    assert posting.search == "ket qua tiep thu, giai trinh"
    [entry] = session.scalars(select(AuditEntry).filter_by(action="publication.posting.post"))
    assert entry.subject_id == str(posting.id) and entry.account_id == officer.account_id
    [job] = session.scalars(select(Job).filter_by(kind=REMIND))
    assert clock.local(job.run_at).date() == today + timedelta(days=27)


def test_asked_for_again_it_is_the_same(session: Session, officer: Actor) -> None:
    first = place_of(session, officer)
    assert place_of(session, officer).id == first.id
    assert session.query(Posting).count() == 1
    assert session.query(AuditEntry).filter_by(action="publication.posting.post").count() == 1
    other = post_from(session, officer, first.area, head=OTHER, title="Dự thảo", source=SOURCE, permanent=True)
    assert other.id != first.id and other.until is None and other.permanent


@pytest.mark.parametrize("values", [{"head": 15}, {"head": 0}, {"source": ""}, {"title": "  "}])
def test_nonsense_is_a_fault_of_the_program(session: Session, officer: Actor, values: dict[str, object]) -> None:
    area = place_of(session, officer).area
    given = {"head": OTHER, "title": "Dự thảo", "source": "poll:abc"} | values
    with pytest.raises(ValueError, match="head"):
        post_from(session, officer, area, **given)  # type: ignore[arg-type]
