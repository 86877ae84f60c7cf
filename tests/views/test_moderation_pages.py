"""The pages of the moderation queue, asked as their forms ask."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core.permissions import Actor
from app.identity.models import Account
from app.moderation.models import AbuseWord, Appeal, ModerationItem
from app.moderation.operations import appeals, claiming, deciding, words
from app.moderation.rules.covering import MARK
from tests.support.cast import make_area
from tests.support.moderation import NAME, PHONE, TEXT, Desk, make_desk
from tests.support.pages import PageClient
from tests.support.staff import csrf, send, sign_in

QUEUE = "/staff/kiem-duyet/"
HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> {{ 7*7 }} javascript:alert(3) 0912345678'


FAULTS: list[tuple[str, dict[str, str], str]] = [
    ("", {}, "Chọn một quyết định."),
    ("delete", {}, "Chọn một quyết định."),
    ("reject", {}, "Chọn lý do từ chối."),
    ("reject", {"reason_key": "other"}, "Ghi rõ hơn"),
    ("redact", {"words": "0987654321"}, "Không thấy “0987654321”"),
    ("redact", {}, "Chọn chỗ cần che"),
    ("refer", {"referred_to": "Thanh tra tỉnh"}, "Chọn nội dung này là việc gì."),
    ("escalate", {"escalate_note": "?"}, "Ghi rõ hơn"),
    ("seal", {"box": "insult"}, "Chọn một quyết định."),
]


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def come(client: PageClient, desk: Desk, actor: Actor) -> None:
    sign_in(client, desk.session, desk.session.get_one(Account, actor.account_id))


def at(item: ModerationItem) -> str:
    return f"{QUEUE}{item.id}"


def decide(client: PageClient, item: ModerationItem, verb: str, **values: Any) -> TestResponse:
    token = csrf(client.get(QUEUE))
    typed = {"csrf_token": token, "verb": verb, "version": item.version} | values
    return client.post(f"{at(item)}/quyet-dinh", data=typed)


def main_of(answer: TestResponse) -> str:
    main = BeautifulSoup(answer.text, "html.parser").main
    assert main is not None
    return " ".join(main.get_text(" ").split())


class TestDeciding:
    def test_one_after_another_each_held_at_once(self, client: PageClient, desk: Desk) -> None:
        items = [desk.item(text) for text in ("Nhất trí.", TEXT, "Bán đất.", "Tố cáo cán bộ.")]
        come(client, desk, desk.moderator)
        answer = decide(client, items[0], "approve")
        assert answer.location.startswith(at(items[1]))
        assert items[1].claimed_by == desk.moderator.account_id
        answer = decide(client, items[1], "redact", words=f"{PHONE}\n{NAME}")
        assert answer.location.startswith(at(items[2]))
        decide(client, items[2], "reject", reason_key="advertising")
        answer = decide(client, items[3], "refer", refer_key="denunciation", referred_to="Thanh tra tỉnh")
        assert answer.location.startswith(QUEUE + "?")
        assert [item.status for item in items] == ["approved", "approved", "rejected", "referred"]
        assert "Không còn nội dung nào chờ" in client.get(answer.location).text

    def test_the_filter_goes_along(self, client: PageClient, desk: Desk) -> None:
        first, _other, third = desk.item("Một."), desk.item("Hai.", collection="test:2"), desk.item("Ba.")
        come(client, desk, desk.moderator)
        token = csrf(client.get(QUEUE))
        typed = {"csrf_token": token, "verb": "approve", "version": 1}
        answer = client.post(f"{at(first)}/quyet-dinh?collection=test:1&order=risk", data=typed)
        assert answer.location.startswith(at(third)) and "order=risk" in answer.location

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, client: PageClient, desk: Desk) -> None:
        item = desk.item()
        come(client, desk, desk.moderator)
        token = csrf(client.get(QUEUE))
        for verb, values, sentence in FAULTS:
            typed = {"csrf_token": token, "verb": verb, "version": 1, "refer_note": "Còn nguyên"} | values
            answer = client.post(f"{at(item)}/quyet-dinh", data=typed)
            assert answer.status_code == 422, verb
            assert sentence in answer.text and "Còn nguyên" in answer.text, verb
        assert item.status == "pending"

    def test_what_another_holds_is_409_with_the_name(self, client: PageClient, desk: Desk) -> None:
        item = desk.item()
        claiming.claim(desk.session, desk.other, item)
        come(client, desk, desk.moderator)
        assert "Vũ Văn Khác đang xử lý nội dung này, đến" in client.get(at(item)).text
        token = csrf(client.get(QUEUE))
        for path in ("quyet-dinh", "giu"):
            typed = {"csrf_token": token, "verb": "approve", "version": 1}
            answer = client.post(f"{at(item)}/{path}", data=typed)
            assert answer.status_code == 409 and "Vũ Văn Khác" in answer.text

    def test_of_two_windows_the_second_is_told(self, client: PageClient, desk: Desk) -> None:
        item = desk.item()
        come(client, desk, desk.moderator)
        decide(client, item, "redact", words=PHONE)
        answer = decide(client, item, "reject", version=1, reason_key="insult")
        assert answer.status_code == 409 and item.status == "approved"

    def test_taking_back(self, client: PageClient, desk: Desk) -> None:
        item, _next = desk.item("Nhất trí."), desk.item("Ủng hộ.")
        come(client, desk, desk.moderator)
        page = client.get(decide(client, item, "approve").location)
        assert f"{at(item)}/hoan-tac" in page.text
        answer = client.post(f"{at(item)}/hoan-tac", data={"csrf_token": csrf(page)})
        assert answer.location.startswith(at(item)) and item.status == "pending"

    def test_an_officer_meets_what_was_escalated(self, client: PageClient, desk: Desk) -> None:
        plain, hard = desk.item("Nhất trí."), desk.item("Việc này khó.")
        deciding.escalate(desk.session, desk.moderator, hard, hard.version, reason="Cần ý kiến của xã.")
        come(client, desk, desk.officer)
        queue = client.get(QUEUE)
        assert at(hard) in queue.text and at(plain) not in queue.text
        assert decide(client, plain, "approve").status_code == 403
        assert decide(client, hard, "approve").status_code == 303
        assert "Nhất trí." in client.get(at(plain)).text


class TestCovering:
    def test_a_preview_changes_nothing(self, client: PageClient, desk: Desk) -> None:
        item = desk.item()
        come(client, desk, desk.moderator)
        answer = decide(client, item, "redact", words=NAME, spans="0", preview="1")
        assert answer.status_code == 200
        assert TEXT.replace(PHONE, MARK).replace(NAME, MARK) in main_of(answer)
        assert (item.status, item.shown_text, item.version) == ("pending", None, 1)

    def test_places_that_are_none(self, client: PageClient, desk: Desk) -> None:
        item = desk.item()
        come(client, desk, desk.moderator)
        token = csrf(client.get(QUEUE))
        for spans in ("99", "-1", "x", str(2**40)):
            typed = {"csrf_token": token, "verb": "redact", "version": 1, "spans": spans}
            assert client.post(f"{at(item)}/quyet-dinh", data=typed).status_code == 422, spans
        assert item.shown_text is None

    def test_only_who_may_reads_the_original(self, client: PageClient, desk: Desk) -> None:
        item = desk.item(mode="after")
        deciding.redact(desk.session, desk.moderator, item, 1, words=f"{PHONE}\n{NAME}")
        for actor, reads in ((desk.moderator, True), (desk.overseer, True), (desk.officer, False)):
            come(client, desk, actor)
            page = client.get(at(item)).text
            assert (PHONE in page, NAME in page) == (reads, reads), actor.grants
            assert MARK in page
            assert PHONE not in client.get(QUEUE + "?show=all").text

    def test_nowhere_else(self, client: PageClient, desk: Desk) -> None:
        """No other page of the queue, and nothing that anybody may see, has what was covered."""
        item = desk.item(mode="after")
        deciding.redact(desk.session, desk.moderator, item, 1, words=f"{PHONE}\n{NAME}")
        appeal = appeals.appeal(desk.session, item.id, "Tôi muốn để nguyên như đã viết.")
        come(client, desk, desk.officer)
        paths = [QUEUE, f"{QUEUE}?show=all", at(item), f"{QUEUE}de-nghi-xem-lai"]
        paths += [f"{QUEUE}de-nghi-xem-lai/{appeal.id}", f"/dia-ban/{desk.area.code}/kiem-duyet"]
        paths += [f"/bao-cao/{item.kind}/{item.id}", f"/dia-ban/{desk.area.code}"]
        for path in paths:
            page = client.get(path)
            assert page.status_code == 200, path
            assert PHONE not in page.text and NAME not in page.text, path
        come(client, desk, desk.overseer)
        for path in ("/staff/nhat-ky/", f"/staff/nhat-ky/?q={PHONE}"):
            page = client.get(path)
            assert page.status_code == 200
            assert PHONE not in main_of(page)


def test_hostile_text_is_text_on_every_page(client: PageClient, desk: Desk) -> None:
    item = desk.item(HOSTILE, mode="after", about=f"Dự thảo {HOSTILE}"[:300])
    deciding.redact(desk.session, desk.moderator, item, 1, words="0912345678")
    plain = desk.item(HOSTILE.replace("0912345678", ""))
    words.add(desk.session, desk.moderator, desk.area.parent, "<b onclick=alert(4)>mo</b>")  # type: ignore[arg-type]
    appeal = appeals.appeal(desk.session, item.id, f"Xem lại {HOSTILE}")
    come(client, desk, desk.other)
    paths = [f"{QUEUE}?show=all", at(item), at(plain), f"{QUEUE}duyet-nhieu", f"{QUEUE}tu-ngu"]
    paths += [f"{QUEUE}de-nghi-xem-lai", f"{QUEUE}de-nghi-xem-lai/{appeal.id}", f"/bao-cao/{item.kind}/{item.id}"]
    for path in paths:
        soup = BeautifulSoup(client.get(path).text, "html.parser")
        assert not [tag for tag in soup.find_all("script") if not tag.get("src")], path
        assert not soup.select("img[src=x], b[onclick], [onerror]"), path
        assert "49" not in [link.get_text() for link in soup.find_all("p")], path


class TestTogether:
    def test_what_was_ticked_is_approved_and_the_rest_told(self, client: PageClient, desk: Desk) -> None:
        plain, held, risky = desk.item("Nhất trí."), desk.item("Ủng hộ."), desk.item()
        come(client, desk, desk.moderator)
        page = client.get(f"{QUEUE}duyet-nhieu")
        assert "Nhất trí." in page.text and TEXT not in page.text
        claiming.claim(desk.session, desk.other, held)
        desk.session.commit()
        typed = {"csrf_token": csrf(page), "chosen": [plain.id, held.id, risky.id]}
        answer = client.post(f"{QUEUE}duyet-nhieu", data=typed, follow_redirects=True)
        assert "Đã duyệt 1 nội dung." in answer.text and "Vũ Văn Khác đang xử lý" in answer.text
        assert [one.status for one in (plain, held, risky)] == ["approved", "pending", "pending"]

    def test_nothing_sensible_ticked(self, client: PageClient, desk: Desk) -> None:
        desk.item("Nhất trí.")
        come(client, desk, desk.moderator)
        token = csrf(client.get(QUEUE))
        for chosen in ([], ["x"], [str(2**40)], ["-1"]):
            typed = {"csrf_token": token, "chosen": chosen}
            assert client.post(f"{QUEUE}duyet-nhieu", data=typed).status_code == 422, chosen


class TestHearing:
    @pytest.fixture
    def appeal(self, desk: Desk) -> Appeal:
        item = desk.item("Nói thẳng.")
        deciding.reject(desk.session, desk.moderator, item, 1, reason_key="insult", reason="")
        return appeals.appeal(desk.session, item.id, "Tôi chỉ nói điều ai cũng biết.")

    def test_somebody_else_answers(self, client: PageClient, desk: Desk, appeal: Appeal) -> None:
        come(client, desk, desk.other)
        assert f"de-nghi-xem-lai/{appeal.id}" in client.get(f"{QUEUE}de-nghi-xem-lai").text
        page = f"{QUEUE}de-nghi-xem-lai/{appeal.id}"
        for values in ({}, {"outcome": "uphold"}, {"outcome": "maybe", "reason": "Vì thế này thế kia."}):
            assert send(client, page, values).status_code == 422
        answer = send(client, page, {"outcome": "uphold", "reason": "Lời lẽ không xúc phạm ai."})
        assert answer.status_code == 303 and appeal.outcome == "upheld"
        assert "Cho hiện nội dung" in client.get(page).text
        again = client.post(
            page, data={"csrf_token": csrf(client.get(QUEUE)), "outcome": "dismiss", "reason": "x" * 20}
        )
        assert again.status_code == 409 and appeal.outcome == "upheld"

    def test_who_decided_does_not(self, client: PageClient, desk: Desk, appeal: Appeal) -> None:
        come(client, desk, desk.moderator)
        page = client.get(f"{QUEUE}de-nghi-xem-lai/{appeal.id}")
        assert "Người khác phải xem lại" in page.text and 'name="outcome"' not in page.text
        typed = {"csrf_token": csrf(page), "outcome": "dismiss", "reason": "Giữ nguyên như cũ."}
        assert client.post(f"{QUEUE}de-nghi-xem-lai/{appeal.id}", data=typed).status_code == 403
        assert appeal.outcome is None


def test_words_are_added_and_removed(client: PageClient, desk: Desk) -> None:
    come(client, desk, desk.moderator)
    page = f"{QUEUE}tu-ngu"
    assert send(client, page, {"word": ""}).status_code == 422
    commune = desk.area.parent
    assert commune is not None
    assert send(client, page, {"word": "mặt mo", "area_id": desk.area.id}).status_code == 422
    assert send(client, page, {"word": "mặt mo", "area_id": commune.id}).status_code == 303
    assert send(client, page, {"word": "mat mo", "area_id": commune.id}).status_code == 422
    word = desk.session.scalars(select(AbuseWord)).one()
    assert send(client, page, to=f"{page}/{word.id}/bo").status_code == 303
    assert desk.session.query(AbuseWord).count() == 0


def test_an_address_typed_by_hand_does_no_harm(client: PageClient, desk: Desk) -> None:
    desk.item()
    come(client, desk, desk.moderator)
    for query in ("?show=nothing", "?after=999999", "?after=x", "?order=;drop", "?risk=high&age=late"):
        assert client.get(QUEUE + query).status_code == 200, query


def test_the_menu_says_how_many_wait(client: PageClient, desk: Desk) -> None:
    come(client, desk, desk.moderator)
    assert "đang chờ:" not in client.get(QUEUE).text
    desk.item()
    desk.session.commit()
    menu = BeautifulSoup(client.get(QUEUE).text, "html.parser").select_one("nav [aria-current]")
    assert menu is not None and menu.get_text(" ", strip=True).split() == ["Kiểm", "duyệt", "đang", "chờ:", "1"]
    elsewhere = make_area(desk.session)
    assert client.get(f"/dia-ban/{elsewhere.code}/kiem-duyet").status_code == 200
