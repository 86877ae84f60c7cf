"""A poll prepared through the program's own operations, ready to be submitted: the people around it and its steps."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import ManyRefusals
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.core.uploads import Upload
from app.polls.models import Poll
from app.polls.operations import conditions, opening, preparation, rehearsal, team
from app.polls.operations.team import MemberDraft
from app.polls.rules.preconditions import REQUIRED
from tests.support.cast import make_actor, make_area, make_household
from tests.support.storage import MemoryStorage

PDF = b"%PDF-1.4\n%fake\n"
MEMBERS = [
    MemberDraft(0, "Trần Văn Mặt", "front", "Trưởng ban", "0901234567", is_head=True),
    MemberDraft(1, "Lê Thị Khu", "community", "Trưởng khu phố"),
    MemberDraft(2, "Phạm Văn Hộ", "household", technical=True),
]


@dataclass
class Scene:
    """An area with its households, its head, its Front, an officer and an overseer of the commune."""

    session: Session
    area: Area
    head: Actor
    front: Actor
    officer: Actor
    overseer: Actor
    keys: Keyring = field(default_factory=lambda: Keyring("ballot" * 6))
    storage: Any = field(default_factory=MemoryStorage)


def make_scene(session: Session, households: int = 31) -> Scene:
    area = make_area(session)
    for number in range(1, households + 1):
        make_household(session, area, name=f"Nguyễn Văn {number}", number=f"{number:03}")
    commune = area.parent
    assert commune is not None
    return Scene(
        session=session,
        area=area,
        head=make_actor(session, Role.AREA_HEAD, area),
        front=make_actor(session, Role.FRONT, area),
        officer=make_actor(session, Role.COMMUNE_OFFICER, commune),
        overseer=make_actor(session, Role.OVERSEER, commune),
    )


def seen_by(app: Flask, scene: Scene) -> Scene:
    """The same scene, whose files the application finds where it looks for them."""
    scene.storage = app.extensions["danban"].storage
    return scene


def new_poll(scene: Scene, kind: str = "decision") -> Poll:
    return preparation.create_poll(scene.session, scene.head, scene.area, kind=kind)


def times() -> tuple[datetime, datetime]:
    """The earliest day the notice allows, and three days of voting."""
    opens = clock.now() + timedelta(days=3)
    return opens, opens + timedelta(days=3)


def prepared_poll(scene: Scene, kind: str = "decision", *, level: str = "sealed") -> Poll:
    """Everything done but the submission."""
    session, by, poll = scene.session, scene.head, new_poll(scene, kind)
    preparation.set_question(
        session, by, poll, poll.version,
        title="Lắp camera an ninh",
        question="Ông/Bà có đồng ý lắp camera an ninh ở đầu ngõ không?",
        summary="Bốn camera, tiền do nhà hảo tâm tặng.",
    )  # fmt: skip
    preparation.set_roll_rule(session, by, poll, poll.version, roll_rule="Hộ thường trú và hộ tạm trú trên 6 tháng.")
    preparation.set_secrecy(session, by, poll, poll.version, level=level, may_change=False, small_poll_accepted=True)
    opens, closes = times()
    preparation.set_times(session, by, poll, poll.version, opens_at=opens, closes_at=closes)
    team.set_team(session, by, poll, poll.version, members=MEMBERS)
    for key in REQUIRED[kind]:
        record_condition(scene, poll, key)
    rehearsal.rehearse(session, by, poll, scene.keys)
    return poll


def record_condition(scene: Scene, poll: Poll, key: str) -> None:
    households = 31 if key == "community_agrees" else None
    draft = conditions.ConditionDraft(
        key=key,
        happened_on=clock.today(),
        detail="Họp ngày hôm nay.",
        proof=Upload("bien-ban.pdf", PDF),
        agreed=households,
        total=households,
    )
    conditions.record_precondition(scene.session, scene.head, poll, scene.storage, draft)


def submitted_poll(scene: Scene, kind: str = "decision", *, level: str = "sealed") -> Poll:
    poll = prepared_poll(scene, kind, level=level)
    opening.submit(scene.session, scene.head, poll, poll.version)
    return poll


def opened_poll(scene: Scene, kind: str = "decision", *, level: str = "sealed") -> Poll:
    """Opened by two people; voting begins in some days."""
    poll = submitted_poll(scene, kind, level=level)
    opening.confirm(scene.session, scene.front, poll, scene.keys)
    return poll


def fields(refused: Any) -> set[str | None]:
    """At which fields of a form what was raised stands."""
    refusal = refused.value
    return {one.field for one in (refusal.problems if isinstance(refusal, ManyRefusals) else [refusal])}


def last_entry(scene: Scene) -> AuditEntry:
    """What the record holds last."""
    return scene.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()  # type: ignore[return-value]
