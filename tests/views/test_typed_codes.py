"""Without the QR code: number and code typed at home, and help at the counter."""

import statistics
import time

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.permissions import Role
from app.identity.models import TryCounter
from app.polls.errors import WrongCode
from app.polls.models import Ballot, Poll, Slip
from app.polls.operations import codes
from app.polls.rules import credentials
from tests.support.ballots import Voting, make_voting
from tests.support.cast import in_days, make_area
from tests.support.pages import PageClient
from tests.support.passwords import FULL_COST
from tests.support.staff import send as send_form
from tests.support.staff import sign_in_as
from tests.support.voters import send, token, words


@pytest.fixture
def voting(session: Session) -> Voting:
    return make_voting(session)


def enter(client: PageClient, voting: Voting, number: str, code: str):
    path = f"/bieu-quyet/{voting.poll.public_id}/ma"
    return client.post(path, data={"number": number, "code": code})


@pytest.mark.parametrize("number", ["1", "001", "hộ 1", " Số 01 "])
def test_number_and_code_open_the_households_ballot(client: PageClient, voting: Voting, number: str) -> None:
    code = voting.slips[0].code
    answer = enter(client, voting, number, f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
    assert (answer.status_code, answer.location) == (303, "/phieu")
    page = client.get("/phieu")
    assert "hộ số 001" in words(page)
    client.post("/phieu", data={"choice": "1"})
    sent = client.post("/phieu/gui", data={"token": token(client.get("/phieu/kiem-tra"))})
    assert "Đã ghi nhận" in words(client.get(sent.location))


def test_the_way_there_is_found_from_the_start(client: PageClient, session: Session, voting: Voting) -> None:
    page = client.get("/phieu/ma")
    assert voting.poll.title in words(page)
    assert f"/bieu-quyet/{voting.poll.public_id}/ma" in page.text
    session.execute(update(Poll).values(closes_at=in_days(-0.1)))
    session.commit()
    assert "không có cuộc nào đang nhận phiếu" in words(client.get("/phieu/ma"))


@pytest.mark.parametrize(
    ("number", "code"), [("1", "0000-0000-0000"), ("9", None), ("2", None), ("1", "xyz"), ("x" * 30, "y" * 60)]
)
def test_a_wrong_code_says_neither_which(client: PageClient, voting: Voting, number: str, code: str | None) -> None:
    page = enter(client, voting, number, code or voting.slips[0].code)
    assert page.status_code == 422
    assert "Số hộ hoặc mã phiếu chưa đúng" in words(page)
    assert client.get_cookie("phieu", path="/phieu") is None


@pytest.mark.parametrize(("number", "code"), [("", ""), ("1", ""), ("", "7K3M-9QTR-2WXB")])
def test_what_is_missing_is_said_at_its_place(client: PageClient, voting: Voting, number: str, code: str) -> None:
    page = enter(client, voting, number, code)
    assert page.status_code == 422
    assert "Nhập" in words(page)


def test_a_replaced_code_says_so(client: PageClient, session: Session, voting: Voting) -> None:
    session.execute(update(Slip).where(Slip.id == voting.slips[0].id).values(revoked_at=clock.now()))
    session.commit()
    page = enter(client, voting, "1", voting.slips[0].code)
    assert page.status_code == 422
    assert "đã được thay bằng phiếu mới" in words(page)


def test_what_prevents_voting_is_said_after_the_code(client: PageClient, session: Session, voting: Voting) -> None:
    session.execute(update(Slip).values(activated_at=None))
    session.commit()
    enter(client, voting, "1", voting.slips[0].code)
    assert "chưa được ghi nhận là đã giao" in words(client.get("/phieu"))


def test_an_unknown_poll_is_not_there(client: PageClient, voting: Voting) -> None:
    assert client.get("/bieu-quyet/khongco/ma").status_code == 404
    assert client.post("/bieu-quyet/khongco/ma", data={"number": "1", "code": "x"}).status_code == 404


def test_tries_are_limited_for_each_household_whatever_is_right(client: PageClient, voting: Voting) -> None:
    for _ in range(codes.HOUSEHOLD_TRIES):
        assert enter(client, voting, "1", "0" * 12).status_code == 422
    blocked = enter(client, voting, "001", voting.slips[0].code)
    assert blocked.status_code == 429
    assert int(blocked.headers["Retry-After"]) > 60
    # The neighbour is not punished, nor is the slip in the household's own hand.
    assert enter(client, voting, "2", voting.slips[1].code).status_code == 303
    assert client.get(f"/v/{voting.slips[0].secret}").status_code == 200


def test_tries_are_limited_for_the_whole_poll(
    client: PageClient, voting: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "POLL_TRIES", 4)
    for number in range(10, 14):
        assert enter(client, voting, str(number), "0" * 12).status_code == 422
    assert enter(client, voting, "1", voting.slips[0].code).status_code == 429


def test_limits_keep_neither_numbers_nor_addresses(client: PageClient, session: Session, voting: Voting) -> None:
    enter(client, voting, "1", "0" * 12)
    kept = " ".join(session.scalars(select(TryCounter.key)))
    assert voting.poll.public_id not in kept and "127.0.0.1" not in kept


def test_an_unknown_household_takes_as_long_as_a_known_one(
    session: Session, voting: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As dear as in production: with cheap codes, the questions to the database would be all that is timed.
    monkeypatch.setattr(credentials, "_COST", FULL_COST)

    def seconds(number: str) -> float:
        times = []
        for _ in range(15):
            start = time.perf_counter()
            with pytest.raises(WrongCode):
                codes.slip_by_code(session, voting.poll.id, number, "0" * 12)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    seconds("1")
    known, unknown = seconds("1"), seconds("99")
    assert 0.6 < known / unknown < 1.6


# ------------------------------------------------------------------------------------------- the counter


def counter(voting: Voting) -> str:
    return f"/staff/cuoc-bieu-quyet/{voting.poll.public_id}/quay/"


@pytest.mark.parametrize("way", ["scanned", "code"])
def test_help_at_the_counter_is_recorded(client: PageClient, session: Session, voting: Voting, way: str) -> None:
    helper = sign_in_as(client, session, Role.TEAM_MEMBER, voting.poll.area)
    slip = voting.slips[0]
    values = (
        {"scanned": f"http://danban.example/v/{slip.secret}"}
        if way == "scanned"
        else {
            "number": "1",
            "code": slip.code,
        }
    )
    assert send_form(client, counter(voting), values).location == "/phieu"
    assert "Có cán bộ hỗ trợ" in words(client.get("/phieu"))
    client.post("/phieu", data={"choice": "2"})
    sent = client.post("/phieu/gui", data={"token": token(client.get("/phieu/kiem-tra"))})
    assert sent.status_code == 303
    [ballot] = session.scalars(select(Ballot)).all()
    assert (ballot.channel, ballot.assisted_by) == ("counter", helper.id)
    [note] = session.scalars(select(AuditEntry).where(AuditEntry.action == "polls.counter.assist"))
    assert (note.account_id, note.detail) == (helper.id, {"household": "001"})
    page = words(client.get(f"/v/{slip.secret}"))
    assert "tại điểm hỗ trợ, có cán bộ giúp" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Quét phiếu, hoặc nhập"),
        ({"number": "1"}, "Quét phiếu, hoặc nhập"),
        ({"number": "1", "code": "0" * 12}, "Số hộ hoặc mã phiếu chưa đúng"),
        ({"scanned": "abc"}, "Không tìm thấy phiếu này"),
    ],
)
def test_the_counter_says_what_is_wrong(
    client: PageClient, session: Session, voting: Voting, values: dict[str, str], sentence: str
) -> None:
    sign_in_as(client, session, Role.TEAM_MEMBER, voting.poll.area)
    page = send_form(client, counter(voting), values)
    assert page.status_code in (404, 422)
    assert sentence in words(page)
    assert client.get_cookie("phieu", path="/phieu") is None


def test_the_counter_refuses_slips_of_other_polls_and_households_that_voted(
    client: PageClient, session: Session, voting: Voting
) -> None:
    other = make_voting(session)
    sign_in_as(client, session, Role.TEAM_MEMBER, voting.poll.area)
    page = send_form(client, counter(voting), {"scanned": other.slips[0].secret})
    assert page.status_code == 422
    assert "thuộc cuộc khác" in words(page)
    send(client, voting.slips[0])
    page = send_form(client, counter(voting), {"scanned": voting.slips[0].secret})
    assert page.status_code == 409
    assert "Hộ này đã gửi phiếu lúc" in words(page)


def test_only_the_team_helps(client: PageClient, session: Session, voting: Voting) -> None:
    assert client.get(counter(voting)).status_code == 303
    sign_in_as(client, session, Role.OVERSEER, voting.poll.area)
    assert client.get(counter(voting)).status_code == 403
    sign_in_as(client, session, Role.TEAM_MEMBER, make_area(session))
    assert client.get(counter(voting)).status_code == 404
