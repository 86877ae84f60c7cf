"""What somebody with one role tries: fields nobody offered, things of others, a session that should be over."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import clock
from app.core.permissions import Role
from app.households.models import Household, RollImport
from app.identity.models import RoleGrant, StaffSession
from app.polls.models import Poll, PollChange, PollDocument
from tests.support.caller import dump
from tests.support.cast import make_account, make_area, make_grant, make_household
from tests.support.passwords import QUICK, quick_passwords
from tests.support.staff import csrf, sign_in, sign_in_as
from tests.support.tables import csv_file
from tests.support.whole import Whole, come, make_whole

__all__ = ["quick_passwords"]
OWN = "/staff/tai-khoan-cua-toi"
PASSWORD = "mua nang len"
EXTRA = {
    "status": "opened", "opened_at": "2026-01-01", "confirmed_by": "1", "submitted_by": "1", "roll_size": "1",
    "public_id": "minepollmine", "area_id": "1", "rule_key": "clause6", "level": "open", "custody": "none", "id": "1",
    "created_by": "1", "account_id": "1", "role": "province_admin", "path": "79", "password_hash": "x", "login": "toi",
    "must_change_password": "0", "disabled_at": "", "totp_confirmed_at": "2026-01-01", "version_id": "1",
    "requested_by": "1", "requested_body": "front", "decided_by": "1", "body": "front", "household_id": "1",
}  # fmt: skip


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return FlaskClient(app, use_cookies=True)


@pytest.fixture
def whole(app: Flask, session: Session) -> Whole:
    return make_whole(app, session)


def send(client: FlaskClient, path: str, /, **values: Any) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf(client.get(OWN))} | values)


# -------------------------------------------------------------------------------------- fields nobody offered


def columns(session: Session, thing: Any) -> dict[str, Any]:
    session.expire_all()
    return {column.name: getattr(thing, column.name) for column in thing.__table__.columns}


def changed(session: Session, thing: Any, before: dict[str, Any]) -> set[str]:
    return {name for name, value in columns(session, thing).items() if value != before[name]}


def test_a_question_changes_the_question_alone(app: Flask, session: Session, whole: Whole, client: FlaskClient) -> None:
    poll = whole.polls["preparing"]
    sign_in(client, session, come(session, whole, Role.AREA_HEAD))
    before = columns(session, poll)
    sound = {"title": "Lắp đèn", "question": "Ông/Bà có đồng ý lắp đèn không?", "summary": "Mười đèn."}
    path = whole.address(app, "polls_staff.question", "preparing")
    assert send(client, path, **EXTRA | sound, version=str(poll.version)).status_code == 303
    assert changed(session, poll, before) == {"title", "question", "summary", "version"}


def test_a_household_changes_in_what_its_form_offers(
    app: Flask, session: Session, whole: Whole, client: FlaskClient
) -> None:
    home = session.get_one(Household, whole.names["household_id"])
    sign_in(client, session, come(session, whole, Role.AREA_HEAD))
    before = columns(session, home)
    more = {"started_at": "2020-01-01", "ended_at": "2020-01-01", "position": "99", "area": "1"}
    path = whole.address(app, "households_staff.edit")
    assert send(client, path, **EXTRA | more, number="5A", address="Số 5", cluster="Ngõ 1").status_code == 303
    assert changed(session, home, before) <= {"number", "address", "cluster", "search", "position"}
    session.expire_all()
    assert (home.area_id, home.ended_at) == (before["area_id"], None)


def test_a_place_stays_where_it_is(app: Flask, session: Session, whole: Whole, client: FlaskClient) -> None:
    sign_in(client, session, come(session, whole, Role.COMMUNE_ADMIN))
    before = columns(session, whole.area)
    more = {"parent_id": "1", "level": "province", "kind": "thanh_pho", "valid_to": "2020-01-01", "legal_type": "thon"}
    path = whole.address(app, "areas_staff.edit")
    assert send(client, path, **EXTRA | more, name="khu phố Mới").status_code == 303
    assert changed(session, whole.area, before) <= {"name", "search"}


def test_an_account_gains_nothing_with_its_name(
    app: Flask, session: Session, whole: Whole, client: FlaskClient
) -> None:
    sign_in(client, session, come(session, whole, Role.COMMUNE_ADMIN))
    before, held = columns(session, whole.person), session.query(RoleGrant).count()
    path = whole.address(app, "identity_staff.edit")
    assert send(client, path, **EXTRA, full_name="Tên Mới", phone="").status_code == 303
    assert changed(session, whole.person, before) == {"full_name", "search", "sort_key"}
    assert session.query(RoleGrant).count() == held


# ------------------------------------------------------------------------------- things of others, by number


def test_numbers_next_to_ones_own_lead_nowhere(app: Flask, session: Session, whole: Whole, client: FlaskClient) -> None:
    """Rows are numbered one after the other; whoever counts on finds nothing of the area next door."""
    mine = make_area(session, whole.commune)
    own = make_household(session, mine)
    sign_in(client, session, come(session, whole, Role.AREA_HEAD, mine))
    assert client.get(f"/staff/ho-gia-dinh/{own.id}").status_code == 200
    poll = whole.polls["voting"].public_id
    guesses = [f"/staff/ho-gia-dinh/{home.id}" for home in session.scalars(select(Household)) if home.id != own.id]
    guesses += [f"/staff/ho-gia-dinh/nhap/{kept.id}" for kept in session.scalars(select(RollImport))]
    guesses += [f"/staff/cuoc-bieu-quyet/{found.public_id}" for found in session.scalars(select(Poll))]
    guesses += [f"/staff/cuoc-bieu-quyet/{poll}/tai-lieu/{one.id}" for one in session.scalars(select(PollDocument))]
    guesses += [f"/bieu-quyet/{poll}/tai-lieu/{one.id}" for one in session.scalars(select(PollDocument))]
    guesses += [f"/staff/dia-ban/{whole.area.code}", f"/staff/ho-gia-dinh/dia-ban/{whole.area.code}"]
    assert len(guesses) > 12
    assert {path: client.get(path).status_code for path in guesses} == dict.fromkeys(guesses, 404)
    change = session.scalars(select(PollChange)).one()
    assert send(client, f"/staff/cuoc-bieu-quyet/{poll}/de-nghi/{change.id}", answer="accept").status_code == 404


def test_a_thing_of_one_poll_is_not_there_under_another(
    app: Flask, session: Session, whole: Whole, client: FlaskClient
) -> None:
    sign_in(client, session, come(session, whole, Role.FRONT))
    document, change = whole.names["document_id"], whole.names["change_id"]
    for phase, poll in whole.polls.items():
        base = f"/staff/cuoc-bieu-quyet/{poll.public_id}"
        status = client.get(f"{base}/tai-lieu/{document}").status_code
        assert status == (200 if phase == "preparing" else 404)
        assert (send(client, f"{base}/de-nghi/{change}").status_code == 404) == (phase != "voting")


def test_anothers_session_is_not_ended(app: Flask, session: Session, whole: Whole, client: FlaskClient) -> None:
    sign_in(client, session, come(session, whole, Role.COMMUNE_ADMIN))
    other = session.get_one(StaffSession, whole.names["session_id"])
    assert send(client, f"{OWN}/phien/{other.id}/ket-thuc").status_code == 404
    session.expire_all()
    assert other.ended_at is None


def test_a_file_that_names_another_area_writes_nothing_there(
    app: Flask, session: Session, whole: Whole, client: FlaskClient
) -> None:
    next_door = make_area(session, whole.commune, name="khu phố Sen Hồng")
    make_household(session, next_door, name="Lê Thị Sen", number="1")
    sign_in(client, session, come(session, whole, Role.AREA_HEAD))
    rows = [("STT", "Họ và tên chủ hộ", "Địa chỉ thường trú", "Thôn"), ("1", "Kẻ Gian", "Số 1", "khu phố Sen Hồng")]
    token = csrf(client.get(OWN))
    sent = {"csrf_token": token, "file": (BytesIO(csv_file(rows)), "ds.csv")}
    answer = client.post(whole.address(app, "households_import.upload"), data=sent)
    page = client.get(answer.location)
    assert "khu phố Sen Hồng" in page.text.replace("Khu", "khu") and "không có quyền" in page.text
    number = re.search(r"/nhap/(\d+)", answer.location)
    assert number is not None
    send(client, f"/staff/ho-gia-dinh/nhap/{number[1]}/ghi", without_faulty="1", end_gone="1")
    names = [person.full_name for home in session.scalars(select(Household)) for person in home.representatives]
    assert "Kẻ Gian" not in names


# ---------------------------------------------------------------------------------- a session that is over


def test_a_role_that_ends_in_the_middle_of_work_ends_the_work(
    app: Flask, session: Session, whole: Whole, client: FlaskClient
) -> None:
    head = come(session, whole, Role.AREA_HEAD)
    sign_in(client, session, head)
    token = csrf(client.get(OWN))
    yesterday = clock.now() - timedelta(hours=1)
    session.execute(update(RoleGrant).where(RoleGrant.account_id == head.id).values(until=yesterday))
    session.commit()
    before = {name: rows for name, rows in dump(session).items() if name != "staff_session"}
    path = whole.address(app, "polls_staff.question", "preparing")
    sent = {"csrf_token": token, "title": "Khác", "question": "Khác?", "version": "1"}
    assert client.post(path, data=sent).status_code == 404
    assert client.get(whole.address(app, "households_staff.household")).status_code == 404
    session.expire_all()
    assert {name: rows for name, rows in dump(session).items() if name != "staff_session"} == before


def test_an_account_disabled_in_the_middle_of_work(
    app: Flask, session: Session, whole: Whole, client: FlaskClient
) -> None:
    head = come(session, whole, Role.AREA_HEAD)
    sign_in(client, session, head)
    token = csrf(client.get(OWN))
    admin = FlaskClient(app, use_cookies=True)
    sign_in(admin, session, come(session, whole, Role.COMMUNE_ADMIN))
    assert send(admin, f"/staff/tai-khoan/{head.id}/khoa").status_code == 303
    path = whole.address(app, "polls_staff.question", "preparing")
    answer = client.post(path, data={"csrf_token": token, "title": "Khác", "question": "Khác?", "version": "1"})
    assert (answer.status_code, answer.location) == (303, "/staff/dang-nhap")
    session.expire_all()
    assert whole.polls["preparing"].title != "Khác"


def test_a_key_known_before_signing_in_is_worth_nothing_after(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    account = make_account(session, login="canbo", password_hash=QUICK.hash(PASSWORD))
    make_grant(session, account, Role.OVERSEER, make_area(session))
    session.commit()
    page = client.get("/staff/dang-nhap")
    planted = client.get_cookie("danban_staff", path="/staff")
    assert planted is not None
    sent = {"csrf_token": csrf(page), "login": "canbo", "password": PASSWORD}
    assert client.post("/staff/dang-nhap", data=sent).status_code == 303
    assert client.get(OWN).status_code == 200
    thief = FlaskClient(app, use_cookies=True)
    thief.set_cookie("danban_staff", planted.value, path="/staff")
    assert thief.get(OWN).status_code == 303


def test_signing_out_ends_the_copies_too(app: Flask, session: Session, whole: Whole, client: FlaskClient) -> None:
    sign_in_as(client, session, Role.OVERSEER, whole.area)
    client.get(OWN)
    copied = client.get_cookie("danban_staff", path="/staff")
    assert copied is not None
    assert send(client, "/staff/dang-xuat").status_code == 303
    thief = FlaskClient(app, use_cookies=True)
    thief.set_cookie("danban_staff", copied.value, path="/staff")
    assert thief.get(OWN).status_code == 303


# ------------------------------------------------------------------------------------- which logins exist


def test_signing_in_never_tells_which_logins_exist(app: Flask, session: Session) -> None:
    """Try by try, until the lock: a login somebody has is answered as one that nobody has."""
    make_account(session, login="coaitothe", password_hash=QUICK.hash(PASSWORD))
    make_account(session, login="bikhoaroi", password_hash=QUICK.hash(PASSWORD), disabled_at=clock.now())
    session.commit()
    told = {login: [_try(app, login) for _ in range(8)] for login in ("coaitothe", "khongcoai", "bikhoaroi")}
    assert told["coaitothe"] == told["khongcoai"] == told["bikhoaroi"]
    assert told["coaitothe"][0] != told["coaitothe"][-1]


def _try(app: Flask, login: str) -> tuple[int, str, set[str]]:
    client = FlaskClient(app, use_cookies=True)
    sent = {"csrf_token": csrf(client.get("/staff/dang-nhap")), "login": login, "password": "sai hoàn toàn"}
    answer = client.post("/staff/dang-nhap", data=sent)
    text = re.sub(r'value="[^"]*"', "", answer.text)
    return answer.status_code, text, set(answer.headers.keys())


def test_a_page_of_places_shows_nobody_elses(app: Flask, session: Session, whole: Whole, client: FlaskClient) -> None:
    """Lists, searches and choices hold nothing from outside one's places."""
    make_household(session, whole.area, name="Tên Kín Đáo", number="88")
    elsewhere = whole.elsewhere(Role.COMMUNE_ADMIN)
    account = make_account(session)
    for role in (Role.COMMUNE_ADMIN, Role.COMMUNE_OFFICER, Role.OVERSEER):
        make_grant(session, account, role, elsewhere)
    sign_in(client, session, account)
    hidden = [whole.area.name, whole.person.full_name, whole.person.login, "Tên Kín Đáo", "Góp quỹ"]
    hidden += [poll.public_id for poll in whole.polls.values()]
    for path in ("/staff/", "/staff/tai-khoan/", "/staff/ho-gia-dinh/", "/staff/cuoc-bieu-quyet/", "/staff/nhat-ky/",
                 "/staff/dia-ban/", "/staff/tai-khoan/moi"):  # fmt: skip
        for query in ("", *(f"?q={word}" for word in hidden[:4]), f"?place={whole.area.code}", "?account=1"):
            text = re.sub(r'<input[^>]*name="q"[^>]*>', "", client.get(path + query).text)
            assert [word for word in hidden if word in text] == [], path + query
