"""Answers: given to somebody, drafted, approved by another person, published with all the others at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.contact import sealed_phone
from app.consultations.models import Answer
from app.consultations.operations import answering, grouping
from app.consultations.operations.publishing_answers import publish
from app.consultations.queries.answers import drafters, lateness, problems, row_of, table
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, NotFound, Refusal, WrongMoment
from app.core.permissions import Role
from app.notifications.models import Message
from app.publication.models import Posting
from tests.support.cast import make_account, make_actor, make_area, make_commune, make_grant
from tests.support.jobs import run_jobs
from tests.support.opinions import WRITTEN, Answering, answer_all, make_answering, make_group, make_opinion

FEE = "Đề nghị hạ mức phí vệ sinh cho hộ có người già."


@pytest.fixture
def made(session: Session) -> Answering:
    found = make_answering(session)
    make_opinion(session, found.consultation, FEE)
    return found


def drafted(made: Answering, key: str = "dieu-1") -> Answer:
    row = row_of(made.session, made.consultation, key)
    version = row.answer.version if row and row.answer else 0
    return answering.draft(made.session, made.drafter, made.consultation, key, WRITTEN, version=version)


def test_rows_come_in_the_order_of_the_draft_with_their_counts(made: Answering) -> None:
    session, consultation = made.session, made.consultation
    make_opinion(session, consultation, FEE, article_anchor="dieu-3")
    make_opinion(session, consultation, "Rất tốt.", article_anchor="", stance="other")
    small = make_group(made, [FEE], title="Nhóm nhỏ")
    large = make_group(made, [FEE], title="Nhóm lớn", source="meeting", weight=30)
    make_opinion(session, consultation, visible=False, article_anchor="dieu-2")
    make_opinion(session, consultation, article_anchor="dieu-2")
    rows = [(row.section.key, row.section.entries, row.section.people) for row in table(session, consultation)]
    assert rows == [
        ("chung", 1, 1),
        (f"nhom-{large.id}", 1, 30),
        (f"nhom-{small.id}", 1, 1),
        ("dieu-1", 1, 1),
        ("dieu-2", 1, 1),
        ("dieu-3", 1, 1),
    ]
    assert [row.section.needs_answer for row in table(session, consultation)] == [True, True, True, True, False, True]


def test_an_answer_is_drafted_by_one_and_approved_by_another(made: Answering) -> None:
    answer = drafted(made)
    assert (answer.status, answer.drafted_by, answer.approved_by) == ("drafted", made.drafter.account_id, None)
    with pytest.raises(Forbidden, match="khác người soạn"):
        answering.approve(made.session, made.drafter, made.consultation, "dieu-1", version=answer.version)
    answering.approve(made.session, made.approver, made.consultation, "dieu-1", version=answer.version)
    assert (answer.status, answer.approved_by) == ("approved", made.approver.account_id)
    actions = [entry.action for entry in made.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions[-2:] == ["consultations.answer.draft", "consultations.answer.approve"]


def test_whoever_rewrote_it_is_the_drafter(made: Answering) -> None:
    answer = drafted(made)
    answering.draft(made.session, made.approver, made.consultation, "dieu-1", WRITTEN, version=answer.version)
    with pytest.raises(Forbidden):
        answering.approve(made.session, made.approver, made.consultation, "dieu-1", version=answer.version)


def test_only_what_was_read_is_approved(made: Answering) -> None:
    answer = drafted(made)
    read = answer.version
    drafted(made)
    with pytest.raises(WrongMoment, match="vừa sửa"):
        answering.approve(made.session, made.approver, made.consultation, "dieu-1", version=read)
    with pytest.raises(WrongMoment, match="vừa sửa"):
        answering.draft(made.session, made.approver, made.consultation, "dieu-1", WRITTEN, version=read)


def test_an_approved_answer_is_not_rewritten(made: Answering) -> None:
    answer_all(made)
    row = row_of(made.session, made.consultation, "dieu-1")
    assert row is not None and row.answer is not None
    with pytest.raises(WrongMoment, match="đã duyệt"):
        drafted(made)
    with pytest.raises(WrongMoment, match="chờ duyệt"):
        answering.approve(made.session, made.approver, made.consultation, "dieu-1", version=row.answer.version)


def test_a_draft_sent_back_keeps_its_words_and_the_reason(made: Answering) -> None:
    answer = drafted(made)
    version = answer.version
    with pytest.raises(Refusal) as refused:
        answering.send_back(made.session, made.approver, made.consultation, "dieu-1", version=version, reason="Chưa rõ")
    assert refused.value.field == "reason"
    reason = "Chưa nói rõ vì sao không bỏ hẳn khoản phí."
    answering.send_back(made.session, made.approver, made.consultation, "dieu-1", version=version, reason=reason)
    assert (answer.status, answer.returned_note, answer.text) == ("assigned", reason, WRITTEN.text)
    assert drafted(made).returned_note == ""


def test_who_drafted_does_not_send_back(made: Answering) -> None:
    answer = drafted(made)
    with pytest.raises(Forbidden):
        answering.send_back(
            made.session, made.drafter, made.consultation, "dieu-1", version=answer.version, reason="Cần viết thêm."
        )


def test_an_approval_is_taken_back_with_a_reason(made: Answering) -> None:
    answer_all(made)
    answer = made.session.query(Answer).one()
    answering.unapprove(
        made.session, made.approver, made.consultation, "dieu-1", version=answer.version, reason="Sai số điều khoản."
    )
    assert (answer.status, answer.approved_by, answer.approved_at) == ("drafted", None, None)
    with pytest.raises(WrongMoment, match="chưa được duyệt"):
        answering.unapprove(
            made.session, made.approver, made.consultation, "dieu-1", version=answer.version, reason="Sai số điều."
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"outcome": "no"}, "outcome"),
        ({"text": ""}, "text"),
        ({"outcome": "explained", "text": "Không."}, "text"),
    ],
)
def test_a_draft_must_be_whole(made: Answering, change: dict[str, str], field: str) -> None:
    with pytest.raises(ManyRefusals) as refused:
        written = replace(WRITTEN, **change)
        answering.draft(made.session, made.drafter, made.consultation, "dieu-1", written, version=0)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_hidden_characters_and_long_places_are_refused(made: Answering) -> None:
    for change, field in (
        ({"text": "Hạ phí \u202enhé các ông bà nhé."}, "text"),
        ({"final_place": "x" * 201}, "final_place"),
    ):
        with pytest.raises(Refusal) as refused:
            written = replace(WRITTEN, **change)
            answering.draft(made.session, made.drafter, made.consultation, "dieu-1", written, version=0)
        assert refused.value.field == field


def test_a_row_nobody_spoke_about_is_not_answered(made: Answering) -> None:
    for key in ("dieu-2", "dieu-99", "nhom-999", "chung"):
        with pytest.raises(NotFound):
            drafted(made, key)


def test_a_row_is_given_to_who_may_draft_with_a_day_to_come(made: Answering) -> None:
    session, consultation = made.session, made.consultation
    assert {one.id for one in drafters(session, consultation)} == {made.drafter.account_id, made.approver.account_id}
    stranger = make_account(session)
    make_grant(session, stranger, Role.COMMUNE_OFFICER, make_commune(session, name="Phường Bình Dương"))
    today = clock.today()
    with pytest.raises(Refusal) as refused:
        answering.assign(session, made.drafter, consultation, "dieu-1", account_id=stranger.id, due_on=None)
    assert refused.value.field == "assigned_to"
    given = made.approver.account_id or 0
    with pytest.raises(Refusal) as refused:
        answering.assign(
            session, made.drafter, consultation, "dieu-1", account_id=given, due_on=today - timedelta(days=1)
        )
    assert refused.value.field == "due_on"
    answer = answering.assign(session, made.drafter, consultation, "dieu-1", account_id=given, due_on=today)
    assert (answer.status, answer.assigned_to, answer.due_on) == ("assigned", given, today)


@pytest.mark.parametrize("role", [Role.COMMUNE_ADMIN, Role.MODERATOR, Role.OVERSEER])
def test_only_officers_answer(made: Answering, role: Role) -> None:
    stranger = make_actor(made.session, role, made.area)
    version = drafted(made).version
    acts = [
        lambda: answering.draft(made.session, stranger, made.consultation, "dieu-1", WRITTEN, version=version),
        lambda: answering.approve(made.session, stranger, made.consultation, "dieu-1", version=version),
        lambda: publish(made.session, stranger, made.consultation),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_the_head_of_an_area_does_not_answer_for_the_commune(made: Answering) -> None:
    head = make_actor(made.session, Role.AREA_HEAD, make_area(made.session, made.area))
    with pytest.raises(Forbidden):
        answering.draft(made.session, head, made.consultation, "dieu-1", WRITTEN, version=0)


def test_nothing_is_published_while_one_row_is_missing(made: Answering) -> None:
    make_opinion(made.session, made.consultation, FEE, article_anchor="dieu-2")
    drafted(made)
    with pytest.raises(ManyRefusals) as refused:
        publish(made.session, made.approver, made.consultation)
    said = [str(problem) for problem in refused.value.problems]
    assert len(said) == 2 and said[0].startswith("Điều 1") and said[1].startswith("Điều 2")
    assert made.consultation.status == "opened"
    assert made.session.query(Posting).count() == 0
    assert {answer.entries for answer in made.session.query(Answer)} == {0}


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.UPCOMING])
def test_nothing_is_published_before_the_end(session: Session, phase: Phase) -> None:
    made = make_answering(session, phase=phase)
    make_opinion(session, made.consultation, FEE)
    answer_all(made)
    with pytest.raises(WrongMoment, match="hết hạn góp ý"):
        publish(session, made.approver, made.consultation)


def test_what_came_after_the_approval_is_read_first(made: Answering) -> None:
    answer_all(made)
    make_opinion(made.session, made.consultation, FEE + " Mong phường xem xét.", received_at=clock.now())
    assert [one.key for one in problems(made.session, made.consultation)] == ["newer"]


def test_the_whole_table_is_published_at_once(app: Flask, made: Answering) -> None:
    make_group(made, [FEE, FEE], source="meeting", weight=20)
    answer_all(made)
    publish(made.session, made.approver, made.consultation)
    assert (made.consultation.status, made.consultation.answered_by) == ("answered", made.approver.account_id)
    counted = [(one.position, one.entries, one.people) for one in made.session.query(Answer).order_by(Answer.position)]
    assert counted == [(1, 2, 40), (2, 1, 1)]
    assert made.session.query(Posting).filter_by(area_id=made.area.id).count() == 1
    entry = made.session.query(AuditEntry).filter_by(action="consultations.answers.publish").one()
    assert entry.detail == {"rows": 2, "opinions": 3, "people": 41, "late_rows": 0, "late_days": 0}


def test_a_published_table_stands(made: Answering) -> None:
    answer_all(made)
    publish(made.session, made.approver, made.consultation)
    answer = made.session.query(Answer).one()
    group = lambda: grouping.ask(made.session, made.drafter, made.consultation)  # noqa: E731
    write = lambda: answering.draft(made.session, made.drafter, made.consultation, "dieu-1", WRITTEN, version=2)  # noqa: E731
    reopen = lambda: answering.unapprove(  # noqa: E731
        made.session, made.approver, made.consultation, "dieu-1", version=answer.version, reason="Viết lại cho rõ."
    )
    again = lambda: publish(made.session, made.approver, made.consultation)  # noqa: E731
    for act in (group, write, reopen, again):
        with pytest.raises(WrongMoment, match="đã công bố"):
            act()


def test_everybody_who_left_a_phone_is_told_once(app: Flask, made: Answering) -> None:
    keyring = app.extensions["danban"].keyring
    for number in range(3):
        comment = make_opinion(made.session, made.consultation, FEE)
        comment.phone = sealed_phone(keyring, f"091234567{number}", comment.code)
    answer_all(made)
    publish(made.session, made.approver, made.consultation)
    made.session.commit()
    run_jobs(app)
    made.session.expire_all()
    messages = made.session.query(Message).all()
    assert len(messages) == 3
    codes = [comment.code for comment in made.session.query(type(comment))]
    for message in messages:
        assert message.path == f"/gop-y/{made.consultation.public_id}/tra-loi"
        assert not any(code in message.text + message.short_text for code in codes)
        assert FEE not in message.text and message.short_text.isascii()


def test_late_tables_are_counted(made: Answering) -> None:
    today = clock.today()
    made.consultation.answer_due_on = today - timedelta(days=4)
    made.session.flush()
    here = [made.area.path]
    assert (lateness(made.session, here, today).overdue, lateness(made.session, here, today).published_late) == (1, 0)
    answer_all(made)
    publish(made.session, made.approver, made.consultation)
    found = lateness(made.session, here, today)
    assert (found.overdue, found.published_late) == (0, 1)
    entry = made.session.query(AuditEntry).filter_by(action="consultations.answers.publish").one()
    assert entry.detail["late_days"] == 4
    assert lateness(made.session, [make_commune(made.session).path], today).published_late == 0
