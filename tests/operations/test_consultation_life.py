"""From publication to the adopted text: what each act changes, records and refuses."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.models import Consultation, ConsultationChange, Piece
from app.consultations.operations.adopting import adopt
from app.consultations.operations.changing import correct, extend, withdraw
from app.consultations.operations.opening import publish
from app.consultations.queries.preparation import changes_of, waiting_version
from app.consultations.rules.phases import Phase, phase
from app.core import clock
from app.core.db import database_now
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.lib.calendar import local_day
from app.publication.models import Posting
from tests.support.cast import in_days, make_actor, make_commune
from tests.support.consultations import make_consultation, make_version

REASON = "Nhiều hộ chưa kịp đọc dự thảo."


def made(session: Session, wanted: Phase = Phase.PREPARING, **values: Any) -> tuple[Consultation, Actor]:
    consultation = make_consultation(session, make_commune(session), phase=wanted, **values)
    return consultation, make_actor(session, Role.COMMUNE_OFFICER, consultation.area)


def refused(act: Callable[[], object]) -> list[str]:
    """The sentences of a refusal of several things."""
    with pytest.raises(ManyRefusals) as refusal:
        act()
    return [str(problem) for problem in refusal.value.problems]


def recorded(session: Session, consultation: Consultation, action: str) -> dict[str, Any]:
    query = select(AuditEntry).filter_by(action=f"consultations.consultation.{action}")
    return session.scalars(query.filter_by(subject_id=str(consultation.id))).one().detail


# ----------------------------------------------------------------------------------------------- publication


def test_opening_publishes_the_newest_text_and_posts_it(session: Session) -> None:
    draft, officer = made(session, articles=2)
    newest = make_version(session, draft, articles=4)
    publish(session, officer, draft, 1)
    now = database_now(session)
    assert (draft.status, draft.version, draft.opened_by) == ("opened", 2, officer.account_id)
    assert newest.published_at == draft.opened_at and draft.opened_at and now - draft.opened_at < timedelta(minutes=1)
    assert [version.published_at is None for version in (newest, waiting_version(session, draft)) if version] == [False]
    assert phase(draft, now) is Phase.UPCOMING
    posting = session.scalars(select(Posting).filter_by(source=f"consultation:{draft.public_id}")).one()
    assert posting.title == f"Dự thảo lấy ý kiến Nhân dân: {draft.title}"
    assert recorded(session, draft, "open")["draft"] == 2


def test_the_answer_is_due_so_many_working_days_after_the_end(session: Session) -> None:
    draft, officer = made(session)
    publish(session, officer, draft, 1)
    assert draft.answer_due_on and draft.closes_at
    # Fifteen working days are three weeks, less the days off on which it may end.
    assert timedelta(days=19) <= draft.answer_due_on - local_day(draft.closes_at) <= timedelta(days=21)


def test_everything_that_is_missing_is_said_at_once(session: Session) -> None:
    draft, officer = made(session, articles=0, phone="", summary="", front_sent_on=None)
    assert len(refused(lambda: publish(session, officer, draft, 1))) == 4
    assert draft.status == "preparing" and session.query(Posting).count() == 0


def test_nineteen_days_are_not_opened_and_twenty_are(session: Session) -> None:
    opens = in_days(2)
    short, officer = made(session, opens_at=opens, closes_at=opens + timedelta(days=19))
    [sentence] = refused(lambda: publish(session, officer, short, 1))
    assert sentence.startswith("Phải lấy ý kiến ít nhất 20 ngày")
    exact, officer = made(session, opens_at=opens, closes_at=opens + timedelta(days=20))
    publish(session, officer, exact, 1)
    assert exact.status == "opened"


def test_a_text_without_a_word_is_not_put_before_anybody(session: Session) -> None:
    draft, officer = made(session, articles=2)
    for piece in session.scalars(select(Piece).filter_by(article_anchor="dieu-2")):
        piece.heading = piece.text = ""
    session.flush()
    assert refused(lambda: publish(session, officer, draft, 1)) == [
        "Có 1 điều không có chữ nào. Xem lại cách chia văn bản."
    ]


def test_opening_is_for_the_officer_once_and_of_what_they_saw(session: Session) -> None:
    draft, officer = made(session)
    for role in (Role.OVERSEER, Role.MODERATOR, Role.COMMUNE_ADMIN, Role.PROVINCE_ADMIN):
        with pytest.raises(Forbidden):
            publish(session, make_actor(session, role, draft.area), draft, 1)
    with pytest.raises(Forbidden):
        publish(session, make_actor(session, Role.COMMUNE_OFFICER, make_commune(session)), draft, 1)
    with pytest.raises(WrongMoment, match="vừa được sửa"):
        publish(session, officer, draft, 7)
    publish(session, officer, draft, 1)
    with pytest.raises(WrongMoment, match="cố định"):
        publish(session, officer, draft, 2)


# ------------------------------------------------------------------------------------------------- extension


def test_an_extension_moves_the_end_later_for_everybody_to_see(session: Session) -> None:
    opened, officer = made(session, Phase.OPEN)
    before = opened.closes_at
    assert before
    extend(session, officer, opened, new_closes_at=before + timedelta(days=10), reason=REASON)
    [change] = changes_of(session, opened)
    assert (change.kind, change.old_closes_at, change.new_closes_at) == ("extended", before, opened.closes_at)
    assert change.reason == REASON and opened.closes_at == before + timedelta(days=10)
    assert opened.answer_due_on and opened.answer_due_on > local_day(opened.closes_at)
    assert recorded(session, opened, "extend")["reason"] == REASON


def test_an_end_is_never_moved_earlier_nor_after_it_has_come(session: Session) -> None:
    opened, officer = made(session, Phase.OPEN)
    assert opened.closes_at
    for new in (None, opened.closes_at, opened.closes_at - timedelta(seconds=1)):
        assert len(refused(partial(extend, session, officer, opened, new_closes_at=new, reason=REASON))) == 1
    assert len(refused(lambda: extend(session, officer, opened, new_closes_at=in_days(90), reason="vì"))) == 1
    for over in (Phase.PREPARING, Phase.CLOSED, Phase.ANSWERED, Phase.ADOPTED, Phase.WITHDRAWN):
        other, officer = made(session, over)
        assert len(refused(partial(extend, session, officer, other, new_closes_at=in_days(90), reason=REASON))) == 1
    assert session.query(ConsultationChange).count() == 0


# ------------------------------------------------------------------------------------------------ correction


def test_a_correction_publishes_the_new_text_beside_the_old(session: Session) -> None:
    opened, officer = made(session, Phase.OPEN)
    [old] = session.scalars(select(Piece.version_id).distinct())
    new = make_version(session, opened, published_at=None)
    correct(session, officer, opened, reason="Sửa mức đóng góp ở Điều 2.")
    assert new.published_at and new.id != old
    assert [change.kind for change in changes_of(session, opened)] == ["corrected"]
    assert recorded(session, opened, "correct")["draft"] == 2
    assert len(refused(lambda: correct(session, officer, opened, reason=REASON))) == 1


def test_a_correction_needs_a_text_a_reason_and_days_to_read_it(session: Session) -> None:
    opened, officer = made(session, Phase.OPEN)
    assert refused(lambda: correct(session, officer, opened, reason=REASON)) == ["Tải văn bản mới lên trước."]
    make_version(session, opened, published_at=None)
    assert len(refused(lambda: correct(session, officer, opened, reason=""))) == 1
    opened.closes_at = in_days(4)
    session.flush()
    [sentence] = refused(lambda: correct(session, officer, opened, reason=REASON))
    assert "ít nhất 5 ngày" in sentence


# ------------------------------------------------------------------------------------------------ withdrawal


@pytest.mark.parametrize("wanted", [Phase.UPCOMING, Phase.OPEN, Phase.CLOSED])
def test_a_draft_is_withdrawn_with_a_reason_that_stays_to_be_read(session: Session, wanted: Phase) -> None:
    opened, officer = made(session, wanted)
    withdraw(session, officer, opened, reason=REASON)
    assert (opened.status, opened.withdraw_reason) == ("withdrawn", REASON)
    assert [change.kind for change in changes_of(session, opened)] == ["withdrawn"]
    assert recorded(session, opened, "withdraw")["reason"] == REASON


def test_one_that_was_never_published_is_given_up_quietly(session: Session) -> None:
    draft, officer = made(session)
    withdraw(session, officer, draft, reason="Cơ quan soạn thảo làm lại.")
    assert draft.status == "withdrawn" and changes_of(session, draft) == []
    assert recorded(session, draft, "discard")


@pytest.mark.parametrize("wanted", [Phase.ANSWERED, Phase.ADOPTED, Phase.WITHDRAWN])
def test_nothing_is_withdrawn_once_it_was_answered_or_twice(session: Session, wanted: Phase) -> None:
    over, officer = made(session, wanted)
    assert len(refused(lambda: withdraw(session, officer, over, reason=REASON))) == 1


def test_after_publication_every_act_needs_the_right(session: Session) -> None:
    opened, _officer = made(session, Phase.OPEN)
    for role in (Role.OVERSEER, Role.MODERATOR, Role.COMMUNE_ADMIN):
        by = make_actor(session, role, opened.area)
        for act in (
            partial(extend, session, by, opened, new_closes_at=in_days(90), reason=REASON),
            partial(correct, session, by, opened, reason=REASON),
            partial(withdraw, session, by, opened, reason=REASON),
            partial(adopt, session, by, opened, number="12/NQ", adopted_on=clock.today()),
        ):
            with pytest.raises(Forbidden):
                act()


def test_a_reason_with_characters_nobody_sees_is_refused(session: Session) -> None:
    opened, officer = made(session, Phase.OPEN)
    with pytest.raises(Refusal) as refusal:
        withdraw(session, officer, opened, reason="Lý do có ký tự \u200b lạ")
    assert refusal.value.field == "reason"


# -------------------------------------------------------------------------------------------------- adoption


def test_the_adopted_text_stands_beside_the_draft_with_number_and_day(session: Session) -> None:
    answered, officer = made(session, Phase.ANSWERED)
    final = make_version(session, answered, purpose="final", published_at=None)
    adopt(session, officer, answered, number=" 12/2026/NQ-HĐND ", adopted_on=clock.today())
    assert (answered.status, answered.adopted_number) == ("adopted", "12/2026/NQ-HĐND")
    assert answered.adopted_on == clock.today() and final.published_at == answered.adopted_at
    posting = session.scalars(select(Posting).filter_by(source=f"consultation:{answered.public_id}")).one()
    assert (posting.number, posting.signed_on, posting.permanent) == ("12/2026/NQ-HĐND", clock.today(), True)
    assert recorded(session, answered, "adopt")["adopted_number"] == "12/2026/NQ-HĐND"
    with pytest.raises(ManyRefusals):
        adopt(session, officer, answered, number="13/NQ", adopted_on=clock.today())


def test_adoption_waits_for_the_answer_the_text_its_number_and_its_day(session: Session) -> None:
    answered, officer = made(session, Phase.ANSWERED)
    assert len(refused(lambda: adopt(session, officer, answered, number=" ", adopted_on=None))) == 3
    closed, officer = made(session, Phase.CLOSED)
    make_version(session, closed, purpose="final", published_at=None)
    [sentence] = refused(lambda: adopt(session, officer, closed, number="12/NQ", adopted_on=clock.today()))
    assert sentence.startswith("Công khai bảng tiếp thu, giải trình trước")
