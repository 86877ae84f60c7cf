"""Two who handle one case at once: one answer goes out, one message, and the other is told."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct
from app.feedback.operations import answering, coming_back
from app.notifications.models import Message
from tests.support.cases import make_case, point_of
from tests.support.cast import make_actor, make_commune
from tests.support.crowd import race
from tests.support.storage import MemoryStorage

KEYS = Keyring("for tests")
TEXT = "Trung tâm đã mở thêm một quầy buổi sáng."


@pytest.fixture
def scene(committed_database: Database) -> tuple[int, list[Actor]]:
    with committed_database.transaction() as session:
        commune = make_commune(session)
        case, _code = make_case(session, KEYS, point_of(session, commune))
        return case.id, [make_actor(session, Role.COMMUNE_OFFICER, commune) for _ in range(2)]


def test_two_take_a_case_and_one_has_it(committed_database: Database, scene: tuple[int, list[Actor]]) -> None:
    case_id, people = scene

    def take(by: Actor) -> object:
        def act(session: Session) -> None:
            case = session.get_one(Case, case_id)
            answering.assign(session, by, case, account_id=by.account_id or 0, version=1)

        return act

    outcomes = race(committed_database, [take(by) for by in people])  # type: ignore[misc]
    assert outcomes.count("done") == 1, outcomes
    with committed_database.session(write=False) as session:
        assert session.get_one(Case, case_id).assigned_to == people[outcomes.index("done")].account_id


def test_two_answer_at_once_and_one_answer_goes_out(
    committed_database: Database, scene: tuple[int, list[Actor]]
) -> None:
    case_id, [by, _other] = scene
    with committed_database.transaction() as session:
        case = session.get_one(Case, case_id)
        answering.assign(session, by, case, account_id=by.account_id or 0, version=1)
    # The same handler in two windows.
    outcomes = race(
        committed_database,
        [
            lambda session, text=text: answering.answer(  # type: ignore[misc]
                session, by, KEYS, session.get_one(Case, case_id), text, version=2
            )
            for text in (TEXT, TEXT + " Xin cảm ơn.")
        ],
    )
    assert outcomes.count("done") == 1, outcomes
    with committed_database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 1
        assert session.scalar(select(func.count()).where(CaseAct.verb == "answer")) == 1
        assert session.get_one(Case, case_id).answer == (TEXT if outcomes[0] == "done" else TEXT + " Xin cảm ơn.")


def test_asked_again_twice_at_once_counts_once(committed_database: Database, scene: tuple[int, list[Actor]]) -> None:
    case_id, [by, _other] = scene
    with committed_database.transaction() as session:
        case = session.get_one(Case, case_id)
        answering.assign(session, by, case, account_id=by.account_id or 0, version=1)
        answering.answer(session, by, KEYS, case, TEXT, version=2)

    def again(session: Session) -> None:
        coming_back.reopen(
            session, KEYS, MemoryStorage(), session.get_one(Case, case_id), "Chưa nói rõ ngày nào có thêm quầy."
        )

    assert sorted(race(committed_database, [again, again]))[1] == "done"
    with committed_database.session(write=False) as session:
        assert session.get_one(Case, case_id).reopened == 1
