"""Notes that inspectors alone may read: money or gifts beside what is lawful, and what is missed."""


def lines(text: str) -> list[str]:
    """One note a line; a bar stands for a line end in it."""
    return [line.replace(" | ", "\n") for line in text.strip().split("\n")]


MONEY = lines("""
Cán bộ gợi ý chi tiền mới nhận hồ sơ.
can bo voi tien toi 200 nghin
Phải đưa phong bì thì hồ sơ mới xong.
Yêu cầu nộp thêm tiền ngoài quy định.
Bắt tôi trả 300 nghìn tiền bồi dưỡng.
Họ nhũng nhiễu người dân.
Tôi phải lót tay mới được việc.
Chị ở quầy 2 đòi hối lộ.
Anh Bảo vòi 500 nghìn
anh bao voi 500k
nhan vien ten Khoa doi 200k moi ky
Nhân viên quầy 3 gợi ý đưa thêm 200 nghìn cho nhanh
phải kẹp 200 vào hồ sơ
phai kep 200 vao ho so
bảo tôi chuyển khoản riêng 300k cho chị ấy
bao toi ck rieng 300k cho chi ay
xin tiền cà phê
xin tien cafe
đòi quà
gửi thêm ngoài biên lai
Anh  Khoa | đòi | tiền
Không đưa tiền thì không làm cho, hồ sơ để đó cả tháng
k có phong bì thì hs bị ngâm
Muốn nhanh phải chi 2 trăm
mất 1 củ mới xong cái giấy khai sinh
đòi 5 lít mới ký
vòi nửa triệu
Cán bộ bảo lì xì cho vui vẻ rồi làm
gợi ý bồi dưỡng anh em
Tôi phải bồi dưỡng cho cán bộ 100 nghìn
phải biết điều mới được giải quyết
Thu 50 nghìn mà không có biên lai
thu tien khong dua bien lai
Lệ phí 8.000 đồng nhưng thu 50.000 đồng, phần dư không có hóa đơn
biên lai ghi 8 nghìn mà lấy của tôi 50 nghìn
Thu cao hơn mức niêm yết, tiền chênh bỏ túi riêng
chị Hoa xin 200k uống nước
kêu tui mua thẻ cào 100k cho ảnh
bắt mua hai gói thuốc lá
đòi chai rượu ngoại
ép dân đưa tiền trà nước
Nhân viên bảo gửi anh ấy 300 nghìn để được ký sớm
gợi ý mời cán bộ đi nhậu
nhét 500 ngàn vào túi hồ sơ thì mới nhận
Họ nhận tiền của dân rồi mới đóng dấu
đòi xiền mới làm
đòi tiền bôi trơn
qua cò hồ sơ mất 2tr
dua them 200 cho nhanh
Nộp thêm 1tr5 mới trả kết quả
bảo vệ xin 20k mới cho vào
Đòi hoa hồng 10%
ho bat dong them 100 nghin ngoai le phi
yêu cầu chuyển tiền vào tài khoản cá nhân của cán bộ
phải có quà cáp mới xong
cán bộ hỏi có chút gì không rồi mới làm, xin thêm 300 nghìn
Đưa 200 nghìn cho cô ở quầy 1 thì cô làm liền
đưa phong bì 500k cho anh Tuấn
chung chi mới được việc
nó lấy 300k của tôi không ghi hóa đơn
Làm cái giấy mà phải chạy 3 triệu
cán bộ nói thẳng là thiếu tiền trà thuốc
Hồ sơ đủ mà cứ bắt về, đến khi kèm 500 nghìn thì nhận ngay
Cô ấy bảo "cho chị xin ít tiền mua sữa cho con"
đưa 200 thì xong trong ngày, không đưa thì hẹn tuần sau
Lệ phí có 10 nghìn mà họ thu tôi 100 nghìn
noi kheo la phai co qua
anh ta xin tôi tiền đổ xăng
phải cảm ơn bằng tiền mới êm
Bị vòi vĩnh hai lần
Nhân viên tự ý thu thêm 20.000đ không giải thích
thu tiền mặt rồi bỏ vào ngăn kéo, không biên lai
Đề nghị xem lại: quầy 4 thu phí ngoài quy định
cb xin lixi
gợi ý "làm dịch vụ" 1 triệu rưỡi cho nhanh
Phải nhờ người quen đưa tiền thì mới được
ong ay doi tien ca phe
Toi phai dua phong bi 500 ngan
Có người ở trong phòng ra ngoài bảo đưa 800k lo hết
chú bảo vệ đòi 50k mới cho lấy số
Bồi dưỡng 2 xị mới ký cho
Thấy họ nhận phong bì của người trước
Cán bộ đòi mua giùm cặp rượu Tết
Đòi thêm 150 nghìn ngoài lệ phí
Cho hỏi sao đóng 500 nghìn mà không thấy phiếu thu?
Chuyển 300k vào số của chị thì chị duyệt
không lót tay thì chờ dài cổ
chi 500 cho lẹ
Nhân viên ra giá 2 triệu làm sổ
anh ấy nói ai cũng gửi 100 nghìn hết
Đóng dấu cũng đòi năm chục
xin đểu dân
lấy tiền của dân mà mặt lạnh tanh
yeu cau toi nap the 200k vao so dien thoai cua no
Họ ám chỉ phải có "thủ tục đầu tiên"
Con gái tôi đi làm khai sinh, cô bên trong nói nhỏ là đưa cô trăm rưỡi cô làm cho lẹ
chị ấy ghi ra giấy số tiền 500.000 rồi vo lại
thu của tôi 120 nghìn, hỏi biên lai thì chị gắt
Anh cán bộ bảo "em lo cho anh được thì em cũng phải biết ơn anh chứ"
dong 50k ko co bien lai
cb địa chính đòi 3tr tách thửa
Đi ba lần không xong, nhét cho 500 là xong
vòi 1 chầu nhậu
họ đòi lại quả 10 phần trăm
Cán bộ nhận 2 triệu của mẹ tôi rồi im luôn
phải dúi tiền mới nhận
hồ sơ đất muốn có sớm phải thêm 5 triệu
làm khó để kiếm tiền
có đưa tiền thì mới được ưu tiên
Xin tí quà Tết
a Tuan bao ve doi 20k tien gui xe mien phi
quầy 2 bắt mua tờ khai 20 nghìn trong khi được phát miễn phí
gợi ý cho nhân viên ít tiền uống nước
họ nói đưa thêm trăm nữa
tôi kẹp tờ 200 vào thì được làm trước
đòi tiền công làm hộ 300 nghìn
Nhận hồ sơ xong xin số Zalo rồi đòi chuyển 500 nghìn
mat 500 ngan boi tron
không có "tình cảm" thì không ký
bảo cho xin bao thuốc
Tiền bồi dưỡng mỗi lần 100 nghìn, ai đi làm cũng phải có
thu chênh 30 nghìn so với niêm yết
tiền lệ phí 8.000đ, thu 20.000đ không trả lại
Anh ta cầm 1 triệu rồi hẹn mãi
cho cán bộ 200k
Cán bộ hộ tịch đòi 300 nghìn mới cấp trích lục
xin vài trăm gọi là trà nước
bảo tôi bỏ 200k vào kẹp hồ sơ
Nếu không chi thêm thì hẹn lại hai tuần
Mấy anh ở đây toàn ăn tiền
doi qua tet
Phải lo lót mới xong
tụi nó vòi thêm 1 xị
chị Hằng lấy 100k không biên nhận
nhân viên đòi "cảm ơn" 200 nghìn
ngỏ ý muốn tôi gửi tiền nước
đưa tiền mới làm, không thì ngâm
tôi phải biếu hai chai mật ong
thu lố 10 nghìn tiền lệ phí
đóng 200 ngàn mà giấy ghi có 20 ngàn
Anh Tín gợi ý chuyển khoản cho ảnh
can bo thue doi chia phan tram
Mỗi chữ ký 50 nghìn
Cứ hồ sơ nào kẹp tiền là được làm trước
nhận quà của dân rồi ưu tiên
Tôi nghe nói phải có phong bì
vòi tiền trắng trợn
chị cán bộ bảo tôi nạp điện thoại giúp 100 nghìn
người ta đòi ba trăm, tôi không có nên phải về
phải đút tiền
bắt đóng tiền ủng hộ quỹ 200 nghìn mới cho ký giấy
Thu phí mà không giải thích, không phiếu thu
bồi dưỡng cho anh em chút đỉnh
giúp nhanh thì 1tr, chậm thì chờ
Chú bên đo đạc đòi bồi dưỡng 1 triệu mới đi đo
đưa cho cán bộ 200 nghìn uống nước
nó kêu phải có tiền mới ký
Thu 100k không biên lai, hỏi thì nói để lo cho nhanh
kèm phong bì mới nhận hồ sơ
hỏi khéo có quà gì không
chi Hanh bao chuyen them 150k
Anh Phong đòi chầu cà phê
Hồ sơ nào có tiền là được giải quyết trước
phải qua trung gian mất 5 triệu
xin tiền ăn sáng của dân
đòi 2 cây thuốc ba số
nộp 8 nghìn nhưng bị lấy 50 nghìn
Nhân viên tính tiền gấp đôi bảng giá
đưa 5 xị mới đóng dấu
Chủ tịch xã Hoàng Văn Long nhận tiền chạy chức
anh Dương bảo bồi dưỡng rồi mới ký
đưa 100 nghìn thì được lên trước
tôi bị đòi quà cáp
phong bì 200k là xong
họ nói khó làm, muốn được thì chi 3 triệu
toi phai dua 500k cho anh o quay 1
thu thêm 10k không ghi gì cả
chị Nga xin tiền lì xì đầu năm
gửi cho ổng 2 xị
đòi tiền trà nước cho cả phòng
bắt chuyển khoản vào số cá nhân
chua dua tien thi chua ky
nhận thuốc lá của người dân
phải nhờ cò hết 4 triệu
cán bộ vay tiền của dân không trả
""")
# Told in words that need a reader: these go to the desk, where a moderator can still hand them over.
MISSED = lines("""
ho vach la 500 ca
cô bảo cứ để vào đây một ít
bị ép mua vé xổ số
k chi k lam
bao nhieu cung xin them chut
cán bộ gạ tôi mua đất của họ
Cán bộ xóa dữ liệu rồi đổ lỗi cho tôi
Thầy Hiệu đánh học sinh
Cán bộ đất đai hỏi xin 2 triệu tiền công đo
""")
