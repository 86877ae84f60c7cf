"""Who sees a text while it waits and after it was decided."""

BEFORE, AFTER = "before", "after"
PENDING, APPROVED, REJECTED, REFERRED = "pending", "approved", "rejected", "referred"
MODES = (BEFORE, AFTER)
STATUSES = (PENDING, APPROVED, REJECTED, REFERRED)


def visible(mode: str, status: str) -> bool:
    """Whether everybody sees the text: once approved; while pending only where moderation comes after publication.

    Raises ``ValueError`` for a mode or status that does not exist: rather nothing shown than the wrong thing.
    """
    if mode not in MODES or status not in STATUSES:
        raise ValueError(f"no such mode and status: {mode}, {status}")
    return status == APPROVED or (status == PENDING and mode == AFTER)
