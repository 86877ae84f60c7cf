"""Measurements: each puts its figures into ``results.json`` under the names the README explains."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

RESULTS = Path(__file__).with_name("results.json")


@pytest.fixture(scope="session")
def figures() -> Iterator[dict[str, float]]:
    """Figures by name; kept with those of earlier runs, so that one measurement can be repeated alone."""
    measured: dict[str, float] = {}
    yield measured
    earlier = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(earlier | measured, indent=2, sort_keys=True) + "\n")
