"""The decision document: written from the count, signed by four, sent within five working days, received."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Role
from app.polls.models import Decision, LogLeaf, Poll
from app.polls.operations import deciding
from app.polls.queries.preparation import consent_facts
from tests.support.cast import make_actor, make_area
from tests.support.counting import NAMES, Vote, counted, decided, draft, ended, voting, written
from tests.support.polls import make_scene, new_poll

SIGNERS = ("head_name", "front_name", "household_one", "household_two")


def fields_of(refusal: pytest.ExceptionInfo[ManyRefusals]) -> list[str | None]:
    return [one.field for one in refusal.value.problems]


def decision(session: Session, vote: Vote) -> Decision:
    return session.get_one(Decision, vote.poll.id)


def leaves(session: Session, poll: Poll) -> list[dict[str, Any]]:
    query = select(LogLeaf.body).where(LogLeaf.poll_id == poll.id, LogLeaf.kind == "decision")
    return [body for body in session.scalars(query) if body is not None]


# -------------------------------------------------------------------------------------------------- writing


def test_a_decision_is_written_and_rewritten_until_it_is_signed(session: Session) -> None:
    vote = written(session, 4, 3)
    deciding.write(session, vote.front, vote.poll, draft(vote, number="03/BB", conclusion="Chưa lắp.\n\nHọp lại."))
    kept = decision(session, vote)
    assert (kept.number, kept.conclusion, kept.written_by) == ("03/BB", "Chưa lắp.\n\nHọp lại.", vote.front.account_id)
    deciding.sign(session, vote.head, vote.poll)
    with pytest.raises(WrongMoment, match="trước khi ký"):
        deciding.write(session, vote.front, vote.poll, draft(vote, number="04"))
    assert decision(session, vote).number == "03/BB"


@pytest.mark.parametrize("make", [voting, ended], ids=["voting", "ended"])
def test_nothing_is_written_before_the_count(session: Session, make: Callable[..., Vote]) -> None:
    vote = make(session, 3)
    sound = deciding.Draft("bien_ban", "", clock.today(), "", "Thống nhất.", *NAMES)
    with pytest.raises(WrongMoment, match="sau khi kiểm phiếu"):
        deciding.write(session, vote.head, vote.poll, sound)


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.OVERSEER, Role.COMMUNE_OFFICER, Role.COMMUNE_ADMIN])
def test_only_those_who_write_minutes_write(session: Session, role: Role) -> None:
    vote = counted(session, 4, 3)
    with pytest.raises(Forbidden):
        deciding.write(session, make_actor(session, role, vote.area), vote.poll, draft(vote))
    with pytest.raises(Forbidden):
        deciding.write(session, make_actor(session, Role.AREA_HEAD, make_area(session)), vote.poll, draft(vote))


WRONG = [
    ({"form": "quyet_dinh"}, ["form"]),
    ({"form": ""}, ["form"]),
    ({"form": "nghi_quyet"}, ["form"]),  # it did not pass
    ({"decided_on": clock.today() + timedelta(days=1)}, ["decided_on"]),
    ({"decided_on": clock.today() - timedelta(days=1)}, ["decided_on"]),
    ({"conclusion": " \n "}, ["conclusion"]),
    ({"household_two": NAMES[2]}, ["household_two"]),
    ({"household_one": "LÊ  MINH ĐỨC", "household_two": "Lê Minh Đức"}, ["household_two"]),
    ({"front_name": NAMES[0], "conclusion": ""}, ["conclusion", "front_name"]),
]


@pytest.mark.parametrize(("values", "fields"), WRONG)
def test_what_is_wrong_is_said_at_its_field(session: Session, values: dict[str, Any], fields: list[str]) -> None:
    vote = counted(session, 3, 4)
    with pytest.raises(ManyRefusals) as refused:
        deciding.write(session, vote.head, vote.poll, draft(vote, **values))
    assert fields_of(refused) == fields
    assert session.get(Decision, vote.poll.id) is None


@pytest.mark.parametrize(
    "values", [{"number": "1" * 61}, {"place": "a" * 501}, {"head_name": "A\u202eB"}, {"conclusion": "x" * 5001}]
)
def test_text_is_bounded_and_holds_nothing_unseen(session: Session, values: dict[str, Any]) -> None:
    vote = counted(session, 4, 3)
    with pytest.raises(Refusal) as refused:
        deciding.write(session, vote.head, vote.poll, draft(vote, **values))
    assert refused.value.field == next(iter(values))


def test_names_may_be_left_for_the_hand(session: Session) -> None:
    vote = counted(session, 4, 3)
    deciding.write(session, vote.head, vote.poll, draft(vote, **dict.fromkeys(SIGNERS, "")))
    with pytest.raises(ManyRefusals) as refused:
        deciding.sign(session, vote.head, vote.poll)
    assert fields_of(refused) == list(SIGNERS)
    assert vote.poll.status == "counted" and decision(session, vote).signed_at is None


def test_a_resolution_only_of_what_passed(session: Session) -> None:
    vote = counted(session, 5, 3, absent=0)
    assert deciding.write(session, vote.head, vote.poll, draft(vote, form="nghi_quyet")).form == "nghi_quyet"


@pytest.mark.parametrize("form", ["nghi_quyet", "ghi_nho", "thoa_thuan"])
def test_asking_for_consent_ends_in_minutes(session: Session, form: str) -> None:
    vote = counted(session, 5, 3, absent=0, kind="online_consent")
    with pytest.raises(ManyRefusals) as refused:
        deciding.write(session, vote.head, vote.poll, draft(vote, form=form))
    assert fields_of(refused) == ["form"]
    assert deciding.write(session, vote.head, vote.poll, draft(vote)).form == "bien_ban"


# -------------------------------------------------------------------------------------------------- signing


def test_four_signatures_make_the_decision(session: Session) -> None:
    vote = decided(session, 5, 3, absent=0)
    assert vote.poll.status == "decided" and decision(session, vote).signed_at is not None
    (body,) = leaves(session, vote.poll)
    assert (body["form"], body["number"], len(body["sha256"])) == ("nghi_quyet", "02/NQ-KP6", 64)


@pytest.mark.parametrize("missing", SIGNERS)
def test_each_of_the_four_is_needed(session: Session, missing: str) -> None:
    vote = written(session, 4, 3)
    deciding.write(session, vote.head, vote.poll, draft(vote, **{missing: ""}))
    with pytest.raises(ManyRefusals) as refused:
        deciding.sign(session, vote.head, vote.poll)
    assert fields_of(refused) == [missing]
    with pytest.raises(ManyRefusals):
        deciding.send(session, vote.head, vote.poll, places=[])


def test_a_document_emptied_behind_our_back_is_not_signed(session: Session) -> None:
    vote = written(session, 4, 3)
    decision(session, vote).conclusion = ""
    session.flush()
    with pytest.raises(ManyRefusals) as refused:
        deciding.sign(session, vote.head, vote.poll)
    assert fields_of(refused) == ["conclusion"]


def test_signed_once(session: Session) -> None:
    vote = decided(session, 4, 3)
    signed_at = decision(session, vote).signed_at
    with pytest.raises(WrongMoment, match="đã được ký"):
        deciding.sign(session, vote.front, vote.poll)
    assert decision(session, vote).signed_at == signed_at and len(leaves(session, vote.poll)) == 1


def test_nothing_to_sign_before_it_is_written(session: Session) -> None:
    for vote in (voting(session, 3), counted(session, 4, 3)):
        with pytest.raises(WrongMoment, match="Chưa lập văn bản"):
            deciding.sign(session, vote.head, vote.poll)


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.OVERSEER, Role.COMMUNE_OFFICER])
def test_only_those_who_write_note_the_signing(session: Session, role: Role) -> None:
    vote = written(session, 4, 3)
    with pytest.raises(Forbidden):
        deciding.sign(session, make_actor(session, role, vote.area), vote.poll)


# --------------------------------------------------------------------------------------- sending, receiving


def test_sent_to_both_once_and_received_once(session: Session) -> None:
    vote = decided(session, 4, 3)
    deciding.send(session, vote.head, vote.poll, places=["loudspeaker", "board", "board"])
    sent = decision(session, vote)
    assert sent.sent_committee_at == sent.sent_front_at and sent.sent_committee_at is not None
    assert sent.posted_places == ["board", "loudspeaker"] and sent.sent_by == vote.head.account_id
    with pytest.raises(ManyRefusals) as refused:
        deciding.send(session, vote.head, vote.poll, places=[])
    assert "đã gửi" in str(refused.value.problems[0])
    assert decision(session, vote).posted_places == ["board", "loudspeaker"]
    deciding.receive(session, vote.officer, vote.poll)
    with pytest.raises(WrongMoment, match="một lần"):
        deciding.receive(session, vote.officer, vote.poll)


def test_an_unsigned_decision_is_not_sent(session: Session) -> None:
    vote = written(session, 4, 3)
    with pytest.raises(ManyRefusals) as refused:
        deciding.send(session, vote.head, vote.poll, places=["board"])
    assert "bốn chữ ký" in str(refused.value.problems[0])
    with pytest.raises(WrongMoment):
        deciding.receive(session, vote.officer, vote.poll)


def test_nothing_is_sent_or_received_before_it_is_written(session: Session) -> None:
    vote = counted(session, 4, 3)
    with pytest.raises(WrongMoment, match="Chưa lập"):
        deciding.send(session, vote.head, vote.poll, places=[])
    with pytest.raises(WrongMoment, match="Chưa lập"):
        deciding.receive(session, vote.officer, vote.poll)


def test_an_unknown_place_is_refused_and_nothing_is_sent(session: Session) -> None:
    vote = decided(session, 4, 3)
    with pytest.raises(Refusal) as refused:
        deciding.send(session, vote.head, vote.poll, places=["board", "facebook"])
    assert refused.value.field == "places"
    assert decision(session, vote).sent_committee_at is None


def test_who_sends_and_who_receives(session: Session) -> None:
    vote = decided(session, 4, 3)
    for by in (vote.front, vote.officer, vote.overseer):
        with pytest.raises(Forbidden):
            deciding.send(session, by, vote.poll, places=[])
    deciding.send(session, vote.head, vote.poll, places=[])
    for by in (vote.head, vote.front, vote.overseer):
        with pytest.raises(Forbidden):
            deciding.receive(session, by, vote.poll)


def test_late_sending_is_recorded_all_the_same(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = decided(session, 4, 3)
    later = clock.now() + timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    deciding.send(session, vote.head, vote.poll, places=[])
    assert decision(session, vote).sent_committee_at == later


# ------------------------------------------------------------------------------------- consent to vote online


@pytest.mark.parametrize(("agree", "absent", "enough"), [(4, 3, True), (3, 3, False), (3, 4, False)])
def test_a_counted_consent_is_what_the_decision_poll_reads(
    session: Session, agree: int, absent: int, enough: bool
) -> None:
    vote = counted(session, agree, absent=absent, kind="online_consent")
    scene = make_scene(session, households=0)
    scene.area, scene.head = vote.area, vote.head
    facts = consent_facts(session, new_poll(scene), vote.poll)
    assert facts.about_this_area and facts.counted
    assert (2 * facts.agreed > facts.total) is enough


def test_an_uncounted_consent_says_nothing(session: Session) -> None:
    vote = ended(session, 4, kind="online_consent")
    vote.release(vote.head)
    scene = make_scene(session, households=0)
    scene.area, scene.head = vote.area, vote.head
    assert not consent_facts(session, new_poll(scene), vote.poll).counted


def test_every_step_is_on_record(session: Session) -> None:
    vote = decided(session, 4, 3, ["một"])
    deciding.publish_opinions(session, vote.head, vote.poll, {1})
    deciding.send(session, vote.head, vote.poll, places=["board"])
    deciding.receive(session, vote.officer, vote.poll)
    query = select(AuditEntry.action).where(AuditEntry.subject_id == str(vote.poll.id)).order_by(AuditEntry.id)
    steps = ("decision.write", "decision.sign", "opinions.publish", "decision.send", "decision.receive")
    assert session.scalars(query).all()[-5:] == [f"polls.{step}" for step in steps]
