"""Text messages through the HTTP interface of a provider, which settings describe: address, body, sign of success."""

import http.client
import json
import re
import socket
import urllib.error
import urllib.request
from typing import Any

from app.gateways.messages import Delivery, Outcome, Payload

PATIENCE = 20
MAX_ANSWER = 64 * 1024
_HARMLESS = re.compile(r"[A-Za-z0-9_.-]{1,20}")
# Nobody was reached at all, so nothing can have been taken.
_NOT_REACHED = (ConnectionRefusedError, socket.gaierror)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class HttpSms:
    """Posts JSON. In the values of ``body``: ``{phone}`` 0901234567, ``{phone84}`` 84901234567, ``{text}``, ``{key}``.

    ``accepted`` is where the answer says yes, such as ``CodeResult=100`` or ``data.status=success``.
    """

    name, max_len, unicode = "http_sms", 160, False

    def __init__(self, *, url: str, body: dict[str, Any], accepted: str, headers: dict[str, str] | None = None) -> None:
        self._url = url
        self._body = body
        self._headers = {"Content-Type": "application/json", **(headers or {})}
        self._place, _equals, self._yes = accepted.partition("=")
        self._opener = urllib.request.build_opener(_NoRedirect)

    def send(self, payload: Payload, *, idempotency_key: str) -> Delivery:
        values = {
            "{phone}": payload.phone,
            "{phone84}": "84" + payload.phone.removeprefix("0"),
            "{text}": payload.text,
            "{key}": idempotency_key,
        }
        data = json.dumps(_filled(self._body, values)).encode()
        request = urllib.request.Request(self._url, data, self._headers, method="POST")  # noqa: S310 - from settings
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return self._judged(answer.read(MAX_ANSWER))
        except urllib.error.HTTPError as refused:
            return _refused(refused.code)
        except urllib.error.URLError as fault:
            reached = not isinstance(fault.reason, _NOT_REACHED)
            return Delivery(Outcome.AMBIGUOUS if reached else Outcome.RETRY, type(fault.reason).__name__)
        except (OSError, http.client.HTTPException) as fault:
            return Delivery(Outcome.AMBIGUOUS, type(fault).__name__)

    def _judged(self, answer: bytes) -> Delivery:
        try:
            found: Any = json.loads(answer)
        except ValueError:
            return Delivery(Outcome.AMBIGUOUS, "no JSON")
        for step in self._place.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        said = str(found)
        if said == self._yes:
            return Delivery(Outcome.ACCEPTED)
        return Delivery(Outcome.REJECTED, said if _HARMLESS.fullmatch(said) else "")


def _refused(status: int) -> Delivery:
    """A refusal by HTTP: too busy means later, a fault of theirs leaves open what they did before."""
    if status == 429:
        return Delivery(Outcome.RETRY, str(status))
    return Delivery(Outcome.AMBIGUOUS if status >= 500 else Outcome.REJECTED, str(status))


def _filled(part: Any, values: dict[str, str]) -> Any:
    """The body with its places filled; what is filled in is never looked at again."""
    if isinstance(part, dict):
        return {name: _filled(one, values) for name, one in part.items()}
    if isinstance(part, list):
        return [_filled(one, values) for one in part]
    if isinstance(part, str):
        return re.sub("|".join(map(re.escape, values)), lambda found: values[found[0]], part)
    return part
