"""The pages that submit, confirm, rehearse, change and give up a poll."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.polls.models import Poll, PollDocument, Rehearsal
from app.polls.operations import opening
from tests.support.cast import make_account, make_grant, make_household
from tests.support.pages import PageClient
from tests.support.poll_pages import LIST, at, become, faults, step
from tests.support.polls import Scene, make_scene, new_poll, opened_poll, prepared_poll, seen_by, submitted_poll
from tests.support.staff import csrf, send


@pytest.fixture
def scene(app: Flask, session: Session) -> Scene:
    return seen_by(app, make_scene(session))


@pytest.fixture
def head(client: PageClient, scene: Scene) -> PageClient:
    """A browser in which the area's head is signed in."""
    become(client, scene, scene.head.account_id)
    return client


def test_an_unfinished_poll_lists_everything_on_submission(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    token = csrf(head.get(at(poll, "cau-hoi")))
    answer = head.post(at(poll, "trinh"), data={"csrf_token": token, "version": str(poll.version)})
    assert answer.status_code == 200
    assert len(BeautifulSoup(answer.text, "html.parser").select("#error-summary li")) > 9
    hub = head.get(at(poll)).text
    for name in ("cau-hoi", "thoi-gian", "to-lay-y-kien", "dieu-kien", "chay-thu"):
        assert at(poll, name) in hub


def test_the_front_sends_back_with_a_reason_and_the_head_reads_it(client: PageClient, scene: Scene) -> None:
    poll = submitted_poll(scene)
    become(client, scene, scene.front.account_id)
    assert "reason" in faults(send(client, at(poll, "tra-lai"), {"reason": "  "}).text)
    assert send(client, at(poll, "tra-lai"), {"reason": "Câu hỏi có hai việc, tách ra."}).status_code == 303
    become(client, scene, scene.head.account_id)
    assert "Câu hỏi có hai việc, tách ra." in client.get(at(poll)).text


def test_a_changed_roll_is_told_to_the_front_and_nothing_opens(client: PageClient, scene: Scene) -> None:
    poll = submitted_poll(scene)
    make_household(scene.session, scene.area, number="777")
    become(client, scene, scene.front.account_id)
    answer = send(client, at(poll, "duyet"))
    assert "777" in faults(answer.text)[""]
    assert scene.session.get_one(Poll, poll.id).status == "submitted"


def test_a_poll_not_submitted_has_no_page_to_confirm_it(client: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    become(client, scene, scene.front.account_id)
    assert client.get(at(poll, "duyet")).status_code == 409


@pytest.mark.parametrize(
    "name", ["noi-dung", "cau-hoi", "danh-sach-ho", "bi-mat", "thoi-gian", "to-lay-y-kien", "tai-lieu", "dieu-kien"]
)
def test_no_step_can_be_opened_once_submitted(head: PageClient, scene: Scene, name: str) -> None:
    poll = submitted_poll(scene)
    scene.session.commit()
    assert head.get(at(poll, name)).status_code == 409


def test_the_rehearsal_shows_both_counts(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    assert send(head, at(poll, "chay-thu")).status_code == 303
    page = head.get(at(poll, "chay-thu")).text
    assert "Đếm đúng" in page and "Máy đếm" in page
    assert scene.session.query(Rehearsal).one().matched
    assert scene.session.query(Poll).count() == 1


def test_a_poll_may_be_given_up(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    assert send(head, at(poll, "bo"), {"reason": "Đã có nhà hảo tâm lắp rồi."}).status_code == 303
    page = head.get(at(poll)).text
    assert "Đã hủy" in page and "nhà hảo tâm" in page


# ---- changes of an opened poll


def voting_poll(scene: Scene) -> Poll:
    poll = opened_poll(scene)
    poll.opens_at = clock.now() - timedelta(hours=1)
    scene.session.commit()
    return poll


def test_an_extension_is_asked_by_one_and_agreed_by_another(client: PageClient, scene: Scene) -> None:
    poll = voting_poll(scene)
    assert poll.closes_at is not None
    new = clock.local(poll.closes_at) + timedelta(days=2)
    typed = {"new_closes_at": f"{new:%d/%m/%Y}", "new_closes_time": "20:00", "reason": "Mưa bão kéo dài."}
    become(client, scene, scene.head.account_id)
    assert "reason" in faults(send(client, at(poll, "gia-han"), typed | {"reason": "mưa"}).text)
    assert send(client, at(poll, "gia-han"), typed).status_code == 303
    assert "đang chờ" in client.get(at(poll)).text
    become(client, scene, scene.officer.account_id)
    page = client.get(at(poll)).text
    link = BeautifulSoup(page, "html.parser").find("a", string="Xem và quyết định")
    assert link is not None
    assert send(client, str(link["href"]), {"answer": "accept"}).status_code == 303
    assert clock.local(scene.session.get_one(Poll, poll.id).closes_at).day == new.day  # type: ignore[arg-type]


def test_an_earlier_close_is_refused_at_its_field(client: PageClient, scene: Scene) -> None:
    poll = voting_poll(scene)
    typed = {"new_closes_at": f"{clock.today():%d/%m/%Y}", "new_closes_time": "23:00", "reason": "Mưa bão kéo dài."}
    become(client, scene, scene.head.account_id)
    assert "new_closes_at" in faults(send(client, at(poll, "gia-han"), typed).text)


def test_a_cancellation_is_refused_or_agreed_and_can_be_taken_back(client: PageClient, scene: Scene) -> None:
    poll = voting_poll(scene)
    become(client, scene, scene.front.account_id)
    for _turn in range(2):
        assert send(client, at(poll, "huy"), {"reason": "Câu hỏi ghi nhầm tên đường."}).status_code == 303
        withdraw = BeautifulSoup(client.get(at(poll)).text, "html.parser").find("form", action=lambda a: "/rut" in a)
        assert withdraw is not None
        assert send(client, at(poll), to=str(withdraw["action"])).status_code == 303
    send(client, at(poll, "huy"), {"reason": "Câu hỏi ghi nhầm tên đường."})
    become(client, scene, scene.officer.account_id)
    link = BeautifulSoup(client.get(at(poll)).text, "html.parser").find("a", string="Xem và quyết định")
    assert link is not None
    assert send(client, str(link["href"]), {"answer": "maybe"}).status_code == 200
    assert send(client, str(link["href"]), {"answer": "accept"}).status_code == 303
    assert "Câu hỏi ghi nhầm tên đường." in client.get(at(poll)).text
    assert scene.session.get_one(Poll, poll.id).status == "cancelled"


# ---- reading


def test_the_list_is_filtered_by_phase_and_by_place(head: PageClient, scene: Scene) -> None:
    waiting, begun = submitted_poll(scene), new_poll(scene)
    elsewhere = make_scene(scene.session, households=1)
    foreign = new_poll(elsewhere)
    scene.session.commit()
    page = head.get(LIST).text
    assert at(waiting) in page and at(begun) in page and at(foreign) not in page
    page = head.get(f"{LIST}?giai-doan=submitted").text
    assert at(waiting) in page and at(begun) not in page
    assert head.get(f"{LIST}?giai-doan=nonsense&page=x").status_code == 200


def test_an_overseer_reads_everything_and_is_offered_nothing(client: PageClient, scene: Scene) -> None:
    for poll in (prepared_poll(scene), submitted_poll(scene), opened_poll(scene)):
        become(client, scene, scene.overseer.account_id)
        for name in ("", "kiem-tra"):
            page = client.get(at(poll, name)).text
            forms = BeautifulSoup(page, "html.parser").select("main form")
            assert forms == [], [form.get("action") for form in forms]
            for word in ("Duyệt và", "Trình để", "Đề nghị", "Chạy thử với", "Bỏ, không"):
                assert word not in page
    proof_file = scene.session.query(PollDocument).filter_by(kind="proof").first()
    assert proof_file is not None
    owner = scene.session.get_one(Poll, proof_file.poll_id)
    assert client.get(at(owner, f"tai-lieu/{proof_file.id}")).status_code in (200, 404)


def test_hostile_text_is_shown_as_text(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    hostile = "<script>alert(1)</script> {{ 7919*7907 }}"
    assert step(head, poll, "cau-hoi", title=hostile, question=hostile, summary=hostile).status_code == 303
    for name in ("", "kiem-tra", "cau-hoi"):
        page = head.get(at(poll, name)).text
        assert "<script>alert" not in page and "&lt;script&gt;" in page and "62615533" not in page


def test_long_sentences_are_pointed_out_and_not_refused(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    step(head, poll, "cau-hoi", title="Dài", question="chữ " * 30 + "?", summary="")
    assert "khó nghe khi đọc loa" in head.get(at(poll, "kiem-tra")).text


def test_the_words_follow_the_kind(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene, "online_consent")
    page = head.get(at(poll)).text
    assert "Cuộc lấy ý kiến" in page and "Cuộc biểu quyết" not in page


def test_confirming_twice_says_that_it_is_done(client: PageClient, scene: Scene) -> None:
    poll = submitted_poll(scene)
    become(client, scene, scene.front.account_id)
    token = csrf(client.get(at(poll, "duyet")))
    other = make_account(scene.session)
    make_grant(scene.session, other, Role.FRONT, scene.area)
    opening.confirm(scene.session, scene.front, poll, scene.keys)
    scene.session.commit()
    answer = client.post(at(poll, "duyet"), data={"csrf_token": token})
    assert answer.status_code == 409
