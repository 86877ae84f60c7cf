"""House rules of accounts: passwords, lockout, logins, and who may grant which role where."""

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from app.core.permissions import Body, Grant, Role, covers
from app.core.roles import ROLE_BODIES, SECOND_FACTOR_ROLES
from app.lib.i18n import N_
from app.lib.text import fold

# ------------------------------------------------------------------------------------------- passwords

MIN_PASSWORD = 10
MAX_PASSWORD = 200
# What people here choose when they are told to choose ten characters; compared folded, without spaces.
_COMMON = """
    0123456789 1234567890 12345678910 0987654321 9876543210 1111111111 0000000000 1122334455 1231231234
    123456789a a123456789 abc1234567 abcd123456 abc123456789 1q2w3e4r5t qwertyuiop qwerty1234 qwerty12345
    password12 password123 password1234 passw0rd123 p@ssw0rd123 p@ssword123 admin12345 admin123456
    administrator quantri123 quantrivien matkhau123 matkhau1234 matkhau12345 matkhau123456 khongcomatkhau
    vietnam123 vietnam1234 vietnam2025 vietnam2026 vietnam@123 vietnamvodich hanoi12345 saigon1234
    saigon12345 iloveyou123 anhyeuem123 emyeuanh123 yeuemnhieulam giadinhtoi chungtalanguoivietnam
    danban1234 danban12345 danban123456 nhandan123 congchuc123 canbo12345 canbo123456 phuong12345
"""
COMMON_PASSWORDS = frozenset(_COMMON.split())


def password_problems(password: str, *, login: str, full_name: str) -> list[str]:
    """Sentences saying why the password is not good enough; an empty list accepts it.

    Length and being hard to guess are what count (no rules about kinds of characters).
    """
    problems = []
    if len(password) < MIN_PASSWORD:
        problems.append(N_("Mật khẩu cần ít nhất 10 ký tự."))
    if len(password) > MAX_PASSWORD:
        problems.append(N_("Mật khẩu dài quá 200 ký tự."))
    plain = _letters(password)
    if _is_name(plain, login, full_name):
        problems.append(N_("Mật khẩu không được là tên đăng nhập hay họ tên của Ông/Bà."))
    if plain in COMMON_PASSWORDS or fold(password) in COMMON_PASSWORDS or len(set(plain)) < 4:
        problems.append(N_("Mật khẩu này nhiều người dùng nên dễ đoán. Mời Ông/Bà chọn mật khẩu khác."))
    return problems


def _letters(text: str) -> str:
    return fold(text).replace(" ", "")


def _is_name(plain: str, login: str, full_name: str) -> bool:
    """Whether nothing but a name and a few digits is in it."""
    bare = re.sub(r"[\W\d_]+", "", plain)
    names = {re.sub(r"[\W\d_]+", "", _letters(name)) for name in (login, full_name)} - {""}
    return bare in names or plain in {_letters(login), _letters(full_name)}


# ----------------------------------------------------------------------------------------------- logins

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")


def login_key(login: str) -> str:
    """A login as it is kept and compared: lower case, no spaces."""
    return "".join(login.split()).lower()


def is_login(login: str) -> bool:
    return LOGIN.fullmatch(login) is not None


# ---------------------------------------------------------------------------------------------- lockout

FAILURES_ALLOWED = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=4)


def lock_after(failures: int) -> timedelta | None:
    """How long the account is locked once it has so many failures in a row; None: not at all.

    Every fifth failure locks, each time twice as long. The longest lock is bounded, so that a stranger cannot
    keep somebody away for a whole day of voting.
    """
    if failures < 1 or failures % FAILURES_ALLOWED:
        return None
    doublings = min(failures // FAILURES_ALLOWED - 1, 8)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


# ------------------------------------------------------------------------------------------------ roles

# At which level of place a role makes sense.
ROLE_LEVELS: dict[Role, frozenset[str]] = {
    Role.PROVINCE_ADMIN: frozenset({"province"}),
    Role.COMMUNE_ADMIN: frozenset({"commune"}),
    Role.COMMUNE_OFFICER: frozenset({"commune"}),
    Role.AREA_HEAD: frozenset({"residential"}),
    Role.FRONT: frozenset({"commune", "residential"}),
    Role.TEAM_MEMBER: frozenset({"commune", "residential"}),
    Role.MODERATOR: frozenset({"commune", "residential"}),
    Role.OVERSEER: frozenset({"province", "commune", "residential"}),
    Role.LEADER: frozenset({"commune"}),
    Role.DESK: frozenset({"commune"}),
    Role.INSPECTOR: frozenset({"commune"}),
}
# Who grants what. An administrator makes nobody equal to himself: the first one comes from the command line.
GRANTABLE: dict[Role, frozenset[Role]] = {
    Role.PROVINCE_ADMIN: frozenset({Role.COMMUNE_ADMIN, Role.OVERSEER, Role.INSPECTOR}),
    # Inspectors judge what concerns the commune itself: it does not choose them, nor get at their passwords.
    Role.COMMUNE_ADMIN: frozenset(Role) - {Role.PROVINCE_ADMIN, Role.COMMUNE_ADMIN, Role.INSPECTOR},
}


def excludes(one: Role, other: Role) -> bool:
    """Whether nobody may hold both at one place: an inspector, and somebody of the committee that is inspected."""
    bodies = {ROLE_BODIES[role] for role in (one, other) if role is not Role.INSPECTOR}
    return Role.INSPECTOR in (one, other) and Body.COMMITTEE in bodies


def may_grant(held: Iterable[Grant], role: Role, path: str) -> bool:
    """Whether somebody with these roles may give the role at the place, or take it away again."""
    return any(role in GRANTABLE.get(grant.role, ()) and covers(grant.path, path) for grant in held)


def may_manage(held: Iterable[Grant], others: Iterable[Grant]) -> bool:
    """Whether somebody with these roles may manage an account that has the roles ``others``.

    To reset a password is to be able to act as that account, so only who could have granted each of its roles
    may do it. An account that never had a role is nobody's.
    """
    mine, theirs = tuple(held), tuple(others)
    return bool(theirs) and all(may_grant(mine, grant.role, grant.path) for grant in theirs)


def grantable_roles(held: Iterable[Grant]) -> tuple[Role, ...]:
    """The roles that somebody with these roles may grant somewhere, in the order of the table of roles."""
    offered = frozenset[Role]().union(*(GRANTABLE.get(grant.role, ()) for grant in held))
    return tuple(role for role in Role if role in offered)


# ------------------------------------------------------------------------------------------ way to the pages


class Stage(StrEnum):
    """How far somebody who gave the right password has come; only ``OPEN`` opens the staff pages."""

    SECOND_FACTOR = "second_factor"
    PASSWORD = "password"  # noqa: S105 - the name of a stage
    ENROL = "enrol"
    OPEN = "open"


def stage(*, enrolled: bool, proved: bool, must_change: bool, held: Iterable[Grant], required: bool) -> Stage:
    """What has to be done next: prove the second factor, change a temporary password, enrol a second factor.

    ``required`` is the setting ``second_factor``; whoever has enrolled proves it whatever the setting says.
    """
    if enrolled and not proved:
        return Stage.SECOND_FACTOR
    if must_change:
        return Stage.PASSWORD
    if required and not enrolled and any(grant.role in SECOND_FACTOR_ROLES for grant in held):
        return Stage.ENROL
    return Stage.OPEN


# ----------------------------------------------------------------------------------------------- words

_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Zalo", "Zalo"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def browser_name(user_agent: str) -> str:
    """Browser and system in words ("Chrome, Windows"): enough to know one's own device, too little to trace it."""
    found = [next((name for sign, name in table if sign in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in found if name)
