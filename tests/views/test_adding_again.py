"""The same words sent again by a phone that heard no answer: one note, and the answer of the first time."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.feedback.models import Case, RatingNote, RatingPoint, RatingReason, RestrictedReport
from app.feedback.views_public import rating as views
from tests.support.cases import point_of
from tests.support.cast import make_area
from tests.support.pages import PageClient
from tests.support.rating import hidden
from tests.support.visitors import old_enough

KEY, OTHER = "0123456789abcdef" * 2, "f" * 32
CODE = re.compile(r"PA-[0-9A-Z]{4}-[0-9A-Z]{4}")
SENT: dict[str, dict[str, Any]] = {
    "note": {"text": "Ghế ngồi chờ ít quá."},
    "reasons": {"reasons": ["attitude", "long_wait"]},
    "case": {"text": "Tôi phải đi lại ba lần.", "answer": "1", "phone": "0912345678"},
    "restricted": {"text": "Cán bộ gợi ý chi tiền bồi dưỡng mới nhận hồ sơ.", "answer": "1"},
}


@pytest.fixture
def point(session: Session) -> RatingPoint:
    for one in (views.FLOODS, views.SCANS, views.LOOK_OVER):
        one.forget()
    commune = make_area(session).parent
    assert commune is not None
    point = point_of(session, commune)
    session.commit()
    return point


def rated(client: PageClient, point: RatingPoint) -> dict[str, Any]:
    path = f"/r/{point.code}"
    page = client.post(path, data={"level": "2", "token": hidden(client.get(path).text, "token")}).text
    return {"ticket": hidden(page, "ticket")} | old_enough(client, f"note:{point.code}")


def add(client: PageClient, point: RatingPoint, fields: dict[str, Any]) -> Any:
    return client.post(f"/r/{point.code}/them", data=fields)


def rows(session: Session) -> list[int | None]:
    tables = (RatingNote, RatingReason, Case, RestrictedReport)
    return [session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.mark.parametrize("kind", sorted(SENT))
def test_the_same_sending_is_taken_once_and_answered_alike(
    client: PageClient, session: Session, point: RatingPoint, kind: str
) -> None:
    fields = rated(client, point) | SENT[kind] | {"repeat_key": KEY}
    first = add(client, point, fields)
    kept = rows(session)
    assert first.headers["X-Rating"] == ("told" if kind in ("case", "restricted") else "noted")
    for _time in range(2):
        again = add(client, point, fields)
        assert (again.status_code, again.headers["X-Rating"]) == (200, first.headers["X-Rating"])
        assert CODE.findall(again.text) == CODE.findall(first.text)
        assert rows(session) == kept
    assert bool(CODE.findall(first.text)) == (kind in ("case", "restricted"))


@pytest.mark.parametrize("key", ["", OTHER, "0" * 31, "0" * 33, KEY.upper(), "g" * 32])
def test_who_does_not_hold_the_key_is_told_no_code(
    client: PageClient, session: Session, point: RatingPoint, key: str
) -> None:
    fields = rated(client, point) | SENT["case"]
    first = add(client, point, fields | {"repeat_key": KEY})
    again = add(client, point, fields | {"repeat_key": key})
    assert again.status_code == 409 and not CODE.findall(again.text)
    assert CODE.findall(first.text) and rows(session) == [1, 0, 1, 0]


def test_without_a_script_the_second_time_is_refused_and_other_words_are_never_a_repetition(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    fields = rated(client, point)
    plain = fields | SENT["note"]
    assert add(client, point, plain).status_code == 200 and add(client, point, plain).status_code == 409
    later = fields | old_enough(client, f"note:{point.code}") | {"text": "Xin bổ sung.", "repeat_key": KEY}
    assert "đã gửi thêm ý kiến" in add(client, point, later).text
    assert rows(session) == [1, 0, 0, 0]


def test_two_phones_with_one_key_have_two_codes(client: PageClient, session: Session, point: RatingPoint) -> None:
    codes = [CODE.findall(add(client, point, rated(client, point) | SENT["case"] | {"repeat_key": KEY}).text)
             for _person in range(2)]  # fmt: skip
    assert codes[0] != codes[1] and rows(session)[2] == 2
