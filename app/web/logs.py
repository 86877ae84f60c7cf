"""What a process of the service writes to its console: when, how grave, and no word of what people sent.

Faults are told by their kind and their place, those too that the server under the application writes down: their words
may repeat an address, and addresses hold the secrets of slips, dossiers, screens and tablets.
"""

import logging
from types import TracebackType

from app.web.errors import told

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Writes faults down without their words."""

    def formatException(self, ei: ExcInfo) -> str:
        return told(ei[1]) if ei[1] is not None else ""


def configure(level: str) -> None:
    """Write what is at least so grave (``DANBAN_LOG_LEVEL``); once in a process, before its application is made.

    Of libraries nothing below a warning is written, as some repeat what they work on.
    """
    console = logging.StreamHandler()
    console.setFormatter(Discreet("%(asctime)s [%(levelname)s] %(name)s: %(message)s"))
    logging.basicConfig(handlers=[console], level=max(logging.WARNING, logging.getLevelName(level)), force=True)
    logging.getLogger("danban").setLevel(level)
    for handler in logging.getLogger("_granian").handlers:
        handler.setFormatter(Discreet("[%(levelname)s] %(message)s"))
