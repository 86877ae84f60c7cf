"""Opinions that came on paper, by e-mail or at a meeting, entered by staff with where they come from."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, Consultation
from app.consultations.operations.commenting import comment
from app.consultations.rules.saying import Saying
from app.core import clock
from app.core.errors import Forbidden, Refusal
from app.core.permissions import Actor
from app.core.rights import NOT_HERE
from app.core.tokens import Keyring
from app.gateways.storage import Storage
from app.lib.i18n import N_
from app.visitors.uploads import CleanFile

ENTER = "consultations:comment:enter"
SHORTEST_DETAIL = 5


def enter(
    session: Session,
    keyring: Keyring,
    storage: Storage,
    by: Actor,
    consultation: Consultation,
    saying: Saying,
    *,
    files: Sequence[CleanFile] = (),
) -> Comment:
    """Enter one opinion. Who works in one area enters for the residents of that area alone.

    Raises ``Forbidden``; ``Refusal`` at ``source_detail`` when it does not say where the opinion comes from, and
    whatever ``commenting.comment`` refuses.
    """
    _must(session, by, consultation, saying.resident_of)
    if len(saying.source_detail.strip()) < SHORTEST_DETAIL:
        raise Refusal(N_("Ghi ai gửi hoặc cuộc họp nào, ngày nào, số văn bản nếu có."), field="source_detail")
    return comment(session, keyring, storage, consultation, saying, files=files, by=by)


def moment_of(consultation: Consultation, day: date | None, now: datetime) -> datetime | None:
    """The moment that stands for the day an opinion was written or said.

    The first moment of that day at which opinions were taken; the first of the day itself where there was none, which
    is then refused.
    """
    if day is None:
        return None
    begins = datetime.combine(day, time(), clock.VIETNAM)
    first = max(begins, consultation.opens_at or begins)
    last = min(begins + timedelta(days=1), consultation.closes_at or now, now)
    return first if first < last else begins


def _must(session: Session, by: Actor, consultation: Consultation, resident_of: int | None) -> None:
    if by.account_id is None:
        raise Forbidden(NOT_HERE)
    if by.may(ENTER, consultation.area.path):
        return
    area = session.get(Area, resident_of) if resident_of is not None else None
    if area is None or not by.may(ENTER, area.path):
        raise Forbidden(N_("Ông/Bà chỉ nhập ý kiến của người dân tại địa bàn mình phụ trách."))
