"""The staff menu: slices register their entries, permissions decide which of them somebody sees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.core.roles import ROLE_NAMES
from app.lib.i18n import N_
from app.web import current
from app.web.access import place_of

ACCOUNT = "identity.account"
SIGN_OUT = "identity.sign_out"
WHOLE_COUNTRY = N_("Cả nước")
COUNTED = 100
Count = Callable[[Session, Actor], int]


@dataclass(frozen=True)
class Entry:
    """One entry: shown to whoever holds the permission anywhere; ``count`` says how much waits for them there."""

    label: str
    endpoint: str
    permission: str | None
    order: int
    count: Count | None = None
    also: tuple[str, ...] = ()


def add(
    app: Flask, label: str, endpoint: str, permission: str | None, order: int, *, count: Count | None = None,
    also: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Register an entry of the staff menu; ``label`` is marked for translation.

    ``also`` names further blueprints whose pages belong to the entry. ``count`` is asked on every staff page: it is
    quick, and counts no further than a hundred.
    """
    app.extensions.setdefault("danban_menu", []).append(Entry(label, endpoint, permission, order, count, also))


def staff_may(permission: str, thing: Any) -> bool:
    """Whether whoever is signed in holds the permission at the place of the thing: for what a page offers."""
    return current.actor().may(permission, place_of(thing))


def init_app(app: Flask) -> None:
    app.jinja_env.globals["staff_may"] = staff_may
    app.context_processor(lambda: {"staff": staff_context(app)} if request.path.startswith("/staff") else {})


def staff_context(app: Flask) -> dict[str, Any] | None:
    """What the staff layout shows of the one who is signed in."""
    actor = current.actor()
    if not actor.is_staff:
        return None
    entries = sorted(app.extensions.get("danban_menu", ()), key=lambda entry: entry.order)
    seen = [e for e in entries if e.permission is None or actor.holds_anywhere(e.permission)]
    blueprint = (request.endpoint or "").rpartition(".")[0]
    roles = sorted({gettext(ROLE_NAMES[grant.role]) for grant in actor.grants})
    return {
        "name": actor.name,
        "role": ", ".join(roles) or gettext(N_("chưa có vai trò")),
        "scope": actor.meta.get("scope") or gettext(WHOLE_COUNTRY),
        "account_url": url_for(ACCOUNT),
        "sign_out_url": url_for(SIGN_OUT),
        "nav": [
            {
                "label": gettext(entry.label),
                "url": url_for(entry.endpoint),
                "current": blueprint in (entry.endpoint.rpartition(".")[0], *entry.also),
                "count": _counted(entry, actor),
            }
            for entry in seen
        ],
    }


def _counted(entry: Entry, actor: Actor) -> str:
    """How much waits, in words; empty for nothing, and on a page of faults, which asks the database for nothing."""
    waiting = entry.count(current.session(), actor) if entry.count and not g.get("error_page") else 0
    return f"{COUNTED - 1}+" if waiting >= COUNTED else str(waiting or "")
