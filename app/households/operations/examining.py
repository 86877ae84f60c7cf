"""A roll on its way in: the file is kept, its columns are settled, and it is held against the present households."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.households import queries
from app.households.importing.columns import ColumnGuess, guess_columns
from app.households.importing.comparison import RollComparison, compare
from app.households.importing.parsing import ColumnsMissing, Progress, faults_json, parse_roll
from app.households.importing.records import Columns, ParsedRoll, PresentHousehold
from app.households.models import Household, Representative, RollImport
from app.households.operations.placing import Places, commune_of, may_import, place
from app.lib.canonical import canonical_json
from app.lib.i18n import N_
from app.lib.tables import Sheet, UnreadableTable, read_table
from app.lib.text import strange_characters, tidy

# A file that nobody has decided about is personal data kept for nothing.
KEEP_UNDECIDED = timedelta(hours=24)


@dataclass(frozen=True)
class Examination:
    """Everything a person must see before confirming; made anew from the file each time, nothing is written.

    ``other_rolls`` are further sheets of the file that look like rolls and were not read. ``in_faulty_rows`` are
    present households that the file names only in rows with faults: they are not gone.
    """

    other_rolls: tuple[str, ...]
    parsed: ParsedRoll
    places: Places
    comparison: RollComparison
    in_faulty_rows: tuple[PresentHousehold, ...]
    fingerprint: str

    def as_json(self) -> dict[str, Any]:
        """What the command prints."""
        changes: dict[str, Any] = dict(self.comparison.counts())
        return {
            "valid_households": len(self.parsed.households),
            "faults": faults_json(self.parsed),
            "changes": changes | {"new_areas": sorted(self.places.new.values())},
        }


def prepare(by: Actor, area: Area, *, filename: str, data: bytes) -> tuple[RollImport, list[Sheet]]:
    """A file that is a table, with the columns guessed, not yet kept; and its sheets, so that they are read once.

    Refuses what cannot be read, saying why.
    """
    may_import(by, area)
    commune_of(area)
    sheets = _sheets(data, filename)
    guess = guess_columns(sheets)
    kept = RollImport(
        area_id=area.id,
        area=area,
        filename=_plain_name(filename),
        content=data,
        columns={"sheet": guess.sheet} | guess.columns.as_dict(),
        status="uploaded",
        base_fingerprint="",
        summary={},
        created_by=by.account_id,
        created_at=clock.now(),
    )
    return kept, sheets


def keep(session: Session, kept: RollImport) -> None:
    """Keep a prepared file; no household is written. Files left undecided for a day are forgotten."""
    forgotten = update(RollImport).where(
        RollImport.status == "uploaded", RollImport.created_at < kept.created_at - KEEP_UNDECIDED
    )
    session.execute(forgotten.values(status="discarded", content=None))
    session.add(kept)
    session.flush()


def upload(session: Session, by: Actor, area: Area, *, filename: str, data: bytes) -> RollImport:
    """Prepare a file and keep it until somebody decides."""
    kept, _sheets_read = prepare(by, area, filename=filename, data=data)
    keep(session, kept)
    return kept


def choose_columns(session: Session, by: Actor, kept: RollImport, *, sheet: int, columns: Columns) -> None:
    """Correct the guess."""
    may_import(by, kept.area)
    refuse_finished(kept)
    if columns.missing:
        raise Refusal(N_("Chọn cột họ tên người đại diện và cột địa chỉ."), field="full_name")
    if set(columns.full_name) & set(columns.address):
        raise Refusal(N_("Một cột không thể vừa là họ tên vừa là địa chỉ."), field="address")
    kept.columns = {"sheet": sheet} | columns.as_dict()
    session.flush()


def choose_sheet(session: Session, by: Actor, kept: RollImport, *, sheet: int) -> None:
    """Take another sheet of the file, with the columns guessed for it."""
    may_import(by, kept.area)
    refuse_finished(kept)
    sheets = _sheets(kept.content or b"", kept.filename)
    guess = guess_columns([_chosen(sheets, sheet)])
    kept.columns = {"sheet": sheet} | guess.columns.as_dict()
    session.flush()


def settled_columns(kept: RollImport) -> tuple[ColumnGuess, tuple[str, ...], Columns]:
    """What the file offers (the guess for the sheet chosen), its sheets, and the columns settled so far."""
    refuse_finished(kept)
    sheets = _sheets(kept.content or b"", kept.filename)
    values = dict(kept.columns)
    index = int(values.pop("sheet", 0))
    guess = replace(guess_columns([_chosen(sheets, index)]), sheet=index)
    return guess, tuple(sheet.name for sheet in sheets), Columns.from_dict(values)


def examine(
    session: Session,
    by: Actor,
    kept: RollImport,
    progress: Progress | None = None,
    sheets: list[Sheet] | None = None,
) -> Examination:
    """Read a file (or the sheets already read) and compare it with the present households; writes nothing.

    Raises ``Refusal`` where the file cannot be read, or names areas in which ``by`` may not write.
    """
    may_import(by, kept.area)
    refuse_finished(kept)
    sheets = sheets or _sheets(kept.content or b"", kept.filename)
    values = dict(kept.columns)
    index = int(values.pop("sheet", 0))
    sheet = _chosen(sheets, index)
    try:
        parsed = parse_roll(sheet, Columns.from_dict(values), progress)
    except ColumnsMissing as fault:
        raise Refusal(fault.message, field="full_name") from fault
    places, parsed = place(session, by, kept.area, parsed)
    present = list(_present(session, places.touched(parsed)))
    comparison, in_faulty_rows = _compared(present, parsed, places)
    return Examination(
        other_rolls=_other_rolls(sheets, index),
        parsed=parsed,
        places=places,
        comparison=comparison,
        in_faulty_rows=in_faulty_rows,
        fingerprint=_fingerprint(present, kept.columns),
    )


def fingerprint_now(session: Session, kept: RollImport, found: Examination) -> str:
    """What ``Examination.fingerprint`` would be if the file were examined now."""
    return _fingerprint(_present(session, found.places.touched(found.parsed)), kept.columns)


def discard(session: Session, by: Actor, kept: RollImport) -> None:
    """Forget an uploaded file."""
    may_import(by, kept.area)
    refuse_finished(kept)
    kept.status, kept.content = "discarded", None
    record(session, by, "households.import.discard", subject=("roll_import", kept.id), path=kept.area.path)


def refuse_finished(kept: RollImport) -> None:
    """Refuse an import that was written, taken back or thrown away."""
    if kept.status != "uploaded" or kept.content is None:
        raise WrongMoment(N_("Lần nhập này đã xong hoặc đã bỏ. Mời Ông/Bà tải tệp lên lại."))


def _sheets(data: bytes, filename: str) -> list[Sheet]:
    try:
        return read_table(data, filename)
    except UnreadableTable as fault:
        raise Refusal(fault.message, field="file", **fault.params) from fault


def _chosen(sheets: list[Sheet], index: int) -> Sheet:
    if not 0 <= index < len(sheets):
        raise Refusal(N_("Chọn một trang tính có trong tệp."), field="sheet")
    return sheets[index]


def _other_rolls(sheets: list[Sheet], chosen: int) -> tuple[str, ...]:
    if len(sheets) == 1:
        return ()
    guess = guess_columns(sheets)
    rolls = {*guess.other_rolls} if guess.missing else {guess.sheet, *guess.other_rolls}
    return tuple(sheets[index].name for index in sorted(rolls - {chosen}))


def _plain_name(filename: str) -> str:
    """The name of a file without what nobody can see; nothing is ever opened by it."""
    name = tidy(filename.encode(errors="replace").decode())
    hidden = {chr(int(code.removeprefix("U+"), 16)) for code in strange_characters(name)}
    return "".join(letter for letter in name if letter not in hidden)[-200:]


def _compared(
    present: list[PresentHousehold], parsed: ParsedRoll, places: Places
) -> tuple[RollComparison, tuple[PresentHousehold, ...]]:
    comparison = compare(present, parsed.households, places.path_of)
    if not (comparison.gone and parsed.faulty):
        return comparison, ()
    # A wrong telephone number is no reason to call a household gone.
    again = compare(comparison.gone, parsed.faulty, places.path_of)
    gone = {home.id for home in again.gone}
    faulty = tuple(home for home in comparison.gone if home.id not in gone)
    return replace(comparison, gone=again.gone), faulty


def _present(session: Session, touched: Iterable[Area]) -> Iterator[PresentHousehold]:
    columns = (
        Household.id,
        Household.number,
        Representative.full_name,
        Household.address,
        Representative.phone,
        Household.cluster,
    )
    for area in touched:
        query = queries.present(area).with_only_columns(*columns).order_by(Household.position, Household.id)
        for key, number, full_name, address, phone, cluster in session.execute(query):
            yield PresentHousehold(key, area.path, number, full_name or "", address, phone, cluster)


def _fingerprint(present: Iterable[PresentHousehold], columns: dict[str, Any]) -> str:
    """What the comparison depends on besides the file: the present households, and which column holds what."""
    digest = hashlib.sha256(canonical_json(columns).encode())
    for one in sorted(present, key=lambda household: household.id):
        line = [one.id, one.number, one.full_name, one.address, one.phone, one.cluster]
        digest.update(canonical_json(line).encode())
    return digest.hexdigest()
