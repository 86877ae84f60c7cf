"""What people answered in the yearly survey and on the slip: told question by question, and never of a few."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.feedback.models import ServiceCenter, SlipAnswer, SurveyAnswer, SurveyResponse
from app.feedback.queries import survey as queries
from app.feedback.rules.periods import told_until
from app.lib.tables import read_table
from tests.support.cast import make_commune
from tests.support.counting import words
from tests.support.feedback import make_rating
from tests.support.figures import Rated, make_rated
from tests.support.roll_pages import rows
from tests.support.staff import sign_in_as

TOLD = told_until(clock.today())


def answered(
    session: Session, center: ServiceCenter, item: int, levels: Sequence[int], *, days_later: int = 0, device: str = ""
) -> None:
    """One survey for each level, with that one item answered, on the last day that is told of or so many days later."""
    moment = datetime.combine(TOLD + timedelta(days=days_later), time(23, 59, 59), clock.VIETNAM)
    before = session.query(SurveyResponse).count()
    for number, level in enumerate(levels, start=before):
        made = SurveyResponse(
            client_uuid=f"survey-{number}", path=center.path, center_id=center.id, year=TOLD.year,
            device_hash=device or f"{number:064x}", received_at=moment,
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add(SurveyAnswer(response_id=made.id, item=item, level=level))


def slipped(session: Session, rated: Rated, question: str, values: Sequence[int], **of_rating: Any) -> None:
    moment = datetime.combine(TOLD, time(9), clock.VIETNAM)
    for value in values:
        one = make_rating(session, rated.points[0], 4, **{"at": moment} | of_rating)
        session.add(SlipAnswer(rating_id=one.id, question=question, value=value))


@pytest.fixture
def rated(session: Session) -> Rated:
    made = make_rated(session)
    answered(session, made.center, 23, [5] * 6 + [4] * 3 + [1])
    answered(session, made.center, 24, [1] * 9, device="d" * 64)
    # Of a week that is not over, and of another centre, nothing is told.
    answered(session, made.center, 24, [1], days_later=1)
    answered(session, make_rated(session).center, 24, [1] * 10)
    slipped(session, made, "attitude", [5] * 8 + [2] * 2)
    slipped(session, made, "attitude", [1] * 5, standing="excluded")
    slipped(session, made, "attitude", [1] * 5, undone_at=clock.now())
    slipped(session, made, "trips", [0] * 7 + [1, 1, 2])
    slipped(session, made, "posted", [4] * 9)
    session.commit()
    return made


def test_answers_are_told_question_by_question(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.LEADER, rated.commune)
    page = client.get(f"/staff/danh-gia/khao-sat/{rated.center.id}?nam={TOLD.year}")
    told = {row[0]: row[1:] for part in range(1, 6) for row in rows(page.text, f"nhom-{part}")}
    assert len(told) == 19
    assert told["23. Công chức có thái độ giao tiếp lịch sự, tôn trọng"] == ["90,0 % (59,5–98,2 %; n = 10)", "10"]
    assert told["24. Công chức cung cấp thông tin, trả lời kịp thời, đầy đủ các câu hỏi, ý kiến"] == [
        "chưa đủ 10 người", "9",
    ]  # fmt: skip
    assert "19 phiếu từ 11 máy." in words(page)
    slip = {row[0]: row[1:] for row in rows(page.text, "phieu")}
    assert slip["Công chức có thái độ giao tiếp lịch sự, tôn trọng"] == ["80,0 % (49,0–94,3 %; n = 10)", "10"]
    assert ["chưa đủ 10 người", "9"] in slip.values() and len(slip) == 4
    assert rows(page.text, "di-lai") == [["Không lần nào", "7"], ["1 lần", "2"], ["2 lần trở lên", "1"]]


def test_the_workbook_tells_no_more_than_the_page(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.INSPECTOR, rated.commune)
    data = client.get(f"/staff/danh-gia/khao-sat/{rated.center.id}/tai.xlsx?nam={TOLD.year}").data
    text = str(read_table(data, "x.xlsx"))
    assert "Công chức: Công chức có thái độ giao tiếp lịch sự, tôn trọng" in text
    assert text.count("chưa nêu: chưa đủ 10 người") == 18 + 3


def test_few_trips_and_an_unknown_year_tell_nothing(client: FlaskClient, session: Session) -> None:
    made = make_rated(session, commune=make_commune(session))
    slipped(session, made, "trips", [0] * 9)
    session.commit()
    sign_in_as(client, session, Role.OVERSEER, made.commune)
    for year in (TOLD.year, "9" * 30, "0", "x", ""):
        page = client.get(f"/staff/danh-gia/khao-sat/{made.center.id}?nam={year}")
        assert page.status_code == 200 and "0 phiếu từ 0 máy." in words(page)
        assert {row[1] for row in rows(page.text, "di-lai")} <= {"chưa nêu"}
    sign_in_as(client, session, Role.DESK, made.commune)
    assert client.get(f"/staff/danh-gia/khao-sat/{made.center.id}").status_code == 403


def test_years_are_those_with_answers(session: Session, rated: Rated) -> None:
    assert queries.years(session, rated.center.id, clock.today().replace(year=2031)) == sorted({2031, TOLD.year})[::-1]
    assert queries.trip_counts([(2, 3), (0, 1)]) == {0: 1, 1: 0, 2: 3}
