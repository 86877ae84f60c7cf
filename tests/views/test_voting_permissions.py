"""Who may call which page of the time of voting and of the end of a poll: a table of people and addresses."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.permissions import Role
from app.polls.models import Poll
from app.polls.views_papers import PAPERS
from tests.support.cast import make_account, make_area, make_commune, make_grant
from tests.support.counting import counted, ended, voting
from tests.support.pages import PageClient
from tests.support.staff import csrf, sign_in, sign_in_as

HEAD, FRONT, OFFICER, TEAM = Role.AREA_HEAD, Role.FRONT, Role.COMMUNE_OFFICER, Role.TEAM_MEMBER
EVERYBODY = set(Role)
PREPARING = {HEAD, FRONT}
DELIVERING = PREPARING | {TEAM}
RELEASING = PREPARING | {OFFICER}
SEEING_MINUTES = RELEASING | {Role.OVERSEER}
# Endpoint: in which state the poll is asked about, and who may. All others are refused with 403.
TABLE: dict[str, tuple[str, set[Role]]] = {
    "polls_voting.overview": ("voting", DELIVERING),
    "polls_voting.issue": ("voting", PREPARING),
    "polls_voting.reprint": ("voting", PREPARING),
    "polls_voting.reissue": ("voting", PREPARING),
    "polls_voting.hand_over": ("voting", DELIVERING),
    "polls_voting.delivery_list": ("voting", DELIVERING),
    "polls_voting.turnout": ("voting", EVERYBODY),
    "polls_voting.wall": ("voting", EVERYBODY),
    "polls_voting.absent": ("voting", DELIVERING),
    "polls_voting.call_back": ("ended", SEEING_MINUTES),
    "polls_result.overview": ("counted", EVERYBODY),
    "polls_result.release": ("ended", RELEASING),
    "polls_result.recount": ("ended", RELEASING),
    "polls_result.explain": ("ended", RELEASING),
    "polls_result.write": ("counted", PREPARING),
    "polls_result.sign": ("counted", PREPARING),
    "polls_result.send": ("counted", {HEAD}),
    "polls_result.receive": ("counted", {OFFICER}),
    "polls_result.opinions": ("counted", PREPARING),
    **{
        f"polls_papers.paper {name}": (
            "counted",
            SEEING_MINUTES if "van-ban" in name or "danh-sach" in name else EVERYBODY,
        )
        for name in PAPERS
    },
}
# In the state they are asked in, these are refused by the act itself: nothing failed, nothing is written or sent.
TOO_EARLY = {"polls_result.recount", "polls_result.receive", "polls_result.sign"}


@dataclass
class World:
    session: Session
    area: Area
    polls: dict[str, Poll]

    def address(self, app: Flask, name: str) -> tuple[str, str]:
        endpoint, _, paper = name.partition(" ")
        [rule] = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]
        values: dict[str, Any] = {"public_id": self.polls[TABLE[name][0]].public_id}
        values |= {"name": paper} if paper else {}
        with app.test_request_context():
            path = app.url_for(endpoint, **values)
        return ("GET" if "GET" in (rule.methods or set()) else "POST"), path


@pytest.fixture
def world(session: Session) -> World:
    area = make_area(session)
    polls = {"voting": voting(session, 3, area).poll}
    for state, make in (("ended", ended), ("counted", counted)):
        polls[state] = make(session, 4, 3, ["Nên lắp đèn."], public_id=f"cuoc-{state}").poll
    for one in polls.values():
        one.area_id = area.id
    session.commit()
    return World(session, area, polls)


def call(app: Flask, client: PageClient, world: World, name: str) -> int:
    method, path = world.address(app, name)
    if method == "GET":
        return client.get(path, check=False).status_code
    token = csrf(client.get("/staff/tai-khoan-cua-toi"))
    return client.post(path, data={"csrf_token": token}, check=False).status_code


def test_the_table_covers_every_page(app: Flask) -> None:
    blueprints = {"polls_voting", "polls_result", "polls_papers"}
    served = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in blueprints}
    assert served == {name.split(" ")[0] for name in TABLE}


@pytest.mark.parametrize("role", sorted(Role))
def test_inside_ones_place(app: Flask, client: PageClient, world: World, role: Role) -> None:
    commune = world.area.parent
    assert commune is not None
    province = role is Role.PROVINCE_ADMIN and commune.parent
    sign_in_as(client, world.session, role, province or (world.area if role in DELIVERING else commune))
    found = {name: call(app, client, world, name) for name in TABLE}
    expected = {
        name: 403 if role not in may else (409 if name in TOO_EARLY else 200) for name, (_state, may) in TABLE.items()
    }
    assert found == expected


@pytest.mark.parametrize("role", [HEAD, FRONT, OFFICER, TEAM, Role.OVERSEER])
def test_outside_it_nothing_is_there(app: Flask, client: PageClient, world: World, role: Role) -> None:
    commune = world.area.parent
    sign_in_as(
        client,
        world.session,
        role,
        make_area(world.session, commune) if role in DELIVERING else make_commune(world.session),
    )
    assert {name: call(app, client, world, name) for name in TABLE} == dict.fromkeys(TABLE, 404)


def test_a_role_that_ended_opens_nothing(app: Flask, client: PageClient, world: World) -> None:
    account = make_account(world.session)
    grant = make_grant(world.session, account, FRONT, world.area)
    sign_in(client, world.session, account)
    assert call(app, client, world, "polls_result.release") == 200
    grant.until = grant.since
    world.session.commit()
    assert call(app, client, world, "polls_result.release") == 404


@pytest.mark.parametrize("name", sorted(TABLE))
def test_nobody_signed_in(app: Flask, client: PageClient, world: World, name: str) -> None:
    method, path = world.address(app, name)
    if method == "GET":
        assert client.get(path).location == f"/staff/dang-nhap?next={path}"
        return
    assert client.post(path, check=False).status_code == 400
    token = csrf(client.get("/staff/dang-nhap"))
    assert client.post(path, data={"csrf_token": token}).location == "/staff/dang-nhap"


@pytest.mark.parametrize("paper", ["khong-co.pdf", "van-ban.exe", "..%2f..%2fetc", "THONG-BAO.PDF"])
def test_an_unknown_paper_is_not_there(client: PageClient, world: World, paper: str) -> None:
    sign_in_as(client, world.session, HEAD, world.area)
    poll = world.polls["counted"].public_id
    assert client.get(f"/staff/cuoc-bieu-quyet/{poll}/giay-to/{paper}", check=False).status_code == 404
