"""Comments with files, from residents of an area, in the name of a body."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consultations.models import Comment, Consultation, ConsultationArea
from app.moderation.models import ModerationItem
from tests.support.ballots import make_voting
from tests.support.cast import in_days, make_area
from tests.support.commenting import TEXT, at, fields, number, only, second, send, words
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_consultation(session, make_area(session).parent, moderation="after")  # type: ignore[arg-type]
    session.commit()
    return made


# ------------------------------------------------------------------------------------------------ files


def test_a_picture_comes_along_and_is_not_public_unread(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    from io import BytesIO

    assert send(client, consultation, files=(BytesIO(PIXEL), "CCCD Nguyễn Văn A.png")).status_code == 303
    made = only(session)
    [file] = made.files
    assert (file.filename, file.media_type, file.visible) == ("anh-1.jpg", "image/jpeg", False)
    path = at(consultation, "y-kien", f"{made.id}/tep/{file.id}")
    assert client.get(path).status_code == 404
    file.visible = True
    session.commit()
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    made.visible = False
    made.shown_text = None
    session.commit()
    assert client.get(path).status_code == 404


def test_a_file_of_another_kind_is_refused_and_nothing_is_sent(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    from io import BytesIO

    page = send(client, consultation, files=(BytesIO(b"MZ" + b"\0" * 99), "anh.jpg"))
    assert page.status_code == 422 and "Chỉ nhận ảnh" in words(page) and TEXT in words(page)
    assert number(session) == 0


# ------------------------------------------------------------------------------------------------ residents


def for_areas(session: Session) -> tuple[Consultation, str, list[object]]:
    voting = make_voting(session, 2)
    area = voting.poll.area
    assert area.parent is not None
    made = make_consultation(session, area.parent, audience="areas", moderation="after")
    session.add(ConsultationArea(consultation_id=made.id, area_id=area.id))
    session.commit()
    return made, str(area.id), list(voting.slips)


def test_a_slip_proves_the_area_and_is_nowhere_kept(client: PageClient, session: Session) -> None:
    made, area, slips = for_areas(session)
    slip = slips[0]
    page = second(client, made, area=area, number="1", code=slip.code)  # type: ignore[attr-defined]
    assert "Người dân" in words(page) and slip.code not in page.text and slip.secret not in page.text  # type: ignore[attr-defined]
    client.post(at(made, "dieu-1", "gui"), data=fields(page))
    comment = only(session)
    assert (str(comment.resident_of), comment.resident_by) == (area, "slip")
    # A second opinion by the same slip looks like one by any neighbour.
    send(client, made, text="Thêm một ý.", area=area, number="2", code=slips[1].code)  # type: ignore[attr-defined]
    rows = [repr({c.key: getattr(row, c.key) for c in Comment.__table__.columns}) for row in session.query(Comment)]
    for one in slips:
        assert not any(one.code in row or one.secret in row for row in rows)  # type: ignore[attr-defined]


def test_a_scanned_slip_does_too(client: PageClient, session: Session) -> None:
    made, area, slips = for_areas(session)
    assert send(client, made, code=f"https://x.vn/v/{slips[1].secret}").status_code == 303  # type: ignore[attr-defined]
    assert str(only(session).resident_of) == area


@pytest.mark.parametrize("wrong", ["code", "number", "area", "nothing", "revoked"])
def test_without_a_sound_slip_nothing_goes_on(client: PageClient, session: Session, wrong: str) -> None:
    from app.polls.models import Slip

    made, area, slips = for_areas(session)
    typed = {"area": area, "number": "1", "code": slips[0].code}  # type: ignore[attr-defined]
    typed |= {"code": {"code": "0000-0000-0000"}, "number": {"number": "2"}, "area": {"area": "999"}}.get(wrong, {})
    if wrong == "nothing":
        typed = {}
    if wrong == "revoked":
        session.get_one(Slip, slips[0].id).revoked_at = in_days(-1)  # type: ignore[attr-defined]
        session.commit()
    page = second(client, made, **typed)
    assert page.status_code == 422 and number(session) == 0


def test_a_note_of_another_form_is_worth_nothing(client: PageClient, session: Session) -> None:
    made, area, slips = for_areas(session)
    note = fields(second(client, made, area=area, number="1", code=slips[0].code))["resident"]  # type: ignore[attr-defined]
    page = second(client, made, text="Khác.", area=area, number="1", code=slips[0].code)  # type: ignore[attr-defined]
    answer = client.post(at(made, "dieu-1", "gui"), data=fields(page) | {"resident": note})
    assert answer.status_code == 422 and number(session) == 0


def test_guessing_a_code_is_stopped(client: PageClient, session: Session) -> None:
    made, area, _slips = for_areas(session)
    statuses = {second_status(client, made, area, n) for n in range(11)}
    assert statuses == {422, 429} and number(session) == 0


def second_status(client: PageClient, made: Consultation, area: str, n: int) -> int:
    typed = {"stance": "agree", "naming": "none", "area": area, "number": "1", "code": f"0000 0000 {n:04}"}
    return client.post(at(made, "dieu-1", "ten"), data=typed).status_code


def test_a_body_names_itself(client: PageClient, session: Session) -> None:
    commune = make_area(session).parent
    assert commune is not None
    made = make_consultation(session, commune, audience="bodies", invited="Hội Nông dân phường", moderation="after")
    session.commit()
    page = client.get(at(made))
    assert "Hội Nông dân phường" in words(page) and "/dong-y" not in page.text
    assert second(client, made).status_code == 422
    assert send(client, made, body="Hội Nông dân phường").status_code == 303
    item = session.scalars(select(ModerationItem)).one()
    assert (item.mode, only(session).visible) == ("before", False)
