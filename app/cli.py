"""The console command ``danban``: operations for those who run the service."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from app.config import Settings, SettingsError
from app.core.db import Database
from app.core.errors import Refusal
from app.core.schema import load_models, upgrade


class Group(click.Group):
    """Says refusals and wrong settings as sentences, never as tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Refusal, SettingsError) as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Dân Bàn – the people discuss and decide."""


def settings() -> Settings:
    """Settings of this process, read from the environment."""
    return Settings.from_env()


@contextmanager
def database() -> Iterator[Database]:
    """The configured database, closed again at the end."""
    load_models()
    opened = Database(settings().database_url)
    try:
        yield opened
    finally:
        opened.dispose()


@main.group()
def db() -> None:
    """Database: bring it up to date, check it."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the present schema."""
    with database() as opened:
        upgrade(opened)
        click.echo("Cơ sở dữ liệu đã ở phiên bản mới nhất.")
