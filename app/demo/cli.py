"""The commands ``demo`` (fill an empty database) and ``run`` (fill it where needed, and serve)."""

import json
import os
import sys
from dataclasses import dataclass
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.queries import by_code
from app.config import Settings
from app.core.console import settings
from app.core.db import Database
from app.core.permissions import Role
from app.core.roles import ROLE_NAMES
from app.core.schema import load_models, upgrade
from app.core.tokens import Keyring
from app.demo.commune import COMMUNE, OPEN, Commune, build
from app.demo.consultations import adopted_consultation, open_consultation
from app.demo.counters import fill_ratings, service_centre
from app.demo.payments import collected
from app.demo.surveys import answers
from app.demo.voices import manipulation, words
from app.demo.votes import closed_vote, open_vote, prepared_vote
from app.documents.qr import terminal
from app.gateways.storage import FileStorage
from app.jobs.process import start_beside
from app.polls.models import Poll

HOUSEHOLDS = 299
SHOWN = 3


@dataclass(frozen=True)
class Filled:
    """What the demo made: all that somebody needs to try it."""

    areas: list[dict[str, str]]
    open_poll: dict[str, str]
    slips: list[str]
    staff: list[dict[str, str]]
    consultation: dict[str, str]
    rating: dict[str, str]
    payment: dict[str, str]

    def as_json(self, base_url: str) -> dict[str, Any]:
        poll = self.open_poll | {"url": f"{base_url}{self.open_poll['url']}"}
        return {
            "base_url": base_url,
            "areas": self.areas,
            "open_poll": poll,
            "slips": [f"{base_url}{path}" for path in self.slips],
            "staff": self.staff,
            "consultation": {"url": f"{base_url}{self.consultation['url']}"},
            "rating": {"url": f"{base_url}{self.rating['url']}"},
            "payment": {"url": f"{base_url}{self.payment['url']}"},
        }


@click.command("demo")
@click.option("--households", default=HOUSEHOLDS, show_default=True, type=click.IntRange(30, 50_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def demo(households: int, as_json: bool) -> None:
    """Fill an empty database with a demo commune and print how to try it."""
    chosen = settings()
    filled = fill(chosen, households)
    if filled is None:
        raise click.ClickException("Cơ sở dữ liệu đã có dữ liệu. Lệnh này chỉ dùng cho cơ sở dữ liệu trống.")
    if as_json:
        click.echo(json.dumps(filled.as_json(chosen.base_url), ensure_ascii=False))
    else:
        tell(filled, chosen.base_url)


@click.command("run")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def run(port: int) -> None:
    """Serve on 127.0.0.1; an empty database is filled with the demo commune first."""
    os.environ.setdefault("DANBAN_BASE_URL", f"http://127.0.0.1:{port}")
    chosen = settings()
    filled = None if chosen.production else fill(chosen, HOUSEHOLDS)
    if filled is not None:
        tell(filled, chosen.base_url)
    else:
        click.echo(f"Trang người dân: {chosen.base_url}/")
        click.echo(f"Trang cán bộ:    {chosen.base_url}/staff/")
    start_beside()
    serve(port, log_level=chosen.log_level)


# The C library gives the memory of a large paper back to the machine at once, instead of keeping it for the next one.
MEMORY = {"MALLOC_TRIM_THRESHOLD_": "131072"}


def serve(port: int, workers: int = 2, host: str = "127.0.0.1", *, log_level: str) -> None:
    """Become the production server."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    # A log of addresses would hold the secrets in them, whatever the environment asks of the server.
    options += ["--no-access-log", "--log-level", log_level.lower()]
    # On Ctrl+C a worker may wait for itself for ever.
    threads = ["--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "3", "--respawn-failed-workers"]
    os.environ.update({name: os.environ.get(name, value) for name, value in MEMORY.items()})
    os.execv(sys.executable, [sys.executable, "-m", "granian", *options, *threads, "app.wsgi:application"])  # noqa: S606


def fill(chosen: Settings, households: int) -> Filled | None:
    """Bring the database up to date and fill it when it is empty; None when it was not."""
    if chosen.production:
        raise click.ClickException("Không tạo dữ liệu thử trong môi trường production.")
    load_models()
    database = Database(chosen.database_url)
    try:
        upgrade(database)
        with database.transaction() as session:
            if session.scalar(select(Area.id).limit(1)) is not None:
                return None
            return _fill(session, chosen, households)
    finally:
        database.dispose()


def _fill(session: Session, chosen: Settings, households: int) -> Filled:
    keys, storage = Keyring(chosen.ballot_key), FileStorage(chosen.storage_dir)
    made = build(session, households)
    poll, slips = open_vote(session, made, keys, storage)
    closed_vote(session, made, keys, storage)
    prepared_vote(session, made)
    asked = _drafts(session, chosen, made, storage)
    areas = [{"code": area.code, "name": area.label} for area in made.areas.values()]
    ward = by_code(session, COMMUNE)
    areas.sort(key=lambda area: area["name"] != OPEN)
    areas += [{"code": ward.code, "name": ward.label}] if ward else []
    rated, paid = _counters(session, made, Keyring(chosen.secret_key)), _payment(session, made)
    return Filled(areas, _named(poll), [slip.path for slip in slips], made.logins, asked, rated, paid)


def _payment(session: Session, made: Commune) -> dict[str, str]:
    """Where a contribution is paid with a code that no bank takes."""
    ward = by_code(session, COMMUNE)
    if ward is None:
        raise LookupError(COMMUNE)
    return {"url": f"/nop/{collected(session, made, ward).code}"}


def _counters(session: Session, made: Commune, keyring: Keyring) -> dict[str, str]:
    """The service centre with what people said of it; where its third counter is rated."""
    ward = by_code(session, COMMUNE)
    if ward is None:
        raise LookupError(COMMUNE)
    built = service_centre(session, made, ward)
    fill_ratings(session, built)
    manipulation(session, built)
    answers(session, built)
    words(session, made, built, keyring)
    return {"url": built.path}


def _drafts(session: Session, chosen: Settings, made: Commune, storage: FileStorage) -> dict[str, str]:
    """One draft open for comments, one adopted; where the open one is read."""
    ward = by_code(session, COMMUNE)
    if ward is None:
        raise LookupError(COMMUNE)
    keyring = Keyring(chosen.secret_key)
    adopted_consultation(session, made, ward, keyring, storage)
    asked = open_consultation(session, made, ward, keyring, storage)
    return {"url": f"/gop-y/{asked.public_id}"}


def _named(poll: Poll) -> dict[str, str]:
    return {"area": poll.area.code, "url": f"/bieu-quyet/{poll.public_id}"}


def tell(filled: Filled, base_url: str) -> None:
    """Where to begin, for a person."""
    click.echo(f"Trang người dân:  {base_url}/dia-ban/{COMMUNE}")
    click.echo(f"Đang biểu quyết:  {base_url}{filled.open_poll['url']}")
    click.echo(f"Đang lấy ý kiến:  {base_url}{filled.consultation['url']}")
    click.echo(f"Đánh giá tại quầy: {base_url}{filled.rating['url']}")
    click.echo(f"Mã thanh toán:    {base_url}{filled.payment['url']}")
    click.echo("\nBa phiếu có thể gửi ngay (quét mã hoặc mở đường dẫn):")
    for path in filled.slips[:SHOWN]:
        click.echo(f"\n{terminal(base_url + path)}\n{base_url}{path}")
    click.echo(f"\nTrang cán bộ:     {base_url}/staff/")
    for one in filled.staff:
        role = ROLE_NAMES[Role(one["role"])]
        click.echo(f"  {one['login']:<14} {one['password']}   {role} ({one['area']})")
