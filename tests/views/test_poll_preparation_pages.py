"""The pages that prepare and open a poll: the whole road through them, and every form's faults at their place."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.identity.models import Account
from app.polls.models import Poll, PollDocument, Rehearsal
from app.polls.operations import opening, preparation
from tests.support.cast import make_account, make_area, make_grant, make_household
from tests.support.pages import PageClient
from tests.support.polls import PDF, Scene, make_scene, new_poll, opened_poll, prepared_poll, submitted_poll
from tests.support.staff import csrf, send, sign_in, sign_in_as

LIST = "/staff/cuoc-bieu-quyet/"
BODIES = ["front", "community", "household"]


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


@pytest.fixture
def head(client: PageClient, scene: Scene) -> PageClient:
    """A browser in which the area's head is signed in."""
    become(client, scene, scene.head.account_id)
    return client


def become(client: PageClient, scene: Scene, account_id: int | None) -> None:
    sign_in(client, scene.session, scene.session.get_one(Account, account_id))


def at(poll: Poll, step: str = "") -> str:
    return f"{LIST}{poll.public_id}" + (f"/{step}" if step else "")


def faults(html: str) -> dict[str, str]:
    """The sentences at the fields of a page, by the field's id; what stands at no field under ""."""
    soup = BeautifulSoup(html, "html.parser")
    assert soup.title is not None and soup.title.get_text().startswith("Lỗi: ")
    found = {str(tag["id"]).removesuffix("-error"): tag.get_text(" ", strip=True) for tag in soup.select(".error[id]")}
    found[""] = " ".join(li.get_text(" ", strip=True) for li in soup.select("#error-summary li") if not li.a)
    return found


def typed_times() -> dict[str, str]:
    opens = clock.local(clock.now() + timedelta(days=3))
    closes = opens + timedelta(days=3)
    return {
        "opens_at": f"{opens:%d/%m/%Y}",
        "opens_time": "7h30",
        "closes_at": f"{closes:%d/%m/%Y}",
        "closes_time": "17:00",
    }


def typed_team() -> dict[str, str]:
    typed = {"members-0-is_head": "y", "members-2-technical": "y"}
    for row, (name, body) in enumerate(zip(("Trần Văn Mặt", "Lê Thị Khu", "Phạm Văn Hộ"), BODIES, strict=True)):
        typed |= {f"members-{row}-full_name": name, f"members-{row}-body": body, f"members-{row}-position": ""}
    return typed


def proof() -> tuple[BytesIO, str]:
    return BytesIO(PDF), "bien-ban.pdf"


def step(client: PageClient, poll: Poll, name: str, **values: Any) -> Any:
    """Fill in a step as shown and send it."""
    shown = client.get(at(poll, name))
    soup = BeautifulSoup(shown.text, "html.parser")
    version = soup.find("input", attrs={"name": "version"})
    fields = {"csrf_token": csrf(shown)} | ({"version": str(version["value"])} if version else {})
    return client.post(at(poll, name), data=fields | values)


# ---- the whole road


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
    hostile = "<script>alert(1)</script> {{ 7*7 }}"
    assert step(head, poll, "cau-hoi", title=hostile, question=hostile, summary=hostile).status_code == 303
    for name in ("", "kiem-tra", "cau-hoi"):
        page = head.get(at(poll, name)).text
        assert "<script>alert" not in page and "&lt;script&gt;" in page and "49" not in page.split("</h1>")[0]


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
