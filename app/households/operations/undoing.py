"""Taking an import back within 24 hours."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.operations import lock
from app.audit.operations import record
from app.core import clock
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import Actor
from app.households import queries
from app.households.models import Household, Representative, RollImport, RollImportChange
from app.households.operations.states import State, assign, chunks, end, load, state_of
from app.lib.i18n import N_

UNDO_WITHIN = timedelta(hours=24)
UNDONE = "Hoàn tác lần nhập danh sách"

Loaded = dict[int, tuple[Household, Representative | None]]


def undo(session: Session, by: Actor, kept: RollImport) -> int:
    """Put every household back as it was before the import, within 24 hours and unless one has changed since.

    Households the import added leave the roll; areas it created stay. Returns how many households were put back.
    """
    touched = queries.areas_changed(session, kept.id)
    _must_import(by, [kept.area, *touched])
    lock(session, [kept.area, *touched])
    session.refresh(kept, ["status", "committed_at"], with_for_update=True)
    if kept.status != "committed" or kept.committed_at is None:
        raise WrongMoment(N_("Chỉ hoàn tác được lần nhập đã ghi."))
    now = clock.now()
    if now - kept.committed_at > UNDO_WITHIN:
        raise WrongMoment(N_("Chỉ hoàn tác được trong 24 giờ sau khi nhập."))
    changes = queries.changes_of(session, kept.id)
    loaded = load(session, (change.household_id for change in changes))
    _refuse_changed_since(changes, loaded)
    _refuse_taken_numbers(session, touched, changes, loaded)
    for change in changes:
        if change.action == "add":
            end(loaded[change.household_id][0], now, UNDONE)
    _restore(session, [change for change in changes if change.before is not None], loaded)
    kept.status, kept.undone_at = "undone", now
    subject, path = ("roll_import", kept.id), kept.area.path
    record(session, by, "households.import.undo", subject=subject, path=path, households=len(changes))
    return len(changes)


def _must_import(by: Actor, places: Sequence[Area]) -> None:
    if not all(by.may("households:roll:import", place.path) for place in places):
        raise Forbidden(N_("Lần nhập này có hộ của địa bàn khác, Ông/Bà không có quyền hoàn tác."))


def _refuse_changed_since(changes: Sequence[RollImportChange], loaded: Loaded) -> None:
    for change in changes:
        home, active = loaded[change.household_id]
        if state_of(home, active) != change.after:
            raise WrongMoment(
                N_("Hộ số %(number)s đã được sửa sau khi nhập nên không hoàn tác được."), number=home.number
            )


def _refuse_taken_numbers(
    session: Session, touched: Sequence[Area], changes: Sequence[RollImportChange], loaded: Loaded
) -> None:
    """A household that comes back needs its number, which somebody else may have been given meanwhile."""
    query = select(Household.id, Household.area_id, Household.number).where(
        Household.area_id.in_([area.id for area in touched]), Household.ended_at.is_(None)
    )
    taken = {(area, number) for key, area, number in session.execute(query) if key not in loaded}
    for change in changes:
        home, before = loaded[change.household_id][0], change.before
        if before is not None and (home.area_id, before["number"]) in taken:
            raise WrongMoment(
                N_("Số hộ %(number)s nay là số của hộ khác nên không hoàn tác được."), number=before["number"]
            )


def _restore(session: Session, changes: Sequence[RollImportChange], loaded: Loaded) -> None:
    wanted: dict[int, tuple[Household, State]] = {}
    replaced: list[int] = []
    former: list[int] = []
    for change in changes:
        home, active = loaded[change.household_id]
        before: State = change.before or {}
        wanted[home.id] = (home, before)
        if active is None:
            continue
        if active.id == before["representative"]:
            active.phone = before["phone"]
            continue
        replaced.append(active.id)
        if before["representative"] is not None:
            former.append(before["representative"])
    assign(session, wanted, revive=True)
    _bring_back(session, replaced, former)
    for home, _before in wanted.values():
        session.expire(home, ["representatives"])


def _bring_back(session: Session, replaced: Sequence[int], former: Sequence[int]) -> None:
    """Whoever the import put in is forgotten: the household never named them. Whoever they followed represents it."""
    for some in chunks(replaced):
        session.execute(delete(Representative).where(Representative.id.in_(some)))
    for some in chunks(former):
        for person in session.scalars(select(Representative).where(Representative.id.in_(some))):
            person.until = None
    session.flush()
