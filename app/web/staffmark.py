"""A mark in browsers in which somebody has signed in as staff: the same for all, it tells nobody apart.

The session of staff is seen by staff pages alone. Where residents rate how they were served, a rating from such a
browser must not pass for a resident's.
"""

from flask import Response, request

from app.core.tokens import same, text_of
from app.web import current

COOKIE = "noi-bo"
LIFE = 365 * 24 * 3600


def mark(response: Response) -> Response:
    """Leave the mark in the browser that gets this answer."""
    secure = current.services().settings.secure_cookies
    response.set_cookie(COOKIE, _value(), max_age=LIFE, secure=secure, httponly=True, samesite="Lax")
    return response


def is_marked() -> bool:
    """Whether the request comes from a browser in which somebody has signed in as staff."""
    held = request.cookies.get(COOKIE)
    return bool(held) and same(str(held).encode(), _value().encode())


def _value() -> str:
    return text_of(current.services().keyring.mac("staff browser", b"noi-bo")[:16])
