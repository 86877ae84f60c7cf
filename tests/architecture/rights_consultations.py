"""Who may call the pages of consultations: rows for ``test_permission_table``, and what is open to anybody."""

TABLE: dict[str, tuple[str, str | None, str | None]] = {}
OPEN: set[str] = set()
