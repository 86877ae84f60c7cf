"""Following an opinion by its code: where it stands, a second look, the answer; and nothing to who has no code."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consultations.models import Answer, Comment, Consultation, OpinionGroup
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.permissions import Role
from app.lib.codes import grouped
from app.moderation.models import Appeal
from app.moderation.operations import deciding
from tests.support.cast import make_account, make_actor, make_area
from tests.support.commenting import TEXT, fields, item_of, make_comment, say, words
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient
from tests.support.visitors import old_enough

WHY = "Tôi không nêu tên ai và không nói xấu ai cả."


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_consultation(session, make_area(session).parent, moderation="before")  # type: ignore[arg-type]
    session.commit()
    return made


def look(client: PageClient, code: str) -> Any:
    return client.post("/gop-y/ma", data={"code": code})


def rejected(session: Session, consultation: Consultation) -> Comment:
    made = say(session, consultation, naming="staff", name="Nguyễn Thị Hoa", phone="0912345678")
    item = item_of(session, made)
    by = make_actor(session, Role.MODERATOR, consultation.area)
    deciding.reject(session, by, item, item.version, reason_key="other", reason="Nói về việc khác.")
    session.commit()
    return made


@pytest.mark.parametrize("form", ["GY-{}", "gy {}", "{}", "gy{}", " GY–{} "])
def test_however_the_code_is_typed(client: PageClient, session: Session, consultation: Consultation, form: str) -> None:
    made = say(session, consultation)
    session.commit()
    page = look(client, form.format(grouped(made.code)))
    text = words(page)
    assert page.status_code == 200 and TEXT in text and "chờ kiểm duyệt" in text
    assert "Điều 1. Nội dung thứ 1" in text and "Đề nghị xem lại" not in text
    assert page.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in page.headers


@pytest.mark.parametrize("code", ["", "GY", "GY-0000-0000", "x" * 60, "GYGYGYGY", "<b>", "0" * 8])
def test_an_unknown_code_tells_nothing(
    client: PageClient, session: Session, consultation: Consultation, code: str
) -> None:
    say(session, consultation)
    session.commit()
    page = look(client, code)
    assert page.status_code == 422 and TEXT not in words(page)


def test_the_code_is_in_no_address(client: PageClient, session: Session, consultation: Consultation) -> None:
    made = say(session, consultation)
    session.commit()
    assert TEXT not in client.get(f"/gop-y/ma?code={made.code}").text
    for path in (f"/gop-y/ma/{made.code}", f"/gop-y/{made.code}"):
        assert client.get(path).status_code == 404
    assert made.code not in look(client, made.code).text.split("<main")[0]


def test_guessing_codes_is_stopped(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from app.visitors import limits

    monkeypatch.setitem(limits.LOOK_UPS, "lookup", limits.Limit(5, timedelta(hours=1)))
    assert [look(client, f"GY-0000-000{n}").status_code for n in range(7)] == [422] * 5 + [429] * 2


def test_a_counted_agreement_says_so(client: PageClient, session: Session, consultation: Consultation) -> None:
    made = say(session, consultation, stance="agree", text="", anchor="")
    session.commit()
    assert "Ý kiến đã được tính." in words(look(client, made.code))


def test_the_author_learns_the_reason_and_asks_once(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    made = rejected(session, consultation)
    page = look(client, made.code)
    text = words(page)
    assert "không hiện trên trang" in text and "Nói về việc khác." in text and "một lần đề nghị" in text
    assert "0912" not in text and "Trần Thị Bình" not in text
    typed = fields(page) | old_enough(client, "appeal") | {"text": WHY}
    again = client.post("/gop-y/ma/xem-lai", data=typed)
    assert again.status_code == 200 and "Một người khác xem lại" in words(again)
    assert session.scalars(select(Appeal.text)).one() == WHY
    # Pressed twice it is the same; a second one is refused.
    assert client.post("/gop-y/ma/xem-lai", data=typed).status_code == 200
    other = typed | old_enough(client, "appeal") | {"text": f"{WHY} Lần nữa."}
    assert client.post("/gop-y/ma/xem-lai", data=other).status_code == 422
    assert len(session.scalars(select(Appeal)).all()) == 1


@pytest.mark.parametrize("text", ["", "ngắn"])
def test_a_second_look_wants_a_reason(
    client: PageClient, session: Session, consultation: Consultation, text: str
) -> None:
    made = rejected(session, consultation)
    typed = fields(look(client, made.code)) | old_enough(client, "appeal") | {"text": text}
    page = client.post("/gop-y/ma/xem-lai", data=typed)
    assert page.status_code == 422 and session.scalars(select(Appeal)).all() == []


def test_nobody_asks_without_the_code(client: PageClient, session: Session, consultation: Consultation) -> None:
    rejected(session, consultation)
    for code in ("", "GY-0000-0000"):
        answer = client.post("/gop-y/ma/xem-lai", data=old_enough(client, "appeal") | {"text": WHY, "code": code})
        assert (answer.status_code, answer.location) == (303, "/gop-y/ma")
    assert session.scalars(select(Appeal)).all() == []


def answered(session: Session, phase: Phase, **values: Any) -> Comment:
    made = make_consultation(session, make_area(session).parent, phase=phase)  # type: ignore[arg-type]
    by, other = make_account(session).id, make_account(session).id
    group = OpinionGroup(
        consultation_id=made.id, article_anchor="dieu-1", title="Vỉa hè", why="person", status="accepted",
        decided_by=by, decided_at=clock.now(), created_at=clock.now(),
    )  # fmt: skip
    session.add(group)
    session.flush()
    for group_id, text in ((None, "Trả lời chung."), (group.id, "Làm vỉa hè trước.")):
        session.add(Answer(
            consultation_id=made.id, article_anchor="dieu-1", group_id=group_id, outcome="partly", text=text,
            final_place="Khoản 3 Điều 1", status="approved", drafted_by=by, approved_by=other, approved_at=clock.now(),
            created_by=by, created_at=clock.now(),
        ))  # fmt: skip
    values = {"group_id": group.id} | values
    comment = make_comment(session, made, **values)
    session.commit()
    return comment


@pytest.mark.parametrize(("values", "text"), [({}, "Làm vỉa hè trước."), ({"group_id": None}, "Trả lời chung.")])
def test_the_answer_is_there_once_it_is_published(
    client: PageClient, session: Session, values: dict[str, Any], text: str
) -> None:
    page = words(look(client, answered(session, Phase.ANSWERED, **values).code))
    assert text in page and "Tiếp thu một phần" in page and "Khoản 3 Điều 1" in page


def test_and_not_a_moment_before(client: PageClient, session: Session) -> None:
    page = words(look(client, answered(session, Phase.CLOSED).code))
    assert "Làm vỉa hè trước." not in page and "Trả lời chung." not in page and "Chưa có" in page
