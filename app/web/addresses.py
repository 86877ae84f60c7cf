"""Addresses: those that can lead to nothing are 404 before any database is asked; a slash too much is passed over."""

from typing import Any

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound as NoSuchRule
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.lib.i18n import N_
from app.web import current
from app.web.access import access_of

# The number of a row: databases give out none above it, and fail when asked for one.
LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """The number of a row; databases give out none above the largest of 32 bits, and fail when asked for one."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def number_asked(name: str) -> int | None:
    """A number in the query of this request, no larger than a row's; None where something else stands there."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number <= LARGEST else None


def whole_address(endpoint: str, **values: Any) -> str:
    """The address of a page for use outside this site; whoever asks cannot choose the host."""
    return current.services().settings.base_url.rstrip("/") + url_for(endpoint, **values)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.before_request(refuse_zero_characters)
    app.before_request(without_slash)


def refuse_zero_characters() -> None:
    """No text of ours holds a zero character, and PostgreSQL refuses to look for one."""
    if "\0" in request.path or b"%00" in request.query_string:
        raise NotFound(N_("Không tìm thấy trang này."))


def without_slash() -> Response | None:
    """Lead who typed a public address with a slash behind it to the page: ``/r/7K3M9Q/`` is ``/r/7K3M9Q``.

    A redirect, so that each page has one address: what is kept, and what is a secret, goes by it.
    """
    missed = isinstance(request.routing_exception, NoSuchRule)
    if not (missed and request.method in current.SAFE_METHODS and request.path.endswith("/")):
        return None
    known = current_app.create_url_adapter(request)
    try:
        endpoint, values = known.match(request.path.removesuffix("/")) if known else ("", {})
    except HTTPException:
        return None
    access = access_of(current_app, endpoint)
    if access is None or access.kind != "public":
        return None
    asked = request.query_string.decode("ascii", "replace")
    return redirect(url_for(endpoint, **values) + (f"?{asked}" if asked else ""), 308)
