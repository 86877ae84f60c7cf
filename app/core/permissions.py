"""Who may do what: permissions, roles and the asker, as plain data.

A permission is ``slice:thing:verb``. A grant is a role at a place, and covers the place and all below it. Places
are paths such as ``79/25846/06``; they are compared with the slash, so that ``0`` does not cover ``07``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.lib.i18n import N_


class Role(StrEnum):
    """What somebody is at a place."""

    PROVINCE_ADMIN = "province_admin"
    COMMUNE_ADMIN = "commune_admin"
    COMMUNE_OFFICER = "commune_officer"
    AREA_HEAD = "area_head"
    FRONT = "front_representative"
    TEAM_MEMBER = "team_member"
    MODERATOR = "moderator"
    OVERSEER = "overseer"
    LEADER = "leader"
    DESK = "desk_officer"
    INSPECTOR = "inspector"


class Body(StrEnum):
    """The body somebody acts for; acts that need two people need two bodies."""

    COMMITTEE = "committee"
    COMMUNITY = "community"
    FRONT = "front"
    OVERSIGHT = "oversight"


ROLE_NAMES = {
    Role.PROVINCE_ADMIN: N_("Quản trị cấp tỉnh"),
    Role.COMMUNE_ADMIN: N_("Quản trị cấp xã"),
    Role.COMMUNE_OFFICER: N_("Công chức cấp xã"),
    Role.AREA_HEAD: N_("Trưởng thôn, Tổ trưởng tổ dân phố"),
    Role.FRONT: N_("Trưởng ban công tác Mặt trận"),
    Role.TEAM_MEMBER: N_("Thành viên Tổ lấy ý kiến"),
    Role.MODERATOR: N_("Người kiểm duyệt"),
    Role.OVERSEER: N_("Người giám sát"),
    Role.LEADER: N_("Lãnh đạo Ủy ban nhân dân cấp xã"),
    Role.DESK: N_("Công chức tại quầy"),
    Role.INSPECTOR: N_("Ban Thanh tra nhân dân, Mặt trận cấp xã"),
}
ROLE_BODIES = {
    Role.PROVINCE_ADMIN: Body.COMMITTEE,
    Role.COMMUNE_ADMIN: Body.COMMITTEE,
    Role.COMMUNE_OFFICER: Body.COMMITTEE,
    Role.AREA_HEAD: Body.COMMUNITY,
    Role.FRONT: Body.FRONT,
    Role.TEAM_MEMBER: Body.COMMUNITY,
    Role.MODERATOR: Body.COMMITTEE,
    Role.OVERSEER: Body.OVERSIGHT,
    Role.LEADER: Body.COMMITTEE,
    Role.DESK: Body.COMMITTEE,
    Role.INSPECTOR: Body.OVERSIGHT,
}
BODY_NAMES = {
    Body.COMMITTEE: N_("Ủy ban nhân dân"),
    Body.COMMUNITY: N_("Cộng đồng dân cư"),
    Body.FRONT: N_("Mặt trận Tổ quốc"),
    Body.OVERSIGHT: N_("Cơ quan giám sát"),
}
# Whoever can change a vote, who may vote, a figure or an account to pay to, proves it with a second factor.
SECOND_FACTOR_ROLES = frozenset(Role) - {Role.MODERATOR, Role.OVERSEER, Role.DESK}

_VIEW = frozenset(
    {
        "areas:area:view",
        "holidays:day:view",
        "polls:poll:view",
        "consultations:consultation:view",
        "publication:posting:view",
    }
)
# Who answers for a consultation. That two people are needed for an answer is asked of people, not of roles.
_CONSULT = frozenset(
    {
        "consultations:draft:prepare",
        "consultations:draft:publish",
        "consultations:comment:view",
        "consultations:comment:enter",
        "consultations:group:decide",
        "consultations:answer:draft",
        "consultations:answer:approve",
        "consultations:answer:publish",
    }
)
# Who serves people at counters runs the points; who reviews what is suspect, or is accused there, is somebody else.
_COUNTERS = frozenset(
    {
        "feedback:point:view",
        "feedback:numbers:view",
        "feedback:officer:view",
        "feedback:flag:view",
        "feedback:case:view",
        "payments:account:view",
    }
)
_PREPARE = frozenset(
    {
        "polls:poll:prepare",
        "polls:poll:rehearse",
        "polls:slip:issue",
        "polls:slip:deliver",
        "polls:counter:assist",
        "polls:absent:view",
        "polls:participants:view",
        "polls:minutes:write",
    }
)
ROLE_PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.PROVINCE_ADMIN: _VIEW
    | {"areas:area:manage", "holidays:day:edit", "identity:account:view", "identity:account:manage"},
    Role.COMMUNE_ADMIN: _VIEW
    | {
        "areas:area:manage",
        "holidays:day:edit",
        "identity:account:view",
        "identity:account:manage",
        "households:household:view",
        "households:household:edit",
        "households:roll:import",
        "moderation:word:edit",
        "notifications:message:view",
        "feedback:point:view",
    },
    Role.COMMUNE_OFFICER: _VIEW
    | _CONSULT
    | (_COUNTERS - {"feedback:officer:view"})
    | {
        "feedback:point:edit",
        "feedback:roster:edit",
        "feedback:code:mint",
        "feedback:check:record",
        "feedback:report:score",
        "feedback:rating:export",
        "feedback:board:write",
        "feedback:case:handle",
        "payments:account:enter",
        "payments:collection:edit",
        "payments:check:record",
        "moderation:item:view",
        "moderation:escalated:decide",
        "moderation:appeal:hear",
        "publication:posting:edit",
        "publication:place:record",
        "households:household:view",
        "households:household:edit",
        "households:roll:import",
        "polls:key:release",
        "polls:change:confirm",
        "polls:participants:view",
        "polls:decision:receive",
    },
    Role.AREA_HEAD: _VIEW
    | _PREPARE
    | {
        "households:household:view",
        "households:household:edit",
        "households:roll:import",
        "polls:change:request",
        "polls:key:release",
        "polls:decision:send",
        "consultations:comment:enter",
        "publication:place:record",
    },
    Role.FRONT: _VIEW
    | _PREPARE
    | {
        "households:household:view",
        "polls:poll:confirm",
        "polls:change:request",
        "polls:change:confirm",
        "polls:key:release",
        "consultations:comment:enter",
    },
    Role.TEAM_MEMBER: _VIEW
    | {"polls:slip:deliver", "polls:counter:assist", "polls:absent:view", "households:household:view"},
    Role.MODERATOR: _VIEW
    | {
        "moderation:item:view",
        "moderation:item:decide",
        "moderation:original:view",
        "moderation:appeal:hear",
        "moderation:word:edit",
        "consultations:comment:view",
    },
    Role.OVERSEER: _VIEW
    | {
        "households:household:view",
        "identity:account:view",
        "audit:entry:view",
        "polls:participants:view",
        "consultations:comment:view",
        "moderation:item:view",
        "moderation:original:view",
        "notifications:message:view",
    }
    | _COUNTERS,
    Role.LEADER: _VIEW
    | _COUNTERS
    | {
        "feedback:case:lead",
        "feedback:alert:close",
        "feedback:report:verify",
        "feedback:rating:export",
        "payments:account:approve",
    },
    Role.DESK: _VIEW | {"feedback:point:view", "feedback:own:view", "feedback:check:record", "payments:check:record"},
    Role.INSPECTOR: _VIEW
    | _COUNTERS
    | {"feedback:flag:decide", "feedback:rating:export", "feedback:restricted:handle"},
}
PERMISSIONS = frozenset().union(*ROLE_PERMISSIONS.values())
# Held by the household's slip alone. It stands here so that a test can show that no role ever has it.
BALLOT_PERMISSION = "polls:ballot:cast"


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
