"""Staff pages of the decision: written, signed, sent, received; and which other opinions are published."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.lib.calendar import format_date
from app.polls.models import Decision, KeyRelease, OtherOpinion, Poll
from app.polls.operations import deciding
from tests.support.counting import come, counted, decided, ended, result_pages, rows, words, written
from tests.support.pages import PageClient
from tests.support.staff import send

GOOD = {
    "form": "bien_ban",
    "number": "02/BB-KP6",
    "decided_on": format_date(clock.today()),
    "place": "Nhà văn hóa",
    "conclusion": "Chưa lắp camera.\nHọp lại tháng sau.",
    "head_name": "Nguyễn Văn Định",
    "front_name": "Trần Thị Bích Hường",
    "household_one": "Lê Minh Đức",
    "household_two": "Hoàng Thị Hòa",
}


# ---------------------------------------------------------------------------------------------- the decision


def test_the_whole_way_of_a_decision(client: PageClient, session: Session) -> None:
    vote = counted(session, 4, 3)
    come(client, session, vote.head)
    assert send(client, f"{result_pages(vote)}/van-ban", GOOD).status_code == 303
    kept = session.get_one(Decision, vote.poll.id)
    assert (kept.form, kept.conclusion) == ("bien_ban", "Chưa lắp camera.\nHọp lại tháng sau.")
    assert 'value="02/BB-KP6"' in client.get(f"{result_pages(vote)}/van-ban").text
    assert "Hoàng Thị Hòa" in words(client.get(f"{result_pages(vote)}/da-ky"))
    assert send(client, f"{result_pages(vote)}/da-ky").status_code == 303
    assert vote.poll.status == "decided"
    assert send(client, f"{result_pages(vote)}/gui", {"places": ["board", "group"]}).status_code == 303
    come(client, session, vote.officer)
    send(client, f"{result_pages(vote)}/", to=f"{result_pages(vote)}/da-nhan")
    text = words(client.get(f"{result_pages(vote)}/"))
    assert "Niêm yết tại nhà văn hóa" in text and "Chưa nhận" not in text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"form": ""}, "form"),
        ({"form": "nghi_quyet"}, "form"),
        ({"decided_on": "31/02/2026"}, "decided_on"),
        ({"decided_on": ""}, "decided_on"),
        ({"decided_on": "2026-07-05"}, "decided_on"),
        ({"decided_on": format_date(clock.today() + timedelta(days=1))}, "decided_on"),
        ({"decided_on": format_date(clock.today() - timedelta(days=3))}, "decided_on"),
        ({"conclusion": ""}, "conclusion"),
        ({"conclusion": "x" * 5001}, "conclusion"),
        ({"household_two": "Lê Minh Đức"}, "household_two"),
        ({"head_name": "A\u202eB"}, "head_name"),
        ({"number": "1" * 61}, "number"),
    ],
)
def test_a_fault_is_shown_at_its_field_and_nothing_typed_is_lost(
    client: PageClient, session: Session, values: dict[str, str], field: str
) -> None:
    vote = counted(session, 4, 3)
    come(client, session, vote.head)
    answer = send(client, f"{result_pages(vote)}/van-ban", GOOD | values)
    soup = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200 and soup.find(id="error-summary")
    place = f"{field}-error" if field != "form" else "form-error"
    assert soup.find(id=place), soup.find(id="error-summary")
    if "place" not in values:
        assert 'value="Nhà văn hóa"' in answer.text
    assert rows(session, Decision, vote) == 0


def test_only_lawful_forms_are_offered(client: PageClient, session: Session) -> None:
    offered = {}
    for name, vote in {
        "passed": counted(session, 5, 3, absent=0),
        "failed": counted(session, 4, 4, absent=0),
        "consent": counted(session, 5, 3, absent=0, kind="online_consent"),
    }.items():
        come(client, session, vote.head)
        soup = BeautifulSoup(client.get(f"{result_pages(vote)}/van-ban").text, "html.parser")
        offered[name] = [field["value"] for field in soup.find_all("input", attrs={"name": "form"})]
    assert offered == {
        "passed": ["nghi_quyet", "bien_ban", "ghi_nho", "thoa_thuan"],
        "failed": ["bien_ban", "ghi_nho", "thoa_thuan"],
        "consent": ["bien_ban"],
    }


def test_signing_lists_every_missing_name(client: PageClient, session: Session) -> None:
    vote = counted(session, 4, 3)
    come(client, session, vote.head)
    send(client, f"{result_pages(vote)}/van-ban", GOOD | {"household_one": "", "household_two": ""})
    answer = send(client, f"{result_pages(vote)}/da-ky")
    text = words(answer)
    assert answer.status_code == 200 and "thứ nhất" in text and "thứ hai" in text and "Chưa ghi" in text
    assert vote.poll.status == "counted"


def test_signed_papers_are_neither_rewritten_nor_signed_again(client: PageClient, session: Session) -> None:
    vote = decided(session, 4, 3)
    come(client, session, vote.front)
    assert client.get(f"{result_pages(vote)}/van-ban").status_code == 409
    assert "đã được ký" in words(send(client, f"{result_pages(vote)}/da-ky"))
    assert f"{result_pages(vote)}/van-ban" not in client.get(f"{result_pages(vote)}/").text
    assert session.get_one(Decision, vote.poll.id).number == "02/NQ-KP6"


@pytest.mark.parametrize("page", ["van-ban", "da-ky", "y-kien-khac"])
def test_nothing_of_a_decision_exists_before_the_count(client: PageClient, session: Session, page: str) -> None:
    vote = ended(session, 4, 3)
    come(client, session, vote.head)
    assert client.get(f"{result_pages(vote)}/{page}").status_code == 409


def test_what_is_unsigned_or_sent_is_not_sent(client: PageClient, session: Session) -> None:
    vote = written(session, 4, 3)
    come(client, session, vote.head)
    assert "bốn chữ ký" in words(send(client, f"{result_pages(vote)}/gui", {"places": ["board"]}))
    deciding.sign(session, vote.head, vote.poll)
    session.commit()
    assert "Có lỗi cần sửa" in words(send(client, f"{result_pages(vote)}/gui", {"places": ["mặt trăng"]}))
    assert session.get_one(Decision, vote.poll.id).sent_committee_at is None
    assert send(client, f"{result_pages(vote)}/gui", {}).status_code == 303
    assert "đã gửi" in words(send(client, f"{result_pages(vote)}/gui", {})).lower()


def test_received_before_it_was_sent_or_twice_is_refused(client: PageClient, session: Session) -> None:
    vote = decided(session, 4, 3)
    come(client, session, vote.officer)
    to = f"{result_pages(vote)}/da-nhan"
    own = "/staff/tai-khoan-cua-toi"
    assert send(client, own, to=to).status_code == 409
    deciding.send(session, vote.head, vote.poll, places=[])
    session.commit()
    assert send(client, own, to=to).status_code == 303
    assert send(client, own, to=to).status_code == 409


def test_the_deadline_is_told_and_turns_red(
    client: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote = counted(session, 4, 3)
    come(client, session, vote.head)
    assert "Hạn " in words(client.get(f"{result_pages(vote)}/")) and "Quá hạn" not in words(
        client.get(f"{result_pages(vote)}/")
    )
    today = clock.today() + timedelta(days=60)
    monkeypatch.setattr(clock, "today", lambda: today)
    assert "Quá hạn" in words(client.get(f"{result_pages(vote)}/"))


# ---------------------------------------------------------------------------------------------- other opinions


def test_opinions_are_chosen_by_ticking(client: PageClient, session: Session) -> None:
    vote = counted(session, 4, 3, ["Lắp thêm đèn <b>", "Ông Tư nói xấu"])
    come(client, session, vote.front)
    page = client.get(f"{result_pages(vote)}/y-kien-khac")
    assert "Lắp thêm đèn <b>" in words(page) and "Ông Tư nói xấu" in words(page)
    good = session.scalars(select(OtherOpinion.position).where(OtherOpinion.text == "Lắp thêm đèn <b>")).one()
    assert send(client, f"{result_pages(vote)}/y-kien-khac", {"shown": [str(good)]}).status_code == 303
    query = select(OtherOpinion.text).where(OtherOpinion.poll_id == vote.poll.id, OtherOpinion.published)
    assert session.scalars(query).all() == ["Lắp thêm đèn <b>"]


@pytest.mark.parametrize("shown", [["99"], ["abc"], ["-1"]])
def test_what_was_not_offered_is_not_published(client: PageClient, session: Session, shown: list[str]) -> None:
    vote = counted(session, 4, 3, ["một", "hai"])
    come(client, session, vote.head)
    answer = send(client, f"{result_pages(vote)}/y-kien-khac", {"shown": shown})
    assert answer.status_code == 200 and "Có lỗi cần sửa" in words(answer)
    assert not session.scalars(select(OtherOpinion).where(OtherOpinion.published)).all()


def test_opinions_of_a_hidden_result_cannot_be_ticked(client: PageClient, session: Session) -> None:
    vote = counted(session, 15, 1, ["Chữ của hộ duy nhất"], absent=3)
    come(client, session, vote.head)
    page = client.get(f"{result_pages(vote)}/y-kien-khac")
    assert "Không đăng ý kiến khác" in words(page) and 'name="shown"' not in page.text
    assert "y-kien-khac" not in client.get(f"{result_pages(vote)}/").text
    own = "/staff/tai-khoan-cua-toi"
    answer = send(client, own, {"shown": ["1"]}, to=f"{result_pages(vote)}/y-kien-khac")
    assert "không đăng ý kiến khác" in words(answer)
    assert not session.scalars(select(OtherOpinion).where(OtherOpinion.published)).all()


def test_a_cancelled_poll_has_no_result_page_to_act_on(client: PageClient, session: Session) -> None:
    vote = ended(session, 4, 3)
    poll: Poll = vote.poll
    poll.status, poll.cancelled_at, poll.cancel_reason = "cancelled", clock.now(), "Câu hỏi ghi nhầm."
    session.commit()
    come(client, session, vote.head)
    page = client.get(f"{result_pages(vote)}/")
    assert "Cuộc này đã hủy" in words(page) and "mo-kiem-phieu" not in page.text
    assert "Chỉ mở kiểm phiếu" in words(send(client, f"{result_pages(vote)}/mo-kiem-phieu"))
    assert rows(session, KeyRelease, vote) == 0
