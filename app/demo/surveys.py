"""What people of the demo answered on the slip of six questions and in the yearly survey."""

import hashlib
import random
from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.counters import Counters
from app.feedback.models import Rating, SlipAnswer, SurveyAnswer, SurveyResponse
from app.feedback.rules.rating import SLIP, TRIPS
from app.feedback.rules.survey import ITEMS

# One rating in so many comes with the slip.
WITH_SLIP = 12
SURVEYS = 46
_LEVELS, _SHARES = (1, 2, 3, 4, 5), (2, 5, 14, 42, 37)


def answers(session: Session, built: Counters) -> None:
    """Slips beside some of the ratings, and surveys of the past weeks."""
    rng = random.Random(19)
    _slips(session, rng, built)
    _surveys(session, rng, built)


def _slips(session: Session, rng: random.Random, built: Counters) -> None:
    query = select(Rating.id, Rating.level).where(Rating.center_id == built.center.id).order_by(Rating.id)
    rows = []
    for rating_id, level in list(session.execute(query))[::WITH_SLIP]:
        # Who is not satisfied on the whole is not with most of it.
        values = {question: max(1, min(5, level + rng.choice((-1, 0, 0, 0, 1)))) for question in SLIP}
        values[TRIPS] = rng.choices((0, 1, 2), (72, 21, 7) if level > 3 else (20, 40, 40))[0]
        rows += [{"rating_id": rating_id, "question": key, "value": value} for key, value in values.items()]
    session.execute(insert(SlipAnswer), rows)


def _surveys(session: Session, rng: random.Random, built: Counters) -> None:
    for number in range(SURVEYS):
        moment = clock.now() - timedelta(days=8 + number % 60, minutes=rng.randrange(600))
        made = SurveyResponse(
            client_uuid=f"demo-survey-{number:04}", path=built.center.path, center_id=built.center.id,
            point_id=built.points[0].id, year=clock.local(moment).year,
            device_hash=hashlib.sha256(f"survey {number}".encode()).hexdigest(), received_at=moment,
        )  # fmt: skip
        session.add(made)
        session.flush()
        levels = {item: rng.choices(_LEVELS, _SHARES)[0] for item in ITEMS if rng.random() < 0.9}
        rows = [{"response_id": made.id, "item": item, "level": level} for item, level in levels.items()]
        session.execute(insert(SurveyAnswer), rows)
