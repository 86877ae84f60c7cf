"""What a sent form tells about whoever sent it. Signs raise a risk; they refuse nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.lib.i18n import N_
from app.visitors.device import Visitor


class Sign(StrEnum):
    """A thing that honest people seldom do and programs often do."""

    NO_TOKEN = "no_token"  # noqa: S105 - the name of a sign
    TOO_QUICK = "too_quick"
    TOO_OLD = "too_old"
    HONEYPOT = "honeypot"
    NO_COOKIE = "no_cookie"
    BUSY_NETWORK = "busy_network"
    UNPROVEN = "unproven"


WEIGHTS = {
    Sign.NO_TOKEN: 50,
    Sign.TOO_QUICK: 40,
    Sign.TOO_OLD: 15,
    Sign.HONEYPOT: 60,
    Sign.NO_COOKIE: 10,
    Sign.BUSY_NETWORK: 15,
    Sign.UNPROVEN: 20,
}
WORDS = {
    Sign.NO_TOKEN: N_("Biểu mẫu không có dấu của trang này."),
    Sign.TOO_QUICK: N_("Gửi quá nhanh: chưa đến 2 giây sau khi mở trang."),
    Sign.TOO_OLD: N_("Biểu mẫu được mở từ hơn 7 ngày trước."),
    Sign.HONEYPOT: N_("Ô ẩn, người dùng không nhìn thấy, đã được điền."),
    Sign.NO_COOKIE: N_("Máy không giữ dấu nhận biết của trang này."),
    Sign.BUSY_NETWORK: N_("Ngoài giờ làm việc, từ cùng một mạng đã có nhiều lượt gửi trong ngày."),
    Sign.UNPROVEN: N_("Máy không làm bước kiểm tra chống gửi tự động."),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``repeated``: the very same sending came before and was taken; what it made is found by ``client_uuid``."""

    visitor: Visitor
    client_uuid: str
    signs: tuple[Sign, ...] = ()
    repeated: bool = False

    @property
    def suspicious(self) -> bool:
        return bool(self.signs)

    @property
    def why(self) -> tuple[str, ...]:
        """A sentence for each sign, to be translated where it is shown."""
        return tuple(WORDS[sign] for sign in self.signs)

    @property
    def risk(self) -> int:
        """0 for an ordinary visitor, at most 100."""
        return risk_of(self.signs)


def risk_of(signs: Iterable[Sign]) -> int:
    """What the signs weigh together, at most 100."""
    return min(100, sum(WEIGHTS[sign] for sign in signs))
