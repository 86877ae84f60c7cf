"""Of whom a rating speaks: by whatever role they come, to them its words, photos and cases do not exist (Law Đ9.2).

Who has left the counter is spoken of as before: the day on which somebody left opens nothing to them.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists

from app.feedback.models import Officer, Rating


def about(account_id: int | None) -> ColumnElement[bool]:
    """Whether the ``Rating`` of the query speaks of the account."""
    return exists().where(Officer.id == Rating.officer_id, Officer.account_id == account_id)


def rating_about(rating_id: Any, account_id: int | None) -> ColumnElement[bool]:
    """Whether the rating with this id, a column of the query, speaks of the account."""
    return exists().where(Rating.id == rating_id, Officer.id == Rating.officer_id, Officer.account_id == account_id)
