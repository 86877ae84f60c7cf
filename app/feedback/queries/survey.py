"""What people answered in the yearly survey and on the slip of six questions, of a whole centre in a year.

Neither tells of an officer or a counter; a question that few answered tells only how many did.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.feedback.models import Rating, SlipAnswer, SurveyAnswer, SurveyResponse
from app.feedback.rules.rating import SLIP, TRIP_COUNTS, TRIPS
from app.feedback.rules.shares import LEAST, Tally, tally
from app.feedback.rules.survey import GROUPS

Levels = Mapping[int | str, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Question:
    """One question and how it was answered; ``key``: its number in the official form, or its name on the slip."""

    key: int | str
    words: str
    found: Tally

    @property
    def hidden(self) -> bool:
        """Whether too few answered for their answers to be told."""
        return self.found.n < LEAST


@dataclass(frozen=True)
class Results:
    """A year's answers. ``trips``: how many people came no, one, two or more times again."""

    year: int
    until: date
    people: int
    devices: int
    groups: Sequence[tuple[str, Sequence[Question]]]
    slip: Sequence[Question]
    trips: Mapping[int, int]

    @property
    def trips_hidden(self) -> bool:
        """Whether too few told how often they came."""
        return sum(self.trips.values()) < LEAST


def results(session: Session, center_id: int, year: int, until: date) -> Results:
    """The answers of a year, of days up to ``until``."""
    people, devices = _people(session, center_id, year, until)
    survey, slip = _survey(session, center_id, year, until), _slip(session, center_id, year, until)
    return Results(
        year=year,
        until=until,
        people=people,
        devices=devices,
        groups=[(name, [_question(key, words, survey) for key, words in items]) for name, items in GROUPS],
        slip=[_question(key, words, slip) for key, words in SLIP.items()],
        trips=trip_counts(slip.get(TRIPS, ())),
    )


def trip_counts(counts: Iterable[tuple[int, int]]) -> dict[int, int]:
    """How many answered each number of trips, in their order."""
    found = Counter(dict(counts))
    return {number: found[number] for number in TRIP_COUNTS}


def years(session: Session, center_id: int, today: date) -> list[int]:
    """The years of which there is something to tell, this one always, the newest first."""
    surveyed = session.scalars(select(SurveyResponse.year).distinct().where(SurveyResponse.center_id == center_id))
    rated = select(extract("year", Rating.day)).join(SlipAnswer).where(Rating.center_id == center_id)
    answered = session.scalars(rated.distinct())
    return sorted({today.year, *surveyed, *(int(year) for year in answered)}, reverse=True)


def _question(key: int | str, words: str, levels: Levels) -> Question:
    return Question(key, words, tally(levels.get(key, ())))


def _people(session: Session, center_id: int, year: int, until: date) -> tuple[int, int]:
    query = select(func.count(), func.count(SurveyResponse.device_hash.distinct()))
    n, devices = session.execute(query.where(*_answered(center_id, year, until))).one()
    return int(n), int(devices)


def _survey(session: Session, center_id: int, year: int, until: date) -> Levels:
    query = select(SurveyAnswer.item, SurveyAnswer.level, func.count()).join(
        SurveyResponse, SurveyResponse.id == SurveyAnswer.response_id
    )
    rows = session.execute(
        query.where(*_answered(center_id, year, until)).group_by(SurveyAnswer.item, SurveyAnswer.level)
    )
    return _gathered((item, level, n) for item, level, n in rows)


def _answered(center_id: int, year: int, until: date) -> tuple[ColumnElement[bool], ...]:
    end = datetime.combine(until + timedelta(days=1), time(), clock.VIETNAM)
    return (SurveyResponse.center_id == center_id, SurveyResponse.year == year, SurveyResponse.received_at < end)


def _slip(session: Session, center_id: int, year: int, until: date) -> Levels:
    """Of ratings that the headline counts."""
    query = select(SlipAnswer.question, SlipAnswer.value, func.count()).join(Rating, Rating.id == SlipAnswer.rating_id)
    rows = session.execute(
        query.where(
            Rating.center_id == center_id,
            Rating.day.between(date(year, 1, 1), min(date(year, 12, 31), until)),
            Rating.undone_at.is_(None),
            Rating.standing.in_(("counted", "restored")),
        ).group_by(SlipAnswer.question, SlipAnswer.value)
    )
    return _gathered((question, value, n) for question, value, n in rows)


def _gathered(rows: Iterable[tuple[int | str, int, int]]) -> Levels:
    found: dict[int | str, list[tuple[int, int]]] = defaultdict(list)
    for key, value, n in rows:
        found[key].append((value, int(n)))
    return found
