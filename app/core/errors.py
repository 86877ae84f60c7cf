"""Refusals: what the service will not do, with a sentence for people.

A refusal carries a Vietnamese sentence (marked with ``N_`` where it is written), its parameters, and, when one
entry of a form is at fault, the name of that field. The web floor translates and shows it at the place.
"""

from typing import Any


class Refusal(Exception):
    """The request is understood and will not be carried out (HTTP 422)."""

    status = 422

    def __init__(self, message: str, /, *, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params
        self.field = field

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class NotFound(Refusal):
    """There is no such thing inside the asker's scope (HTTP 404)."""

    status = 404


class Forbidden(Refusal):
    """Inside the asker's scope, but without the right (HTTP 403)."""

    status = 403


class WrongMoment(Refusal):
    """The right person at the wrong moment: the state of things forbids it (HTTP 409)."""

    status = 409


class TooMany(Refusal):
    """Too many tries; ``retry_after`` is in seconds (HTTP 429)."""

    status = 429

    def __init__(self, message: str, /, *, retry_after: int = 60, **params: Any) -> None:
        super().__init__(message, **params)
        self.retry_after = retry_after


class ManyRefusals(Refusal):
    """Several things stand in the way; all are said at once."""

    status = 409

    def __init__(self, message: str, /, problems: list[Refusal]) -> None:
        super().__init__(message)
        self.problems = problems
