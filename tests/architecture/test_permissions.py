"""Permissions: every one is granted and asked for, and the table of addresses says the same as they do."""

from flask import Flask

from app.core.permissions import Actor, Grant, Role
from app.core.roles import BALLOT_PERMISSION, PERMISSIONS, ROLE_PERMISSIONS
from app.web.access import access_of
from tests.architecture.checks import texts
from tests.architecture.test_permission_table import ROLES, TABLE


def test_nobody_holds_the_ballot() -> None:
    assert BALLOT_PERMISSION not in PERMISSIONS
    everywhere = Actor(1, "Ai đó", grants=tuple(Grant(role, "") for role in Role))
    assert not everywhere.may(BALLOT_PERMISSION, "79/25846/06")
    assert not everywhere.holds_anywhere(BALLOT_PERMISSION)


def test_every_permission_is_granted_and_asked_for(app: Flask) -> None:
    asked = {access.permission for name in TABLE if (access := access_of(app, name)) and access.permission}
    parts = texts("app", suffixes=[".py"])
    asking = ("/operations/", "views", "/rights.py")
    source = "\n".join(part for name, part in parts if any(place in name for place in asking))
    asked |= {permission for permission in PERMISSIONS if f'"{permission}"' in source}
    assert asked == PERMISSIONS == frozenset().union(*ROLE_PERMISSIONS.values())


def test_the_table_says_what_the_permissions_say(app: Flask) -> None:
    """Nobody may send what the page itself does not let them see; roles of the table hold the page's permission."""
    for endpoint, (_about, get, post) in TABLE.items():
        access = access_of(app, endpoint)
        permission = access.permission if access else None
        for letter in (get or "") + (post or ""):
            assert permission is None or permission in ROLE_PERMISSIONS[ROLES[letter]], (endpoint, letter)
        assert get is None or set(post or "") <= set(get), endpoint
