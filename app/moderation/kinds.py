"""What the queue knows of the things it moderates: each slice brings a kind, and the queue never knows the slice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.core.schema import slice_modules
from app.core.tokens import Keyring
from app.gateways.storage import Storage
from app.moderation.models import ModerationItem


@dataclass(frozen=True)
class Context:
    """What a moderator reads beside a text. Everything is plain text of the slice, never markup.

    ``parts`` are (heading, text) in order: the article that is spoken of, what stood before in the same thread; both
    are translated where they are marked words. Nothing here names the author where others would not be told.
    """

    title: str
    address: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """What sealing needs: the service's keys, and where files lie."""

    keyring: Keyring
    storage: Storage


class Kind(Protocol):
    """One sort of text that residents write."""

    @property
    def name(self) -> str:
        """The slug kept in ``ModerationItem.kind``, for example ``comment``."""

    @property
    def label(self) -> str:
        """What people call it; marked for translation."""

    def context(self, session: Session, subject_ids: Sequence[int]) -> dict[int, Context]:
        """What surrounds each subject, by its id; a subject that is gone is left out."""

    def apply(self, session: Session, item: ModerationItem) -> None:
        """Let the subject be shown or hidden as the item now says; in the transaction of the decision."""

    def hidden_from(self, account_id: int | None) -> ColumnElement[bool] | None:
        """Of which subjects the items do not exist for the account, by ``ModerationItem.subject_id``; None: of none."""

    @property
    def day_alone(self) -> bool:
        """Whether the minute at which a text came would tell who wrote it: then the queue tells the day alone."""

    @property
    def boxes(self) -> Mapping[str, str]:
        """As what a text may be handed to inspectors, sealed: slug and words marked for translation; empty: never."""

    def seal(self, session: Session, by: Actor, vault: Vault, subject_id: int, box: str) -> tuple[str, ...]:
        """Seal a subject for inspectors and keep nothing of it outside; stored files to be deleted after the commit.

        From then on its item is hidden from everybody. The queue forgets what it holds of the text by itself.
        """


class Plain:
    """What a kind is unless it says otherwise: all who moderate at its place see every item; nothing is sealed."""

    day_alone = False
    boxes: Mapping[str, str] = MappingProxyType({})

    def seal(self, session: Session, by: Actor, vault: Vault, subject_id: int, box: str) -> tuple[str, ...]:
        """Never called: there is no box."""
        raise NotImplementedError

    def hidden_from(self, account_id: int | None) -> ColumnElement[bool] | None:
        """Nothing is hidden."""
        return None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known to the queue; registering one of the same name again replaces it."""
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """The kind of that name. Raises ``KeyError``: a programming error, for nothing else can be submitted."""
    if name not in _kinds:
        _ask_slices()
    return _kinds[name]


def known() -> tuple[Kind, ...]:
    """Every kind, in the order of their names."""
    _ask_slices()
    return tuple(_kinds[name] for name in sorted(_kinds))


@cache
def _ask_slices() -> None:
    """Commands and workers come without the pages: the slices are asked for their module ``moderated``, once."""
    for module in slice_modules("moderated"):
        module.register()
