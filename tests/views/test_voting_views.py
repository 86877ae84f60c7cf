"""Staff pages of slips: printed, replaced, handed over."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.polls.models import Slip
from app.polls.operations.casting import cast
from tests.support import papers
from tests.support.ballots import make_ticket
from tests.support.cast import make_account, make_grant, make_poll
from tests.support.counting import Vote, come, ended, rows, voting, words
from tests.support.pages import PageClient
from tests.support.polls import make_scene, opened_poll
from tests.support.staff import send, sign_in


def slips_pages(poll: Any) -> str:
    return f"/staff/cuoc-bieu-quyet/{poll.public_id}/phieu-ma"


def valid(session: Session, poll: Any) -> list[Slip]:
    query = select(Slip).where(Slip.poll_id == poll.id, Slip.revoked_at.is_(None)).order_by(Slip.entry_id)
    return list(session.scalars(query))


def fresh(session: Session, households: int = 9) -> Vote:
    """A poll opened by its people, without a slip yet."""
    scene = make_scene(session, households)
    poll = opened_poll(scene)
    session.commit()
    return Vote(session, poll, [], scene.head, scene.front, scene.officer, scene.overseer)


# ------------------------------------------------------------------------------------------------- printing


@pytest.mark.parametrize(("per_page", "sheets"), [("8", 2), ("10", 1)])
def test_a_slip_for_every_household_is_printed_once(
    client: PageClient, session: Session, per_page: str, sheets: int
) -> None:
    vote = fresh(session)
    come(client, session, vote.head)
    page = f"{slips_pages(vote.poll)}/in"
    answer = send(client, page, {"per_page": per_page, "envelope": "1"})
    assert answer.mimetype == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(papers.pages(answer.data)) == sheets
    assert "Nguyễn Văn 1" in papers.pdf_text(answer.data) and len(valid(session, vote.poll)) == 9
    codes = {code.text for n in range(sheets) for code in papers.picture(answer.data, n).codes()}
    assert len(codes) == 9 and all("/v/" in code and "?" not in code for code in codes)
    again = send(client, page, {"per_page": per_page, "envelope": "1"})
    assert again.mimetype == "text/html" and "Mọi hộ đã có phiếu" in words(again)


def test_without_an_envelope_names_are_initials(client: PageClient, session: Session) -> None:
    vote = fresh(session)
    come(client, session, vote.head)
    text = papers.pdf_text(send(client, f"{slips_pages(vote.poll)}/in", {"per_page": "8", "envelope": "0"}).data)
    assert "Nguyễn Văn 1" not in text


@pytest.mark.parametrize("values", [{"per_page": "9"}, {"per_page": "abc"}, {"envelope": "2"}, {"per_page": ""}])
def test_a_made_up_layout_prints_nothing(client: PageClient, session: Session, values: dict[str, str]) -> None:
    vote = fresh(session, 3)
    come(client, session, vote.head)
    answer = send(client, f"{slips_pages(vote.poll)}/in", {"per_page": "8", "envelope": "1"} | values)
    assert answer.mimetype == "text/html" and "Có lỗi cần sửa" in words(answer)
    assert valid(session, vote.poll) == []


def test_looking_at_the_print_page_prints_nothing(client: PageClient, session: Session) -> None:
    vote = fresh(session, 3)
    come(client, session, vote.head)
    for path in ("in", "in-lai", "cap-lai"):
        assert client.get(f"{slips_pages(vote.poll)}/{path}").mimetype == "text/html"
    assert valid(session, vote.poll) == []


@pytest.mark.parametrize("path", ["in", "in-lai", "cap-lai", "giao"])
def test_no_slip_after_the_end(client: PageClient, session: Session, path: str) -> None:
    vote = ended(session, 4, 3)
    come(client, session, vote.head)
    values = {"per_page": "8", "envelope": "1", "reason": "Máy in kẹt giấy.", "number": "8", "way": "all"}
    answer = send(client, f"{slips_pages(vote.poll)}/{path}", values)
    assert answer.mimetype == "text/html" and "cho đến khi hết giờ nhận phiếu" in words(answer)


@pytest.mark.parametrize("status", ["preparing", "submitted"])
def test_no_slip_before_the_roll_is_frozen(client: PageClient, session: Session, status: str) -> None:
    vote = voting(session, 1)
    poll = make_poll(session, vote.area, status=status)
    session.commit()
    come(client, session, vote.head)
    answer = send(client, f"{slips_pages(poll)}/in", {"per_page": "8", "envelope": "1"})
    assert answer.mimetype == "text/html"
    for page in ("danh-sach-giao.pdf", "tham-gia", "man-hinh", "chua-tham-gia"):
        assert client.get(f"{slips_pages(poll)}/{page}").status_code == 409


def test_a_lost_slip_is_replaced_with_a_reason(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    session.commit()
    come(client, session, vote.head)
    page = f"{slips_pages(vote.poll)}/cap-lai"
    answer = send(client, page, {"number": " 2 ", "reason": "Hộ làm mất phiếu."})
    assert answer.mimetype == "application/pdf"
    old, new = session.scalars(select(Slip).where(Slip.entry_id == vote.slips[1].entry_id).order_by(Slip.issue)).all()
    assert (old.revoke_reason, new.revoked_at, new.activated_at) == ("Hộ làm mất phiếu.", None, None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": "99", "reason": "Hộ làm mất phiếu."}, "number"),
        ({"number": "", "reason": "Hộ làm mất phiếu."}, "number"),
        ({"number": "2", "reason": ""}, "reason"),
        ({"number": "2", "reason": "mất"}, "reason"),
    ],
)
def test_a_replacement_is_refused_at_its_field(
    client: PageClient, session: Session, values: dict[str, str], field: str
) -> None:
    vote = voting(session, 3)
    session.commit()
    come(client, session, vote.head)
    answer = send(client, f"{slips_pages(vote.poll)}/cap-lai", values)
    assert BeautifulSoup(answer.text, "html.parser").find(id=f"{field}-error")
    assert rows(session, Slip, vote) == 3


def test_a_household_that_has_voted_gets_no_other_slip(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    cast(session, make_ticket(session, vote.slips[1]))
    session.commit()
    come(client, session, vote.head)
    answer = send(client, f"{slips_pages(vote.poll)}/cap-lai", {"number": "2", "reason": "Hộ làm mất phiếu."})
    assert "Hộ này đã gửi phiếu lúc" in words(answer) and rows(session, Slip, vote) == 3


def test_only_slips_not_handed_over_are_printed_again(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    session.get_one(Slip, vote.slips[2].id).activated_at = None
    session.commit()
    come(client, session, vote.front)
    page = f"{slips_pages(vote.poll)}/in-lai"
    values = {"per_page": "8", "envelope": "1"}
    assert "Có lỗi cần sửa" in words(send(client, page, values))
    answer = send(client, page, values | {"reason": "Máy in kẹt giấy."})
    assert answer.mimetype == "application/pdf" and "003" in papers.pdf_text(answer.data)
    kept = {slip.id for slip in valid(session, vote.poll)}
    assert {vote.slips[0].id, vote.slips[1].id} < kept and vote.slips[2].id not in kept


# ------------------------------------------------------------------------------------------------ handing over


def waiting(session: Session) -> Vote:
    vote = voting(session, 4, activated=False)
    session.commit()
    return vote


def handed(session: Session, vote: Vote) -> list[bool]:
    return [slip.activated_at is not None for slip in valid(session, vote.poll)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"way": "numbers", "numbers": "1-2, 4"}, [True, True, False, True]),
        ({"way": "all", "exceptions": "3"}, [True, True, False, True]),
        ({"way": "all"}, [True] * 4),
    ],
)
def test_hand_over_is_recorded(
    client: PageClient, session: Session, values: dict[str, str], expected: list[bool]
) -> None:
    vote = waiting(session)
    team = make_account(session)
    make_grant(session, team, Role.TEAM_MEMBER, vote.area)
    sign_in(client, session, team)
    page = f"{slips_pages(vote.poll)}/giao"
    assert send(client, page, values).status_code == 303
    assert handed(session, vote) == expected
    assert f"Đã ghi nhận giao {sum(expected)} phiếu." in words(client.get(page))
    send(client, page, values)
    assert f"{sum(expected)} phiếu đã được ghi nhận giao từ trước." in words(client.get(page))


def test_a_scanned_slip_is_handed_over(client: PageClient, session: Session) -> None:
    vote = waiting(session)
    come(client, session, vote.head)
    scanned = f"http://danban.example.vn/v/{vote.slips[1].secret}"
    assert send(client, f"{slips_pages(vote.poll)}/giao", {"way": "scan", "scanned": scanned}).status_code == 303
    assert handed(session, vote) == [False, True, False, False]


@pytest.mark.parametrize(
    "values",
    [
        {"way": "numbers", "numbers": ""},
        {"way": "numbers", "numbers": "1, 99"},
        {"way": "all", "exceptions": "99"},
        {"way": "scan", "scanned": "https://example.com/khac"},
        {"way": "scan", "scanned": ""},
        {"way": "bay"},
        {},
    ],
)
def test_nothing_is_handed_over_in_part(client: PageClient, session: Session, values: dict[str, str]) -> None:
    vote = waiting(session)
    come(client, session, vote.head)
    answer = send(client, f"{slips_pages(vote.poll)}/giao", values)
    assert answer.status_code == 200 and "Có lỗi cần sửa" in words(answer)
    assert handed(session, vote) == [False] * 4


def test_a_slip_of_another_poll_is_not_handed_over_here(client: PageClient, session: Session) -> None:
    vote, other = waiting(session), waiting(session)
    come(client, session, vote.head)
    values = {"way": "scan", "scanned": other.slips[0].secret}
    assert "thuộc cuộc khác" in words(send(client, f"{slips_pages(vote.poll)}/giao", values))
    assert handed(session, other) == [False] * 4


def test_the_overview_says_what_became_of_each_slip(client: PageClient, session: Session) -> None:
    vote = waiting(session)
    session.get_one(Slip, vote.slips[0].id).activated_at = vote.poll.created_at
    session.get_one(Slip, vote.slips[1].id).activated_at = vote.poll.created_at
    session.flush()
    cast(session, make_ticket(session, vote.slips[0], "disagree"))
    session.commit()
    come(client, session, vote.head)
    page = client.get(f"{slips_pages(vote.poll)}/")
    soup = BeautifulSoup(page.text, "html.parser")
    states = [row.find_all("td")[1].get_text(strip=True) for row in soup.select("#slips tbody tr")]
    assert states == ["Đã gửi phiếu", "Đã giao", "Chưa giao", "Chưa giao"]
    assert "hông đồng ý" not in words(page) and vote.slips[0].code not in page.text


def test_a_page_offers_only_what_may_be_done(client: PageClient, session: Session) -> None:
    vote, over = waiting(session), ended(session, 4, 3)
    team = make_account(session)
    for place in (vote.area, over.area):
        make_grant(session, team, Role.TEAM_MEMBER, place)
    session.commit()
    offers = ("/in", "/in-lai", "/cap-lai", "/giao", "/danh-sach-giao.pdf")

    def offered(poll: Any) -> list[str]:
        page = client.get(f"{slips_pages(poll)}/").text
        return [offer for offer in offers if f'href="{slips_pages(poll)}{offer}"' in page]

    sign_in(client, session, team)
    assert offered(vote.poll) == ["/giao", "/danh-sach-giao.pdf"] and offered(over.poll) == ["/danh-sach-giao.pdf"]
    come(client, session, vote.head)
    assert offered(vote.poll) == ["/in-lai", "/cap-lai", "/giao", "/danh-sach-giao.pdf"]
    new = fresh(session, 3)
    come(client, session, new.head)
    assert offered(new.poll) == ["/in"]
