"""Money asked for beside what the law asks: bribes, "bồi dưỡng", envelopes, gifts, sums without a receipt (Law Đ9).

Fees, debts, refunds and copies are money too; where their words stand by the sum, only a sign of what is unlawful
("ngoài biên lai", "cho riêng anh ấy") makes it matter. All patterns have bounded gaps: time grows with the text alone.
"""

from app.feedback.rules.denied import undenied
from app.feedback.rules.restricted_persons import names_staff
from app.feedback.rules.wording import MONEY, SLANG, clauses, compiled, either

# Without marks "ưu tiên", "thuận tiện" and "tiến độ" hold the word too.
_TIEN = r"(?<!uu )(?<!thuan )(?<!bat )(?<!phuong )(?<!cai )(?<!dau )tien(?! (?:hanh|do|loi|ich|trinh|bo)(?!\w))"
_SUM = f"(?:{MONEY}|{SLANG}|tiền|{_TIEN})"
_PAIR = r"(?: [^ ,]+)"

_OFF = rf"(?: (?!{either('đúng | đủ')} )[^ ,]+)"

_FILLING = f"(?: (?:{MONEY}|" + either(
    "thêm | tôi | em | dân | chúng tôi | bà con | người dân | người | cháu | con | bác | mỗi | mỗi người | mỗi hồ sơ"
    " | phải | đưa | nộp | chi | chung | trả | đóng | gửi | biếu | cho | chút | một chút | ít | tí | xíu | tận | những"
    " | tới | đến | khoảng | riêng | có | khách | hộ | lấy | chuyển khoản | kèm | ngay | luôn | hẳn | cái | một | 1"
    " | mấy"
    " | lén | khéo | thẳng | tiền | anh | chị | cô | chú | cán bộ | nhân viên | họ | nhẹ | nên | cần | bằng | cả"
    " | lại quả"
    " | hai | ba | bốn | năm | 2 | 3 | chầu | cữ | ly | giùm | dùm | cặp | nhờ | mua | nạp | là | về | khoản | phần"
    " | gói | mang"
) + "))"  # fmt: skip
_ASKS = either(
    "đòi | vòi | !vòi vĩnh | đòi hỏi | gợi ý | xin | xin xỏ | vòi vĩnh | kiếm chác | nằng nặc đòi | ép | bắt chẹt"
)
_MAKES = either(
    "đòi | vòi | gợi ý | bắt | bắt buộc | buộc | ép | yêu cầu | bảo | kêu | biểu | nói | nhắc | phải | dặn | xin | hẹn"
    " | ra giá | kêu gọi | đề nghị | rủ | muốn"
)
# Their own word is enough, whatever stands around.
_PLAIN = either(
    "hối lộ | lót tay | đút lót | vòi vĩnh | vòi tiền | nhũng nhiễu | sách nhiễu | bôi trơn | chung chi"
    " | chung tiền | ăn tiền | lại quả | tiền trà nước | tiền cà phê | tiền uống nước | tiền nước nôi | tiền nhậu"
    " | tiền cảm ơn | tiền lót đường | tiền !đen | tiền lì xì | tiền ăn sáng | phí bôi trơn | phí tiêu cực | làm luật"
    " | tiền làm luật | bỏ túi riêng | đút túi | hậu tạ | chút lòng thành | có lòng thành | tiền làm nhanh"
    " | phí làm nhanh | giá làm nhanh | cò hồ sơ | cò giấy tờ | qua cò | nhờ cò | tiền biếu | tống tiền | moi tiền"
    " | vặt tiền | tiền trà | tiền chè | tiền thuốc lá | thủ tục đầu tiên | xin đểu | cảm ơn bằng tiền"
    " | cám ơn bằng tiền"
    " | để kiếm tiền | để moi tiền | phải biết ơn anh | phải biết ơn chị | phải biết ơn cán bộ | lo lót | đút tiền"
    " | đút túi | thu lố | thu vượt | thu dư | thu khống | thu chui | thu lậu | chia phần trăm"
    " | đòi phần trăm | gửi tiền nước | xin tiền nước | nhận quà của dân | nhận quà của người dân | đòi tiền công"
    " | đòi đãi | đòi khao | đòi bao nhậu"
    " | vay tiền của dân | mượn tiền của dân | ra giá | hét giá"
    " | phải có quà | có quà mới | phải có lễ | kiếm chác | tiền bo | tiền bôi trơn | quà cáp cho | tiền cho nhanh"
    " | cà phê cà pháo"
)
_GIFT = either(
    "quà | quà cáp | phong bì | phong bao | lì xì | bồi dưỡng | hoa hồng | trà nước | thuốc lá | bao thuốc | gói thuốc"
    " | cây thuốc | thẻ cào | thẻ nạp | thẻ điện thoại | card điện thoại | card | rượu | bia | chai rượu | cặp rượu"
    " | thùng bia | cà phê | chầu nhậu | chầu bia | bữa nhậu | ăn nhậu | đi nhậu | uống nước | chút gì | tí gì | ít gì"
    " | gì đó cho | đồ biếu | biếu xén | tiền"
)
_NO_GIFT = "(?! " + either(
    "lại | hoàn | lẻ | nghiệp vụ | kiến thức | kỹ năng | đội ngũ | chuyên môn | năng lực | lý luận | đạo đức | tập huấn"
    " | thường xuyên | định kỳ | hằng năm | hàng năm | thêm về | dán | đựng | có tem | tem | ghi địa chỉ | thừa | thối"
    " | điện | nước | rác | phạt | mặt | trợ cấp | hỗ trợ | lương | tết cho hộ | cho người nghèo | cho hộ nghèo"
) + ")"  # fmt: skip
_I_ASK = "".join(f"(?<!{word} )" for word in ("tôi", "toi", "em", "cháu", "chau", "mình", "minh", "dân xin phép"))
_FOR_THEM = (
    either("cho | của | đưa | biếu | tặng | đãi | mời | bao | gửi")
    + f"(?: {either('riêng | thêm | các | mấy | 1 | một')})?"
    " "
    + either(
        "!ảnh | !chỉ | anh | chị | cô | chú | bác | ông | bà | cán bộ | công chức | nhân viên | nó | họ | ổng | bả"
        " | người ta | bảo vệ | sếp"
        " | lãnh đạo | người nhận hồ sơ | chuyên viên | cháu ấy"
    )
)
_GIVES = either(
    "đưa | gửi | chi | nộp | đóng | trả | chung | bỏ | bỏ ra | kẹp | nhét | dúi | chuyển | chuyển khoản | biếu | lo"
    " | kèm | mất"
    " | tốn | cúng | nạp | tặng | ứng | lấy | thu | nhận | cầm | góp | xì ra | lót"
)
_SOONER = either(
    "mới được | mới ra | mới chịu | mới làm | mới cho | mới giải quyết | mới xong | mới ký | mới nhận | mới trả"
    " | mới duyệt"
    " | mới qua"
    " | mới nhanh | mới xử lý | mới đóng dấu | mới xác nhận | mới có kết quả | mới đồng ý | cho nhanh | để nhanh"
    " | để được việc"
    " | cho được việc | để được ký | để ký | để duyệt | để làm nhanh | để ưu tiên | cho lẹ | cho lẹ việc | cho êm"
    " | để lấy sớm"
    " | để xong sớm | thì nhanh | thì nhận | nhận ngay | thì duyệt | lo hết | là xong | là được | thì có ngay"
    " | thì khỏi | thì làm nhanh | thì xong | thì được | thì ký | thì làm | làm nhanh | muốn nhanh | vào hồ sơ"
    " | trong hồ sơ | dưới hồ sơ | vào tập hồ sơ | mỗi ký | mỗi chữ ký | một chữ ký | đổi chữ ký | riêng | cá nhân"
)
_OUTSIDE = either(
    "ngoài biên lai | ngoài hóa đơn | ngoài phiếu thu | ngoài lệ phí | ngoài sổ sách | ngoài giá | ngoài mức"
    " | ngoài khoản"
    " | ngoài phí | ngoài bảng giá | ngoài niêm yết | so với lệ phí | so với biên lai | so với niêm yết"
    " | so với quy định"
)
_AGAINST = either(
    "ngoài quy định | trái quy định | sai quy định | quá quy định | cao hơn quy định | hơn quy định | hơn niêm yết"
    " | cao hơn mức | cao hơn giá | cao hơn niêm yết | hơn mức quy định | hơn giá niêm yết | ngoài luồng"
    " | không rõ lý do"
)
_NO_RECEIPT = (
    either("không")
    + f"(?: {either('có | đưa | xuất | viết | ghi | giao | trả | cho | thấy | in | kèm | tôi | được | hề | nhận')})"
    "{0,3} " + either("biên lai | hóa đơn | phiếu thu | chứng từ")
)
_FEE = either("tiền | lệ phí | phí | thu phí | thu tiền") + rf"|{MONEY}"
_PAYS = either("thu | nộp | đóng | trả | lấy | đưa | gửi | chi | đòi | tiền")
# "không đưa tiền thì không làm": what happens to who pays nothing.
_ELSE = either(
    "không | chưa | bị | chậm | ngâm | hồ sơ | để | khỏi | đừng | chờ | đợi | lâu | nó | họ | còn lâu | cứ | ký"
    " | làm | nhận"
    " | hẹn | về"
)
_HINT = either(
    "phải biết điều | biết điều thì | biết điều một chút | biết điều chút | biết điều tí | phải biết ý | biết ý"
)
_THINGS = either(
    "bản | tờ | trang | giấy | ảnh | người | lần | ngày | phút | giờ | bộ | loại | cái | tấm | chữ | năm | m2"
)
_BLATANT = (
    rf"(?<!\w)(?:{_PLAIN}"
    rf"|{_GIVES}{_PAIR}{{0,4}}? {_OUTSIDE}|{_OUTSIDE}{_PAIR}{{0,4}}? {_SUM}"
    rf"|{_SUM}{_PAIR}{{0,6}}? {_OUTSIDE}|(?:{_FEE}){_PAIR}{{0,6}}? {_AGAINST}|{_AGAINST}{_PAIR}{{0,4}}? (?:{_FEE})"
    rf"|(?:{_PAYS}|{MONEY}){_PAIR}{{0,6}}?(?: ,)?{_PAIR}{{0,6}}?(?: ,)?{_PAIR}{{0,3}}? {_NO_RECEIPT}"
    rf"|{either('biên lai | hóa đơn | phiếu thu')}{_PAIR}{{0,4}}? {MONEY}(?: ,)?{_PAIR}{{0,5}}? {_GIVES}"
    rf"{_OFF}{{0,3}}? {MONEY}"
    rf"|{either('lệ phí | phí | giá')}{_PAIR}{{0,4}}? {MONEY}(?: ,)?(?: {either('mà | nhưng | lại | thì')}"
    rf"{_PAIR}{{0,3}}?)?"
    rf" {either('thu | lấy | đòi | bắt đóng | bắt nộp | phải đóng | phải nộp')}{_OFF}{{0,3}}? {MONEY}"
    rf"|{either('đòi | bắt | thu | vòi | bán | lấy')}{_PAIR}{{0,5}}? (?:{MONEY}|{either('tiền')}){_PAIR}{{0,6}}? "
    rf"{either('miễn phí')}"
    rf"|{either('nộp | đóng | thu | trả | lấy')}{_PAIR}{{0,2}}? {MONEY}(?: ,)? {either('mà | nhưng')}"
    rf"{_PAIR}{{0,3}}? {either('ghi')}{_PAIR}{{0,2}}? {MONEY}"
    rf"|{either('bắt | ép | buộc')}{_PAIR}{{0,2}}? {either('đóng | nộp | mua | ủng hộ')}{_PAIR}{{0,4}}? "
    rf"{either('quỹ | ủng hộ | đóng góp | từ thiện | vé số | tăm')}"
    rf"|{_I_ASK}{either('xin | đòi | vòi')}{_FILLING}{{0,3}} {either('tiền xăng | tiền đổ xăng | tiền mua')}"
    rf"|{_GIVES}{_PAIR}{{0,3}}? {MONEY}(?: ,)?{_PAIR}{{0,5}}? {either('biên lai | hóa đơn | phiếu thu')}"
    rf"{_PAIR}{{0,4}}? {MONEY}"
    rf"|{either('không | chưa')}(?: {either('chịu | có | tôi | muốn | kèm')})? "
    rf"{either('đưa | chi | có | gửi | chung | biếu | kẹp | bồi dưỡng')}"
    rf"(?: (?:{_SUM}|{either('quà | phong bì | gì | bồi dưỡng | thêm | bì | cà phê | tình cảm')})){{0,2}} "
    rf"{either('thì | là | nên')}"
    rf" "
    rf"{_ELSE}"
    rf"|{either('muốn nhanh | muốn lẹ | muốn sớm | muốn được việc | muốn xong')}{_PAIR}{{0,5}}? (?:{MONEY}|{SLANG}|"
    rf"{either('tiền')})"
    rf"|"
    rf"{_HINT}"
    rf"|{_MAKES}(?: {either('tôi | em | dân | phải | tình cảm | có | chút')}){{1,4}} {either('tình cảm')}"
    rf"|{either('đưa | kẹp | nhét | dúi | lén đưa | kèm | lót | có | phải có | thiếu | không có | chuẩn bị')}"
    rf"{_FILLING}{{0,3}} {either('phong bì')}{_NO_GIFT}"
    rf"|{either('nhận | thích | chờ | đợi | bỏ | gửi')}(?: {either('cái | một | tiền | mấy | thêm')})? "
    rf"{either('phong bì')}"
    rf" {either('của | từ | mới | rồi | cho')}"
    rf")(?!\w)"
)
_ASKED = (
    rf"(?<!\w)(?:{_I_ASK}{_ASKS}{_FILLING}{{0,4}} (?:{_GIFT}{_NO_GIFT}|{MONEY}|{SLANG})"
    rf"|{_I_ASK}{either('đòi | vòi | gợi ý')}{_PAIR}{{0,4}}? (?:{MONEY}|{SLANG})"
    rf"|{either('đòi | vòi | kẹp | nhét | dúi | gợi ý | lót')}{_FILLING}{{0,3}} \d{{2,3}}(?! \w{{1,6}} (?!\w)|\d)"
    rf"(?! "
    rf"{_THINGS})"
    rf"|{either('kẹp | nhét | dúi | cúng | bắt cúng')}{_PAIR}{{0,3}}? {_SUM}"
    rf"|{_MAKES}{_FILLING}{{0,4}} {either('bồi dưỡng | quà cáp | phong bì | lì xì | biếu | biếu quà')}{_NO_GIFT}"
    rf"|{_MAKES}{_FILLING}{{0,4}} "
    rf"{either('thẻ cào | thẻ nạp | thẻ điện thoại | card | thuốc lá | gói thuốc | rượu | chầu nhậu')}"
    rf"|{_MAKES}{_PAIR}{{0,3}}? {either('mời | bao | đãi | khao')}(?: {either('lại | cho | các')})?"
    rf" {either('anh | chị | cán bộ | nhân viên | họ | sếp | nó | ổng | đi | nhậu | ăn | cà phê')}(?: [^ ,]+){{0,3}}?"
    rf" {either('nhậu | cà phê | ăn sáng | ăn trưa | bia | uống nước | nước | rượu | cơm | ăn | uống')}"
    rf"|{either('chuyển khoản | chuyển tiền | quét mã')}{_PAIR}{{0,4}}? {either('riêng | cá nhân')}"
    rf"|{either('chuyển khoản | chuyển tiền')}(?: (?:{MONEY}|{either('vào tài khoản | tiền')}))? {_FOR_THEM}"
    rf"|{_GIVES}{_PAIR}{{0,3}}? {_SUM}{_PAIR}{{0,4}}?(?: ,)? (?:{_SOONER}|{_FOR_THEM})"
    rf"|{_GIVES}{_PAIR}{{0,3}}? (?:{_SOONER}|{_FOR_THEM}){_PAIR}{{0,3}}? (?:{MONEY}|{SLANG})"
    rf"|{_GIVES} {either('thêm | riêng')}{_PAIR}{{0,2}}? (?:{MONEY}|{SLANG}|{either('tiền')}|\d{{2,3}} {_SOONER})"
    rf"|(?:{MONEY}|{SLANG}){_PAIR}{{0,2}}? {_SOONER}"
    rf"|{either('đưa | chi | gửi | kèm | kẹp | bỏ | lót | chung')}{_PAIR}? \d{{2,3}} {_SOONER}"
    rf"|{either('bỏ | để')} {_SUM}(?: {MONEY})? {either('vào | trong | dưới')} "
    rf"{either('hồ sơ | kẹp | túi | tờ | bìa | bì | tập | ngăn')}"
    rf"|{either('mỗi | một | 1')} {either('chữ ký | con dấu | lần ký | lượt ký')}{_PAIR}{{0,2}}? {MONEY}"
    rf"|{either('có tiền | có quà | có ¤')} {either('mới | là | thì | gì')}"
    rf"|{either('thì')} {either('chi | đưa | nộp | gửi | lo | phải chi | phải đưa | phải lo')} (?:{MONEY}|{SLANG})"
    rf"|{either('mượn | nhận')} {_SUM} {either('của dân | của người dân | của bà con')}"
    rf"|{either('nhận | lấy')} {_GIFT} {either('của dân | của người dân | của bà con')}"
    rf"|{either('qua trung gian | trung gian')}{_PAIR}{{0,3}}? (?:{MONEY}|{SLANG})"
    rf"|{either('bị')} {either('lấy | thu | bắt đóng | bắt nộp | đòi | ép đóng')}{_PAIR}{{0,2}}? (?:{MONEY}|{SLANG})"
    rf"|{either('tiền | phí | thu')}{_PAIR}{{0,2}}? {either('gấp đôi | gấp ba | gấp 2 | gấp 3 | gấp mấy')}"
    rf"|{either('nhanh | lẹ | sớm')} {either('thì | là | giá')}{_PAIR}{{0,2}}? (?:{MONEY}|{SLANG})"
    rf"|{either('bồi dưỡng')}(?: {either('cho')})? "
    rf"{either('anh em | anh | chị | mấy anh | mấy chị | các anh | cô | chú | họ')}"
    rf"|{either('kẹp | nhét | dúi')}{_PAIR}{{0,2}}? \d{{2,3}} {either('vào | trong | cho')}"
    rf"|{either('thu | lấy | cầm | nhận')} {either('của | tôi | em')}{_PAIR}{{0,2}}? {MONEY}"
    rf"|{either('phải | muốn | cần | nói')}{_PAIR}{{0,3}}? {either('thêm')} (?:{MONEY}|{SLANG})"
    rf"|{either('bồi dưỡng')}{_PAIR}{{0,3}}? (?:{MONEY}|{SLANG})"
    rf"|{either('chạy')}{_PAIR}{{0,2}}? (?:{MONEY}|{SLANG})"
    rf"|{either('ai cũng')}{_PAIR}{{0,2}}? {_GIVES}{_PAIR}{{0,2}}? (?:{MONEY}|{SLANG})"
    rf"|{either('nạp thẻ | mua thẻ')}{_PAIR}{{0,3}}? {MONEY}"
    rf"|{either('nhận | cầm | nuốt | ăn | lấy | thu')} {_SUM}(?: {MONEY})? "
    rf"{either('của mẹ tôi | của tôi | của dân | của người dân | của bà con | của em')}"
    rf"|{either('biếu')} (?:{_SUM}|{either('cán bộ | anh | chị | nhân viên | sếp | lãnh đạo | quà')})"
    rf")(?!\w)"
)
# Beside these a sum is one the law, a shop or the person's own right asks for.
_LAWFUL_WORDS = either(
    "lệ phí | phí | biên lai | hóa đơn | phiếu thu | photo | phô tô | photocopy | phôtô | sao y | bản sao | công chứng"
    " | chứng thực | thuế | !nợ | đòi nợ | trả nợ | học phí | viện phí | tiền điện | tiền nước | tiền rác | tiền xe"
    " | xăng | xe ôm | taxi"
    " | gửi xe | giữ xe | bảo hiểm | bhyt | !quỹ | đóng góp | ủng hộ | tiền phạt | nộp phạt | phạt | đặt cọc | trợ cấp"
    " | hỗ trợ | lương | tạm ứng | bồi thường | đền bù | tiền thừa | thừa | !thối | hoàn | hoàn lại | trả lại"
    " | lại tiền"
    " | kho bạc | trực tuyến | bưu điện | bưu chính | bưu phẩm | chuyển phát | ship | niêm yết | theo quy định"
    " | đúng quy định | in ấn | tiền in | tiền ảnh | chụp ảnh | tiền sử dụng đất | tiền thuê | tiền đất | tiền mặt"
    " | mã qr | người nghèo | hộ nghèo | lũ lụt | tiền án | tiền sự | tiền gửi | tiền công | học bổng | tiền hàng"
    " | tiền vay | !vay | tiền nhà | tiền hỗ trợ | tiền lãi"
    " | đòi lại | xin lại | trả lại | lấy lại | nhận lại | nộp lại | chuyển lại | gửi lại | đưa lại"
)
_LAWFUL = rf"(?<!\w){_LAWFUL_WORDS}(?!\w)"
_HANDED = rf"(?<!\w)(?!chi )(?:{_GIVES}|{either('cho | ghi ra giấy | ghi ra')}){_PAIR}{{0,6}}? {_SUM}(?!\w)"
_HELPED = (
    rf"(?<!\w){either('hướng dẫn | giúp tôi | đã giúp | qua cổng | cảm ơn | cám ơn | nhiệt tình | tận tình')}(?!\w)"
)
_AROUND_BEFORE, _AROUND_AFTER = 2, 4


def speaks_of_money(text: str) -> bool:
    """Whether somebody tells of money or a gift asked for, given or taken beside what is lawful."""
    return any(_blatant(clause) or _asked(clause) or _handed_to_staff(clause) for clause in clauses(text))


def _blatant(clause: str) -> bool:
    return next(undenied(_BLATANT, clause), None) is not None


def _asked(clause: str) -> bool:
    hits = undenied(_ASKED, clause)
    return any(not compiled(_LAWFUL).search(_around(clause, *hit.span())) for hit in hits)


def _handed_to_staff(clause: str) -> bool:
    """A sum of money and a person of the staff, something handed over, and not a word of what is lawful."""
    if (
        compiled(_LAWFUL).search(clause)
        or compiled(_HELPED).search(clause)
        or next(undenied(_HANDED, clause), None) is None
    ):
        return False
    return names_staff(clause)


def _around(clause: str, first: int, end: int) -> str:
    """What was found with a few words on both sides, as far as the next comma."""
    before = clause[:first].rpartition(",")[2].split()[-_AROUND_BEFORE:]
    after = clause[end:].partition(",")[0].split()[:_AROUND_AFTER]
    return " ".join([*before, clause[first:end], *after])
