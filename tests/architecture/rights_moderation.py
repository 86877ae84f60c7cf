"""Who may call the pages of the moderation queue: rows for ``test_permission_table``, and what is open to anybody."""

TABLE: dict[str, tuple[str, str | None, str | None]] = {
    "moderation_staff.queue": ("list", "CMO", None),
    "moderation_staff.take_next": ("list", None, "CM"),
    "moderation_staff.bulk_page": ("list", "M", "M"),
    "moderation_staff.item": ("area", "CMO", None),
    # The item of the table is not escalated: the commune's officers look on.
    "moderation_staff.decide": ("area", None, "M"),
    "moderation_staff.claim": ("area", None, "M"),
    "moderation_staff.release": ("area", None, "M"),
    "moderation_staff.undo": ("area", None, "M"),
    "moderation_staff.appeals_page": ("list", "CM", None),
    "moderation_staff.hearing": ("area", "CM", "CM"),
    "moderation_staff.words_page": ("list", "AM", "AM"),
    "moderation_staff.remove_word": ("area", None, "AM"),
}
OPEN: set[str] = {
    "moderation_public.numbers",
    "moderation_public.procedures",
    "moderation_public.report",
    "moderation_public.reported",
}
