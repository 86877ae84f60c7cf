"""When an account and a collection are shown to people: a day after a second person approved, and not after the end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from app.lib.i18n import N_

DELAY = timedelta(hours=24)
"""Between approval and being shown: time for somebody to notice an account that should not be there."""
CHECK_EVERY = timedelta(days=7)
"""How often somebody looks whether another code was stuck over the printed one."""


class Row(Protocol):
    """An account of the white list."""

    @property
    def id(self) -> int: ...
    @property
    def replaces(self) -> int | None: ...
    @property
    def status(self) -> str: ...
    @property
    def shown_from(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


AnyRow = TypeVar("AnyRow", bound=Row)


class State(StrEnum):
    """An account as people meet it."""

    PROPOSED = "proposed"
    WAITING = "waiting"
    SHOWN = "shown"
    REPLACED = "replaced"
    REFUSED = "refused"
    ENDED = "ended"


class Standing(StrEnum):
    """What the page of a collection has to say."""

    OPEN = "open"
    NO_ACCOUNT = "no_account"
    WAITING = "waiting"
    ACCOUNT_ENDED = "account_ended"
    EARLY = "early"
    OVER = "over"


STATE_NAMES = {
    State.PROPOSED: N_("Chờ duyệt"),
    State.WAITING: N_("Đã duyệt, chờ đủ 24 giờ"),
    State.SHOWN: N_("Đang hiện"),
    State.REPLACED: N_("Đã có tài khoản khác thay"),
    State.REFUSED: N_("Không duyệt"),
    State.ENDED: N_("Đã thôi dùng"),
}
STANDING_NAMES = {
    Standing.OPEN: N_("Đang thu"),
    Standing.NO_ACCOUNT: N_("Tài khoản chưa được duyệt"),
    Standing.WAITING: N_("Tài khoản chờ đủ 24 giờ"),
    Standing.ACCOUNT_ENDED: N_("Tài khoản đã thôi dùng"),
    Standing.EARLY: N_("Chưa đến ngày thu"),
    Standing.OVER: N_("Đã kết thúc"),
}


def state(row: Row, now: datetime) -> State:
    """How an account stands; ``now`` is the database's moment."""
    if row.status != "approved" or row.shown_from is None:
        return State(row.status)
    return State.SHOWN if now >= row.shown_from else State.WAITING


def state_among(row: AnyRow, rows: Iterable[AnyRow], now: datetime) -> State:
    """How an account stands among all of its place: one that another took the place of is shown no more."""
    own = state(row, now)
    return State.REPLACED if own is State.SHOWN and in_force(row, rows, now) is not row else own


def in_force(row: AnyRow, rows: Iterable[AnyRow], now: datetime) -> AnyRow:
    """The account that stands in a row's place now: the last of those that replaced it and were ever shown."""
    follows = {one.replaces: one for one in rows if one.replaces is not None and _was_shown(one, now)}
    seen = {row.id}
    while row.id in follows and follows[row.id].id not in seen:
        row = follows[row.id]
        seen.add(row.id)
    return row


def pending(row: AnyRow, rows: Iterable[AnyRow], now: datetime) -> AnyRow | None:
    """What is to replace an account and is not shown yet."""
    coming = (State.PROPOSED, State.WAITING)
    return next((one for one in rows if one.replaces == row.id and state(one, now) in coming), None)


def standing(
    account: Row, now: datetime, today: date, *, opens_on: date, ends_on: date | None, ended_at: datetime | None
) -> Standing:
    """What the page of a collection says; the code is shown only when it is ``OPEN``."""
    if ended_at is not None or (ends_on is not None and today > ends_on):
        return Standing.OVER
    known = {
        State.PROPOSED: Standing.NO_ACCOUNT,
        State.REFUSED: Standing.NO_ACCOUNT,
        State.WAITING: Standing.WAITING,
        State.ENDED: Standing.ACCOUNT_ENDED,
    }.get(state(account, now))
    if known is not None:
        return known
    return Standing.EARLY if today < opens_on else Standing.OPEN


def check_due(last: datetime | None, since: datetime, now: datetime) -> bool:
    """Whether a printed code is to be looked at: a week after the last look, or after it was made."""
    return now - (last or since) >= CHECK_EVERY


def _was_shown(row: Row, now: datetime) -> bool:
    if row.shown_from is None or now < row.shown_from:
        return False
    return row.ended_at is None or row.ended_at > row.shown_from
