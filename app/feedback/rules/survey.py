"""The yearly survey: items 15–33 of the Ministry of Home Affairs, in its words (QĐ 1001/QĐ-BNV of 11 December 2023)."""

from app.lib.i18n import N_

GROUPS: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    (
        N_("Tiếp cận dịch vụ"),
        (
            (
                15,
                N_(
                    "Cơ quan cung cấp thông tin về việc giải quyết thủ tục hành chính theo nhiều hình thức,"
                    " dễ tiếp cận, dễ hiểu"
                ),
            ),
            (16, N_("Trụ sở cơ quan có biển hiệu, hướng dẫn rõ ràng, dễ thấy")),
            (17, N_("Trụ sở cơ quan sạch sẽ, văn minh")),
            (18, N_("Trang thiết bị phục vụ người dân đầy đủ, chất lượng tốt")),
        ),
    ),
    (
        N_("Thủ tục hành chính"),
        (
            (19, N_("Quy định thủ tục hành chính được niêm yết công khai, dễ thấy, dễ hiểu")),
            (20, N_("Thành phần hồ sơ phải nộp là đúng quy định")),
            (21, N_("Mức phí, lệ phí phải nộp là đúng quy định")),
            (22, N_("Thời hạn giải quyết là đúng quy định")),
        ),
    ),
    (
        N_("Công chức"),
        (
            (23, N_("Công chức có thái độ giao tiếp lịch sự, tôn trọng")),
            (24, N_("Công chức cung cấp thông tin, trả lời kịp thời, đầy đủ các câu hỏi, ý kiến")),
            (25, N_("Công chức hướng dẫn hồ sơ dễ hiểu, đảm bảo hoàn thiện hồ sơ sau một lần hướng dẫn")),
            (26, N_("Công chức tuân thủ đúng quy định")),
            (27, N_("Công chức tận tình")),
        ),
    ),
    (
        N_("Kết quả"),
        (
            (28, N_("Kết quả được trả đúng hẹn")),
            (29, N_("Kết quả có thông tin đầy đủ, chính xác")),
            (30, N_("Kết quả đảm bảo tính công bằng")),
        ),
    ),
    (
        N_("Tiếp nhận, xử lý phản ánh, kiến nghị"),
        (
            (31, N_("Cơ quan có bố trí hình thức tiếp nhận, giúp phản ánh dễ dàng")),
            (32, N_("Phản ánh, kiến nghị được tiếp nhận, xử lý đúng quy định")),
            (33, N_("Cơ quan thông báo kết quả xử lý kịp thời")),
        ),
    ),
)
ITEMS = {number: words for _name, items in GROUPS for number, words in items}
