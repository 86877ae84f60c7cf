"""However administrators work together on accounts, nobody ever gains a right by their own hand."""

import itertools
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.db import Database
from app.core.errors import Refusal
from app.core.permissions import Actor, Role, covers
from app.identity import operations, queries
from app.identity.models import Account, RoleGrant
from tests.support.cast import in_days, make_account, make_area, make_commune, make_grant
from tests.support.passwords import quick_passwords

_logins = (f"nguoimoi{n}" for n in itertools.count())
__all__ = ["quick_passwords"]
ROLES = list(Role)
RANK = {Role.PROVINCE_ADMIN: 2, Role.COMMUNE_ADMIN: 1}
Right = tuple[str, str]


def make_world(session: Session) -> tuple[list[Area], list[int]]:
    """A province with two communes of one area each, and somebody in every role at every place that has it."""
    first, second = make_commune(session), make_commune(session)
    assert first.parent is not None
    places = [first.parent, first, make_area(session, first), second, make_area(session, second)]
    people = []
    for place, role in itertools.product(places[:3], (Role.PROVINCE_ADMIN, Role.COMMUNE_ADMIN, Role.FRONT)):
        account = make_account(session)
        make_grant(session, account, role, place)
        people.append(account.id)
    return places, people


def rights(session: Session, account_id: int) -> set[Right]:
    """Everything the account may do now or later, place by place."""
    held = queries.grants_of(session, account_id, queries.outstanding(clock.now()))
    return {(permission, grant.path) for grant in held for permission in grant.permissions}


def grant(session: Session, by: Actor, account: Account, role: Role, place: Area) -> None:
    operations.grant_role(session, by, account, role=role, area=place)


def end(session: Session, by: Actor, account: Account, role: Role, place: Area) -> None:
    for one in session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)):
        operations.end_grant(session, by, one)


def create(session: Session, by: Actor, account: Account, role: Role, place: Area) -> None:
    operations.create_account(session, by, login=next(_logins), full_name="Người mới", role=role, area=place)


def take_over(session: Session, by: Actor, account: Account, role: Role, place: Area) -> None:
    theirs = queries.grants_of(session, account.id, queries.outstanding(clock.now()))
    operations.reset_password(session, by, account)
    # To hold somebody's password is to have their rights: those of an equal, or of somebody elsewhere, are never had.
    for taken in theirs:
        above = [g for g in by.grants if covers(g.path, taken.path) and RANK.get(g.role, 0) > RANK.get(taken.role, 0)]
        assert above, f"{by.grants} took over {taken}"


ACTS: list[Callable[[Session, Actor, Account, Role, Area], None]] = [grant, end, create, take_over]
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), *(st.integers(0, 8) for _ in range(2)), st.sampled_from(ROLES), st.integers(0, 4)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_nobody_raises_their_own_rights(database: Database, taken: list[Any]) -> None:
    session = database.session()
    try:
        places, people = make_world(session)
        for act, who, whom, role, where in taken:
            own = session.get_one(Account, people[who])
            other = session.get_one(Account, people[whom])
            by = queries.actor_for(session, own, clock.now())
            before = rights(session, own.id)
            try:
                with session.begin_nested():
                    act(session, by, other, role, places[where])
            except Refusal:
                pass
            session.expire_all()
            assert rights(session, own.id) <= before, f"{act.__name__} raised the rights of who did it"
    finally:
        session.rollback()
        session.close()


def test_the_world_can_tell(session: Session) -> None:
    places, people = make_world(session)
    account = session.get_one(Account, people[0])
    before = rights(session, account.id)
    make_grant(session, account, Role.FRONT, places[2], until=in_days(2))
    assert not rights(session, account.id) <= before
