"""Who may do what, as plain data: grants and the asker. ``app.core.roles`` says what a role may do.

A grant is a role at a place, and covers the place and all below it. Places are paths such as ``79/25846/06``; they are
compared with the slash, so that ``0`` does not cover ``07``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.core.roles import ROLE_BODIES, ROLE_PERMISSIONS, Body, Role

__all__ = ["ANONYMOUS", "OPERATOR", "SYSTEM", "Actor", "Body", "Grant", "Role", "covers"]


def covers(place: str, path: str) -> bool:
    """Whether a grant at ``place`` reaches ``path``; the empty place is the whole country."""
    return not place or path == place or path.startswith(place + "/")


@dataclass(frozen=True)
class Grant:
    """A role at a place."""

    role: Role
    path: str

    @property
    def permissions(self) -> frozenset[str]:
        return ROLE_PERMISSIONS[self.role]


@dataclass(frozen=True)
class Actor:
    """Who is asking: detached plain values, safe to hand to any operation."""

    account_id: int | None
    name: str
    login: str = ""
    grants: tuple[Grant, ...] = ()
    session_id: int | None = None
    meta: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_staff(self) -> bool:
        return self.account_id is not None

    def may(self, permission: str, path: str) -> bool:
        """Whether the asker holds the permission at the place."""
        return any(permission in g.permissions and covers(g.path, path) for g in self.grants)

    def sees(self, path: str) -> bool:
        """Whether the place is inside the asker's scope at all (decides between 404 and 403)."""
        return any(covers(g.path, path) for g in self.grants)

    def places(self, permission: str) -> tuple[str, ...]:
        """The places where the asker holds the permission: what a list query filters by."""
        return tuple(sorted({g.path for g in self.grants if permission in g.permissions}))

    def holds_anywhere(self, permission: str) -> bool:
        return any(permission in g.permissions for g in self.grants)

    def bodies(self, permission: str, path: str) -> tuple[Body, ...]:
        """The bodies for which the asker holds the permission at the place."""
        found: Iterable[Body] = (
            ROLE_BODIES[g.role] for g in self.grants if permission in g.permissions and covers(g.path, path)
        )
        return tuple(sorted(set(found)))


ANONYMOUS = Actor(account_id=None, name="")
SYSTEM = Actor(account_id=None, name="Hệ thống", login="system")
# Who runs a command on the machine itself has every right that concerns places and rolls, and none over a vote.
OPERATOR = Actor(
    account_id=None,
    name="Người vận hành",
    login="operator",
    grants=(Grant(Role.PROVINCE_ADMIN, ""), Grant(Role.COMMUNE_ADMIN, "")),
)
