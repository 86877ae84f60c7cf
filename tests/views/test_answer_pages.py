"""The answer table: written and approved on staff pages, published for everybody."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.consultations.models import Answer
from app.consultations.operations.publishing_answers import publish
from app.consultations.queries.answers import table
from app.consultations.rules.phases import Phase
from app.core import clock
from app.lib.calendar import format_date
from tests.support.opinions import (
    WRITTEN,
    Answering,
    answer_all,
    come_as_officer,
    make_answering,
    make_group,
    make_opinion,
    staff_base,
    words_of,
)
from tests.support.pages import PageClient
from tests.support.staff import send

FEE = "Đề nghị hạ mức phí vệ sinh cho hộ có người già."
LIGHT = "Nên lắp thêm đèn đường ở hẻm 12."


@pytest.fixture
def made(session: Session) -> Answering:
    return make_answering(session)


# ------------------------------------------------------------------------------------------------ answers


def draft_form(version: int = 0, **values: str) -> dict[str, str]:
    return {
        "version": str(version), "summary": WRITTEN.summary, "outcome": WRITTEN.outcome, "text": WRITTEN.text,
        "final_place": "Khoản 2 Điều 1",
    } | values  # fmt: skip


def test_one_drafts_another_sends_back_then_approves(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE)
    row = f"{staff_base(made)}/tra-loi/dieu-1"
    come_as_officer(client, made)
    assert FEE in words_of(client, f"{row}/soan")
    assert send(client, f"{row}/soan", draft_form(outcome="explained", text="Không.")).status_code == 422
    assert made.session.query(Answer).count() == 0
    assert send(client, f"{row}/soan", draft_form()).status_code == 303
    version = made.session.query(Answer).one().version
    assert send(client, row, {"version": str(version)}, to=f"{row}/duyet").status_code == 409
    come_as_officer(client, made, second=True)
    back = {"version": str(version), "reason": "Chưa nói rõ mức phí mới."}
    assert send(client, f"{row}/tra-lai", back | {"reason": ""}).status_code == 422
    assert send(client, f"{row}/tra-lai", back).status_code == 303
    assert "Chưa nói rõ mức phí mới." in words_of(client, row)
    come_as_officer(client, made)
    assert send(client, f"{row}/soan", draft_form(version)).status_code == 422
    version = made.session.query(Answer).one().version
    assert send(client, f"{row}/soan", draft_form(version)).status_code == 303
    come_as_officer(client, made, second=True)
    version = made.session.query(Answer).one().version
    assert send(client, row, {"version": str(version)}, to=f"{row}/duyet").status_code == 303
    assert "Đã duyệt" in words_of(client, f"{staff_base(made)}/tra-loi")
    version = made.session.query(Answer).one().version
    assert send(client, f"{row}/go-duyet", {"version": str(version), "reason": "Sai số điều khoản."}).status_code == 303
    assert made.session.query(Answer).one().status == "drafted"


def test_a_row_is_assigned_with_a_day(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE)
    come_as_officer(client, made)
    path = f"{staff_base(made)}/tra-loi/dieu-1/giao"
    chosen = {"assigned_to": str(made.approver.account_id), "due_on": format_date(clock.today())}
    assert send(client, path, chosen | {"due_on": "01/01/2020"}).status_code == 422
    assert send(client, path, chosen | {"assigned_to": "99999"}).status_code == 422
    assert send(client, path, chosen).status_code == 303
    page = words_of(client, f"{staff_base(made)}/tra-loi")
    assert made.approver.name in page and format_date(clock.today()) in page


def test_a_row_without_opinions_is_not_there(client: PageClient, made: Answering) -> None:
    come_as_officer(client, made)
    for key in ("dieu-1", "nhom-1", "chung", "la"):
        assert client.get(f"{staff_base(made)}/tra-loi/{key}").status_code == 404


def test_the_table_is_published_from_one_page(client: PageClient, made: Answering) -> None:
    make_group(made, [FEE, FEE])
    make_opinion(made.session, made.consultation, LIGHT)
    come_as_officer(client, made)
    path, public = f"{staff_base(made)}/cong-bo", f"/gop-y/{made.consultation.public_id}/tra-loi"
    assert "có ý kiến chưa được trả lời" in words_of(client, path)
    answer_all(made)
    made.session.commit()
    assert client.get(public).status_code == 404
    assert WRITTEN.text in words_of(client, path)
    assert send(client, path).status_code == 303
    assert "Đã công bố" in words_of(client, f"{staff_base(made)}/tra-loi")
    assert client.get(path).status_code == 200
    page = words_of(client, public)
    assert WRITTEN.summary in page and "Bà con nói (2 người)" in page and "Tiếp thu một phần" in page


def test_a_published_table_with_one_row_missing_is_refused(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE)
    come_as_officer(client, made)
    token = {"csrf_token": re.search(r'csrf_token" value="([^"]+)', client.get(f"{staff_base(made)}/tra-loi").text)}
    answer = client.post(f"{staff_base(made)}/cong-bo", data={"csrf_token": token["csrf_token"][1]})  # type: ignore[index]
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
    article = client.get(f"/gop-y/{made.consultation.public_id}/dieu-1").text
    assert f"/gop-y/{made.consultation.public_id}/tra-loi#dieu-1" in article


def test_markup_in_answers_is_only_text(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, "<script>alert(1)</script>")
    hostile = type(WRITTEN)("<b>Tóm tắt</b>", "accepted", "<img src=x onerror=alert(1)>", '"><i>')
    answer_all(made, hostile)
    come_as_officer(client, made)
    publish(made.session, made.approver, made.consultation)
    made.session.commit()
    paths = [f"{staff_base(made)}/{page}" for page in ("y-kien", "tra-loi", "tra-loi/dieu-1")]
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
    come_as_officer(client, made)
    answer = client.get(f"{staff_base(made)}/y-kien/{comment.id}/tep/{file.id}")
    assert answer.status_code == 200 and BytesIO(answer.data).read(4) == b"%PDF"
    assert "attachment" in answer.headers["Content-Disposition"]
    other = make_opinion(made.session, made.consultation, LIGHT)
    made.session.commit()
    assert client.get(f"{staff_base(made)}/y-kien/{other.id}/tep/{file.id}").status_code == 404
    assert len(table(made.session, made.consultation)) == 1
