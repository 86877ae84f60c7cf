"""Who may call a view. A view without a mark does not run; the marks are data that tests read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, g

from app.core.errors import Forbidden, NotFound
from app.core.permissions import Actor
from app.core.rights import NOT_HERE
from app.core.roles import PERMISSIONS
from app.lib.i18n import N_
from app.web import current

View = Callable[..., Any]
Loader = Callable[..., Any]


@dataclass(frozen=True)
class Access:
    """The rule of a view: ``public``, ``staff`` (signed in), or a permission."""

    kind: str
    permission: str | None = None


class SignInNeeded(Exception):
    """Nobody is signed in on the staff surface."""


def public(view: View) -> View:
    """Anybody may call the view."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any member of staff may call the view."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        _staff()
        return view(*args, **kwargs)

    guarded.access = Access("staff")  # type: ignore[attr-defined]
    return guarded


def require(permission: str, load: Loader | None = None) -> Callable[[View], View]:
    """Only who holds the permission may call the view.

    ``load(session, actor, **url_values)`` finds the thing asked for *inside the asker's scope* and returns it, or
    None: that is 404. The thing has ``path`` (or ``area.path``); without the permission there the answer is 403.
    The view receives the thing as its first argument instead of the values of the URL.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"no role holds {permission}")

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(**kwargs: Any) -> Any:
            actor = _staff()
            if load is None:
                if not actor.holds_anywhere(permission):
                    raise Forbidden(N_("Ông/Bà không có quyền làm việc này."))
                return view(**kwargs)
            thing = load(current.session(), actor, **kwargs)
            if thing is None:
                raise NotFound(N_("Không tìm thấy nội dung này."))
            if not actor.may(permission, place_of(thing)):
                raise Forbidden(NOT_HERE)
            return view(thing)

        guarded.access = Access("permission", permission)  # type: ignore[attr-defined]
        return guarded

    return mark


def place_of(thing: Any) -> str:
    """The place a thing belongs to."""
    place = getattr(thing, "path", None)
    return place if isinstance(place, str) else str(thing.area.path)


def access_of(app: Flask, endpoint: str) -> Access | None:
    """The mark of an endpoint; None means the view never runs."""
    view = app.view_functions.get(endpoint)
    return getattr(view, "access", None)


def _staff() -> Actor:
    actor = current.actor()
    if not actor.is_staff:
        raise SignInNeeded
    # A page must hold true for the moment it is asked: nothing between browser and service may keep it.
    g.private = True
    return actor
