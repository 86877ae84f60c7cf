"""Who may call which page of preparing, opening and changing a poll: a table of people and addresses."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.permissions import Role
from app.core.uploads import Upload
from app.polls.models import Poll
from app.polls.operations import changes
from app.polls.operations.attachments import add_document
from tests.support.cast import make_area, make_commune, make_poll
from tests.support.pages import PageClient
from tests.support.polls import PDF, make_scene, new_poll, seen_by, submitted_poll
from tests.support.staff import csrf, sign_in_as

HEAD, FRONT, OFFICER, OVERSEER = Role.AREA_HEAD, Role.FRONT, Role.COMMUNE_OFFICER, Role.OVERSEER
EVERYBODY = set(Role)
PREPARING = {HEAD, FRONT}
# Endpoint: in which state the poll is asked about, and who may. All others are refused with 403.
TABLE: dict[str, tuple[str, set[Role]]] = {
    "index": ("preparing", EVERYBODY),
    "new": ("preparing", PREPARING),
    "hub": ("preparing", EVERYBODY),
    "check": ("preparing", EVERYBODY),
    "download": ("preparing", EVERYBODY),
    "subject": ("preparing", PREPARING),
    "question": ("preparing", PREPARING),
    "roll": ("preparing", PREPARING),
    "secrecy": ("preparing", PREPARING),
    "times": ("preparing", PREPARING),
    "team": ("preparing", PREPARING),
    "documents": ("preparing", PREPARING),
    "remove_document": ("preparing", PREPARING),
    "conditions": ("preparing", PREPARING),
    "condition": ("preparing", PREPARING),
    "remove_condition": ("preparing", PREPARING),
    "rehearsal": ("preparing", PREPARING),
    "submit": ("preparing", PREPARING),
    "discard": ("preparing", PREPARING),
    "confirm": ("submitted", {FRONT}),
    "send_back": ("submitted", PREPARING),
    "extend": ("opened", PREPARING),
    "cancel": ("opened", PREPARING),
    "decide": ("opened", {FRONT, OFFICER}),
    "withdraw": ("opened", PREPARING),
}
ABOUT_ONE = sorted(set(TABLE) - {"index", "new"})
PASSED = {200, 302, 303}


@dataclass
class World:
    session: Session
    area: Area
    polls: dict[str, Poll]
    document_id: int
    change_id: int

    def address(self, app: Flask, name: str) -> tuple[str, str]:
        endpoint = f"polls_staff.{name}"
        [rule] = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]
        values: dict[str, Any] = {
            "public_id": self.polls[TABLE[name][0]].public_id,
            "document_id": self.document_id,
            "change_id": self.change_id,
            "key": "leaders_agree",
        }
        with app.test_request_context():
            path = app.url_for(endpoint, **{argument: values[argument] for argument in rule.arguments})
        return ("GET" if "GET" in (rule.methods or set()) else "POST"), path


@pytest.fixture
def world(app: Flask, session: Session) -> World:
    scene = seen_by(app, make_scene(session, households=3))
    begun, waiting = new_poll(scene), submitted_poll(scene)
    storage = app.extensions["danban"].storage
    document = add_document(
        session, scene.head, begun, storage, kind="reading", title="Báo giá", upload=Upload("a.pdf", PDF)
    )
    opened = make_poll(session, scene.area, status="opened")
    change = changes.request_cancellation(session, scene.head, opened, reason="Câu hỏi ghi nhầm tên đường.")
    session.commit()
    polls = {"preparing": begun, "submitted": waiting, "opened": opened}
    return World(session, scene.area, polls, document.id, change.id)


def call(app: Flask, client: PageClient, world: World, name: str) -> int:
    method, path = world.address(app, name)
    if method == "GET":
        return client.get(path).status_code
    token = csrf(client.get("/staff/tai-khoan-cua-toi"))
    return client.post(path, data={"csrf_token": token}, check=False).status_code


def test_the_table_covers_every_page(app: Flask) -> None:
    served = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] == "polls_staff"}
    assert served == {f"polls_staff.{name}" for name in TABLE}


@pytest.mark.parametrize("role", sorted(Role))
def test_inside_ones_place(app: Flask, client: PageClient, world: World, role: Role) -> None:
    commune = world.area.parent
    assert commune is not None
    province = role is Role.PROVINCE_ADMIN and commune.parent
    below = role in (HEAD, FRONT, Role.TEAM_MEMBER)
    sign_in_as(client, world.session, role, province or (world.area if below else commune))
    wrong = {}
    for name, (_state, may) in TABLE.items():
        status = call(app, client, world, name)
        # Taking back somebody else's request is refused by the act itself.
        expected = {403} if role not in may or name == "withdraw" else PASSED
        if status not in expected:
            wrong[name] = status
    assert wrong == {}


@pytest.mark.parametrize("role", [HEAD, FRONT, OFFICER, OVERSEER])
def test_outside_it_nothing_is_there(app: Flask, client: PageClient, world: World, role: Role) -> None:
    commune = world.area.parent
    elsewhere = make_area(world.session, commune) if role in (HEAD, FRONT) else make_commune(world.session)
    sign_in_as(client, world.session, role, elsewhere)
    assert {name: call(app, client, world, name) for name in ABOUT_ONE} == dict.fromkeys(ABOUT_ONE, 404)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_nobody_signed_in(app: Flask, client: PageClient, world: World, name: str) -> None:
    method, path = world.address(app, name)
    if method == "GET":
        assert client.get(path).location == f"/staff/dang-nhap?next={path}"
        return
    assert client.post(path, check=False).status_code == 400
    token = csrf(client.get("/staff/dang-nhap"))
    assert client.post(path, data={"csrf_token": token}).location == "/staff/dang-nhap"


def test_a_thing_of_another_poll_is_not_found_under_this_one(client: PageClient, world: World) -> None:
    sign_in_as(client, world.session, HEAD, world.area)
    other = world.polls["opened"].public_id
    base = f"/staff/cuoc-bieu-quyet/{other}"
    assert client.get(f"{base}/tai-lieu/{world.document_id}", check=False).status_code == 404
    strange = f"/staff/cuoc-bieu-quyet/{world.polls['submitted'].public_id}/de-nghi/{world.change_id}"
    sign_in_as(client, world.session, FRONT, world.area)
    assert client.get(strange, check=False).status_code == 404


def test_the_public_gets_documents_of_opened_polls_only(client: PageClient, world: World) -> None:
    for poll in world.polls.values():
        address = f"/bieu-quyet/{poll.public_id}/tai-lieu/{world.document_id}"
        assert client.get(address, check=False).status_code == 404
