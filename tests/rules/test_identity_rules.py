"""House rules of accounts: passwords, locks, roles, steps of signing in."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.permissions import Grant, Role, covers
from app.core.roles import ROLE_PERMISSIONS
from app.identity import rules
from app.identity.rules import Stage, browser_name, is_login, lock_after, login_key, may_grant, may_manage, stage

PATHS = ["79", "79/25846", "79/25846/01", "79/25846/011", "79/25847", "79/25847/01", "7", "01", "01/00004"]
grants = st.builds(Grant, st.sampled_from(Role), st.sampled_from(PATHS))
held = st.lists(grants, max_size=4)
RANK = {Role.PROVINCE_ADMIN: 2, Role.COMMUNE_ADMIN: 1}


def problems(password: str) -> list[str]:
    return rules.password_problems(password, login="nguyenvanan", full_name="Nguyễn Văn An")


@pytest.mark.parametrize(
    "password",
    [
        "mua nang len",
        "Trời hôm nay đẹp",
        "a1b2c3d4e5f6",
        "nguyenvanan thich uong tra",
        "x" * 5 + "yzuvw",
        "con mèo 3 chân",
    ],
)
def test_passwords_that_will_do(password: str) -> None:
    assert problems(password) == []


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "ít nhất 10"),
        ("chín ký tự"[:9], "ít nhất 10"),
        ("x" * 201, "dài quá"),
        ("nguyenvanan", "tên đăng nhập"),
        ("NguyenVanAn1990", "tên đăng nhập"),
        ("Nguyễn Văn An", "tên đăng nhập"),
        ("NGUYỄN VĂN AN 2026", "tên đăng nhập"),
        ("nguyen.van.an", "tên đăng nhập"),
        ("1234567890", "dễ đoán"),
        ("Matkhau123", "dễ đoán"),
        ("MẬT KHẨU 123", "dễ đoán"),
        ("P@ssw0rd123", "dễ đoán"),
        ("aaaaaaaaaaaa", "dễ đoán"),
        ("1212121212", "dễ đoán"),
    ],
)
def test_passwords_that_will_not_do(password: str, words: str) -> None:
    assert any(words in problem for problem in problems(password))


def test_every_problem_is_said_at_once() -> None:
    assert len(rules.password_problems("an", login="an", full_name="An")) == 3


def test_common_passwords_are_in_the_form_they_are_compared_in() -> None:
    assert all(rules._letters(word) == word for word in rules.COMMON_PASSWORDS)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(5, 15), (10, 30), (15, 60), (20, 120), (25, 240), (30, 240), (5000, 240)]
)
def test_every_fifth_failure_locks_for_longer(failures: int, minutes: int) -> None:
    assert lock_after(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize("failures", [-5, 0, 1, 4, 6, 9, 11, 14])
def test_other_failures_do_not_lock(failures: int) -> None:
    assert lock_after(failures) is None


@pytest.mark.parametrize("login", ["an1", "nguyen.van-an_2", "a" * 40])
def test_logins(login: str) -> None:
    assert is_login(login)


@pytest.mark.parametrize("login", ["", "an", "1an", "Nguyen", "nguyễn", "an binh", "a" * 41, "an\n", "-an"])
def test_what_is_no_login(login: str) -> None:
    assert not is_login(login)


def test_a_login_is_compared_without_case_and_spaces() -> None:
    assert login_key("  Can Bo1 ") == "canbo1"


@pytest.mark.parametrize(
    ("giver", "role", "path", "allowed"),
    [
        (Grant(Role.PROVINCE_ADMIN, "79"), Role.COMMUNE_ADMIN, "79/25846", True),
        (Grant(Role.PROVINCE_ADMIN, "79"), Role.OVERSEER, "79", True),
        (Grant(Role.PROVINCE_ADMIN, "79"), Role.OVERSEER, "79/25846/01", True),
        (Grant(Role.PROVINCE_ADMIN, "79"), Role.PROVINCE_ADMIN, "79", False),
        (Grant(Role.PROVINCE_ADMIN, "79"), Role.AREA_HEAD, "79/25846/01", False),
        (Grant(Role.PROVINCE_ADMIN, "79"), Role.COMMUNE_ADMIN, "01/00004", False),
        (Grant(Role.PROVINCE_ADMIN, "7"), Role.COMMUNE_ADMIN, "79/25846", False),
        (Grant(Role.COMMUNE_ADMIN, "79/25846"), Role.AREA_HEAD, "79/25846/01", True),
        (Grant(Role.COMMUNE_ADMIN, "79/25846"), Role.OVERSEER, "79/25846", True),
        (Grant(Role.COMMUNE_ADMIN, "79/25846"), Role.OVERSEER, "79", False),
        (Grant(Role.COMMUNE_ADMIN, "79/25846"), Role.COMMUNE_ADMIN, "79/25846", False),
        (Grant(Role.COMMUNE_ADMIN, "79/25846"), Role.FRONT, "79/25847/01", False),
        (Grant(Role.AREA_HEAD, "79/25846/01"), Role.TEAM_MEMBER, "79/25846/01", False),
        (Grant(Role.OVERSEER, "79"), Role.OVERSEER, "79/25846", False),
    ],
)
def test_who_grants_what_where(giver: Grant, role: Role, path: str, allowed: bool) -> None:
    assert may_grant([giver], role, path) is allowed


@given(held, st.sampled_from(Role), st.sampled_from(PATHS))
def test_what_is_granted_is_lower_and_below(mine: list[Grant], role: Role, path: str) -> None:
    if may_grant(mine, role, path):
        givers = [g for g in mine if covers(g.path, path) and RANK.get(g.role, 0) > RANK.get(role, 0)]
        assert givers, "somebody granted a role at least as high as their own, or outside their place"


@given(held, held)
def test_whoever_manages_could_have_granted_everything(mine: list[Grant], theirs: list[Grant]) -> None:
    assert may_manage(mine, theirs) == (bool(theirs) and all(may_grant(mine, g.role, g.path) for g in theirs))


@given(held)
def test_nobody_manages_an_account_like_their_own(mine: list[Grant]) -> None:
    assert not may_manage(mine, mine)


def test_roles_with_levels_and_administrators() -> None:
    assert set(rules.ROLE_LEVELS) == set(Role)
    assert all("identity:account:manage" in ROLE_PERMISSIONS[role] for role in rules.GRANTABLE)
    everyone = [Grant(role, "") for role in Role]
    assert set(rules.grantable_roles(everyone)) == set(Role) - {Role.PROVINCE_ADMIN}
    assert rules.grantable_roles([Grant(Role.AREA_HEAD, "79/25846/01")]) == ()


HEAD, WATCHER = [Grant(Role.AREA_HEAD, "79/25846/01")], [Grant(Role.OVERSEER, "79/25846")]


@pytest.mark.parametrize(
    ("enrolled", "proved", "must_change", "roles", "required", "expected"),
    [
        (True, False, False, HEAD, True, Stage.SECOND_FACTOR),
        (True, False, True, HEAD, False, Stage.SECOND_FACTOR),
        (True, True, True, HEAD, True, Stage.PASSWORD),
        (False, False, True, HEAD, True, Stage.PASSWORD),
        (False, False, False, HEAD, True, Stage.ENROL),
        (False, False, False, HEAD, False, Stage.OPEN),
        (False, False, False, WATCHER, True, Stage.OPEN),
        (False, False, False, [], True, Stage.OPEN),
        (True, True, False, HEAD, True, Stage.OPEN),
    ],
)
def test_steps_of_signing_in(
    enrolled: bool, proved: bool, must_change: bool, roles: list[Grant], required: bool, expected: Stage
) -> None:
    found = stage(enrolled=enrolled, proved=proved, must_change=must_change, held=roles, required=required)
    assert found is expected


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile Safari/537.36 Zalo android/25081840", "Zalo, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_browsers_in_words(agent: str, name: str) -> None:
    assert browser_name(agent) == name
