"""A roll on its way in: the file is kept, its columns are settled, and it is held against the present households."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from app.areas import queries as areas
from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor
from app.households import queries
from app.households.importing.columns import ColumnGuess, guess_columns
from app.households.importing.comparison import RollComparison, compare
from app.households.importing.parsing import ColumnsMissing, Progress, faults_json, parse_roll
from app.households.importing.records import Columns, Fault, ParsedHousehold, ParsedRoll, PresentHousehold
from app.households.models import Household, Representative, RollImport
from app.lib.canonical import canonical_json
from app.lib.i18n import N_
from app.lib.tables import Sheet, UnreadableTable, read_table
from app.lib.text import fold


@dataclass(frozen=True)
class Places:
    """Which area each name in the file means; ``new`` are names no present area has."""

    home: Area
    commune: Area | None
    known: dict[str, Area]
    new: dict[str, str] = field(default_factory=dict)

    def path_of(self, household: ParsedHousehold) -> str:
        """The path of a household's area; for an area yet to be created its folded name."""
        if not household.area_name:
            return self.home.path
        key = fold(household.area_name)
        found = self.known.get(key)
        return found.path if found else f"new:{key}"


@dataclass(frozen=True)
class Examination:
    """Everything a person must see before confirming; made anew from the file each time, nothing is written."""

    guess: ColumnGuess
    sheets: tuple[str, ...]
    columns: Columns
    parsed: ParsedRoll
    places: Places
    comparison: RollComparison
    fingerprint: str

    def as_json(self) -> dict[str, Any]:
        """What the command prints."""
        changes: dict[str, Any] = dict(self.comparison.counts())
        return {
            "valid_households": len(self.parsed.households),
            "faults": faults_json(self.parsed),
            "changes": changes | {"new_areas": sorted(self.places.new.values())},
        }


def upload(session: Session, by: Actor, area: Area, *, filename: str, data: bytes) -> RollImport:
    """Keep a file that is a table; nothing else is written. Refuses what cannot be read, saying why."""
    may_import(by, area)
    sheets = _sheets(data, filename)
    guess = guess_columns(sheets)
    kept = RollImport(
        area_id=area.id,
        area=area,
        filename=filename[:500],
        content=data,
        columns={"sheet": guess.sheet} | guess.columns.as_dict(),
        status="uploaded",
        base_fingerprint="",
        summary={},
        created_by=by.account_id,
        created_at=clock.now(),
    )
    session.add(kept)
    session.flush()
    return kept


def choose_columns(session: Session, by: Actor, kept: RollImport, *, sheet: int, columns: Columns) -> None:
    """Correct the guess."""
    may_import(by, kept.area)
    _refuse_finished(kept)
    if columns.missing:
        raise Refusal(N_("Chọn cột họ tên người đại diện và cột địa chỉ."), field="full_name")
    kept.columns = {"sheet": sheet} | columns.as_dict()
    session.flush()


def settled_columns(kept: RollImport) -> tuple[ColumnGuess, tuple[str, ...], Columns]:
    """What the file offers (the guess for the sheet chosen), its sheets, and the columns settled so far."""
    _refuse_finished(kept)
    sheets = _sheets(kept.content or b"", kept.filename)
    values = dict(kept.columns)
    index = int(values.pop("sheet", 0))
    guess = replace(guess_columns([sheets[index]]), sheet=index)
    return guess, tuple(sheet.name for sheet in sheets), Columns.from_dict(values)


def examine(session: Session, kept: RollImport, progress: Progress | None = None) -> Examination:
    """Read the kept file and compare it with the present households; raises ``Refusal`` where it cannot be read."""
    _refuse_finished(kept)
    sheets = _sheets(kept.content or b"", kept.filename)
    guess = guess_columns(sheets)
    values = dict(kept.columns)
    index = int(values.pop("sheet", guess.sheet))
    if not 0 <= index < len(sheets):
        raise Refusal(N_("Chọn một trang tính có trong tệp."), field="sheet")
    columns = Columns.from_dict(values)
    try:
        parsed = parse_roll(sheets[index], columns, progress)
    except ColumnsMissing as fault:
        raise Refusal(fault.message, field="full_name") from fault
    places = _places(session, kept.area, parsed)
    parsed = _without_strangers(parsed, places)
    present = list(_present(session, _touched(places, parsed)))
    return Examination(
        guess=guess,
        sheets=tuple(sheet.name for sheet in sheets),
        columns=columns,
        parsed=parsed,
        places=places,
        comparison=compare(present, parsed.households, places.path_of),
        fingerprint=_fingerprint(present),
    )


def discard(session: Session, by: Actor, kept: RollImport) -> None:
    """Forget an uploaded file."""
    may_import(by, kept.area)
    _refuse_finished(kept)
    kept.status, kept.content = "discarded", None
    record(session, by, "households.import.discard", subject=("roll_import", kept.id), path=kept.area.path)


def may_import(by: Actor, area: Area) -> None:
    if not by.may("households:roll:import", area.path):
        raise Forbidden(N_("Ông/Bà không có quyền nhập danh sách hộ của địa bàn này."))


def _refuse_finished(kept: RollImport) -> None:
    if kept.status != "uploaded" or kept.content is None:
        raise WrongMoment(N_("Lần nhập này đã xong hoặc đã bỏ. Mời Ông/Bà tải tệp lên lại."))


def _sheets(data: bytes, filename: str) -> list[Sheet]:
    try:
        return read_table(data, filename)
    except UnreadableTable as fault:
        raise Refusal(fault.message, field="file", **fault.params) from fault


def _places(session: Session, home: Area, parsed: ParsedRoll) -> Places:
    names = {fold(h.area_name): h.area_name for h in parsed.households if h.area_name}
    commune = home.parent if home.level == "residential" else home
    if commune is None or commune.level != "commune":
        raise Refusal(N_("Danh sách hộ chỉ nhập vào một thôn, tổ dân phố hoặc một xã, phường."), field="file")
    if not names and home.level != "residential":
        raise Refusal(
            N_("Tệp không ghi hộ thuộc thôn, tổ dân phố nào. Mời Ông/Bà nhập tại từng thôn, tổ dân phố."), field="file"
        )
    known = {a.search: a for a in areas.residential_areas(session, commune, clock.today())}
    new = {key: name for key, name in names.items() if key not in known}
    return Places(home=home, commune=commune, known=known, new=new)


def _without_strangers(parsed: ParsedRoll, places: Places) -> ParsedRoll:
    """In a file of many areas a household that names none belongs to nobody: it is a fault, not a guess."""
    if places.home.level == "residential":
        return parsed
    strangers = [h for h in parsed.households if not h.area_name]
    if not strangers:
        return parsed
    faults = [Fault(row=h.row, field="area_name", problem="unknown_area", value="") for h in strangers]
    rows = {h.row for h in strangers}
    return replace(
        parsed,
        households=tuple(h for h in parsed.households if h.row not in rows),
        faulty=(*parsed.faulty, *strangers),
        faults=tuple(sorted([*parsed.faults, *faults], key=lambda fault: fault.row)),
    )


def _touched(places: Places, parsed: ParsedRoll) -> list[Area]:
    found = {places.path_of(household) for household in parsed.households}
    everywhere = {area.path: area for area in places.known.values()} | {places.home.path: places.home}
    return [everywhere[path] for path in sorted(found) if path in everywhere]


def _present(session: Session, touched: Iterable[Area]) -> Iterable[PresentHousehold]:
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


def _fingerprint(present: list[PresentHousehold]) -> str:
    digest = hashlib.sha256()
    for one in sorted(present, key=lambda household: household.id):
        line = [one.id, one.number, one.full_name, one.address, one.phone, one.cluster]
        digest.update(canonical_json(line).encode())
    return digest.hexdigest()
