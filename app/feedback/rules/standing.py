"""What the signs over a rating and their decisions make of it: counted, held, excluded, restored."""

from collections.abc import Iterable

COUNTED, HELD, EXCLUDED, RESTORED = "counted", "held", "excluded", "restored"
EXCLUDE, RESTORE = "exclude", "restore"
IN_HEADLINE = (COUNTED, RESTORED)


def standing_of(decisions: Iterable[str | None]) -> str:
    """The standing of a rating from the decisions of all its signs; None: nobody has decided yet.

    One exclusion is enough; otherwise it is held as long as any sign is undecided.
    """
    known = list(decisions)
    if EXCLUDE in known:
        return EXCLUDED
    if None in known:
        return HELD
    return RESTORED if known else COUNTED
