"""Finding what a code or a secret stands for, and how the ratings of a time are spread over the tiers of trust."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core.permissions import Actor
from app.core.scope import visible
from app.core.tokens import Keyring
from app.feedback.models import Display, DossierCode, RatingPoint
from app.feedback.rules import trust_keys
from app.feedback.rules.trust import SECRET_LENGTH, read_dossier_code
from app.lib.codes import normalise


def dossier_of(session: Session, keyring: Keyring, typed: str) -> DossierCode | None:
    """The dossier whose code was scanned or typed, in whatever state; None where no such code was minted."""
    code = read_dossier_code(typed)
    if code is None:
        return None
    hashed = trust_keys.dossier_hash(keyring, code)
    return session.scalar(select(DossierCode).where(DossierCode.code_hash == hashed))


def point_of_dossier(session: Session, keyring: Keyring, typed: str) -> RatingPoint | None:
    """The point that a dossier's code rates; None where no such code was minted."""
    found = dossier_of(session, keyring, typed)
    point = session.get(RatingPoint, found.point_id) if found else None
    return present_point(session, point) if point else None


def present_point(session: Session, point: RatingPoint) -> RatingPoint:
    """The point that stands in the place of one that was replaced, however often; itself where it was not."""
    seen = {point.id}
    while point.replaced_by is not None and point.replaced_by not in seen:
        seen.add(point.replaced_by)
        point = session.get_one(RatingPoint, point.replaced_by)
    return point


def display_of(session: Session, secret: str, kind: str) -> Display | None:
    """The display (``screen`` or ``kiosk``) that a secret opens, ended ones too.

    What it rates is ``present_point`` of its ``point``.
    """
    code = normalise(secret, SECRET_LENGTH)
    if code is None:
        return None
    asked = (Display.secret_hash == trust_keys.secret_hash(code), Display.kind == kind)
    return session.scalar(select(Display).where(*asked))


def in_scope_display(session: Session, actor: Actor, display_id: int) -> Display | None:
    """The display inside the asker's scope."""
    return session.scalar(select(Display).where(Display.id == display_id, visible(Display.path, actor)))


def displays_of(session: Session, center_id: int) -> Sequence[Display]:
    """The displays of a centre, those in use first, the latest first."""
    query = select(Display).join(RatingPoint, RatingPoint.id == Display.point_id)
    query = query.where(RatingPoint.center_id == center_id).options(
        joinedload(Display.point).joinedload(RatingPoint.counter),
        joinedload(Display.point).joinedload(RatingPoint.group),
    )
    return session.scalars(query.order_by(Display.ended_at.is_not(None), Display.id.desc())).all()
