"""Commands about household rolls."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from app.areas.queries import by_code
from app.core.console import database
from app.core.permissions import OPERATOR
from app.households.importing.words import PROBLEMS, fault_params
from app.households.operations.committing import commit as write
from app.households.operations.examining import Examination, examine, upload
from app.households.operations.undoing import undo
from app.households.queries import import_by_id

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
    with database() as opened, opened.session() as session:
        place = by_code(session, area)
        if place is None:
            raise click.ClickException(f"Không có địa bàn mang mã {area}.")
        kept = upload(session, OPERATOR, place, filename=file.name, data=file.read_bytes())
        found = examine(session, kept, _progress())
        answer = found.as_json()
        if commit:
            answer["written"] = write(session, OPERATOR, kept, found, without_faulty=without_faulty, end_gone=end_gone)
            answer["import"] = kept.id
            session.commit()
        else:
            session.rollback()
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _tell(found, written=commit)


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
        click.echo(f"  dòng {fault.row}: {PROBLEMS[fault.problem] % fault_params(fault)}")
    if len(found.parsed.faults) > SHOWN:
        click.echo(f"  … và {len(found.parsed.faults) - SHOWN} lỗi nữa.")
    click.echo(
        f"So với danh sách hiện có: {counts['new']} hộ mới, {counts['changed']} hộ thay đổi,"
        f" {counts['gone']} hộ không còn trong tệp, {counts['possible_duplicates']} cặp có thể trùng."
    )
    if found.places.new:
        click.echo(f"Địa bàn sẽ được lập: {', '.join(sorted(found.places.new.values()))}.")
    click.echo("Đã ghi." if written else "Chưa ghi gì. Thêm --commit để ghi.")
