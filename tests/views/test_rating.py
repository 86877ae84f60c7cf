"""One tap is one row, whatever is sent twice; a page opened changes nothing; two minutes to take it back."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock, remembered
from app.core.permissions import Role
from app.feedback.models import CounterGroup, PointScan, Rating, RatingPoint, SlipAnswer, SurveyAnswer, SurveyResponse
from app.feedback.rules.survey import ITEMS
from app.visitors.device import COOKIE
from app.web import staffmark
from tests.support.caller import dump
from tests.support.feedback import make_group, make_officer, make_point, make_shift
from tests.support.pages import PageClient
from tests.support.rating import hidden, no_floods, point
from tests.support.visitors import Time, guard_of, old_enough
from tests.views.test_sign_in_pages import enter, person, quick_passwords

__all__ = ["no_floods", "point", "quick_passwords"]


def opened(client: PageClient, point: RatingPoint) -> str:
    return hidden(client.get(f"/r/{point.code}").text, "token")


def tapped(client: PageClient, point: RatingPoint, level: int = 5, token: str = "", **more: Any) -> Any:
    data = {"level": str(level), "token": token or opened(client, point)} | more
    return client.post(f"/r/{point.code}", data=data)


def ratings(session: Session) -> list[Rating]:
    return list(session.scalars(select(Rating).order_by(Rating.id)))


def test_one_tap_is_saved_with_what_is_known_of_it(client: PageClient, session: Session, point: RatingPoint) -> None:
    assert point.counter is not None
    officer = make_officer(session, point.center)
    make_shift(session, officer, point.counter)
    point.center.networks = ["rubbish", "127.0.0.0/8"]
    session.commit()
    answer = tapped(client, point, 2, took_ms="2400", screen="360x740", locale="vi-VN")
    assert answer.status_code == 200 and "Đã ghi nhận. Cảm ơn" in answer.text and "Không hài lòng" in answer.text
    assert "Chờ lâu" in answer.text and "Tận tình" not in answer.text
    [made] = ratings(session)
    assert (made.level, made.officer_id, made.counter_id, made.tier) == (2, officer.id, point.counter_id, 0)
    assert (made.took_ms, made.screen, made.locale, made.standing) == (2400, "360x740", "vi-VN", "counted")
    assert made.day == clock.today() and made.path == point.path and made.on_site
    assert "Tận tình" in tapped(client, point, 5).text


def test_a_counter_of_one_group_rates_its_group(client: PageClient, session: Session, point: RatingPoint) -> None:
    groups = [make_group(session, point.center) for _ in range(2)]
    for group in groups:
        session.add(CounterGroup(counter_id=point.counter_id, group_id=group.id))
        session.commit()
        remembered.forget_all()
        tapped(client, point)
    groups[0].closed_at = clock.now()
    session.commit()
    remembered.forget_all()
    tapped(client, point)
    assert [made.group_id for made in ratings(session)] == [groups[0].id, None, groups[1].id]


def test_a_hundred_openings_change_nothing(client: PageClient, session: Session, point: RatingPoint) -> None:
    before = dump(session)
    for path in (f"/r/{point.code}", f"/r/{point.code.lower()}", f"/r/{point.code}/phieu", f"/r/{point.code}/khao-sat"):
        for _ in range(25):
            assert client.get(path, check=False).status_code == 200
    session.expire_all()
    assert dump(session) == before


def test_the_same_page_sent_again_is_the_same_rating(client: PageClient, session: Session, point: RatingPoint) -> None:
    token = opened(client, point)
    first, again, other = (tapped(client, point, level, token) for level in (5, 5, 1))
    assert [answer.status_code for answer in (first, again, other)] == [200, 200, 200]
    assert [made.level for made in ratings(session)] == [5]
    assert "Rất hài lòng" in other.text
    assert hidden(first.text, "ticket") == hidden(other.text, "ticket")


@pytest.mark.parametrize("sent", [{"token": "x"}, {"token": ""}, {"level": "6"}, {"level": ""}, {"level": "5; DROP"}])
def test_what_is_no_tap_on_our_page_is_not_saved(
    client: PageClient, session: Session, point: RatingPoint, sent: dict[str, str]
) -> None:
    data = {"level": "5", "token": opened(client, point)} | sent
    answer = client.post(f"/r/{point.code}", data=data)
    assert answer.status_code in (409, 422) and ratings(session) == []
    assert hidden(answer.text, "token") not in ("", "x")


def test_the_token_of_another_point_is_worth_nothing(client: PageClient, session: Session, point: RatingPoint) -> None:
    other = make_point(session, point.center)
    session.commit()
    assert tapped(client, point, 5, opened(client, other)).status_code == 409
    assert ratings(session) == []


def test_it_can_be_taken_back_for_two_minutes_by_who_made_it(
    client: PageClient, session: Session, point: RatingPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, undo = Time(monkeypatch), f"/r/{point.code}/bam-nham"
    token = opened(client, point)
    ticket = hidden(tapped(client, point, 1, token).text, "ticket")
    assert client.post(undo, data={"ticket": ticket[:-2] + "AA"}).status_code == 409
    assert client.post(undo, data={}).status_code == 409
    assert ratings(session)[0].undone_at is None
    time.pass_by(seconds=119)
    answer = client.post(undo, data={"ticket": ticket})
    assert answer.status_code == 200 and "Đã bỏ đánh giá vừa rồi" in answer.text
    assert ratings(session)[0].undone_at is not None
    assert client.post(undo, data={"ticket": ticket}).status_code == 200
    anew = tapped(client, point, 5, hidden(answer.text, "token"))
    assert [made.level for made in ratings(session)] == [1, 5]
    # The page taken back is no rating any more, however often it is sent.
    assert "Ông/Bà hài lòng ở mức nào" in tapped(client, point, 1, token).text
    time.pass_by(seconds=121)
    late = client.post(undo, data={"ticket": hidden(anew.text, "ticket")})
    assert late.status_code == 409 and "Đã quá hai phút" in late.text
    assert ratings(session)[1].undone_at is None


def test_what_waited_on_a_phone_keeps_its_moment(
    client: PageClient, session: Session, point: RatingPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Time(monkeypatch, clock.now().replace(microsecond=0))
    token, begun = opened(client, point), time.now
    time.pass_by(days=3)
    # The phone's clock is a year slow; how long the rating waited it knows all the same.
    two_days = 2 * 86_400_000
    tapped(client, point, 4, token, made_at="1000000", sent_at=str(1_000_000 + two_days))
    tapped(client, point, 4, opened(client, point), made_at="0", sent_at=str(two_days))
    waited, forged = ratings(session)
    assert waited.made_at == time.now - timedelta(days=2) and waited.received_at == time.now
    assert waited.day == clock.local(waited.made_at).date()
    # Nobody taps a page before it was shown.
    assert forged.made_at == forged.received_at == time.now
    time.pass_by(days=8)
    tapped(client, point, 4, token="", made_at="x", sent_at="")
    assert ratings(session)[2].made_at == time.now and begun < waited.made_at


def test_a_page_may_be_tapped_for_a_week_and_what_waited_comes_in_later(
    client: PageClient, session: Session, point: RatingPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, day = Time(monkeypatch), 86_400_000
    first, second, third = (opened(client, point) for _ in range(3))
    time.pass_by(days=6)
    assert tapped(client, point, 3, first).status_code == 200
    time.pass_by(days=6)
    # Tapped six days after it was shown, without network since; then tapped today, or four days ago.
    assert tapped(client, point, 2, second, made_at="0", sent_at=str(6 * day)).status_code == 200
    for data in ({}, {"made_at": "0", "sent_at": str(4 * day)}):
        old = tapped(client, point, 1, third, **data)
        assert old.status_code == 409 and "đánh giá CHƯA được ghi nhận" in old.text
    slip = client.post(f"/r/{point.code}/phieu", data={"level": "1", "token": third})
    assert slip.status_code == 409 and hidden(slip.text, "token") != third
    assert tapped(client, point, 1, hidden(old.text, "token")).status_code == 200
    assert [made.level for made in ratings(session)] == [3, 2, 1]


def test_a_browser_of_staff_is_held_until_somebody_decides(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    client.set_cookie(staffmark.COOKIE, "made-up")
    tapped(client, point)
    person(session, Role.AREA_HEAD)
    assert enter(client, password="wrong").status_code == 422
    enter(client)
    tapped(client, point)
    assert [(made.staff_device, made.standing) for made in ratings(session)] == [(False, "counted"), (True, "held")]


def test_a_revoked_point_says_so_and_leads_on(client: PageClient, session: Session, point: RatingPoint) -> None:
    token = opened(client, point)
    new = make_point(session, point.center)
    point.revoked_at, point.revoked_reason, point.replaced_by = clock.now(), "Mã bị dán đè.", new.id
    session.commit()
    remembered.forget_all()
    page = client.get(f"/r/{point.code}")
    assert page.status_code == 410 and f"/r/{new.code}" in page.text
    assert tapped(client, point, 5, token).status_code == 409 and ratings(session) == []
    assert client.get("/r/ZZZZZZ").status_code == client.get("/r/x").status_code == 404


def test_one_wifi_is_never_punished_and_a_flood_is(client: PageClient, session: Session, point: RatingPoint) -> None:
    for _ in range(40):
        client.delete_cookie(COOKIE)
        assert tapped(client, point).status_code == 200
    assert len({made.device_hash for made in ratings(session)}) == 40
    assert [tapped(client, point).status_code for _ in range(32)].count(429) in (2, 3)


def test_an_opened_page_counts_a_scan_and_no_rating(client: PageClient, session: Session, point: RatingPoint) -> None:
    for _ in range(3):
        assert client.post(f"/r/{point.code}/mo").status_code == 204
    assert session.scalar(select(func.sum(PointScan.count)).where(PointScan.point_id == point.id)) == 3
    assert ratings(session) == []


def test_six_questions_make_one_rating(client: PageClient, session: Session, point: RatingPoint) -> None:
    path = f"/r/{point.code}/phieu"
    token = hidden(client.get(path).text, "token")
    old = client.post(path, data={"token": "x", "level": "4"})
    assert old.status_code == 409 and "CHƯA được ghi nhận" in old.text and "checked" in old.text
    missing = client.post(path, data={"token": token, "attitude": "2"})
    assert missing.status_code == 422 and "chưa chọn" in missing.text and ratings(session) == []
    data = {"token": token, "level": "4", "attitude": "2", "trips": "1"}
    for _ in range(2):
        assert "Đã ghi nhận" in client.post(path, data=data).text
    [made] = ratings(session)
    answers = {row.question: row.value for row in session.scalars(select(SlipAnswer))}
    assert made.level == 4 and answers == {"attitude": 2, "trips": 1}


def test_the_yearly_survey_is_taken_once(client: PageClient, session: Session, point: RatingPoint) -> None:
    path = f"/r/{point.code}/khao-sat"
    page = client.get(path)
    for words in ITEMS.values():
        assert words in page.text
    assert "<textarea" not in page.text and "từ câu 15 đến câu 33" in page.text
    empty = client.post(path, data=guard_of(page.text))
    assert empty.status_code in (422, 428)
    data = {**guard_of(client.get(path).text), "item_15": "5", "item_33": "1"}
    data |= old_enough(client, f"survey:{point.code}")
    for _ in range(2):
        assert "Đã nhận phiếu khảo sát" in client.post(path, data=data).text
    assert session.scalar(select(func.count()).select_from(SurveyResponse)) == 1
    assert {row.item: row.level for row in session.scalars(select(SurveyAnswer))} == {15: 5, 33: 1}


@pytest.mark.sqlite
def test_a_tap_is_one_statement(client: PageClient, session: Session, point: RatingPoint) -> None:
    tapped(client, point)
    tokens, address = [opened(client, point) for _ in range(3)], f"/r/{point.code}"
    driver = session.connection().connection.driver_connection
    asked: list[str] = []
    assert driver is not None
    driver.set_trace_callback(asked.append)
    for token in tokens:
        assert client.post(address, data={"level": "5", "token": token}, check=False).status_code == 200
        session.expunge_all()
    driver.set_trace_callback(None)
    told = [one for one in asked if one.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")]
    assert len(told) == 3 and all(one.startswith("INSERT INTO rating ") for one in told), told


def test_a_picture_that_is_too_large_takes_nothing_back(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    ticket = hidden(tapped(client, point, 2).text, "ticket")
    data = {"ticket": ticket, "photo": (io.BytesIO(b"x" * (11 << 20)), "a.jpg")}
    answer = client.post(f"/r/{point.code}/them", data=data)
    assert answer.status_code == 413 and "lần gửi này chưa được ghi nhận" in answer.text
    assert "bảng tính" not in answer.text and [made.level for made in ratings(session)] == [2]
