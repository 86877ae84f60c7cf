"""What a worker runs: ``python -m app.worker`` does background work until it is asked to stop."""

import os
import signal
import sys
from typing import Any

import click

from app.config import Settings
from app.core.schema import is_current
from app.factory import create_app
from app.jobs.work import Worker
from app.web.current import Services
from app.web.logs import configure


@click.command()
@click.option("--until-empty", is_flag=True, help="End when nothing is due.")
@click.option("--beside", type=int, help="End when the parent is another process than this one.")
def main(until_empty: bool, beside: int | None) -> None:
    """Do background work."""
    settings = Settings.from_env()
    configure(settings.log_level)
    services: Services = create_app(settings).extensions["danban"]
    if not is_current(services.database):
        raise click.ClickException("Cơ sở dữ liệu chưa được cập nhật. Chạy: danban db upgrade")
    worker = Worker(services)

    def stop(_number: int, _frame: Any) -> None:
        worker.stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    done = worker.run(until_empty=until_empty, alive=lambda: beside is None or os.getppid() == beside)
    services.database.dispose()
    click.echo(f"Đã làm {done} việc.")


if __name__ == "__main__":
    sys.exit(main())
