"""Minting codes for dossiers, from a file or from the commune's case system; taking one back, replacing a lost one.

A code is made from the dossier by the service's secret, so that asking again gives the same code although only its hash
is kept. It is good for one rating until its last day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.core.tokens import Keyring
from app.feedback.models import ApiKey, DossierCode, ServiceCenter
from app.feedback.queries import minting as queries
from app.feedback.rules import trust
from app.feedback.rules.minting import BAD_DAYS, MOST_AT_ONCE, Placed, last_day
from app.feedback.rules.trust_keys import dossier_hash, dossier_mac
from app.lib.i18n import N_

MINT = "feedback:code:mint"
_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_ALL_TAKEN = 20


@dataclass(frozen=True, slots=True)
class Minted:
    """A dossier with its code ("" where it was revoked); ``state``: new, waiting, over or revoked.

    Whether it was used is told to nobody who mints: watched from day to day it would join dossiers to ratings.
    """

    row: int
    dossier: str
    code: str
    expires_on: date
    state: str


def mint(
    session: Session,
    by: Actor | ApiKey,
    keyring: Keyring,
    center: ServiceCenter,
    placed: Sequence[Placed],
    *,
    days: int,
) -> list[Minted]:
    """A code for each dossier, in their order; one that has a code keeps it, with its last day and its point.

    ``by`` is somebody who may mint, or a key of the centre. Raises ``Refusal`` for a wrong number of days, and where
    the centre is closed.
    """
    actor = _allowed(by, center)
    if center.closed_at is not None:
        raise WrongMoment(N_("Trung tâm này đã ngừng hoạt động nên không cấp mã."))
    today = clock.today()
    try:
        expires_on = last_day(today, days)
    except ValueError:
        raise Refusal(BAD_DAYS, field="days", most=trust.MOST_DAYS) from None
    minted: list[Minted] = []
    for begin in range(0, len(placed), MOST_AT_ONCE):
        minted += _mint_some(session, keyring, center, placed[begin : begin + MOST_AT_ONCE], expires_on)
    fresh = sum(one.state == "new" for one in minted)
    if fresh:
        detail = {"codes": fresh, "expires_on": expires_on, "software": by.name if isinstance(by, ApiKey) else ""}
        subject = ("service_center", center.id)
        record(session, actor, "feedback.code.mint", subject=subject, path=center.path, **detail)
    return minted


def revoke(session: Session, by: Actor, code: DossierCode) -> None:
    """Let a code rate no more, for instance because the slip went to the wrong person."""
    must(by, MINT, code.path)
    lock(session, code)
    if code.revoked_at is not None:
        raise WrongMoment(N_("Mã của hồ sơ này đã bị thu hồi trước đó."))
    code.revoked_at = clock.now()
    record(session, by, "feedback.code.revoke", subject=("dossier_code", code.id), path=code.path)


def renew(session: Session, by: Actor, keyring: Keyring, code: DossierCode) -> Minted:
    """Another code for a dossier whose slip was lost or whose code was revoked; the code before it is dead at once.

    A dossier that rated already gets one too, which rates no more: a refusal would tell that it did.
    """
    must(by, MINT, code.path)
    lock(session, code)
    code.revoked_at, code.expires_on = None, last_day(clock.today())
    text, code.generation, code.code_hash = _free_code(
        session, keyring, code.center_id, code.dossier, code.generation + 1
    )
    session.flush()
    record(session, by, "feedback.code.renew", subject=("dossier_code", code.id), path=code.path)
    return Minted(0, code.dossier, text, code.expires_on, "waiting")


def _allowed(by: Actor | ApiKey, center: ServiceCenter) -> Actor:
    if isinstance(by, ApiKey):
        if by.center_id != center.id or by.ended_at is not None:
            raise ValueError("a key mints for its own centre, until it is ended")
        return Actor(account_id=None, name=by.name, login="api")
    must(by, MINT, center.path)
    return by


def _mint_some(
    session: Session, keyring: Keyring, center: ServiceCenter, placed: Sequence[Placed], expires_on: date
) -> list[Minted]:
    before = queries.codes_of(session, center.id, [one.dossier for one in placed])
    fresh = [one for one in placed if one.dossier not in before]
    _insert(session, keyring, center, fresh, expires_on)
    # Read again: somebody else may have asked for the same dossier at the same moment, and then theirs is the code.
    after = queries.codes_of(session, center.id, [one.dossier for one in placed])
    if len(after) < len({one.dossier for one in placed}):
        raise WrongMoment(N_("Có người vừa cấp mã cùng lúc. Mời gửi lại."))
    return [_minted(keyring, one, after[one.dossier], one.dossier not in before) for one in placed]


def _insert(
    session: Session, keyring: Keyring, center: ServiceCenter, fresh: Sequence[Placed], expires_on: date
) -> None:
    codes = {one.dossier: trust.dossier_code(dossier_mac(keyring), center.id, one.dossier, 1) for one in fresh}
    hashes = {dossier: dossier_hash(keyring, code) for dossier, code in codes.items()}
    taken = queries.taken_hashes(session, hashes.values())
    rows = []
    for one in fresh:
        generation, hashed = 1, hashes[one.dossier]
        if hashed in taken:
            _code, generation, hashed = _free_code(session, keyring, center.id, one.dossier, 2)
        taken.add(hashed)
        rows.append({
            "center_id": center.id, "point_id": one.point_id, "path": center.path, "dossier": one.dossier,
            "generation": generation, "code_hash": hashed, "minted_at": clock.now(), "expires_on": expires_on,
        })  # fmt: skip
    if rows:
        made = _INSERT[session.get_bind().dialect.name](DossierCode).values(rows)
        session.execute(made.on_conflict_do_nothing())


def _free_code(
    session: Session, keyring: Keyring, center_id: int, dossier: str, generation: int
) -> tuple[str, int, str]:
    """The first code from a generation on that no other dossier has: among millions of codes two may meet."""
    for number in range(generation, generation + _ALL_TAKEN):
        code = trust.dossier_code(dossier_mac(keyring), center_id, dossier, number)
        hashed = dossier_hash(keyring, code)
        if not queries.taken_hashes(session, [hashed]):
            return code, number, hashed
    raise RuntimeError("no free code: the keyed hash is broken")


def _minted(keyring: Keyring, one: Placed, kept: DossierCode, new: bool) -> Minted:
    code = trust.dossier_code(dossier_mac(keyring), kept.center_id, kept.dossier, kept.generation)
    hashed = dossier_hash(keyring, code)
    if hashed != kept.code_hash:
        # The service has another secret than when this was minted: the code given out then is dead, this one is not.
        kept.code_hash = hashed
    state = "new" if new else state_of(kept, clock.today())
    return Minted(one.row, one.dossier, "" if state == "revoked" else code, kept.expires_on, state)


def state_of(code: DossierCode, today: date) -> str:
    """``waiting``, ``over`` or ``revoked``."""
    if code.revoked_at is not None:
        return "revoked"
    return "over" if today > code.expires_on else "waiting"
