"""What the log and the record say of a close and of a count: enough to check it, and never a choice."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.lib.canonical import canonical_json, sha256_of
from app.polls.models import Ballot, LogLeaf, Poll, Result
from app.polls.operations import closing
from app.polls.tally import batch_digest
from tests.support.counting import Vote, counted, ended, entries


def leaf(session: Session, poll: Poll, kind: str) -> dict[str, Any]:
    (body,) = session.scalars(select(LogLeaf.body).where(LogLeaf.poll_id == poll.id, LogLeaf.kind == kind)).all()
    assert body is not None
    return body


def test_the_close_freezes_the_batch(session: Session) -> None:
    vote = ended(session, 4, 3)
    envelopes = session.scalars(select(Ballot.envelope).where(Ballot.poll_id == vote.poll.id)).all()
    vote.release(vote.head)
    said = leaf(session, vote.poll, "close")
    assert (said["ballots"], said["batch_sha256"]) == (7, batch_digest(one or b"" for one in envelopes))
    assert said["slips"]["issued"] == 8 and vote.poll.closed_at is not None
    vote.release(vote.front)
    assert leaf(session, vote.poll, "result")["batch_sha256"] == said["batch_sha256"]


def test_a_result_that_may_be_shown_stands_in_the_log(session: Session) -> None:
    vote = counted(session, 4, 3, ["Nên lắp đèn."], absent=2)
    body = leaf(session, vote.poll, "result")
    assert {name: body[name] for name in ("agree", "disagree", "other", "invalid", "counted", "roll_size")} == {
        "agree": 4, "disagree": 3, "other": 1, "invalid": 0, "counted": 8, "roll_size": 10,
    }  # fmt: skip
    assert (body["needed"], body["rule_key"], body["passed"]) == (6, "majority_strict", False)


@pytest.mark.parametrize(("agree", "disagree"), [(7, 1), (1, 7), (8, 0), (0, 8), (6, 2), (1, 1)])
def test_hidden_totals_are_committed_to_and_not_said(session: Session, agree: int, disagree: int) -> None:
    vote = counted(session, agree, disagree, absent=2)
    body = leaf(session, vote.poll, "result")
    commitment = body.pop("totals_sha256")
    assert set(body) == {"roll_size", "counted", "needed", "rule_key", "passed", "batch_sha256"}
    result = session.get_one(Result, vote.poll.id)
    totals = {"agree": agree, "disagree": disagree, "other": 0, "invalid": 0}
    salt = result.reconciliation["salt"]
    assert commitment == sha256_of(canonical_json(totals | {"salt": salt})) and len(salt) == 32
    # Whoever does not know the salt cannot try all totals.
    guesses = [{"agree": a, "disagree": agree + disagree - a, "other": 0, "invalid": 0} for a in range(9)]
    assert commitment not in {sha256_of(canonical_json(guess)) for guess in guesses}


def test_the_same_hidden_totals_are_committed_to_differently(session: Session) -> None:
    first, second = (leaf(session, counted(session, 7, 1).poll, "result")["totals_sha256"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(("agree", "disagree"), [(7, 1), (4, 4)])
def test_the_record_says_how_many_and_never_what(session: Session, agree: int, disagree: int) -> None:
    vote = counted(session, agree, disagree, ["Chữ không được thấy"], absent=2)
    query = select(AuditEntry).where(AuditEntry.subject_id == str(vote.poll.id))
    for entry in session.scalars(query):
        assert not {"agree", "disagree", "other", "invalid", "salt"} & set(entry.detail)
        assert "không được thấy" not in str(entry.detail) + entry.search
    assert entries(session, vote.poll, "polls.poll.count")[0].detail == {"counted": agree + disagree + 1}


def test_nothing_before_the_count_depends_on_choices(session: Session) -> None:
    """What is written by the first release says as little as the turnout does, for open ballots too."""
    bodies = []
    for choices in ((5, 1), (1, 5)):
        vote = ended(session, *choices, level="open")
        vote.release(vote.head)
        body = leaf(session, vote.poll, "close")
        assert len(body.pop("batch_sha256")) == 64
        bodies.append(body)
    assert bodies[0] == bodies[1]


def test_the_batch_of_open_ballots_does_not_follow_from_the_totals(session: Session) -> None:
    digests = set()
    for _ in range(2):
        vote = ended(session, 2, 1, level="open")
        vote.release(vote.head)
        digests.add(leaf(session, vote.poll, "close")["batch_sha256"])
    assert len(digests) == 2
    assert batch_digest([b"agree", b"agree", b"disagree"]) not in digests


def test_an_overseer_may_recompute_a_hidden_commitment_only_with_the_result(session: Session) -> None:
    vote: Vote = counted(session, 7, 1)
    assert "salt" not in str([one.body for one in session.scalars(select(LogLeaf))])
    # Giving the numbers of a result another shape later would break what the log committed to.
    session.execute(update(Result).where(Result.poll_id == vote.poll.id).values(agree=6, disagree=2))
    session.expire_all()
    result = session.get_one(Result, vote.poll.id)
    published = closing.published(vote.poll, result)
    assert published["totals_sha256"] != leaf(session, vote.poll, "result")["totals_sha256"]
