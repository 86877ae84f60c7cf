"""Minting: the same code for the same dossier, one taken back, one replaced, keys, and dossiers returned."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.feedback.models import DossierCode, DossierCount, RatingPoint, ServiceCenter
from app.feedback.operations import minting, minting_keys, returned, trust
from app.feedback.operations.minting import Minted
from app.feedback.queries import minting as queries
from app.feedback.queries import returned as returned_queries
from app.feedback.rules.minting import Placed
from app.feedback.rules.returned import Returned
from app.feedback.rules.trust_keys import dossier_hash
from tests.support.cast import make_actor, make_commune
from tests.support.feedback import make_center, make_counter, make_group, make_point
from tests.support.trust import make_code, make_key

KEYRING = Keyring("a secret of the test")


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def center(session: Session, commune: Area) -> ServiceCenter:
    return make_center(session, commune)


@pytest.fixture
def point(session: Session, center: ServiceCenter) -> RatingPoint:
    return make_point(session, make_counter(session, center))


@pytest.fixture
def officer(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, commune)


def mint(
    session: Session, by: Any, point: RatingPoint, *dossiers: str, days: int = 60, ring: Keyring = KEYRING
) -> list[Minted]:
    placed = [Placed(number, dossier, point.id) for number, dossier in enumerate(dossiers)]
    return minting.mint(session, by, ring, point.center, placed, days=days)


def entries(session: Session, action: str) -> list[AuditEntry]:
    session.flush()
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_a_dossier_asked_for_again_has_the_same_code(session: Session, officer: Actor, point: RatingPoint) -> None:
    first = mint(session, officer, point, "A1", "A2")
    again = mint(session, officer, point, "A2", "A3", "A1", days=10)
    assert [one.state for one in first + again] == ["new", "new", "waiting", "new", "waiting"]
    assert (again[2].code, again[0].code) == (first[0].code, first[1].code)
    assert again[0].expires_on == clock.today() + timedelta(days=60)
    assert again[1].expires_on == clock.today() + timedelta(days=10)
    assert len({one.code for one in first + again}) == 3
    kept = session.scalars(select(DossierCode)).all()
    assert not {one.code for one in first} & {one.code_hash for one in kept}
    assert [(entry.detail["codes"], entry.actor_name) for entry in entries(session, "feedback.code.mint")] == [
        (2, officer.name),
        (1, officer.name),
    ]


def test_minting_the_same_again_changes_and_records_nothing(
    session: Session, officer: Actor, point: RatingPoint
) -> None:
    mint(session, officer, point, "A1")
    mint(session, officer, point, "A1")
    assert len(entries(session, "feedback.code.mint")) == 1


def test_states_of_codes_are_told(session: Session, officer: Actor, point: RatingPoint) -> None:
    mint(session, officer, point, "USED", "OVER", "GONE", "FINE")
    of = queries.codes_of(session, point.center_id, ["USED", "OVER", "GONE", "FINE"])
    trust.spend(session, of["USED"].id)
    of["OVER"].expires_on = clock.today() - timedelta(days=1)
    minting.revoke(session, officer, of["GONE"])
    session.flush()
    session.expire_all()
    again = {one.dossier: one for one in mint(session, officer, point, "USED", "OVER", "GONE", "FINE")}
    assert {name: one.state for name, one in again.items()} == {
        "USED": "waiting", "OVER": "over", "GONE": "revoked", "FINE": "waiting",
    }  # fmt: skip
    assert again["GONE"].code == ""
    assert queries.states(session, point.center_id, clock.today()) == queries.States(2, 1, 1)


@pytest.mark.parametrize("days", [0, 366, -1])
def test_codes_do_not_last_for_ever(session: Session, officer: Actor, point: RatingPoint, days: int) -> None:
    with pytest.raises(Refusal) as refused:
        mint(session, officer, point, "A1", days=days)
    assert refused.value.field == "days"


def test_who_may_not_mint(session: Session, officer: Actor, point: RatingPoint) -> None:
    for role in (Role.LEADER, Role.DESK, Role.INSPECTOR, Role.OVERSEER):
        with pytest.raises(Forbidden):
            mint(session, make_actor(session, role, session.get_one(Area, point.center.area_id)), point, "A1")
    with pytest.raises(Forbidden):
        mint(session, make_actor(session, Role.COMMUNE_OFFICER, make_commune(session)), point, "A1")
    point.center.closed_at = clock.now()
    with pytest.raises(WrongMoment):
        mint(session, officer, point, "A1")


def test_a_code_taken_back_is_dead_and_another_replaces_it(
    session: Session, officer: Actor, point: RatingPoint
) -> None:
    [before] = mint(session, officer, point, "A1")
    code = queries.by_number(session, point.center_id, " a1 ")
    assert code is not None
    minting.revoke(session, officer, code)
    with pytest.raises(WrongMoment):
        minting.revoke(session, officer, code)
    after = minting.renew(session, officer, KEYRING, code)
    assert after.code not in ("", before.code)
    assert mint(session, officer, point, "A1")[0].code == after.code
    at = clock.now()
    assert trust.tier_of(session, KEYRING, point, dossier_code=after.code, at=at).dossier_id == code.id
    with pytest.raises(trust.DossierOver):
        trust.tier_of(session, KEYRING, point, dossier_code=before.code, at=at)
    # Of a dossier that rated both are done as of any other, and it rates no more.
    assert trust.spend(session, code.id)
    minting.revoke(session, officer, code)
    last = minting.renew(session, officer, KEYRING, code)
    assert last.state == "waiting" and not trust.spend(session, code.id)


def test_two_dossiers_never_share_a_code(session: Session, officer: Actor, point: RatingPoint) -> None:
    """Another dossier happens to have the very code that this one would get: it gets the next."""
    [usual] = mint(session, officer, point, "A1")
    session.query(DossierCode).delete()
    make_code(session, point, dossier="B1", code_hash=dossier_hash(KEYRING, usual.code))
    [now] = mint(session, officer, point, "A1")
    assert now.code != usual.code
    assert mint(session, officer, point, "A1")[0].code == now.code


def test_with_another_secret_codes_are_made_anew(session: Session, officer: Actor, point: RatingPoint) -> None:
    [before] = mint(session, officer, point, "A1")
    other = Keyring("another secret")
    [after] = mint(session, officer, point, "A1", ring=other)
    assert after.code != before.code
    assert trust.tier_of(session, other, point, dossier_code=after.code, at=clock.now()).tier == 2


def test_a_key_opens_its_centre_until_it_is_ended(session: Session, officer: Actor, point: RatingPoint) -> None:
    key, secret = minting_keys.make_key(session, officer, point.center, name="Một cửa điện tử")
    assert key.last_used_on is None
    assert secret not in {key.key_hash, key.name}
    assert minting_keys.prove(session, secret.lower()) is key
    assert key.last_used_on == clock.today()
    assert mint(session, key, point, "A1")[0].state == "new"
    assert entries(session, "feedback.code.mint")[0].detail["software"] == "Một cửa điện tử"
    minting_keys.end_key(session, officer, key)
    for wrong in (secret, "", "x", "0" * 26):
        with pytest.raises(minting_keys.KeyRefused):
            minting_keys.prove(session, wrong)
    with pytest.raises(WrongMoment):
        minting_keys.end_key(session, officer, key)
    with pytest.raises(ValueError, match="its own centre"):
        mint(session, key, point, "A2")


def test_keys_are_made_by_who_may_and_have_a_name(session: Session, officer: Actor, center: ServiceCenter) -> None:
    with pytest.raises(Forbidden):
        minting_keys.make_key(session, make_actor(session, Role.LEADER, make_commune(session)), center, name="X")
    with pytest.raises(Refusal):
        minting_keys.make_key(session, officer, center, name=" ")
    elsewhere = make_point(session, make_center(session, make_commune(session)))
    with pytest.raises(ValueError, match="its own centre"):
        mint(session, make_key(session, center), elsewhere, "A1")


DAY = date(2026, 7, 1)


def row(day: date = DAY, counter: int = 0, group: int = 0, count: int = 5) -> Returned:
    return Returned(2, day, counter, group, count, 1, 2, 1, 3)


def test_figures_of_a_day_replace_what_was_kept(session: Session, officer: Actor, point: RatingPoint) -> None:
    center, counter = point.center, point.counter_id or 0
    group = make_group(session, center)
    next_day = DAY + timedelta(days=1)
    first = [row(counter=counter, group=group.id), row(counter=counter), row(next_day, count=9)]
    assert returned.write(session, officer, center, first) == [DAY, next_day]
    assert returned.write(session, officer, center, [row(count=7)]) == [DAY]
    kept = {(one.day, one.counter_id): one.returned for one in session.scalars(select(DossierCount))}
    assert kept == {(DAY, 0): 7, (next_day, 0): 9}
    assert [entry.detail["replaced_days"] for entry in entries(session, "feedback.returned.write")] == [0, 1]
    [latest, _before] = returned_queries.days(session, center.id)
    assert (latest.day, latest.rows, latest.returned, latest.once) == (next_day, 1, 9, 3)
    assert returned_queries.kept_rows(session, center.id, [DAY, date(2026, 1, 1)]) == {DAY: 1}


def test_figures_that_are_not_written(session: Session, officer: Actor, point: RatingPoint) -> None:
    center = point.center
    for rows in ([], [row(counter=999_999)], [row(), row(group=999_999)]):
        with pytest.raises(Refusal):
            returned.write(session, officer, center, rows)
    with pytest.raises(Forbidden):
        returned.write(
            session, make_actor(session, Role.INSPECTOR, session.get_one(Area, center.area_id)), center, [row()]
        )
    assert returned_queries.days(session, center.id) == []
