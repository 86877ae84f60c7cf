"""One item as a moderator reads it: the text with what rules point out, what surrounds it, and what was done before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Actor
from app.core.scope import visible, within
from app.identity.models import Account
from app.moderation import kinds
from app.moderation.models import AbuseReport, AbuseWord, Appeal, ModerationAct, ModerationItem
from app.moderation.queries.state import holder_of, last_act, may_decide
from app.moderation.rules.covering import Segment, segments
from app.moderation.rules.rights import DECIDE, DECISIONS, ESCALATED, HEAR, ORIGINAL, UNDO_FOR

MOST_REPORTS = 20


@dataclass(frozen=True)
class Finding:
    """What a rule points out: its sentence with values, and the places; each place with its number among all."""

    why: str
    params: dict[str, Any]
    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Reading:
    """The text as this reader may see it."""

    segments: Sequence[Segment]
    findings: Sequence[Finding]
    whole: bool


@dataclass(frozen=True)
class Waiting:
    """An appeal in the list of those that wait, and whether the asker may hear it."""

    item: ModerationItem
    appeal: Appeal
    mine: bool


def in_scope(session: Session, actor: Actor, item_id: int) -> ModerationItem | None:
    """The item inside the asker's scope."""
    return session.scalar(
        select(ModerationItem).where(ModerationItem.id == item_id, visible(ModerationItem.path, actor))
    )


def sees_original(actor: Actor, item: ModerationItem) -> bool:
    """Whether the asker may read what was written; as long as nothing is covered that is what everybody reads."""
    return item.shown_text is None or actor.may(ORIGINAL, item.path)


def reading(item: ModerationItem, *, whole: bool) -> Reading:
    """The text with its marked places; without the right to the original only what others see, and no findings.

    What rules found may repeat covered words, so it goes with the original or not at all.
    """
    if not whole:
        return Reading([Segment(item.shown_text or "")], [], whole=False)
    spans = spans_of(item)
    places = iter(range(len(spans)))
    findings = [
        Finding(
            one["why"], one["params"],
            tuple((next(places), item.original[first:end]) for first, end in one["spans"]),
        )
        for one in item.suggestions
    ]  # fmt: skip
    return Reading(segments(item.original, spans), findings, whole=True)


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
    query = query.where(within(ModerationItem.path, actor.places(HEAR)))
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


def words(session: Session, area_id: int) -> Sequence[AbuseWord]:
    """The words of one place, in the order of their letters."""
    return session.scalars(select(AbuseWord).where(AbuseWord.area_id == area_id).order_by(AbuseWord.folded)).all()
