"""Wash one file in this process: from standard input to standard output; the reason for not taking it on stderr."""

import resource
import sys

from app.lib.washing import Unclean

MEMORY = 768 * 1024 * 1024
SECONDS = 15
REFUSED = 3


def main(kind: str) -> int:
    """0 with the clean file on standard output, or 3 with a slug on standard error."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(_washed(kind, sys.stdin.buffer.read()))
    except Unclean as fault:
        sys.stderr.write(fault.reason)
        return REFUSED
    except MemoryError:
        sys.stderr.write("too_large")
        return REFUSED
    return 0


def _washed(kind: str, data: bytes) -> bytes:
    if kind == "pdf":
        from app.lib.washing import pdf

        return pdf.wash(data)
    from app.lib.washing import images

    return images.wash(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
