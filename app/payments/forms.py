"""Forms of payment codes: the shape of input only."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from app.payments.operations.accounts import DOCUMENT, HOLDER
from app.payments.operations.collections import BASIS, NOTE, TITLE
from app.payments.rules.banks import NAMES
from app.payments.rules.vietqr import TEXT
from app.web.fields import DayField
from app.web.forms import ResidentForm, StaffForm, at_most, needed

OTHER = "khac"
APPROVED, REFUSED = "approve", "refuse"
INTACT, CHANGED = "intact", "changed"
AS_ACCOUNT, AS_CARD = "account", "card"
DAY = _("Ghi ngày theo dạng 05/07/2026.")


class PayForm(ResidentForm):
    """What a payer may add before the code is drawn; sent by GET, kept nowhere."""

    amount = StringField(_("Số tiền (đồng)"), [Optional(), at_most(30)], name="so-tien", id="so-tien")
    bill = StringField(_("Số hóa đơn hoặc mã hộ"), [Optional(), at_most(TEXT)], name="hoa-don", id="hoa-don")


class PayeeForm(StaffForm):
    """An account of the white list."""

    area = SelectField(_("Tài khoản của"), [needed(_("Chọn địa bàn."))])
    bank = SelectField(
        _("Ngân hàng"),
        [needed(_("Chọn ngân hàng."))],
        choices=[
            ("", _("Chọn ngân hàng")),
            *(
                (number, f"{name} ({number})")
                for number, name in sorted(NAMES.items(), key=lambda bank: bank[1].lower())
            ),
            (OTHER, _("Ngân hàng khác")),
        ],
    )
    other_bank = StringField(_("Mã ngân hàng (BIN), nếu chọn ngân hàng khác"), [Optional(), at_most(6)])
    is_card = RadioField(
        _("Nhận tiền vào"),
        [needed(_("Chọn một."))],
        choices=[(AS_ACCOUNT, _("Tài khoản")), (AS_CARD, _("Thẻ"))],
        default=AS_ACCOUNT,
    )
    number = StringField(_("Số tài khoản hoặc số thẻ"), [needed(_("Ghi số tài khoản.")), at_most(40)])
    holder = StringField(_("Tên chủ tài khoản"), [needed(_("Ghi tên chủ tài khoản.")), at_most(HOLDER)])
    document = TextAreaField(
        _("Giấy tờ chứng minh tài khoản"), [needed(_("Ghi giấy tờ chứng minh tài khoản.")), at_most(DOCUMENT)]
    )


class DecideForm(StaffForm):
    """Whether an account may be shown."""

    decision = RadioField(
        _("Ông/Bà quyết định"),
        [needed(_("Chọn một."))],
        choices=[(APPROVED, _("Duyệt, tài khoản đúng với giấy tờ")), (REFUSED, _("Không duyệt"))],
    )
    reason = TextAreaField(_("Lý do không duyệt"), [Optional(), at_most(1000)])


class CollectionForm(StaffForm):
    """Something to be collected."""

    area = SelectField(_("Thu tại"), [needed(_("Chọn địa bàn."))])
    payee = SelectField(_("Tài khoản nhận tiền"), [needed(_("Chọn tài khoản."))], coerce=int)
    kind = RadioField(_("Loại khoản thu"), [needed(_("Chọn một loại khoản thu."))])
    title = StringField(_("Tên khoản thu"), [needed(_("Ghi tên khoản thu.")), at_most(TITLE)])
    basis = TextAreaField(_("Căn cứ thu"), [needed(_("Ghi căn cứ thu.")), at_most(BASIS)])
    posting = SelectField(_("Quyết định đã công khai"), [Optional()], coerce=int)
    purpose = StringField(_("Nội dung chuyển khoản"), [needed(_("Ghi nội dung chuyển khoản."))])
    amount = StringField(_("Số tiền (đồng)"), [Optional(), at_most(30)])
    opens_on = DayField(_("Thu từ ngày"), [needed(DAY)])
    ends_on = DayField(_("Đến hết ngày"), [Optional()])


class CheckForm(StaffForm):
    """What was seen where the printed code hangs."""

    seen = RadioField(
        _("Ông/Bà thấy gì"),
        [needed(_("Chọn một."))],
        choices=[
            (INTACT, _("Đúng mã đã in, không bị dán đè")),
            (CHANGED, _("Bị dán đè, bị thay, bị mất hoặc hiện tên khác")),
        ],
    )
    note = TextAreaField(_("Ghi chú"), [Optional(), at_most(NOTE)])
