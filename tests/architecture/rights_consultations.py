"""Who may call the pages of consultations: rows for ``test_permission_table``, and what is open to anybody."""

TABLE: dict[str, tuple[str, str | None, str | None]] = {}
OPEN: set[str] = {
    "consultations_public.agree", "consultations_public.article", "consultations_public.attachment",
    "consultations_public.document", "consultations_public.follow", "consultations_public.followed",
    "consultations_public.leave", "consultations_public.look_again", "consultations_public.name",
    "consultations_public.older", "consultations_public.opinion", "consultations_public.page",
    "consultations_public.receipt", "consultations_public.say", "consultations_public.send",
}  # fmt: skip
