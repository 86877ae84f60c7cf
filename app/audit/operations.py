"""Writing the record: in the transaction of the act itself, so that neither exists without the other."""

from datetime import date, datetime
from enum import Enum
from typing import Any, NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.lib.text import fold


def record(
    session: Session, by: Actor, action: str, *, subject: tuple[str, Any], path: str, **detail: Any
) -> AuditEntry:
    """Note that ``by`` did ``action`` (``slice.thing.verb``) to ``subject`` (kind, id) at the place ``path``.

    ``detail`` holds plain values that a later reader needs; never a secret, a code, or a choice.
    """
    kind, key = subject
    entry = AuditEntry(
        at=clock.now(),
        account_id=by.account_id,
        actor_name=by.name,
        action=action,
        subject_kind=kind,
        subject_id=str(key),
        path=path,
        detail={name: _plain(value) for name, value in detail.items()},
        search=fold(" ".join([by.name, by.login, action, *(str(v) for v in detail.values())]))[:1000],
    )
    session.add(entry)
    return entry


def refuse_stale(session: Session, kind: str, key: Any) -> NoReturn:
    """Say that what somebody is saving was changed since they read it, and by whom, as the record knows."""
    subject = (AuditEntry.subject_kind == kind, AuditEntry.subject_id == str(key))
    last = session.scalar(select(AuditEntry.actor_name).where(*subject).order_by(AuditEntry.id.desc()).limit(1))
    raise WrongMoment(
        N_(
            "Người khác vừa sửa nội dung này: %(name)s. Những gì Ông/Bà gõ còn nguyên ở dưới nhưng chưa lưu."
            " Xem lại rồi bấm Lưu lần nữa nếu vẫn muốn thay."
        ),
        name=last or "?",
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    return value
