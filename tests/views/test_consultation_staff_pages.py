"""Staff pages of a consultation: from nothing to a published draft."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation, ConsultationFile
from app.consultations.rules.phases import Phase
from app.core.permissions import Role
from tests.support.cast import make_area, make_commune
from tests.support.consultation_pages import LIST, at, day, kept, prepared, save
from tests.support.consultations import make_consultation, make_file, make_version
from tests.support.pages import PageClient
from tests.support.poll_pages import faults
from tests.support.polls import PDF
from tests.support.staff import csrf, send, sign_in_as


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def officer(client: PageClient, session: Session, commune: Area) -> PageClient:
    """A browser in which an officer of the commune is signed in."""
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    return client


def times(last: int) -> dict[str, str]:
    return {"opens_at": day(2), "opens_time": "7h", "closes_at": day(2 + last), "closes_time": "7h"}


# ------------------------------------------------------------------------------------------------ preparation


def test_from_nothing_to_a_published_draft(officer: PageClient, session: Session, commune: Area) -> None:
    assert officer.get(LIST).status_code == 200
    answer = send(officer, f"{LIST}moi", {"area": commune.code, "title": "Nghị quyết về vệ sinh đường phố"})
    made = session.query(Consultation).one()
    assert answer.headers["Location"] == at(made, "ten")
    assert "Còn" in officer.get(at(made)).text
    saved = save(officer, made, "ten", title="Nghị quyết về vệ sinh", summary="Mỗi hộ giữ sạch vỉa hè.")
    assert saved.status_code == 303
    assert save(officer, made, "doi-tuong", audience="everyone").headers["Location"] == at(made, "ke-hoach")
    plan = {"organiser": "Ủy ban nhân dân phường", "responsible": "Lê Thị Mai", "phone": "0274 3555 666"}
    sent = {"council_sent_on": day(0), "front_sent_on": day(0)}
    assert save(officer, made, "ke-hoach", **plan, **sent).headers["Location"] == at(made, "thoi-gian")
    assert save(officer, made, "thoi-gian", **times(20)).headers["Location"] == at(made, "kiem-duyet")
    assert save(officer, made, "kiem-duyet", moderation="after").headers["Location"] == at(made, "tai-lieu")
    assert "Tải văn bản dự thảo lên" in officer.get(at(made, "kiem-tra")).text
    make_version(session, kept(session, made))
    session.commit()
    check = officer.get(at(made, "kiem-tra")).text
    assert "Đăng dự thảo lấy ý kiến" in check and "3 điều" in check
    answer = send(officer, at(made, "kiem-tra"), {"version": "6"}, to=at(made, "dang"))
    assert answer.headers["Location"] == at(made)
    assert kept(session, made).status == "opened"
    assert "Sắp lấy ý kiến" in officer.get(at(made)).text


def test_everything_missing_is_listed_with_a_way_to_mend_it(
    officer: PageClient, session: Session, commune: Area
) -> None:
    made = prepared(session, commune, articles=0, summary="", phone="", opens_at=None)
    page = BeautifulSoup(officer.get(at(made, "kiem-tra")).text, "html.parser")
    links = [str(link["href"]) for link in page.select(".note.warn li a")]
    assert len(links) == 4 and {at(made, step) for step in ("ten", "ke-hoach", "thoi-gian")} < set(links)
    assert "Luật số 10/2022/QH15" in page.get_text() and not page.select("form[action$='/dang']")
    answer = officer.post(at(made, "dang"), data={"csrf_token": csrf(officer.get(at(made, "ten"))), "version": "1"})
    assert len(BeautifulSoup(answer.text, "html.parser").select("#error-summary li")) == 4
    assert kept(session, made).status == "preparing"


@pytest.mark.parametrize(
    ("step", "values", "field"),
    [
        ("ten", {"title": " ", "summary": "Một."}, "title"),
        ("ten", {"title": "Tên", "summary": "1\n2\n3\n4\n5\n6"}, "summary"),
        ("doi-tuong", {"audience": "areas"}, "areas"),
        ("doi-tuong", {"audience": "bodies", "invited": " "}, "invited"),
        ("doi-tuong", {"audience": "cats"}, "audience"),
        ("ke-hoach", {"phone": "hỏi chị Mai"}, "phone"),
        ("ke-hoach", {"council_sent_on": "32/13/2026"}, "council_sent_on"),
        ("thoi-gian", {"closes_time": "17h"}, "opens_at"),
        ("kiem-duyet", {"moderation": "never"}, "moderation"),
    ],
)
def test_a_step_says_at_its_field_what_is_wrong(
    officer: PageClient, session: Session, commune: Area, step: str, values: dict[str, str], field: str
) -> None:
    make_area(session, commune)
    made = prepared(session, commune)
    assert field in faults(save(officer, made, step, **values).text)
    assert kept(session, made).version == 1


def test_nineteen_days_are_refused_at_the_page_and_twenty_are_kept(
    officer: PageClient, session: Session, commune: Area
) -> None:
    made = prepared(session, commune)
    assert "ít nhất 20 ngày" in faults(save(officer, made, "thoi-gian", **times(19)).text)["closes_at"]
    assert save(officer, made, "thoi-gian", **times(20)).status_code == 303


def test_who_saves_over_another_is_asked_to_look_again(officer: PageClient, session: Session, commune: Area) -> None:
    made = prepared(session, commune)
    token = csrf(officer.get(at(made, "kiem-duyet")))
    typed = {"csrf_token": token, "version": "1"}
    assert officer.post(at(made, "kiem-duyet"), data=typed | {"moderation": "after"}).status_code == 303
    answer = officer.post(at(made, "kiem-duyet"), data=typed | {"moderation": "before"})
    assert "Người khác vừa sửa" in faults(answer.text)[""]
    version = BeautifulSoup(answer.text, "html.parser").select_one("input[name=version]")
    assert version is not None and version["value"] == "2"


def test_areas_are_ticked_and_shown(officer: PageClient, session: Session, commune: Area) -> None:
    one, two = make_area(session, commune), make_area(session, commune)
    made = prepared(session, commune)
    assert save(officer, made, "doi-tuong", audience="areas", areas=[two.code]).status_code == 303
    form = BeautifulSoup(officer.get(at(made, "doi-tuong")).text, "html.parser")
    ticked = {str(box["value"]) for box in form.select("input[name=areas][checked]")}
    assert ticked == {two.code} and one.code in str(form)
    assert two.label in officer.get(at(made, "kiem-tra")).text


def test_files_come_go_and_are_handed_out(app: Flask, officer: PageClient, session: Session, commune: Area) -> None:
    made = prepared(session, commune)
    page = at(made, "tai-lieu")
    values = {"kind": "plan", "title": "Kế hoạch số 5", "file": (BytesIO(PDF), "ke-hoach.pdf")}
    assert send(officer, page, values).status_code == 303
    file = session.query(ConsultationFile).one()
    got = officer.get(f"{page}/{file.id}")
    assert got.data == PDF and got.headers["Content-Disposition"].startswith("attachment")
    assert "Kế hoạch số 5" in officer.get(page).text
    wrong = send(officer, page, {"kind": "reading", "file": (BytesIO(b"MZ"), "a.pdf")})
    assert "file" in faults(wrong.text)
    assert send(officer, page, to=f"{page}/{file.id}/xoa").status_code == 303
    assert officer.get(f"{page}/{file.id}").status_code == 404
    with pytest.raises(KeyError):
        app.extensions["danban"].storage.get(file.storage_key)


def test_a_file_of_another_consultation_is_not_there(officer: PageClient, session: Session, commune: Area) -> None:
    made = prepared(session, commune)
    other = make_consultation(session, commune, phase=Phase.PREPARING)
    file = make_file(session, other, storage_key="x")
    session.commit()
    assert officer.get(f"{at(made, 'tai-lieu')}/{file.id}").status_code == 404
