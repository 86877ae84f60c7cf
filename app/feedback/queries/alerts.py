"""Alerts about counters that turned bad."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.core.scope import visible, within
from app.feedback.models import Alert, ServiceCenter, ServiceCounter
from app.feedback.rules.shares import Tally

SHOWN = 100
PERMISSION = "feedback:numbers:view"


@dataclass(frozen=True)
class ShownAlert:
    """An alert with the names of its places."""

    alert: Alert
    counter: str
    center: str

    @property
    def now(self) -> Tally:
        return Tally((self.alert.n - self.alert.satisfied, 0, 0, 0, self.alert.satisfied))

    @property
    def before(self) -> Tally:
        return Tally((self.alert.before_n - self.alert.before_satisfied, 0, 0, 0, self.alert.before_satisfied))


def _named() -> Select[Alert, str, str]:
    query = select(Alert, ServiceCounter.name, ServiceCenter.name)
    query = query.join(ServiceCounter, ServiceCounter.id == Alert.counter_id)
    return query.join(ServiceCenter, ServiceCenter.id == Alert.center_id)


def open_alerts(session: Session, paths: Iterable[str]) -> Sequence[ShownAlert]:
    """Alerts of the places that nobody has closed, the oldest first."""
    query = _named().where(within(Alert.path, paths), Alert.closed_at.is_(None)).order_by(Alert.raised_on, Alert.id)
    return [ShownAlert(*row) for row in session.execute(query.limit(SHOWN))]


def closed_alerts(session: Session, paths: Iterable[str]) -> Sequence[ShownAlert]:
    """Alerts of the places that were closed, the newest first."""
    query = _named().where(within(Alert.path, paths), Alert.closed_at.is_not(None))
    return [ShownAlert(*row) for row in session.execute(query.order_by(Alert.closed_at.desc()).limit(SHOWN))]


def in_scope_alert(session: Session, actor: Actor, alert_id: int) -> Alert | None:
    """The alert inside the asker's scope."""
    return session.scalar(select(Alert).where(Alert.id == alert_id, visible(Alert.path, actor)))


def shown(session: Session, alert: Alert) -> ShownAlert:
    """The alert with the names of its places."""
    return ShownAlert(*session.execute(_named().where(Alert.id == alert.id)).one())


def waiting(session: Session, actor: Actor) -> int:
    """How many open alerts wait for somebody who may close them; counted no further than a hundred."""
    places = actor.places("feedback:alert:close")
    if not places:
        return 0
    some = select(Alert.id).where(within(Alert.path, places), Alert.closed_at.is_(None)).limit(SHOWN).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
