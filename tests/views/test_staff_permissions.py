"""Who may call which page of accounts, of the record and of days off: a table of people and addresses."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.permissions import Role
from app.identity.models import Account
from tests.support.cast import make_account, make_area, make_commune, make_grant
from tests.support.pages import PageClient
from tests.support.passwords import quick_passwords
from tests.support.staff import csrf, sign_in, sign_in_as

__all__ = ["quick_passwords"]
BLUEPRINTS = ("identity", "identity_staff", "audit_staff", "holidays_staff")
# Everybody who is signed in has these for themselves.
OWN = {"identity.account", "identity.change_password", "identity.enrol", "identity.begin_enrolment"}
OWN |= {"identity.end_session", "identity.sign_out", "identity.sign_out_everywhere"}
OPEN = {"identity.sign_in", "identity.second_factor"}
# Who may: the administrator of the commune, of the province, the overseer of the commune, its officer.
# The same people in another place find nothing (404) where the page is about one account, and are as well off
# (their own lists, their own calendar) where it is not.
#                                  admin  province overseer officer
TABLE = {
    "identity_staff.accounts": (200, 200, 200, 403),
    "identity_staff.create": (200, 200, 403, 403),
    "identity_staff.account": (200, 200, 200, 403),
    "identity_staff.edit": (200, 200, 403, 403),
    "identity_staff.grant": (200, 200, 403, 403),
    "identity_staff.end_grant": (303, 403, 403, 403),
    "identity_staff.reset_password": (200, 403, 403, 403),
    "identity_staff.reset_second_factor": (303, 403, 403, 403),
    "identity_staff.disable": (303, 403, 403, 403),
    "identity_staff.enable": (409, 403, 403, 403),
    "audit_staff.entries": (403, 403, 200, 403),
    "audit_staff.export": (403, 403, 200, 403),
    "holidays_staff.year": (200, 200, 200, 200),
    "holidays_staff.add": (200, 200, 403, 403),
    "holidays_staff.load": (303, 303, 403, 403),
    "holidays_staff.remove": (404, 404, 403, 403),
}
PEOPLE = (Role.COMMUNE_ADMIN, Role.PROVINCE_ADMIN, Role.OVERSEER, Role.COMMUNE_OFFICER)
ABOUT_ONE = {name for name in TABLE if name.startswith("identity_staff.")} - {
    "identity_staff.accounts",
    "identity_staff.create",
}


@dataclass
class World:
    session: Session
    commune: Area
    head: Account

    def address(self, app: Flask, endpoint: str) -> tuple[str, str]:
        """Method and path of an endpoint, about the head of the area where it is about somebody."""
        [rule] = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]
        values: dict[str, Any] = {
            "account_id": self.head.id,
            "grant_id": self.head.grants[0].id,
            "session_id": 1,
            "day": "2026-07-05",
        }
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        with app.test_request_context():
            path = app.url_for(endpoint, **{name: values[name] for name in rule.arguments})
        return method, path


@pytest.fixture
def world(session: Session) -> World:
    commune = make_commune(session)
    head = make_account(session, totp_secret=b"x")
    make_grant(session, head, Role.AREA_HEAD, make_area(session, commune))
    session.commit()
    return World(session, commune, head)


def call(app: Flask, client: PageClient, world: World, endpoint: str) -> int:
    method, path = world.address(app, endpoint)
    if method == "GET":
        return client.get(path).status_code
    token = csrf(client.get("/staff/tai-khoan-cua-toi"))
    return client.post(path, data={"csrf_token": token, "year": "2026"}).status_code


def test_the_table_covers_every_page(app: Flask) -> None:
    served = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in BLUEPRINTS}
    assert served == set(TABLE) | OWN | OPEN


@pytest.mark.parametrize(
    ("endpoint", "role", "expected"),
    [(name, role, row[column]) for name, row in TABLE.items() for column, role in enumerate(PEOPLE)],
)
def test_inside_ones_place(
    app: Flask, client: PageClient, world: World, endpoint: str, role: Role, expected: int
) -> None:
    place = world.commune.parent if role is Role.PROVINCE_ADMIN else world.commune
    assert place is not None
    sign_in_as(client, world.session, role, place)
    assert call(app, client, world, endpoint) == expected


@pytest.mark.parametrize("endpoint", sorted(ABOUT_ONE))
@pytest.mark.parametrize("role", [Role.COMMUNE_ADMIN, Role.OVERSEER])
def test_outside_it(app: Flask, client: PageClient, world: World, endpoint: str, role: Role) -> None:
    sign_in_as(client, world.session, role, make_commune(world.session))
    allowed = role is Role.COMMUNE_ADMIN or endpoint == "identity_staff.account"
    # Without the right anywhere, or asked about a thing out of sight: neither tells whether the thing exists.
    assert call(app, client, world, endpoint) in ((404,) if allowed else (403, 404))


@pytest.mark.parametrize("endpoint", sorted(TABLE))
@pytest.mark.parametrize("role", [Role.AREA_HEAD, Role.FRONT, Role.TEAM_MEMBER, Role.MODERATOR])
def test_roles_that_only_look_at_the_calendar(
    app: Flask, client: PageClient, world: World, endpoint: str, role: Role
) -> None:
    sign_in_as(client, world.session, role, world.head.grants[0].area)
    assert call(app, client, world, endpoint) == (200 if endpoint == "holidays_staff.year" else 403)


@pytest.mark.parametrize("endpoint", sorted(set(TABLE) | OWN))
def test_nobody_signed_in(app: Flask, client: PageClient, world: World, endpoint: str) -> None:
    method, path = world.address(app, endpoint)
    if method == "GET":
        assert client.get(path).location == f"/staff/dang-nhap?next={path}"
        return
    assert client.post(path).status_code == 400
    token = csrf(client.get("/staff/dang-nhap"))
    assert client.post(path, data={"csrf_token": token}).location == "/staff/dang-nhap"


@pytest.mark.parametrize("endpoint", sorted(OWN - {"identity.sign_out", "identity.sign_out_everywhere"}))
def test_somebody_without_any_role_has_their_own_account(
    app: Flask, client: PageClient, world: World, endpoint: str
) -> None:
    sign_in(client, world.session, make_account(world.session))
    assert call(app, client, world, endpoint) in (200, 303, 404, 409)
