"""Submitting and confirming: two people, all problems at once, everything frozen."""

import hashlib

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Grant, Role
from app.households.models import Household
from app.lib.canonical import canonical_json
from app.polls.models import LogLeaf, Poll, RollEntry
from app.polls.operations import opening, preparation
from app.polls.queries.preparation import last_return, problems
from app.polls.rules.roll import slot_tag
from tests.support.cast import actor_of, make_account, make_actor, make_area, make_household
from tests.support.polls import Scene, make_scene, new_poll, opened_poll, prepared_poll, submitted_poll


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


def said(refusal: Refusal) -> str:
    refusals = refusal.problems if isinstance(refusal, ManyRefusals) else [refusal]
    return " ".join(str(one) for one in [refusal, *refusals])


def actions(scene: Scene) -> set[str]:
    return set(scene.session.scalars(select(AuditEntry.action)))


def test_an_empty_poll_names_everything_missing_at_once(scene: Scene) -> None:
    poll = new_poll(scene)
    with pytest.raises(ManyRefusals) as refused:
        opening.submit(scene.session, scene.head, poll, poll.version)
    words = said(refused.value)
    for wanted in ("Ghi câu hỏi", "ngày giờ mở", "Tổ phải có", "Ủy ban nhân dân", "Chạy thử"):
        assert wanted in words
    assert len(refused.value.problems) > 9
    assert poll.status == "preparing"


def test_a_prepared_poll_is_submitted_by_the_head(scene: Scene) -> None:
    poll = prepared_poll(scene)
    assert problems(scene.session, poll) == []
    opening.submit(scene.session, scene.head, poll, poll.version)
    assert (poll.status, poll.roll_size, poll.submitted_by) == ("submitted", 31, scene.head.account_id)
    assert "polls.poll.submit" in actions(scene)


def test_the_front_prepares_but_does_not_submit(scene: Scene) -> None:
    poll = prepared_poll(scene)
    with pytest.raises(Forbidden):
        opening.submit(scene.session, scene.front, poll, poll.version)
    with pytest.raises(Forbidden):
        opening.submit(scene.session, scene.overseer, poll, poll.version)


def test_a_poll_changed_since_the_page_was_shown_is_not_submitted(scene: Scene) -> None:
    poll = prepared_poll(scene)
    with pytest.raises(WrongMoment, match="vừa được sửa"):
        opening.submit(scene.session, scene.head, poll, poll.version - 1)


def test_confirming_freezes_the_roll_the_key_and_the_definition(scene: Scene) -> None:
    poll = opened_poll(scene)
    assert poll.status == "opened"
    assert poll.confirmed_by == scene.front.account_id
    assert poll.public_key is not None and poll.wrapped_key is not None
    assert poll.definition is not None
    assert poll.definition_sha256 == hashlib.sha256(canonical_json(poll.definition).encode()).hexdigest()
    assert poll.definition["public_key"] == poll.public_key.hex()
    assert (poll.definition["households"], poll.definition["roll_sha256"]) == (31, poll.roll_fingerprint)
    leaves = scene.session.scalars(select(LogLeaf).where(LogLeaf.poll_id == poll.id).order_by(LogLeaf.id)).all()
    assert [leaf.kind for leaf in leaves] == ["poll-definition", "open"]
    assert leaves[0].body == {"definition": poll.definition, "sha256": poll.definition_sha256}
    assert "polls.poll.confirm" in actions(scene)


def test_the_copied_roll_is_in_delivery_order_with_salts_of_its_own(scene: Scene) -> None:
    make_household(scene.session, scene.area, number="099", cluster="Cụm 10", position=1)
    make_household(scene.session, scene.area, number="098", cluster="Cụm 2", position=50)
    poll = opened_poll(scene)
    entries = scene.session.scalars(
        select(RollEntry).where(RollEntry.poll_id == poll.id).order_by(RollEntry.position)
    ).all()
    assert [entry.number for entry in entries[:3]] == ["098", "099", "001"]
    assert [entry.position for entry in entries] == list(range(1, 34))
    assert len({entry.slot_salt for entry in entries}) == len({entry.slot_tag for entry in entries}) == 33
    first = entries[0]
    assert (first.number_key, len(first.slot_salt)) == ("98", 8)
    assert first.slot_tag == slot_tag(poll.public_id, "098", first.slot_salt)


def test_an_open_poll_has_no_key(scene: Scene) -> None:
    poll = opened_poll(scene, level="open")
    assert (poll.public_key, poll.wrapped_key) == (None, None)
    assert poll.definition is not None and poll.definition["public_key"] == ""


def test_what_changes_after_opening_changes_nothing_in_the_poll(scene: Scene) -> None:
    poll = opened_poll(scene)
    before = (poll.roll_size, poll.roll_fingerprint, poll.definition_sha256)
    make_household(scene.session, scene.area)
    household = scene.session.query(Household).filter_by(area_id=scene.area.id).first()
    assert household is not None
    household.representatives[0].full_name = "Người Khác"
    scene.session.flush()
    scene.session.refresh(poll)
    assert (poll.roll_size, poll.roll_fingerprint, poll.definition_sha256) == before
    entries = select(func.count()).select_from(RollEntry).where(RollEntry.poll_id == poll.id)
    assert scene.session.scalar(entries) == 31
    names = scene.session.scalars(select(RollEntry.representative).where(RollEntry.poll_id == poll.id))
    assert "Người Khác" not in set(names)


def test_nothing_can_be_edited_after_opening(scene: Scene) -> None:
    poll = opened_poll(scene)
    with pytest.raises(WrongMoment, match="gia hạn hoặc hủy"):
        preparation.set_roll_rule(scene.session, scene.head, poll, poll.version, roll_rule="Khác")
    with pytest.raises(WrongMoment):
        preparation.discard(scene.session, scene.head, poll, reason="Không làm nữa đâu")


def test_the_submitter_never_confirms_even_as_front(scene: Scene) -> None:
    both = actor_of(
        make_account(scene.session), Grant(Role.AREA_HEAD, scene.area.path), Grant(Role.FRONT, scene.area.path)
    )
    poll = prepared_poll(scene)
    opening.submit(scene.session, both, poll, poll.version)
    with pytest.raises(Forbidden, match="khác người trình"):
        opening.confirm(scene.session, both, poll, scene.keys)
    assert poll.status == "submitted"


@pytest.mark.parametrize("who", ["head", "officer", "overseer"])
def test_only_the_front_confirms(scene: Scene, who: str) -> None:
    poll = submitted_poll(scene)
    with pytest.raises(Forbidden):
        opening.confirm(scene.session, getattr(scene, who), poll, scene.keys)


def test_the_front_of_another_area_does_not_confirm(scene: Scene) -> None:
    stranger = make_actor(scene.session, Role.FRONT, make_area(scene.session, scene.area.parent))
    poll = submitted_poll(scene)
    with pytest.raises(Forbidden):
        opening.confirm(scene.session, stranger, poll, scene.keys)


def test_a_poll_is_confirmed_once(scene: Scene) -> None:
    poll = opened_poll(scene)
    key = poll.public_key
    with pytest.raises(WrongMoment, match="đã có người duyệt"):
        opening.confirm(scene.session, scene.front, poll, scene.keys)
    assert poll.public_key == key


def test_a_poll_not_submitted_is_not_confirmed(scene: Scene) -> None:
    poll = prepared_poll(scene)
    with pytest.raises(WrongMoment, match="chưa được trình"):
        opening.confirm(scene.session, scene.front, poll, scene.keys)


def test_a_roll_changed_since_submission_is_refused_and_the_change_named(scene: Scene) -> None:
    poll = submitted_poll(scene)
    make_household(scene.session, scene.area, number="777")
    gone = scene.session.query(Household).filter_by(area_id=scene.area.id, number="005").one()
    gone.ended_at = clock.now()
    scene.session.flush()
    with pytest.raises(ManyRefusals) as refused:
        opening.confirm(scene.session, scene.front, poll, scene.keys)
    assert "Hộ mới thêm: 777." in said(refused.value)
    assert "Hộ đã bỏ: 005." in said(refused.value)
    assert poll.status == "submitted"


def test_a_renamed_representative_is_a_changed_roll(scene: Scene) -> None:
    poll = submitted_poll(scene)
    household = scene.session.query(Household).filter_by(area_id=scene.area.id, number="002").one()
    household.representatives[0].full_name = "Tên Khác"
    scene.session.flush()
    with pytest.raises(ManyRefusals, match="thay đổi sau khi trình") as refused:
        opening.confirm(scene.session, scene.front, poll, scene.keys)
    assert "sửa số hộ, địa chỉ" in said(refused.value)


def test_what_has_come_to_stand_in_the_way_is_said_at_confirmation(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = submitted_poll(scene)
    late = poll.opens_at
    monkeypatch.setattr("app.polls.queries.preparation.database_now", lambda session: late)
    with pytest.raises(ManyRefusals) as refused:
        opening.confirm(scene.session, scene.front, poll, scene.keys)
    assert "đã qua" in said(refused.value)


def test_a_returned_poll_is_in_preparation_again_with_its_reason(scene: Scene) -> None:
    poll = submitted_poll(scene)
    opening.return_to_preparation(scene.session, scene.front, poll, reason="Câu hỏi chưa rõ, xem lại.")
    assert (poll.status, poll.roll_fingerprint, poll.submitted_by) == ("preparing", None, None)
    entry = last_return(scene.session, poll)
    assert entry is not None and entry.detail["reason"] == "Câu hỏi chưa rõ, xem lại."
    opening.submit(scene.session, scene.head, poll, poll.version)
    assert last_return(scene.session, poll) is None


def test_a_return_needs_a_reason_the_right_and_a_submitted_poll(scene: Scene) -> None:
    poll = submitted_poll(scene)
    with pytest.raises(Refusal, match="lý do"):
        opening.return_to_preparation(scene.session, scene.front, poll, reason="  no ")
    with pytest.raises(Forbidden):
        opening.return_to_preparation(scene.session, scene.officer, poll, reason="Câu hỏi chưa rõ, xem lại.")
    other_head = make_actor(scene.session, Role.AREA_HEAD, scene.area)
    with pytest.raises(Forbidden):
        opening.return_to_preparation(scene.session, other_head, poll, reason="Câu hỏi chưa rõ, xem lại.")
    opening.return_to_preparation(scene.session, scene.head, poll, reason="Câu hỏi chưa rõ, xem lại.")
    with pytest.raises(WrongMoment):
        opening.return_to_preparation(scene.session, scene.front, poll, reason="Câu hỏi chưa rõ, xem lại.")


def test_numbers_that_are_one_when_typed_stand_in_the_way(scene: Scene) -> None:
    poll = prepared_poll(scene)
    make_household(scene.session, scene.area, number="1")
    found = [problem.key for problem in problems(scene.session, poll)]
    assert found == ["numbers_alike"]


def test_a_household_without_representative_stands_in_the_way(scene: Scene) -> None:
    poll = prepared_poll(scene)
    household = make_household(scene.session, scene.area)
    household.representatives[0].until = clock.now()
    scene.session.flush()
    assert [problem.key for problem in problems(scene.session, poll)] == ["no_representative"]


def test_the_preliminary_poll_opens_without_the_agreement_it_asks_for(scene: Scene) -> None:
    poll = opened_poll(scene, "online_consent")
    assert poll.kind == "online_consent"
    assert scene.session.get_one(Poll, poll.id).status == "opened"
