"""Who may call the pages of what is made public: rows for ``test_permission_table``, and what is open to anybody."""

ALL, NO = "PACHFTMOLDI", None
TABLE: dict[str, tuple[str, str | None, str | None]] = {
    "publication_staff.index": ("list", ALL, NO),
    "publication_staff.new": ("list", "C", "C"),
    "publication_staff.posting": ("posting", ALL, NO),
    "publication_staff.edit": ("posting", "C", "C"),
    "publication_staff.files": ("posting", "C", "C"),
    "publication_staff.remove_file": ("posting", NO, "C"),
    "publication_staff.download": ("posting", ALL, NO),
    "publication_staff.discard": ("posting", NO, "C"),
    "publication_staff.post": ("posting", "C", "C"),
    "publication_staff.extend": ("posting", "C", "C"),
    "publication_staff.withdraw": ("posting", "C", "C"),
    "publication_staff.add_place": ("posting", "CH", "CH"),
    "publication_staff.end_place": ("posting", "CH", "CH"),
    "publication_staff.photo": ("posting", ALL, NO),
    "publication_staff.embedding": ("commune", ALL, NO),
    "publication_staff.plan": ("commune", ALL, NO),
    "publication_staff.add_line": ("commune", "C", "C"),
    "publication_staff.fulfil": ("commune", "C", "C"),
    "publication_staff.remove_line": ("commune", NO, "C"),
    "publication_staff.quarter_list": ("commune", ALL, NO),
    "publication_staff.quarter_workbook": ("commune", ALL, NO),
    "publication_staff.quarter_paper": ("commune", ALL, NO),
}
OPEN: set[str] = {
    "publication_public.listing", "publication_public.catalogue", "publication_public.feed",
    "publication_public.embed", "publication_public.posting", "publication_public.file",
}  # fmt: skip
