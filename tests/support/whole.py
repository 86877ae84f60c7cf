"""A commune in which everything exists that an address can name: a poll in every phase, files, people, an import."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.core.uploads import Upload
from app.households.models import Household, RollImport
from app.households.operations import examining
from app.identity.models import Account, StaffSession
from app.polls.models import Ballot, Poll
from app.polls.operations import changes, closing, deciding
from app.polls.operations.attachments import add_document
from app.polls.operations.casting import cast
from tests.support import whole_consultations, whole_feedback, whole_moderation, whole_payments, whole_publication
from tests.support.ballots import BALLOT_KEYS, HeldSlip, Voting, make_ticket, make_voting
from tests.support.cast import make_account, make_area, make_commune, make_grant
from tests.support.counting import Vote, draft, end
from tests.support.polls import PDF, Scene, make_scene, new_poll, seen_by, submitted_poll
from tests.support.tables import csv_file

ROLL = [
    ("STT", "Họ và tên chủ hộ", "Địa chỉ thường trú", "Điện thoại"),
    ("1", "Nguyễn Văn 1", "Số 1, đường Hoa Sen", ""),
    ("9", "Lê Thị Mới", "Số 9, đường Hoa Sen", "0901234567"),
]
BELOW = {Role.AREA_HEAD, Role.FRONT, Role.TEAM_MEMBER, Role.MODERATOR}
PHASES = ("preparing", "submitted", "upcoming", "voting", "ended", "counted", "decided", "cancelled")


@dataclass
class Whole:
    """Everything, and how it is called in addresses."""

    session: Session
    area: Area
    polls: dict[str, Poll]
    slips: dict[str, list[HeldSlip]]
    kept: RollImport
    person: Account
    names: dict[str, Any]

    @property
    def commune(self) -> Area:
        assert self.area.parent is not None
        return self.area.parent

    def place_of(self, role: Role) -> Area:
        """Where somebody with the role sees this area."""
        if role in BELOW:
            return self.area
        province = self.commune.parent
        assert province is not None
        return province if role is Role.PROVINCE_ADMIN else self.commune

    def elsewhere(self, role: Role) -> Area:
        """A place of the same level where nothing of this is seen: next door for who works in one area."""
        if role in BELOW:
            return make_area(self.session, self.commune)
        if role is Role.PROVINCE_ADMIN:
            return self.session.query(Area).filter_by(path="01").one()
        return make_commune(self.session)

    def address(self, app: Flask, endpoint: str, about: str = "") -> str:
        """The path of an endpoint, about the poll in that phase."""
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        values = self.names | ({"public_id": self.polls[about].public_id} if about in self.polls else {})
        values |= {"code": self.commune.code} if about == "commune" else {}
        with app.test_request_context():
            return app.url_for(endpoint, **{name: values[name] for name in rule.arguments})


def make_whole(app: Flask, session: Session) -> Whole:
    """Everything, committed."""
    scene = seen_by(app, make_scene(session, households=3))
    begun, waiting = new_poll(scene), submitted_poll(scene)
    storage = app.extensions["danban"].storage
    upload = Upload("bao-gia.pdf", PDF)
    document = add_document(session, scene.head, begun, storage, kind="reading", title="Báo giá", upload=upload)
    votings = {phase: _voting(session, scene, number) for number, phase in enumerate(PHASES[2:])}
    _bring_to_their_phases(session, scene, votings)
    open_poll = votings["voting"].poll
    change = changes.request_cancellation(session, scene.head, open_poll, reason="Câu hỏi ghi nhầm tên đường.")
    kept = examining.upload(session, scene.head, scene.area, filename="ds.csv", data=csv_file(ROLL))
    person = _person(session, scene.area)
    session.commit()
    own = StaffSession(
        account_id=person.id, token_hash="0" * 64, created_at=clock.now(), last_seen_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    session.add(own)
    session.commit()
    polls = {"preparing": begun, "submitted": waiting} | {phase: made.poll for phase, made in votings.items()}
    ballot = session.query(Ballot).filter_by(poll_id=votings["ended"].poll.id).first()
    household = session.query(Household).filter_by(area_id=scene.area.id).order_by(Household.id).first()
    assert ballot is not None and household is not None
    names = {
        "code": scene.area.code,
        "household_id": household.id,
        "import_id": kept.id,
        "account_id": person.id,
        "grant_id": person.grants[0].id,
        "session_id": own.id,
        "document_id": document.id,
        "change_id": change.id,
        "key": "leaders_agree",
        "day": "2026-07-05",
        "name": "thong-bao.pdf",
        "secret": votings["voting"].slips[0].secret,
        "receipt": ballot.receipt,
    }
    for slice_ in (whole_moderation, whole_publication, whole_consultations, whole_feedback, whole_payments):
        names |= slice_.names(app, session, scene)
    session.commit()
    slips = {phase: made.slips for phase, made in votings.items()}
    return Whole(session, scene.area, polls, slips, kept, person, names)


def come(session: Session, whole: Whole, role: Role, place: Area | None = None) -> Account:
    """Somebody new who holds the role, here or at the place."""
    account = make_account(session)
    make_grant(session, account, role, place or whole.place_of(role))
    session.commit()
    return account


def _voting(session: Session, scene: Scene, number: int) -> Voting:
    return make_voting(
        session, 0, area=scene.area, public_id=f"w{scene.area.id:05}{number:02}abc", rule_key="majority_strict"
    )


def _bring_to_their_phases(session: Session, scene: Scene, votings: dict[str, Voting]) -> None:
    now = clock.now()
    votings["upcoming"].poll.opens_at = now + timedelta(hours=12)
    for phase in ("ended", "counted", "decided"):
        made = votings[phase]
        for slip, (choice, text) in zip(made.slips, [("agree", ""), ("other", "Lắp ở ngã ba.")], strict=False):
            cast(session, make_ticket(session, slip, choice, text))
        end(session, made.poll)
    for phase in ("counted", "decided"):
        for by in (scene.head, scene.front):
            closing.release(session, by, votings[phase].poll, BALLOT_KEYS)
    decided = votings["decided"].poll
    vote = Vote(session, decided, [], scene.head, scene.front, scene.officer, scene.overseer)
    for phase in ("counted", "decided"):
        vote.poll = votings[phase].poll
        deciding.write(session, scene.head, vote.poll, draft(vote))
    deciding.sign(session, scene.head, decided)
    gone = votings["cancelled"].poll
    gone.status, gone.cancelled_at, gone.cancel_reason = "cancelled", now, "Câu hỏi ghi nhầm tên đường."
    session.flush()


def _person(session: Session, area: Area) -> Account:
    """A team member, whom administrators may manage."""
    person = make_account(session, totp_secret=b"x", login=f"to{area.id}")
    make_grant(session, person, Role.TEAM_MEMBER, area)
    return person
