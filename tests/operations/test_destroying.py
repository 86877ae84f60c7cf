"""After the time of complaints: keys and envelopes are destroyed, rolls forgotten; totals and fingerprints stay."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import Database
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import OPERATOR, SYSTEM, Role
from app.core.tokens import BadToken
from app.lib.calendar import format_date
from app.polls.cli import group
from app.polls.models import Ballot, Decision, LogLeaf, Poll, Result, RollEntry, Slip
from app.polls.operations import destroying
from app.polls.queries import finished
from tests.support.ballots import BALLOT_KEYS
from tests.support.cast import in_days, make_actor
from tests.support.counting import Vote, counted, decided, ended, voting
from tests.support.servers import environment_of, settings_for_tests

LONG_AGO = 91


def rows(session: Session, table: Any, poll: Poll) -> int:
    return session.scalar(select(func.count()).where(table.poll_id == poll.id)) or 0


def long_decided(session: Session, days: float = LONG_AGO, **values: Any) -> Vote:
    """A decision signed so many days ago."""
    vote = decided(session, 4, 3, ["Nên lắp đèn."], **values)
    session.get_one(Decision, vote.poll.id).signed_at = in_days(-days)
    session.flush()
    return vote


def test_key_and_envelopes_are_gone_and_the_result_stays(session: Session) -> None:
    vote = long_decided(session)
    destroying.shred(session, OPERATOR, vote.poll)
    session.expire_all()
    assert vote.poll.wrapped_key is None
    assert set(session.scalars(select(Ballot.envelope).where(Ballot.poll_id == vote.poll.id))) == {b""}
    assert set(session.scalars(select(Ballot.other_envelope).where(Ballot.poll_id == vote.poll.id))) == {b""}
    result = session.get_one(Result, vote.poll.id)
    assert (result.agree, result.disagree, len(result.batch_sha256)) == (4, 3, 64)
    with pytest.raises(BadToken):
        from app.polls.sealing import open_poll_key

        open_poll_key(BALLOT_KEYS, vote.poll.public_id, vote.poll.wrapped_key)


def test_the_roll_is_forgotten_and_fingerprints_stay(session: Session) -> None:
    vote = long_decided(session)
    leaves = rows(session, LogLeaf, vote.poll)
    destroying.shred(session, OPERATOR, vote.poll)
    assert destroying.purge_roll(session, OPERATOR, vote.poll) == 9
    session.expire_all()
    assert [rows(session, table, vote.poll) for table in (Ballot, Slip, RollEntry)] == [0, 0, 0]
    assert (vote.poll.roll_size, len(vote.poll.roll_fingerprint or "")) == (9, 64)
    assert rows(session, LogLeaf, vote.poll) == leaves
    assert session.get_one(Result, vote.poll.id).counted == 8
    assert finished.roll_is_purged(session, vote.poll)


def test_a_called_off_poll_is_shredded_so_that_its_ballots_never_open(session: Session) -> None:
    vote = ended(session, 4, 3)
    vote.poll.status, vote.poll.cancelled_at = "cancelled", in_days(-LONG_AGO)
    destroying.shred(session, OPERATOR, vote.poll)
    assert destroying.purge_roll(session, OPERATOR, vote.poll) == 8


def test_a_counted_consent_is_over(session: Session) -> None:
    vote = counted(session, 4, 3, kind="online_consent")
    session.get_one(Result, vote.poll.id).counted_at = in_days(-LONG_AGO)
    destroying.shred(session, OPERATOR, vote.poll)
    assert vote.poll.wrapped_key is None


@pytest.mark.parametrize("days", [0, 1, 89.9])
def test_not_while_complaints_may_come(session: Session, days: float) -> None:
    vote = long_decided(session, days)
    for act in (destroying.shred, destroying.purge_roll):
        with pytest.raises(WrongMoment, match="Còn thời hạn khiếu nại"):
            act(session, OPERATOR, vote.poll)
    assert vote.poll.wrapped_key is not None and rows(session, RollEntry, vote.poll) == 9


def test_not_while_anything_is_left_to_do(session: Session) -> None:
    for vote in (voting(session, 3), ended(session, 4, 3), counted(session, 4, 3)):
        for act in (destroying.shred, destroying.purge_roll):
            with pytest.raises(WrongMoment, match="đã có kết quả hoặc đã hủy"):
                act(session, OPERATOR, vote.poll)
        assert vote.poll.wrapped_key is not None


def test_the_roll_goes_after_the_key(session: Session) -> None:
    vote = long_decided(session)
    with pytest.raises(WrongMoment, match="Hủy khóa"):
        destroying.purge_roll(session, OPERATOR, vote.poll)
    assert rows(session, RollEntry, vote.poll) == 9


def test_open_ballots_have_no_key_but_a_roll(session: Session) -> None:
    vote = long_decided(session, level="open")
    with pytest.raises(WrongMoment, match="không dùng phiếu kín"):
        destroying.shred(session, OPERATOR, vote.poll)
    assert destroying.purge_roll(session, OPERATOR, vote.poll) == 9


def test_only_who_runs_the_machine_destroys(session: Session) -> None:
    vote = long_decided(session)
    admin = make_actor(session, Role.PROVINCE_ADMIN, vote.area)
    for by in (vote.head, vote.front, vote.officer, vote.overseer, admin, SYSTEM):
        for act in (destroying.shred, destroying.purge_roll):
            with pytest.raises(Forbidden):
                act(session, by, vote.poll)


def test_what_is_found_is_what_is_over(session: Session) -> None:
    old, new = long_decided(session, 200), long_decided(session, 1)
    for vote in (old, new):
        vote.poll.opens_at, vote.poll.closes_at = in_days(-210), in_days(-205)
    session.flush()
    assert finished.with_key(session, in_days(-100)) == [old.poll] == finished.with_roll(session, in_days(-100))
    assert finished.with_key(session, in_days(-201)) == []
    destroying.shred(session, OPERATOR, old.poll)
    assert finished.with_key(session, in_days(-100)) == []
    destroying.purge_roll(session, OPERATOR, old.poll)
    assert finished.with_roll(session, in_days(-100)) == []
    mine = select(AuditEntry.action).where(AuditEntry.subject_id == str(old.poll.id)).order_by(AuditEntry.id)
    actions = session.scalars(mine).all()
    assert list(actions)[-2:] == ["polls.key.shred", "polls.roll.purge"]


# ------------------------------------------------------------------------------------------------- commands


@pytest.fixture
def over(committed_database: Database) -> str:
    """A database with a poll over for two hundred days and one over since yesterday; the path of its settings."""
    with committed_database.transaction() as session:
        for days in (200, 1):
            vote = long_decided(session, days, public_id=f"cuoc{days:03}")
            vote.poll.opens_at, vote.poll.closes_at = in_days(-days - 9), in_days(-days - 2)
    return committed_database.url


def danban(url: str, tmp_path: Any, *args: str) -> tuple[int, str]:
    settings = settings_for_tests(url, tmp_path)
    done = CliRunner().invoke(group, list(args), env=environment_of(settings))
    return done.exit_code, done.output


def keys_left(url: str) -> int:
    database = Database(url)
    with database.session(write=False) as session:
        found = session.scalar(select(func.count()).select_from(Poll).where(Poll.wrapped_key.is_not(None))) or 0
    database.dispose()
    return found


def test_the_commands_say_first_and_destroy_when_told(over: str, tmp_path: Any) -> None:
    before = format_date(clock.today() - timedelta(days=100))
    code, output = danban(over, tmp_path, "shred", "--before", before)
    assert code == 0 and "cuoc200" in output and "cuoc001" not in output and "--commit" in output
    assert keys_left(over) == 2
    code, output = danban(over, tmp_path, "shred", "--before", before, "--commit")
    assert (code, keys_left(over)) == (0, 1) and "Đã làm xong 1 cuộc." in output
    code, output = danban(over, tmp_path, "purge", "--before", before, "--commit")
    assert code == 0 and "Đã làm xong 1 cuộc." in output
    code, output = danban(over, tmp_path, "purge", "--before", before, "--commit")
    assert code == 0 and "Đã làm xong 0 cuộc." in output


@pytest.mark.sqlite
def test_nothing_of_key_and_envelopes_stays_in_the_files(over: str, tmp_path: Any) -> None:
    database = Database(over)
    with database.session(write=False) as session:
        poll = session.scalars(select(Poll).where(Poll.public_id == "cuoc200")).one()
        secret = [poll.wrapped_key or b"", *session.scalars(select(Ballot.envelope).where(Ballot.poll_id == poll.id))]
    database.dispose()

    def found() -> list[bool]:
        paths = [Path(over.removeprefix("sqlite:///") + suffix) for suffix in ("", "-wal")]
        raw = b"".join(path.read_bytes() for path in paths if path.exists())
        return [bytes(one or b"?")[:40] in raw for one in secret]

    assert len(secret) == 9 and all(found())
    code, output = danban(over, tmp_path, "shred", "--before", format_date(clock.today()), "--commit")
    assert "cuoc200" in output and "Bản sao lưu" in output
    assert not any(found()), code


def test_a_day_too_late_stops_at_the_complaints(over: str, tmp_path: Any) -> None:
    code, output = danban(
        over, tmp_path, "shred", "--before", format_date(clock.today() + timedelta(days=1)), "--commit"
    )
    assert code == 1 and "Còn thời hạn khiếu nại" in output and "Đã làm xong 1 cuộc." in output
    assert keys_left(over) == 1


@pytest.mark.parametrize("args", [["shred"], ["shred", "--before", "2026-01-01"], ["purge", "--before", "31/02/2026"]])
def test_a_day_is_asked_for_as_people_write_it(over: str, tmp_path: Any, args: list[str]) -> None:
    code, _output = danban(over, tmp_path, *args)
    assert code == 2 and keys_left(over) == 2
