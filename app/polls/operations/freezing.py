"""Freezing a poll: its roll with N and fingerprint, its key, its definition and the hash that binds every ballot."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.core.tokens import Keyring
from app.lib.codes import new_code
from app.polls import sealing
from app.polls.models import Poll, RollEntry
from app.polls.operations.log import append_leaf
from app.polls.queries.preparation import AUDIO, READING, documents_of
from app.polls.queries.roll import RollRow, roll_fingerprint
from app.polls.rules.definition import Definition, definition_hash
from app.polls.rules.facts import SEALED
from app.polls.rules.roll import number_key, slot_tag

SALT = 8


def freeze(session: Session, poll: Poll, roll: Sequence[RollRow], ballot_keys: Keyring) -> None:
    """Make the poll an opened one: everything that decides who votes on what is fixed, and put into the log.

    Checks nothing: whoever calls it has. The times, title and question must be there, and the roll not empty.
    """
    poll.roll_size = len(roll)
    poll.roll_fingerprint = roll_fingerprint(roll)
    if poll.level == SEALED:
        poll.public_key, poll.wrapped_key = sealing.new_poll_key(ballot_keys, poll.public_id)
    poll.definition = definition_of(session, poll).as_json()
    poll.definition_sha256 = definition_hash(poll.definition)
    poll.opened_at = database_now(session)
    poll.status = "opened"
    session.flush()
    copy_roll(session, poll, roll)
    append_leaf(session, poll, "poll-definition", {"definition": poll.definition, "sha256": poll.definition_sha256})
    opening = {
        "definition_sha256": poll.definition_sha256,
        "roll_sha256": poll.roll_fingerprint,
        "households": poll.roll_size,
        "opens_at": poll.definition["opens_at"],
        "closes_at": poll.definition["closes_at"],
    }
    append_leaf(session, poll, "open", opening)


def copy_roll(session: Session, poll: Poll, roll: Sequence[RollRow]) -> None:
    """Copy the households into the poll's own roll, numbered in the order slips are brought round."""
    session.execute(insert(RollEntry), [_entry(poll, row, position) for position, row in enumerate(roll, start=1)])


def definition_of(session: Session, poll: Poll) -> Definition:
    """The definition of a poll that has its times, its roll and its key."""
    if poll.opens_at is None or poll.closes_at is None or not poll.roll_size or not poll.roll_fingerprint:
        raise ValueError("only a poll with its times and its roll has a definition")
    return Definition(
        public_id=poll.public_id,
        area=poll.area.path,
        kind=poll.kind,
        clause=poll.clause,
        title=poll.title,
        question=poll.question,
        options=poll.options,
        rule_key=poll.rule_key,
        roll_size=poll.roll_size,
        roll_fingerprint=poll.roll_fingerprint,
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        level=poll.level,
        custody=poll.custody,
        may_change=poll.may_change,
        public_key=poll.public_key or b"",
        documents=[one.sha256 for one in documents_of(session, poll, READING, AUDIO)],
    )


def _entry(poll: Poll, row: RollRow, position: int) -> dict[str, object]:
    salt = new_code(SALT)
    return {
        "poll_id": poll.id,
        "household_id": row.household_id,
        "number": row.number,
        "number_key": number_key(row.number),
        "representative": row.representative,
        "sort_key": row.sort_key,
        "search": row.search,
        "address": row.address,
        "cluster": row.cluster,
        "position": position,
        "slot_salt": salt,
        "slot_tag": slot_tag(poll.public_id, row.number, salt),
    }
