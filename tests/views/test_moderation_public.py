"""What everybody sees of moderation: reporting an abuse, the numbers, and where complaints go."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.moderation.models import AbuseReport, ModerationItem
from app.moderation.operations import deciding
from tests.support.moderation import PHONE, Desk, make_desk, make_items
from tests.support.pages import PageClient
from tests.support.visitors import old_enough

THANKS = "/bao-cao/da-nhan"


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


@pytest.fixture
def item(desk: Desk) -> ModerationItem:
    return desk.item(mode="after")


def address(item: ModerationItem) -> str:
    return f"/bao-cao/{item.kind}/{item.id}"


def report(client: PageClient, item: ModerationItem, **values: Any) -> Any:
    typed = old_enough(client, "report") | {"reason_key": "insult", "text": "Nói xấu người khác."}
    return client.post(address(item), data=typed | values)


def test_thanks_and_nothing_of_others(client: PageClient, desk: Desk, item: ModerationItem) -> None:
    before = client.get(address(item)).text
    answer = report(client, item)
    assert (answer.status_code, answer.location) == (303, THANKS)
    assert item.reports == 1
    # Neither who comes later nor the one who reported learns that somebody did.
    after = client.get(address(item)).text
    assert "Nói xấu" not in after and len(after) == pytest.approx(len(before), abs=40)
    assert report(client, item).location == THANKS
    assert item.reports == 1


@pytest.mark.parametrize("values", [{"reason_key": ""}, {"reason_key": "no"}, {"text": "x" * 1001}])
def test_what_is_missing_is_said(client: PageClient, item: ModerationItem, values: dict[str, str]) -> None:
    answer = report(client, item, **values)
    assert answer.status_code == 422 and item.reports == 0


def test_programs_are_thanked_and_not_heard(client: PageClient, desk: Desk, item: ModerationItem) -> None:
    answer = report(client, item, website="http://example.org")
    assert answer.status_code in (303, 428) and item.reports == 0
    assert desk.session.scalars(select(AbuseReport)).all() == []


def test_only_what_is_shown_can_be_reported(client: PageClient, desk: Desk, item: ModerationItem) -> None:
    hidden = desk.item()
    deciding.reject(desk.session, desk.moderator, hidden, 1, reason_key="insult", reason="")
    desk.session.commit()
    for path in (address(hidden), f"/bao-cao/comment/{item.id}", f"/bao-cao/{item.kind}/{item.id + 1000}"):
        assert client.get(path).status_code == 404, path
    assert report(client, hidden).status_code == 404


def test_what_was_covered_is_covered_here(client: PageClient, desk: Desk, item: ModerationItem) -> None:
    deciding.redact(desk.session, desk.moderator, item, 1, words=PHONE)
    desk.session.commit()
    page = client.get(address(item)).text
    assert PHONE not in page and "[đã che]" in page


def test_numbers_of_a_place(client: PageClient, desk: Desk) -> None:
    rejected = {"status": "rejected", "decided_at": clock.now(), "minutes_taken": 90}
    make_items(desk.session, desk.area, 9, reason_key="insult", **rejected)
    make_items(desk.session, desk.area, 6, reason_key="off_topic", **rejected)
    make_items(desk.session, desk.area, 2, reason_key="advertising", **rejected)
    desk.session.commit()
    path = f"/dia-ban/{desk.area.code}/kiem-duyet"
    page = client.get(path).text
    assert "Xúc phạm, lăng mạ" in page and "Các lý do khác, gộp lại" in page
    assert "Quảng cáo" not in page and "Không liên quan" not in page
    assert "Một nửa số ý kiến được duyệt trong vòng 2 giờ." in page
    assert client.get(f"{path}?nam={clock.today().year - 1}").status_code == 200
    for wrong in (f"{path}?nam=1999", f"{path}?nam=2999", "/dia-ban/00-00000/kiem-duyet", "/dia-ban/79/kiem-duyet"):
        assert client.get(wrong).status_code == 404, wrong


def test_where_complaints_go(client: PageClient) -> None:
    page = client.get("/khieu-nai-to-cao").text
    assert "02/2011/QH13" in page and "25/2018/QH14" in page
