"""Commands about messages to people."""

import click

from app.core.console import database, settings
from app.core.permissions import OPERATOR
from app.core.tokens import Keyring
from app.notifications import operations


@click.group("messages")
def group() -> None:
    """Messages to people: who wants none."""


@group.command("stop")
@click.argument("phone")
def stop(phone: str) -> None:
    """Send no more messages to PHONE."""
    with database() as opened, opened.transaction() as session:
        operations.stop(session, OPERATOR, Keyring(settings().secret_key), phone)
    click.echo("Số này không nhận tin nữa.")


@group.command("resume")
@click.argument("phone")
def resume(phone: str) -> None:
    """Send messages to PHONE again."""
    with database() as opened, opened.transaction() as session:
        operations.resume(session, OPERATOR, Keyring(settings().secret_key), phone)
    click.echo("Số này nhận tin trở lại.")
