"""What every console command shares: settings, the database, days, refusals as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

from app.config import Settings, SettingsError
from app.core.db import Database
from app.core.errors import ManyRefusals, Refusal
from app.core.schema import is_current, load_models
from app.lib.calendar import parse_date


class Group(click.Group):
    """Says refusals and wrong settings as sentences, never as tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ManyRefusals as refusals:
            lines = [str(refusals), *(f"- {one}" for one in refusals.problems)]
            raise click.ClickException("\n".join(lines)) from refusals
        except (Refusal, SettingsError) as refusal:
            raise click.ClickException(str(refusal)) from refusal


class Day(click.ParamType[date]):
    """A day as people write it: 05/07/2026."""

    name = "dd/mm/yyyy"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return parse_date(str(value))
        except ValueError as fault:
            self.fail(str(fault), param, ctx)


def settings() -> Settings:
    """Settings of this process, read from the environment."""
    return Settings.from_env()


@contextmanager
def database(*, current: bool = True) -> Iterator[Database]:
    """The configured database; with ``current`` it must have the present schema."""
    load_models()
    opened = Database(settings().database_url)
    try:
        if current and not is_current(opened):
            raise click.ClickException("Cơ sở dữ liệu chưa được cập nhật. Chạy: danban db upgrade")
        yield opened
    finally:
        opened.dispose()
