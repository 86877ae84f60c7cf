"""Staff pages of turnout, of households to remind, and of households to call after the vote."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.households.models import Representative
from app.polls.models import RollEntry
from app.polls.operations.casting import cast
from tests.support.ballots import make_ticket
from tests.support.cast import make_account, make_grant
from tests.support.counting import come, counted, end, ended, voting, words
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in


def slips_pages(poll: Any) -> str:
    return f"/staff/cuoc-bieu-quyet/{poll.public_id}/phieu-ma"


# --------------------------------------------------------------------------------------- turnout and reminders


def test_turnout_by_lane_is_for_those_who_may_know_each_household(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    session.query(RollEntry).filter_by(poll_id=vote.poll.id).update({"cluster": "Hẻm 12"})
    cast(session, make_ticket(session, vote.slips[0]))
    session.commit()
    for role, sees in ((Role.TEAM_MEMBER, True), (Role.OVERSEER, True), (Role.MODERATOR, False)):
        account = make_account(session)
        make_grant(session, account, role, vote.area)
        sign_in(client, session, account)
        text = words(client.get(f"{slips_pages(vote.poll)}/tham-gia"))
        assert "1 /3 hộ đã tham gia" in text.replace("/ 3", "/3") and ("Hẻm 12" in text) is sees


def test_the_wall_shows_one_number(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    cast(session, make_ticket(session, vote.slips[0], "disagree"))
    session.commit()
    come(client, session, vote.head)
    page = client.get(f"{slips_pages(vote.poll)}/man-hinh")
    assert "Chưa ai biết kết quả trước giờ đóng" in words(page) and "đồng ý" not in words(page).replace(
        vote.poll.question, ""
    )


def test_the_team_ticks_those_it_reminded(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    cast(session, make_ticket(session, vote.slips[0]))
    session.commit()
    come(client, session, vote.head)
    page = f"{slips_pages(vote.poll)}/chua-tham-gia"
    soup = BeautifulSoup(client.get(page).text, "html.parser")
    offered = [box["value"] for box in soup.find_all("input", attrs={"name": "entries"})]
    assert offered == [str(slip.entry_id) for slip in vote.slips[1:]]
    assert send(client, page, {"entries": offered[:1]}).status_code == 303
    text = words(client.get(page))
    assert "Đã nhắc, chưa tham gia" in text and text.count("Hộ số") == 1


@pytest.mark.parametrize("entries", [["999999"], ["abc"], ["-1"]])
def test_only_households_of_the_list_are_ticked(client: PageClient, session: Session, entries: list[str]) -> None:
    vote = voting(session, 3)
    session.commit()
    come(client, session, vote.head)
    answer = send(client, f"{slips_pages(vote.poll)}/chua-tham-gia", {"entries": entries})
    assert answer.status_code == 200 and "Có lỗi cần sửa" in words(answer)
    assert not session.scalars(select(RollEntry).where(RollEntry.reminded_at.is_not(None))).all()


def test_after_the_end_nobody_is_reminded(client: PageClient, session: Session) -> None:
    vote = ended(session, 4, 3)
    session.commit()
    come(client, session, vote.head)
    page = client.get(f"{slips_pages(vote.poll)}/chua-tham-gia")
    assert "Không còn nhắc hộ nào" in words(page) and 'name="entries"' not in page.text


# -------------------------------------------------------------------------------------------------- call-backs


def test_the_sample_is_drawn_by_a_button_and_stays(client: PageClient, session: Session) -> None:
    vote = counted(session, 4, 3)
    session.query(Representative).update({"phone": "0905 111 222"})
    session.commit()
    come(client, session, vote.overseer)
    page = f"{slips_pages(vote.poll)}/goi-lai"
    assert "hộ được rút" not in words(client.get(page))
    first = words(send(client, page))
    assert "3 hộ được rút" in first and "0905 111 222" in first and words(send(client, page)) == first


def test_no_sample_before_the_end(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    session.commit()
    come(client, session, vote.officer)
    answer = send(client, f"{slips_pages(vote.poll)}/goi-lai")
    assert "sau khi hết giờ nhận phiếu" in words(answer) and "hộ được rút" not in words(answer)
    end(session, vote.poll)
    session.commit()
    assert "0 hộ được rút" in words(send(client, f"{slips_pages(vote.poll)}/goi-lai"))
