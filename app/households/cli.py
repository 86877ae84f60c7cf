"""Commands about household rolls."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.queries import by_code
from app.core.console import database
from app.core.db import Database
from app.core.permissions import OPERATOR
from app.households.importing.words import FIELDS, PROBLEMS, fault_params
from app.households.operations.committing import commit as write
from app.households.operations.examining import Examination, examine, keep, prepare
from app.households.operations.undoing import undo
from app.households.queries import import_by_id
from app.lib.tables import MAX_BYTES

SHOWN = 20


@click.group("roll")
def group() -> None:
    """Household rolls: check a file, import it, take an import back."""


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", required=True, help="Code of the residential area, or of the commune for a whole ward.")
@click.option("--commit", is_flag=True, help="Write; without it nothing is written.")
@click.option("--without-faulty", is_flag=True, help="Leave out rows with faults instead of refusing the file.")
@click.option("--end-gone", is_flag=True, help="End households that the file no longer names.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_roll(file: Path, area: str, commit: bool, without_faulty: bool, end_gone: bool, as_json: bool) -> None:
    """Check FILE against the roll of an area, and with --commit write it."""
    with database() as opened:
        answer, found = _import(opened, file, area, commit, {"without_faulty": without_faulty, "end_gone": end_gone})
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _tell(found, written=commit)


def _import(
    opened: Database, file: Path, code: str, commit: bool, choices: dict[str, Any]
) -> tuple[dict[str, Any], Examination]:
    """Look at the file in a session that cannot write, so that nobody has to wait; then write, if told to."""
    data = _content(file)
    with opened.session(write=False) as session:
        kept, sheets = prepare(OPERATOR, _place(session, code), filename=file.name, data=data)
        found = examine(session, OPERATOR, kept, _progress(), sheets)
    answer = found.as_json()
    if commit:
        with opened.transaction() as session:
            kept.area = _place(session, code)
            keep(session, kept)
            answer["written"] = write(session, OPERATOR, kept, found, **choices)
            answer["import"] = kept.id
    return answer, found


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        # Whatever is longer is refused by its length.
        return stream.read(MAX_BYTES + 1)


def _place(session: Session, code: str) -> Area:
    place = by_code(session, code)
    if place is None:
        raise click.ClickException(f"Không có địa bàn mang mã {code}.")
    return place


@group.command("undo")
@click.argument("number", type=int)
def undo_import(number: int) -> None:
    """Take import NUMBER back, within 24 hours."""
    with database() as opened, opened.transaction() as session:
        kept = import_by_id(session, number)
        if kept is None:
            raise click.ClickException(f"Không có lần nhập số {number}.")
        households = undo(session, OPERATOR, kept)
    click.echo(f"Đã hoàn tác {households} hộ.")


def _progress() -> Callable[[int, int], None]:
    """Say on the error stream how far the reading is, every tenth of the file."""
    last = -1

    def show(done: int, total: int) -> None:
        nonlocal last
        tenth = done * 10 // max(total, 1)
        if tenth != last:
            last = tenth
            click.echo(f"Đọc tệp: {tenth * 10} %", err=True)

    return show


def _tell(found: Examination, *, written: bool) -> None:
    counts = found.comparison.counts()
    click.echo(f"{len(found.parsed.households)} hộ hợp lệ, {len(found.parsed.faults)} lỗi cần sửa.")
    for fault in found.parsed.faults[:SHOWN]:
        click.echo(f"  dòng {fault.row}: {FIELDS[fault.field]}: {PROBLEMS[fault.problem] % fault_params(fault)}")
    if len(found.parsed.faults) > SHOWN:
        click.echo(f"  … và {len(found.parsed.faults) - SHOWN} lỗi nữa.")
    click.echo(
        f"So với danh sách hiện có: {counts['new']} hộ mới, {counts['changed']} hộ thay đổi,"
        f" {counts['gone']} hộ không còn trong tệp, {counts['possible_duplicates']} cặp có thể trùng."
    )
    if new := sorted(found.places.new.values()):
        more = f" … và {len(new) - SHOWN} địa bàn nữa" if len(new) > SHOWN else ""
        click.echo(f"{len(new)} địa bàn sẽ được lập: {', '.join(new[:SHOWN])}{more}.")
    click.echo("Đã ghi." if written else "Chưa ghi gì. Thêm --commit để ghi.")
