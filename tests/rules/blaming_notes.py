"""Notes that blame a person who can be known, by name or by a grave deed at the counter."""

from tests.rules.restricted_sentences import lines

PERSONS = lines("""
Anh Võ Minh Khoa chửi bới, quát mắng tôi
anh vo minh khoa chui boi, quat mang toi
Cán bộ tên Hương có thái độ coi thường dân
can bo ten huong co thai do coi thuong dan
Ông Nguyễn Văn Bình cửa quyền, hách dịch với dân.
Tôi tố cáo cán bộ ở đây.
Chị Lan quát tôi trước mặt mọi người
chi lan quat thao voi ba con
Bà Tâm | ở quầy 2 | mắng người già
Cô Thúy thái độ lồi lõm
Nguyễn Thị Hạnh xúc phạm mẹ tôi
Ông Bình say rượu trong giờ làm việc
Cán bộ say xỉn, nồng nặc mùi bia
Nhân viên tiếp nhận đe dọa tôi nếu phản ánh
Chị ấy dọa không trả hồ sơ
Anh Hùng sàm sỡ con gái tôi
Tôi bị cán bộ hành hung
Chuyên viên Trần Quốc Việt làm giả chữ ký
can bo sua ho so cua toi roi do loi
Anh Dũng tát tôi
Chị tóc ngắn đeo kính chửi dân
Người làm ở quầy 2 tên Hương. Chửi tôi trước mặt mọi người.
A. Khoa hách dịch
anh Khoa cứ bấm điện thoại, đuổi tôi về
Cán bộ địa chính Sơn ngâm hồ sơ của tôi ba tháng
công an Hải nạt nộ bà con
Trưởng thôn Bình ăn chặn tiền hỗ trợ
Chủ tịch Trần Bình tham ô
Ông Lê Văn Tám lừa đảo ba con
Bà Hoa khinh người nghèo
chú Tư nói tục chửi thề
đồng chí Nam thiếu tôn trọng người dân
nv tên Ngọc hành dân lên hành dân xuống
Anh T. ở quầy 1 quát nạt bà con
ông N.V.A hống hách
Cô Yến ném hồ sơ vào mặt tôi
cán bộ quấy rối tôi qua điện thoại
Nhân viên bán thông tin của dân
Tôi làm đơn tố cáo ông Khoa
Chị Ngân làm việc riêng, chen ngang cho người quen
Ông Y Blơk lăng mạ dân
Anh Páo mắng bà con
Cán bộ ăn bớt tiền hỗ trợ của dân
Phó chủ tịch Đỗ Hữu Phước trù dập người góp ý
Ông Phúc phòng địa chính chửi tôi ngu
Chị Hiền gắt gỏng với người già
Cán bộ Thảo nạt dân như nạt con
Bác sĩ Long ở trạm quát bệnh nhân
anh Tú uống rượu rồi mới vào làm
thai do cua chi Nhung rat te
Lê Thị Kim Ngân vô lễ với người lớn tuổi
Cô nhân viên tên Vy bấm điện thoại suốt
đề nghị kỷ luật anh Cường vì xúc phạm tôi
Người tên Đạt đánh tôi ngay tại quầy
Nhân viên bảo vệ xô ngã bà cụ
Cán bộ tư pháp làm giả giấy khai sinh
Tôi bị nhân viên quầy 5 sờ soạng
Có cán bộ nhắn tin gạ tình con gái tôi
Anh Phong, quầy 1, xưng mày tao với dân
Bà Trưởng phòng Nguyễn Thị Bé bao che cho cấp dưới
Chị Thu bảo tôi là đồ nhà quê
anh Sang noi tuc truoc mat phu nu
can bo Hung bo vi tri di uong ca phe ca buoi
Hỏi chị Oanh thì chị trả lời cộc lốc, khinh người ra mặt
Cán bộ say, nói năng lè nhè
cán bộ Quý ghi lùi ngày để hồ sơ tôi bị trễ
anh đeo kính quầy 3 coi thường dân
Ông Sơn. Hống hách, coi trời bằng vung.
Cậu Tiến đập bàn, chỉ tay vào mặt mẹ tôi
CHỊ MAI LA LỐI OM SÒM, CHỬI DÂN
ông Tám ấp 3 gian lận danh sách hộ nghèo
Tôi thấy cô Hà lấy trộm hồ sơ
Anh Long cố tình gây khó dễ
Bà Năm bán nước trước cổng lấn chiếm lối đi, xe không vào được
Anh Quân bên tư pháp hay nói xấu dân
tên Cường quầy 4 láo
Chị Bích Ngọc nói năng hỗn hào với ba tôi
Cô Liên cười nhạo chữ viết của mẹ tôi
nv Thắm chửi bậy
Ông Chủ tịch Lê Hoàng Nam bao che sai phạm
anh Hoà bỏ quầy đi chơi
Chú bảo vệ đánh con tôi
CHỊ THANH QUẦY 3 KHINH NGƯỜI
Anh Nghĩa làm mất hồ sơ của tôi rồi chối
Cán bộ nhậu say ngủ gục trên bàn
Anh Lộc nhìn ngực tôi, nói lời khiếm nhã
bà Phượng hét vào mặt tôi
Tôi rất bức xúc với anh Thịnh vì anh ấy xúc phạm cha tôi
Nguyen Van Hung hach dich
Ngô Thị Lành đuổi mẹ tôi ra ngoài
em Trang ở quầy 2 trả treo, vô lễ
công an viên tên Sự đe doạ gia đình tôi
ông Út ấp 2 chiếm đất công
Chị Vân cố ý làm mất giấy tờ
anh Kiên. Quát người già.
Cán bộ Y khoa trạm tên H'Nga mắng bệnh nhân
Trưởng công an xã dọa bắt tôi
chị Loan thái độ như bố thiên hạ
A Dũng với chị Hà cãi nhau, văng tục trước mặt dân
Anh Duy quát mẹ tôi đến phát khóc
Chị Thu Trang hách dịch lắm
can bo Phuong noi nang coc can voi nguoi gia
Ông Khánh (quầy 2) hỗn với dân
cô Diệp mặt nặng mày nhẹ, ném giấy tờ trả tôi
Bảo vệ tên Lực chửi tục
Anh Trung kế toán khai khống
Anh Hậu cầm điện thoại chơi game cả buổi
Trần Đình Phúc dọa đánh tôi
Nhân viên quầy 4 say rượu
Chị Ánh phân biệt đối xử người nghèo
ÔNG TOÀN XÚC PHẠM DANH DỰ TÔI
Chú Bảy bảo vệ xô tôi té
anh Hiếu bịa lý do để trả hồ sơ
chị Giang nạt con tôi
Nhân viên rình chụp ảnh tôi
tên Phát láo lếu
Lãnh đạo Nguyễn Bá Thanh Tùng bao che
Anh Vượng đưa người nhà vào làm trước
cán bộ Na coi khinh người dân tộc
bác Tư quầy 1 lèm bèm mắng dân
cô tên Xíu trù dập tôi
Cán bộ quấy rối
ông Đạo lợi dụng chức quyền
Anh Thái cáu gắt với dân
Lý Thị Mỵ quát bà con
bà Út nói dối tôi
cán bộ tên Ân hù doạ tôi
Chị Cẩm Tú thái độ khó chịu
Ông Lành ăn bớt gạo cứu trợ
nhan vien ten Loan bo ve som, chui dan
Anh Kha hất đổ hồ sơ của tôi
Hà Văn Đô hống hách
chị tóc xoăn quát tôi
Cán bộ mượn rượu chửi bới dân
anh Linh nhắn tin quấy rối em gái tôi
Cô Hằng làm ngơ, không tiếp tôi
cán bộ Lượng tự ý sửa giấy tờ
Chị Quyên to tiếng với người già
Anh Đăng hách dịch, coi dân như kẻ dưới
ông Thịnh chửi tôi là đồ ngu
cán bộ tên Hoà đe dọa
Lâm Thị Hồng vô trách nhiệm
Anh Toàn quát vào mặt vợ tôi
Bà Chín làm giả giấy tờ
chi Huong gat gong, khong ton trong dan
Chú Lâm say xỉn khi trực
cô Trà khinh thường người nghèo
anh bảo vệ đấm tôi
Cán bộ Tuyền bao che cho người nhà
Phạm Quang Huy lăng mạ tôi
nhân viên sàm sỡ vợ tôi
Anh Kỳ lừa tôi ký khống
""")
