"""Addresses that can lead to nothing: they are answered with 404 before any database is asked."""

from typing import Any

from flask import Flask, request, url_for
from werkzeug.routing import IntegerConverter, Map

from app.core.errors import NotFound
from app.lib.i18n import N_
from app.web import current

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


def refuse_zero_characters() -> None:
    """No text of ours holds a zero character, and PostgreSQL refuses to look for one."""
    if "\0" in request.path or b"%00" in request.query_string:
        raise NotFound(N_("Không tìm thấy trang này."))
