"""Imports run downwards only; the contracts stand in pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.checks import ROOT

MODULES = {
    "areas/models.py": "import sqlalchemy",
    "areas/operations.py": "import app.areas.models",
    "areas/rules.py": "import app.lib.text",
    "areas/views_public.py": "import app.areas.operations",
    "areas/views_staff.py": "import flask",
    "core/db.py": "import sqlalchemy",
    "gateways/mail.py": "",
    "lib/text.py": "import unicodedata",
    "polls/models.py": "import app.areas.models",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_contracts_are_kept() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project that keeps every contract."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in MODULES.items():
        path = tmp_path / "app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(line)
    (tmp_path / "app" / "__init__.py").touch()
    return tmp_path


def test_a_sound_project_keeps_the_contracts(small_project: Path) -> None:
    answer = lint(small_project)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("lib/text.py", "import app.core.db", "between floors"),
        ("areas/operations.py", "import app.polls.models", "between floors"),
        ("unknown.py", "", "between floors"),
        ("areas/models.py", "import app.areas.operations", "inside every slice"),
        ("areas/views_staff.py", "import app.areas.views_public", "inside every slice"),
        ("areas/rules.py", "import app.core.db", "neither web nor database"),
        ("lib/text.py", "import sqlalchemy", "neither web nor database"),
        ("core/db.py", "import flask", "Below the web floor"),
    ],
)
def test_each_contract_can_be_broken(small_project: Path, module: str, line: str, contract: str) -> None:
    (small_project / "app" / module).write_text(line)
    answer = lint(small_project)
    assert answer.returncode == 1
    broken = [line for line in answer.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(contract in line for line in broken), answer.stdout
