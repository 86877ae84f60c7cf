"""Staff pages of opinions and answers, and the answer table for everybody."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.consultations.models import Answer, Comment, OpinionGroup
from app.consultations.operations.publishing_answers import publish
from app.consultations.queries.answers import table
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.permissions import Role
from app.identity.models import Account
from app.lib.calendar import format_date
from tests.support.cast import make_area
from tests.support.jobs import run_jobs
from tests.support.opinions import WRITTEN, Answering, answer_all, make_answering, make_group, make_opinion
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in, sign_in_as

FEE = "Đề nghị hạ mức phí vệ sinh cho hộ có người già."
LIGHT = "Nên lắp thêm đèn đường ở hẻm 12."


@pytest.fixture
def made(session: Session) -> Answering:
    return make_answering(session)


def base(made: Answering) -> str:
    return f"/staff/gop-y/{made.consultation.id}"


def come(client: PageClient, made: Answering, *, second: bool = False) -> None:
    account_id = (made.approver if second else made.drafter).account_id
    sign_in(client, made.session, made.session.get_one(Account, account_id))


def shown(client: PageClient, path: str) -> str:
    return BeautifulSoup(client.get(path).text, "lxml").get_text(" ", strip=True)


# ------------------------------------------------------------------------------------------------ inbox


def test_the_inbox_filters_and_searches(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE, source="paper", source_detail="Đơn ngày 05/07/2026")
    make_opinion(made.session, made.consultation, LIGHT, article_anchor="dieu-2", stance="other")
    make_opinion(made.session, made.consultation, "Rất tốt.", article_anchor="", stance="agree")
    come(client, made)
    whole = shown(client, f"{base(made)}/y-kien")
    assert FEE in whole and LIGHT in whole and "Đơn ngày 05/07/2026" in whole
    wanted = {
        "dieu=dieu-2": {LIGHT}, "dieu=chung": {"Rất tốt."}, "nguon=paper": {FEE}, "y=other": {LIGHT},
        "q=MUC+PHI": {FEE}, "q=xyz": set(), "nhom=yes": set(), "nhom=no": {FEE, LIGHT, "Rất tốt."},
        "trang-thai=hidden": set(), "cu-tru=yes": set(), "y=bad&dieu=nothing": {FEE, LIGHT, "Rất tốt."},
    }  # fmt: skip
    for query, texts in wanted.items():
        page = shown(client, f"{base(made)}/y-kien?{query}")
        assert {text for text in (FEE, LIGHT, "Rất tốt.") if text in page} == texts, query


def test_the_inbox_turns_pages(client: PageClient, made: Answering) -> None:
    for number in range(27):
        make_opinion(made.session, made.consultation, f"Ý kiến thứ {number}, về đường.")
    come(client, made)
    first = client.get(f"{base(made)}/y-kien?q=duong").text
    older = re.search(r"truoc=(\d+)", first)
    assert older and first.count("về đường") == 25
    page = client.get(f"{base(made)}/y-kien?q=duong&truoc={older[1]}").text
    assert page.count("về đường") == 2 and "Ý kiến thứ 0," in page
    assert client.get(f"{base(made)}/y-kien?truoc=x").status_code == 200


def test_names_and_texts_are_shown_as_far_as_they_may(client: PageClient, made: Answering) -> None:
    session, consultation = made.session, made.consultation
    make_opinion(session, consultation, FEE, naming="staff", name="Phạm Thị Kín")
    covered = make_opinion(session, consultation, "Gọi 0912345678 cho tôi.")
    covered.shown_text = "Gọi ▇▇▇ cho tôi."
    make_opinion(session, consultation, "Lời bị ẩn đi.", visible=False)
    come(client, made)
    page = shown(client, f"{base(made)}/y-kien")
    assert "Phạm Thị Kín" in page and "Gọi ▇▇▇ cho tôi." in page
    assert "0912345678" not in page and "Lời bị ẩn đi." not in page and "Nội dung không hiện" in page
    assert "Không có ý kiến nào" in shown(client, f"{base(made)}/y-kien?q=0912345678")
    sign_in_as(client, session, Role.MODERATOR, made.area)
    assert "Lời bị ẩn đi." in shown(client, f"{base(made)}/y-kien")


def test_an_opinion_is_moved_and_begins_a_group(client: PageClient, made: Answering) -> None:
    comment = make_opinion(made.session, made.consultation, FEE)
    come(client, made)
    path = f"{base(made)}/y-kien/{comment.id}"
    assert send(client, path, {"title": ""}, to=f"{path}/nhom-moi").status_code == 422
    assert send(client, path, {"title": "Hạ phí"}, to=f"{path}/nhom-moi").status_code == 303
    group = made.session.query(OpinionGroup).one()
    assert made.session.get_one(Comment, comment.id).group_id == group.id
    assert send(client, path, {"group": "0"}, to=f"{path}/nhom").status_code == 303
    assert made.session.get_one(Comment, comment.id).group_id is None
    assert send(client, path, {"group": "99999"}, to=f"{path}/nhom").status_code == 422


# ---------------------------------------------------------------------------------------------- entering


def entry(**values: str) -> dict[str, str]:
    day = format_date(clock.today() - timedelta(days=1))
    return {
        "source": "meeting", "source_detail": "Cuộc họp khu phố 3", "written_on": day, "weight": "1.250",
        "anchor": "dieu-2", "stance": "change", "text": FEE, "naming": "none", "resident_of": "0",
    } | values  # fmt: skip


@pytest.fixture
def going(session: Session) -> Answering:
    return make_answering(session, phase=Phase.OPEN)


def test_what_was_said_at_a_meeting_is_entered_with_its_people(client: PageClient, going: Answering) -> None:
    area = make_area(going.session, going.area)
    come(client, going)
    answer = send(client, f"{base(going)}/nhap", entry(resident_of=str(area.id)))
    assert answer.status_code == 303
    comment = going.session.query(Comment).one()
    assert (comment.source, comment.weight, comment.article_anchor) == ("meeting", 1250, "dieu-2")
    assert (comment.resident_of, comment.resident_by) == (area.id, "staff")
    assert (comment.entered_by, comment.name) == (going.drafter.account_id, "")
    assert "GY-" in shown(client, f"{base(going)}/nhap")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"source": ""}, "Chọn cách nhận"),
        ({"source": "web"}, "Chọn một mục"),
        ({"source_detail": "ab"}, "Ghi ai gửi"),
        ({"written_on": "01/01/2020"}, "Chưa đến ngày góp ý"),
        ({"written_on": "31/02/2026"}, "Không có ngày này"),
        ({"written_on": "05/07/2099"}, "không thể sau hôm nay"),
        ({"weight": "0"}, "Ghi số từ"),
        ({"anchor": "dieu-99"}, "Chọn một mục"),
        ({"text": ""}, "chưa viết ý kiến"),
        ({"naming": "shown", "name": ""}, "Ghi họ và tên"),
        ({"resident_of": "99999"}, "Chọn một mục"),
    ],
)
def test_a_wrong_entry_changes_nothing(
    client: PageClient, going: Answering, values: dict[str, str], words: str
) -> None:
    come(client, going)
    answer = send(client, f"{base(going)}/nhap", entry(**values))
    assert answer.status_code == 422
    assert words in answer.text
    assert going.session.query(Comment).count() == 0


def test_the_head_of_an_area_enters_for_that_area_alone(client: PageClient, going: Answering) -> None:
    own, other = make_area(going.session, going.area), make_area(going.session, going.area)
    sign_in_as(client, going.session, Role.AREA_HEAD, own)
    page = client.get(f"{base(going)}/nhap").text
    assert own.label in page and other.label not in page
    assert send(client, f"{base(going)}/nhap", entry(resident_of=str(other.id))).status_code == 422
    assert send(client, f"{base(going)}/nhap", entry(resident_of="0")).status_code == 422
    assert send(client, f"{base(going)}/nhap", entry(resident_of=str(own.id))).status_code == 303
    assert client.get(f"{base(going)}/y-kien").status_code == 404


def test_nothing_is_entered_once_answers_are_out(client: PageClient, session: Session) -> None:
    made = make_answering(session, phase=Phase.ANSWERED)
    come(client, made)
    assert client.get(f"{base(made)}/nhap").status_code == 409


# ------------------------------------------------------------------------------------------------ groups


def test_groups_are_sought_accepted_merged_and_dissolved(client: PageClient, app: Flask, made: Answering) -> None:
    for text in (FEE, FEE, LIGHT, LIGHT):
        make_opinion(made.session, made.consultation, text)
    come(client, made)
    path = f"{base(made)}/nhom"
    assert send(client, path, to=f"{path}/tim").status_code == 303
    assert "Đang tìm các ý kiến giống nhau" in shown(client, path)
    run_jobs(app)
    assert "2 nhóm gợi ý" in shown(client, path)
    one, other = made.session.query(OpinionGroup).order_by(OpinionGroup.id)
    assert send(client, f"{path}/{one.id}", {"title": " "}).status_code == 422
    assert send(client, f"{path}/{one.id}", {"title": "Hạ mức phí"}).status_code == 303
    assert "Hạ mức phí" in shown(client, path)
    assert send(client, f"{path}/{one.id}", {"other": "0"}, to=f"{path}/{one.id}/gop").status_code == 422
    assert send(client, f"{path}/{one.id}", {"other": str(other.id)}, to=f"{path}/{one.id}/gop").status_code == 303
    assert made.session.query(Comment).filter_by(group_id=one.id).count() == 4
    assert send(client, f"{path}/{one.id}", to=f"{path}/{one.id}/bo").status_code == 303
    assert client.get(f"{path}/{one.id}").status_code == 404


# ------------------------------------------------------------------------------------------------ answers


def draft_form(version: int = 0, **values: str) -> dict[str, str]:
    return {
        "version": str(version), "summary": WRITTEN.summary, "outcome": WRITTEN.outcome, "text": WRITTEN.text,
        "final_place": "Khoản 2 Điều 1",
    } | values  # fmt: skip


def test_one_drafts_another_sends_back_then_approves(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE)
    row = f"{base(made)}/tra-loi/dieu-1"
    come(client, made)
    assert FEE in shown(client, f"{row}/soan")
    assert send(client, f"{row}/soan", draft_form(outcome="explained", text="Không.")).status_code == 422
    assert made.session.query(Answer).count() == 0
    assert send(client, f"{row}/soan", draft_form()).status_code == 303
    version = made.session.query(Answer).one().version
    assert send(client, row, {"version": str(version)}, to=f"{row}/duyet").status_code == 409
    come(client, made, second=True)
    back = {"version": str(version), "reason": "Chưa nói rõ mức phí mới."}
    assert send(client, f"{row}/tra-lai", back | {"reason": ""}).status_code == 422
    assert send(client, f"{row}/tra-lai", back).status_code == 303
    assert "Chưa nói rõ mức phí mới." in shown(client, row)
    come(client, made)
    assert send(client, f"{row}/soan", draft_form(version)).status_code == 422
    version = made.session.query(Answer).one().version
    assert send(client, f"{row}/soan", draft_form(version)).status_code == 303
    come(client, made, second=True)
    version = made.session.query(Answer).one().version
    assert send(client, row, {"version": str(version)}, to=f"{row}/duyet").status_code == 303
    assert "Đã duyệt" in shown(client, f"{base(made)}/tra-loi")
    version = made.session.query(Answer).one().version
    assert send(client, f"{row}/go-duyet", {"version": str(version), "reason": "Sai số điều khoản."}).status_code == 303
    assert made.session.query(Answer).one().status == "drafted"


def test_a_row_is_assigned_with_a_day(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE)
    come(client, made)
    path = f"{base(made)}/tra-loi/dieu-1/giao"
    chosen = {"assigned_to": str(made.approver.account_id), "due_on": format_date(clock.today())}
    assert send(client, path, chosen | {"due_on": "01/01/2020"}).status_code == 422
    assert send(client, path, chosen | {"assigned_to": "99999"}).status_code == 422
    assert send(client, path, chosen).status_code == 303
    page = shown(client, f"{base(made)}/tra-loi")
    assert made.approver.name in page and format_date(clock.today()) in page


def test_a_row_without_opinions_is_not_there(client: PageClient, made: Answering) -> None:
    come(client, made)
    for key in ("dieu-1", "nhom-1", "chung", "la"):
        assert client.get(f"{base(made)}/tra-loi/{key}").status_code == 404


def test_the_table_is_published_from_one_page(client: PageClient, made: Answering) -> None:
    make_group(made, [FEE, FEE])
    make_opinion(made.session, made.consultation, LIGHT)
    come(client, made)
    path, public = f"{base(made)}/cong-bo", f"/gop-y/{made.consultation.public_id}/tra-loi"
    assert "có ý kiến chưa được trả lời" in shown(client, path)
    answer_all(made)
    made.session.commit()
    assert client.get(public).status_code == 404
    assert WRITTEN.text in shown(client, path)
    assert send(client, path).status_code == 303
    assert "Đã công bố" in shown(client, f"{base(made)}/tra-loi")
    assert client.get(path).status_code == 200
    page = shown(client, public)
    assert WRITTEN.summary in page and "Bà con nói (2 người)" in page and "Tiếp thu một phần" in page


def test_a_published_table_with_one_row_missing_is_refused(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE)
    come(client, made)
    token = {"csrf_token": re.search(r'csrf_token" value="([^"]+)', client.get(f"{base(made)}/tra-loi").text)}
    answer = client.post(f"{base(made)}/cong-bo", data={"csrf_token": token["csrf_token"][1]})  # type: ignore[index]
    assert answer.status_code == 409
    assert made.consultation.status == "opened"


# ------------------------------------------------------------------------------------------------ public


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED, Phase.WITHDRAWN])
def test_drafts_of_answers_leak_nowhere(client: PageClient, session: Session, phase: Phase) -> None:
    made = make_answering(session)
    make_opinion(session, made.consultation, FEE)
    answer_all(made)
    if phase is Phase.OPEN:
        made.consultation.closes_at = clock.now() + timedelta(days=1)
    if phase is Phase.WITHDRAWN:
        made.consultation.status, made.consultation.withdraw_reason = "withdrawn", "Viết lại dự thảo."
    session.commit()
    home = f"/gop-y/{made.consultation.public_id}"
    for path in (home, f"{home}/dieu-1", f"{home}/tra-loi"):
        page = client.get(path)
        assert page.status_code == (404 if path.endswith("tra-loi") else 200)
        assert WRITTEN.summary not in page.text and WRITTEN.text not in page.text


def test_the_public_table_names_nobody_and_shows_what_was_counted(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE, naming="shown", name="Lê Văn Tên", shown_name="Lê Văn Tên")
    answer_all(made)
    publish(made.session, made.approver, made.consultation)
    late = make_opinion(made.session, made.consultation, LIGHT)
    late.visible = True
    made.session.commit()
    answer = client.get(f"/gop-y/{made.consultation.public_id}/tra-loi")
    assert "Lê Văn Tên" not in answer.text and "Bà con nói (1 người)" in answer.text
    assert made.drafter.name not in answer.text and made.approver.name not in answer.text
    assert len(answer.data) < 30_000
    soup = BeautifulSoup(answer.text, "lxml")
    assert soup.find(id="dieu-1") is not None


def test_markup_in_answers_is_only_text(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, "<script>alert(1)</script>")
    hostile = type(WRITTEN)("<b>Tóm tắt</b>", "accepted", "<img src=x onerror=alert(1)>", '"><i>')
    answer_all(made, hostile)
    come(client, made)
    publish(made.session, made.approver, made.consultation)
    made.session.commit()
    paths = [f"{base(made)}/{page}" for page in ("y-kien", "tra-loi", "tra-loi/dieu-1")]
    for path in [*paths, f"/gop-y/{made.consultation.public_id}/tra-loi"]:
        page = client.get(path).text
        assert "<img src=x" not in page and "<script>alert" not in page and "<b>Tóm" not in page


def test_attachments_wait_for_moderators(client: PageClient, app: Flask, made: Answering) -> None:
    from app.consultations.models import CommentFile

    comment = make_opinion(made.session, made.consultation, FEE)
    key = app.extensions["danban"].storage.put("comments", b"%PDF-1.4 x")
    file = CommentFile(
        comment_id=comment.id,
        filename="don.pdf",
        media_type="application/pdf",
        size=10,
        sha256="0" * 64,
        storage_key=key,
    )
    made.session.add(file)
    made.session.commit()
    come(client, made)
    answer = client.get(f"{base(made)}/y-kien/{comment.id}/tep/{file.id}")
    assert answer.status_code == 200 and BytesIO(answer.data).read(4) == b"%PDF"
    assert "attachment" in answer.headers["Content-Disposition"]
    other = make_opinion(made.session, made.consultation, LIGHT)
    made.session.commit()
    assert client.get(f"{base(made)}/y-kien/{other.id}/tep/{file.id}").status_code == 404
    assert len(table(made.session, made.consultation)) == 1
