"""The process of a worker. Its module stands above every slice, as the server's does, and so is named, not imported."""

import os
import subprocess
import sys


def command(*options: str) -> list[str]:
    """The command that starts a worker."""
    return [sys.executable, "-m", "app.worker", *options]


def become(*options: str) -> None:
    """Become a worker."""
    os.execv(sys.executable, command(*options))  # noqa: S606


def start_beside() -> None:
    """Start a worker that ends by itself when this process is gone, whatever it has become by then."""
    subprocess.Popen(command("--beside", str(os.getpid())), stdin=subprocess.DEVNULL)  # noqa: S603
