"""Refusals of consultations, with a sentence for people."""

from datetime import datetime

from app.core.errors import NotFound, WrongMoment
from app.lib.calendar import format_moment
from app.lib.i18n import N_


class UnknownConsultation(NotFound):
    """There is no such consultation, or it is not public yet."""

    def __init__(self) -> None:
        super().__init__(N_("Không tìm thấy cuộc lấy ý kiến này."))


class NotYetOpen(WrongMoment):
    """Comments are not taken yet."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(N_("Chưa đến ngày góp ý. Bắt đầu nhận ý kiến từ %(when)s."), when=format_moment(opens_at))


class Closed(WrongMoment):
    """Comments are no longer taken; what was being sent is not recorded."""

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(
            N_("Đã hết hạn góp ý từ %(when)s. Ý kiến của Ông/Bà CHƯA được ghi nhận."), when=format_moment(closes_at)
        )


class Withdrawn(WrongMoment):
    """The draft was withdrawn; the reason is public."""

    def __init__(self, reason: str) -> None:
        super().__init__(N_("Dự thảo này đã rút, không nhận ý kiến nữa. Lý do: %(reason)s"), reason=reason)


class NotPrepared(WrongMoment):
    """A draft that is still being prepared takes no comments and shows nothing."""

    def __init__(self) -> None:
        super().__init__(N_("Dự thảo này chưa được đăng nên chưa nhận ý kiến."))
