"""A commune and its area, another commune, and who administers them."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.permissions import Actor, Role
from app.identity.models import Account
from tests.support.cast import make_account, make_actor, make_area, make_commune, make_grant

__all__ = ["World", "entries", "head", "world"]


@dataclass
class World:
    """A commune with an area and its administrator; another commune; the province's administrator."""

    session: Session
    commune: Area
    area: Area
    elsewhere: Area
    admin: Actor
    stranger: Actor
    province: Actor


@pytest.fixture
def world(session: Session) -> World:
    commune, other = make_commune(session), make_commune(session, name="Xã Bình Mỹ")
    assert commune.parent is not None
    return World(
        session=session,
        commune=commune,
        area=make_area(session, commune),
        elsewhere=make_area(session, other),
        admin=make_actor(session, Role.COMMUNE_ADMIN, commune),
        stranger=make_actor(session, Role.COMMUNE_ADMIN, other),
        province=make_actor(session, Role.PROVINCE_ADMIN, commune.parent),
    )


@pytest.fixture
def head(world: World) -> Account:
    account = make_account(world.session, login="truongkhupho", totp_secret=b"x", totp_confirmed_at=clock.now())
    make_grant(world.session, account, Role.AREA_HEAD, world.area)
    return account


def entries(session: Session) -> list[AuditEntry]:
    """The record from its beginning."""
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
