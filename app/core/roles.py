"""Roles, the bodies they act for, and what each of them may do; a permission is ``slice:thing:verb``."""

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
