"""Tiers of trust: what raises a rating's, what does not any more, and a dossier's code used up once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.feedback.models import Display, RatingPoint
from app.feedback.operations import trust, trust_displays
from app.feedback.operations.trust import CodeOver, DisplayEnded, DossierOver, DossierUsed, Standing
from app.feedback.queries import trust as queries
from app.feedback.rules.trust_keys import current_slot_code
from tests.support.cast import make_actor, make_commune
from tests.support.feedback import make_center, make_counter, make_point, make_rating
from tests.support.trust import SCREEN_SECRET, code_text, make_code, make_display

KEYRING = Keyring("a secret of the test")
NUMBER = "H012.26.05.2026-0001"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def point(session: Session, commune: Area) -> RatingPoint:
    return make_point(session, make_counter(session, make_center(session, commune)))


@pytest.fixture
def officer(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, commune)


def tier(session: Session, point: RatingPoint, *, after: float = 0, **codes: str) -> Standing:
    return trust.tier_of(session, KEYRING, point, at=clock.now() + timedelta(seconds=after), **codes)


def test_a_printed_code_is_the_lowest_tier(session: Session, point: RatingPoint) -> None:
    assert tier(session, point) == Standing(0)


def test_a_turning_code_raises_the_tier_for_ten_minutes(session: Session, point: RatingPoint) -> None:
    shown = current_slot_code(KEYRING, point.code, clock.now())
    assert tier(session, point, slot_code=shown) == Standing(1)
    for after in (600, -60):
        with pytest.raises(CodeOver):
            tier(session, point, slot_code=shown, after=after)
    with pytest.raises(CodeOver):
        tier(session, make_point(session, point.center), slot_code=shown)


def test_a_dossiers_code_raises_the_tier_most(session: Session, point: RatingPoint) -> None:
    code = make_code(session, point, KEYRING, dossier=NUMBER)
    typed = code_text(KEYRING, point, NUMBER)
    assert tier(session, point, dossier_code=typed) == Standing(2, dossier_id=code.id)
    assert queries.point_of_dossier(session, KEYRING, typed.lower()) is point
    assert tier(session, point, dossier_code=typed, after=86_400 * 60) == Standing(2, dossier_id=code.id)


def test_a_dossier_rates_once_and_again_when_taken_back(session: Session, point: RatingPoint) -> None:
    code, typed = make_code(session, point, KEYRING, dossier=NUMBER), code_text(KEYRING, point, NUMBER)

    def use_up(*, repeated: bool = False) -> int:
        return trust.use_up(
            session, KEYRING, point, dossier_code=typed, at=clock.now(), repeated=lambda: repeated
        )  # fmt: skip

    assert trust.spend(session, code.id) and not trust.spend(session, code.id)
    with pytest.raises(DossierUsed):
        use_up()
    assert use_up(repeated=True) == code.id
    # The page behind the code is the same before and after: the office that printed it learns nothing.
    assert tier(session, point, dossier_code=typed).dossier_id == code.id
    trust.free(session, code.id)
    assert use_up() == code.id
    session.refresh(code)
    assert code.used


def test_a_dossiers_code_that_does_not_hold(session: Session, point: RatingPoint) -> None:
    make_code(session, point, KEYRING, dossier="OVER", expires_on=clock.today() - timedelta(days=1))
    revoked = make_code(session, point, KEYRING, dossier="REVOKED", revoked_at=clock.now())
    make_code(session, point, KEYRING, dossier=NUMBER)
    elsewhere = make_point(session, make_center(session, make_commune(session)))
    for dossier in ("OVER", "REVOKED", "NEVER"):
        with pytest.raises(DossierOver):
            tier(session, point, dossier_code=code_text(KEYRING, point, dossier))
    with pytest.raises(DossierOver):
        tier(session, elsewhere, dossier_code=code_text(KEYRING, point, NUMBER))
    for typed in ("0" * 10, "nonsense", "'; --"):
        with pytest.raises(DossierOver):
            tier(session, point, dossier_code=typed)
        assert queries.point_of_dossier(session, KEYRING, typed) is None
    assert not trust.spend(session, revoked.id)


def test_nothing_ties_a_rating_to_a_dossier(session: Session, point: RatingPoint) -> None:
    """No column of a rating names a dossier, and of a dossier's use no day is known."""
    code = make_code(session, point, KEYRING, dossier=NUMBER)
    trust.spend(session, code.id)
    columns = {column.name for column in make_rating(session, point).__table__.columns}
    assert not {name for name in columns if "dossier" in name or "code" in name}
    moments = {c.name for c in code.__table__.columns if "TIME" in str(c.type).upper()}
    assert moments == {"minted_at", "revoked_at"}
    assert {c.name for c in code.__table__.columns if str(c.type) == "DATE"} == {"expires_on"}


def test_a_replaced_point_takes_over_slips_and_displays(session: Session, point: RatingPoint) -> None:
    make_code(session, point, KEYRING, dossier=NUMBER)
    make_display(session, point, secret=SCREEN_SECRET, kind="kiosk")
    assert point.counter is not None
    now = make_point(session, point.counter)
    point.revoked_at, point.revoked_reason, point.replaced_by = clock.now(), "Mã bị dán đè", now.id
    session.flush()
    typed = code_text(KEYRING, point, NUMBER)
    assert queries.point_of_dossier(session, KEYRING, typed) is now
    assert tier(session, now, dossier_code=typed).tier == 2
    assert tier(session, now, display_secret=SCREEN_SECRET) == Standing(1, kiosk=True)
    with pytest.raises(DisplayEnded):
        tier(session, point, display_secret=SCREEN_SECRET)


def test_a_tablet_raises_the_tier_until_it_is_ended(session: Session, officer: Actor, point: RatingPoint) -> None:
    display, secret = trust_displays.pair(session, officer, point, kind="kiosk", name=" Máy quầy 3 ")
    assert (display.name, display.kind, len(secret)) == ("Máy quầy 3", "kiosk", 26)
    assert secret not in {display.secret_hash, display.name}
    assert tier(session, point, display_secret=secret) == Standing(1, kiosk=True)
    trust_displays.end(session, officer, display)
    for wrong in (secret, SCREEN_SECRET, "x"):
        with pytest.raises(DisplayEnded):
            tier(session, point, display_secret=wrong)
    with pytest.raises(WrongMoment):
        trust_displays.end(session, officer, display)


def test_a_screen_is_no_tablet(session: Session, officer: Actor, point: RatingPoint) -> None:
    _display, secret = trust_displays.pair(session, officer, point, kind="screen", name="Tivi")
    with pytest.raises(DisplayEnded):
        tier(session, point, display_secret=secret)
    assert queries.display_of(session, secret, "kiosk") is None
    assert queries.display_of(session, secret, "screen") is not None


@pytest.mark.parametrize("values", [{"name": "  "}, {"kind": "phone"}, {"name": "a" * 101}, {"name": "A\u202eB"}])
def test_a_display_that_cannot_be(session: Session, officer: Actor, point: RatingPoint, values: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        trust_displays.pair(session, officer, point, **{"kind": "screen", "name": "Tivi"} | values)
    assert session.scalar(select(func.count()).select_from(Display)) == 0


def test_a_display_needs_a_point_in_use_and_the_right(session: Session, officer: Actor, point: RatingPoint) -> None:
    stranger = make_actor(session, Role.COMMUNE_OFFICER, make_commune(session))
    for by in (stranger, Actor(None, "")):
        with pytest.raises(Forbidden):
            trust_displays.pair(session, by, point, kind="screen", name="Tivi")
    point.revoked_at, point.revoked_reason = clock.now(), "Mã bị dán đè"
    with pytest.raises(Refusal) as refused:
        trust_displays.pair(session, officer, point, kind="screen", name="Tivi")
    assert not isinstance(refused.value, NotFound)
    assert refused.value.field == "point"
