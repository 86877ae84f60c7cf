"""Paths of places: as one word of an address, and as SQL by which lists filter by the same truth as ``Actor.may``."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from app.core.permissions import Actor


def code_of_path(path: str) -> str:
    """The path as one word, for web addresses and commands: ``79-25846-06``."""
    return path.replace("/", "-")


def path_of_code(code: str) -> str:
    return code.replace("-", "/")


def within(path: Any, places: Iterable[str]) -> ColumnElement[bool]:
    """Whether a path lies at or below one of the places; no places means nothing is seen."""
    conditions: list[ColumnElement[bool]] = []
    for place in places:
        if not place:
            return true()
        conditions += [path == place, path.startswith(place + "/", autoescape=True)]
    return or_(*conditions) if conditions else false()


def visible(path: Any, actor: Actor) -> ColumnElement[bool]:
    """Whether a path is inside the asker's scope, by whatever role."""
    return within(path, (grant.path for grant in actor.grants))


def above(path: Any, lower: str) -> ColumnElement[bool]:
    """Whether a path is the given one or one of its ancestors."""
    parts = lower.split("/")
    return or_(*(path == "/".join(parts[: i + 1]) for i in range(len(parts))))
