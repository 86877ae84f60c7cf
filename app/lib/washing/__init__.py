"""Files of strangers made anew, so that nothing is left of them but what can be seen.

``python -m app.lib.washing image|pdf`` washes what comes in and writes what is clean, in a process with little memory
and little time: a file that brings a library down brings nothing else down.
"""


class Unclean(Exception):
    """The file is not taken; ``reason`` is a slug of ``app.visitors.uploads``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
