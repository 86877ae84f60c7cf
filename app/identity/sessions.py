"""Who is asking on the staff surface.

The cookie holds a random key, the database its hash: a session can be ended from here at any moment. A new key is
given at every step up (password, second factor), so that a key seen before is worth nothing after.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, flash, g, redirect, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from sqlalchemy import update

from app.core import clock
from app.core.permissions import ANONYMOUS, Actor
from app.identity import queries, rules
from app.identity.models import StaffSession
from app.identity.operations import Lifetime
from app.identity.operations.signing_in import digest
from app.identity.rules import Stage
from app.web import current

KEY = "key"
TOUCH_EVERY = timedelta(minutes=1)
# Where the next step is done, and which pages open before it is done.
STEPS = {
    Stage.SECOND_FACTOR: "identity.second_factor",
    Stage.PASSWORD: "identity.change_password",
    Stage.ENROL: "identity.enrol",
}
ALLOWED = {
    Stage.SECOND_FACTOR: {"identity.second_factor", "identity.sign_in"},
    Stage.PASSWORD: {"identity.change_password", "identity.sign_out"},
    Stage.ENROL: {"identity.enrol", "identity.begin_enrolment", "identity.sign_out"},
}


@dataclass(frozen=True)
class Visit:
    """The session a request came with."""

    session_id: int
    actor: Actor
    stage: Stage


def init_app(app: Flask) -> None:
    app.before_request(recognise)


def recognise() -> Any:
    """Say who asks; lead whoever still owes a step of signing in to that step."""
    g.visit = None
    if request.path != "/staff" and not request.path.startswith("/staff/"):
        return None
    token = cookie.get(KEY)
    if not isinstance(token, str):
        return None
    visit = _visit(token)
    if visit is None:
        leave()
        flash(_("Phiên làm việc đã hết hạn. Mời Ông/Bà đăng nhập lại."), "warn")
        return None
    g.visit = visit
    g.actor = visit.actor if visit.stage is not Stage.SECOND_FACTOR else ANONYMOUS
    if visit.stage is Stage.OPEN or request.endpoint in ALLOWED[visit.stage]:
        return None
    back = request.path if request.method == "GET" else None
    return redirect(url_for(STEPS[visit.stage], next=back), 303)


def visit() -> Visit | None:
    """The session of this request, however far it has come."""
    found: Visit | None = g.get("visit")
    return found


def enter(token: str) -> None:
    """Keep the key of a session just opened; whatever the cookie held before goes."""
    cookie.clear()
    cookie[KEY] = token


def leave() -> None:
    """Forget the session in this browser."""
    cookie.clear()


def lifetime() -> Lifetime:
    settings = current.services().settings
    return Lifetime(hours=settings.staff_session_hours, idle_minutes=settings.staff_idle_minutes)


def browser() -> str:
    """The asker's browser in words, for their list of sessions."""
    return rules.browser_name(request.headers.get("User-Agent", ""))


def _visit(token: str) -> Visit | None:
    """Read in a transaction of its own: the request's has not begun, so a view may still count a try first."""
    services, now = current.services(), clock.now()
    with services.database.session(write=False) as session:
        found = queries.session_by_hash(session, digest(token), now, lifetime().idle_since(now))
        if found is None:
            return None
        row, account = found
        actor = queries.actor_for(session, account, now, session_id=row.id)
        stage = rules.stage(
            enrolled=account.totp_confirmed_at is not None,
            proved=row.second_factor_at is not None,
            must_change=account.must_change_password,
            held=actor.grants,
            required=services.settings.second_factor,
        )
        stale = now - row.last_seen_at >= TOUCH_EVERY
    if stale:
        with services.database.transaction() as session:
            session.execute(update(StaffSession).where(StaffSession.id == row.id).values(last_seen_at=now))
    return Visit(row.id, actor, stage)
