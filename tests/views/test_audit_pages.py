"""Pages of the record."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit import queries
from app.audit.models import AuditEntry
from app.audit.operations import record
from app.core import clock
from app.core.permissions import SYSTEM, Actor, Role
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in_as

LOG = "/staff/nhat-ky/"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def area(session: Session, commune: Area) -> Area:
    return make_area(session, commune)


@pytest.fixture
def head(session: Session, area: Area) -> Actor:
    return make_actor(session, Role.AREA_HEAD, area, full_name="Đặng Thị Hường")


@pytest.fixture(autouse=True)
def overseer(client: PageClient, session: Session, commune: Area) -> None:
    sign_in_as(client, session, Role.OVERSEER, commune)


def write(session: Session, by: Actor, area: Area, action: str = "polls.poll.close", **detail: Any) -> None:
    record(session, by, action, subject=("poll", 7), path=area.path, **detail)
    session.commit()


def test_what_happened_is_said_in_words(client: PageClient, session: Session, area: Area, head: Actor) -> None:
    write(session, head, area, "identity.role.grant", role="area_head", last_day=date(2030, 12, 31), full_name="<b>An")
    page = client.get(LOG).text
    assert "Giao vai trò" in page and "identity.role.grant" not in page.replace('value="identity.role.grant"', "")
    assert "Đặng Thị Hường" in page
    assert f"{area.label} – Phường Thới Hòa" in page
    assert "Trưởng thôn, Tổ trưởng tổ dân phố" in page
    assert "31/12/2030" in page
    assert "&lt;b&gt;An" in page and "<b>An" not in page


def test_the_search_stays_in_the_form(client: PageClient, session: Session, area: Area, head: Actor) -> None:
    write(session, head, area, reason="mưa bão")
    write(session, SYSTEM, area, "polls.poll.count")
    asked = {"q": "MUA BÃO", "action": "polls.poll.close", "place": area.path, "first_day": "01/01/2026"}
    page = client.get(LOG, query_string=asked).text
    assert 'value="MUA BÃO"' in page and 'value="01/01/2026"' in page
    assert page.count("<tr>") == 2
    assert "Kiểm phiếu</td>" not in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first_day": "32/01/2026"}, "Không có ngày này trong lịch."),
        ({"last_day": "hôm qua"}, "Nhập ngày theo dạng"),
        ({"q": "x" * 101}, "Tối đa 100 ký tự."),
    ],
)
def test_what_cannot_be_asked(
    client: PageClient, session: Session, area: Area, asked: dict[str, str], sentence: str
) -> None:
    write(session, SYSTEM, area)
    answer = client.get(LOG, query_string=asked)
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert answer.text.count("<tr>") == 2


@pytest.mark.parametrize("asked", [{"place": "01/00004"}, {"action": "x.y.z"}, {"account": "x"}])
def test_places_and_acts_that_are_not_offered(client: PageClient, asked: dict[str, str]) -> None:
    assert client.get(LOG, query_string=asked).status_code == 422


def test_one_persons_acts_and_one_things(client: PageClient, session: Session, area: Area, head: Actor) -> None:
    write(session, head, area)
    write(session, SYSTEM, area, "polls.poll.count")
    page = client.get(LOG, query_string={"account": str(head.account_id)}).text
    assert "Chỉ những việc của Đặng Thị Hường." in page
    assert "Kiểm phiếu</td>" not in page
    about = client.get(LOG, query_string={"kind": "poll", "subject": "7"}).text
    assert about.count("<tr>") == 3


def test_older_pages(client: PageClient, session: Session, area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for number in range(3):
        write(session, SYSTEM, area, reason=f"lần {number}")
    first = client.get(LOG).text
    assert "lần 2" in first and "lần 0" not in first
    ids = session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()
    older = client.get(LOG, query_string={"before": str(ids[1])}).text
    assert "lần 0" in older and "lần 1" not in older
    assert "Về mới nhất" in older


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_file_holds_what_was_searched_and_is_itself_recorded(
    client: PageClient, session: Session, area: Area, head: Actor
) -> None:
    write(session, head, area, reason='nói "thôi", rồi\nnghỉ')
    write(session, SYSTEM, make_area(session), reason="nơi khác")
    answer = send(client, LOG, {"q": "huong"}, to=f"{LOG}xuat")
    assert answer.mimetype == "text/csv"
    assert f"nhat-ky-{clock.today():%Y%m%d}.csv" in answer.headers["Content-Disposition"]
    assert answer.text.startswith("\ufeff")
    [heads, row] = rows(answer.text)
    assert heads[:3] == ["Lúc", "Người làm", "Việc"]
    assert row[1:3] == ["Đặng Thị Hường", "Đóng cuộc biểu quyết"]
    assert row[5] == "cuộc biểu quyết 7"
    assert 'nói "thôi", rồi\nnghỉ' in row[6]
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.action, last.detail) == ("audit.entry.export", {"filters": {"q": "huong"}})


@pytest.mark.parametrize("name", ["=1+1", "+84", "-x", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(client: PageClient, session: Session, area: Area, name: str) -> None:
    write(session, make_actor(session, Role.FRONT, area, full_name=name), area)
    [_heads, *found] = rows(send(client, LOG, to=f"{LOG}xuat").text)
    assert f"'{name}" in [row[1] for row in found]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in found for cell in row)


def test_a_wrong_search_is_not_exported(client: PageClient, session: Session) -> None:
    answer = send(client, LOG, {"first_day": "x"}, to=f"{LOG}xuat")
    assert (answer.status_code, answer.location) == (303, f"{LOG}?first_day=x")
    assert session.scalars(select(AuditEntry)).all() == []


def test_a_look_changes_nothing(client: PageClient, session: Session) -> None:
    client.get(LOG)
    assert client.get(f"{LOG}xuat", check=False).status_code == 405
    assert session.scalars(select(AuditEntry)).all() == []
