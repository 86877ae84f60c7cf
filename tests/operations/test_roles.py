"""Roles at places: given, taken away, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Grant, Role
from app.identity import operations, queries
from app.identity.models import Account, RoleGrant
from app.identity.operations.roles import end_of
from tests.support.administration import World, entries, head, world
from tests.support.cast import actor_of, in_days, make_account, make_grant

__all__ = ["head", "world"]


def field(refused: Any) -> str | None:
    found: str | None = refused.value.field
    return found


def grant(world: World, account: Account, by: Actor | None = None, **values: Any) -> RoleGrant:
    defaults: dict[str, Any] = {"role": Role.TEAM_MEMBER, "area": world.area}
    return operations.grant_role(world.session, by or world.admin, account, **defaults | values)


def test_a_role_holds_until_its_last_day_is_over(world: World, head: Account) -> None:
    today = clock.today()
    given = grant(world, head, last_day=today)
    assert given.until == end_of(today)
    before, after = end_of(today) - timedelta(seconds=1), end_of(today)
    assert Grant(Role.TEAM_MEMBER, world.area.path) in queries.actor_for(world.session, head, before).grants
    assert Grant(Role.TEAM_MEMBER, world.area.path) not in queries.actor_for(world.session, head, after).grants
    assert queries.last_day(given) == today
    assert given.granted_by == world.admin.account_id


def test_a_role_that_has_not_begun_or_is_over_gives_nothing(world: World) -> None:
    account = make_account(world.session)
    make_grant(world.session, account, Role.AREA_HEAD, world.area, since=in_days(1))
    make_grant(world.session, account, Role.FRONT, world.area, since=in_days(-2), until=in_days(-1))
    assert queries.actor_for(world.session, account, clock.now()).grants == ()


def test_the_same_role_twice(world: World, head: Account) -> None:
    with pytest.raises(Refusal) as refused:
        grant(world, head, role=Role.AREA_HEAD)
    assert field(refused) == "role"
    make_grant(world.session, head, Role.MODERATOR, world.area, since=in_days(-2), until=in_days(-1))
    grant(world, head, role=Role.MODERATOR)


def test_an_area_that_is_no_more_has_no_roles(world: World, head: Account) -> None:
    world.area.valid_to = clock.today() - timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        grant(world, head)
    assert field(refused) == "place"


def test_roles_are_not_granted_to_oneself_nor_elsewhere(world: World, head: Account) -> None:
    own = world.session.get_one(Account, world.admin.account_id)
    with pytest.raises(Forbidden, match="tự quản trị"):
        grant(world, own)
    with pytest.raises(Forbidden):
        grant(world, head, area=world.elsewhere)
    with pytest.raises(Forbidden):
        grant(world, head, by=world.stranger)
    assert entries(world.session) == []


def test_a_role_taken_away_is_gone_at_once(world: World, head: Account) -> None:
    operations.end_grant(world.session, world.admin, head.grants[0])
    assert queries.actor_for(world.session, head, clock.now()).grants == ()
    assert entries(world.session)[-1].action == "identity.role.end"
    with pytest.raises(WrongMoment):
        operations.end_grant(world.session, world.admin, head.grants[0])


def test_a_role_is_taken_away_by_who_could_have_given_it(world: World, head: Account) -> None:
    for by in (world.stranger, world.province, actor_of(head, Grant(Role.AREA_HEAD, world.area.path))):
        with pytest.raises(Forbidden):
            operations.end_grant(world.session, by, head.grants[0])
    own = world.session.scalars(select(RoleGrant).where(RoleGrant.account_id == world.admin.account_id)).one()
    with pytest.raises(Forbidden):
        operations.end_grant(world.session, world.admin, own)
    operations.end_grant(world.session, world.province, own)


def test_a_role_not_begun_yet_can_be_taken_away(world: World, head: Account) -> None:
    later = make_grant(world.session, head, Role.MODERATOR, world.area, since=in_days(3))
    operations.end_grant(world.session, world.admin, later)
    world.session.flush()
    assert later.until == later.since
