"""Sending an opinion asks the database little: hundreds come in a second on the last evening."""

import pytest
from sqlalchemy.orm import Session

from tests.support.cast import make_area
from tests.support.commenting import at, fields, first, second
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient

MOST = 8


@pytest.mark.sqlite
@pytest.mark.parametrize("moderation", ["before", "after"])
def test_the_last_step_makes_few_statements(
    client: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch, moderation: str
) -> None:
    monkeypatch.setattr("app.visitors.forms.ASK_EVERY", 10**9)
    commune = make_area(session).parent
    assert commune is not None
    consultation = make_consultation(session, commune, moderation=moderation)
    session.commit()
    driver = session.connection().connection.driver_connection
    asked: list[str] = []
    assert driver is not None
    for text in ("Đề nghị thu theo quý.", "Đề nghị thu theo năm, sau vụ mùa."):
        first(client, consultation, text=text)
        form = fields(second(client, consultation, text=text))
        driver.set_trace_callback(asked.append)
        answer = client.post(at(consultation, "dieu-1", "gui"), data=form)
        driver.set_trace_callback(None)
        assert answer.status_code == 303
        # The first sending fills what is remembered, and begins the daily forgetting.
        told, asked = [one for one in asked if one.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")], []
    assert 4 <= len(told) <= MOST, told
