"""What minting needs to know of a centre, its dossiers' codes by number and by state, and its keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.core.scope import visible
from app.feedback.models import ApiKey, CounterGroup, DossierCode
from app.feedback.queries import places, points
from app.feedback.rules.minting import Places, counter_key, dossier_number
from app.feedback.rules.trust import SECRET_LENGTH
from app.feedback.rules.trust_keys import secret_hash
from app.lib.codes import normalise
from app.lib.text import fold


@dataclass(frozen=True)
class States:
    """How many codes of a centre hold, ran out, or were revoked; how many were used is told by nothing."""

    waiting: int = 0
    over: int = 0
    revoked: int = 0


def places_of(session: Session, center_id: int) -> Places:
    """Counters and groups that are open, and the points in use."""
    open_counters, open_groups = places.counters(session, center_id), places.groups(session, center_id)
    counters = {fold(one.name): one.id for one in open_counters}
    counters |= {counter_key(one.name): one.id for one in open_counters}
    counters |= {counter_key(one.number): one.id for one in open_counters}
    rows = select(CounterGroup.group_id, CounterGroup.counter_id)
    rows = rows.where(CounterGroup.counter_id.in_([one.id for one in open_counters]))
    handlers: dict[int, tuple[int, ...]] = {}
    for group_id, counter_id in session.execute(rows.order_by(CounterGroup.counter_id)):
        handlers[group_id] = (*handlers.get(group_id, ()), counter_id)
    found = {(one.counter_id or 0, one.group_id or 0): one.id for one in reversed(points.of_center(session, center_id))}
    return Places(counters, {fold(one.name): one.id for one in open_groups}, found, handlers)


def codes_of(session: Session, center_id: int, dossiers: Iterable[str]) -> dict[str, DossierCode]:
    """The codes of dossiers that have one, by the dossier's number as it is kept."""
    asked = (DossierCode.center_id == center_id, DossierCode.dossier.in_(list(dossiers)))
    return {one.dossier: one for one in session.scalars(select(DossierCode).where(*asked))}


def taken_hashes(session: Session, hashes: Iterable[str]) -> set[str]:
    """Which of these hashes some code already has."""
    return set(session.scalars(select(DossierCode.code_hash).where(DossierCode.code_hash.in_(list(hashes)))))


def by_number(session: Session, center_id: int, typed: str) -> DossierCode | None:
    """The code of a dossier by its number."""
    number = dossier_number(typed)
    return codes_of(session, center_id, [number]).get(number)


def in_scope_code(session: Session, actor: Actor, dossier_code_id: int) -> DossierCode | None:
    """A dossier's code inside the asker's scope."""
    return session.scalar(
        select(DossierCode).where(DossierCode.id == dossier_code_id, visible(DossierCode.path, actor))
    )


def states(session: Session, center_id: int, today: date) -> States:
    """How many codes of a centre are in which state."""
    state = case(
        (DossierCode.revoked_at.is_not(None), "revoked"),
        (DossierCode.expires_on < today, "over"),
        else_="waiting",
    )
    rows = select(state, func.count()).where(DossierCode.center_id == center_id).group_by(state)
    return States(**{row[0]: row[1] for row in session.execute(rows)})


def keys_of(session: Session, center_id: int) -> Sequence[ApiKey]:
    """The keys of a centre, those in use first."""
    query = select(ApiKey).where(ApiKey.center_id == center_id)
    return session.scalars(query.order_by(ApiKey.ended_at.is_not(None), ApiKey.id.desc())).all()


def in_scope_key(session: Session, actor: Actor, api_key_id: int) -> ApiKey | None:
    """A key inside the asker's scope."""
    return session.scalar(select(ApiKey).where(ApiKey.id == api_key_id, visible(ApiKey.path, actor)))


def key_of(session: Session, presented: str) -> ApiKey | None:
    """The key with this text, ended ones too."""
    text = normalise(presented, SECRET_LENGTH)
    return session.scalar(select(ApiKey).where(ApiKey.key_hash == secret_hash(text))) if text else None
