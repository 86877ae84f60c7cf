"""The console command ``danban``: operations for those who run the service."""

import click

from app.areas.cli import group as areas
from app.core.console import Group, database
from app.core.schema import upgrade
from app.households.cli import group as roll


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Dân Bàn – the people discuss and decide."""


@main.group()
def db() -> None:
    """Database: bring it up to date."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the present schema."""
    with database(current=False) as opened:
        upgrade(opened)
    click.echo("Cơ sở dữ liệu đã ở phiên bản mới nhất.")


for group in (areas, roll):
    main.add_command(group)
