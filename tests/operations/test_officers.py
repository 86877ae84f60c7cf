"""Which account is whose at a counter: who may tie one, and that nobody frees themself or a colleague from a tie."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.errors import Forbidden, Refusal
from app.core.permissions import Actor, Grant, Role
from app.core.rights import NOT_HERE
from app.feedback.models import Officer, ServiceCenter, Shift
from app.feedback.operations import officers
from app.identity.models import Account
from tests.support.cast import actor_of, make_account, make_actor, make_commune, make_grant
from tests.support.feedback import make_center, make_counter, make_officer, make_shift


class Roster:
    """A centre with an editor of its roster, and an officer whose account is tied."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.commune: Area = make_commune(session)
        self.center: ServiceCenter = make_center(session, self.commune)
        self.editor: Actor = make_actor(session, Role.COMMUNE_OFFICER, self.commune)
        self.account = self.person("khoa.vm", Role.DESK)
        self.khoa: Officer = make_officer(session, self.center, code="CC01", account_id=self.account.id)

    def person(self, login: str, *roles: Role, place: Area | None = None, **grant: Any) -> Account:
        account = make_account(self.session, login=login)
        for role in roles:
            make_grant(self.session, account, role, place or self.commune, **grant)
        return account

    def edit(self, officer: Officer, login: str, by: Actor | None = None, name: str = "Võ Minh Khoa") -> int | None:
        officers.edit_officer(
            self.session, by or self.editor, officer, code=officer.code, full_name=name, login=login
        )  # fmt: skip
        return officer.account_id

    def by(self, account: Account) -> Actor:
        return actor_of(account, Grant(Role.COMMUNE_OFFICER, self.commune.path))


@pytest.fixture
def roster(session: Session) -> Roster:
    return Roster(session)


@pytest.mark.parametrize("role", [Role.DESK, Role.COMMUNE_OFFICER])
def test_who_works_at_the_counters_is_tied(roster: Roster, role: Role) -> None:
    account = roster.person("hai.tt", role)
    assert roster.edit(roster.khoa, " Hai.TT ") == account.id


@pytest.mark.parametrize("role", [role for role in Role if role not in officers.AT_COUNTERS])
def test_no_other_role_is_tied(roster: Roster, role: Role) -> None:
    roster.person("hai.tt", role)
    with pytest.raises(Refusal) as refused:
        roster.edit(roster.khoa, "hai.tt")
    assert refused.value.field == "login" and roster.khoa.account_id == roster.account.id


@pytest.mark.parametrize("role", [Role.LEADER, Role.INSPECTOR])
@pytest.mark.parametrize("later", [timedelta(days=-1), timedelta(days=3)])
def test_who_leads_or_inspects_too_is_tied_to_no_counter(roster: Roster, role: Role, later: timedelta) -> None:
    """Now or soon, here or elsewhere; a right that has ended counts no more."""
    account = roster.person("hai.tt", Role.DESK)
    grant = make_grant(roster.session, account, role, make_commune(roster.session), since=clock.now() + later)
    with pytest.raises(Refusal, match="Lãnh đạo"):
        roster.edit(roster.khoa, "hai.tt")
    with pytest.raises(Refusal, match="Lãnh đạo"):
        officers.add_officer(
            roster.session, roster.editor, roster.center, code="CC9", full_name="Trần Hai", login="hai.tt"
        )
    grant.since, grant.until = clock.now() - timedelta(days=9), clock.now() - timedelta(days=1)
    roster.session.flush()
    assert roster.edit(roster.khoa, "hai.tt") == account.id


def test_neither_an_ended_right_nor_a_shut_account_nor_one_of_elsewhere(roster: Roster) -> None:
    ended = clock.now() - timedelta(hours=1)
    roster.person("het.han", Role.DESK, until=ended)
    roster.person("chua.den", Role.DESK, since=clock.now() + timedelta(days=1))
    roster.person("da.khoa", Role.DESK).disabled_at = ended
    roster.person("noi.khac", Role.DESK, place=make_commune(roster.session))
    roster.session.flush()
    for login in ("het.han", "chua.den", "da.khoa", "noi.khac", "khong.co"):
        with pytest.raises(Refusal, match="Không có tài khoản này"):
            roster.edit(roster.khoa, login)
    assert roster.khoa.account_id == roster.account.id


def test_a_name_is_corrected_although_the_tied_account_has_lost_its_role(roster: Roster) -> None:
    roster.account.disabled_at = clock.now()
    make_grant(roster.session, roster.account, Role.LEADER, roster.commune)
    assert roster.edit(roster.khoa, "khoa.vm", name="Võ Minh Khôi") == roster.account.id
    assert roster.khoa.full_name == "Võ Minh Khôi"


def test_nobody_edits_what_ties_themself(roster: Roster) -> None:
    roster.person("hai.tt", Role.DESK)
    for login in ("", "hai.tt", "khoa.vm"):
        with pytest.raises(Forbidden) as refused:
            roster.edit(roster.khoa, login, roster.by(roster.account))
        assert refused.value.message == NOT_HERE
    assert roster.khoa.account_id == roster.account.id
    with pytest.raises(Forbidden):
        roster.edit(roster.khoa, "", make_actor(roster.session, Role.LEADER, roster.commune))
    assert roster.edit(roster.khoa, "") is None


@pytest.mark.parametrize("left", [False, True])
def test_an_officer_of_the_centre_takes_no_account_from_a_colleague(roster: Roster, left: bool) -> None:
    """Each of two could free the other. A tie that was not there is added; names are corrected."""
    mai = roster.person("mai.lt", Role.COMMUNE_OFFICER)
    gone = clock.today() - timedelta(days=1) if left else None
    make_officer(roster.session, roster.center, code="CC02", account_id=mai.id, left_on=gone)
    roster.person("hai.tt", Role.DESK)
    for login in ("", "hai.tt"):
        with pytest.raises(Forbidden, match="cũng là công chức tại quầy"):
            roster.edit(roster.khoa, login, roster.by(mai))
    assert roster.edit(roster.khoa, "khoa.vm", roster.by(mai), name="Võ Minh Khôi") == roster.account.id
    free = make_officer(roster.session, roster.center, code="CC03")
    assert roster.edit(free, "hai.tt", roster.by(mai)) is not None
    # At another centre of theirs nothing is about them.
    other = make_officer(roster.session, make_center(roster.session, roster.commune), account_id=roster.account.id)
    assert roster.edit(other, "", roster.by(mai)) is None


@pytest.mark.parametrize("left", [False, True])
def test_nobody_leaves_the_roster_by_themself(roster: Roster, left: bool) -> None:
    """Neither a shift nor a leave of one's own goes, nor oneself; a colleague's and another's do."""
    session, own = roster.session, roster.by(roster.account)
    counter = make_counter(session, roster.center)
    shift, leave = make_shift(session, roster.khoa, counter), make_shift(session, roster.khoa, None)
    roster.khoa.left_on = clock.today() if left else None
    for one in (shift, leave):
        with pytest.raises(Forbidden, match="lịch của chính Ông/Bà"):
            officers.remove_shift(session, own, one)
    with pytest.raises(Forbidden, match="lịch của chính Ông/Bà"):
        officers.end_officer(session, own, roster.khoa, last_day=clock.today())
    assert session.query(Shift).count() == 2
    other = make_officer(session, roster.center, code="CC02")
    officers.remove_shift(session, own, make_shift(session, other, make_counter(session, roster.center)))
    officers.end_officer(session, own, other, last_day=clock.today())
    officers.remove_shift(session, roster.editor, shift)
    assert session.query(Shift).one() is leave
