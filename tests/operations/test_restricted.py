"""Reports for inspectors alone: opened, referred, ended, each time kept; and what is forgotten in time."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.tokens import BadToken, Keyring
from app.feedback.models import Rating, RatingNote, RestrictedAct, ServiceCenter
from app.feedback.operations import escalating, privacy, restricted
from app.feedback.operations.answering import answer, assign
from app.feedback.queries import restricted as queries
from app.feedback.sealing import open_report
from app.jobs.models import Job
from app.jobs.operations import enqueue
from app.jobs.work import Worker
from app.moderation.models import ModerationItem
from app.visitors.models import FormUse
from tests.support.cases import PHONE, PICTURE, add_note, make_case, make_report, point_of
from tests.support.cast import make_actor, make_commune
from tests.support.feedback import make_officer, make_rating

KEYS = Keyring("for tests")
TEXT = "Cán bộ vòi tiền mới nhận hồ sơ, dấu riêng ZX81."
UNIT = [Role.COMMUNE_OFFICER, Role.LEADER, Role.COMMUNE_ADMIN, Role.DESK, Role.OVERSEER, Role.MODERATOR]


class Box:
    """A report and two inspectors: of its commune, and of another one."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.commune = make_commune(session)
        self.point = point_of(session, self.commune)
        self.inspector = make_actor(session, Role.INSPECTOR, self.commune)
        self.stranger = make_actor(session, Role.INSPECTOR, make_commune(session))
        self.report, self.code = make_report(session, KEYS, self.point, TEXT)

    def verbs(self) -> list[str]:
        return list(self.session.scalars(select(RestrictedAct.verb).order_by(RestrictedAct.id)))


@pytest.fixture
def box(session: Session) -> Box:
    return Box(session)


def test_opened_referred_and_closed_each_with_a_name_and_without_a_word(box: Box) -> None:
    opened = restricted.open_it(box.session, box.inspector, KEYS, box.report)
    assert (opened.text, opened.phone) == (TEXT, PHONE) and TEXT not in repr(opened)
    restricted.open_it(box.session, box.inspector, KEYS, box.report)
    restricted.refer(box.session, box.inspector, box.report, body="Thanh tra tỉnh", version=box.report.version)
    restricted.close(
        box.session, box.inspector, box.report, outcome="Thanh tra tỉnh đã kết luận.", version=box.report.version
    )
    assert box.verbs() == ["receive", "open", "open", "refer", "close"]
    kept = box.session.scalars(select(AuditEntry)).all()
    assert [entry.action.rpartition(".")[2] for entry in kept] == ["open", "open", "refer", "close"]
    assert all("ZX81" not in f"{entry.detail}{entry.search}" and PHONE not in entry.search for entry in kept)
    with pytest.raises(WrongMoment):
        restricted.close(box.session, box.inspector, box.report, outcome="Một lần nữa.", version=box.report.version)


@pytest.mark.parametrize("role", UNIT)
def test_the_unit_and_the_overseer_do_nothing_with_it(box: Box, role: Role) -> None:
    by: Actor = make_actor(box.session, role, box.commune)
    with pytest.raises(Forbidden):
        restricted.open_it(box.session, by, KEYS, box.report)
    with pytest.raises(Forbidden):
        restricted.refer(box.session, by, box.report, body="Thanh tra tỉnh", version=1)
    with pytest.raises(Forbidden):
        restricted.photo_of(box.session, by, box.report)
    with pytest.raises(Forbidden):
        queries.in_scope_report(box.session, by, box.report.id)
    # Whether there is such a report or not: nobody learns when one comes.
    with pytest.raises(Forbidden):
        queries.in_scope_report(box.session, by, 999_999)
    assert queries.unread(box.session, by) == 0 and queries.inbox(box.session, by).rows == []
    assert box.verbs() == ["receive"] and box.report.status == "new"


def test_an_inspector_of_elsewhere_finds_nothing(box: Box) -> None:
    assert queries.in_scope_report(box.session, box.stranger, box.report.id) is None
    assert queries.inbox(box.session, box.stranger).rows == []
    with pytest.raises(Forbidden):
        restricted.open_it(box.session, box.stranger, KEYS, box.report)
    assert queries.unread(box.session, box.inspector) == 1


@pytest.mark.parametrize("left", [None, clock.today() - timedelta(days=1)])
def test_an_inspector_never_finds_a_report_about_themself(box: Box, left: date | None) -> None:
    """Somebody was at the counter and inspects now: of what speaks of them they learn nothing, not even that it is."""
    center = box.session.get_one(ServiceCenter, box.report.center_id)
    officer = make_officer(box.session, center, account_id=box.inspector.account_id, left_on=left)
    make_report(box.session, KEYS, box.point, officer_id=make_officer(box.session, center).id)
    box.session.get_one(Rating, box.report.rating_id).officer_id = officer.id
    box.session.flush()
    other = make_actor(box.session, Role.INSPECTOR, box.commune)
    assert queries.in_scope_report(box.session, box.inspector, box.report.id) is None
    assert queries.in_scope_report(box.session, other, box.report.id) is box.report
    seen = [
        (len(queries.inbox(box.session, by).rows), queries.unread(box.session, by)) for by in (box.inspector, other)
    ]
    assert seen == [(1, 1), (2, 2)]


def test_the_unit_learns_a_number_of_months_that_are_over(box: Box) -> None:
    now, places = clock.now(), (box.commune.path,)
    assert queries.told_before(box.session, places, now - timedelta(days=1), now + timedelta(days=1)) == 1
    assert queries.told_before(box.session, places, now - timedelta(days=40), now - timedelta(days=1)) == 0
    assert queries.told_before(box.session, ("01",), now - timedelta(days=1), now + timedelta(days=1)) == 0


def test_steps_out_of_order_and_stale_ones_are_refused(box: Box) -> None:
    with pytest.raises(WrongMoment, match="Mở xem"):
        restricted.refer(box.session, box.inspector, box.report, body="Thanh tra tỉnh", version=1)
    with pytest.raises(NotFound):
        restricted.photo_of(box.session, box.inspector, box.report)
    restricted.open_it(box.session, box.inspector, KEYS, box.report)
    for body, outcome in (("", "Xong"), (" " * 5, "")):
        with pytest.raises(Refusal):
            restricted.refer(box.session, box.inspector, box.report, body=body, version=1)
        with pytest.raises(Refusal):
            restricted.close(box.session, box.inspector, box.report, outcome=outcome, version=1)
    restricted.refer(box.session, box.inspector, box.report, body="Thanh tra tỉnh", version=1)
    with pytest.raises(WrongMoment, match="vừa xử lý"):
        restricted.close(box.session, box.inspector, box.report, outcome="Đã xong việc này.", version=1)


def test_sealed_words_open_with_the_key_of_the_service_at_their_own_place_alone(box: Box) -> None:
    with pytest.raises(BadToken):
        open_report(Keyring("another key"), box.report)
    other, _code = make_report(box.session, KEYS, box.point)
    other.sealed_text = box.report.sealed_text
    with pytest.raises(BadToken):
        open_report(KEYS, other)


def test_a_network_is_forgotten_after_a_day_and_nothing_else_of_a_rating(box: Box) -> None:
    now = clock.now()
    old = make_rating(box.session, box.point, 5, at=now - timedelta(hours=25))
    new = make_rating(box.session, box.point, 5, at=now - timedelta(hours=23))
    for number, used in enumerate((25, 23)):
        box.session.add(
            FormUse(
                nonce=f"{number}", kind="rating", device_hash="d", network_hash="n", known=True, content="",
                client_uuid=f"{number}", used_at=now - timedelta(hours=used),
            )
        )  # fmt: skip
    box.session.flush()
    assert privacy.forget_networks(box.session, now, 0) == old.id
    assert privacy.forget_networks(box.session, now, old.id) is None
    privacy.forget_form_networks(box.session, now)
    box.session.expire_all()
    assert (box.session.get_one(Rating, old.id).network_hash, len(old.device_hash), old.level) == ("", 64, 5)
    assert box.session.get_one(Rating, new.id).network_hash
    assert box.session.scalars(select(FormUse.network_hash).order_by(FormUse.nonce)).all() == ["", "n"]


def test_photos_nobody_will_see_are_let_go_after_a_month_and_those_of_waiting_cases_stay(box: Box) -> None:
    long_ago = clock.now() - timedelta(days=31)
    for level in (5, 4, 3):
        add_note(box.session, KEYS, box.point, f"Ảnh số {level}", level=level, photo=PICTURE)
    waiting, _code = make_case(box.session, KEYS, box.point, photo=PICTURE, level=1)
    keys = {}
    for note in box.session.scalars(select(RatingNote)):
        note.added_at = long_ago
        keys[note.text] = note.photo_key
    for level in (5, 1):
        found = box.session.scalars(select(Rating).where(Rating.level == level)).one()
        found.standing = "excluded"
    hidden = box.session.scalars(select(ModerationItem).where(ModerationItem.original == "Ảnh số 3")).one()
    hidden.status, hidden.decided_at, hidden.reason_key = "rejected", long_ago, "insult"
    box.session.flush()
    assert sorted(privacy.forget_photos(box.session, clock.now())) == sorted([keys["Ảnh số 5"], keys["Ảnh số 3"]])
    assert privacy.forget_photos(box.session, clock.now()) == []
    assert waiting.note.photo_key == keys[waiting.note.text] != ""


def test_the_number_of_an_ended_case_is_let_go_when_nobody_may_come_back(box: Box) -> None:
    officer = make_actor(box.session, Role.COMMUNE_OFFICER, box.commune)
    case, _code = make_case(box.session, KEYS, box.point)
    assign(box.session, officer, case, account_id=officer.account_id or 0, version=1)
    answer(box.session, officer, KEYS, case, "Trung tâm đã mở thêm một quầy buổi sáng.", version=2)
    later = clock.now() + timedelta(days=46)
    privacy.forget_phones(box.session, later)
    box.session.expire_all()
    assert case.note.phone is not None
    case.status = "closed"
    box.session.flush()
    privacy.forget_phones(box.session, clock.now() + timedelta(days=44))
    box.session.expire_all()
    assert case.note.phone is not None
    privacy.forget_phones(box.session, later)
    box.session.expire_all()
    assert case.note.phone is None


def test_the_worker_forgets_and_looks_again_in_an_hour(app: Flask, session: Session) -> None:
    """As the worker does it: networks, photos out of the storage, late cases; then the work lies down until later."""
    services = app.extensions["danban"]
    point = point_of(session, make_commune(session))
    add_note(session, services.keyring, point, "Ảnh chụp quầy", photo=PICTURE, storage=services.storage)
    key = session.scalars(select(RatingNote.photo_key)).one()
    late, _code = make_case(session, services.keyring, point)
    for rating in session.scalars(select(Rating)):
        rating.received_at, rating.standing = clock.now() - timedelta(days=2), "excluded"
    for note in session.scalars(select(RatingNote)):
        note.added_at = clock.now() - timedelta(days=40)
    late.due_at = clock.now() - timedelta(days=1)
    for kind in (privacy.FORGET, escalating.LOOK):
        enqueue(session, kind, {}, unique_key=kind)
    session.commit()
    worker = Worker(services, strict=True)
    assert worker.step(at=clock.now()) and worker.step(at=clock.now())
    session.expire_all()
    assert set(session.scalars(select(Rating.network_hash))) == {""}
    assert late.escalated_at is not None
    with pytest.raises(KeyError):
        services.storage.get(key)
    waiting = session.scalars(select(Job).where(Job.kind.in_((privacy.FORGET, escalating.LOOK)))).all()
    assert [job.status for job in waiting] == ["waiting", "waiting"]
    assert all(job.run_at > clock.now() + timedelta(minutes=50) for job in waiting)
