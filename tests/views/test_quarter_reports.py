"""The quarterly report: what is known, scored by the unit, verified by somebody else, the same on paper."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import clock
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import Role
from app.feedback.models import QuarterReport, SlipAnswer
from app.feedback.operations import reports as operations
from app.feedback.rules.indices import INDICES
from app.lib.tables import read_table
from app.publication.rules.quarters import quarter_of
from tests.support.cast import make_actor
from tests.support.feedback import make_rating
from tests.support.figures import Rated, make_rated, rate, returned, settle
from tests.support.papers import docx_text, pdf_text
from tests.support.staff import send, sign_in_as

QUARTER = quarter_of(clock.today()).previous
MIDDLE = (clock.today() - QUARTER.first).days - 40


@pytest.fixture
def rated(session: Session) -> Rated:
    made = make_rated(session)
    rate(session, made, "5543", days=MIDDLE)
    rate(session, made, "21", days=MIDDLE, reason="attitude")
    rate(session, made, "1", days=MIDDLE, reason="attitude", standing="held")
    returned(session, made, 200, days=MIDDLE, early=50, on_time=130, late=20, once=150)
    day = clock.now() - timedelta(days=MIDDLE)
    for number in range(10):
        one = make_rating(session, made.points[0], 5, at=day)
        session.add(SlipAnswer(rating_id=one.id, question="posted", value=4 if number else 2))
        session.add(SlipAnswer(rating_id=one.id, question="trips", value=1))
        if number:
            session.add(SlipAnswer(rating_id=one.id, question="attitude", value=5))
    settle(session, made)
    session.commit()
    return made


def points(value: int = 1, reason: str = "Theo sổ theo dõi.") -> dict[str, str]:
    fields = {f"points_{number}": str(value) for number in INDICES}
    return fields | {f"reason_{number}": reason for number in INDICES}


def make(client: FlaskClient, rated: Rated) -> TestResponse:
    return send(client, f"/staff/danh-gia/bao-cao/{rated.center.id}/lap", {"quarter": str(QUARTER)})


def test_a_report_is_made_scored_and_verified_by_somebody_else(
    client: FlaskClient, session: Session, rated: Rated
) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, rated.commune)
    made = make(client, rated)
    assert made.status_code == 303
    address = made.location
    page = client.get(address).text
    assert '<a href="/staff/danh-gia/so-lieu" aria-current="page">' in page
    assert "trước hạn 50 (25,0 %), đúng hạn 130 (65,0 %), quá hạn 20 (10,0 %)" in page
    assert "150 trên 200 hồ sơ (75,0 %) đủ ngay lần nộp đầu" in page
    assert "“Thái độ chưa đúng mực” 2 lần" in page and "9 trên 10 người hài lòng" in page and "9 trên 9" not in page
    assert page.count("chưa có số liệu") == 5 and page.count("từ số liệu") == 2 and page.count("từ ý kiến") == 2
    assert "số lần phải đi lại: không lần nào 0, 1 lần 10, 2 lần trở lên 0 người." in page
    again = make(client, rated)
    assert again.status_code == 422 and "đã có báo cáo" in again.text
    unfinished = send(client, f"{address}/tu-cham", {"version": "1"} | points(1, ""))
    assert unfinished.status_code == 422 and unfinished.text.count("Ghi căn cứ chấm điểm.") >= 9
    assert send(client, f"{address}/tu-cham", {"version": "1"} | points(2)).status_code == 303
    assert send(client, f"{address}/tu-cham", {"version": "1"} | points(0)).status_code == 422
    assert client.get(f"{address}/tham-dinh").status_code == 403
    sign_in_as(client, session, Role.LEADER, rated.commune)
    differing = {"version": "2"} | points(2, "") | {"points_7": "1"}
    assert "Ghi căn cứ chấm điểm." in send(client, f"{address}/tham-dinh", differing).text
    assert send(client, f"{address}/tham-dinh", differing | {"reason_7": "Còn 2 góp ý."}).status_code == 303
    for text in (
        client.get(address).text,
        pdf_text(client.get(f"{address}/tai.pdf").data),
        docx_text(client.get(f"{address}/tai.docx").data),
        str(read_table(client.get(f"{address}/tai.xlsx").data, "x.xlsx")),
    ):
        text = " ".join(text.split())
        assert "18/18 điểm, xếp loại Xuất sắc" in text and "17/18 điểm, xếp loại Xuất sắc" in text
        assert "81,2 % (56,9–93,4 %; n = 16)" in text and "Còn 2 góp ý." in text
        # The other figure stands beside it, with what is held.
        assert "76,4 % (52,7–90,4 %; n = 17)" in text
    assert send(client, f"{address}/tham-dinh", {"version": "3"} | points(0)).status_code == 422


def test_who_may_not_and_what_may_not(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, rated.commune)
    address = f"/staff/danh-gia/bao-cao/{rated.center.id}/lap"
    assert send(client, address, {"quarter": str(quarter_of(clock.today()))}).status_code == 422
    assert session.scalars(select(QuarterReport)).all() == []
    by = make_actor(session, Role.COMMUNE_OFFICER, rated.commune)
    with pytest.raises(WrongMoment, match="chưa kết thúc"):
        operations.make(session, by, rated.center, quarter_of(clock.today()), clock.today())
    report = operations.make(session, by, rated.center, QUARTER, clock.today())
    given = {number: operations.Given(1, "x") for number in INDICES}
    with pytest.raises(Forbidden):
        operations.verify(session, by, report, given, 1)
    leader = make_actor(session, Role.LEADER, rated.commune)
    with pytest.raises(WrongMoment, match="chưa tự chấm"):
        operations.verify(session, leader, report, given, 1)
    with pytest.raises(Forbidden):
        operations.score(session, leader, report, given, 1)
    report.status, report.scored_by = "scored", leader.account_id
    with pytest.raises(WrongMoment, match="không thẩm định chính"):
        operations.verify(session, leader, report, given, 1)
