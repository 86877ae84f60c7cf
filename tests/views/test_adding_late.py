"""Until when something may be added to a rating: a week, and at a tablet no longer than its person stands there."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.feedback.models import RatingNote, RatingPoint
from app.feedback.views_public import rating as views
from tests.support.cases import point_of
from tests.support.cast import make_area
from tests.support.pages import PageClient
from tests.support.rating import hidden, make_kiosk
from tests.support.visitors import Time, old_enough

WORDS = "Chờ từ sáng đến trưa <b>mới được gọi."


@pytest.fixture
def point(session: Session) -> RatingPoint:
    for one in (views.FLOODS, views.SCANS, views.LOOK_OVER):
        one.forget()
    commune = make_area(session).parent
    assert commune is not None
    point = point_of(session, commune)
    session.commit()
    return point


def rated(client: PageClient, path: str) -> str:
    """The ticket of a rating made now."""
    page = client.post(path, data={"level": "2", "token": hidden(client.get(path).text, "token")}).text
    return hidden(page, "ticket")


def add(client: PageClient, point: RatingPoint, ticket: str) -> Any:
    guard = old_enough(client, f"note:{point.code}")
    return client.post(f"/r/{point.code}/them", data=guard | {"ticket": ticket, "text": WORDS, "reasons": "attitude"})


def notes(session: Session) -> list[str]:
    return list(session.scalars(select(RatingNote.text)))


@pytest.mark.parametrize(("seconds", "taken"), [(7 * 86_400 - 1, True), (7 * 86_400 + 1, False), (90 * 86_400, False)])
def test_a_rating_takes_words_for_a_week(
    client: PageClient, session: Session, point: RatingPoint, monkeypatch: pytest.MonkeyPatch, seconds: int, *,
    taken: bool,
) -> None:  # fmt: skip
    time = Time(monkeypatch)
    ticket = rated(client, f"/r/{point.code}")
    time.pass_by(seconds=seconds)
    answer = add(client, point, ticket)
    assert (answer.status_code, notes(session)) == ((200, [WORDS]) if taken else (409, []))
    if not taken:
        assert "Đã quá 7 ngày nên không gửi thêm vào đánh giá này được." in answer.text
        # What was typed and chosen stays on the page.
        assert "Chờ từ sáng đến trưa &lt;b&gt;mới được gọi." in answer.text and "checked" in answer.text
        assert hidden(answer.text, "ticket") == ticket and answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("seconds", "taken"), [(119, True), (121, False), (3600, False)])
def test_what_was_tapped_on_a_tablet_takes_no_words_later(
    client: PageClient, session: Session, point: RatingPoint, monkeypatch: pytest.MonkeyPatch, seconds: int, *,
    taken: bool,
) -> None:  # fmt: skip
    """Whoever kept the page of a tablet adds nothing to the rating of somebody who left, by whatever address."""
    secret = make_kiosk(session, point)
    session.commit()
    time = Time(monkeypatch)
    ticket = rated(client, f"/quay/{secret}")
    time.pass_by(seconds=seconds)
    answer = add(client, point, ticket)
    assert (answer.status_code, notes(session)) == ((200, [WORDS]) if taken else (409, []))
    if not taken:
        assert "bấm trên máy ở quầy và đã quá 2 phút" in answer.text and "Chờ từ sáng" in answer.text
        late = client.post(f"/quay/{secret}/them", data={"ticket": ticket, "reasons": "attitude"})
        assert "Mời người tiếp theo" not in late.text
