"""Commands about places."""

import json

import click

from app.areas import operations, queries
from app.core import clock
from app.core.console import database
from app.core.permissions import SYSTEM


@click.group("areas")
def group() -> None:
    """Places: official provinces and communes, search."""


@group.command("load")
def load() -> None:
    """Load the official provinces and communes since 1 July 2025."""
    with database() as opened, opened.transaction() as session:
        added = operations.load_official(session, SYSTEM)
    click.echo(f"Đã thêm {added} đơn vị hành chính.")


@group.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def find(words: tuple[str, ...], as_json: bool) -> None:
    """Find communes and residential areas by name, with or without diacritics."""
    with database() as opened, opened.session(write=False) as session:
        found = [
            {"code": area.code, "name": area.label, "in": area.parent.label if area.parent else ""}
            for area in queries.search(session, " ".join(words), clock.today())
        ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for row in found:
        click.echo(f"{row['code']:<16} {row['name']} ({row['in']})")
