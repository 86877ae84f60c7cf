"""Two moderators at one item in the same moment, with real commits."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.moderation.models import AbuseReport, Appeal, ModerationAct, ModerationItem
from app.moderation.operations import appeals, claiming, deciding, reports
from app.moderation.queries import queue
from app.moderation.queries.queue import Search
from tests.support.crowd import race
from tests.support.moderation import Desk, make_desk

Act = Callable[[Session], object]


@pytest.fixture
def desk(committed_database: Database) -> Desk:
    with committed_database.transaction() as session:
        return make_desk(session)


@pytest.fixture
def item_id(committed_database: Database, desk: Desk) -> int:
    with committed_database.transaction() as session:
        desk.session = session
        return desk.item("Nhất trí với dự thảo.", mode="after").id


def on(item_id: int, act: Callable[[Session, ModerationItem], object]) -> Act:
    return lambda session: act(session, session.get_one(ModerationItem, item_id))


def test_one_holds_it(committed_database: Database, desk: Desk, item_id: int) -> None:
    people = [desk.moderator, desk.other]
    acts = [on(item_id, lambda s, item, by=by: claiming.claim(s, by, item)) for by in people]  # type: ignore[misc]
    outcomes = race(committed_database, acts)
    assert outcomes.count("done") == 1, outcomes
    winner = people[outcomes.index("done")]
    [refusal] = [outcome for outcome in outcomes if outcome != "done"]
    assert refusal.startswith(f"{winner.name} đang xử lý nội dung này, đến ")
    with committed_database.session(write=False) as session:
        assert session.get_one(ModerationItem, item_id).claimed_by == winner.account_id


def test_one_decides(committed_database: Database, desk: Desk, item_id: int) -> None:
    def reject(session: Session, item: ModerationItem) -> None:
        deciding.reject(session, desk.other, item, 1, reason_key="insult", reason="")

    outcomes = race(
        committed_database,
        [on(item_id, lambda s, item: deciding.approve(s, desk.moderator, item, 1)), on(item_id, reject)],
    )
    assert outcomes.count("done") == 1, outcomes
    assert any("vừa xử lý" in outcome for outcome in outcomes)
    with committed_database.session(write=False) as session:
        item = session.get_one(ModerationItem, item_id)
        assert item.status == ("approved" if outcomes[0] == "done" else "rejected")
        assert session.scalar(select(func.count()).select_from(ModerationAct)) == 1


def test_who_asks_for_the_next_at_once_gets_another(committed_database: Database, desk: Desk, item_id: int) -> None:
    with committed_database.transaction() as session:
        desk.session = session
        desk.item("Ủng hộ dự thảo này.")

    def take(by: object) -> Act:
        def act(session: Session) -> None:
            found = queue.next_item(session, by, Search())  # type: ignore[arg-type]
            assert found is not None
            claiming.claim(session, by, found)  # type: ignore[arg-type]

        return act

    assert race(committed_database, [take(desk.moderator), take(desk.other)]) == ["done", "done"]
    with committed_database.session(write=False) as session:
        holders = set(session.scalars(select(ModerationItem.claimed_by)))
    assert holders == {desk.moderator.account_id, desk.other.account_id}


def test_it_is_asked_and_answered_once(committed_database: Database, desk: Desk, item_id: int) -> None:
    with committed_database.transaction() as session:
        item = session.get_one(ModerationItem, item_id)
        deciding.reject(session, desk.moderator, item, 1, reason_key="insult", reason="")
    ask: Act = lambda session: appeals.appeal(session, item_id, "Tôi chỉ nói điều ai cũng biết.")  # noqa: E731
    assert race(committed_database, [ask, ask, ask]).count("done") == 1
    outcomes = race(
        committed_database,
        [
            on(item_id, lambda s, item: appeals.uphold(s, desk.other, item, reason="Không xúc phạm ai.")),
            on(item_id, lambda s, item: appeals.dismiss(s, desk.officer, item, reason="Lời lẽ quá nặng nề.")),
        ],
    )
    assert outcomes.count("done") == 1, outcomes
    with committed_database.session(write=False) as session:
        outcome = session.scalars(select(Appeal.outcome)).one()
        assert outcome == ("upheld" if outcomes[0] == "done" else "dismissed")


def test_every_report_counts_and_each_device_once(committed_database: Database, desk: Desk, item_id: int) -> None:
    def say(device: str) -> Act:
        return lambda session: reports.report(session, item_id, "insult", "", device * 64)

    assert race(committed_database, [say(one) for one in "aabbc"]) == ["done"] * 5
    with committed_database.session(write=False) as session:
        assert session.get_one(ModerationItem, item_id).reports == 3
        assert session.scalar(select(func.count()).select_from(AbuseReport)) == 3
