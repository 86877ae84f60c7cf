"""Refusals of polls, with a sentence for people."""

from datetime import datetime

from app.core.errors import NotFound, Refusal, WrongMoment
from app.lib.calendar import format_moment
from app.lib.i18n import N_


class UnlawfulForm(Refusal):
    """The law does not let this matter be decided in this form, or at this scope (Law Đ17)."""


class UnknownMatter(Refusal):
    """There is no such clause, scope, form or rule."""


# Slips and ballots: none of these ever holds a choice, a code or a secret.


class UnknownSlip(NotFound):
    """No slip has this secret."""

    def __init__(self) -> None:
        super().__init__(N_("Không tìm thấy phiếu này. Mời Ông/Bà quét lại mã, hoặc nhập mã in trên phiếu."))


class WrongCode(Refusal):
    """Household number and code do not belong together in this poll; which of the two is wrong is never said."""

    def __init__(self) -> None:
        super().__init__(
            N_("Số hộ hoặc mã phiếu chưa đúng. Mời Ông/Bà xem lại từng chữ trên phiếu của cuộc này."), field="code"
        )


class OtherPoll(Refusal):
    """The slip is sound, but of another poll."""

    def __init__(self, field: str) -> None:
        super().__init__(
            N_("Phiếu này thuộc cuộc khác, không dùng được ở đây. Mời dùng phiếu của cuộc này."), field=field
        )


class Revoked(WrongMoment):
    """The slip was replaced by another."""

    def __init__(self) -> None:
        super().__init__(
            N_("Phiếu này đã được thay bằng phiếu mới nên không dùng được nữa. Mời Ông/Bà dùng phiếu mới.")
        )


class NotActivated(WrongMoment):
    """Nobody has recorded that the slip was handed over."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Phiếu này chưa được ghi nhận là đã giao cho hộ nên chưa dùng được."
                " Mời Ông/Bà báo cho người phát phiếu."
            )
        )


class Cancelled(WrongMoment):
    """The poll was called off; the reason is public."""

    def __init__(self, reason: str) -> None:
        super().__init__(N_("Cuộc này đã hủy, không nhận phiếu nữa. Lý do: %(reason)s"), reason=reason)


class NotYetOpen(WrongMoment):
    """Voting has not begun."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(N_("Chưa đến giờ gửi phiếu. Bắt đầu nhận phiếu từ %(when)s."), when=format_moment(opens_at))


class Ended(WrongMoment):
    """Voting is over, and the slip with it; what was being sent is not recorded."""

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(
            N_("Đã hết giờ nhận phiếu từ %(when)s. Phiếu của Ông/Bà CHƯA được ghi nhận."),
            when=format_moment(closes_at),
        )


class AlreadyVoted(WrongMoment):
    """The household has its one ballot: when and by which channel, never what."""

    SENTENCES = {
        "phone": N_("Hộ này đã gửi phiếu lúc %(when)s, qua điện thoại."),
        "counter": N_("Hộ này đã gửi phiếu lúc %(when)s, tại điểm hỗ trợ, có cán bộ giúp."),
    }

    def __init__(self, at: datetime, channel: str) -> None:
        super().__init__(self.SENTENCES[channel], when=format_moment(at))
        self.at = at


class NothingToSend(WrongMoment):
    """The cookie is gone or its ten minutes are over: nothing was sent."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Không còn phiếu nào đang chờ gửi trên máy này. Phiếu chưa gửi chỉ được giữ 10 phút."
                " Mời Ông/Bà quét lại mã trên phiếu để xem phiếu của hộ đã được ghi nhận chưa."
            )
        )


class ChosenAgain(WrongMoment):
    """Another choice was made since the page with the button was shown."""

    def __init__(self) -> None:
        super().__init__(N_("Ông/Bà đã chọn lại sau khi mở trang này. Phiếu CHƯA được gửi. Mời kiểm tra lại rồi gửi."))
