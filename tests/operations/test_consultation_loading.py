"""Finding consultations: inside the scope, from a part of the place, in public, and by phase."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consultations.errors import Closed, NotPrepared, NotYetOpen, Withdrawn
from app.consultations.models import Consultation
from app.consultations.queries.loading import in_scope, must_take_comments, phase_is, public, reached
from app.consultations.rules.phases import Phase, phase
from app.core.db import database_now
from app.core.permissions import Actor, Role
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.consultations import make_consultation


def test_staff_find_what_lies_in_their_commune_and_nothing_of_another(session: Session) -> None:
    commune, other = make_commune(session), make_commune(session)
    made = make_consultation(session, commune, phase=Phase.PREPARING)
    assert in_scope(session, make_actor(session, Role.COMMUNE_OFFICER, commune), made.id) is made
    assert in_scope(session, make_actor(session, Role.COMMUNE_OFFICER, other), made.id) is None
    assert in_scope(session, Actor(None, ""), made.id) is None


def test_the_head_of_an_area_reaches_the_published_ones_of_the_commune_at_their_own_place(session: Session) -> None:
    area = make_area(session)
    head = make_actor(session, Role.AREA_HEAD, area)
    assert area.parent
    opened = make_consultation(session, area.parent)
    draft = make_consultation(session, area.parent, phase=Phase.PREPARING)
    found = reached(session, head, opened.id)
    assert found and (found.consultation, found.path) == (opened, area.path)
    assert in_scope(session, head, opened.id) is None
    assert reached(session, head, draft.id) is None
    assert reached(session, make_actor(session, Role.AREA_HEAD, make_area(session)), opened.id) is None
    assert reached(session, Actor(None, ""), opened.id) is None


def test_who_covers_the_commune_reaches_it_at_the_commune(session: Session) -> None:
    commune = make_commune(session)
    made = make_consultation(session, commune, phase=Phase.PREPARING)
    found = reached(session, make_actor(session, Role.OVERSEER, commune), made.id)
    assert found and found.path == commune.path


@pytest.mark.parametrize("wanted", list(Phase))
def test_the_public_sees_every_phase_but_the_preparation(session: Session, wanted: Phase) -> None:
    made = make_consultation(session, make_commune(session), phase=wanted)
    assert (public(session, made.public_id) is made) is (wanted is not Phase.PREPARING)


def test_one_given_up_in_preparation_never_becomes_public(session: Session) -> None:
    values: dict[str, Any] = {"opened_at": None, "opened_by": None}
    made = make_consultation(session, make_commune(session), phase=Phase.WITHDRAWN, **values)
    assert public(session, made.public_id) is None


def test_the_phase_in_sql_is_the_phase_of_the_rule(session: Session) -> None:
    commune = make_commune(session)
    made = [make_consultation(session, commune, phase=one) for one in Phase]
    now = database_now(session)
    assert [phase(one, now) for one in made] == list(Phase)
    for one, wanted in zip(made, Phase, strict=True):
        mine = select(Consultation.id).where(Consultation.area_id == commune.id, phase_is(wanted, now))
        assert session.scalars(mine).all() == [one.id]


REFUSED = {
    Phase.PREPARING: NotPrepared,
    Phase.UPCOMING: NotYetOpen,
    Phase.CLOSED: Closed,
    Phase.ANSWERED: Closed,
    Phase.ADOPTED: Closed,
    Phase.WITHDRAWN: Withdrawn,
}


@pytest.mark.parametrize(("wanted", "refusal"), REFUSED.items())
def test_comments_are_taken_in_the_open_phase_alone(session: Session, wanted: Phase, refusal: type[Exception]) -> None:
    commune = make_commune(session)
    now = database_now(session)
    must_take_comments(make_consultation(session, commune), now)
    with pytest.raises(refusal):
        must_take_comments(make_consultation(session, commune, phase=wanted), now)
