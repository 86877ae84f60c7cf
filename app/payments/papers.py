"""The poster of a collection: one payment code, the name to compare, and nothing else to scan."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.documents import pdf, qr
from app.documents.dates import short_date
from app.documents.text import breakable, clean
from app.lib.calendar import format_number
from app.lib.codes import grouped
from app.payments.models import Collection
from app.payments.queries.collections import Shown
from app.payments.rules.banks import bank_name

A5, A4 = "a5", "a4"
QR_MM = {A5: 80.0, A4: 116.0}
"""Side of the code in mm with its white border: never below 40."""
_TEMPLATE = Path(__file__).parent / "templates" / "poster.typ"


@dataclass(frozen=True)
class Asked:
    """A poster that is asked for: of what, on which paper."""

    collection: Collection
    paper: str

    @property
    def path(self) -> str:
        return self.collection.path


def poster(shown: Shown, text: str, address: str, commune: str, day: date, paper: str) -> bytes:
    """The poster as PDF on ``a5`` or ``a4``; ``text`` is what the code says, ``address`` where its page stands."""
    one, account = shown.collection, shown.account
    amount = f"{format_number(one.amount)} đồng" if one.amount else "Ông/Bà tự ghi"
    rows = [
        ("Ngân hàng", bank_name(account.bank)),
        ("Số thẻ" if account.is_card else "Số tài khoản", account.number),
        ("Số tiền", amount),
        ("Nội dung", clean(one.purpose)),
    ]
    return pdf.render(
        _TEMPLATE,
        {
            "title": f"Tờ dán mã thanh toán: {clean(one.title)}",
            "paper": paper,
            "scale": 1.0 if paper == A5 else 1.42,
            "issuer": f"Ủy ban nhân dân {clean(commune)}",
            "place": clean(one.area.label) if one.area.level == "residential" else "",
            "name": breakable(one.title),
            "qr": qr.draw(text).svg(),
            "qr_mm": QR_MM[paper],
            "alt": f"Mã VietQR chuyển khoản cho {clean(account.holder)}",
            "warning": "Chỉ chuyển khi tên người nhận đúng là:",
            "holder": breakable(account.holder),
            "rows": rows,
            "notes": [
                "Quét bằng ứng dụng ngân hàng. Hệ thống không tự xác nhận đã nộp tiền: giữ lại biên lai.",
                "Phí, lệ phí nhà nước nộp trên Cổng Dịch vụ công quốc gia.",
            ],
            "page": f"Xem tài khoản đúng tại: {address.removeprefix('https://').removeprefix('http://')}",
            "foot": f"Số của tờ dán: {grouped(one.code)}. In ngày {short_date(day)}."
            " Nếu mã bị dán đè hoặc hiện tên khác, không chuyển tiền và báo ngay cho người trực.",
        },
    )
