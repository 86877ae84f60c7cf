"""What is destroyed once a poll is over and complaints can no longer come: its key with the envelopes, then its roll.

Totals, the texts of other opinions, fingerprints, the decision and the log stay: the result can be shown and its
minutes be made for as long as the service runs.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.db import database_now
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import OPERATOR, Actor
from app.core.rows import lock
from app.lib.calendar import format_date, local_day
from app.lib.i18n import N_
from app.polls.models import Ballot, Poll, RollEntry, Slip
from app.polls.queries.finished import finished_at

# Luật Khiếu nại 02/2011/QH13 Đ9: a complaint may be made within 90 days.
COMPLAINTS = timedelta(days=90)


def shred(session: Session, by: Actor, poll: Poll) -> None:
    """Destroy the key and the envelopes of a sealed poll: no envelope that is left anywhere can be opened any more.

    A backup from before still holds the key, wrapped for this service, and has to be destroyed too. Only who runs the
    machine may. Raises ``WrongMoment`` while complaints may still come, and for open ballots.
    """
    _must_be_over(session, by, poll)
    if poll.level != "sealed":
        raise WrongMoment(N_("Cuộc này không dùng phiếu kín nên không có khóa để hủy."))
    poll.wrapped_key = None
    gone = {"envelope": b"", "other_envelope": b""}
    session.execute(update(Ballot).where(Ballot.poll_id == poll.id).values(gone))
    session.flush()
    record(session, by, "polls.key.shred", subject=("poll", poll.id), path=poll.area.path)


def purge_roll(session: Session, by: Actor, poll: Poll) -> int:
    """Forget who was on the roll and who took part; returns how many households.

    N, turnout, totals and the fingerprints of roll and batch stay (Luật 91/2025/QH15). Raises as ``shred`` does, and
    ``WrongMoment`` for a sealed poll whose key still exists.
    """
    _must_be_over(session, by, poll)
    if poll.wrapped_key is not None:
        raise WrongMoment(N_("Hủy khóa của cuộc này trước khi xóa danh sách hộ."))
    households = session.query(RollEntry).filter_by(poll_id=poll.id).count()
    for table in (Ballot, Slip, RollEntry):
        session.execute(delete(table).where(table.poll_id == poll.id))
    record(session, by, "polls.roll.purge", subject=("poll", poll.id), path=poll.area.path, total=households)
    return households


def _must_be_over(session: Session, by: Actor, poll: Poll) -> datetime:
    if by != OPERATOR:
        raise Forbidden(N_("Chỉ người vận hành máy chủ được làm việc này."))
    lock(session, poll)
    over = finished_at(session, poll)
    if over is None:
        raise WrongMoment(N_("Chỉ làm việc này khi cuộc đã có kết quả hoặc đã hủy."))
    last = over + COMPLAINTS
    if database_now(session) < last:
        raise WrongMoment(N_("Còn thời hạn khiếu nại đến hết ngày %(day)s."), day=format_date(local_day(last)))
    return over
