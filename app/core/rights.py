"""Asking for a right inside an operation: the same sentence wherever it is missing."""

from app.core.errors import Forbidden
from app.core.permissions import Actor
from app.lib.i18n import N_

NOT_HERE = N_("Ông/Bà không có quyền làm việc này tại địa bàn này.")


def must(by: Actor, permission: str, path: str) -> int:
    """The account of who asks; raises ``Forbidden`` without the permission at the place."""
    if by.account_id is None or not by.may(permission, path):
        raise Forbidden(NOT_HERE)
    return by.account_id
