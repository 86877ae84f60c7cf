"""Pages with a form that everybody sees alike but for the form's guard: made once in a few seconds, signed for each.

A page with a guard carries a token of its own for every visitor, so the finished page cannot be kept as it is. What is
kept here is the page with holes where the token stood.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, request

from app.visitors.forms import client_uuid, form_token
from app.web import current
from app.web.pagecache import CAPACITY
from app.web.steady import Stencil, compressed

# Stand-ins of the same kind as those of ``steady``: characters that no page holds.
_TOKEN, _CLIENT = "\ue000", "\ue001"
_Key = tuple[str, ...]


class _Pages:
    """The last few hundred pages, each good for a moment."""

    def __init__(self) -> None:
        self._pages: OrderedDict[_Key, tuple[float, Stencil]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: _Key) -> Stencil | None:
        found = self._pages.get(key)
        return found[1] if found is not None and found[0] >= time.monotonic() else None

    def put(self, key: _Key, stencil: Stencil, seconds: float) -> None:
        with self._lock:
            self._pages[key] = (time.monotonic() + seconds, stencil)
            self._pages.move_to_end(key)
            while len(self._pages) > CAPACITY:
                self._pages.popitem(last=False)


_pages = _Pages()


def alike_but_for_guard(purpose: Callable[..., str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Keep the page of a view for a moment, and fill the guard of its form in for each visitor.

    ``purpose`` gives the purpose of the form's guard from the values of the address. Only for views whose answer
    depends on the address and the display alone, apart from that guard.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def kept(**values: Any) -> Any:
            settings = current.services().settings
            if not settings.page_cache_seconds or request.method != "GET" or request.query_string:
                return view(**values)
            cookies = (request.cookies.get("lang", ""), request.cookies.get("display", ""))
            key = (settings.database_url, request.host, request.path, *cookies)
            about = purpose(**values)
            holes = {"token": form_token(about), "client": client_uuid(about)}
            stencil = _pages.get(key)
            if stencil is None:
                made = make_response(view(**values))
                if made.status_code != 200:
                    return made
                html = made.get_data(as_text=True).replace(holes["token"], _TOKEN).replace(holes["client"], _CLIENT)
                stencil = Stencil(html, ("token", "client"))
                _pages.put(key, stencil, settings.page_cache_seconds)
            return _filled(stencil, holes)

        return kept

    return mark


def _filled(stencil: Stencil, holes: dict[str, str]) -> Response:
    response = Response(content_type="text/html; charset=utf-8")
    pieces = stencil.filled({name: value.encode() for name, value in holes.items()})
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(compressed(pieces))
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.set_data(b"".join(raw for raw, _deflated in pieces))
    response.headers["Vary"] = "Accept-Encoding"
    return response
