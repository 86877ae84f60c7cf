"""The device and the network of a visitor, each only as a keyed hash.

A device is a random value in a cookie of ours, given with the first form shown and signed, so that nobody makes one
up; it is no fingerprint, and nothing is read from the device. A network is that of one subscriber: the address the
request came from, of IPv6 its first half, hashed with a key of the day: tomorrow the same address is another network.
"""

import secrets
from dataclasses import dataclass

from flask import Response, g, request

from app.core import clock
from app.core.tokens import BadToken, bytes_of, same, text_of
from app.lib.networks import SUBSCRIBER, network_of
from app.web import current

COOKIE = "device"
LIFE = 365 * 24 * 3600
_RANDOM, _MAC = 12, 9


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a form: the hash of the device, whether it came with its cookie, and the hash of the network."""

    device_hash: str
    known: bool
    network_hash: str


def device_hash() -> str:
    """The keyed hash of this device's cookie.

    "" for a visitor without one who only reads: reading leaves nothing in the device. One who sends gets a cookie.
    """
    return _device_hash(_held())


def network_hash(prefix: int = SUBSCRIBER) -> str:
    """The keyed hash of the network the request came from (as the trusted proxies tell it), different every day."""
    return _hash("visitor network", f"{clock.today().isoformat()} {network_of(request.remote_addr or '', prefix)}")


def visitor() -> Visitor:
    held = _held()
    known = bool(held) and "device_given" not in g
    return Visitor(_device_hash(held), known, network_hash())


def introduce() -> str:
    """See to it that the device has a cookie after this answer; its value."""
    value = _held()
    if not value:
        random = secrets.token_bytes(_RANDOM)
        value = text_of(random + _mac(random))
        g.device_given = value
    return value


def remember(response: Response) -> Response:
    """Put the cookie of a new device into the answer."""
    value = g.get("device_given")
    if value:
        secure = current.services().settings.secure_cookies
        response.set_cookie(COOKIE, value, max_age=LIFE, secure=secure, httponly=True, samesite="Lax")
    return response


def _device_hash(held: str) -> str:
    if not held and request.method in current.SAFE_METHODS:
        return ""
    return _hash("visitor device", held or introduce())


def _held() -> str:
    """The sound value of the cookie, or the one given during this request; "" when there is none."""
    given = g.get("device_given")
    if given:
        return str(given)
    value = request.cookies.get(COOKIE, "")
    try:
        raw = bytes_of(value)
    except BadToken:
        return ""
    sound = len(raw) == _RANDOM + _MAC and same(raw[_RANDOM:], _mac(raw[:_RANDOM]))
    return value if sound else ""


def _mac(random: bytes) -> bytes:
    return current.services().keyring.mac("device cookie", random)[:_MAC]


def _hash(purpose: str, value: str) -> str:
    return current.services().keyring.mac(purpose, value.encode()).hex()
