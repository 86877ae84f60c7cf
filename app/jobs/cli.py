"""Commands about background work."""

import json

import click

from app.core import clock
from app.core.console import database
from app.jobs import process, queries
from app.lib.calendar import format_moment

STATUSES = {"waiting": "chờ", "running": "đang làm", "done": "xong", "failed": "không thành"}


@click.group("jobs")
def group() -> None:
    """Background work: do it, list it."""


@group.command("work")
@click.option("--until-empty", is_flag=True, help="End when nothing is due.")
def work(until_empty: bool) -> None:
    """Do background work until stopped."""
    with database():
        pass
    process.become(*(["--until-empty"] if until_empty else []))


@group.command("list")
@click.option("--unfinished", is_flag=True, help="Only what is not finished.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(unfinished: bool, as_json: bool) -> None:
    """List the newest jobs, newest first."""
    with database() as opened, opened.session(write=False) as session:
        found = queries.listed(session, unfinished=unfinished)
    if as_json:
        names = ("id", "kind", "status", "attempts", "done", "total", "fault")
        click.echo(json.dumps([{name: getattr(job, name) for name in names} for job in found], ensure_ascii=False))
        return
    for job in found:
        far = f" {job.done}/{job.total}" if job.total else ""
        when = format_moment(clock.local(job.finished_at or job.run_at))
        click.echo(f"{job.id:>8}  {job.kind:<32} {STATUSES[job.status]}{far}  {when}  {job.fault}")
