"""Commands about background work and messages, as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.cli import main
from app.core.db import Database
from app.jobs import process
from app.jobs.operations import enqueue, fail, take
from app.notifications.models import StoppedRecipient


@pytest.fixture
def run(committed_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The commands work on this database, which has one job waiting and one that failed."""
    monkeypatch.setenv("DANBAN_DATABASE_URL", committed_database.url)
    monkeypatch.setenv("DANBAN_STORAGE_DIR", str(tmp_path))
    with committed_database.transaction() as session:
        enqueue(session, "consultations.group", {"consultation_id": 1})
        job = take(session)
        assert job is not None
        fail(session, job.id, job.attempts, "Tệp … có 3 lỗi.", final=True)
        waiting = enqueue(session, "visitors.forget", {})
        waiting.done, waiting.total = 3, 9
    return committed_database


def danban(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_jobs_are_listed_newest_first(run: Database) -> None:
    first, second = danban("jobs", "list").output.splitlines()
    assert "visitors.forget" in first and "chờ 3/9" in first
    assert "consultations.group" in second and "không thành" in second and "có 3 lỗi." in second
    [only] = json.loads(danban("jobs", "list", "--unfinished", "--json").output)
    assert (only["kind"], only["status"], only["done"], only["total"]) == ("visitors.forget", "waiting", 3, 9)


def test_the_command_becomes_a_worker(run: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(process, "become", lambda *options: started.append(options))
    assert danban("jobs", "work").exit_code == danban("jobs", "work", "--until-empty").exit_code == 0
    assert started == [(), ("--until-empty",)]


def test_without_the_present_schema_no_worker_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANBAN_DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite3")
    monkeypatch.setenv("DANBAN_STORAGE_DIR", str(tmp_path))
    monkeypatch.setattr(process, "become", lambda *_options: pytest.fail("started"))
    answer = danban("jobs", "work")
    assert answer.exit_code == 1 and "danban db upgrade" in answer.output


def test_somebody_stops_messages_and_takes_it_back(run: Database) -> None:
    assert danban("messages", "stop", "+84 901 234 567").exit_code == 0
    with run.session(write=False) as session:
        [stopped] = session.scalars(select(StoppedRecipient.recipient_hash))
        entry = session.scalars(select(AuditEntry)).one()
    assert entry.action == "notifications.recipient.stop"
    assert "901234567" not in stopped + entry.subject_id + entry.search
    assert danban("messages", "resume", "0901234567").exit_code == 0
    again = danban("messages", "resume", "0901234567")
    assert again.exit_code == 1 and "chưa từng từ chối" in again.output
    wrong = danban("messages", "stop", "0281234567")
    assert wrong.exit_code == 1 and "10 chữ số" in wrong.output
