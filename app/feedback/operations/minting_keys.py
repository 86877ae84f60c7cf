"""Keys with which a commune's case system asks for codes: made and ended by staff, proved on every call."""

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.feedback.models import ApiKey, ServiceCenter
from app.feedback.operations.minting import MINT
from app.feedback.queries.minting import key_of
from app.feedback.rules.trust import new_secret
from app.feedback.rules.trust_keys import secret_hash
from app.lib.i18n import N_

LONGEST_NAME = 100


class KeyRefused(Refusal):
    """Nothing, or nothing that holds, was given to prove who asks (HTTP 401)."""

    status = 401


def make_key(session: Session, by: Actor, center: ServiceCenter, *, name: str) -> tuple[ApiKey, str]:
    """A key for one system of a centre. Its text is returned once and kept nowhere."""
    account_id = must(by, MINT, center.path)
    name = clean_line(name, "name", LONGEST_NAME)
    if not name:
        raise Refusal(N_("Ghi tên phần mềm dùng khóa này."), field="name")
    if center.closed_at is not None:
        raise WrongMoment(N_("Trung tâm này đã ngừng hoạt động."))
    secret = new_secret()
    key = ApiKey(
        center_id=center.id, path=center.path, name=name, key_hash=secret_hash(secret), made_by=account_id,
        made_at=clock.now(),
    )  # fmt: skip
    session.add(key)
    session.flush()
    record(session, by, "feedback.key.make", subject=("api_key", key.id), path=center.path, name=name)
    return key, secret


def end_key(session: Session, by: Actor, key: ApiKey) -> None:
    """Let a key open nothing any more, at once."""
    must(by, MINT, key.path)
    lock(session, key)
    if key.ended_at is not None:
        raise WrongMoment(N_("Khóa này đã ngừng trước đó."))
    key.ended_at = clock.now()
    record(session, by, "feedback.key.end", subject=("api_key", key.id), path=key.path, name=key.name)


def prove(session: Session, presented: str) -> ApiKey:
    """The key that was presented, noted as used today; raises ``KeyRefused``."""
    key = key_of(session, presented)
    if key is None:
        raise KeyRefused(N_("Khóa kết nối không đúng."))
    if key.ended_at is not None:
        raise KeyRefused(N_("Khóa kết nối này đã ngừng. Xin khóa mới của Trung tâm."))
    if key.last_used_on != clock.today():
        key.last_used_on = clock.today()
    return key
