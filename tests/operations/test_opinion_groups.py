"""Groups of opinions: suggested by the service, decided by people, never changed behind their backs."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.models import Comment, OpinionGroup
from app.consultations.operations import answering, grouping
from app.consultations.queries.answers import table
from app.consultations.queries.opinions import excerpts, group_tallies, groups, tallies, total
from app.consultations.rules.grouping import Cluster
from app.consultations.rules.phases import Phase
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Role
from app.jobs.queries import latest
from tests.support.cast import make_actor
from tests.support.jobs import run_jobs
from tests.support.opinions import WRITTEN, Answering, answer_all, make_answering, make_group, make_opinion

FEE = "Đề nghị hạ mức phí vệ sinh cho hộ có người già và hộ nghèo trong khu phố."
LIGHT = "Nên lắp thêm đèn đường ở hẻm 12 vì ban đêm trẻ em đi học về rất tối."


@pytest.fixture
def made(session: Session) -> Answering:
    return make_answering(session)


def suggested(made: Answering, app: Flask) -> list[set[int]]:
    grouping.ask(made.session, made.drafter, made.consultation)
    made.session.commit()
    run_jobs(app)
    made.session.expire_all()
    found = [group for group in groups(made.session, made.consultation.id) if group.status == "suggested"]
    return [members(made.session, group) for group in found]


def members(session: Session, group: OpinionGroup) -> set[int]:
    return {comment.id for comment in session.query(Comment).filter_by(group_id=group.id)}


def opinions(made: Answering, *texts: str, **values: object) -> list[int]:
    return [make_opinion(made.session, made.consultation, text, **values).id for text in texts]


def test_the_same_text_is_suggested_as_a_group(app: Flask, made: Answering) -> None:
    same = opinions(made, FEE, FEE.upper(), FEE.removesuffix("."))
    opinions(made, LIGHT)
    assert suggested(made, app) == [set(same)]
    (group,) = groups(made.session, made.consultation.id)
    assert (group.why, group.title, group.decided_by) == ("same_text", "", None)
    assert excerpts(made.session, [group.id]) == {group.id: FEE}


def test_what_is_almost_the_same_is_said_to_be_so(app: Flask, made: Answering) -> None:
    near = opinions(made, FEE, "Kính thưa ủy ban. " + FEE)
    assert suggested(made, app) == [set(near)]
    assert groups(made.session, made.consultation.id)[0].why == "similar_text"


def test_groups_stay_inside_one_article(app: Flask, made: Answering) -> None:
    opinions(made, FEE)
    opinions(made, FEE, article_anchor="dieu-2")
    assert suggested(made, app) == []


def test_hidden_and_covered_texts_are_not_compared(app: Flask, made: Answering) -> None:
    opinions(made, FEE)
    opinions(made, FEE, visible=False)
    covered = make_opinion(made.session, made.consultation, FEE)
    covered.shown_text = "Đề nghị ▇▇▇▇ xem lại."
    assert suggested(made, app) == []


def test_progress_is_told_and_asking_twice_is_one_work(app: Flask, made: Answering) -> None:
    opinions(made, FEE, FEE)
    first = grouping.ask(made.session, made.drafter, made.consultation)
    assert grouping.ask(made.session, made.drafter, made.consultation).id == first.id
    made.session.commit()
    run_jobs(app)
    made.session.expire_all()
    job = latest(made.session, grouping.job_key(made.consultation.id))
    assert job is not None
    assert (job.status, job.done, job.total, job.result) == ("done", 2, 2, {"groups": 1, "texts": 2})


def test_suggesting_again_replaces_suggestions_and_leaves_decisions(app: Flask, made: Answering) -> None:
    kept = set(opinions(made, FEE, FEE))
    gone = set(opinions(made, LIGHT, LIGHT))
    assert sorted(map(sorted, suggested(made, app))) == sorted(map(sorted, [kept, gone]))
    for group in groups(made.session, made.consultation.id):
        if members(made.session, group) == kept:
            grouping.accept(made.session, made.drafter, made.consultation, group, "Hạ mức phí")
        else:
            grouping.dissolve(made.session, made.drafter, made.consultation, group)
    new = set(opinions(made, FEE, FEE))
    opinions(made, LIGHT)
    assert suggested(made, app) == [new]
    (accepted,) = (group for group in groups(made.session, made.consultation.id) if group.status == "accepted")
    assert members(made.session, accepted) == kept
    assert suggested(made, app) == [new]


def test_a_group_accepted_while_others_are_sought_is_left_alone(made: Answering) -> None:
    first, second, third = opinions(made, FEE, FEE, FEE)
    cluster = [Cluster(first, (first, second, third), same_text=True)]
    started = grouping.start(made.session, made.drafter, made.consultation, made.session.get_one(Comment, first), "Phí")
    assert grouping.suggest(made.session, made.consultation, "dieu-1", cluster) == 1
    made.session.expire_all()
    assert members(made.session, started) == {first}
    assert grouping.suggest(made.session, made.consultation, "dieu-1", cluster) == 1
    alone = [Cluster(first, (first, second), same_text=True)]
    assert grouping.suggest(made.session, made.consultation, "dieu-1", alone) == 0
    made.session.expire_all()
    assert made.session.get_one(Comment, second).group_id is None


def test_people_and_entries_are_counted_apart(made: Answering) -> None:
    opinions(made, FEE, source="meeting", weight=40)
    opinions(made, FEE, "")
    opinions(made, LIGHT, visible=False)
    tally = total(tallies(made.session, made.consultation.id))
    assert (tally.total.entries, tally.total.people, tally.hidden) == (3, 42, 1)
    assert (tally.stances["change"].people, tally.stances["agree"].people) == (41, 1)


def test_merging_moves_everything_and_leaves_one(made: Answering) -> None:
    one, other = make_group(made, [FEE, FEE]), make_group(made, [LIGHT], title="Đèn đường")
    answering.assign(
        made.session, made.drafter, made.consultation, f"nhom-{other.id}", account_id=made.drafter.account_id or 0,
        due_on=None,
    )  # fmt: skip
    grouping.merge(made.session, made.drafter, made.consultation, one, other)
    made.session.expire_all()
    assert [group.title for group in groups(made.session, made.consultation.id)] == ["Hạ mức phí"]
    assert group_tallies(made.session, made.consultation.id)[one.id].total.entries == 3
    assert made.session.query(AuditEntry).filter_by(action="consultations.group.merge").count() == 1


def test_only_groups_of_one_article_are_merged(made: Answering) -> None:
    one, other = make_group(made, [FEE]), make_group(made, [FEE], article_anchor="dieu-2")
    for second in (one, other):
        with pytest.raises(Refusal, match="cùng một điều"):
            grouping.merge(made.session, made.drafter, made.consultation, one, second)


def test_a_comment_goes_only_into_an_accepted_group_of_its_article(app: Flask, made: Answering) -> None:
    group = make_group(made, [FEE])
    elsewhere = make_opinion(made.session, made.consultation, FEE, article_anchor="dieu-2")
    with pytest.raises(Refusal, match="cùng một điều"):
        grouping.move(made.session, made.drafter, made.consultation, elsewhere, group)
    opinions(made, LIGHT, LIGHT)
    suggested(made, app)
    (waiting,) = (one for one in groups(made.session, made.consultation.id) if one.status == "suggested")
    alone = make_opinion(made.session, made.consultation, "Một ý khác hẳn, không giống ai.")
    with pytest.raises(WrongMoment, match="chưa được duyệt"):
        grouping.move(made.session, made.drafter, made.consultation, alone, waiting)
    grouping.move(made.session, made.drafter, made.consultation, alone, group)
    assert alone.group_id == group.id
    grouping.move(made.session, made.drafter, made.consultation, alone, None)
    assert alone.group_id is None


def test_what_an_approved_answer_is_about_does_not_change(made: Answering) -> None:
    group = make_group(made, [FEE, FEE])
    alone = make_opinion(made.session, made.consultation, LIGHT)
    answer_all(made)
    acts = [
        lambda: grouping.move(made.session, made.drafter, made.consultation, alone, group),
        lambda: grouping.start(made.session, made.drafter, made.consultation, alone, "Đèn đường"),
        lambda: grouping.dissolve(made.session, made.drafter, made.consultation, group),
    ]
    for act in acts:
        with pytest.raises(WrongMoment, match="đã được duyệt|đã duyệt"):
            act()
    assert [row.section.entries for row in table(made.session, made.consultation)] == [2, 1]


def test_a_group_with_a_drafted_answer_is_not_dissolved(made: Answering) -> None:
    group = make_group(made, [FEE])
    answering.draft(made.session, made.drafter, made.consultation, f"nhom-{group.id}", WRITTEN, version=0)
    with pytest.raises(WrongMoment, match="câu trả lời"):
        grouping.dissolve(made.session, made.drafter, made.consultation, group)


def test_a_group_dissolved_by_another_is_not_renamed(made: Answering) -> None:
    group = make_group(made, [FEE])
    grouping.dissolve(made.session, made.drafter, made.consultation, group)
    with pytest.raises(WrongMoment, match="vừa gộp hoặc bỏ"):
        grouping.accept(made.session, made.approver, made.consultation, group, "Phí")


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "Phí\u202e"])
def test_a_group_needs_a_sound_title(made: Answering, title: str) -> None:
    comment = make_opinion(made.session, made.consultation, FEE)
    with pytest.raises(Refusal) as refused:
        grouping.start(made.session, made.drafter, made.consultation, comment, title)
    assert refused.value.field == "title"


@pytest.mark.parametrize("role", [Role.COMMUNE_ADMIN, Role.MODERATOR, Role.OVERSEER])
def test_only_who_may_decides_about_groups(made: Answering, role: Role) -> None:
    stranger = make_actor(made.session, role, made.area)
    with pytest.raises(Forbidden):
        grouping.ask(made.session, stranger, made.consultation)


@pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.ANSWERED, Phase.WITHDRAWN])
def test_nothing_is_grouped_outside_its_time(session: Session, phase: Phase) -> None:
    made = make_answering(session, phase=phase)
    with pytest.raises(WrongMoment):
        grouping.ask(session, made.drafter, made.consultation)
