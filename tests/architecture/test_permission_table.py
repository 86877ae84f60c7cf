"""Who may call what: one table of roles and addresses, held against the whole application with real rows behind it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.db import Database
from app.core.permissions import Role
from app.web import errors
from app.web.access import access_of
from tests.architecture import (
    rights_consultations,
    rights_feedback,
    rights_moderation,
    rights_payments,
    rights_publication,
)
from tests.support.caller import Caller
from tests.support.cast import make_province
from tests.support.databases import SavepointDatabase
from tests.support.staff import sign_in
from tests.support.whole import BELOW, PHASES, Whole, come, make_whole

P, A, C, H, F, T, M, O, L, D, I = "PACHFTMOLDI"  # noqa: E741 - one letter a role keeps the table readable
ROLES = {
    P: Role.PROVINCE_ADMIN, A: Role.COMMUNE_ADMIN, C: Role.COMMUNE_OFFICER, H: Role.AREA_HEAD, F: Role.FRONT,
    T: Role.TEAM_MEMBER, M: Role.MODERATOR, O: Role.OVERSEER, L: Role.LEADER, D: Role.DESK, I: Role.INSPECTOR,
}  # fmt: skip
ALL, NOBODY, NO = "PACHFTMOLDI", "", None
OWN = "own"
# Further slices have tables of their own: ``rights_*.py`` beside this file.
# Endpoint: what the address is about (a phase of a poll, "area" or "commune" or "account" for something of a place,
# "list" for what each sees of their own places, "own" for oneself), who may GET, who may POST; None: no such method.
TABLE: dict[str, tuple[str, str | None, str | None]] = {
    "areas_staff.places": ("list", ALL, NO),
    "areas_staff.place": ("area", ALL, NO),
    "areas_staff.new": ("commune", "PA", "PA"),
    "areas_staff.edit": ("area", "PA", "PA"),
    "areas_staff.end": ("area", "PA", "PA"),
    "audit_staff.entries": ("list", "O", NO),
    "audit_staff.export": ("list", NO, "O"),
    "holidays_staff.year": ("list", ALL, NO),
    "holidays_staff.add": ("list", "PA", "PA"),
    "holidays_staff.load": ("list", NO, "PA"),
    "holidays_staff.remove": ("list", NO, "PA"),
    "home_staff.index": (OWN, ALL, NO),
    "households_staff.index": ("list", "ACHFTO", NO),
    "households_staff.households": ("area", "ACHFTO", NO),
    "households_staff.add": ("area", "ACH", "ACH"),
    "households_staff.rule": ("area", "ACH", "ACH"),
    "households_staff.household": ("area", "ACHFTO", NO),
    "households_staff.edit": ("area", "ACH", "ACH"),
    "households_staff.representative": ("area", "ACH", "ACH"),
    "households_staff.end": ("area", "ACH", "ACH"),
    "households_import.upload": ("area", "ACH", "ACH"),
    "households_import.review": ("area", "ACH", NO),
    "households_import.columns": ("area", "ACH", "ACH"),
    "households_import.commit": ("area", NO, "ACH"),
    "households_import.discard": ("area", NO, "ACH"),
    "households_import.undo": ("area", NO, "ACH"),
    "identity.account": (OWN, ALL, NO),
    "identity.change_password": (OWN, ALL, ALL),
    "identity.enrol": (OWN, ALL, ALL),
    "identity.begin_enrolment": (OWN, NO, ALL),
    "identity.end_session": (OWN, NO, ALL),
    "identity.sign_out": (OWN, NO, ALL),
    "identity.sign_out_everywhere": (OWN, NO, ALL),
    "identity_staff.accounts": ("list", "PAO", NO),
    "identity_staff.create": ("list", "PA", "PA"),
    "identity_staff.account": ("account", "PAO", NO),
    # The administrator of the province makes those of communes, and nobody below them.
    "identity_staff.edit": ("account", "PA", "PA"),
    "identity_staff.grant": ("account", "PA", "PA"),
    "identity_staff.end_grant": ("account", NO, "A"),
    "identity_staff.reset_password": ("account", NO, "A"),
    "identity_staff.reset_second_factor": ("account", NO, "A"),
    "identity_staff.disable": ("account", NO, "A"),
    "identity_staff.enable": ("account", NO, "A"),
    "notifications_staff.messages": ("list", "AO", NO),
    "polls_counter.counter": ("voting", "HFT", NO),
    "polls_counter.assist": ("voting", NO, "HFT"),
    "polls_papers.paper": ("voting", ALL, NO),
    "polls_result.overview": ("counted", ALL, NO),
    "polls_result.release": ("ended", "CHF", "CHF"),
    "polls_result.recount": ("ended", NO, "CHF"),
    "polls_result.explain": ("ended", "CHF", "CHF"),
    "polls_result.write": ("counted", "HF", "HF"),
    "polls_result.sign": ("counted", "HF", "HF"),
    "polls_result.opinions": ("counted", "HF", "HF"),
    "polls_result.send": ("decided", "H", "H"),
    "polls_result.receive": ("decided", NO, "C"),
    "polls_staff.index": ("list", ALL, NO),
    "polls_staff.new": ("list", "HF", "HF"),
    "polls_staff.hub": ("preparing", ALL, NO),
    "polls_staff.check": ("preparing", ALL, NO),
    "polls_staff.download": ("preparing", ALL, NO),
    "polls_staff.subject": ("preparing", "HF", "HF"),
    "polls_staff.question": ("preparing", "HF", "HF"),
    "polls_staff.roll": ("preparing", "HF", "HF"),
    "polls_staff.secrecy": ("preparing", "HF", "HF"),
    "polls_staff.times": ("preparing", "HF", "HF"),
    "polls_staff.team": ("preparing", "HF", "HF"),
    "polls_staff.documents": ("preparing", "HF", "HF"),
    "polls_staff.remove_document": ("preparing", NO, "HF"),
    "polls_staff.conditions": ("preparing", "HF", NO),
    "polls_staff.condition": ("preparing", "HF", "HF"),
    "polls_staff.remove_condition": ("preparing", NO, "HF"),
    "polls_staff.rehearsal": ("preparing", "HF", "HF"),
    "polls_staff.submit": ("preparing", "HF", "HF"),
    "polls_staff.discard": ("preparing", "HF", "HF"),
    "polls_staff.confirm": ("submitted", "F", "F"),
    "polls_staff.send_back": ("submitted", "HF", "HF"),
    "polls_staff.extend": ("voting", "HF", "HF"),
    "polls_staff.cancel": ("voting", "HF", "HF"),
    "polls_staff.decide": ("voting", "CF", "CF"),
    # A request is taken back by the very person who made it.
    "polls_staff.withdraw": ("voting", NO, NOBODY),
    "polls_voting.overview": ("voting", "HFT", NO),
    "polls_voting.issue": ("voting", "HF", "HF"),
    "polls_voting.reprint": ("voting", "HF", "HF"),
    "polls_voting.reissue": ("voting", "HF", "HF"),
    "polls_voting.hand_over": ("voting", "HFT", "HFT"),
    "polls_voting.delivery_list": ("voting", "HFT", NO),
    "polls_voting.turnout": ("voting", ALL, NO),
    "polls_voting.wall": ("voting", ALL, NO),
    "polls_voting.absent": ("voting", "HFT", "HFT"),
    "polls_voting.call_back": ("ended", "CHFO", "CHFO"),
    **rights_consultations.TABLE,
    **rights_moderation.TABLE,
    **rights_feedback.TABLE,
    **rights_payments.TABLE,
    **rights_publication.TABLE,
}
# Anybody, without signing in. The household's slip is all that its pages ask for.
OPEN = {
    "home.index", "home.place", "identity.second_factor", "identity.sign_in", "polls_ballot.check",
    "polls_ballot.check_receipt", "polls_ballot.checked_receipt", "polls_ballot.choose", "polls_ballot.code",
    "polls_ballot.edit", "polls_ballot.enter_code", "polls_ballot.leave", "polls_ballot.open_slip",
    "polls_ballot.receipt", "polls_ballot.send", "polls_ballot.send_again", "polls_ballot.start",
    "polls_documents.document", "polls_public.poll", "web.asset", "web.health", "web.icon", "web.page",
    "web.set_display", "web.set_language",
    *rights_consultations.OPEN, *rights_feedback.OPEN, *rights_moderation.OPEN, *rights_payments.OPEN,
    *rights_publication.OPEN,
}  # fmt: skip
# An overseer's own account, and two ways to take something along: that it was taken stands in the record.
TAKEN_ALONG = {"audit_staff.export", "polls_voting.call_back"}
# What those may leave behind.
RECORDED = {"audit_entry", "try_counter"}

Call = tuple[str, str, str]


def calls(app: Flask, whole: Whole) -> Iterator[tuple[Call, str, str]]:
    """Every call of the table with the people who may make it and its address."""
    for endpoint, (about, get, post) in TABLE.items():
        for method, may in (("GET", get), ("POST", post)):
            if may is not None:
                yield (endpoint, method, about), may, whole.address(app, endpoint, about)


@pytest.fixture(scope="module")
def database(_savepoints: SavepointDatabase) -> Iterator[SavepointDatabase]:
    """One for the whole table: making everything takes longer than asking hundreds of questions about it."""
    with _savepoints.begin():
        yield _savepoints


@pytest.fixture(scope="module")
def app(_application: Flask, database: Database) -> Iterator[Flask]:
    services = replace(_application.extensions["danban"], database=database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(_application.extensions, "danban", services)
        # What a refusal looks like has tests of its own; here thousands are refused, and only how is asked.
        patch.setattr(errors, "page", lambda status, message=None: ("", status))
        yield _application


@pytest.fixture(scope="module")
def scene(app: Flask, database: Database) -> Iterator[Whole]:
    with database.session() as session:
        yield make_whole(app, session)


@pytest.fixture
def session(scene: Whole, database: SavepointDatabase) -> Iterator[Session]:
    """What a test adds to the scene is undone."""
    with database.undone(), database.session() as session:
        yield session


@pytest.fixture
def whole(scene: Whole, session: Session) -> Whole:
    return replace(scene, session=session, area=session.get_one(Area, scene.area.id))


@pytest.fixture
def caller(app: Flask, database: Database) -> Caller:
    return Caller(app, database)


def wrong(found: dict[Call, int], expected: dict[Call, set[int]]) -> dict[Call, tuple[int, set[int]]]:
    return {call: (status, expected[call]) for call, status in found.items() if status not in expected[call]}


ALLOWED = set(range(200, 500)) - {401, 403, 404, 405}


def test_every_endpoint_stands_in_the_table(app: Flask) -> None:
    served: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        served.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    listed = {name: {m for m, may in (("GET", get), ("POST", post)) if may is not None}
              for name, (_about, get, post) in TABLE.items()}  # fmt: skip
    assert {name: methods for name, methods in served.items() if name not in OPEN} == listed
    assert served.keys() >= OPEN
    assert {name for name in served if getattr(access_of(app, name), "kind", "") == "public"} == OPEN


@pytest.mark.parametrize("letter", sorted(ROLES))
def test_inside_their_place(app: Flask, session: Session, whole: Whole, caller: Caller, letter: str) -> None:
    sign_in(caller.client, session, come(session, whole, ROLES[letter]))
    caller.begin()
    found, expected, left = {}, {}, {}
    for call, may, path in list(calls(app, whole)):
        found[call], _location, left[call] = caller.call(call[1], path)
        expected[call] = ALLOWED if letter in may else {403}
        if call[2] == "commune" and ROLES[letter] in BELOW:
            expected[call] = {404}
    # No such day off is on the calendar; no role has anything to do with that.
    expected["holidays_staff.remove", "POST", "list"] |= {404} if letter in "PA" else set()
    # Of oneself: the session of another is not found.
    expected["identity.end_session", "POST", OWN] = ALLOWED | {404}
    assert wrong(found, expected) == {}
    assert {call: tables for call, tables in left.items() if tables and found[call] in (403, 404)} == {}


@pytest.mark.parametrize("letter", sorted(ROLES))
def test_from_elsewhere_nothing_is_there(
    app: Flask, session: Session, whole: Whole, caller: Caller, letter: str
) -> None:
    make_province(session, "01", "Thành phố Hà Nội")
    sign_in(caller.client, session, come(session, whole, ROLES[letter], whole.elsewhere(ROLES[letter])))
    caller.begin()
    asked = {call: path for call, _may, path in calls(app, whole) if call[2] not in ("list", OWN)}
    answers = {call: caller.call(call[1], path) for call, path in asked.items()}
    found = {call: status for call, (status, _location, _left) in answers.items()}
    # This one asks for the right first: who nowhere may manage accounts learns nothing of them either way.
    expected = {call: {404} for call in found}
    expected["identity_staff.end_grant", "POST", "account"] = {404 if letter in "PA" else 403}
    assert wrong(found, expected) == {}
    assert {call for call, answer in answers.items() if answer[2]} == set()


def test_nobody_signed_in_is_led_to_sign_in(app: Flask, whole: Whole, caller: Caller) -> None:
    caller.begin()
    found = {call: caller.call(call[1], path) for call, _may, path in list(calls(app, whole))}
    assert {call: answer for call, answer in found.items()
            if answer[0] != 303 or not answer[1].startswith("/staff/dang-nhap") or answer[2]} == {}  # fmt: skip


def test_an_overseer_sees_and_changes_nothing(app: Flask, session: Session, whole: Whole, caller: Caller) -> None:
    sign_in(caller.client, session, come(session, whole, Role.OVERSEER))
    caller.begin()
    for (endpoint, method, about), may, path in list(calls(app, whole)):
        if method != "POST" or about == OWN:
            continue
        status, _location, changed = caller.call(method, path)
        assert (status == 403) == (endpoint not in TAKEN_ALONG) == (O not in may), endpoint
        assert changed <= (RECORDED if endpoint in TAKEN_ALONG else set()), (endpoint, changed)


def test_an_overseer_sees_every_poll_in_every_phase(app: Flask, session: Session, whole: Whole, caller: Caller) -> None:
    sign_in(caller.client, session, come(session, whole, Role.OVERSEER))
    pages = {("polls_staff.hub", phase) for phase in PHASES}
    pages |= {(name, phase) for name in ("polls_result.overview", "polls_voting.turnout") for phase in PHASES[2:]}
    addresses = {page: whole.address(app, *page) for page in pages}
    found = {page: caller.call("GET", path)[0] for page, path in addresses.items()}
    assert found == dict.fromkeys(pages, 200)
