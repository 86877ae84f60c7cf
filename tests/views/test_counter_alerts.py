"""A counter turns bad: an alert is raised once, counted in the menu, and closed with what was done."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.feedback.models import Alert
from app.feedback.operations import alerts
from app.feedback.rules.periods import told_until
from app.jobs.operations import enqueue
from tests.support.feedback import make_counter
from tests.support.figures import make_rated, rate, settle
from tests.support.jobs import run_jobs
from tests.support.staff import send, sign_in_as


def test_an_alert_is_raised_once_and_closed_with_what_was_done(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    made = make_rated(session)
    make_counter(session, made.center)
    sunday = (clock.today() - told_until(clock.today())).days
    for place in (0, 1):
        rate(session, made, "5" * 54 + "1" * 6, place=place, days=sunday + 40)
    rate(session, made, "5" * 12 + "1" * 12, days=sunday + 5)
    rate(session, made, "5" * 22 + "1" * 2, place=1, days=sunday + 5)
    # What a rule holds alarms nobody.
    rate(session, made, "1" * 20, place=1, days=sunday + 5, standing="held")
    settle(session, made)
    session.commit()
    for _ in range(2):
        enqueue(session, alerts.JOB, {}, unique_key=alerts.JOB)
        session.commit()
        run_jobs(app, until=clock.now() + timedelta(minutes=1))
    found = session.scalars(select(Alert)).all()
    assert [(one.counter_id, one.n, one.satisfied, one.before_n) for one in found] == [
        (made.counters[0].id, 24, 12, 60)
    ]
    sign_in_as(client, session, Role.INSPECTOR, made.commune)
    page = client.get("/staff/danh-gia/canh-bao").text
    assert "Quầy Hộ tịch" in page and "đang chờ:" not in page
    address = f"/staff/danh-gia/canh-bao/{found[0].id}"
    assert client.get(address).status_code == 403
    sign_in_as(client, session, Role.LEADER, made.commune)
    page = client.get("/staff/danh-gia/so-lieu").text
    assert "đang chờ:" in page and address in client.get("/staff/danh-gia/canh-bao").text
    assert send(client, address, {"note": " "}).status_code == 422
    assert send(client, address, {"note": "Thêm một công chức hướng dẫn."}).status_code == 303
    page = client.get("/staff/danh-gia/canh-bao").text
    assert "Thêm một công chức hướng dẫn." in page and "đang chờ:" not in page
    assert "Cảnh báo này đã đóng." in client.get(address).text
