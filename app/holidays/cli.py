"""Commands about the calendar of days off."""

import json
from datetime import date

import click

from app.core import clock
from app.core.console import Day, database
from app.core.permissions import SYSTEM
from app.holidays import operations, queries
from app.lib.calendar import OFF, WORKING, format_date

KINDS = {OFF: "nghỉ", WORKING: "làm bù"}


@click.group("holidays")
def group() -> None:
    """Days off: load the official ones, list, set, remove."""


@group.command("load")
@click.argument("year", type=int, required=False)
def load(year: int | None) -> None:
    """Load the official days of YEAR (this year unless given)."""
    asked = year or clock.today().year
    with database() as opened, opened.transaction() as session:
        added = operations.load_year(session, SYSTEM, asked)
    click.echo(f"Đã thêm {added} ngày vào lịch năm {asked}.")


@group.command("list")
@click.argument("year", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(year: int | None, as_json: bool) -> None:
    """List the days of YEAR that differ from the plain week."""
    with database() as opened, opened.session(write=False) as session:
        days = queries.days_of(session, year or clock.today().year)
    if as_json:
        click.echo(json.dumps([{"day": d.day.isoformat(), "kind": d.kind, "name": d.name} for d in days]))
        return
    for found in days:
        click.echo(f"{format_date(found.day)}  {KINDS[found.kind]:<8} {found.name}")


@group.command("set")
@click.argument("day", type=Day())
@click.argument("kind", type=click.Choice([OFF, WORKING]))
@click.argument("name")
def set_day(day: date, kind: str, name: str) -> None:
    """Say that DAY is off, or is worked in exchange, and why."""
    with database() as opened, opened.transaction() as session:
        row = operations.set_day(session, SYSTEM, day, kind=kind, name=name)
    click.echo(f"{format_date(row.day)}: {KINDS[kind]}, {row.name}.")


@group.command("remove")
@click.argument("day", type=Day())
def remove(day: date) -> None:
    """Let DAY follow the plain week again."""
    with database() as opened, opened.transaction() as session:
        operations.remove_day(session, SYSTEM, day)
    click.echo("Đã bỏ khỏi lịch nghỉ.")
