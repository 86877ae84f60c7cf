"""The papers of an opened poll, made when they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, WrongMoment
from app.holidays.queries import calendar_table
from app.lib.i18n import N_
from app.polls.documents import loudspeaker, minutes, notice, participants
from app.polls.documents.facts import ResultFacts, VoteFacts
from app.polls.models import Poll
from app.polls.queries import facts
from app.polls.queries import public as queries
from app.polls.queries.listing import staff_poll
from app.polls.rules.deadlines import due
from app.web import current
from app.web.access import require

bp = Blueprint("polls_papers", __name__, url_prefix="/staff/cuoc-bieu-quyet/<public_id>/giay-to")
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """What a paper is made from."""

    session: Session
    poll: Poll
    vote: VoteFacts
    result: ResultFacts | None


@dataclass(frozen=True)
class Paper:
    """One paper: its maker, its type, and whether it needs the count or a right of its own."""

    make: Callable[[Asked], bytes | str]
    media_type: str
    after_count: bool = False
    permission: str = "polls:poll:view"


def _counted(asked: Asked) -> ResultFacts:
    if asked.result is None:
        raise WrongMoment(N_("Giấy tờ này chỉ có sau khi kiểm phiếu."))
    return asked.result


def _participants(make: Callable[..., bytes]) -> Callable[[Asked], bytes]:
    return lambda a: make(a.vote, _counted(a), facts.participant_rows(a.session, a.poll))


PAPERS = {
    "thong-bao.pdf": Paper(lambda a: notice.notice_pdf(a.vote), PDF),
    "thong-bao.docx": Paper(lambda a: notice.notice_docx(a.vote), DOCX),
    "loa.txt": Paper(lambda a: loudspeaker.loudspeaker_text(a.vote), TEXT),
    "ket-qua-loa.txt": Paper(lambda a: loudspeaker.loudspeaker_result_text(a.vote, _counted(a)), TEXT, True),
    "van-ban.pdf": Paper(lambda a: minutes.minutes_pdf(a.vote, _counted(a)), PDF, True),
    "van-ban.docx": Paper(lambda a: minutes.minutes_docx(a.vote, _counted(a)), DOCX, True),
    "danh-sach-tham-gia.pdf": Paper(_participants(participants.participants_pdf), PDF, True, "polls:participants:view"),
    "danh-sach-tham-gia.docx": Paper(
        _participants(participants.participants_docx), DOCX, True, "polls:participants:view"
    ),
}


def _named(session: Session, actor: Any, public_id: str, name: str) -> Any:
    poll = staff_poll(session, actor, public_id)
    return None if poll is None or name not in PAPERS else _Request(poll, name)


@dataclass(frozen=True)
class _Request:
    poll: Poll
    name: str

    @property
    def path(self) -> str:
        return self.poll.area.path


@bp.get("/<name>")
@require("polls:poll:view", load=_named)
def paper(asked: _Request) -> Response:
    """One paper as a file."""
    poll, kind = asked.poll, PAPERS[asked.name]
    session, actor = current.session(), current.actor()
    if not actor.may(kind.permission, poll.area.path):
        raise Forbidden(N_("Ông/Bà không có quyền xem giấy tờ này."))
    if poll.opened_at is None:
        raise WrongMoment(N_("Giấy tờ chỉ có sau khi cuộc này được mở."))
    base_url = current.services().settings.base_url
    made = kind.make(Asked(session, poll, facts.vote_facts(poll, base_url), _result(session, poll, base_url)))
    response = Response(made, content_type=kind.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{poll.public_id}-{asked.name}"'
    return response


def _result(session: Session, poll: Poll, base_url: str) -> ResultFacts | None:
    result = queries.result_of(session, poll)
    if result is None or poll.closes_at is None:
        return None
    send_by = due("send_decision", clock.local(poll.closes_at).date(), calendar_table(session))
    decision = queries.decision_of(session, poll)
    return facts.result_facts(session, poll, result, decision, send_by=send_by, base_url=base_url)
