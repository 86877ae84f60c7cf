"""The papers of an opened poll, made when they are asked for and kept nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import Actor
from app.lib.filetypes import DOCX, PDF
from app.lib.i18n import N_
from app.polls.documents import loudspeaker, minutes, notice, participants
from app.polls.documents.facts import ParticipantRow, ResultFacts, VoteFacts
from app.polls.models import Poll
from app.polls.queries import facts
from app.polls.queries import public as queries
from app.polls.queries.finished import roll_is_purged
from app.polls.queries.listing import staff_poll
from app.web import current
from app.web.access import require
from app.web.files import saved

bp = Blueprint("polls_papers", __name__, url_prefix="/staff/cuoc-bieu-quyet/<public_id>/giay-to")
TEXT = "text/plain; charset=utf-8"
VIEW = "polls:poll:view"
# Minutes hold the exact numbers and every other opinion; the list says who took part.
MINUTES = "polls:participants:view"


@dataclass(frozen=True)
class Asked:
    """A paper of a poll, and what it is made from; each part is asked for only by the papers that need it."""

    session: Session
    poll: Poll
    name: str

    @property
    def area(self) -> Area:
        return self.poll.area

    @cached_property
    def vote(self) -> VoteFacts:
        return facts.vote_facts(self.poll, _base_url())

    @cached_property
    def result(self) -> ResultFacts:
        result = queries.result_of(self.session, self.poll)
        if result is None:
            raise WrongMoment(N_("Giấy tờ này chỉ có sau khi kiểm phiếu."))
        decision = queries.decision_of(self.session, self.poll)
        return facts.result_facts(self.session, self.poll, result, decision, _base_url())

    @cached_property
    def participants(self) -> tuple[VoteFacts, ResultFacts, list[ParticipantRow]]:
        result = self.result
        if roll_is_purged(self.session, self.poll):
            raise WrongMoment(N_("Danh sách hộ của cuộc này đã được xóa sau thời hạn lưu giữ."))
        return self.vote, result, facts.participant_rows(self.session, self.poll)


@dataclass(frozen=True)
class Paper:
    """One paper: its maker, its type, and the right it needs."""

    make: Callable[[Asked], bytes | str]
    media_type: str
    permission: str = VIEW


PAPERS = {
    "thong-bao.pdf": Paper(lambda a: notice.notice_pdf(a.vote), PDF.media_type),
    "thong-bao.docx": Paper(lambda a: notice.notice_docx(a.vote), DOCX.media_type),
    "loa.txt": Paper(lambda a: loudspeaker.loudspeaker_text(a.vote), TEXT),
    "ket-qua-loa.txt": Paper(lambda a: loudspeaker.loudspeaker_result_text(a.vote, a.result), TEXT),
    "van-ban.pdf": Paper(lambda a: minutes.minutes_pdf(a.vote, a.result), PDF.media_type, MINUTES),
    "van-ban.docx": Paper(lambda a: minutes.minutes_docx(a.vote, a.result), DOCX.media_type, MINUTES),
    "danh-sach-tham-gia.pdf": Paper(lambda a: participants.participants_pdf(*a.participants), PDF.media_type, MINUTES),
    "danh-sach-tham-gia.docx": Paper(
        lambda a: participants.participants_docx(*a.participants), DOCX.media_type, MINUTES
    ),
}


def _asked(session: Session, actor: Actor, public_id: str, name: str) -> Asked | None:
    poll = staff_poll(session, actor, public_id)
    return Asked(session, poll, name) if poll and name in PAPERS else None


@bp.get("/<name>")
@require(VIEW, load=_asked)
def paper(asked: Asked) -> Response:
    """One paper as a file."""
    kind = PAPERS[asked.name]
    if not current.actor().may(kind.permission, asked.area.path):
        raise Forbidden(N_("Ông/Bà không có quyền xem giấy tờ này."))
    if asked.poll.opened_at is None:
        raise WrongMoment(N_("Giấy tờ chỉ có sau khi cuộc này được mở."))
    return saved(kind.make(asked), kind.media_type, f"{asked.poll.public_id}-{asked.name}")


def _base_url() -> str:
    return current.services().settings.base_url
