"""Finished anonymous pages, kept for a moment in the process.

A page everybody sees alike is made once in a few seconds, however many ask. Nothing personal is ever kept: a view is
marked by hand, and an answer that sets a cookie or is not a plain 200 is left out.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, request

from app.web import current
from app.web.headers import compress

CAPACITY = 512


class PageCache:
    """The last few hundred pages, each good for ``seconds``; 0 keeps nothing."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._pages: OrderedDict[tuple[str, ...], tuple[float, bytes, dict[str, str]]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Response | None:
        found = self._pages.get(key)
        if found is None or found[0] < time.monotonic():
            return None
        return Response(found[1], headers=found[2])

    def put(self, key: tuple[str, ...], response: Response) -> None:
        headers = {k: v for k, v in response.headers.items() if k != "Content-Length"}
        with self._lock:
            self._pages[key] = (time.monotonic() + self.seconds, response.get_data(), headers)
            while len(self._pages) > CAPACITY:
                self._pages.popitem(last=False)


def everybody_alike(view: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the page for a moment. Only for views whose answer depends on the address and the display alone."""

    @wraps(view)
    def kept(*args: Any, **kwargs: Any) -> Any:
        cache: PageCache = current.services().page_cache
        if not cache.seconds or request.method != "GET" or request.query_string:
            return view(*args, **kwargs)
        encoding = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
        cookies = (request.cookies.get("lang", ""), request.cookies.get("display", ""))
        key = (request.host, request.path, encoding, *cookies)
        found = cache.get(key)
        if found is None:
            found = compress(make_response(view(*args, **kwargs)))
            if found.status_code == 200 and "Set-Cookie" not in found.headers:
                cache.put(key, found)
        return found

    return kept
