"""Why a household cannot go on: each reason has its sentence, at every step."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.polls.models import Ballot, Poll, RollEntry, Slip
from app.polls.ticket import LIFE
from tests.support.ballots import Voting, make_slip, make_voting
from tests.support.cast import in_days
from tests.support.pages import PageClient
from tests.support.voters import ballots, choose, open_slip, send, token, words


@pytest.fixture
def voting(session: Session) -> Voting:
    return make_voting(session)


SENTENCES = [
    ({"opens_at": in_days(0.2)}, {}, 409, "Chưa đến giờ gửi phiếu"),
    ({"closes_at": in_days(-0.2)}, {}, 409, "Đã hết giờ nhận phiếu"),
    ({"status": "closed"}, {}, 409, "CHƯA được ghi nhận"),
    ({"status": "cancelled", "cancel_reason": "Bão số 9"}, {}, 409, "Lý do: Bão số 9"),
    ({}, {"revoked_at": clock.now()}, 409, "đã được thay bằng phiếu mới"),
    ({}, {"activated_at": None}, 409, "chưa được ghi nhận là đã giao"),
]


@pytest.mark.parametrize(("poll", "slip", "status", "sentence"), SENTENCES)
def test_each_reason_has_its_sentence_at_every_step(
    client: PageClient,
    session: Session,
    voting: Voting,
    poll: dict[str, object],
    slip: dict[str, object],
    status: int,
    sentence: str,
) -> None:
    choose(client, voting.slips[0])
    proof = token(client.get("/phieu/kiem-tra"))
    if poll:
        session.execute(update(Poll).values(**poll))
    if slip:
        session.execute(update(Slip).where(Slip.id == voting.slips[0].id).values(**slip))
    session.commit()
    pages = [
        open_slip(client, voting.slips[0]),
        choose(client, voting.slips[0]),
        client.get("/phieu"),
        client.get("/phieu/kiem-tra"),
        client.post("/phieu/gui", data={"token": proof}),
    ]
    for page in pages:
        assert page.status_code == status, page.request.path
        assert sentence in words(page)
    assert ballots(session) == 0


@pytest.mark.parametrize("secret", ["ABC", "0" * 26, "0" * 27, "%00", "..%2f..", "ắ" * 26, "' OR 1=1 --"])
def test_an_unknown_slip_is_told_what_to_do(client: PageClient, voting: Voting, secret: str) -> None:
    page = client.get(f"/v/{secret}")
    assert page.status_code == 404
    assert client.post("/phieu", data={"secret": secret, "choice": "1"}).status_code == 404


def test_a_household_that_has_voted_sees_when_and_how_never_what(
    client: PageClient, session: Session, voting: Voting
) -> None:
    send(client, voting.slips[0], "2")
    page = open_slip(client, voting.slips[0])
    assert page.status_code == 200
    assert re.search(r"Hộ này đã gửi phiếu lúc \d\d:\d\d \d\d/\d\d/\d{4}, qua điện thoại", words(page))
    assert "ồng ý" not in words(page)
    assert choose(client, voting.slips[0]).status_code == 409


def test_a_revoked_slip_is_not_told_that_the_household_has_voted(
    client: PageClient, session: Session, voting: Voting
) -> None:
    send(client, voting.slips[0])
    session.execute(update(Slip).where(Slip.id == voting.slips[0].id).values(revoked_at=clock.now()))
    make_slip(session, session.get_one(RollEntry, voting.slips[0].entry_id), issue=2)
    session.commit()
    page = words(open_slip(client, voting.slips[0]))
    assert "đã được thay" in page
    assert "đã gửi phiếu lúc" not in page and "Nguyễn" not in page


def test_nothing_chosen_is_said_at_the_choice(client: PageClient, voting: Voting) -> None:
    for data in ({}, {"choice": "7"}, {"choice": "agree"}):
        page = client.post("/phieu", data={"secret": voting.slips[0].secret, **data})
        assert page.status_code == 422
        assert page.text.count("<title>Lỗi: ") == 1
        assert "Có lỗi cần sửa" in words(page)


def test_a_text_too_long_is_said_and_kept(client: PageClient, voting: Voting) -> None:
    long = "Tôi đề nghị xem lại. " * 30
    page = choose(client, voting.slips[0], "3", long)
    assert page.status_code == 422
    assert "Tối đa 500 ký tự" in words(page)
    area = BeautifulSoup(page.text, "html.parser").textarea
    assert area is not None and area.text.strip() == long.strip()


def test_hostile_text_is_shown_as_text(client: PageClient, session: Session) -> None:
    voting = make_voting(session, question='<script>alert(1)</script> "Đường" & hẻm?')
    hostile = "<b onclick=x>\u202e</b>\x02\x03 & \"'"
    choose(client, voting.slips[0], "3", hostile)
    page = client.get("/phieu/kiem-tra")
    assert "<script>alert" not in page.text and "<b onclick" not in page.text
    assert "<b onclick=x></b> & \"'" in words(page)
    assert not set(page.text) & set("\u202e\x02\x03")


def test_the_cookie_is_sealed_and_short_lived(
    client: PageClient, session: Session, voting: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = choose(client, voting.slips[0]).headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/phieu", "Max-Age=600"):
        assert part in header
    late = clock.now() + LIFE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    page = client.get("/phieu/kiem-tra")
    assert page.status_code == 409
    assert "chỉ được giữ 10 phút" in words(page)


@pytest.mark.parametrize("cookie", ["", "x", "A" * 2299])
def test_a_forged_cookie_is_none(client: PageClient, session: Session, voting: Voting, cookie: str) -> None:
    client.set_cookie("phieu", cookie, path="/phieu")
    assert client.get("/phieu/kiem-tra").status_code == 409
    assert client.post("/phieu/gui", data={"token": "x"}).status_code == 409
    assert client.post("/phieu", data={"choice": "1"}).status_code == 409


def test_the_button_of_an_old_page_sends_nothing(client: PageClient, session: Session, voting: Voting) -> None:
    choose(client, voting.slips[0], "1")
    old = token(client.get("/phieu/kiem-tra"))
    choose(client, voting.slips[0], "2")
    for proof in (old, "", "0" * 64):
        page = client.post("/phieu/gui", data={"token": proof})
        assert page.status_code == 409
        assert "CHƯA được gửi" in words(page)
    assert ballots(session) == 0


def test_another_site_cannot_send(client: PageClient, session: Session, voting: Voting) -> None:
    choose(client, voting.slips[0])
    proof = token(client.get("/phieu/kiem-tra"))
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/phieu/gui", data={"token": proof}, headers=headers).status_code == 403
    assert ballots(session) == 0


def test_a_ticket_of_another_household_cannot_be_made_up(client: PageClient, session: Session, voting: Voting) -> None:
    """Only the sealed cookie says whose ballot it is: whatever else a form sends is not read."""
    choose(client, voting.slips[0])
    proof = token(client.get("/phieu/kiem-tra"))
    data = {"token": proof, "slip_id": voting.slips[1].id, "entry_id": voting.slips[1].entry_id, "choice": "2"}
    client.post("/phieu/gui", data=data)
    [ballot] = session.scalars(select(Ballot)).all()
    assert (ballot.entry_id, voting.envelopes_open(ballot.envelope)) == (voting.slips[0].entry_id, "agree")
