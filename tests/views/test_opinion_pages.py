"""Staff pages of opinions: the inbox, entering what came by other ways, groups."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.consultations.models import Comment, OpinionGroup
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.permissions import Role
from app.lib.calendar import format_date
from tests.support.cast import make_area
from tests.support.jobs import run_jobs
from tests.support.opinions import (
    Answering,
    come_as_officer,
    make_answering,
    make_opinion,
    staff_base,
    words_of,
)
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in_as

FEE = "Đề nghị hạ mức phí vệ sinh cho hộ có người già."
LIGHT = "Nên lắp thêm đèn đường ở hẻm 12."


@pytest.fixture
def made(session: Session) -> Answering:
    return make_answering(session)


# ------------------------------------------------------------------------------------------------ inbox


def test_the_inbox_filters_and_searches(client: PageClient, made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE, source="paper", source_detail="Đơn ngày 05/07/2026")
    make_opinion(made.session, made.consultation, LIGHT, article_anchor="dieu-2", stance="other")
    make_opinion(made.session, made.consultation, "Rất tốt.", article_anchor="", stance="agree")
    come_as_officer(client, made)
    whole = words_of(client, f"{staff_base(made)}/y-kien")
    assert FEE in whole and LIGHT in whole and "Đơn ngày 05/07/2026" in whole
    wanted = {
        "dieu=dieu-2": {LIGHT}, "dieu=chung": {"Rất tốt."}, "nguon=paper": {FEE}, "y=other": {LIGHT},
        "q=MUC+PHI": {FEE}, "q=xyz": set(), "nhom=yes": set(), "nhom=no": {FEE, LIGHT, "Rất tốt."},
        "trang-thai=hidden": set(), "cu-tru=yes": set(), "y=bad&dieu=nothing": {FEE, LIGHT, "Rất tốt."},
    }  # fmt: skip
    for query, texts in wanted.items():
        page = words_of(client, f"{staff_base(made)}/y-kien?{query}")
        assert {text for text in (FEE, LIGHT, "Rất tốt.") if text in page} == texts, query


def test_the_inbox_turns_pages(client: PageClient, made: Answering) -> None:
    for number in range(27):
        make_opinion(made.session, made.consultation, f"Ý kiến thứ {number}, về đường.")
    come_as_officer(client, made)
    first = client.get(f"{staff_base(made)}/y-kien?q=duong").text
    older = re.search(r"truoc=(\d+)", first)
    assert older and first.count("về đường") == 25
    page = client.get(f"{staff_base(made)}/y-kien?q=duong&truoc={older[1]}").text
    assert page.count("về đường") == 2 and "Ý kiến thứ 0," in page
    assert client.get(f"{staff_base(made)}/y-kien?truoc=x").status_code == 200


def test_names_and_texts_are_shown_as_far_as_they_may(client: PageClient, made: Answering) -> None:
    session, consultation = made.session, made.consultation
    make_opinion(session, consultation, FEE, naming="staff", name="Phạm Thị Kín")
    covered = make_opinion(session, consultation, "Gọi 0912345678 cho tôi.")
    covered.shown_text = "Gọi ▇▇▇ cho tôi."
    make_opinion(session, consultation, "Lời bị ẩn đi.", visible=False)
    come_as_officer(client, made)
    page = words_of(client, f"{staff_base(made)}/y-kien")
    assert "Phạm Thị Kín" in page and "Gọi ▇▇▇ cho tôi." in page
    assert "0912345678" not in page and "Lời bị ẩn đi." not in page and "Nội dung không hiện" in page
    assert "Không có ý kiến nào" in words_of(client, f"{staff_base(made)}/y-kien?q=0912345678")
    sign_in_as(client, session, Role.MODERATOR, made.area)
    assert "Lời bị ẩn đi." in words_of(client, f"{staff_base(made)}/y-kien")


def test_an_opinion_is_moved_and_begins_a_group(client: PageClient, made: Answering) -> None:
    comment = make_opinion(made.session, made.consultation, FEE)
    come_as_officer(client, made)
    path = f"{staff_base(made)}/y-kien/{comment.id}"
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
    come_as_officer(client, going)
    answer = send(client, f"{staff_base(going)}/nhap", entry(resident_of=str(area.id)))
    assert answer.status_code == 303
    comment = going.session.query(Comment).one()
    assert (comment.source, comment.weight, comment.article_anchor) == ("meeting", 1250, "dieu-2")
    assert (comment.resident_of, comment.resident_by) == (area.id, "staff")
    assert (comment.entered_by, comment.name) == (going.drafter.account_id, "")
    assert "GY-" in words_of(client, f"{staff_base(going)}/nhap")


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
    come_as_officer(client, going)
    answer = send(client, f"{staff_base(going)}/nhap", entry(**values))
    assert answer.status_code == 422
    assert words in answer.text
    assert going.session.query(Comment).count() == 0


def test_the_head_of_an_area_enters_for_that_area_alone(client: PageClient, going: Answering) -> None:
    own, other = make_area(going.session, going.area), make_area(going.session, going.area)
    sign_in_as(client, going.session, Role.AREA_HEAD, own)
    page = client.get(f"{staff_base(going)}/nhap").text
    assert own.label in page and other.label not in page
    assert send(client, f"{staff_base(going)}/nhap", entry(resident_of=str(other.id))).status_code == 422
    assert send(client, f"{staff_base(going)}/nhap", entry(resident_of="0")).status_code == 422
    assert send(client, f"{staff_base(going)}/nhap", entry(resident_of=str(own.id))).status_code == 303
    assert client.get(f"{staff_base(going)}/y-kien").status_code == 404


def test_nothing_is_entered_once_answers_are_out(client: PageClient, session: Session) -> None:
    made = make_answering(session, phase=Phase.ANSWERED)
    come_as_officer(client, made)
    assert client.get(f"{staff_base(made)}/nhap").status_code == 409


# ------------------------------------------------------------------------------------------------ groups


def test_groups_are_sought_accepted_merged_and_dissolved(client: PageClient, app: Flask, made: Answering) -> None:
    for text in (FEE, FEE, LIGHT, LIGHT):
        make_opinion(made.session, made.consultation, text)
    come_as_officer(client, made)
    path = f"{staff_base(made)}/nhom"
    assert send(client, path, to=f"{path}/tim").status_code == 303
    assert "Đang tìm các ý kiến giống nhau" in words_of(client, path)
    run_jobs(app)
    assert "2 nhóm gợi ý" in words_of(client, path)
    one, other = made.session.query(OpinionGroup).order_by(OpinionGroup.id)
    assert send(client, f"{path}/{one.id}", {"title": " "}).status_code == 422
    assert send(client, f"{path}/{one.id}", {"title": "Hạ mức phí"}).status_code == 303
    assert "Hạ mức phí" in words_of(client, path)
    assert send(client, f"{path}/{one.id}", {"other": "0"}, to=f"{path}/{one.id}/gop").status_code == 422
    assert send(client, f"{path}/{one.id}", {"other": str(other.id)}, to=f"{path}/{one.id}/gop").status_code == 303
    assert made.session.query(Comment).filter_by(group_id=one.id).count() == 4
    assert send(client, f"{path}/{one.id}", to=f"{path}/{one.id}/bo").status_code == 303
    assert client.get(f"{path}/{one.id}").status_code == 404
