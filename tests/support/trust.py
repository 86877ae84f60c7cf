"""Displays, codes of dossiers and keys as rows."""

import itertools
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.core.tokens import Keyring
from app.feedback.models import ApiKey, Display, DossierCode, RatingPoint, ServiceCenter
from app.feedback.rules import trust
from app.feedback.rules.trust_keys import dossier_hash, dossier_mac, secret_hash
from tests.support.cast import make_account

SCREEN_SECRET = "0123456789ABCDEFGHJKMNPQRS"
_numbers = itertools.count(1)


def make_display(session: Session, point: RatingPoint, *, secret: str, **values: Any) -> Display:
    """A screen at the point, or a kiosk, opened by the secret."""
    defaults = {"kind": "screen", "name": "Tivi quầy", "paired_at": clock.now()}
    paired_by = make_account(session).id
    display = Display(
        point_id=point.id, path=point.path, secret_hash=secret_hash(secret), paired_by=paired_by, **defaults | values
    )
    session.add(display)
    session.flush()
    return display


def make_code(session: Session, point: RatingPoint, keyring: Keyring | None = None, **values: Any) -> DossierCode:
    """A dossier with a code of the keyring's, or with one that nobody knows; good for sixty days."""
    dossier = str(values.pop("dossier", f"H012.26.05.2026-{next(_numbers):04}"))
    hashed = dossier_hash(keyring, code_text(keyring, point, dossier)) if keyring else f"{next(_numbers):064}"
    defaults = {"code_hash": hashed, "minted_at": clock.now(), "expires_on": clock.today() + timedelta(days=60)}
    code = DossierCode(
        center_id=point.center_id, point_id=point.id, path=point.path, dossier=dossier, generation=1,
        **defaults | values,
    )  # fmt: skip
    session.add(code)
    session.flush()
    return code


def code_text(keyring: Keyring, point: RatingPoint, dossier: str) -> str:
    """The code that a dossier's slip carries."""
    return trust.dossier_code(dossier_mac(keyring), point.center_id, dossier, 1)


def make_key(session: Session, center: ServiceCenter, *, secret: str = "", **values: Any) -> ApiKey:
    """A key of the centre with the text given, or with one that nobody knows."""
    hashed = secret_hash(secret) if secret else f"{next(_numbers):064}"
    defaults = {"name": "Phần mềm một cửa", "made_at": clock.now()}
    made_by = make_account(session).id
    key = ApiKey(center_id=center.id, path=center.path, key_hash=hashed, made_by=made_by, **defaults | values)
    session.add(key)
    session.flush()
    return key
