"""What may be collected with a code, and by which law."""

from app.lib.codes import normalise
from app.lib.i18n import N_

CODE = 8
"""Characters of the code of a collection's page."""
UTILITY, CONTRIBUTION = "utility", "contribution"
KINDS = {
    UTILITY: N_("Tiền dịch vụ, tiện ích công cộng"),
    CONTRIBUTION: N_("Đóng góp của cộng đồng"),
}
LAWS = {
    UTILITY: "",
    CONTRIBUTION: N_(
        "Khoản 1 và khoản 2 Điều 15 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15: Nhân dân bàn và quyết định mức đóng"
        " góp, việc thu, chi, quản lý các khoản đóng góp."
    ),
}
"""What a kind rests on besides the document named."""


def code_of(typed: str) -> str | None:
    """The code of a page as it was typed or read aloud; None for what is none."""
    return normalise(typed, CODE)
