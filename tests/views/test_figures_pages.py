"""Figures of a centre as staff see them: on the page, on paper and in workbooks alike."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.feedback.models import RatingNote
from app.lib.tables import read_table
from tests.support.feedback import make_note, make_rating
from tests.support.figures import Rated, make_rated, rate, returned, settle
from tests.support.jobs import run_jobs
from tests.support.papers import pdf_text
from tests.support.staff import csrf, send, sign_in_as

NAMES = ("Võ Minh Khoa", "Lê Thị Lan", "Phạm Văn Tám")


@pytest.fixture
def rated(session: Session) -> Rated:
    """Figures of this month: Khoa 14, Lan 12, Tám 3; three more are of nobody."""
    made = make_rated(session, officers=NAMES)
    rate(session, made, "5" * 10 + "4443", officer=0, reason="polite")
    rate(session, made, "5" * 6 + "222221", officer=1, place=1, reason="long_wait")
    rate(session, made, "543", officer=2, place=1, tier=1)
    rate(session, made, "55", tier=2)
    rate(session, made, "11", standing="held")
    rate(session, made, "1", standing="excluded")
    returned(session, made, 62)
    settle(session, made)
    session.commit()
    return made


def page(rated: Rated, tail: str = "") -> str:
    return f"/staff/danh-gia/so-lieu/{rated.center.id}{tail}"


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.text, "lxml").select("main")[0].get_text(" ").split())


def test_the_page_tells_both_figures_how_many_and_how_sure(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.LEADER, rated.commune)
    text = shown(client, page(rated))
    # 23 of 31 counted; 23 of 34 with what is held and excluded; 34 ratings for 62 dossiers.
    assert "74,1 % (56,7–86,2 %; n = 31)" in text
    assert "67,6 % (50,8–80,8 %; n = 34)" in text
    assert "54,8 %" in text and "34 lượt trên 62 hồ sơ đã trả" in text
    assert "26 / 3 / 2" in text
    assert "Lịch sự, tôn trọng 14" in text and "Chờ lâu 12" in text
    # Twelve months, and no more names of months than fit side by side on a phone; the last one is among them.
    labels = BeautifulSoup(client.get(page(rated)).text, "lxml").select("svg.trend text")
    assert len(labels) == 4 and labels[-1].get_text() == f"{clock.today():%-m/%y}"
    # Whatever counter the page is about: files of single ratings are of the whole centre, and say so.
    of_counter = shown(client, page(rated, f"?quay={rated.points[0].counter_id}"))
    assert "Từng lượt (XLSX): Toàn Trung tâm, tháng" in of_counter


def test_a_small_number_of_an_officer_is_told_nowhere(client: FlaskClient, session: Session, rated: Rated) -> None:
    """Not by itself, and not as what is left over when all others are known: two of nobody and three of Tám are 5."""
    sign_in_as(client, session, Role.LEADER, rated.commune)
    small = f"?can-bo={rated.officers[2].id}"
    for officer in (1, 2):
        # Lan has 12, but what is left over without her would be five.
        query = f"?can-bo={rated.officers[officer].id}"
        assert "Chưa nêu số liệu" in shown(client, page(rated, query))
        assert "Chưa đủ 10 lượt" in pdf_text(client.get(page(rated, f"/tai.pdf{query}")).data)
        sheets = read_table(client.get(page(rated, f"/tong-hop.xlsx{query}")).data, "x.xlsx")
        assert all(len(sheet.rows) == 3 for sheet in sheets), sheets
    assert "92,8 % (68,5–98,7 %; n = 14)" in shown(client, page(rated, f"?can-bo={rated.officers[0].id}"))
    main = BeautifulSoup(client.get(page(rated)).text, "lxml").find("table", id="theo-nguoi")
    assert main is not None and "Khoa" in main.text and "Lan" not in main.text and "Tám" not in main.text
    for data in (client.get(page(rated, "/tai.pdf")).data,):
        paper = pdf_text(data)
        assert "Khoa" in paper and "Lan" not in paper and "Tám" not in paper
    book = str(read_table(client.get(page(rated, "/tong-hop.xlsx")).data, "x.xlsx"))
    assert "Khoa" in book and "Lan" not in book and "Tám" not in book
    assert "Chưa nêu" in shown(client, page(rated, f"{small}&ky=day"))


def test_officers_are_not_told_of_parts_of_a_centre(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.LEADER, rated.commune)
    part = client.get(page(rated, f"?quay={rated.counters[0].id}"))
    assert "theo-nguoi" not in part.text
    whole = shown(client, page(rated, f"?can-bo={rated.officers[0].id}&quay={rated.counters[1].id}"))
    assert "n = 14" in whole
    assert client.get(page(rated, "?can-bo=99999")).status_code == 404


def test_who_may_not_see_officers_is_told_nothing_of_them(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, rated.commune)
    answer = client.get(page(rated))
    assert "theo-nguoi" not in answer.text and "can-bo" not in answer.text
    assert "Chưa nêu số liệu" in shown(client, page(rated, f"?can-bo={rated.officers[0].id}"))


def test_single_ratings_leave_without_what_tells_of_whom(
    app: Flask, client: FlaskClient, session: Session, rated: Rated
) -> None:
    seen = make_rating(session, rated.points[0], 2)
    make_note(session, seen, "=HYPERLINK(1)", shown_text="=HYPERLINK(1)", visible=True)
    for text, values in {"chưa duyệt": {}, "kín": {"restricted": True}}.items():
        make_note(session, make_rating(session, rated.points[0], 1), text, **values)
    rate(session, rated, "1", reason="unofficial_payment")
    session.commit()
    sign_in_as(client, session, Role.LEADER, rated.commune)
    address = page(rated, "/luot.csv?ky=month")
    answer = send(client, page(rated), to=address)
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + 38
    assert {row[0] for row in rows[1:]} == {f"{clock.today():%d/%m/%Y}"}
    assert [row[8] for row in rows[1:] if row[8]] == ["'=HYPERLINK(1)"]
    assert not any(word in answer.text for word in ("Khoa", "chi tiền", "test-0", ":", "kín", "chưa duyệt"))
    notes = session.scalars(select(RatingNote)).all()
    assert len(notes) == 3
    ordered = send(client, page(rated), to=page(rated, "/luot?ky=month"))
    assert ordered.status_code == 303
    assert "Đang tạo tệp" in client.get(ordered.location).text
    assert client.get(page(rated, "/luot.xlsx?ky=month")).status_code == 404
    run_jobs(app, until=clock.now() + timedelta(minutes=5))
    assert "Tệp đã xong" in client.get(ordered.location).text
    sheet = read_table(client.get(page(rated, "/luot.xlsx?ky=month")).data, "x.xlsx")[0]
    assert len(sheet.rows) == 39 and "Khoa" not in str(sheet.rows)
    run_jobs(app, until=clock.now() + timedelta(days=2))
    assert client.get(page(rated, "/luot.xlsx?ky=month")).status_code == 404


def test_an_officer_sees_finished_weeks_of_their_own(client: FlaskClient, session: Session) -> None:
    made = make_rated(session, officers=NAMES[:2])
    today = clock.today()
    last_week = today.weekday() + 4
    rate(session, made, "5" * 9 + "1", officer=0, days=last_week)
    rate(session, made, "3" * 11, officer=1, days=last_week)
    rate(session, made, "4" * 9, officer=0, days=last_week + 7)
    rate(session, made, "2" * 30, officer=0)
    account = sign_in_as(client, session, Role.DESK, made.commune)
    text = shown(client, "/staff/danh-gia/cua-toi")
    assert "chưa gắn với công chức nào" in text
    made.officers[0].account_id = account.id
    session.commit()
    text = shown(client, "/staff/danh-gia/cua-toi")
    assert "90,0 % (59,5–98,2 %; n = 10)" in text
    # Nine of the week before are too few, and this week is not over.
    assert "n = 9" not in text and "n = 30" not in text and NAMES[1] not in text
    for address in (page(made), page(made, "/tai.pdf"), "/staff/danh-gia/canh-bao"):
        assert client.get(address).status_code == 403


def test_nothing_is_taken_along_from_elsewhere(client: FlaskClient, session: Session, rated: Rated) -> None:
    other = make_rated(session)
    session.commit()
    sign_in_as(client, session, Role.LEADER, other.commune)
    assert client.get(page(rated)).status_code == 404
    token = csrf(client.get(page(other)))
    assert client.post(page(rated, "/luot.csv"), data={"csrf_token": token}).status_code == 404
    assert client.get(page(other, "?ky=eon&ngay=nie&quay=x")).status_code == 200
