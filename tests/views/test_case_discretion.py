"""What pages of cases do not tell: the minute of who wrote, what was sealed in between, what is written later."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.feedback.models import Case, CaseAct, RestrictedReport
from app.lib.calendar import format_date
from app.moderation.models import ModerationItem
from tests.support.case_pages import FOLLOW, LIST, TEXT, Counter
from tests.support.cases import PICTURE
from tests.support.moderation import make_item
from tests.support.pages import PageClient
from tests.support.visitors import old_enough


@pytest.fixture
def counter(app: Flask, session: Session, client: PageClient) -> Counter:
    return Counter(app, session, client)


def test_no_page_of_the_unit_tells_the_minute_at_which_somebody_wrote(counter: Counter) -> None:
    """Beside the roster, and whoever stood at the counter, the minute is a name; what staff did keeps its minute."""
    client, session = counter.client, counter.session
    me, at = counter.come(Role.COMMUNE_OFFICER), clock.now() - timedelta(hours=3, minutes=7)
    for table, column in ((Case, "opened_at"), (CaseAct, "at"), (ModerationItem, "submitted_at")):
        session.execute(update(table).values({column: at}))
    session.commit()
    counter.send("giao", assigned_to=me)
    page = BeautifulSoup(client.get(counter.page).text, "html.parser")
    when = [one.get_text(" ", strip=True) for one in page.find_all("li", class_="event")]
    assert len(when) == 2 and not re.search(r"\d:\d\d", when[0]) and re.search(r"\d:\d\d", when[1])
    counter.come(Role.MODERATOR)
    item = session.scalars(select(ModerationItem)).one()
    pages = [client.get(address).text for address in ("/staff/kiem-duyet/", f"/staff/kiem-duyet/{item.id}")]
    minute = f"{clock.local(at):%H:%M}"
    assert format_date(clock.local(at).date()) in pages[0] and not any(minute in page for page in pages)
    other = make_item(session, counter.commune)
    session.commit()
    assert f"{clock.local(other.submitted_at):%H:%M}" in client.get("/staff/kiem-duyet/").text


def test_the_photo_of_a_note_is_named_by_its_item(counter: Counter) -> None:
    """Notes that were sealed are counted among the notes, and leave no gap among items."""
    item = counter.session.scalars(select(ModerationItem)).one()
    later = make_item(counter.session, counter.commune)
    counter.session.commit()
    counter.come(Role.MODERATOR)
    page = BeautifulSoup(counter.client.get(f"/staff/kiem-duyet/{item.id}").text, "html.parser")
    links = [str(a["href"]) for a in page.find_all("a", href=re.compile("loi-gop-y"))]
    assert links == [f"{LIST}/loi-gop-y/{item.id}/anh"] and counter.client.get(links[0]).data == PICTURE
    assert counter.client.get(f"{LIST}/loi-gop-y/{later.id}/anh").status_code == 404


def test_an_accusation_written_later_is_told_as_a_report_and_leaves_the_unit(counter: Counter) -> None:
    client, me, key = counter.client, counter.come(Role.COMMUNE_OFFICER), counter.case.note.photo_key
    counter.send("giao", assigned_to=me)
    counter.send("tra-loi", act="send", text=TEXT)
    asked = {"code": counter.code, "reason": "Cán bộ vòi tiền mới nhận hồ sơ, dấu QQ7788."}
    guard = old_enough(client, "appeal:case")
    for _ in range(2):
        told = client.post(f"{FOLLOW}/hoi-lai", data=asked | guard)
        assert told.status_code == 200 and "Tin báo của Ông/Bà" in told.text and "QQ7788" not in told.text
    assert "Tin báo của Ông/Bà" in counter.look().text
    assert [client.get(path).status_code for path in (counter.page, f"{counter.page}/anh")] == [404, 404]
    assert "Hỏi lại (0)" in client.get(f"{LIST}?loc=mo-lai").text
    with pytest.raises(KeyError):
        counter.storage.get(key)
    assert counter.session.query(RestrictedReport).count() == 2
