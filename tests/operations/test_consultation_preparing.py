"""Preparing a consultation: each step, each refusal, and that nobody overwrites another unseen."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.models import Consultation
from app.consultations.operations import files, preparing
from app.consultations.queries.preparation import files_of, places_of, problems, tasks
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.uploads import MOST_BYTES, Upload
from tests.support.cast import in_days, make_actor, make_area, make_commune
from tests.support.consultations import make_consultation
from tests.support.polls import PDF
from tests.support.storage import MemoryStorage


@pytest.fixture
def draft(session: Session) -> Consultation:
    return make_consultation(session, make_commune(session), phase=Phase.PREPARING)


@pytest.fixture
def officer(session: Session, draft: Consultation) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, draft.area)


def said(session: Session, draft: Consultation, action: str) -> list[dict[str, Any]]:
    query = select(AuditEntry).filter_by(action=f"consultations.{action}", subject_id=str(draft.id))
    return [entry.detail for entry in session.scalars(query)]


# ------------------------------------------------------------------------------------------------ beginning


def test_a_new_one_belongs_to_the_commune_and_names_its_committee(session: Session) -> None:
    commune = make_commune(session)
    officer = make_actor(session, Role.COMMUNE_OFFICER, commune)
    made = preparing.create(session, officer, commune, title="  Nghị quyết   về vệ sinh ")
    assert (made.title, made.status, made.version) == ("Nghị quyết về vệ sinh", "preparing", 1)
    assert made.organiser == "Ủy ban nhân dân phường Thới Hòa"
    assert said(session, made, "consultation.create") == [{"title": "Nghị quyết về vệ sinh"}]
    keys = {problem.key for problem in problems(session, made)}
    assert {"no_summary", "no_draft", "no_responsible", "no_council_sent_on", "no_opening"} <= keys


def test_it_is_not_begun_elsewhere_nor_for_a_part_nor_without_a_name(session: Session) -> None:
    area = make_area(session)
    assert area.parent
    officer = make_actor(session, Role.COMMUNE_OFFICER, area.parent)
    with pytest.raises(Refusal, match="cấp xã"):
        preparing.create(session, officer, area, title="Nghị quyết")
    with pytest.raises(Refusal) as refusal:
        preparing.create(session, officer, area.parent, title="  ")
    assert refusal.value.field == "title"
    for stranger in (make_actor(session, Role.AREA_HEAD, area), make_actor(session, Role.COMMUNE_ADMIN, area.parent)):
        with pytest.raises(Forbidden):
            preparing.create(session, stranger, area.parent, title="Nghị quyết")
    with pytest.raises(Forbidden):
        preparing.create(session, officer, make_commune(session), title="Nghị quyết")


def test_a_commune_that_was_merged_away_asks_nothing(session: Session) -> None:
    commune = make_commune(session)
    officer = make_actor(session, Role.COMMUNE_OFFICER, commune)
    commune.valid_to = clock.today() - timedelta(days=1)
    with pytest.raises(Refusal):
        preparing.create(session, officer, commune, title="Nghị quyết")


# ---------------------------------------------------------------------------------------------------- steps


def test_the_subject_is_kept_and_the_change_recorded(session: Session, draft: Consultation, officer: Actor) -> None:
    preparing.set_subject(session, officer, draft, 1, title="Tên mới", summary="Một.\r\nHai.  \n")
    assert (draft.title, draft.summary, draft.version) == ("Tên mới", "Một.\nHai.", 2)
    assert said(session, draft, "consultation.subject") == [{"title": "Tên mới", "summary": "Một.\nHai."}]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "a\u200bb"}, "title"),
        ({"summary": "1\n2\n3\n4\n5\n6"}, "summary"),
        ({"summary": "x" * 1501}, "summary"),
    ],
)
def test_a_subject_that_says_too_little_or_too_much_is_refused(
    session: Session, draft: Consultation, officer: Actor, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        preparing.set_subject(session, officer, draft, 1, **{"title": "Tên", "summary": "Một."} | values)
    assert refusal.value.field == field
    assert draft.version == 1


def test_the_second_of_two_who_save_is_told_by_whose_hand(session: Session, draft: Consultation) -> None:
    first = make_actor(session, Role.COMMUNE_OFFICER, draft.area, full_name="Lê Văn Nhanh")
    second = make_actor(session, Role.COMMUNE_OFFICER, draft.area)
    preparing.set_moderation(session, first, draft, 1, moderation="after")
    with pytest.raises(WrongMoment, match="Lê Văn Nhanh"):
        preparing.set_moderation(session, second, draft, 1, moderation="before")
    assert draft.moderation == "after"
    preparing.set_moderation(session, second, draft, 2, moderation="before")


def test_residents_of_areas_are_chosen_and_let_go_again(session: Session, draft: Consultation, officer: Actor) -> None:
    one, two = make_area(session, draft.area), make_area(session, draft.area)
    codes = [two.code, one.code, two.code]
    preparing.set_audience(session, officer, draft, 1, audience="areas", areas=codes, invited="bỏ qua")
    assert [area.code for area in places_of(session, draft)] == [one.code, two.code]
    assert (draft.audience, draft.invited) == ("areas", "")
    preparing.set_audience(session, officer, draft, 2, audience="areas", areas=[one.code])
    assert [area.code for area in places_of(session, draft)] == [one.code]
    preparing.set_audience(session, officer, draft, 3, audience="everyone")
    assert places_of(session, draft) == []


def test_bodies_are_invited_by_name(session: Session, draft: Consultation, officer: Actor) -> None:
    preparing.set_audience(session, officer, draft, 1, audience="bodies", invited="Hội Nông dân\nHội Phụ nữ")
    assert draft.invited == "Hội Nông dân\nHội Phụ nữ"


def test_who_may_comment_must_be_somebody_of_this_place(session: Session, draft: Consultation, officer: Actor) -> None:
    elsewhere = make_area(session)
    for values in (
        {"audience": "nobody"},
        {"audience": "areas"},
        {"audience": "areas", "areas": [elsewhere.code]},
        {"audience": "bodies", "invited": " \n "},
    ):
        with pytest.raises(Refusal):
            preparing.set_audience(session, officer, draft, 1, **values)
    assert (draft.version, draft.audience) == (1, "everyone")


PLAN: dict[str, Any] = {
    "organiser": "Ủy ban nhân dân phường",
    "responsible": "Lê Thị Mai",
    "phone": "0274 3555 666",
    "council_sent_on": None,
    "front_sent_on": date(2026, 1, 6),
}


def test_days_of_the_plan_may_be_left_open_until_publication(
    session: Session, draft: Consultation, officer: Actor
) -> None:
    preparing.set_plan(session, officer, draft, 1, **PLAN)
    assert draft.responsible == "Lê Thị Mai" and draft.front_sent_on == date(2026, 1, 6)
    assert [problem.key for problem in problems(session, draft)] == ["no_council_sent_on"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phone": "hỏi chị Mai"}, "phone"),
        ({"phone": "1" * 31}, "phone"),
        ({"organiser": "x" * 201}, "organiser"),
        ({"responsible": "\u202eMai"}, "responsible"),
    ],
)
def test_a_plan_with_nonsense_is_refused(
    session: Session, draft: Consultation, officer: Actor, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        preparing.set_plan(session, officer, draft, 1, **PLAN | values)
    assert refusal.value.field == field


def test_nineteen_days_are_refused_and_twenty_are_kept(session: Session, draft: Consultation, officer: Actor) -> None:
    opens = in_days(2)
    with pytest.raises(ManyRefusals) as refusal:
        preparing.set_times(session, officer, draft, 1, opens_at=opens, closes_at=opens + timedelta(days=19))
    assert [problem.field for problem in refusal.value.problems] == ["closes_at"]
    preparing.set_times(session, officer, draft, 1, opens_at=opens, closes_at=opens + timedelta(days=20))
    assert draft.closes_at == opens + timedelta(days=20)


def test_an_opening_in_the_past_and_an_unknown_mode_are_refused(
    session: Session, draft: Consultation, officer: Actor
) -> None:
    with pytest.raises(ManyRefusals) as refusal:
        preparing.set_times(session, officer, draft, 1, opens_at=in_days(-1), closes_at=in_days(30))
    assert [problem.field for problem in refusal.value.problems] == ["opens_at"]
    with pytest.raises(Refusal):
        preparing.set_moderation(session, officer, draft, 1, moderation="never")


STEPS: dict[str, dict[str, Any]] = {
    "set_subject": {"title": "Tên", "summary": "Một."},
    "set_audience": {"audience": "everyone"},
    "set_plan": PLAN,
    "set_times": {"opens_at": in_days(2), "closes_at": in_days(30)},
    "set_moderation": {"moderation": "after"},
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_needs_the_right_and_ends_with_publication(
    session: Session, draft: Consultation, officer: Actor, step: str
) -> None:
    act = getattr(preparing, step)
    for role in (Role.OVERSEER, Role.MODERATOR, Role.COMMUNE_ADMIN):
        with pytest.raises(Forbidden):
            act(session, make_actor(session, role, draft.area), draft, 1, **STEPS[step])
    opened = make_consultation(session, draft.area)
    with pytest.raises(WrongMoment, match="cố định"):
        act(session, officer, opened, opened.version, **STEPS[step])
    given_up = make_consultation(session, draft.area, phase=Phase.WITHDRAWN)
    with pytest.raises(WrongMoment, match="rút"):
        act(session, officer, given_up, given_up.version, **STEPS[step])


def test_the_steps_tell_how_far_they_are(session: Session, draft: Consultation) -> None:
    states = {task.step.value: task.state for task in tasks(session, draft, problems(session, draft))}
    assert states == dict.fromkeys(["subject", "draft", "audience", "plan", "times", "moderation"], "done") | {
        "files": "optional"
    }
    bare = make_consultation(session, draft.area, phase=Phase.PREPARING, articles=0, phone="", opens_at=None)
    states = {task.step.value: task.state for task in tasks(session, bare, problems(session, bare))}
    assert (states["draft"], states["plan"], states["times"]) == ("todo", "begun", "todo")


# ---------------------------------------------------------------------------------------------------- files


def add(session: Session, by: Actor, draft: Consultation, kind: str = "reading", data: bytes = PDF, **values: Any):
    upload = Upload(values.pop("filename", "to-trinh.pdf"), data)
    return files.add_file(session, by, draft, values.pop("storage", MemoryStorage()), kind=kind, upload=upload,
                          title=values.pop("title", ""))  # fmt: skip


def test_a_file_is_kept_under_a_safe_name_and_removed_again(
    session: Session, draft: Consultation, officer: Actor
) -> None:
    storage = MemoryStorage()
    file = add(session, officer, draft, filename="../../Tờ trình.exe", storage=storage)
    assert (file.media_type, file.size) == ("application/pdf", len(PDF))
    assert file.filename.endswith(".pdf") and "/" not in file.filename
    assert storage.get(file.storage_key) == PDF
    assert files_of(session, draft, "reading") == [file]
    assert files.remove_file(session, officer, draft, file) == file.storage_key
    assert files_of(session, draft, "reading") == []
    assert len(said(session, draft, "file.add")) == len(said(session, draft, "file.remove")) == 1
    with pytest.raises(NotFound):
        files.remove_file(session, officer, draft, file)


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00", b"<html><script>", b"%PDF-1.4\n" + b"x" * MOST_BYTES])
def test_what_is_no_document_is_refused_at_its_field(
    session: Session, draft: Consultation, officer: Actor, data: bytes
) -> None:
    with pytest.raises(Refusal) as refusal:
        add(session, officer, draft, data=data)
    assert refusal.value.field == "file"


def test_files_are_of_two_kinds_and_not_without_number(session: Session, draft: Consultation, officer: Actor) -> None:
    for kind in ("draft", "adopted", "photo"):
        with pytest.raises(Refusal):
            add(session, officer, draft, kind=kind)
    for number in range(files.MOST_FILES):
        add(session, officer, draft, kind="plan" if number % 2 else "reading")
    with pytest.raises(Refusal, match="Tối đa 20"):
        add(session, officer, draft)


def test_files_stand_fixed_once_the_draft_is_published(session: Session, draft: Consultation, officer: Actor) -> None:
    file = add(session, officer, draft)
    with pytest.raises(Forbidden):
        add(session, make_actor(session, Role.OVERSEER, draft.area), draft)
    other = make_consultation(session, draft.area, phase=Phase.PREPARING)
    with pytest.raises(NotFound):
        files.remove_file(session, officer, other, file)
    draft.status, draft.opened_at = "opened", clock.now()
    session.flush()
    for act in (lambda: add(session, officer, draft), lambda: files.remove_file(session, officer, draft, file)):
        with pytest.raises(WrongMoment):
            act()
