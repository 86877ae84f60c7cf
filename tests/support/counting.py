"""Polls whose time is over, with ballots that were really cast; and the people who open and decide them."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import database_now
from app.core.permissions import Actor, Role
from app.identity.models import Account
from app.polls.models import Poll, Result
from app.polls.operations import closing, deciding
from app.polls.operations.casting import cast
from app.polls.operations.deciding import Draft
from tests.support.ballots import BALLOT_KEYS, HeldSlip, Voting, make_ticket, make_voting
from tests.support.cast import make_actor, make_area
from tests.support.pages import PageClient
from tests.support.staff import sign_in

NAMES = ("Nguyễn Văn Định", "Trần Thị Bích Hường", "Lê Minh Đức", "Hoàng Thị Hòa")


@dataclass
class Vote:
    """A poll, its slips in the order of the roll, and a person of each body."""

    session: Session
    poll: Poll
    slips: list[HeldSlip]
    head: Actor
    front: Actor
    officer: Actor
    overseer: Actor

    @property
    def area(self) -> Area:
        return self.poll.area

    def release(self, by: Actor) -> Result | None:
        return closing.release(self.session, by, self.poll, BALLOT_KEYS)


def voting(session: Session, households: int, area: Area | None = None, **values: Any) -> Vote:
    """A poll open for voting in an area with its people; more than half of all households must agree."""
    area = area or make_area(session)
    made: Voting = make_voting(session, households, area=area, **{"rule_key": "majority_strict"} | values)
    commune = area.parent
    assert commune is not None
    return Vote(
        session,
        made.poll,
        made.slips,
        head=make_actor(session, Role.AREA_HEAD, area),
        front=make_actor(session, Role.FRONT, area),
        officer=make_actor(session, Role.COMMUNE_OFFICER, commune),
        overseer=make_actor(session, Role.OVERSEER, commune),
    )


def ended(
    session: Session, agree: int = 0, disagree: int = 0, others: Sequence[str] = (), absent: int = 1, **values: Any
) -> Vote:
    """A poll whose time is over, with so many ballots; ``others`` are the texts of other opinions."""
    vote = voting(session, agree + disagree + len(others) + absent, **values)
    choices = [("agree", "")] * agree + [("disagree", "")] * disagree + [("other", text) for text in others]
    for slip, (choice, text) in zip(vote.slips, choices, strict=False):
        cast(session, make_ticket(session, slip, choice, text))
    end(session, vote.poll)
    return vote


def end(session: Session, poll: Poll) -> None:
    """Let the time of the poll be over now, by the database's clock; what was cast before was cast in time."""
    poll.closes_at = database_now(session) + timedelta(milliseconds=2)
    session.flush()
    time.sleep(0.005)


def counted(session: Session, *args: Any, **values: Any) -> Vote:
    """A poll that is over and counted."""
    vote = ended(session, *args, **values)
    vote.release(vote.head)
    assert vote.release(vote.front) is not None
    return vote


def draft(vote: Vote, **values: Any) -> Draft:
    """What somebody writes into a sound decision of the poll."""
    result = vote.session.get_one(Result, vote.poll.id)
    form = "nghi_quyet" if result.passed and vote.poll.kind == "decision" else "bien_ban"
    head, front, one, two = NAMES
    defaults: dict[str, Any] = {
        "form": form,
        "number": "02/NQ-KP6",
        "decided_on": clock.today(),
        "place": "Nhà văn hóa khu phố 6",
        "conclusion": "Thống nhất lắp 12 camera.",
        "head_name": head,
        "front_name": front,
        "household_one": one,
        "household_two": two,
    }
    return Draft(**defaults | values)


def written(session: Session, *args: Any, **values: Any) -> Vote:
    """A counted poll whose decision is written and not yet signed."""
    vote = counted(session, *args, **values)
    deciding.write(session, vote.head, vote.poll, draft(vote))
    return vote


def decided(session: Session, *args: Any, **values: Any) -> Vote:
    """A counted poll whose decision is signed by all four."""
    vote = written(session, *args, **values)
    deciding.sign(session, vote.head, vote.poll)
    return vote


# ------------------------------------------------------------------------------------------------ on the pages


def come(client: PageClient, session: Session, by: Actor) -> None:
    """Let the client come as this person."""
    sign_in(client, session, session.get_one(Account, by.account_id))


def result_pages(vote: Vote) -> str:
    """Where the staff pages of the end of the poll begin."""
    return f"/staff/cuoc-bieu-quyet/{vote.poll.public_id}/ket-qua"


def words(response: TestResponse) -> str:
    """What is read on a page, without head and foot."""
    main = BeautifulSoup(response.text, "html.parser").find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def rows(session: Session, table: Any, vote: Vote) -> int:
    """How many rows of a table belong to the poll."""
    return session.scalar(select(func.count()).where(table.poll_id == vote.poll.id)) or 0


def entries(session: Session, poll: Poll, action: str) -> list[AuditEntry]:
    """What the record holds of the poll by this name."""
    query = select(AuditEntry).where(AuditEntry.subject_id == str(poll.id), AuditEntry.action == action)
    return list(session.scalars(query))
