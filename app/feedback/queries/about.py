"""Of whom a rating speaks: by whatever role they come, to them its words, photos and cases do not exist (Law Đ9.2).

Who has left the counter is spoken of as before: the day on which somebody left opens nothing to them. Where the roster
names nobody at a counter, a rating made there speaks of everybody ever tied to the centre: a shift that is not in the
roster opens nothing either.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from app.feedback.models import Officer, Rating


def about(account_id: int | None) -> ColumnElement[bool]:
    """Whether the ``Rating`` of the query speaks of the account."""
    return exists().where(Officer.account_id == account_id, speaks_of_officer())


def rating_about(rating_id: Any, account_id: int | None) -> ColumnElement[bool]:
    """Whether the rating with this id, a column of the query, speaks of the account."""
    return exists().where(Rating.id == rating_id, Officer.account_id == account_id, speaks_of_officer())


def speaks_of_officer() -> ColumnElement[bool]:
    """Whether the ``Rating`` speaks of the ``Officer``, both of the query."""
    nobody = and_(Rating.officer_id.is_(None), Rating.counter_id.is_not(None))
    return or_(Officer.id == Rating.officer_id, and_(nobody, Officer.center_id == Rating.center_id))
