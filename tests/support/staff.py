"""Members of staff in a test client: signed in without the pages, and sending forms as the pages would."""

import secrets
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.identity.models import Account, StaffSession
from app.identity.operations.signing_in import digest
from app.identity.sessions import KEY
from tests.support.cast import in_days, make_account, make_grant


def sign_in(client: FlaskClient, session: Session, account: Account, **values: Any) -> StaffSession:
    """Let the client come as the account, with its second factor proved; ``values`` alter the session's row."""
    account.totp_confirmed_at = account.totp_confirmed_at or clock.now()
    return open_session(client, session, account, **{"second_factor_at": clock.now()} | values)


def open_session(client: FlaskClient, session: Session, account: Account, **values: Any) -> StaffSession:
    """Let the client come as the account, as after the password."""
    token = secrets.token_urlsafe(8)
    now = clock.now()
    defaults = {"created_at": now, "last_seen_at": now, "expires_at": in_days(0.25)}
    row = StaffSession(account_id=account.id, token_hash=digest(token), **defaults | values)
    session.add(row)
    session.commit()
    with client.session_transaction("/staff/") as cookie:
        cookie[KEY] = token
    return row


def sign_in_as(client: FlaskClient, session: Session, role: Role, place: Area, **values: Any) -> Account:
    """Let the client come as somebody new who holds the role at the place."""
    account = make_account(session, **values)
    make_grant(session, account, role, place)
    sign_in(client, session, account)
    return account


def csrf(response: TestResponse) -> str:
    """The token of the first form of a page that has one."""
    field = BeautifulSoup(response.text, "html.parser").find("input", attrs={"name": "csrf_token"})
    assert field is not None, f"no form to send on {response.request.path}"
    return str(field["value"])


def send(
    client: FlaskClient, page: str, values: dict[str, Any] | None = None, *, to: str | None = None
) -> TestResponse:
    """Open ``page`` and send a form with these values from it, to ``to`` or to the page itself."""
    token = csrf(client.get(page))
    return client.post(to or page, data={"csrf_token": token} | (values or {}))
