"""A whole ward in one file, 36,000 households of 120 areas: looked through, written, and taken back by command."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from app.core.db import Database
from app.demo.people import homes
from tests.bench import support
from tests.support.cast import make_commune

AREAS, SIZE = 120, 300
HEADING = ("STT", "Khu phố", "Họ và tên chủ hộ", "Địa chỉ thường trú", "Điện thoại")


@dataclass(frozen=True)
class Run:
    """One command: how long it took and how large its process grew."""

    seconds: float
    mb: float
    answer: str


def run() -> None:
    """Measure both engines; the figures without an engine in their name are the worse of the two."""
    with support.folder() as place:
        file = place / "phuong.xlsx"
        make_file(file)
        found = {"sqlite": _measure(support.sqlite(place), file)}
        with support.postgresql(place) as server:
            found["postgresql"] = _measure(server.fresh("roll"), file)
    for engine, runs in found.items():
        support.publish(**{f"roll_36000_{name}_{engine}_s": one.seconds for name, one in runs.items()})
    worst = {name: max(runs[name].seconds for runs in found.values()) for name in ("dry", "commit", "undo")}
    support.publish(**{f"roll_36000_{name}_s": seconds for name, seconds in worst.items()})
    imports = [runs[name] for runs in found.values() for name in ("dry", "commit")]
    support.publish(
        roll_36000_s=max(one.seconds for one in imports),
        roll_36000_mb=max(one.mb for one in imports),
        roll_36000_undo_mb=max(runs["undo"].mb for runs in found.values()),
    )


def make_file(path: Path) -> None:
    """A workbook as a ward sends it: one line a household, the areas mixed, telephones as text."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Danh sách hộ")
    sheet.write_row(0, 0, HEADING)
    areas = [homes(SIZE, f"khu phố {number}", number) for number in range(1, AREAS + 1)]
    row = 0
    for line in zip(*areas, strict=True):
        for number, home in enumerate(line, start=1):
            row += 1
            sheet.write_row(row, 0, (row, number, home.full_name, home.address, home.phone or ""))
    book.close()


def _measure(url: str, file: Path) -> dict[str, Run]:
    database = Database(url)
    with database.transaction() as session:
        code = make_commune(session).code
    database.dispose()
    options = ("import", str(file), "--area", code, "--json")
    dry = _danban(url, *options)
    commit = _danban(url, *options, "--commit")
    looked, written = json.loads(dry.answer), json.loads(commit.answer)
    assert looked["valid_households"] == AREAS * SIZE, looked["faults"][:5]
    assert len(looked["changes"]["new_areas"]) == written["written"]["areas_created"] == AREAS
    assert written["written"]["added"] == AREAS * SIZE
    undo = _danban(url, "undo", str(written["import"]))
    return {"dry": dry, "commit": commit, "undo": undo}


def _danban(url: str, *arguments: str) -> Run:
    command = [str(Path(sys.executable).with_name("danban")), "roll", *arguments]
    with _variables(url) as variables:
        began = time.monotonic()
        process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        answer = process.stdout.read().decode()
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Run(seconds, usage.ru_maxrss / 1024, answer)


@contextmanager
def _variables(url: str) -> Iterator[dict[str, str]]:
    with support.folder() as storage:
        settings = {"DATABASE_URL": url, "STORAGE_DIR": str(storage), "ENVIRONMENT": "test"}
        yield os.environ | {f"DANBAN_{name}": value for name, value in settings.items()}


if __name__ == "__main__":
    run()
