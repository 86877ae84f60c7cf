"""Who may call the pages of feedback: rows for ``test_permission_table``, and what is open to anybody."""

ALL, NO = "PACHFTMOLDI", None
TABLE: dict[str, tuple[str, str | None, str | None]] = {}
OPEN: set[str] = set()
OPEN |= {
    "feedback_rating.add_note", "feedback_rating.dossier_page", "feedback_rating.dossier_tap",
    "feedback_rating.dossier_undo", "feedback_rating.kiosk_add", "feedback_rating.kiosk_page",
    "feedback_rating.kiosk_tap", "feedback_rating.kiosk_undo", "feedback_rating.opened", "feedback_rating.page",
    "feedback_rating.send_slip", "feedback_rating.send_survey", "feedback_rating.slip", "feedback_rating.slot_page",
    "feedback_rating.slot_tap", "feedback_rating.survey", "feedback_rating.tap", "feedback_rating.undo_tap",
}  # fmt: skip
