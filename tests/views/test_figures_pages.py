"""Figures of a centre as staff see them: on the page, on paper and in workbooks alike."""

import csv
import io
from collections import Counter
from datetime import datetime, time, timedelta

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.feedback.models import RatingNote
from app.feedback.operations import sums
from app.feedback.rules.periods import period_of, told_until
from app.lib.tables import read_table
from tests.support.feedback import make_counter, make_note, make_point, make_rating
from tests.support.figure_pages import NAMES, day_told, days, page, rated, row_of, shown
from tests.support.figures import Rated, make_rated, rate
from tests.support.jobs import run_jobs
from tests.support.papers import pdf_text
from tests.support.staff import csrf, send, sign_in_as


def test_the_page_tells_both_figures_how_many_and_how_sure(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.LEADER, rated.commune)
    text = shown(client, page(rated))
    # 23 of 31 counted; 23 of 34 with what is held and excluded; 34 ratings for 62 dossiers.
    assert "74,1 % (56,7–86,2 %; n = 31)" in text
    assert "67,6 % (50,8–80,8 %; n = 34)" in text
    assert "54,8 %" in text and "34 lượt trên 62 hồ sơ đã trả" in text
    assert "26 / 3 / 2" in text
    # The mix of codes stands beside each figure.
    month = f"tháng {day_told().month} năm {day_told().year}"
    for table, name, mix in (("ky-truoc", month, "26 / 3 / 2"), ("theo-nguoi", NAMES[0], "14 / 0 / 0")):
        assert row_of(client, page(rated), table, name)[-1] == mix
    paper = pdf_text(client.get(page(rated, "/tai.pdf")).data)
    assert "26 / 3 / 2" in paper and "14 / 0 / 0" in paper
    assert "Lịch sự, tôn trọng 14" in text and "Chờ lâu 12" in text
    # Twelve months, and no more names of months than fit side by side on a phone; the last one is among them.
    labels = BeautifulSoup(client.get(page(rated)).text, "lxml").select("svg.trend text")
    assert len(labels) == 4 and labels[-1].get_text() == f"{day_told():%-m/%y}"
    assert "92,8 % (68,5–98,7 %; n = 14)" in row_of(client, page(rated), "theo-quay", "Quầy Hộ tịch")
    # Whatever counter the page is about: files of single ratings are of the whole centre, and say so.
    of_counter = shown(client, page(rated, quay=rated.points[0].counter_id))
    assert "n = 14" in of_counter and "Từng lượt (XLSX): Toàn Trung tâm, tháng" in of_counter


def test_single_ratings_leave_without_what_tells_of_whom(
    app: Flask, client: FlaskClient, session: Session, rated: Rated, days: int
) -> None:
    moment = datetime.combine(day_told(), time(10), clock.VIETNAM)
    seen = make_rating(session, rated.points[0], 2, at=moment)
    make_note(session, seen, "=HYPERLINK(1)", shown_text="=HYPERLINK(1)", visible=True)
    for text, values in {"chưa duyệt": {}, "kín": {"restricted": True}}.items():
        make_note(session, make_rating(session, rated.points[0], 1, at=moment), text, **values)
    rate(session, rated, "1", reason="unofficial_payment", days=days)
    few = make_point(session, make_counter(session, rated.center, name="Quầy Vắng"))
    make_rating(session, few, 1, at=moment)
    sums.ask(session, rated.center.id, day_told())
    session.commit()
    sign_in_as(client, session, Role.LEADER, rated.commune)
    answer = send(client, page(rated), to=page(rated, "/luot.csv"))
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + 39
    assert {row[0] for row in rows[1:]} == {f"{day_told():%m/%Y}"}
    assert [row[6] for row in rows[1:] if row[6]] == ["'=HYPERLINK(1)"]
    hidden = ("Khoa", "chi tiền", "test-0", ":", "kín", "chưa duyệt", "Quầy Vắng", "Mã ")
    assert not any(word in answer.text for word in hidden)
    # One of the idle counter, the seventeen of the second that would be what is left over, and the three that do not
    # count name none.
    assert Counter(row[1] for row in rows[1:]) == {"Quầy Hộ tịch": 18, "": 21}
    notes = session.scalars(select(RatingNote)).all()
    assert len(notes) == 3
    ordered = send(client, page(rated), to=page(rated, "/luot"))
    assert ordered.status_code == 303
    assert "Đang tạo tệp" in client.get(ordered.location).text
    assert client.get(page(rated, "/luot.xlsx")).status_code == 404
    run_jobs(app, until=clock.now() + timedelta(minutes=5))
    assert "Tệp đã xong" in client.get(ordered.location).text
    sheet = read_table(client.get(page(rated, "/luot.xlsx")).data, "x.xlsx")[0]
    assert len(sheet.rows) == 40 and "Khoa" not in str(sheet.rows) and "Quầy Vắng" not in str(sheet.rows)
    run_jobs(app, until=clock.now() + timedelta(days=2))
    assert client.get(page(rated, "/luot.xlsx")).status_code == 404


def test_single_ratings_of_a_week_that_is_not_over_do_not_leave(client: FlaskClient, session: Session) -> None:
    made = make_rated(session)
    rate(session, made, "5" * 30)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    answer = send(client, page(made), to=page(made, "/luot.csv", ky="year", ngay=clock.today().isoformat()))
    assert len(answer.text.splitlines()) == 1


def test_no_counter_is_named_in_a_month_that_is_not_over(client: FlaskClient, session: Session) -> None:
    made = make_rated(session)
    rate(session, made, "5" * 30, days=(clock.today() - told_until(clock.today())).days)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    for kind in ("week", "month", "year"):
        day = told_until(clock.today())
        answer = send(client, page(made), to=page(made, "/luot.csv", ky=kind, ngay=day.isoformat()))
        assert len(answer.text.splitlines()) == 31
        over = kind != "week" and period_of("month", day).last == day
        assert ("Quầy Hộ tịch" in answer.text) is over


def test_words_about_whoever_takes_them_along_stay_out(
    app: Flask, client: FlaskClient, session: Session, rated: Rated
) -> None:
    """Somebody of the counter who is the commune's officer too: words of all say nothing of who was meant."""
    moment = datetime.combine(day_told(), time(10), clock.VIETNAM)
    account = sign_in_as(client, session, Role.COMMUNE_OFFICER, rated.commune)
    for number, text in enumerate(("Về người thứ nhất", "Về người thứ hai")):
        one = make_rating(session, rated.points[0], 2, at=moment, officer_id=rated.officers[number].id)
        make_note(session, one, text, shown_text=text, visible=True)
    other = make_rating(session, rated.points[0], 2, at=moment)
    make_note(session, other, "Về không ai", shown_text="Về không ai", visible=True)
    rated.officers[0].account_id = account.id
    session.commit()
    taken = send(client, page(rated), to=page(rated, "/luot.csv")).text
    send(client, page(rated), to=page(rated, "/luot"))
    run_jobs(app, until=clock.now() + timedelta(minutes=5))
    sheet = str(read_table(client.get(page(rated, "/luot.xlsx")).data, "x.xlsx")[0].rows)
    for seen in (taken, sheet):
        assert "Về người thứ hai" in seen and "Về người thứ nhất" not in seen
        # Where the roster names nobody, it may be anybody of the centre.
        assert "Về không ai" not in seen
    assert len(taken.splitlines()) == 1 + 37


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
    assert client.get(page(other, ky="eon", ngay="nie", quay="x", can_bo=0)).status_code == 200


__all__ = ["days", "rated"]
