"""The page that asks for a proof of work and sends the same form again."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, request

from app.visitors import proof

STATUS = 428
"""Precondition required: nothing was taken."""

# Written anew on the page itself.
OWN = frozenset({"token", "client_uuid", "website", proof.CHALLENGE, proof.NUMBER})


class ProofAsked(Exception):
    """The form is not taken before the device has reckoned, or its owner has said that it shall not."""

    def __init__(self, purpose: str, challenge: proof.Challenge) -> None:
        super().__init__(purpose)
        self.purpose = purpose
        self.challenge = challenge


def page(asked: ProofAsked) -> Any:
    """The same form again, every field in it, and the challenge."""
    fields = list(_fields())
    return render_template("visitors/proof.html", asked=asked, fields=fields), STATUS


def _fields() -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in request.form.items(multi=True) if name not in OWN)
