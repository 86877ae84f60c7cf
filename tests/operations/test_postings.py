"""Writing, putting up, prolonging and withdrawing postings."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import ANONYMOUS, Actor, Role
from app.core.uploads import Upload
from app.jobs.models import Job
from app.publication.models import Posting, PostingFile
from app.publication.operations import drafts
from app.publication.operations import posting as operations
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.polls import PDF
from tests.support.publication import make_posting
from tests.support.storage import MemoryStorage


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def officer(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, commune)


def in_days(days: int) -> Any:
    return clock.today() + timedelta(days=days)


def written(session: Session, officer: Actor, commune: Area, **values: Any) -> Posting:
    given: dict[str, Any] = {"head": 2, "title": "Dự toán ngân sách", "text": "Tổng thu 5 tỷ đồng."}
    return drafts.create(session, officer, commune, **given | values)


def last_action(session: Session) -> str:
    return session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() or ""


# ------------------------------------------------------------------------------------------------- writing


def test_a_draft_is_begun_and_changed(session: Session, officer: Actor, commune: Area) -> None:
    posting = written(session, officer, commune, title="  Dự toán   ngân sách ", number="12/QĐ-UBND")
    assert (posting.status, posting.title, posting.since) == ("draft", "Dự toán ngân sách", None)
    assert last_action(session) == "publication.posting.create"
    drafts.edit(session, officer, posting, head=3, title="Đường Hoa Sen", text="Mở rộng đường.")
    assert (posting.head, posting.search) == (3, "duong hoa sen mo rong duong.")
    assert last_action(session) == "publication.posting.edit"


def test_nothing_changed_leaves_no_trace(session: Session, officer: Actor, commune: Area) -> None:
    posting = written(session, officer, commune)
    before = session.query(AuditEntry).count()
    drafts.edit(session, officer, posting, head=2, title=posting.title, text=posting.text)
    assert session.query(AuditEntry).count() == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"head": 0}, "head"),
        ({"head": 15}, "head"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"title": "ai\u202evtc"}, "title"),
        ({"number": "y" * 201}, "number"),
        ({"text": "z" * 20_001}, "text"),
        ({"signed_on": "tomorrow"}, "signed_on"),
    ],
)
def test_faults_stand_at_their_fields(
    session: Session, officer: Actor, commune: Area, values: dict[str, Any], field: str
) -> None:
    given = {name: in_days(1) if value == "tomorrow" else value for name, value in values.items()}
    with pytest.raises(ManyRefusals) as refused:
        written(session, officer, commune, **given)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert session.query(Posting).count() == 0


@pytest.mark.parametrize("role", [Role.AREA_HEAD, Role.COMMUNE_ADMIN, Role.OVERSEER, Role.MODERATOR, Role.FRONT])
def test_only_officers_write(session: Session, commune: Area, role: Role) -> None:
    with pytest.raises(Forbidden):
        written(session, make_actor(session, role, commune), commune)


def test_nobody_writes_elsewhere(session: Session, officer: Actor, commune: Area) -> None:
    with pytest.raises(Forbidden):
        written(session, officer, make_commune(session))
    with pytest.raises(Forbidden):
        written(session, ANONYMOUS, commune)
    ended = make_area(session, commune, valid_to=in_days(-1))
    with pytest.raises(Refusal):
        written(session, officer, ended)


# --------------------------------------------------------------------------------------------------- files


def test_files_of_a_draft_come_and_go(session: Session, officer: Actor, commune: Area) -> None:
    storage, posting = MemoryStorage(), written(session, officer, commune)
    file = drafts.attach(session, officer, posting, storage, title="", upload=Upload("qd 12.docx", PDF))
    assert (file.filename, file.title, file.media_type) == ("qd 12.pdf", "qd 12", "application/pdf")
    assert posting.files == [file]
    assert drafts.detach(session, officer, posting, file) in storage.files
    assert posting.files == []
    keys = [
        drafts.attach(session, officer, posting, storage, title="A", upload=Upload("a.pdf", PDF)).storage_key
        for _ in range(2)
    ]
    assert drafts.discard(session, officer, posting) == keys
    assert session.query(Posting).count() == session.query(PostingFile).count() == 0
    assert last_action(session) == "publication.posting.discard"


@pytest.mark.parametrize("data", [b"", b"<html><script>alert(1)</script>", b"MZ\x90", b"%PDF-" + b"x" * 10_500_000])
def test_hostile_files_are_refused(session: Session, officer: Actor, commune: Area, data: bytes) -> None:
    posting = written(session, officer, commune)
    with pytest.raises(Refusal) as refused:
        drafts.attach(session, officer, posting, MemoryStorage(), title="", upload=Upload("a.pdf", data))
    assert refused.value.field == "file"


def test_the_eleventh_file_is_refused_and_a_stranger_s_not_removed(
    session: Session, officer: Actor, commune: Area
) -> None:
    storage, posting = MemoryStorage(), written(session, officer, commune)
    for number in range(10):
        drafts.attach(session, officer, posting, storage, title=f"{number}", upload=Upload("a.pdf", PDF))
    with pytest.raises(Refusal, match="Tối đa"):
        drafts.attach(session, officer, posting, storage, title="", upload=Upload("a.pdf", PDF))
    with pytest.raises(Refusal):
        drafts.detach(session, officer, written(session, officer, commune), posting.files[0])


# ------------------------------------------------------------------------------------------------- posting


@pytest.mark.parametrize("days", [-1, 0, 1, 29])
def test_fewer_than_thirty_days_are_refused(session: Session, officer: Actor, commune: Area, days: int) -> None:
    posting = written(session, officer, commune)
    with pytest.raises(ManyRefusals) as refused:
        operations.post(session, officer, posting, permanent=False, until=in_days(days))
    assert [problem.field for problem in refused.value.problems] == ["until"]
    assert posting.status == "draft"


@pytest.mark.parametrize("days", [30, 31, 365])
def test_thirty_days_are_accepted(session: Session, officer: Actor, commune: Area, days: int) -> None:
    posting = written(session, officer, commune)
    operations.post(session, officer, posting, permanent=False, until=in_days(days))
    assert (posting.status, posting.since, posting.until) == ("posted", clock.today(), in_days(days))
    assert last_action(session) == "publication.posting.post"
    [job] = session.scalars(select(Job))
    assert clock.local(job.run_at).date() == in_days(days - 3)


def test_for_good_needs_no_end_and_no_reminder(session: Session, officer: Actor, commune: Area) -> None:
    posting = written(session, officer, commune)
    operations.post(session, officer, posting, permanent=True, until=in_days(2))
    assert posting.permanent and posting.until is None
    assert session.query(Job).count() == 0


def test_everything_in_the_way_is_said_at_once(session: Session, officer: Actor, commune: Area) -> None:
    posting = written(session, officer, commune, text="")
    posting.signed_on = in_days(1)
    with pytest.raises(ManyRefusals) as refused:
        operations.post(session, officer, posting, permanent=False)
    assert [problem.field for problem in refused.value.problems] == ["text", "signed_on", "until"]
    with pytest.raises(ManyRefusals, match="Chưa đăng"):
        operations.post(session, officer, posting, permanent=False, until=in_days(40_000 // 10))


def test_a_file_alone_is_enough(session: Session, officer: Actor, commune: Area) -> None:
    posting = written(session, officer, commune, text="")
    drafts.attach(session, officer, posting, MemoryStorage(), title="", upload=Upload("a.pdf", PDF))
    operations.post(session, officer, posting, permanent=True)
    assert posting.status == "posted"


def test_what_is_posted_is_never_altered(session: Session, officer: Actor, commune: Area) -> None:
    posting = make_posting(session, commune)
    with pytest.raises(WrongMoment):
        drafts.edit(session, officer, posting, head=2, title="Khác")
    with pytest.raises(WrongMoment):
        drafts.attach(session, officer, posting, MemoryStorage(), title="", upload=Upload("a.pdf", PDF))
    with pytest.raises(WrongMoment):
        drafts.discard(session, officer, posting)
    with pytest.raises(WrongMoment):
        operations.post(session, officer, posting, permanent=True)


# ------------------------------------------------------------------------------- prolonging and withdrawing


def test_it_may_hang_longer(session: Session, officer: Actor, commune: Area) -> None:
    posting = make_posting(session, commune, days=-10, reminded_at=clock.now())
    operations.extend(session, officer, posting, until=in_days(21))
    assert posting.until == in_days(21) and posting.reminded_at is None
    assert last_action(session) == "publication.posting.extend"
    operations.extend(session, officer, posting, until=None)
    assert posting.permanent and posting.until is None
    with pytest.raises(Refusal, match="không cần gia hạn"):
        operations.extend(session, officer, posting, until=in_days(50))


@pytest.mark.parametrize("days", [19, 20, -1, 5000])
def test_it_is_never_made_shorter(session: Session, officer: Actor, commune: Area, days: int) -> None:
    posting = make_posting(session, commune, days=-10)
    with pytest.raises(Refusal) as refused:
        operations.extend(session, officer, posting, until=in_days(days))
    assert refused.value.field == "until" and posting.until == in_days(20)


def test_what_has_ended_may_hang_again_from_today_on(session: Session, officer: Actor, commune: Area) -> None:
    posting = make_posting(session, commune, days=-60)
    with pytest.raises(Refusal):
        operations.extend(session, officer, posting, until=in_days(-1))
    operations.extend(session, officer, posting, until=in_days(0))
    assert posting.until == clock.today()


def test_it_is_withdrawn_with_a_reason(session: Session, officer: Actor, commune: Area) -> None:
    posting = make_posting(session, commune)
    with pytest.raises(Refusal) as refused:
        operations.withdraw(session, officer, posting, reason="  sai ")
    assert refused.value.field == "reason" and posting.status == "posted"
    operations.withdraw(session, officer, posting, reason="Ghi nhầm số tiền ở bảng 2.")
    assert (posting.status, posting.withdraw_reason) == ("withdrawn", "Ghi nhầm số tiền ở bảng 2.")
    assert last_action(session) == "publication.posting.withdraw"
    with pytest.raises(WrongMoment):
        operations.withdraw(session, officer, posting, reason="Một lần nữa là nhiều.")
    with pytest.raises(WrongMoment):
        operations.extend(session, officer, posting, until=in_days(60))


def test_a_draft_is_neither_prolonged_nor_withdrawn(session: Session, officer: Actor, commune: Area) -> None:
    posting = written(session, officer, commune)
    with pytest.raises(WrongMoment):
        operations.extend(session, officer, posting, until=in_days(60))
    with pytest.raises(WrongMoment):
        operations.withdraw(session, officer, posting, reason="Chưa đăng mà đã rút.")


def test_officers_of_another_commune_touch_nothing(session: Session, commune: Area) -> None:
    stranger = make_actor(session, Role.COMMUNE_OFFICER, make_commune(session))
    posting, draft = make_posting(session, commune), make_posting(session, commune, status="draft")
    with pytest.raises(Forbidden):
        operations.withdraw(session, stranger, posting, reason="Không phải việc của tôi.")
    with pytest.raises(Forbidden):
        operations.extend(session, stranger, posting, until=in_days(60))
    with pytest.raises(Forbidden):
        operations.post(session, stranger, draft, permanent=True)
    with pytest.raises(Forbidden):
        drafts.discard(session, stranger, draft)
