"""The plan of a year: what will be made public, by when, by whom (Law Đ14)."""

from datetime import date

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor, covers
from app.core.rights import must
from app.core.rows import lock
from app.lib.i18n import N_
from app.publication.models import PlannedPosting, Posting
from app.publication.operations.common import EDIT
from app.publication.operations.posting import TITLE
from app.publication.rules.heads import FORMS, HEADS
from app.publication.rules.quarters import FIRST_YEAR, LAST_YEAR

RESPONSIBLE = 200


def plan(
    session: Session, by: Actor, area: Area, *, year: int, head: int, title: str, due_on: date, responsible: str,
    ways: list[str],
) -> PlannedPosting:  # fmt: skip
    """Add a line to a commune's plan. Raises ``Refusal`` at the field at fault, among them a day of another year."""
    account = must(by, EDIT, area.path)
    if area.level != "commune":
        raise Refusal(N_("Kế hoạch công khai lập cho cả xã, phường."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(N_("Xem lại năm của kế hoạch."))
    if head not in HEADS:
        raise Refusal(N_("Chọn một trong 14 nội dung phải công khai."), field="head")
    if due_on.year != year:
        raise Refusal(N_("Hạn phải nằm trong năm %(year)s."), field="due_on", year=str(year))
    line = PlannedPosting(
        area_id=area.id, year=year, head=head, title=clean_line(title, "title", TITLE), due_on=due_on,
        responsible=clean_line(responsible, "responsible", RESPONSIBLE),
        ways=",".join(key for key in FORMS if key in ways), created_by=account, created_at=clock.now(),
    )  # fmt: skip
    if not line.title:
        raise Refusal(N_("Ghi tên việc sẽ công khai."), field="title")
    session.add(line)
    session.flush()
    _note(session, by, area, line, "plan.add", head=head, due_on=due_on)
    return line


def fulfil(session: Session, by: Actor, area: Area, line: PlannedPosting, posting: Posting) -> None:
    """Say which posting did what the plan had promised."""
    must(by, EDIT, area.path)
    _hold(session, line)
    if posting.status == "draft" or not covers(area.path, posting.area.path):
        raise Refusal(N_("Chọn một nội dung đã đăng của xã, phường."), field="posting")
    line.posting_id = posting.id
    session.flush()
    session.expire(line, ["posting"])
    _note(session, by, area, line, "plan.fulfil", document=posting.title)


def remove(session: Session, by: Actor, area: Area, line: PlannedPosting) -> None:
    """Strike a line that is not needed any more; the record keeps it."""
    must(by, EDIT, area.path)
    _hold(session, line)
    line.removed_at = clock.now()
    _note(session, by, area, line, "plan.remove", head=line.head)


def _hold(session: Session, line: PlannedPosting) -> None:
    lock(session, line)
    if line.removed_at is not None:
        raise WrongMoment(N_("Dòng này đã bỏ khỏi kế hoạch."))
    if line.posting_id is not None:
        raise WrongMoment(N_("Dòng này đã làm xong."))


def _note(session: Session, by: Actor, area: Area, line: PlannedPosting, action: str, **detail: object) -> None:
    record(
        session, by, f"publication.{action}", subject=("planned_posting", line.id), path=area.path,
        title=line.title, year=line.year, **detail,
    )  # fmt: skip
