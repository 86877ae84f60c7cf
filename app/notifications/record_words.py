"""What the record and the list of messages say of this slice."""

from app.lib.i18n import N_

ACTIONS = {
    "notifications.recipient.stop": N_("Ghi một số điện thoại từ chối nhận tin"),
    "notifications.recipient.resume": N_("Cho một số điện thoại nhận tin trở lại"),
}
SUBJECTS = {"recipient": N_("Người nhận tin")}
