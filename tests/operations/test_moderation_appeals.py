"""A second look: once, and never by anybody who decided before."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor, Grant, Role
from app.moderation.models import Appeal, ModerationItem
from app.moderation.operations import appeals, bulk, claiming, deciding, reports
from app.moderation.queries import for_author
from app.moderation.queries.items import appeals as list_of
from tests.support.cast import make_actor, make_area
from tests.support.moderation import KIND, PHONE, TEXT, Desk, make_desk

ASK = "Tôi chỉ nói điều cả xóm đều biết."
WHY = "Lời lẽ không xúc phạm ai cả."


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def reject(desk: Desk, item: ModerationItem, by: Actor | None = None) -> None:
    deciding.reject(desk.session, by or desk.moderator, item, item.version, reason_key="insult", reason="")


def rejected(desk: Desk) -> ModerationItem:
    item = desk.item()
    reject(desk, item)
    return item


def refer(desk: Desk, item: ModerationItem) -> None:
    deciding.refer(
        desk.session, desk.moderator, item, item.version, reason_key="petition", referred_to="Công an phường"
    )


def redact(desk: Desk, item: ModerationItem) -> None:
    deciding.redact(desk.session, desk.moderator, item, item.version, words=PHONE)


@pytest.mark.parametrize("decide", [reject, refer, redact])
def test_agreeing_shows_it_whole_again(desk: Desk, decide) -> None:
    item = desk.item()
    decide(desk, item)
    appeals.appeal(desk.session, item.id, ASK)
    appeals.uphold(desk.session, desk.other, item, reason=WHY)
    assert (item.status, item.reason_key, item.referred_to) == ("approved", "", "")
    assert desk.kind.shown[item.subject_id] == TEXT
    view = for_author(desk.session, KIND, item.subject_id)
    assert view is not None and view.appeal is not None
    assert (view.appeal.state, view.appeal.reason, view.may_appeal) == ("upheld", WHY, False)


def test_what_was_covered_before_a_refusal_stays_covered_when_the_refusal_falls(desk: Desk) -> None:
    item = desk.item()
    redact(desk, item)
    reject(desk, item)
    appeals.appeal(desk.session, item.id, ASK)
    appeals.uphold(desk.session, desk.other, item, reason=WHY)
    assert PHONE not in desk.kind.shown[item.subject_id]


def test_disagreeing_leaves_it_hidden_and_says_why(desk: Desk) -> None:
    item = rejected(desk)
    appeals.appeal(desk.session, item.id, ASK)
    appeals.dismiss(desk.session, desk.officer, item, reason=WHY)
    assert item.status == "rejected" and item.subject_id not in desk.kind.shown
    appeal = desk.session.scalars(select(Appeal)).one()
    assert (appeal.outcome, appeal.heard_by, appeal.reason) == ("dismissed", desk.officer.account_id, WHY)


def test_it_is_answered_within_five_working_days(desk: Desk) -> None:
    item = rejected(desk)
    appeal = appeals.appeal(desk.session, item.id, ASK)
    assert 5 <= (appeal.due_at - appeal.made_at).days <= 20


class TestAsking:
    @pytest.mark.parametrize("text", ["", "   \n", "Sai rồi", "đ" * 2001, "Sai\u202e rồi, xem lại đi nhé."])
    def test_it_says_something(self, desk: Desk, text: str) -> None:
        item = rejected(desk)
        with pytest.raises(Refusal) as caught:
            appeals.appeal(desk.session, item.id, text)
        assert caught.value.field == "text"

    def test_once(self, desk: Desk) -> None:
        item = rejected(desk)
        appeals.appeal(desk.session, item.id, ASK)
        with pytest.raises(WrongMoment, match="một lần"):
            appeals.appeal(desk.session, item.id, ASK)
        appeals.dismiss(desk.session, desk.other, item, reason=WHY)
        with pytest.raises(WrongMoment, match="một lần"):
            appeals.appeal(desk.session, item.id, ASK)

    def test_not_of_what_waits_or_is_shown_or_is_not(self, desk: Desk) -> None:
        item = desk.item()
        for _again in range(2):
            with pytest.raises(WrongMoment, match="không bị từ chối"):
                appeals.appeal(desk.session, item.id, ASK)
            if item.status == "pending":
                deciding.approve(desk.session, desk.moderator, item, item.version)
        with pytest.raises(NotFound):
            appeals.appeal(desk.session, item.id + 1000, ASK)


class TestHearing:
    def test_by_nobody_who_decided(self, desk: Desk) -> None:
        item = rejected(desk)
        appeals.appeal(desk.session, item.id, ASK)
        for hear in (appeals.uphold, appeals.dismiss):
            with pytest.raises(Forbidden, match="Người khác phải xem lại"):
                hear(desk.session, desk.moderator, item, reason=WHY)

    def test_nor_by_the_same_person_in_another_role(self, desk: Desk) -> None:
        item = rejected(desk)
        appeals.appeal(desk.session, item.id, ASK)
        both = (*desk.moderator.grants, Grant(Role.COMMUNE_OFFICER, desk.area.path.rpartition("/")[0]))
        again = Actor(desk.moderator.account_id, "Vẫn người ấy", grants=both)
        with pytest.raises(Forbidden):
            appeals.uphold(desk.session, again, item, reason=WHY)

    def test_nor_by_who_decided_and_took_it_back(self, desk: Desk) -> None:
        item = rejected(desk)
        deciding.undo(desk.session, desk.moderator, item)
        reject(desk, item, desk.other)
        appeals.appeal(desk.session, item.id, ASK)
        for by in (desk.moderator, desk.other):
            with pytest.raises(Forbidden):
                appeals.uphold(desk.session, by, item, reason=WHY)
        appeals.uphold(desk.session, desk.officer, item, reason=WHY)

    def test_nor_by_who_has_no_right_here(self, desk: Desk) -> None:
        item = rejected(desk)
        appeals.appeal(desk.session, item.id, ASK)
        elsewhere = make_actor(desk.session, Role.MODERATOR, make_area(desk.session))
        for by in (desk.overseer, elsewhere, make_actor(desk.session, Role.COMMUNE_ADMIN, desk.area)):
            with pytest.raises(Forbidden):
                appeals.dismiss(desk.session, by, item, reason=WHY)

    def test_once_and_with_a_reason(self, desk: Desk) -> None:
        item = rejected(desk)
        with pytest.raises(WrongMoment, match="Không có đề nghị"):
            appeals.uphold(desk.session, desk.other, item, reason=WHY)
        appeals.appeal(desk.session, item.id, ASK)
        with pytest.raises(Refusal) as caught:
            appeals.uphold(desk.session, desk.other, item, reason="  ")
        assert caught.value.field == "reason"
        appeals.dismiss(desk.session, desk.other, item, reason=WHY)
        with pytest.raises(WrongMoment, match="đã được xem lại"):
            appeals.uphold(desk.session, desk.officer, item, reason=WHY)

    def test_the_list_says_who_may(self, desk: Desk) -> None:
        item = rejected(desk)
        appeals.appeal(desk.session, item.id, ASK)
        assert [one.mine for one in list_of(desk.session, desk.moderator)] == [False]
        assert [one.mine for one in list_of(desk.session, desk.other)] == [True]
        assert list_of(desk.session, make_actor(desk.session, Role.MODERATOR, make_area(desk.session))) == []


def test_once_asked_those_of_the_first_look_are_out(desk: Desk) -> None:
    item = desk.item(mode="after")
    redact(desk, item)
    appeals.appeal(desk.session, item.id, ASK)
    for _again in range(2):
        with pytest.raises(WrongMoment):
            deciding.undo(desk.session, desk.moderator, item)
        with pytest.raises(WrongMoment):
            reject(desk, item, desk.other)
        if desk.session.scalars(select(Appeal)).one().outcome is None:
            appeals.uphold(desk.session, desk.officer, item, reason=WHY)
    reports.report(desk.session, item.id, "insult", "", "d" * 64)
    assert item.status == "approved"


VERBS = ["approve", "reject", "redact", "escalate", "undo", "bulk", "claim"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["moderator", "other", "officer"]), st.sampled_from(VERBS)), max_size=7)
)
def test_whatever_was_done_nobody_hears_their_own(desk: Desk, steps: list[tuple[str, str]]) -> None:
    """However the deciding went, who took part in it never hears the appeal, and everybody else with the right may."""
    item = desk.item("Con đường này để đến khi nào mới sửa đây.")
    took_part: set[str] = set()
    for name, verb in steps:
        if _done(desk, getattr(desk, name), item, verb):
            took_part |= {name} if verb != "claim" else set()
    item.claimed_by = item.claimed_until = None
    if item.status not in ("rejected", "referred") and item.shown_text is None:
        return
    if item.status == "pending":
        return
    appeals.appeal(desk.session, item.id, ASK)
    for name in ("moderator", "other", "officer"):
        if name in took_part:
            with pytest.raises(Forbidden):
                appeals.must_hear(desk.session, getattr(desk, name), item)
        else:
            appeals.must_hear(desk.session, getattr(desk, name), item)


def _done(desk: Desk, by: Actor, item: ModerationItem, verb: str) -> bool:
    session, version = desk.session, item.version
    acts = {
        "approve": lambda: deciding.approve(session, by, item, version),
        "reject": lambda: reject(desk, item, by),
        "redact": lambda: deciding.redact(session, by, item, version, words="đường"),
        "escalate": lambda: deciding.escalate(session, by, item, version, reason="Cần ý kiến khác."),
        "undo": lambda: deciding.undo(session, by, item),
        "claim": lambda: claiming.claim(session, by, item),
    }
    if verb == "bulk":
        return bool(bulk.approve(session, by, [item.id]).approved)
    try:
        acts[verb]()
    except Refusal:
        return False
    return True
