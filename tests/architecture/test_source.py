"""The text of the project keeps the house rules."""

from collections.abc import Callable, Iterable

import pytest

from app.config import Settings
from tests.architecture import checks
from tests.architecture.checks import ROOT, texts

MAY_COMMIT = ("app/core/", "app/web/")
TEMPLATES = (".html", ".svg", ".txt", ".xml")


def faults(
    check: Callable[[str], list[str]], *folders: str, suffixes: Iterable[str] = (".py",), without: str = "-"
) -> list[str]:
    return [
        f"{name}: {fault}"
        for name, text in texts(*folders, suffixes=suffixes)
        if name != without
        for fault in check(text)
    ]


def test_files_and_functions_are_short() -> None:
    assert faults(checks.too_long, "app") == []
    assert [fault for fault in faults(checks.too_long, "tests") if "lines, at most 300" in fault] == []


def test_only_the_clock_knows_the_present_moment() -> None:
    assert faults(checks.own_clocks, "app", "migrations", without="app/core/clock.py") == []


def test_only_the_floors_and_commands_commit() -> None:
    found = faults(checks.commits, "app")
    assert [fault for fault in found if not fault.startswith(MAY_COMMIT) and "/cli.py:" not in fault] == []


def test_nothing_prints() -> None:
    assert faults(checks.prints, "app", "migrations") == []


def test_no_exception_is_swallowed() -> None:
    assert faults(checks.swallowed, "app", "migrations") == []


def test_templates_escape_everything() -> None:
    assert faults(checks.unescaped, "templates", suffixes=TEMPLATES) == []


def test_templates_hold_no_inline_style_and_no_inline_script() -> None:
    assert faults(checks.inline_styles, "templates", suffixes=TEMPLATES) == []


def test_every_sentence_of_a_template_is_marked_for_translation() -> None:
    assert faults(checks.unwrapped, "templates", suffixes=TEMPLATES) == []


def test_no_registry_is_named() -> None:
    assert faults(checks.hosts, suffixes=()) == []


def test_nothing_unfinished_and_no_path_of_a_machine() -> None:
    assert faults(checks.leftovers, suffixes=()) == []


def test_every_setting_is_in_the_readme_and_nothing_else() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert checks.undocumented(Settings.__annotations__, readme) == []


@pytest.mark.parametrize("name", ["requirements-build.txt", "requirements.txt", "requirements-dev.txt"])
def test_locks_are_hashed_and_agree(name: str) -> None:
    lock = (ROOT / name).read_text()
    whole = checks.pins((ROOT / "requirements-dev.txt").read_text())
    assert checks.unhashed(lock) == []
    assert {package: versions for package, versions in checks.pins(lock).items() if whole[package] != versions} == {}
