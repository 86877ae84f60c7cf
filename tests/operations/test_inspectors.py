"""Nobody inspects the committee they belong to."""

from typing import Any

import pytest

from app.areas.models import Area
from app.core.errors import Refusal
from app.core.permissions import Actor, Role
from app.identity.operations.roles import grant_role
from tests.support.administration import World, world
from tests.support.cast import in_days, make_account, make_grant

__all__ = ["world"]
COMMITTEE = [Role.COMMUNE_ADMIN, Role.COMMUNE_OFFICER, Role.LEADER, Role.DESK, Role.MODERATOR]


def give(world: World, account: Any, role: Role, place: Area | None = None) -> None:
    by: Actor = world.province if role in (Role.INSPECTOR, Role.COMMUNE_ADMIN) else world.admin
    grant_role(world.session, by, account, role=role, area=place or world.commune)


@pytest.mark.parametrize("role", COMMITTEE)
def test_whoever_works_for_the_committee_is_not_made_its_inspector(world: World, role: Role) -> None:
    account = make_account(world.session)
    make_grant(world.session, account, role, world.commune)
    with pytest.raises(Refusal, match="không được vừa thanh tra") as refused:
        give(world, account, Role.INSPECTOR)
    assert refused.value.field == "role"
    # From a day that is still to come, too.
    later = make_account(world.session)
    make_grant(world.session, later, role, world.commune, since=in_days(3))
    with pytest.raises(Refusal):
        give(world, later, Role.INSPECTOR)


@pytest.mark.parametrize("role", COMMITTEE)
def test_an_inspector_is_not_taken_into_the_committee(world: World, role: Role) -> None:
    account = make_account(world.session)
    make_grant(world.session, account, Role.INSPECTOR, world.commune)
    with pytest.raises(Refusal, match="không được vừa thanh tra"):
        give(world, account, role)
    if role is Role.MODERATOR:
        with pytest.raises(Refusal):
            give(world, account, role, world.area)


def test_the_administrator_of_the_province_inspects_no_commune_of_it(world: World) -> None:
    account = make_account(world.session)
    assert world.commune.parent is not None
    make_grant(world.session, account, Role.PROVINCE_ADMIN, world.commune.parent)
    with pytest.raises(Refusal):
        give(world, account, Role.INSPECTOR)


def test_the_front_an_overseer_and_who_left_may_inspect(world: World) -> None:
    front, overseer, left, elsewhere = (make_account(world.session) for _ in range(4))
    make_grant(world.session, front, Role.FRONT, world.area)
    make_grant(world.session, overseer, Role.OVERSEER, world.commune)
    make_grant(world.session, left, Role.COMMUNE_OFFICER, world.commune, since=in_days(-9), until=in_days(-1))
    assert world.elsewhere.parent is not None
    make_grant(world.session, elsewhere, Role.COMMUNE_OFFICER, world.elsewhere.parent)
    for account in (front, overseer, left, elsewhere):
        give(world, account, Role.INSPECTOR)
