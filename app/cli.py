"""The console command ``danban``: operations for those who run the service."""

import click

from app.areas.cli import group as areas
from app.consultations.cli import group as consultation
from app.core.console import Group, database, settings
from app.core.schema import upgrade
from app.demo.cli import demo, run, serve
from app.holidays.cli import group as holidays
from app.households.cli import group as roll
from app.identity.cli import group as account
from app.jobs.cli import group as jobs
from app.notifications.cli import group as messages
from app.payments.cli import command as vietqr
from app.polls.cli import group as polls
from app.polls.cli import law_command


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


@main.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve_command(host: str, port: int, workers: int) -> None:
    """Serve with the production server; the database must be up to date."""
    with database():
        pass
    serve(port, workers, host, log_level=settings().log_level)


for group in (account, areas, consultation, holidays, jobs, messages, roll, polls, law_command, vietqr, demo, run):
    main.add_command(group)
