"""The household's pages: from the slip to the receipt."""

import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.polls.models import Ballot, Poll, Slip, TeamMember
from app.polls.ticket import pack
from tests.support.ballots import KEYRING, Voting, make_ticket, make_voting
from tests.support.pages import PageClient
from tests.support.voters import TEXT, ballots, choose, open_slip, send, token, words

ZALO = (
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Version/4.0 Chrome/140.0 Mobile Safari/537.36"
    " Zalo android/25081840 ZaloTheme/light ZaloLanguage/vi"
)


@pytest.fixture
def voting(session: Session) -> Voting:
    return make_voting(session)


@pytest.mark.parametrize("agent", ["Mozilla/5.0", ZALO])
def test_from_the_slip_to_the_receipt(client: PageClient, session: Session, voting: Voting, agent: str) -> None:
    client.environ_base["HTTP_USER_AGENT"] = agent
    slip = voting.slips[0]
    first = open_slip(client, slip)
    assert first.status_code == 200
    assert voting.poll.question in words(first)
    assert "hộ số 001 – ông/bà Nguyễn V. A." in words(first)
    assert "Nguyễn Văn A" not in words(first)
    assert not BeautifulSoup(first.text, "html.parser").find("input", attrs={"checked": True})

    answer = choose(client, slip, "3", TEXT)
    assert (answer.status_code, answer.location) == (303, "/phieu/kiem-tra")
    check = client.get(answer.location)
    assert "chưa gửi phiếu" in words(check)
    assert "Ý kiến khác" in words(check) and TEXT in words(check)
    assert "Gửi phiếu biểu quyết" in words(check)
    assert ballots(session) == 0

    sent = client.post("/phieu/gui", data={"token": token(check)})
    assert sent.status_code == 303
    [ballot] = session.scalars(select(Ballot)).all()
    assert voting.envelopes_open(ballot.envelope) == "other"
    receipt = client.get(sent.location)
    grouped = " ".join(re.findall("....", ballot.receipt))
    assert grouped in words(receipt)
    assert "Đã ghi nhận phiếu biểu quyết" in words(receipt)
    assert voting.poll.title in words(receipt)
    for told in ("Ý kiến khác", "Đồng ý", TEXT):
        assert told not in words(receipt)


def test_choosing_again_before_sending_keeps_what_was_chosen(client: PageClient, voting: Voting) -> None:
    choose(client, voting.slips[0], "3", TEXT)
    again = BeautifulSoup(client.get("/phieu").text, "html.parser")
    checked = again.find("input", attrs={"checked": True})
    assert checked is not None and checked["value"] == "3"
    assert again.textarea is not None and TEXT in again.textarea.text
    answer = client.post("/phieu", data={"choice": "2", "other": TEXT})
    page = client.get(answer.location)
    assert "Không đồng ý" in words(page)
    # A text belongs to another opinion only.
    assert TEXT not in words(page)


def test_a_poll_that_only_asks_is_never_called_a_vote(client: PageClient, session: Session) -> None:
    voting = make_voting(session, kind="online_consent")
    slip = voting.slips[0]
    pages = [open_slip(client, slip)]
    choose(client, slip)
    pages.append(client.get("/phieu/kiem-tra"))
    sent = client.post("/phieu/gui", data={"token": token(pages[-1])})
    pages += [client.get(sent.location), open_slip(client, slip)]
    assert "Gửi phiếu lấy ý kiến" in words(pages[1])
    for page in pages:
        main = BeautifulSoup(page.text, "html.parser").main
        assert main is not None
        assert "biểu quyết" not in main.get_text().lower()


def test_the_same_button_twice_is_one_ballot_and_one_receipt(
    client: PageClient, session: Session, voting: Voting
) -> None:
    choose(client, voting.slips[0])
    proof = token(client.get("/phieu/kiem-tra"))
    cookie = client.get_cookie("phieu", path="/phieu")
    assert cookie is not None
    answers = []
    for _ in range(2):
        # The second tap carries the cookie of the first: its answer had not come yet.
        client.set_cookie("phieu", cookie.value, path="/phieu")
        answers.append(client.post("/phieu/gui", data={"token": proof}).location)
    answers.append(client.post("/phieu/gui", data={"token": proof}).location)
    assert len(set(answers)) == 1
    assert ballots(session) == 1


def test_going_back_after_sending_shows_that_it_is_recorded(client: PageClient, voting: Voting) -> None:
    receipt = send(client, voting.slips[0]).location
    for path in ("/phieu/kiem-tra", "/phieu", "/phieu/gui"):
        answer = client.get(path, follow_redirects=True)
        assert answer.request.path == receipt
        assert "Đã ghi nhận" in words(answer)


def test_who_lost_the_answer_and_chooses_again_gets_the_receipt(client: PageClient, voting: Voting) -> None:
    choose(client, voting.slips[0])
    cookie = client.get_cookie("phieu", path="/phieu")
    assert cookie is not None
    receipt = client.post("/phieu/gui", data={"token": token(client.get("/phieu/kiem-tra"))}).location
    client.set_cookie("phieu", cookie.value, path="/phieu")
    other = choose(client, voting.slips[0], "2")
    assert other.status_code == 409, "a receipt would say that the new choice was recorded"
    assert choose(client, voting.slips[0]).location == receipt


def test_once_sent_the_phone_keeps_no_choice_and_on_demand_nothing(client: PageClient, voting: Voting) -> None:
    send(client, voting.slips[0], "3", TEXT)
    assert "Người khác dùng máy này" in words(client.get(client.get("/phieu").location))
    assert client.post("/phieu/xong").status_code == 303
    assert client.get_cookie("phieu", path="/phieu") is None
    gone = client.get("/phieu/kiem-tra")
    assert gone.status_code == 409
    assert "Không còn phiếu nào đang chờ gửi" in words(gone)


def test_two_phones_the_second_is_told_when(client: PageClient, session: Session, voting: Voting) -> None:
    other = client.application.test_client()
    choose(client, voting.slips[0], "1")
    choose(other, voting.slips[0], "2")  # type: ignore[arg-type]
    send(client, voting.slips[0])
    page = other.get("/phieu/kiem-tra")
    assert page.status_code == 409
    assert "Hộ này đã gửi phiếu lúc" in words(page) and "qua điện thoại" in words(page)
    assert ballots(session) == 1


def test_a_vote_that_may_be_changed_says_so_and_counts_the_last(client: PageClient, session: Session) -> None:
    voting = make_voting(session, may_change=True)
    send(client, voting.slips[0], "1")
    again = open_slip(client, voting.slips[0])
    assert "lần gửi cuối cùng được tính" in words(again)
    send(client, voting.slips[0], "2")
    [ballot] = session.scalars(select(Ballot)).all()
    assert (voting.envelopes_open(ballot.envelope), ballot.version) == ("disagree", 2)


def test_a_get_changes_nothing(client: PageClient, session: Session, voting: Voting) -> None:
    choose(client, voting.slips[0])

    def state() -> list[str]:
        session.expire_all()
        rows = [*session.scalars(select(Slip)), *session.scalars(select(Poll)), *session.scalars(select(Ballot))]
        return [str({k: v for k, v in vars(row).items() if k != "_sa_instance_state"}) for row in rows]

    before = state()
    for _ in range(20):
        open_slip(client, voting.slips[0])
        client.get("/phieu")
        client.get("/phieu/kiem-tra")
        client.get("/phieu/gui")
        client.head(f"/v/{voting.slips[0].secret}")
    assert state() == before


def test_larger_letters_come_back_to_the_ballot(client: PageClient, voting: Voting) -> None:
    page = BeautifulSoup(open_slip(client, voting.slips[0]).text, "html.parser")
    back = page.find("input", attrs={"name": "next"})
    assert back is not None and back["value"] == f"/v/{voting.slips[0].secret}"
    missing = client.post("/phieu", data={"secret": voting.slips[0].secret})
    back = BeautifulSoup(missing.text, "html.parser").find("input", attrs={"name": "next"})
    assert back is not None and back["value"] == f"/v/{voting.slips[0].secret}"


def test_the_team_can_be_called_from_every_page(client: PageClient, session: Session, voting: Voting) -> None:
    session.add(
        TeamMember(poll_id=voting.poll.id, full_name="Trần Văn Mặt", body="front", phone="0901234567", is_head=True)
    )
    session.commit()
    assert 'href="tel:0901234567"' in open_slip(client, voting.slips[0]).text
    session.execute(update(Poll).values(status="closed"))
    session.commit()
    assert 'href="tel:0901234567"' in open_slip(client, voting.slips[0]).text


def test_on_a_lent_phone_only_the_slip_just_scanned_counts(
    client: PageClient, session: Session, voting: Voting
) -> None:
    choose(client, voting.slips[0], "1")
    send(client, voting.slips[1], "2")
    [ballot] = session.scalars(select(Ballot)).all()
    assert ballot.entry_id == voting.slips[1].entry_id


def test_help_at_the_counter_does_not_stick_to_the_next_household(
    client: PageClient, session: Session, voting: Voting
) -> None:
    helped = make_ticket(session, voting.slips[0], assisted_by=voting.poll.created_by)
    client.set_cookie("phieu", pack(KEYRING, helped), path="/phieu")
    assert "Có cán bộ hỗ trợ" in words(client.get("/phieu/kiem-tra"))
    send(client, voting.slips[1])
    [ballot] = session.scalars(select(Ballot)).all()
    assert (ballot.channel, ballot.assisted_by) == ("phone", None)
