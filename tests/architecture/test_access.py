"""Who may call what, over the whole application."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.core.permissions import Role
from app.core.roles import BALLOT_PERMISSION, PERMISSIONS, ROLE_PERMISSIONS
from app.web.access import access_of, public
from tests.architecture.checks import texts

# Pages of the staff surface that one reaches before signing in.
BEFORE_SIGN_IN = ("/staff/sign-in", "/staff/dang-nhap")
SENDABLE = {"GET", "HEAD", "OPTIONS", "POST"}


def unmarked(app: Flask) -> list[str]:
    """Endpoints without an access rule: they never run."""
    return [rule.endpoint for rule in app.url_map.iter_rules() if access_of(app, rule.endpoint) is None]


def wrongly_open(app: Flask) -> Iterator[str]:
    """Pages of the staff surface that anybody may call, and residents' pages that ask for a signed-in person."""
    for rule in app.url_map.iter_rules():
        access = access_of(app, rule.endpoint)
        staff = rule.rule.startswith("/staff")
        if access is None or rule.rule.startswith(BEFORE_SIGN_IN):
            continue
        if staff == (access.kind == "public"):
            yield f"{rule.rule} is {access.kind}"


def unsendable(app: Flask) -> list[str]:
    """Routes with a method that no form can send: pages must work without a script."""
    return [rule.rule for rule in app.url_map.iter_rules() if (rule.methods or set()) - SENDABLE]


def test_every_endpoint_is_marked(app: Flask) -> None:
    assert len(list(app.url_map.iter_rules())) > 5
    assert unmarked(app) == []


def test_the_staff_surface_is_closed_and_the_residents_open(app: Flask) -> None:
    assert list(wrongly_open(app)) == []


def test_a_form_can_send_everything(app: Flask) -> None:
    assert unsendable(app) == []


def test_every_permission_is_used() -> None:
    source = "\n".join(text for name, text in texts("app", suffixes=[".py"]) if name != "app/core/roles.py")
    assert sorted(permission for permission in PERMISSIONS if permission not in source) == []


def test_every_role_holds_something_and_nobody_holds_the_ballot() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert all(ROLE_PERMISSIONS.values())
    assert BALLOT_PERMISSION not in PERMISSIONS


@pytest.fixture
def small() -> Flask:
    app = Flask("small", static_folder=None)
    app.add_url_rule("/open", "open", public(lambda: ""))
    return app


def test_the_guards_can_fail(small: Flask) -> None:
    assert unmarked(small) == list(wrongly_open(small)) == []
    small.add_url_rule("/forgotten", "forgotten", lambda: "")
    small.add_url_rule("/staff/open", "staff_open", public(lambda: ""), methods=["DELETE"])
    assert unmarked(small) == ["forgotten"]
    assert list(wrongly_open(small)) == ["/staff/open is public"]
    assert unsendable(small) == ["/staff/open"]
