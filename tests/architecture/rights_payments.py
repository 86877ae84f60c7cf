"""Who may call the pages of payments: rows for ``test_permission_table``, and what is open to anybody."""

VIEW, NO = "COLI", None
TABLE: dict[str, tuple[str, str | None, str | None]] = {
    "payments_staff.index": ("list", VIEW, NO),
    "payments_staff.payee": ("payee", VIEW, NO),
    "payments_staff.new": ("list", "C", "C"),
    "payments_staff.replace": ("payee", "C", "C"),
    "payments_staff.decide": ("payee", "L", "L"),
    "payments_staff.end": ("payee", "C", "C"),
    "payments_staff.stop": ("payee", "L", "L"),
    "payments_staff.collection": ("collection", VIEW, NO),
    "payments_staff.new_collection": ("list", "C", "C"),
    "payments_staff.end_collection": ("collection", NO, "C"),
    "payments_staff.poster": ("collection", VIEW, NO),
    "payments_checks.index": ("list", "CD", NO),
    "payments_checks.record": ("collection", "CD", "CD"),
}
OPEN: set[str] = {"payments_public.pay", "payments_public.picture", "payments_public.listing"}
