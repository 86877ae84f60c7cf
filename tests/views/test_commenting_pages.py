"""Saying something on a draft, step by step, without an account: pages, refusals, the receipt and its code."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.consultations.models import Comment, Consultation
from app.consultations.rules.phases import Phase
from tests.support.cast import make_area
from tests.support.commenting import TEXT, at, fields, first, second, send, words
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient
from tests.support.visitors import old_enough


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = make_consultation(session, make_area(session).parent, moderation="after")  # type: ignore[arg-type]
    session.commit()
    return made


def number(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_the_whole_way(client: PageClient, session: Session, consultation: Consultation) -> None:
    page = first(client, consultation)
    assert "muốn ghi tên thế nào" in words(page) and "CHƯA được gửi" in words(page)
    page = second(client, consultation, naming="shown", name="Nguyễn Thị Hoa", phone="0912 345 678")
    text = words(page)
    assert "chưa gửi ý kiến" in text and TEXT in text and "Tên: Nguyễn Thị Hoa" in text and "0912 345 678" in text
    assert number(session) == 0
    answer = client.post(at(consultation, "dieu-1", "gui"), data=fields(page))
    assert (answer.status_code, answer.location) == (303, "/gop-y/da-gui")
    [made] = session.scalars(select(Comment)).all()
    receipt = words(client.get("/gop-y/da-gui"))
    assert f"GY-{made.code[:4]}-{made.code[4:]}" in receipt and "Chụp màn hình" in receipt
    assert (made.article_anchor, made.stance, made.naming, made.name) == ("dieu-1", "change", "shown", "Nguyễn Thị Hoa")
    shown = words(client.get(at(consultation, "dieu-1")))
    assert TEXT in shown and "Nguyễn Thị Hoa" in shown and "0912" not in shown and made.code not in shown
