"""Words in which the record speaks of payment codes."""

from app.lib.i18n import N_
from app.payments.rules.collecting import KINDS

ACTIONS = {
    "payments.account.enter": N_("Ghi tài khoản nhận tiền"),
    "payments.account.approve": N_("Duyệt tài khoản nhận tiền"),
    "payments.account.refuse": N_("Không duyệt tài khoản nhận tiền"),
    "payments.account.end": N_("Thôi dùng tài khoản nhận tiền"),
    "payments.collection.create": N_("Lập khoản thu"),
    "payments.collection.end": N_("Kết thúc khoản thu"),
    "payments.check.record": N_("Kiểm tra mã thanh toán đã in"),
}
DETAILS = {
    "bank": N_("Ngân hàng"),
    "account": N_("Tài khoản"),
    "holder": N_("Chủ tài khoản"),
    "replaces": N_("Thay tài khoản số"),
    "shown_from": N_("Hiện từ"),
    "kind": N_("Loại"),
    "amount": N_("Số tiền"),
    "intact": N_("Mã còn đúng"),
    "seen": N_("Đã thấy"),
}
SUBJECTS = {"payee_account": N_("tài khoản nhận tiền"), "collection": N_("khoản thu")}
VALUES = {"kind": KINDS}
