"""One item as a moderator reads it: the text with what rules point out, what surrounds it, and what was done before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor
from app.core.scope import visible, within
from app.identity.models import Account
from app.moderation import kinds
from app.moderation.models import AbuseReport, AbuseWord, Appeal, ModerationAct, ModerationItem
from app.moderation.queries.reach import open_to
from app.moderation.queries.state import deciders, holder_of, last_act, may_decide
from app.moderation.rules.covering import segments
from app.moderation.rules.rights import DECIDE, DECISIONS, EDIT_WORDS, ESCALATED, HEAR, ORIGINAL, UNDO_FOR
from app.moderation.rules.visibility import visible as shown

MOST_REPORTS = 20


@dataclass(frozen=True)
class Finding:
    """What a rule points out: its sentence with values, and the places; each place with its number among all."""

    why: str
    params: dict[str, Any]
    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Part:
    """A run of the text, and the numbers (from 1) of the findings that speak of it."""

    text: str
    findings: tuple[int, ...] = ()


@dataclass(frozen=True)
class Heard:
    """An appeal with its item, at the place of the item."""

    item: ModerationItem
    appeal: Appeal

    @property
    def path(self) -> str:
        return self.item.path


@dataclass(frozen=True)
class PlacedWord:
    """A word of a place."""

    word: AbuseWord
    area: Area

    @property
    def path(self) -> str:
        return self.area.path


@dataclass(frozen=True)
class Waiting:
    """An appeal in the list of those that wait, and whether the asker may hear it."""

    item: ModerationItem
    appeal: Appeal
    mine: bool


def in_scope(session: Session, actor: Actor, item_id: int) -> ModerationItem | None:
    """The item inside the asker's scope; one that its kind hides from the asker does not exist."""
    query = select(ModerationItem).where(ModerationItem.id == item_id, visible(ModerationItem.path, actor))
    return session.scalar(query.where(open_to(actor)))


def sees_original(actor: Actor, item: ModerationItem) -> bool:
    """Whether the asker may read what was written; as long as nothing is covered that is what everybody reads."""
    return item.shown_text is None or actor.may(ORIGINAL, item.path)


def findings(item: ModerationItem) -> list[Finding]:
    """What rules point out. It may repeat covered words, so it is for who reads the original."""
    places = iter(range(len(spans_of(item))))
    return [
        Finding(
            one["why"],
            one["params"],
            tuple((next(places), item.original[first:end]) for first, end in one["spans"]),
        )
        for one in item.suggestions
    ]


def parts(item: ModerationItem) -> list[Part]:
    """The original cut at the places that rules point out."""
    owners = [number for number, one in enumerate(item.suggestions, start=1) for _span in one["spans"]]
    cut = segments(item.original, spans_of(item))
    return [Part(one.text, tuple(dict.fromkeys(owners[mark] for mark in one.marks))) for one in cut]


def spans_of(item: ModerationItem) -> list[list[int]]:
    """Every place that rules point out, in the order in which a page numbers them."""
    return [span for one in item.suggestions for span in one["spans"]]


def context(session: Session, item: ModerationItem) -> kinds.Context | None:
    """What the slice of the text says stands around it."""
    return kinds.get(item.kind).context(session, [item.subject_id]).get(item.subject_id)


def history(session: Session, item: ModerationItem) -> Sequence[Row[ModerationAct, str]]:
    """What was done to the item, oldest first: ``ModerationAct`` and the name of who did it."""
    query = select(ModerationAct, Account.full_name.label("name")).outerjoin(Account, Account.id == ModerationAct.by)
    return session.execute(query.where(ModerationAct.item_id == item.id).order_by(ModerationAct.id)).all()


def report_counts(session: Session, item: ModerationItem) -> list[tuple[str, int]]:
    """For what the item was reported, and how often; never by whom."""
    query = select(AbuseReport.reason_key, func.count()).where(AbuseReport.item_id == item.id)
    return [(row[0], row[1]) for row in session.execute(query.group_by(AbuseReport.reason_key))]


def report_texts(session: Session, item: ModerationItem) -> Sequence[str]:
    """What reporters wrote, for who decides; in the order of the texts, so that it does not tell who came when."""
    query = select(AbuseReport.text).where(AbuseReport.item_id == item.id, AbuseReport.text != "")
    return session.scalars(query.order_by(AbuseReport.text).limit(MOST_REPORTS)).all()


def holder(session: Session, item: ModerationItem) -> tuple[int, str, datetime] | None:
    """Who holds the item at this moment: account, name, until when."""
    account = holder_of(item)
    if account is None or item.claimed_until is None:
        return None
    name = session.scalar(select(Account.full_name).where(Account.id == account))
    return account, name or "", item.claimed_until


def undoable(session: Session, actor: Actor, item: ModerationItem) -> ModerationAct | None:
    """The decision on the item that the asker could take back now."""
    last = last_act(session, item)
    recent = last is not None and last.verb in DECISIONS and last.at > clock.now() - UNDO_FOR
    if last is None or not recent or session.scalar(select(Appeal.id).where(Appeal.item_id == item.id)) is not None:
        return None
    holds = actor.may(DECIDE, item.path) or actor.may(ESCALATED, item.path)
    mine = actor.account_id is not None and last.by == actor.account_id and holds
    return last if mine or may_decide(actor, item) else None


def last_decided(session: Session, actor: Actor) -> ModerationItem | None:
    """The item on which the asker decided last and could still take it back, for the key that undoes."""
    query = select(ModerationAct).where(ModerationAct.by == actor.account_id, ModerationAct.verb.in_(DECISIONS))
    query = query.where(ModerationAct.undone_at.is_(None)).order_by(ModerationAct.id.desc()).limit(1)
    act = session.scalar(query)
    item = in_scope(session, actor, act.item_id) if act is not None else None
    return item if item is not None and undoable(session, actor, item) else None


def appeal_of(session: Session, item: ModerationItem) -> Appeal | None:
    return session.scalar(select(Appeal).where(Appeal.item_id == item.id))


def appeals(session: Session, actor: Actor, *, waiting: bool = True, most: int = 100) -> list[Waiting]:
    """The appeals at the places where the asker hears them: those that wait by their day, or the newest heard."""
    query = select(Appeal, ModerationItem).join(ModerationItem, ModerationItem.id == Appeal.item_id)
    query = query.where(within(ModerationItem.path, actor.places(HEAR)), open_to(actor))
    if waiting:
        query = query.where(Appeal.outcome.is_(None)).order_by(Appeal.due_at, Appeal.id)
    else:
        query = query.where(Appeal.outcome.is_not(None)).order_by(Appeal.heard_at.desc())
    rows = session.execute(query.limit(most)).all()
    decided = select(ModerationAct.item_id).where(
        ModerationAct.by == actor.account_id, ModerationAct.item_id.in_([item.id for _appeal, item in rows])
    )
    mine = set(session.scalars(decided))
    return [Waiting(item, appeal, item.id not in mine) for appeal, item in rows]


def appeal_in_scope(session: Session, actor: Actor, appeal_id: int) -> Heard | None:
    """The appeal, when its item is inside the asker's scope."""
    query = select(ModerationItem, Appeal).join(Appeal, Appeal.item_id == ModerationItem.id)
    query = query.where(Appeal.id == appeal_id, visible(ModerationItem.path, actor))
    row = session.execute(query.where(open_to(actor))).first()
    return Heard(row[0], row[1]) if row is not None else None


def took_part(session: Session, actor: Actor, item: ModerationItem) -> bool:
    """Whether the asker ever decided on the item: then somebody else hears its appeal."""
    return actor.account_id in deciders(session, item.id)


def word_in_scope(session: Session, actor: Actor, word_id: int) -> PlacedWord | None:
    """The word, when its place is inside the asker's scope."""
    query = select(AbuseWord, Area).join(Area, Area.id == AbuseWord.area_id)
    row = session.execute(query.where(AbuseWord.id == word_id, visible(Area.path, actor))).first()
    return PlacedWord(row[0], row[1]) if row is not None else None


def word_places(session: Session, actor: Actor) -> Sequence[Area]:
    """The places whose words the asker keeps: those of the asker's roles."""
    return session.scalars(select(Area).where(Area.path.in_(actor.places(EDIT_WORDS))).order_by(Area.path)).all()


def reportable(session: Session, kind: str, item_id: int) -> ModerationItem | None:
    """The item, when everybody sees it: only then can it be reported."""
    item = session.get(ModerationItem, item_id)
    return item if item is not None and item.kind == kind and shown(item.mode, item.status) else None


def words(session: Session, area_id: int) -> Sequence[AbuseWord]:
    """The words of one place, in the order of their letters."""
    return session.scalars(select(AbuseWord).where(AbuseWord.area_id == area_id).order_by(AbuseWord.folded)).all()
