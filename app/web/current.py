"""What belongs to the request being served: its session, its asker, and the services of the application."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request
from sqlalchemy.orm import Session

from app.config import Settings
from app.core.db import Database, Single
from app.core.permissions import ANONYMOUS, Actor
from app.core.tokens import Keyring
from app.gateways.messages import Channel
from app.gateways.storage import Storage

if TYPE_CHECKING:
    from app.web.pagecache import PageCache

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Services:
    """Everything made once at the start. ``ballot_keys`` wraps poll keys and nothing else; the first channel that
    takes a message carries it."""

    settings: Settings
    database: Database
    keyring: Keyring
    ballot_keys: Keyring
    storage: Storage
    channels: tuple[Channel, ...]
    page_cache: "PageCache"


def services() -> Services:
    return cast(Services, current_app.extensions["danban"])


def session() -> Session:
    """The one transaction of this request; opened when first needed, reading only for safe methods."""
    if "db" not in g:
        g.db = services().database.session(write=request.method not in SAFE_METHODS)
    return cast(Session, g.db)


def single(*, write: bool) -> Session | Single:
    """The session of a request that asks or writes with one statement, which then is the transaction by itself."""
    if "db" not in g:
        g.db = services().database.single(write=write)
    return cast("Session | Single", g.db)


def actor() -> Actor:
    """Who is asking; anonymous on the residents' surface."""
    return cast(Actor, g.get("actor", ANONYMOUS))


def commit() -> None:
    if "db" in g:
        g.db.commit()


def rollback() -> None:
    if "db" in g:
        g.db.rollback()


def close(_fault: BaseException | None = None) -> None:
    held = g.pop("db", None)
    if held is not None:
        held.close()
