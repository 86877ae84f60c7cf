"""Run every measurement, or those named: ``python -m tests.bench [bench_casting …]``."""

import importlib
import pkgutil
import sys

from tests import bench


def main(names: list[str]) -> None:
    """Each measurement is a module ``bench_*`` with ``run()``; it publishes its figures itself."""
    known = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name.startswith("bench_"))
    for name in names or known:
        importlib.import_module(f"tests.bench.{name}").run()


main(sys.argv[1:])
