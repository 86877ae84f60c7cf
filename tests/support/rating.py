"""What opens the other ways to a point: the code that turns, a dossier's code, a tablet; and pages of rating."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.core import clock
from app.core.tokens import Keyring
from app.feedback.models import Display, DossierCode, RatingPoint
from app.feedback.rules import trust, trust_keys
from app.feedback.views_public import rating as views
from tests.support.cast import make_account, make_area
from tests.support.feedback import make_center, make_counter, make_point


@pytest.fixture(autouse=True)
def no_floods() -> None:
    """Nothing is remembered of what other tests sent."""
    for one in (views.FLOODS, views.SCANS, views.LOOK_OVER):
        one.forget()


@pytest.fixture
def point(session: Session) -> RatingPoint:
    """The printed code of a counter."""
    commune = make_area(session).parent
    assert commune is not None
    made = make_point(session, make_counter(session, make_center(session, commune)))
    session.commit()
    return made


def slot_now(keyring: Keyring, point: RatingPoint) -> str:
    """What the screen of the point shows now."""
    return trust.slot_code(trust_keys.slot_mac(keyring), point.code, trust.slot_of(clock.now()))


def make_dossier(session: Session, keyring: Keyring, point: RatingPoint, dossier: str = "H01-2026-1") -> str:
    """The code of a dossier at the point."""
    code = trust.dossier_code(trust_keys.dossier_mac(keyring), point.center_id, dossier, 1)
    row = DossierCode(
        center_id=point.center_id, point_id=point.id, path=point.path, dossier=dossier, minted_at=clock.now(),
        code_hash=trust_keys.dossier_hash(keyring, code), expires_on=trust.expires_on(clock.today()),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return code


def make_kiosk(session: Session, point: RatingPoint, **values: Any) -> str:
    """The secret of a tablet at the point."""
    secret = trust.new_secret()
    by = values.pop("paired_by", None) or make_account(session).id
    display = Display(
        point_id=point.id, path=point.path, kind="kiosk", name="Máy ở quầy", paired_by=by, paired_at=clock.now(),
        secret_hash=trust_keys.secret_hash(secret), **values,
    )  # fmt: skip
    session.add(display)
    session.flush()
    return secret


def hidden(page: str, name: str) -> str:
    """The value of a hidden field on the page."""
    found = BeautifulSoup(page, "html.parser").find("input", attrs={"name": name})
    assert found is not None, name
    return str(found["value"])
