"""Saying something on a draft, step by step, without an account: pages, refusals, the receipt and its code."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.consultations.models import Comment, Consultation
from app.consultations.rules.phases import Phase
from app.visitors.models import FormUse
from tests.support.cast import in_days, make_area
from tests.support.commenting import TEXT, at, fields, first, number, only, second, send, words
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient
from tests.support.visitors import old_enough

HOSTILE = "<script>alert(1)</script>'\"{{7*7}}"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_consultation(session, make_area(session).parent, moderation="after")  # type: ignore[arg-type]
    session.commit()
    return made


# ------------------------------------------------------------------------------------------------ the way


def test_the_whole_way(client: PageClient, session: Session, consultation: Consultation) -> None:
    page = first(client, consultation)
    assert "muốn ghi tên thế nào" in words(page) and "CHƯA được gửi" in words(page)
    page = second(client, consultation, naming="shown", name="Nguyễn Thị Hoa", phone="0912 345 678")
    text = words(page)
    assert "chưa gửi ý kiến" in text and TEXT in text and "Tên: Nguyễn Thị Hoa" in text and "0912 345 678" in text
    assert number(session) == 0
    answer = client.post(at(consultation, "dieu-1", "gui"), data=fields(page))
    assert (answer.status_code, answer.location) == (303, "/gop-y/da-gui")
    made = only(session)
    receipt = words(client.get("/gop-y/da-gui"))
    assert f"GY-{made.code[:4]}-{made.code[4:]}" in receipt and "Chụp màn hình" in receipt
    assert (made.article_anchor, made.stance, made.naming, made.name) == ("dieu-1", "change", "shown", "Nguyễn Thị Hoa")
    assert made.device_hash
    shown = words(client.get(at(consultation, "dieu-1")))
    assert TEXT in shown and "Nguyễn Thị Hoa" in shown and "0912" not in shown and made.code not in shown


def test_agreeing_with_everything_is_one_tap(client: PageClient, session: Session, consultation: Consultation) -> None:
    form = fields(client.get(at(consultation))) | old_enough(client, f"comment:{consultation.public_id}")
    answers = [client.post(at(consultation, "dong-y"), data=form) for _ in range(3)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/gop-y/da-gui")}
    made = only(session)
    assert (made.stance, made.article_anchor, made.text, made.name, made.visible) == ("agree", "", "", "", True)
    assert made.code[:4] in words(client.get("/gop-y/da-gui"))
    assert "1 người đồng ý toàn bộ dự thảo" in words(client.get(at(consultation)))


def test_a_double_tap_or_a_lost_answer_is_one_opinion(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    form = fields(second(client, consultation))
    for _ in range(2):
        assert client.post(at(consultation, "dieu-1", "gui"), data=form).status_code == 303
        assert only(session).code[:4] in words(client.get("/gop-y/da-gui"))
    # A retry that came without the cookie of the device is still the same sending.
    client.delete_cookie("device")
    assert client.post(at(consultation, "dieu-1", "gui"), data=form).status_code == 303
    assert number(session) == 1


def test_going_back_keeps_what_was_entered(client: PageClient, session: Session, consultation: Consultation) -> None:
    page = second(client, consultation, naming="staff", name="Lê Văn Ba")
    back = client.post(at(consultation, "dieu-1", "gui"), data=fields(page) | {"back": "1"})
    soup = BeautifulSoup(back.text, "html.parser")
    assert soup.select_one("[name=name]")["value"] == "Lê Văn Ba"  # type: ignore[index]
    assert soup.select_one("[name=naming][checked]")["value"] == "staff"  # type: ignore[index]
    typed = fields(back) | {"naming": "staff", "name": "Lê Văn Ba", "back": "1"}
    back = client.post(at(consultation, "dieu-1", "ten"), data=typed)
    soup = BeautifulSoup(back.text, "html.parser")
    assert soup.textarea is not None and soup.textarea.get_text(strip=True) == TEXT
    assert soup.select_one("[name=stance][checked]")["value"] == "change"  # type: ignore[index]
    assert number(session) == 0 and "Lỗi" not in str(soup.title)


def test_the_text_comes_through_every_step_as_it_was(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    text = f"{HOSTILE}\n\nDòng hai & ba"
    assert send(client, consultation, text=text).status_code == 303
    assert only(session).text == text
    page = client.get(at(consultation, "dieu-1"))
    assert "<script>alert" not in page.text and "{{7*7}}" in words(page) and "49" not in words(page).split()


def test_nothing_typed_is_in_an_address(client: PageClient, consultation: Consultation) -> None:
    answer = send(client, consultation, naming="staff", name="Nguyễn Thị Hoa", phone="0912345678")
    assert answer.location == "/gop-y/da-gui" and answer.headers["Cache-Control"] == "no-store"
    cookie = client.get_cookie("gop-y", path="/gop-y")
    assert cookie is not None and cookie.http_only and cookie.path == "/gop-y"


def test_the_next_user_of_the_phone_sees_nothing(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    send(client, consultation)
    assert client.post("/gop-y/da-gui/xong").location == "/gop-y/ma"
    answer = client.get("/gop-y/da-gui")
    assert (answer.status_code, answer.location) == (303, "/gop-y/ma")


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "a" * 400])
def test_a_made_up_receipt_shows_nothing(client: PageClient, cookie: str) -> None:
    client.set_cookie("gop-y", cookie, path="/gop-y")
    assert client.get("/gop-y/da-gui").status_code == 303


# ------------------------------------------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"stance": ""}, "chưa chọn"),
        ({"text": ""}, "chưa viết ý kiến"),
        ({"text": "a" * 5001}, "hiện có 5001"),
        ({"stance": "<b>"}, "trong danh sách"),
    ],
)
def test_the_first_step_says_what_is_missing(
    client: PageClient, session: Session, consultation: Consultation, values: dict[str, str], sentence: str
) -> None:
    page = first(client, consultation, **values)
    assert page.status_code == 422 and sentence in words(page) and "Lỗi:" in words(page)
    assert number(session) == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"naming": ""}, "chưa chọn"),
        ({"naming": "shown", "name": ""}, "Ghi họ và tên"),
        ({"naming": "none", "phone": "abc"}, "chưa đúng"),
        ({"naming": "shown", "name": "a" * 300}, "dài quá"),
    ],
)
def test_the_second_step_says_what_is_wrong(
    client: PageClient, session: Session, consultation: Consultation, values: dict[str, str], sentence: str
) -> None:
    page = second(client, consultation, **values)
    assert page.status_code == 422 and sentence in words(page) and number(session) == 0


@pytest.mark.parametrize("phase", [Phase.UPCOMING, Phase.CLOSED, Phase.WITHDRAWN, Phase.ANSWERED])
def test_no_form_and_no_way_round_it_when_it_is_not_open(client: PageClient, session: Session, phase: Phase) -> None:
    commune = make_area(session).parent
    assert commune is not None
    made = make_consultation(session, commune, phase=phase)
    session.commit()
    for anchor in ("", "dieu-1", "chung"):
        page = client.get(at(made, anchor), check=False)
        assert page.status_code == 200 and "/dong-y" not in page.text and "<textarea" not in page.text
    guard = old_enough(client, f"comment:{made.public_id}")
    typed = guard | {"stance": "change", "text": TEXT, "naming": "none"}
    for step in ("dieu-1", "dieu-1/ten", "dieu-1/gui", "dong-y"):
        assert client.post(at(made, step), data=typed).status_code == 409, step
    assert number(session) == 0


def test_closing_in_between_says_so_and_keeps_the_text_on_the_page(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    form = fields(second(client, consultation))
    consultation.closes_at = in_days(-0.01)
    session.commit()
    page = client.post(at(consultation, "dieu-1", "gui"), data=form)
    assert page.status_code == 409 and "CHƯA được ghi nhận" in words(page) and TEXT in words(page)
    assert number(session) == 0 and session.scalar(select(func.count()).select_from(FormUse)) == 0


def test_what_was_never_published_is_not_there(client: PageClient, session: Session) -> None:
    commune = make_area(session).parent
    assert commune is not None
    made = make_consultation(session, commune, phase=Phase.PREPARING)
    session.commit()
    for path in (at(made), at(made, "dieu-1"), at(made, "chung"), at(made, "dieu-1", "truoc/5"), "/gop-y/khong-co"):
        assert client.get(path).status_code == 404
    for path in (at(made, "dong-y"), at(made, "dieu-1"), at(made, "dieu-1", "ten"), at(made, "dieu-1", "gui")):
        assert client.post(path, data={"stance": "agree"}).status_code == 404


@pytest.mark.parametrize("anchor", ["dieu-99", "<b>", "%00", "a" * 300])
def test_an_unknown_article(client: PageClient, consultation: Consultation, anchor: str) -> None:
    assert client.get(at(consultation, anchor)).status_code == 404
    assert client.post(at(consultation, anchor), data={"stance": "agree"}).status_code in (404, 422)


def test_a_filled_honeypot_is_never_shown_unread(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    page = second(client, consultation)
    client.post(at(consultation, "dieu-1", "gui"), data=fields(page) | {"website": "http://x.example"})
    shown = session.scalars(select(Comment.visible)).all()
    assert not any(shown) and TEXT not in words(client.get(at(consultation, "dieu-1")))


def test_a_device_that_sends_very_much_is_stopped(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    statuses = [send(client, consultation, text=f"{TEXT} {n}").status_code for n in range(12)]
    assert statuses[:10] == [303] * 10 and statuses[-1] == 429 and number(session) == 10


def test_another_site_cannot_send(client: PageClient, session: Session, consultation: Consultation) -> None:
    form = fields(second(client, consultation))
    answer = client.post(at(consultation, "dieu-1", "gui"), data=form, headers={"Origin": "https://x.example"})
    assert answer.status_code == 403 and number(session) == 0
