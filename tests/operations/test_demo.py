"""The demo commune through its command: what scripts are promised, and what it refuses."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from app.areas.models import Area
from app.cli import main
from app.consultations.models import Answer, Consultation
from app.consultations.rules.phases import Phase as ConsultationPhase
from app.consultations.rules.phases import phase as consultation_phase
from app.core import clock
from app.core.db import Database, database_now
from app.core.permissions import Role
from app.demo.commune import PASSWORD
from app.demo.surveys import SURVEYS
from app.demo.voices import BY_ONE_DEVICE, IN_THE_EVENING
from app.factory import create_app
from app.feedback.models import BoardNote, Case, Rating, RatingFlag, RestrictedReport, SlipAnswer, SurveyResponse
from app.identity.operations.signing_in import prove_password
from app.moderation.models import ModerationItem
from app.polls.models import Poll
from app.polls.rules.phases import Phase, phase
from tests.support.jobs import run_jobs
from tests.support.servers import settings_for_tests

HOUSEHOLDS = 31


@pytest.fixture
def env(committed_database: Database, tmp_path: Path) -> dict[str, str]:
    return {"DANBAN_DATABASE_URL": committed_database.url, "DANBAN_STORAGE_DIR": str(tmp_path)}


def danban(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(main, list(words), env=env)


@pytest.fixture
def filled(env: dict[str, str]) -> Iterator[dict[str, object]]:
    result = danban(env, "demo", "--json", "--households", str(HOUSEHOLDS))
    assert result.exit_code == 0, result.output
    yield json.loads(result.stdout)


def test_the_demo_tells_scripts_all_they_need(
    filled: dict[str, object], committed_database: Database, tmp_path: Path
) -> None:
    assert set(filled) == {"base_url", "areas", "open_poll", "slips", "staff", "consultation", "rating", "payment"}
    assert len(filled["slips"]) == HOUSEHOLDS  # type: ignore[arg-type]
    assert {one["role"] for one in filled["staff"]} == {role.value for role in Role}  # type: ignore[attr-defined]
    app = create_app(settings_for_tests(committed_database.url, tmp_path))
    client = app.test_client()
    base_url = str(filled["base_url"])
    addresses = [filled["open_poll"]["url"], filled["consultation"]["url"], filled["payment"]["url"], *filled["slips"]]  # type: ignore[index,misc]
    for address in addresses:
        assert client.get(address.removeprefix(base_url)).status_code == 200


def test_every_phase_is_there_and_every_account_signs_in(
    filled: dict[str, object], committed_database: Database
) -> None:
    with committed_database.session() as session:
        now = database_now(session)
        phases = {phase(poll, now) for poll in session.scalars(select(Poll))}
        assert phases == {Phase.VOTING, Phase.DECIDED, Phase.PREPARING}
        for one in filled["staff"]:  # type: ignore[attr-defined]
            assert one["password"] == PASSWORD
            prove_password(session, one["login"], one["password"])


def test_one_draft_is_open_with_comments_and_one_was_answered_and_adopted(
    filled: dict[str, object], committed_database: Database
) -> None:
    with committed_database.session() as session:
        now = database_now(session)
        found = {consultation_phase(one, now): one for one in session.scalars(select(Consultation))}
        assert set(found) == {ConsultationPhase.OPEN, ConsultationPhase.ADOPTED}
        adopted = found[ConsultationPhase.ADOPTED]
        assert (adopted.adopted_number, adopted.closes_at < adopted.answered_at < adopted.adopted_at) == (  # type: ignore[operator]
            "07/QĐ-UBND", True,
        )  # fmt: skip
        waiting = session.scalars(select(ModerationItem.original).where(ModerationItem.status == "pending")).all()
        assert len(waiting) == 3
        outcomes = set(session.scalars(select(Answer.outcome).where(Answer.status == "approved")))
        assert outcomes >= {"accepted", "explained", "noted"}


def test_there_is_something_to_find_to_answer_and_to_read(
    filled: dict[str, object], committed_database: Database, tmp_path: Path
) -> None:
    with committed_database.session() as session:
        assert sorted(session.scalars(select(Case.status))) == ["answered", "new"]
        assert session.scalars(select(RestrictedReport.status)).all() == ["new"]
        assert session.scalars(select(BoardNote.reason)).all() == ["multiple_trips"]
        groups = select(func.count(Rating.id)).where(Rating.group_id.is_not(None)).group_by(Rating.group_id)
        rated = session.scalars(groups).all()
        assert len(rated) == 6 and min(rated) >= 50
        answers = select(func.count(SlipAnswer.rating_id)).group_by(SlipAnswer.question)
        assert len(session.scalars(answers).all()) == 5 and min(session.scalars(answers)) >= 100
        assert session.scalar(select(func.count(SurveyResponse.id))) == SURVEYS
    run_jobs(create_app(settings_for_tests(committed_database.url, tmp_path)), until=clock.now())
    with committed_database.session() as session:
        found = dict(
            session.execute(
                select(RatingFlag.rule, func.count()).where(RatingFlag.rating_id.is_not(None)).group_by(RatingFlag.rule)
            ).all()
        )
        assert (found["R1"], found["R3"]) == (BY_ONE_DEVICE - 1, IN_THE_EVENING)
        # Nothing is found among the honest ratings.
        held = session.scalars(select(Rating.client_uuid).where(Rating.standing == "held")).all()
        assert len(held) >= BY_ONE_DEVICE - 1 + IN_THE_EVENING
        assert all(one.startswith("praise-") for one in held)


def test_a_database_that_holds_something_is_left_alone(
    filled: dict[str, object], env: dict[str, str], committed_database: Database
) -> None:
    with committed_database.session() as session:
        before = session.scalar(select(func.count()).select_from(Area))
    result = danban(env, "demo", "--json")
    assert result.exit_code != 0 and "trống" in result.output
    with committed_database.session() as session:
        assert session.scalar(select(func.count()).select_from(Area)) == before


def test_no_demo_in_production(env: dict[str, str], committed_database: Database) -> None:
    production = {
        "DANBAN_ENVIRONMENT": "production",
        "DANBAN_BASE_URL": "https://danban.example.gov.vn",
        "DANBAN_SECRET_KEY": "s" * 32,
        "DANBAN_BALLOT_KEY": "b" * 32,
    }
    result = danban(env | production, "demo")
    assert result.exit_code != 0 and "production" in result.output
    with committed_database.session() as session:
        assert session.scalar(select(Area.id).limit(1)) is None


def test_production_without_secrets_says_which(env: dict[str, str]) -> None:
    result = danban(env | {"DANBAN_ENVIRONMENT": "production"}, "areas", "load")
    assert result.exit_code != 0 and "DANBAN_BALLOT_KEY" in result.output


def test_too_few_households_for_a_vote_are_refused(env: dict[str, str]) -> None:
    assert danban(env, "demo", "--households", "3").exit_code != 0


def test_help_reads_like_a_table_of_contents() -> None:
    text = danban({}, "--help").output
    for word in ("account", "areas", "db", "demo", "holidays", "law", "polls", "roll", "run", "serve"):
        assert f"\n  {word} " in text
