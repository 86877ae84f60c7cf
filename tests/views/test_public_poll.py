"""The public page of a poll in every phase: what is said, what is not, and to whom it looks the same."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, object_session

from app.audit.models import AuditEntry
from app.core import clock
from app.polls.models import LogLeaf, OtherOpinion, Poll, Result, TeamMember
from app.polls.operations import closing, deciding
from app.polls.operations.casting import cast
from tests.support.ballots import make_ticket
from tests.support.cast import in_days, make_area, make_poll
from tests.support.counting import Vote, counted, decided, draft, ended, voting
from tests.support.pages import PageClient

HOSTILE = "<script>alert(1)</script>\"'&amp; ${7*7} {{7*7}} Ông\u00a0Ấn"


def page(client: PageClient, poll: Poll) -> BeautifulSoup:
    session = object_session(poll)
    assert session is not None
    session.commit()
    response = client.get(f"/bieu-quyet/{poll.public_id}")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def words(soup: BeautifulSoup) -> str:
    """What is read on the page, without head and foot."""
    main = soup.find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


# ------------------------------------------------------------------------------------------------- the phases


def test_before_voting_the_page_says_when_it_begins(client: PageClient, session: Session) -> None:
    poll = voting(session, 3, opens_at=in_days(1), closes_at=in_days(3)).poll
    soup = page(client, poll)
    assert "Chưa đến giờ mở" in words(soup) and "đã tham gia" not in words(soup)
    assert not soup.find("a", href=f"/bieu-quyet/{poll.public_id}/ma")


def test_while_voting_turnout_alone_is_shown(client: PageClient, session: Session) -> None:
    vote = voting(session, 4)
    session.add(TeamMember(poll_id=vote.poll.id, full_name="Trần Mặt", body="front", phone="0901234567", is_head=True))
    cast(session, make_ticket(session, vote.slips[0], "disagree"))
    soup = page(client, vote.poll)
    text = words(soup)
    assert soup.find("h1").get_text(strip=True) == vote.poll.question  # type: ignore[union-attr]
    assert "1 /4 hộ đã tham gia" in text.replace("/ 4", "/4") and soup.find(
        "a", href=f"/bieu-quyet/{vote.poll.public_id}/ma"
    )
    assert "Tôi chưa nhận được mã" in text and "Trần Mặt" in text and "0901 234 567" in text
    assert "Mỗi hộ 01 phiếu, do đại diện hộ gia đình thực hiện. Tổng số 4 hộ." in text
    assert "Trên 50 % tổng số hộ: cần ít nhất 3/4 hộ đồng ý" in text
    for told in ("Không đồng ý", "thông qua", "Kết quả"):
        assert told not in text


def test_nothing_on_the_page_depends_on_a_choice_before_the_count(client: PageClient, session: Session) -> None:
    texts = set()
    times = {"opens_at": in_days(-1), "closes_at": in_days(1)}
    for choice in ("agree", "disagree", "other"):
        vote = voting(session, 3, make_area(session, name="khu phố A"), **times)
        cast(session, make_ticket(session, vote.slips[0], choice, "Ý kiến riêng" if choice == "other" else ""))
        texts.add(re.sub(r"Lúc \S+", "", words(page(client, vote.poll))))
    assert len(texts) == 1 and "Ý kiến riêng" not in texts.pop()


def test_after_the_end_the_page_waits_for_the_count(client: PageClient, session: Session) -> None:
    vote = ended(session, 4, 3)
    for _ in range(2):
        text = words(page(client, vote.poll))
        assert "Đã hết giờ, đang chờ kiểm phiếu" in text and "7/8 hộ đã tham gia" in text
        assert "thông qua" not in text and "Gửi phiếu" not in text
        closing.close(session, vote.head, vote.poll)


def test_a_failed_count_shows_nothing(client: PageClient, session: Session) -> None:
    vote = ended(session, 4, 3)
    vote.poll.wrapped_key = None
    vote.release(vote.head)
    vote.release(vote.front)
    session.commit()
    text = words(page(client, vote.poll))
    assert "đang chờ kiểm phiếu" in text and "thông qua" not in text


def test_a_cancelled_poll_says_why(client: PageClient, session: Session) -> None:
    vote = ended(session, 4, 3)
    vote.poll.status, vote.poll.cancelled_at = "cancelled", clock.now()
    vote.poll.cancel_reason = HOSTILE
    soup = page(client, vote.poll)
    assert HOSTILE.replace("\u00a0", " ") in words(soup) and "không được mở" in words(soup)
    assert not soup.select("main script")


# ------------------------------------------------------------------------------------------------- the result


@pytest.mark.parametrize(
    ("agree", "verdict", "other"),
    [(6, "Được thông qua", "Không được thông qua"), (5, "Không được thông qua", "cần ít nhất 5 hộ")],
)
def test_the_verdict_comes_first_with_its_numbers(
    client: PageClient, session: Session, agree: int, verdict: str, other: str
) -> None:
    vote = counted(session, agree, 3, ["Nên lắp thêm đèn."], absent=10 - agree - 3)
    soup = page(client, vote.poll)
    text = words(soup)
    assert f"{verdict} {agree}/11 hộ đồng ý; cần ít nhất 6 hộ." in text
    assert other not in text
    assert text.index(verdict) < text.index("Tổng số hộ")
    cells = [" ".join(row.get_text(" ").split()) for row in soup.select("figure tbody tr")]
    assert cells[0].startswith(f"Đồng ý {agree} ") and cells[1].startswith("Không đồng ý 3 27,2 %")
    assert "Số hộ không tham gia" in text


def test_nobody_voted(client: PageClient, session: Session) -> None:
    text = words(page(client, counted(session, absent=5).poll))
    assert "Không được thông qua 0/5 hộ đồng ý; cần ít nhất 3 hộ." in text and "Chưa tham gia 5 100,0 %" in text


def test_the_decision_stands_on_the_page_once_it_is_signed(client: PageClient, session: Session) -> None:
    vote = counted(session, 5, 3, absent=0)
    deciding.write(session, vote.head, vote.poll, draft(vote, conclusion=f"Thống nhất.\n{HOSTILE}"))
    assert "Kết luận" not in words(page(client, vote.poll))
    deciding.sign(session, vote.head, vote.poll)
    text = words(page(client, vote.poll))
    assert "Kết luận Thống nhất." in text and "{{7*7}}" in text and "Trong 05 ngày làm việc, chậm nhất" in text
    deciding.send(session, vote.head, vote.poll, places=["board"])
    assert "chậm nhất" not in words(page(client, vote.poll))


def test_only_texts_that_were_chosen_are_shown(client: PageClient, session: Session) -> None:
    vote = counted(session, 5, 3, ["Lắp thêm đèn.", "Ông Tư hàng xóm nói xấu."], absent=0)
    shown = session.scalars(select(OtherOpinion).where(OtherOpinion.text == "Lắp thêm đèn.")).one()
    assert "Lắp thêm đèn" not in words(page(client, vote.poll))
    deciding.publish_opinions(session, vote.head, vote.poll, {shown.position})
    text = words(page(client, vote.poll))
    assert "Lắp thêm đèn." in text and "hàng xóm" not in text


def test_two_hundred_opinions_fit(client: PageClient, session: Session) -> None:
    vote = counted(session, 5, 3, [HOSTILE], absent=0)
    session.add_all(
        OtherOpinion(poll_id=vote.poll.id, position=n, text=f"Ý kiến {n} {HOSTILE}", published=True)
        for n in range(2, 202)
    )
    soup = page(client, vote.poll)
    assert len([item for item in soup.select("main ul.list li") if "Ý kiến" in item.get_text()]) == 200


def test_an_explanation_is_public(client: PageClient, session: Session) -> None:
    vote = counted(session, 5, 3, absent=0)
    result = session.get_one(Result, vote.poll.id)
    said = {"problems": ["Nhật ký có 9 lượt gửi."], "reason": "Một lượt thử.", "by": ["A", "B"]}
    result.reconciliation = result.reconciliation | {"explanation": said}
    session.flush()
    text = words(page(client, vote.poll))
    assert "Nhật ký có 9 lượt gửi. Một lượt thử." in text


# --------------------------------------------------------------------------------------------- hidden results


def result_row(session: Session, vote: Vote, **numbers: int) -> None:
    session.execute(update(Result).where(Result.poll_id == vote.poll.id).values(**numbers))
    session.flush()
    session.expire_all()


@pytest.mark.parametrize(
    "same",
    [
        [
            {"agree": 22, "disagree": 0, "other": 0},
            {"agree": 21, "disagree": 1, "other": 0},
            {"agree": 20, "other": 2, "disagree": 0},
        ],
        [{"agree": 0, "disagree": 22, "other": 0}, {"agree": 2, "disagree": 10, "other": 10}],
    ],
)
def test_hidden_results_of_one_verdict_look_the_same(
    client: PageClient, session: Session, same: list[dict[str, int]]
) -> None:
    vote = counted(session, 22, absent=8)
    session.execute(update(Result).where(Result.poll_id == vote.poll.id).values(needed=16))
    pages = []
    for numbers in same:
        result_row(session, vote, passed=numbers["agree"] >= 16, **numbers)
        pages.append(client.get(f"/bieu-quyet/{vote.poll.public_id}").text)
    assert len(set(pages)) == 1
    text = words(BeautifulSoup(pages[0], "html.parser"))
    assert "Ít nhất 90 % số phiếu hợp lệ" in text and "không nêu con số chính xác" in text
    assert not BeautifulSoup(pages[0], "html.parser").select("main figure")


@pytest.mark.parametrize(("agree", "disagree"), [(15, 1), (1, 15), (16, 0)])
def test_no_exact_number_of_a_hidden_result_is_public(
    client: PageClient, session: Session, agree: int, disagree: int
) -> None:
    vote = decided(session, agree, disagree, ["Chữ của hộ duy nhất"], absent=3)
    session.execute(update(OtherOpinion).values(published=True))
    session.commit()
    response = client.get(f"/bieu-quyet/{vote.poll.public_id}")
    assert "Chữ của hộ" not in response.text
    soup = BeautifulSoup(response.text, "html.parser")
    for number in (f"{agree}/20", f"{disagree}/20", f"Đồng ý {agree}", f"{agree * 5},0 %", f"{disagree * 5},0 %"):
        assert not re.search(rf"\b{re.escape(number)}(?!\d)", words(soup)), number
    head = " ".join(str(tag) for tag in soup.find_all("meta"))
    assert "hộ" not in head.replace("biểu", "") and "%" not in head.replace("initial-scale", "")


# ------------------------------------------------------------------------------------------- asking for consent


def test_asking_for_consent_is_never_called_a_vote(client: PageClient, session: Session) -> None:
    title: dict[str, Any] = {"title": "Có làm trực tuyến không", "question": "Ông/Bà có đồng ý làm trực tuyến không?"}
    for vote in (
        voting(session, 3, kind="online_consent", **title),
        ended(session, 4, 3, kind="online_consent", **title),
        decided(session, 5, 3, absent=0, kind="online_consent", **title),
        decided(session, 3, 5, absent=0, kind="online_consent", **title),
    ):
        text = words(page(client, vote.poll))
        # What it asks about is voting online; the poll itself is not one.
        rest = text.replace("đồng ý biểu quyết trực tuyến", "").replace("Không đồng ý", "")
        assert "iểu quyết" not in rest and "thông qua" not in rest and "Cuộc lấy ý kiến" in text
        assert "Gửi Ủy ban nhân dân" not in text


@pytest.mark.parametrize(("agree", "lead"), [(5, "Cộng đồng dân cư đồng ý"), (4, "Cộng đồng dân cư chưa đồng ý")])
def test_consent_has_a_verdict_of_its_own(client: PageClient, session: Session, agree: int, lead: str) -> None:
    vote = counted(session, agree, 8 - agree, absent=0, kind="online_consent")
    assert lead in words(page(client, vote.poll))


# ------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("status", ["preparing", "submitted", "cancelled"])
def test_what_was_never_opened_is_not_there(client: PageClient, session: Session, status: str) -> None:
    poll = make_poll(session, make_area(session), status=status)
    session.commit()
    assert client.get(f"/bieu-quyet/{poll.public_id}").status_code == 404


@pytest.mark.parametrize("name", ["khong-co", "%00", "a" * 300, "..", "<b>"])
def test_an_unknown_poll_is_a_page_with_a_sentence(client: PageClient, name: str) -> None:
    response = client.get(f"/bieu-quyet/{name}")
    assert response.status_code == 404 and "<b></" not in response.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_takes_nothing(client: PageClient, session: Session, method: str) -> None:
    vote = voting(session, 3)
    answer = getattr(client, method)(f"/bieu-quyet/{vote.poll.public_id}", check=False)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_looking_changes_nothing(client: PageClient, session: Session) -> None:
    vote = ended(session, 4, 3)
    session.commit()
    tables: list[Any] = [LogLeaf, AuditEntry, Result]
    before = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    for _ in range(5):
        assert client.get(f"/bieu-quyet/{vote.poll.public_id}").status_code == 200
        assert client.head(f"/bieu-quyet/{vote.poll.public_id}").status_code == 200
    assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == before
    assert vote.poll.status == "opened"


def test_a_long_question_and_many_options_of_text_fit(client: PageClient, session: Session) -> None:
    question = "Ông/Bà có đồng ý " + "làm đường và rãnh thoát nước " * 16 + "không?"
    vote = voting(session, 3, question=question[:500], title="T" * 200, summary=f"{HOSTILE}\n\n{'dài ' * 900}")
    soup = page(client, vote.poll)
    assert "làm đường" in words(soup) and not soup.select("main script")
