"""Who may call the pages of consultations: rows for ``test_permission_table``, and what is open to anybody."""

ALL, NO = "PACHFTMO", None
TABLE: dict[str, tuple[str, str | None, str | None]] = {
    "consultations_staff.index": ("list", ALL, NO),
    "consultations_staff.new": ("list", "C", "C"),
    "consultations_staff.hub": ("consultation", ALL, NO),
    "consultations_staff.check": ("consultation", ALL, NO),
    "consultations_staff.download": ("consultation", ALL, NO),
    "consultations_staff.subject": ("consultation", "C", "C"),
    "consultations_staff.audience": ("consultation", "C", "C"),
    "consultations_staff.plan": ("consultation", "C", "C"),
    "consultations_staff.times": ("consultation", "C", "C"),
    "consultations_staff.moderation": ("consultation", "C", "C"),
    "consultations_staff.files": ("consultation", "C", "C"),
    "consultations_staff.remove_file": ("consultation", NO, "C"),
    "consultations_staff.open": ("consultation", "C", "C"),
    "consultations_staff.extend": ("consultation", "C", "C"),
    "consultations_staff.correct": ("consultation", "C", "C"),
    "consultations_staff.withdraw": ("consultation", "C", "C"),
    "consultations_staff.adopt": ("consultation", "C", "C"),
}
OPEN: set[str] = {
    "consultations_public.agree", "consultations_public.article", "consultations_public.attachment",
    "consultations_public.document", "consultations_public.follow", "consultations_public.followed",
    "consultations_public.leave", "consultations_public.look_again", "consultations_public.name",
    "consultations_public.older", "consultations_public.opinion", "consultations_public.page",
    "consultations_public.receipt", "consultations_public.say", "consultations_public.send",
}  # fmt: skip
