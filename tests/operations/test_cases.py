"""A case from the day it came to its end: given, answered, asked again, risen to the leader."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct, Officer, Rating, RatingPoint
from app.feedback.operations import answering, coming_back, escalating
from app.feedback.queries import cases as queries
from app.feedback.rules import cases as rules
from app.notifications.models import Message
from tests.support.cases import PHONE, add_note, make_case, point_of
from tests.support.cast import make_account, make_actor, make_commune, make_grant
from tests.support.feedback import make_center, make_officer
from tests.support.storage import MemoryStorage

KEYS = Keyring("for tests")
TEXT = "Trung tâm đã mở thêm quầy số 4 vào buổi sáng, từ tuần sau."


class Desk:
    """A centre with two who handle cases, their leader, an inspector, and a case."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.commune = commune = make_commune(session)
        self.point: RatingPoint = point_of(session, commune)
        self.handler = make_actor(session, Role.COMMUNE_OFFICER, commune)
        self.other = make_actor(session, Role.COMMUNE_OFFICER, commune)
        self.leader = make_actor(session, Role.LEADER, commune)
        self.inspector = make_actor(session, Role.INSPECTOR, commune)
        self.clerk = make_actor(session, Role.DESK, commune)
        self.stranger = make_actor(session, Role.COMMUNE_OFFICER, make_commune(session))
        self.case, self.code = make_case(session, KEYS, self.point)

    def take(self, by: Actor | None = None) -> None:
        actor = by or self.handler
        answering.assign(self.session, actor, self.case, account_id=actor.account_id or 0, version=self.case.version)

    def answer(self, by: Actor | None = None, text: str = TEXT, version: int | None = None) -> None:
        seen = self.case.version if version is None else version
        answering.answer(self.session, by or self.handler, KEYS, self.case, text, version=seen)

    @property
    def verbs(self) -> list[str]:
        return list(self.session.scalars(select(CaseAct.verb).order_by(CaseAct.id)))


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def messages(session: Session) -> list[Message]:
    return list(session.scalars(select(Message).order_by(Message.id)))


def test_taken_drafted_answered_and_told_without_the_code(desk: Desk) -> None:
    desk.take()
    answering.draft(desk.session, desk.handler, desk.case, "Đang kiểm", version=desk.case.version)
    assert (desk.case.status, desk.case.draft, desk.case.answer) == ("assigned", "Đang kiểm", "")
    desk.answer()
    assert (desk.case.status, desk.case.draft, desk.case.answer, desk.case.late) == ("answered", "", TEXT, False)
    assert desk.verbs == ["open", "assign", "draft", "answer"]
    [message] = messages(desk.session)
    bare = rules.typed_code(desk.code)
    for words in (message.text, message.short_text, message.path):
        assert desk.code not in words and bare not in words and TEXT not in words
    # The record tells that it was answered, and neither what was written nor by whom it was asked.
    noted = " ".join(str(entry.detail) + entry.search for entry in desk.session.scalars(select(AuditEntry)))
    assert "feedback.case.answer" in noted and TEXT not in noted and PHONE not in noted and "chờ từ sáng" not in noted


def test_an_answer_is_refused_to_all_but_its_handler(desk: Desk) -> None:
    with pytest.raises(WrongMoment, match="Nhận xử lý"):
        desk.answer()
    desk.take()
    for by in (desk.other, desk.leader, desk.inspector, desk.clerk, desk.stranger):
        with pytest.raises(Forbidden):
            desk.answer(by)
        with pytest.raises(Forbidden):
            answering.show_phone(desk.session, by, KEYS, desk.case)
    with pytest.raises(Refusal) as refused:
        desk.answer(text="Đã rõ.")
    assert refused.value.field == "text"
    with pytest.raises(WrongMoment, match="vừa xử lý"):
        desk.answer(version=1)
    assert desk.verbs == ["open", "assign"] and messages(desk.session) == []


def test_only_the_leader_takes_a_case_from_somebody(desk: Desk) -> None:
    desk.take()
    with pytest.raises(Forbidden, match="Lãnh đạo"):
        desk.take(desk.other)
    for by in (desk.inspector, desk.clerk, desk.stranger):
        with pytest.raises(Forbidden):
            desk.take(by)
    for nobody in (desk.leader, desk.inspector, desk.stranger):
        with pytest.raises(Refusal) as refused:
            answering.assign(
                desk.session, desk.leader, desk.case, account_id=nobody.account_id or 0, version=desk.case.version
            )
        assert refused.value.field == "assigned_to"
    answering.assign(
        desk.session, desk.leader, desk.case, account_id=desk.other.account_id or 0, version=desk.case.version
    )
    assert desk.case.assigned_to == desk.other.account_id
    desk.answer(desk.other)
    with pytest.raises(WrongMoment):
        desk.take(desk.leader)


def test_a_case_about_an_officer_does_not_exist_for_them(desk: Desk) -> None:
    officer = make_officer(desk.session, desk.point.center, account_id=desk.other.account_id)
    case, _code = make_case(desk.session, KEYS, desk.point, officer_id=officer.id)
    colleague = make_officer(desk.session, desk.point.center)
    desk.session.get_one(Rating, desk.case.note.rating_id).officer_id = colleague.id
    desk.session.flush()
    assert queries.in_scope_case(desk.session, desk.other, case.id) is None
    assert queries.in_scope_case(desk.session, desk.handler, case.id) is not None
    with pytest.raises(Refusal):
        answering.assign(desk.session, desk.leader, case, account_id=desk.other.account_id or 0, version=1)
    rows = queries.listed(desk.session, desk.other, clock.now()).rows
    assert [row.id for row in rows] == [desk.case.id]
    assert desk.session.get_one(Officer, officer.id).account_id == desk.other.account_id


def test_a_case_of_a_counter_without_a_roster_is_for_nobody_of_the_counters(desk: Desk) -> None:
    """It may be about any of them: who is left out of the roster reads no more than who stands in it."""
    officer = make_officer(desk.session, desk.point.center, account_id=desk.other.account_id)
    make_officer(desk.session, make_center(desk.session, desk.commune), account_id=desk.handler.account_id)
    names = [one.id for one in queries.handlers(desk.session, desk.case)]
    assert desk.handler.account_id in names and desk.other.account_id not in names
    known = [queries.in_scope_case(desk.session, by, desk.case.id) is None for by in (desk.other, desk.handler)]
    assert known == [True, False] and queries.listed(desk.session, desk.other, clock.now()).rows == []
    assert (queries.waiting(desk.session, desk.other), queries.waiting(desk.session, desk.handler)) == (0, 1)
    officer.left_on = clock.today()
    desk.session.flush()
    assert queries.in_scope_case(desk.session, desk.other, desk.case.id) is None
    # A point of the whole centre speaks of nobody at a counter.
    desk.session.get_one(Rating, desk.case.note.rating_id).counter_id = None
    desk.session.flush()
    assert queries.in_scope_case(desk.session, desk.other, desk.case.id) is not None


def test_the_number_is_read_by_its_handler_and_that_is_kept(desk: Desk) -> None:
    desk.take()
    assert answering.show_phone(desk.session, desk.handler, KEYS, desk.case) == PHONE
    assert desk.verbs[-1] == "phone"
    add_note(desk.session, KEYS, desk.point, "Chờ lâu.", wants_answer=True)
    silent = desk.session.scalars(select(Case).order_by(Case.id.desc())).first()
    assert silent is not None
    answering.assign(desk.session, desk.handler, silent, account_id=desk.handler.account_id or 0, version=1)
    with pytest.raises(NotFound):
        answering.show_phone(desk.session, desk.handler, KEYS, silent)


def test_asked_again_as_often_as_it_does_not_help(desk: Desk) -> None:
    with pytest.raises(WrongMoment):
        coming_back.reopen(desk.session, KEYS, MemoryStorage(), desk.case, "Chưa có gì để hỏi lại cả.")
    desk.take()
    for number in (1, 2):
        desk.answer()
        coming_back.rate_answer(desk.session, desk.case, False)
        with pytest.raises(Refusal):
            coming_back.reopen(desk.session, KEYS, MemoryStorage(), desk.case, "Chưa rõ")
        coming_back.reopen(desk.session, KEYS, MemoryStorage(), desk.case, "Chưa nói rõ ngày nào có thêm quầy.")
        assert (desk.case.status, desk.case.reopened, desk.case.satisfied) == ("reopened", number, None)
        assert desk.case.assigned_to == desk.handler.account_id and desk.case.due_at > clock.now()
    assert len(messages(desk.session)) == 2
    desk.answer()
    coming_back.rate_answer(desk.session, desk.case, True)
    assert (desk.case.status, desk.case.satisfied) == ("closed", True)
    coming_back.rate_answer(desk.session, desk.case, True)
    with pytest.raises(WrongMoment):
        coming_back.rate_answer(desk.session, desk.case, False)
    assert desk.verbs.count("satisfied") == 1


def test_after_fifteen_working_days_the_case_is_over(desk: Desk) -> None:
    desk.take()
    desk.answer()
    assert escalating.close_some(desk.session, clock.now() + timedelta(days=14), 0) is None
    later = clock.now() + timedelta(days=31)
    assert escalating.close_some(desk.session, later, 0) == desk.case.id
    assert desk.case.status == "closed" and desk.verbs[-1] == "close"
    desk.case.answered_at = clock.now() - timedelta(days=31)
    with pytest.raises(WrongMoment, match="Đã quá 15"):
        coming_back.reopen(desk.session, KEYS, MemoryStorage(), desk.case, "Bây giờ tôi mới đọc được.")


def test_a_late_case_rises_once_and_the_leader_sees_it_in_the_menu(desk: Desk) -> None:
    assert escalating.escalate_some(desk.session, clock.now()) == 0
    assert queries.waiting(desk.session, desk.leader) == 0
    later = desk.case.due_at + timedelta(seconds=1)
    assert [escalating.escalate_some(desk.session, later) for _ in range(2)] == [1, 0]
    assert (desk.case.escalated_at, desk.case.late) == (later, True)
    assert queries.waiting(desk.session, desk.leader) == 1
    assert queries.waiting(desk.session, desk.inspector) == queries.waiting(desk.session, desk.clerk) == 0
    desk.take()
    desk.answer()
    assert desk.case.late and queries.waiting(desk.session, desk.leader) == 0
    coming_back.reopen(desk.session, KEYS, MemoryStorage(), desk.case, "Chưa nói rõ ngày nào có thêm quầy.")
    assert desk.case.escalated_at is None


def test_filters_show_what_they_say_and_nobody_sees_elsewhere(desk: Desk) -> None:
    second, _code = make_case(desk.session, KEYS, desk.point)
    second.due_at = clock.now() - timedelta(days=1)
    desk.take()
    found = queries.listed(desk.session, desk.handler, clock.now())
    assert [row.id for row in found.rows] == [second.id, desk.case.id]
    assert found.counts == {"dang-mo": 2, "cua-toi": 1, "moi": 1, "qua-han": 1, "mo-lai": 0, "tat-ca": 2}
    assert [row.id for row in queries.listed(desk.session, desk.handler, clock.now(), which="qua-han").rows] == [
        second.id
    ]
    assert queries.waiting(desk.session, desk.other) == 1
    for nobody in (desk.clerk, desk.stranger):
        assert queries.listed(desk.session, nobody, clock.now(), which="tat-ca").counts["tat-ca"] == 0
    assert queries.in_scope_case(desk.session, desk.stranger, desk.case.id) is None


def test_a_code_finds_its_case_however_typed(desk: Desk) -> None:
    bare = rules.typed_code(desk.code)
    for typed in (desk.code, desk.code.lower(), bare, f"pa {bare}"):
        found = queries.by_code(desk.session, KEYS, rules.typed_code(typed))
        assert found is not None and found.case.id == desk.case.id
    for typed in ("", "PA-0000-0000", bare[:-1]):
        assert queries.by_code(desk.session, KEYS, rules.typed_code(typed)) is None
    assert queries.by_code(desk.session, Keyring("another key"), bare) is None


def test_an_account_that_is_locked_is_not_offered(desk: Desk) -> None:
    gone = make_account(desk.session, disabled_at=clock.now())
    make_grant(desk.session, gone, Role.COMMUNE_OFFICER, desk.session.get_one(Area, desk.point.center.area_id))
    offered = {one.id for one in queries.handlers(desk.session, desk.case)}
    assert offered == {desk.handler.account_id, desk.other.account_id}
