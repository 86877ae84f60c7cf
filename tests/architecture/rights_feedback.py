"""Who may call the pages of feedback: rows for ``test_permission_table``, and what is open to anybody."""

ALL, NO = "PACHFTMOLDI", None
TABLE: dict[str, tuple[str, str | None, str | None]] = {
    "feedback_places_staff.index": ("list", "ACOLDI", NO),
    "feedback_places_staff.new": ("commune", "C", "C"),
    "feedback_places_staff.center": ("commune", "ACOLDI", NO),
    "feedback_places_staff.edit": ("commune", "C", "C"),
    "feedback_places_staff.add_counter": ("commune", "C", "C"),
    "feedback_places_staff.edit_counter": ("commune", "C", "C"),
    "feedback_places_staff.close_counter": ("commune", "C", "C"),
    "feedback_places_staff.add_group": ("commune", "C", "C"),
    "feedback_places_staff.edit_group": ("commune", "C", "C"),
    "feedback_places_staff.close_group": ("commune", "C", "C"),
    "feedback_points_staff.points": ("commune", "ACOLDI", NO),
    "feedback_points_staff.issue": ("commune", "C", "C"),
    "feedback_points_staff.point": ("commune", "ACOLDI", NO),
    "feedback_points_staff.revoke": ("commune", "C", "C"),
    "feedback_points_staff.replace": ("commune", "C", "C"),
    "feedback_points_staff.checks": ("commune", "CD", "CD"),
    "feedback_points_staff.check": ("commune", "CD", "CD"),
    "feedback_points_staff.center_posters": ("commune", "ACOLDI", NO),
    "feedback_points_staff.point_poster": ("commune", "ACOLDI", NO),
    "feedback_roster_staff.officers": ("commune", "C", NO),
    "feedback_roster_staff.add_officer": ("commune", "C", "C"),
    "feedback_roster_staff.edit_officer": ("commune", "C", "C"),
    "feedback_roster_staff.end_officer": ("commune", "C", "C"),
    "feedback_roster_staff.week": ("commune", "C", NO),
    "feedback_roster_staff.remove_shift": ("commune", NO, "C"),
    "feedback_roster_staff.sheet": ("commune", "C", NO),
    "feedback_roster_staff.upload": ("commune", "C", "C"),
    "feedback_roster_staff.review": ("commune", "C", NO),
    "feedback_roster_staff.commit": ("commune", NO, "C"),
    "feedback_roster_staff.discard": ("commune", NO, "C"),
}
OPEN: set[str] = set()
OPEN |= {
    "feedback_rating.add_note", "feedback_rating.dossier_page", "feedback_rating.dossier_tap",
    "feedback_rating.dossier_undo", "feedback_rating.kiosk_add", "feedback_rating.kiosk_page",
    "feedback_rating.kiosk_tap", "feedback_rating.kiosk_undo", "feedback_rating.opened", "feedback_rating.page",
    "feedback_rating.send_slip", "feedback_rating.send_survey", "feedback_rating.slip", "feedback_rating.slot_page",
    "feedback_rating.slot_tap", "feedback_rating.survey", "feedback_rating.tap", "feedback_rating.undo_tap",
}  # fmt: skip
TABLE |= {
    "feedback_cases_staff.cases": ("list", "CLIO", NO),
    "feedback_cases_staff.case": ("commune", "CLIO", NO),
    "feedback_cases_staff.assign": ("commune", NO, "CL"),
    "feedback_cases_staff.answer": ("commune", NO, "C"),
    "feedback_cases_staff.phone": ("commune", NO, "C"),
    "feedback_cases_staff.photo": ("commune", "CLIO", NO),
    "feedback_cases_staff.note_photo": ("commune", "CMO", NO),
    # Whoever is no inspector anywhere is refused before anything is looked for: 403, whether a report exists or not.
    "feedback_restricted_staff.inbox": ("list", "I", NO),
    "feedback_restricted_staff.report": ("list", "I", NO),
    "feedback_restricted_staff.open_it": ("list", NO, "I"),
    "feedback_restricted_staff.photo": ("list", NO, "I"),
    "feedback_restricted_staff.refer": ("list", NO, "I"),
    "feedback_restricted_staff.close": ("list", NO, "I"),
}
OPEN |= {
    "feedback_cases.ask_again", "feedback_cases.follow", "feedback_cases.followed", "feedback_cases.rate",
    "feedback_privacy.page",
}  # fmt: skip

TABLE |= {
    "feedback_trust_staff.displays": ("commune", "ACOLDI", NO),
    "feedback_trust_staff.pair": ("commune", "C", "C"),
    "feedback_trust_staff.end": ("commune", NO, "C"),
    "feedback_minting_staff.codes": ("commune", "C", "C"),
    "feedback_minting_staff.upload": ("commune", "C", "C"),
    "feedback_minting_staff.mint": ("commune", NO, "C"),
    "feedback_minting_staff.sample": ("commune", "C", NO),
    "feedback_minting_staff.revoke": ("commune", NO, "C"),
    "feedback_minting_staff.renew": ("commune", NO, "C"),
    "feedback_minting_staff.keys": ("commune", "C", "C"),
    "feedback_minting_staff.end_key": ("commune", NO, "C"),
    "feedback_returned_staff.days": ("commune", "COLI", NO),
    "feedback_returned_staff.upload": ("commune", "C", "C"),
    "feedback_returned_staff.write": ("commune", NO, "C"),
    "feedback_returned_staff.sample": ("commune", "C", NO),
}
OPEN |= {"feedback_trust.screen", "feedback_minting.codes"}
TABLE |= {
    "feedback_review_staff.signs": ("list", "COLI", NO),
    "feedback_review_staff.sign": ("commune", "COLI", NO),
    "feedback_review_staff.decide": ("commune", NO, "I"),
}
TABLE |= {
    "feedback_numbers_staff.index": ("list", "COLI", NO),
    "feedback_numbers_staff.center": ("commune", "COLI", NO),
    "feedback_numbers_staff.paper": ("commune", "COLI", NO),
    "feedback_numbers_staff.summary": ("commune", "COLI", NO),
    "feedback_numbers_staff.rows_csv": ("commune", NO, "CLI"),
    "feedback_numbers_staff.order": ("commune", NO, "CLI"),
    "feedback_numbers_staff.ordered": ("commune", "CLI", NO),
    "feedback_numbers_staff.rows_workbook": ("commune", "CLI", NO),
    "feedback_numbers_staff.own": ("list", "D", NO),
    "feedback_numbers_staff.alerts": ("list", "COLI", NO),
    "feedback_numbers_staff.close": ("commune", "L", "L"),
    "feedback_reports_staff.index": ("commune", "COLI", NO),
    "feedback_reports_staff.make": ("commune", "C", "C"),
    "feedback_reports_staff.report": ("commune", "COLI", NO),
    "feedback_reports_staff.score": ("commune", "C", "C"),
    "feedback_reports_staff.verify": ("commune", "L", "L"),
    "feedback_reports_staff.paper": ("commune", "COLI", NO),
    "feedback_reports_staff.text": ("commune", "COLI", NO),
    "feedback_reports_staff.workbook": ("commune", "COLI", NO),
    "feedback_board_staff.index": ("commune", "COLI", NO),
    "feedback_board_staff.post": ("commune", "C", "C"),
    "feedback_board_staff.withdraw": ("commune", NO, "C"),
}
OPEN |= {"feedback_board.board"}
