"""Pages of cases: the person by a code, the handler with the number, the leader, and everybody who sees nothing."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.feedback.models import CaseAct, RestrictedAct, RestrictedReport
from app.feedback.rules import keeping
from app.moderation.models import ModerationItem
from tests.support.case_pages import BOX, FOLLOW, LIST, SAID, TEXT, Counter
from tests.support.cases import PHONE, PICTURE, item_of, make_case, point_of
from tests.support.cast import make_commune
from tests.support.pages import PageClient
from tests.support.staff import send
from tests.support.visitors import old_enough

MASKED = "•••• ••• 678"


@pytest.fixture
def counter(app: Flask, session: Session, client: PageClient) -> Counter:
    return Counter(app, session, client)


def test_taken_answered_and_read_by_the_code(counter: Counter) -> None:
    client, me = counter.client, counter.come(Role.COMMUNE_OFFICER)
    assert SAID[:40] in client.get(LIST).text
    page = client.get(counter.page).text
    assert SAID in page and PHONE not in page and MASKED not in page and "Nhận xử lý" in page
    assert counter.send("giao", assigned_to=me).status_code == 303
    page = client.get(counter.page).text
    assert MASKED in page and PHONE not in page and "0912 345 678" not in page
    shown = counter.send("so-dien-thoai")
    assert "0912 345 678" in shown.text and shown.headers["Cache-Control"] == "no-store"
    assert "0912 345 678" not in client.get(counter.page).text
    assert client.get(f"{counter.page}/anh").data == PICTURE
    assert counter.send("tra-loi", act="save", text="Đang kiểm").status_code == 303
    assert "Đang kiểm" not in counter.look().text
    assert counter.send("tra-loi", act="send", text="Ngắn").status_code == 422
    assert counter.send("tra-loi", act="send", text=TEXT).status_code == 303
    assert counter.send("tra-loi", act="send", text=TEXT).status_code == 409
    read = counter.look(counter.code.lower().replace("-", " "))
    assert TEXT in read.text and SAID in read.text and PHONE not in read.text
    assert read.headers["Cache-Control"] == "no-store" and "noindex" in read.headers["X-Robots-Tag"]
    verbs = counter.session.scalars(select(CaseAct.verb).where(CaseAct.case_id == counter.case.id)).all()
    assert verbs == ["open", "assign", "phone", "draft", "answer"]


def test_the_person_says_it_does_not_help_and_asks_again(counter: Counter) -> None:
    client, me = counter.client, counter.come(Role.COMMUNE_OFFICER)
    assert "Hỏi lại" not in counter.look().text
    counter.send("giao", assigned_to=me)
    counter.send("tra-loi", act="send", text=TEXT)
    assert (
        "chưa giúp được" in client.post(f"{FOLLOW}/y-kien-ve-tra-loi", data={"code": counter.code, "said": "no"}).text
    )
    asked = {"code": counter.code, "reason": "Chưa rõ"}
    guard = old_enough(client, "appeal:case")
    assert client.post(f"{FOLLOW}/hoi-lai", data=asked | guard).status_code == 422
    asked["reason"] = "Chưa nói rõ ngày nào có thêm quầy."
    done = client.post(f"{FOLLOW}/hoi-lai", data=asked | old_enough(client, "appeal:case"))
    assert done.status_code == 200 and "Ông/Bà đã hỏi lại" in done.text and asked["reason"] in done.text
    assert "Hỏi lại (1)" in client.get(f"{LIST}?loc=mo-lai").text
    assert client.post(f"{FOLLOW}/hoi-lai", data=asked | old_enough(client, "appeal:case")).status_code == 422


@pytest.mark.parametrize("code", ["", "PA-0000-0000", "GY-7K3M-9QTR", "ngẫu nhiên"])
def test_a_code_of_nothing_shows_nothing(counter: Counter, code: str) -> None:
    answer = counter.client.post(FOLLOW, data={"code": code})
    assert answer.status_code == 422 and SAID not in answer.text
    assert counter.client.get(f"{FOLLOW}?code={counter.code}").text.count(SAID) == 0
    for address in ("y-kien-ve-tra-loi", "hoi-lai"):
        sent = {"code": code, "said": "yes", "reason": "Chưa nói rõ ngày nào."}
        assert counter.client.post(f"{FOLLOW}/{address}", data=sent).status_code == 303


def test_the_officer_of_the_desk_reaches_no_note_no_case_no_photo_and_no_report(counter: Counter) -> None:
    counter.come(Role.DESK)
    paths = [
        LIST,
        counter.page,
        f"{counter.page}/anh",
        f"{LIST}/loi-gop-y/{item_of(counter.session, counter.case.note_id)}/anh",
        BOX,
        counter.sheet,
    ]
    assert {path: counter.client.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)
    home = counter.client.get("/staff/").text
    assert "Phản ánh tại quầy" not in home and "Hộp kín" not in home


@pytest.mark.parametrize("role", [Role.OVERSEER, Role.INSPECTOR, Role.LEADER])
def test_who_looks_on_reads_no_number_and_answers_nothing(counter: Counter, role: Role) -> None:
    counter.come(role)
    page = counter.client.get(counter.page).text
    assert SAID in page and PHONE not in page and MASKED not in page
    token = send(counter.client, "/staff/tai-khoan-cua-toi", to=f"{counter.page}/so-dien-thoai")
    assert token.status_code == 403
    sent = {"act": "send", "text": TEXT, "version": 1}
    assert send(counter.client, "/staff/tai-khoan-cua-toi", sent, to=f"{counter.page}/tra-loi").status_code == 403


def test_a_late_case_stands_in_the_menu_of_the_leader_who_gives_it_away(counter: Counter) -> None:
    handler = counter.come(Role.COMMUNE_OFFICER)
    counter.send("giao", assigned_to=handler)
    counter.case.escalated_at = counter.case.due_at = counter.case.opened_at
    counter.session.commit()
    counter.come(Role.LEADER)
    page = counter.client.get(LIST).text
    assert "đang chờ:" in page and "Đã báo lãnh đạo" in page
    home = BeautifulSoup(counter.client.get("/staff/").text, "html.parser")
    assert [one.get_text(" ", strip=True) for one in home.select(".card")] == ["Phản ánh tại quầy đang chờ: 1"]
    assert counter.send("giao", assigned_to=0).status_code == 422
    assert counter.send("giao", assigned_to=handler).status_code == 303


def test_an_inspector_opens_the_envelope_and_every_opening_is_kept(counter: Counter) -> None:
    client, me = counter.client, counter.come(Role.INSPECTOR)
    assert "đang chờ:" in client.get(BOX).text
    closed = client.get(counter.sheet).text
    assert "KK9911" not in closed and PHONE not in closed
    opened = send(client, counter.sheet, to=f"{counter.sheet}/mo")
    assert "KK9911" in opened.text and "0912 345 678" in opened.text
    assert "KK9911" not in client.get(counter.sheet).text
    counter.session.expire_all()
    version = counter.session.get_one(RestrictedReport, counter.report.id).version
    assert (
        send(client, counter.sheet, {"body": "", "version": version}, to=f"{counter.sheet}/chuyen").status_code == 422
    )
    sent = {"body": "Thanh tra tỉnh", "version": version}
    assert send(client, counter.sheet, sent, to=f"{counter.sheet}/chuyen").status_code == 303
    ended = {"outcome": "Thanh tra tỉnh đã kết luận.", "version": version + 1}
    assert send(client, counter.sheet, ended, to=f"{counter.sheet}/ket-thuc").status_code == 303
    acts = counter.session.execute(select(RestrictedAct.verb, RestrictedAct.by).order_by(RestrictedAct.id)).all()
    assert [tuple(act) for act in acts] == [("receive", None), ("open", me), ("refer", me), ("close", me)]
    followed = counter.look(counter.report_code).text
    assert "Thanh tra tỉnh đã kết luận." in followed and "KK9911" not in followed
    assert "KK9911" not in client.get(f"{BOX}?xong=1").text


def test_the_photo_of_an_envelope_is_stored_sealed_and_opened_for_the_inspector(counter: Counter) -> None:
    counter.come(Role.INSPECTOR)
    key = counter.report.photo_key
    kept = counter.storage.get(key)
    assert (
        PICTURE not in kept and PICTURE[:4] not in kept and counter.storage.get(counter.case.note.photo_key) == PICTURE
    )
    opened = send(counter.client, counter.sheet, to=f"{counter.sheet}/mo")
    assert "Tải ảnh gửi kèm" in opened.text
    taken = send(counter.client, counter.sheet, to=f"{counter.sheet}/anh")
    assert taken.data == PICTURE and taken.headers["Cache-Control"] == "no-store"
    assert taken.headers["Content-Disposition"].startswith("attachment")
    # One from before photos were sealed is read as it is; of one that is gone it is said that it is gone.
    for key, expected in ((counter.storage.put("ratings", PICTURE), 200), ("sealed/gone-and-forgotten", 404)):
        counter.report.photo_key = key
        counter.session.commit()
        assert send(counter.client, counter.sheet, to=f"{counter.sheet}/anh").status_code == expected


def test_a_moderator_hands_a_note_to_the_inspectors_and_the_person_still_follows_it(counter: Counter) -> None:
    client, key = counter.client, counter.case.note.photo_key
    item = counter.session.scalars(select(ModerationItem)).one()
    address, photo = f"/staff/kiem-duyet/{item.id}", f"{LIST}/loi-gop-y/{item.id}/anh"
    counter.come(Role.MODERATOR)
    page = client.get(address).text
    assert SAID in page and "Chuyển vào hộp kín" in page and "Quy kết một người" in page
    assert client.get(photo).data == PICTURE
    sent = {"verb": "seal", "version": item.version}
    refused = send(client, address, sent, to=f"{address}/quyet-dinh")
    assert refused.status_code == 422 and "Chọn tin này là việc gì." in refused.text
    assert counter.storage.get(key) == PICTURE
    done = send(client, address, sent | {"box": "named_accusation"}, to=f"{address}/quyet-dinh")
    assert done.status_code == 303 and "Đã chuyển vào hộp kín" in client.get("/staff/kiem-duyet/").text
    assert [client.get(path).status_code for path in (address, photo)] == [404, 404]
    assert SAID not in client.get("/staff/kiem-duyet/?show=all").text
    with pytest.raises(KeyError):
        counter.storage.get(key)
    counter.come(Role.COMMUNE_OFFICER)
    gone = [counter.page, f"{counter.page}/anh", address, photo]
    assert [client.get(path).status_code for path in gone] == [404] * 4
    assert SAID not in client.get(f"{LIST}?loc=tat-ca").text
    followed = counter.look().text
    assert counter.code in followed and "Tin báo của Ông/Bà" in followed and "QQ4455" not in followed
    counter.come(Role.INSPECTOR)
    sheet = f"{BOX}/{counter.report.id + 1}"
    assert "Người kiểm duyệt chuyển vào hộp kín" in client.get(sheet).text
    assert SAID in send(client, sheet, to=f"{sheet}/mo").text
    assert send(client, sheet, to=f"{sheet}/anh").data == PICTURE


@pytest.mark.parametrize(
    "role", [Role.COMMUNE_OFFICER, Role.LEADER, Role.COMMUNE_ADMIN, Role.DESK, Role.OVERSEER, Role.MODERATOR]
)
def test_the_restricted_inbox_is_shut_to_the_unit_and_the_overseer(counter: Counter, role: Role) -> None:
    counter.come(role)
    for path in (BOX, counter.sheet, f"{BOX}/999999"):
        assert counter.client.get(path).status_code == 403, path
    for act in ("mo", "anh", "chuyen", "ket-thuc"):
        answer = send(counter.client, "/staff/tai-khoan-cua-toi", {}, to=f"{counter.sheet}/{act}")
        assert answer.status_code == 403 and "KK9911" not in answer.text
    assert counter.session.scalars(select(RestrictedAct.verb)).all() == ["receive"]


def test_an_inspector_of_elsewhere_finds_no_envelope(counter: Counter) -> None:
    counter.come(Role.INSPECTOR, make_commune(counter.session))
    assert [counter.client.get(path).status_code for path in (BOX, counter.sheet, counter.page)] == [200, 404, 404]
    assert "Số" not in counter.client.get(BOX).text.partition("<tbody>")[2].partition("</tbody>")[0]


def test_denouncing_is_explained_to_who_follows_and_to_who_answers(counter: Counter, app: Flask) -> None:
    point = point_of(counter.session, counter.commune)
    keyring = app.extensions["danban"].keyring
    case, code = make_case(counter.session, keyring, point, text="Tôi khiếu nại quyết định thu hồi đất của nhà tôi.")
    counter.session.commit()
    read = counter.look(code).text
    assert "/khieu-nai-to-cao" in read and "vẫn được giữ" in read and "thu hồi đất" in read
    counter.come(Role.COMMUNE_OFFICER)
    assert "Có thể là đơn khiếu nại" in counter.client.get(f"{LIST}/{case.id}").text


def test_the_page_on_privacy_says_what_is_kept_and_leads_on(client: PageClient) -> None:
    page = client.get("/danh-gia/quyen-rieng-tu")
    assert page.status_code == 200 and FOLLOW in page.text and "Ban Thanh tra nhân dân" in page.text
    assert len(page.data) < 40_000
    lifetimes = (keeping.NETWORK, keeping.PHOTO, keeping.PHONE, keeping.DOSSIER_CODE, keeping.REPORT)
    assert [days for one in lifetimes if f" {(days := one.days)} ngày" not in page.text] == []
