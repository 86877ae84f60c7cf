"""The pages that prepare and open a poll: the whole road through them, and every form's faults at their place."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.polls.models import Poll, PollDocument
from app.polls.operations import preparation
from tests.support.cast import make_area, make_grant
from tests.support.pages import PageClient
from tests.support.poll_pages import LIST, at, become, faults, proof, step, typed_team, typed_times
from tests.support.polls import PDF, Scene, make_scene, new_poll, seen_by
from tests.support.staff import csrf, send, sign_in_as


@pytest.fixture
def scene(app: Flask, session: Session) -> Scene:
    return seen_by(app, make_scene(session))


@pytest.fixture
def head(client: PageClient, scene: Scene) -> PageClient:
    """A browser in which the area's head is signed in."""
    become(client, scene, scene.head.account_id)
    return client


def test_from_nothing_to_an_opened_poll(head: PageClient, scene: Scene) -> None:
    session = scene.session
    begun = send(head, f"{LIST}moi", {"area": scene.area.code, "kind": "decision", "clause": "6"})
    assert begun.status_code == 303
    poll = session.query(Poll).one()
    assert begun.location.endswith(at(poll, "cau-hoi"))
    question = {"title": "Lắp camera", "question": "Ông/Bà có đồng ý lắp camera không?", "summary": "Bốn camera."}
    assert step(head, poll, "cau-hoi", **question).location.endswith("danh-sach-ho")
    assert step(head, poll, "danh-sach-ho", roll_rule="Hộ thường trú.").location.endswith("bi-mat")
    assert step(head, poll, "bi-mat", level="sealed", may_change="no").location.endswith("thoi-gian")
    assert step(head, poll, "thoi-gian", **typed_times()).location.endswith("to-lay-y-kien")
    assert step(head, poll, "to-lay-y-kien", **typed_team()).location.endswith("tai-lieu")
    assert step(head, poll, "tai-lieu", kind="reading", title="Báo giá", file=proof()).status_code == 303
    today = f"{clock.today():%d/%m/%Y}"
    for key in ("leaders_agree", "reported_committee", "reported_front", "devices"):
        answer = step(head, poll, f"dieu-kien/{key}", happened_on=today, detail="Họp thống nhất.", proof=proof())
        assert answer.status_code == 303, faults(answer.text)
    paper = {"way": "paper", "agreed": "20", "total": "31", "happened_on": today, "detail": "Họp.", "proof": proof()}
    assert step(head, poll, "dieu-kien/community_agrees", **paper).status_code == 303
    assert step(head, poll, "chay-thu").status_code == 303
    assert "Đã đủ để trình" in head.get(at(poll)).text
    assert send(head, at(poll, "kiem-tra"), {"version": str(poll.version)}, to=at(poll, "trinh")).status_code == 303
    assert session.get_one(Poll, poll.id).status == "submitted"

    become(head, scene, scene.front.account_id)
    assert "Xem và duyệt mở" in head.get(at(poll)).text
    assert send(head, at(poll, "duyet")).status_code == 303
    opened = session.get_one(Poll, poll.id)
    assert (opened.status, opened.roll_size) == ("opened", 31)
    page = head.get(at(poll)).text
    assert opened.definition_sha256 is not None and opened.definition_sha256 in page
    document = session.query(PollDocument).filter_by(kind="reading").one()
    public = head.get(f"/bieu-quyet/{poll.public_id}/tai-lieu/{document.id}")
    assert (public.status_code, public.data) == (200, PDF)
    assert public.headers["Content-Disposition"].startswith("attachment")
    assert public.headers["X-Content-Type-Options"] == "nosniff"


# ---- beginning


@pytest.mark.parametrize("clause", ["1", "2", "3", "4", "5"])
def test_a_clause_for_a_meeting_is_explained_and_not_begun(head: PageClient, scene: Scene, clause: str) -> None:
    answer = send(head, f"{LIST}moi", {"area": scene.area.code, "kind": "decision", "clause": clause})
    assert "clause" in faults(answer.text)
    assert "quyết định tại cuộc họp" in answer.text and f"khoản {clause} Điều 15" in answer.text
    assert scene.session.query(Poll).count() == 0


def test_what_is_missing_is_said_at_its_field(head: PageClient, scene: Scene) -> None:
    assert set(faults(send(head, f"{LIST}moi").text)) >= {"kind"}
    answer = send(head, f"{LIST}moi", {"area": scene.area.code, "kind": "decision"})
    assert "clause" in faults(answer.text)


def test_a_place_of_somebody_else_is_no_choice(head: PageClient, scene: Scene) -> None:
    elsewhere = make_area(scene.session, scene.area.parent)
    answer = send(head, f"{LIST}moi", {"area": elsewhere.code, "kind": "decision", "clause": "6"})
    assert answer.status_code == 200 and faults(answer.text)
    assert scene.session.query(Poll).count() == 0


def test_somebody_with_two_areas_chooses_between_them(client: PageClient, scene: Scene) -> None:
    account = sign_in_as(client, scene.session, Role.FRONT, scene.area)
    second = make_area(scene.session, scene.area.parent)
    make_grant(scene.session, account, Role.FRONT, second)
    scene.session.commit()
    assert "Chọn địa bàn" in client.get(f"{LIST}moi").text
    begun = send(client, f"{LIST}moi", {"area": second.code, "kind": "online_consent"})
    assert begun.status_code == 303
    assert scene.session.query(Poll).one().area_id == second.id


# ---- faults of the steps, with what was typed kept


def test_a_question_too_long_is_kept_and_refused(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    answer = step(head, poll, "cau-hoi", title="", question="dài " * 200, summary="giữ nguyên")
    assert set(faults(answer.text)) == {"title", "question", ""}
    assert "giữ nguyên" in answer.text and "dài dài dài" in answer.text


def test_an_invisible_character_is_named_at_its_field(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    answer = step(head, poll, "cau-hoi", title="Camera\u202e", question="Có không?", summary="")
    assert "U+202E" in faults(answer.text)["title"]


def test_somebody_elses_change_is_not_overwritten_unseen(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    old = str(poll.version)
    preparation.set_question(
        scene.session, scene.front, poll, poll.version, title="Của Mặt trận", question="Có không?", summary=""
    )
    scene.session.commit()
    shown = head.get(at(poll, "cau-hoi"))
    typed = {"csrf_token": csrf(shown), "title": "Của tôi", "question": "Khác?", "summary": ""}
    answer = head.post(at(poll, "cau-hoi"), data=typed | {"version": old})
    assert "Người khác vừa sửa" in faults(answer.text)[""] and scene.front.name in answer.text
    assert "Của tôi" in answer.text
    again = BeautifulSoup(answer.text, "html.parser").find("input", attrs={"name": "version"})
    assert again is not None
    saved = head.post(at(poll, "cau-hoi"), data=typed | {"version": str(again["value"])})
    assert saved.status_code == 303
    assert scene.session.get_one(Poll, poll.id).title == "Của tôi"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_forged_version_is_only_a_stale_one(head: PageClient, scene: Scene, version: str) -> None:
    poll = new_poll(scene)
    typed = {"csrf_token": csrf(head.get(at(poll, "danh-sach-ho"))), "roll_rule": "Hộ thường trú."}
    answer = head.post(at(poll, "danh-sach-ho"), data=typed | {"version": version})
    assert "Người khác vừa sửa" in faults(answer.text)[""]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"opens_at": "31/02/2027"}, "opens_at"),
        ({"opens_at": ""}, "opens_at"),
        ({"opens_time": "25:00"}, "opens_time"),
        ({"closes_time": "chiều"}, "closes_time"),
        ({"opens_at": f"{clock.today():%d/%m/%Y}"}, "opens_at"),
        ({"closes_at": f"{clock.today():%d/%m/%Y}"}, "closes_at"),
    ],
)
def test_bad_times_are_said_at_their_field(head: PageClient, scene: Scene, typed: dict[str, str], field: str) -> None:
    answer = step(head, new_poll(scene), "thoi-gian", **typed_times() | typed)
    assert field in faults(answer.text)
    assert "Not a valid" not in answer.text


def test_a_bad_member_is_said_in_the_row_and_the_row_is_kept(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    answer = step(head, poll, "to-lay-y-kien", **typed_team() | {"members-1-phone": "123", "members-2-body": ""})
    found = faults(answer.text)
    assert "members-1-phone" in found and "members-2-body" in found
    assert "Phạm Văn Hộ" in answer.text
    assert scene.session.get_one(Poll, poll.id).version == 1


def test_a_team_against_the_decree_is_said_at_the_head(head: PageClient, scene: Scene) -> None:
    without_front = typed_team() | {"members-0-full_name": "", "members-0-body": ""}
    without_front.pop("members-0-is_head")
    answer = step(head, new_poll(scene), "to-lay-y-kien", **without_front)
    assert "từ 3 đến 5" in faults(answer.text)[""] and "Mặt trận" in faults(answer.text)[""]


def test_open_ballots_cannot_be_changed(head: PageClient, scene: Scene) -> None:
    answer = step(head, new_poll(scene), "bi-mat", level="open", may_change="yes")
    assert "may_change" in faults(answer.text)


def test_a_small_roll_asks_for_an_acknowledgement(client: PageClient, session: Session) -> None:
    small = make_scene(session, households=5)
    become(client, small, small.head.account_id)
    poll = new_poll(small)
    assert "Chỉ có 5 hộ" in client.get(at(poll, "bi-mat")).text
    assert step(client, poll, "bi-mat", level="sealed", may_change="no").status_code == 303
    page = client.get(at(poll)).text
    assert "Xác nhận đã biết" in page and at(poll, "bi-mat") in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "reading"}, "file"),
        ({"kind": "reading", "file": (BytesIO(b"MZ program"), "a.pdf")}, "file"),
        ({"kind": "audio", "file": (BytesIO(PDF), "a.mp3")}, "file"),
        ({"file": (BytesIO(PDF), "a.pdf")}, "kind"),
    ],
)
def test_a_bad_file_is_refused_at_its_field(head: PageClient, scene: Scene, values: dict[str, Any], field: str) -> None:
    assert field in faults(step(head, new_poll(scene), "tai-lieu", **values).text)


def test_an_oversize_upload_gets_its_page(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    token = csrf(head.get(at(poll, "tai-lieu")))
    big = {"csrf_token": token, "kind": "reading", "file": (BytesIO(PDF + bytes(11 * 1024 * 1024)), "a.pdf")}
    assert head.post(at(poll, "tai-lieu"), data=big).status_code == 413


def test_a_document_can_be_fetched_and_removed(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    step(head, poll, "tai-lieu", kind="reading", file=proof())
    number = scene.session.query(PollDocument).one().id
    fetched = head.get(at(poll, f"tai-lieu/{number}"))
    assert fetched.data == PDF and fetched.headers["Content-Disposition"].startswith("attachment")
    removed = send(head, at(poll, "tai-lieu"), to=at(poll, f"tai-lieu/{number}/xoa"))
    assert removed.status_code == 303
    for address in (at(poll, f"tai-lieu/{number}"), f"/bieu-quyet/{poll.public_id}/tai-lieu/{number}"):
        assert head.get(address, check=False).status_code == 404


def test_a_condition_says_what_is_wrong_and_can_be_taken_back(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    page = "dieu-kien/leaders_agree"
    assert {"happened_on"} <= set(faults(step(head, poll, page, detail="").text))
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    assert {"happened_on", "proof"} <= set(faults(step(head, poll, page, happened_on=tomorrow, detail="Họp.").text))
    today = f"{clock.today():%d/%m/%Y}"
    assert step(head, poll, page, happened_on=today, detail="Họp.", proof=proof()).status_code == 303
    assert "Xóa điều đã ghi nhận" in head.get(at(poll, page)).text
    assert send(head, at(poll, page), to=at(poll, f"{page}/xoa")).status_code == 303
    assert send(head, at(poll, page), to=at(poll, f"{page}/xoa")).status_code == 303
    assert scene.session.query(PollDocument).count() == 0


def test_the_agreement_says_how_many_are_needed(head: PageClient, scene: Scene) -> None:
    poll = new_poll(scene)
    today = f"{clock.today():%d/%m/%Y}"
    few = {"way": "paper", "agreed": "15", "total": "31", "happened_on": today, "detail": "Họp.", "proof": proof()}
    answer = step(head, poll, "dieu-kien/community_agrees", **few)
    assert "cần ít nhất 16 hộ" in faults(answer.text)["agreed"]
    answer = step(head, poll, "dieu-kien/community_agrees", **few | {"agreed": "nhiều", "proof": proof()})
    assert "số nguyên" in faults(answer.text)["agreed"]
    answer = step(head, poll, "dieu-kien/community_agrees", way="poll")
    assert "consent_poll" in faults(answer.text)
    assert head.get(at(poll, "dieu-kien/weather")).status_code == 404


# ---- submitting, sending back, confirming
