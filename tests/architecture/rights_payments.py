"""Who may call the pages of payments: rows for ``test_permission_table``, and what is open to anybody."""

ALL, NO = "PACHFTMOLDI", None
TABLE: dict[str, tuple[str, str | None, str | None]] = {}
OPEN: set[str] = set()
