"""Words in which the record speaks of counters, ratings and cases."""

from app.lib.i18n import N_

ACTIONS = {
    "feedback.alert.raise": N_("Cảnh báo: tỷ lệ hài lòng tại quầy giảm"),
    "feedback.alert.close": N_("Đóng cảnh báo về quầy"),
}
DETAILS = {
    "counter": N_("Quầy"),
}
SUBJECTS = {
    "alert": N_("cảnh báo"),
}
VALUES: dict[str, dict[str, str]] = {}
