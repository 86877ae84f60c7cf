"""Taking a row for a change, so that nobody overwrites another's work unseen."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, make_transient_to_detached

from app.core.errors import NotFound
from app.lib.i18n import N_

Row = TypeVar("Row")


def lock(session: Session, row: Any, check: Callable[[], object] | None = None, *, key_share: bool = False) -> None:
    """Wait until nobody else holds the row, hold it, and read it anew.

    ``check`` raises where the row is not as it must be: before anybody is made to wait for one who is refused anyway,
    and again when the row is held. With ``key_share`` nobody waits who only adds rows that name this one.
    """
    table = type(row)
    if check is not None:
        check()
    session.flush()
    session.execute(select(table.id).where(table.id == row.id).with_for_update(key_share=key_share))
    _read_anew(session, row)
    if check is not None:
        check()


def advance(session: Session, row: Any, version: int, *still: ColumnElement[bool]) -> bool:
    """Take a row that was read as ``version`` and make its version one higher; False where somebody was faster.

    ``still`` says what else must hold at that moment. The row is read anew either way.
    """
    table = type(row)
    session.flush()
    taken = update(table).where(table.id == row.id, table.version == version, *still)
    found = session.execute(taken.values(version=version + 1).execution_options(synchronize_session=False))
    _read_anew(session, row)
    return bool(found.rowcount)  # type: ignore[attr-defined]


def _read_anew(session: Session, row: Any) -> None:
    """Read a row as it is now; raises ``NotFound`` where somebody has deleted it meanwhile."""
    try:
        session.refresh(row)
    except InvalidRequestError:
        raise NotFound(N_("Không tìm thấy nội dung này.")) from None


def hold(session: Session, row: Row) -> Row:
    """Let the session hold a row that a statement has just written, key and all, without reading it."""
    make_transient_to_detached(row)
    session.add(row)
    return row
