"""Taking the yearly survey of 19 items: exactly once for each form that was shown."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal
from app.feedback.models import SurveyAnswer, SurveyResponse
from app.feedback.operations.rating import PointOver
from app.feedback.queries.rating import Place
from app.feedback.rules.survey import ITEMS
from app.lib.i18n import N_


@dataclass(frozen=True, slots=True)
class Answers:
    """A filled survey: a level of 1–5 for each item that was answered."""

    levels: dict[int, int]
    client_uuid: str
    device_hash: str


def take(session: Session, place: Place, answers: Answers) -> SurveyResponse:
    """Keep a survey, or find what this very sending made before. Raises ``Refusal`` where nothing is answered."""
    if not place.open:
        raise PointOver(N_("Mã này không còn nhận đánh giá."))
    earlier = session.scalar(select(SurveyResponse).where(SurveyResponse.client_uuid == answers.client_uuid))
    if earlier is not None:
        return earlier
    if not answers.levels:
        raise Refusal(N_("Ông/Bà chưa trả lời câu nào. Mời trả lời ít nhất một câu."))
    if answers.levels.keys() - ITEMS.keys():
        raise Refusal(N_("Phiếu này không có câu đó. Mời mở lại trang."))
    made = SurveyResponse(
        client_uuid=answers.client_uuid,
        path=place.path,
        center_id=place.center_id,
        point_id=place.id,
        year=clock.today().year,
        device_hash=answers.device_hash,
        received_at=clock.now(),
    )
    session.add(made)
    session.flush()
    session.add_all(SurveyAnswer(response_id=made.id, item=item, level=n) for item, n in answers.levels.items())
    session.flush()
    return made
