"""Notes the desk should read: lawful fees, praise by name, plain rudeness of nobody named, and all the rest."""

from tests.rules.restricted_sentences import lines

HONEST = lines("""
thu lệ phí 8.000 đồng
Thu lệ phí 8.000 đồng đúng niêm yết
đóng 15 nghìn tiền photo
nộp phí 150k có biên lai
xin giấy xác nhận độc thân
Tôi đến đòi nợ mà không ai giải quyết
cảm ơn chị Lan nhiệt tình
Cảm ơn anh Khoa hướng dẫn rõ
yêu cầu nộp thêm bản sao
Cán bộ không vòi vĩnh, làm việc nhanh.
Không có tình trạng nhũng nhiễu.
Nộp tiền lệ phí phải sang quầy khác.
Yêu cầu nộp thêm giấy tờ ngoài quy định.
Nhận kết quả trong phong bì qua bưu điện.
Gợi ý thêm ghế ngồi và nước uống.
Trả lại tiền thừa đầy đủ, cảm ơn.
Chờ lâu, thái độ chưa tốt.
Anh Nam hướng dẫn rất tận tình.
Nhân viên quát mắng tôi
Nhân viên thái độ không tốt
can bo thai do khong tot
Ông Nguyễn Văn Bình không hách dịch.
Anh Tuấn vui vẻ, không cáu gắt, không làm khó dễ
Chị Hoa không đòi tiền, không nhận quà
Tôi gửi phong bì cảm ơn nhưng chị Lan không nhận
Xin hỏi thủ tục giải quyết khiếu nại, tố cáo.
Tôi khiếu nại quyết định thu hồi đất.
Xin cảm ơn cán bộ quầy 3
Đòi hỏi nhiều giấy tờ quá
Đổi tiền lẻ hơi khó, không có tiền thối
Đợi 2 tiếng mới tới lượt
doi 2 tieng moi toi luot
doi 30 phut
Anh Bình với chị Lan làm việc rất nhanh
anh binh voi chi lan lam viec nhanh
Mang hồ sơ đến anh Nam xem rất kỹ
Phí chứng thực 2.000 đồng một trang là hợp lý
Yêu cầu đóng 50 nghìn lệ phí cấp lại, có biên lai
Nộp phạt 200 nghìn vì khai sinh muộn
Chuyển khoản lệ phí 15.000 đồng qua mã QR rất tiện
Đóng 300 nghìn tiền bảo hiểm y tế ở đây được không
Xin hỗ trợ 500 nghìn cho hộ nghèo
Tôi xin lại 50 nghìn nộp thừa
Chị thu ngân trả lại 20 nghìn tiền thừa
Mất 30 nghìn tiền xe ôm mà phải quay lại lần nữa
Tôi tốn 200 nghìn tiền xăng vì đi lại ba lần
Chờ lâu, điều hòa hỏng, quạt không chạy
Ghế ít, người đông, anh bảo vệ giúp dắt xe
Cán bộ bảo tôi đến 3 giờ lấy kết quả
Chị bảo tôi chờ 10 phút
Bà con ở đây rất hài lòng
Anh Khoa quên trả bản chính, gọi lại liền
Hướng dẫn chưa rõ, phải đi lại nhiều lần
Trả kết quả trễ hẹn 3 ngày
Cần tổ chức bồi dưỡng nghiệp vụ cho cán bộ
Cán bộ trẻ cần được bồi dưỡng thêm kỹ năng giao tiếp
Mời uống nước, chỗ ngồi mát, rất chu đáo
Phát quà Tết cho hộ nghèo đúng hẹn
Nên có máy bán cà phê tự động
Phòng, chống tham nhũng phải làm thường xuyên
Nghiêm cấm cán bộ nhận hối lộ là đúng
Chưa bao giờ bị cán bộ làm khó
Ông Hùng trưởng phòng giải thích cặn kẽ
Chị Mai tư vấn kỹ, dễ hiểu, không phải đi lại
Đồng chí Nam rất lịch sự
Máy lấy số hỏng
mạng chậm, nộp hồ sơ trực tuyến bị lỗi
hình ảnh trên bảng bị mờ
phan anh cua toi chua duoc tra loi
Tôi là Nguyễn Văn An, hồ sơ chậm 5 ngày
Lệ phí hộ chiếu 200.000 đồng là bao gồm ảnh chưa?
In ảnh 30 nghìn ở tiệm bên cạnh
Thủ tục nhanh gọn, cảm ơn các anh chị
Chị Hương quầy 2 rất dễ thương
Anh Cường nhắc tôi bổ sung giấy tờ rất kỹ
Cán bộ Thảo hướng dẫn tận tâm
Lệ phí 75 nghìn hơi cao
Sao lệ phí nơi khác 50 nghìn mà ở đây 75 nghìn?
Cho hỏi đóng thuế đất 1,2 triệu ở đâu
Nộp 300.000 đồng tiền phạt chậm đăng ký tạm trú
tôi nộp 20k tiền photo ở tiệm ngoài
Photo 5 tờ mất 10 nghìn, nên có máy photo trong trung tâm
Phải mua hồ sơ 10 nghìn
Gửi xe 5 nghìn đắt quá
Bãi xe thu 10k là quá cao
Xin nước uống cho người già
Xin thêm quạt
Cho tôi xin số điện thoại của quầy
Xin cấp lại sổ hộ nghèo
Đòi tôi phải có bản gốc
Đòi tới 5 bản photo
Bắt tôi về lấy thêm giấy, mất cả buổi
Yêu cầu 2 ảnh 3x4 và 1 bản sao
Nhân viên mới chưa rành việc
Cán bộ làm chậm, chưa rõ quy trình
thái độ phục vụ kém
nhan vien khong nhiet tinh
nhan vien cau gat, khong chao hoi
Chị tiếp nhận hơi nóng tính
Bị quát vì xếp hàng sai chỗ
Chờ 2 tiếng mà 3 người chen ngang
Không ai đòi hỏi gì thêm, rất hài lòng
Không mất đồng nào, làm rất nhanh
Chẳng phải đưa tiền gì cả
Không có chuyện bồi dưỡng hay phong bì ở đây
Cán bộ từ chối nhận quà của tôi, đáng khen
Tôi tặng chị Hoa bó hoa cảm ơn
Anh Đức giúp tôi gửi bưu điện, phí 25 nghìn có hóa đơn
Chuyển khoản bị lỗi, trừ tiền hai lần
Nạp tiền trên cổng dịch vụ công không được
Tôi chuyển khoản 15 nghìn lệ phí cho quầy
Máy POS hỏng, phải trả tiền mặt
Chưa nhận được tiền trợ cấp tháng 6
Tiền mai táng phí nhận chậm
Nhận tiền hỗ trợ rất nhanh, cảm ơn chị Thu
Con tôi tên Nguyễn Minh Khoa, sai tên đệm trên giấy khai sinh
Giấy ghi sai tên chồng tôi là Trần Văn Hùng
Cụ Nguyễn Thị Tư 80 tuổi phải chờ lâu
Ông Tư già yếu mà không có ghế ngồi
Công an phường đã cấp lại căn cước nhanh
Phòng đông, nóng, có người say rượu vào làm phiền
Xử lý tin giả mạo cán bộ giúp dân với
Có kẻ gọi điện giả danh cán bộ lừa đảo, mong cảnh báo
Nhờ công an xử lý nạn cờ bạc ở xóm tôi
Đất nhà tôi bị hàng xóm lấn
Cán bộ vui tính, mời tôi ngồi uống nước
toi dong 8 nghin le phi, co bien lai
toi cho 3 tieng, mang ho so ve hai lan
co thai do tot, nhanh nhen
chi can bo nhac toi mang cmnd
ba con rat hai long
toi voi vo toi di 2 lan
Anh ơi cho em hỏi mấy giờ nghỉ
Em trình bày mãi mà không được giải quyết
Cần bố trí thêm 2 nhân viên
Thu lệ phí nhanh, có biên lai rõ ràng
Biên lai ghi 8.000 đồng, tôi nộp đúng 8.000 đồng
Lệ phí 8.000 đồng, tôi đưa 10.000 đồng, thối lại 2.000 đồng
Tôi đưa 50 nghìn, chị trả lại 35 nghìn
Anh Huy giúp bố tôi điền tờ khai
Chị Kim Chi xử lý hồ sơ trước hạn
Bác Sơn bảo vệ dắt xe giúp người già
Cô Hạnh bảo tôi ngồi chờ rồi gọi tên, rất lịch sự
Cán bộ Minh không ngại khó, làm cả trưa
Cảm ơn Nguyễn Thị Thu Hà đã hỗ trợ
em Trang dễ thương
Quầy 1 chậm, nhân viên ít
Máy lạnh hư, nóng nực
Bãi xe 5k/lượt
Giá photo 1.000 đồng/trang mắc hơn ngoài
Bảo hiểm xã hội 1,5 triệu tôi chưa nhận được
Tôi hỏi tiền thai sản bao giờ có
Tiền điện tháng này 700 nghìn, quầy điện lực giải thích rõ
Đóng học phí 300 nghìn ở quầy bưu điện nhanh
Đề nghị giảm lệ phí
Nộp hồ sơ 2 lần, mỗi lần mất 40 nghìn tiền xe
Phải xin nghỉ làm, mất 300 nghìn tiền công
Cho tôi xin lại bản gốc
Xin đừng bắt dân đi lại nhiều
bắt dân chờ lâu
nhân viên nói nhỏ quá không nghe
Hỏi thì trả lời cộc lốc
Nhân viên hách dịch
nv khó chịu, nói trống không
Thái độ coi thường dân
cán bộ ngủ gật
Không thấy cán bộ trực quầy
Bị chen ngang mà không ai nhắc
Nên tặng nước cho người chờ
Tôi được tặng quà nhân ngày 20/10, vui lắm
Được phát phong bì hồ sơ miễn phí
Cần phong bì để gửi kết quả về nhà
Cán bộ được tập huấn, bồi dưỡng nên làm tốt hơn
Cafe trong sảnh ngon
Xin góp ý: nên mở cửa thứ Bảy
Có 2 trăm người chờ mà chỉ 1 quầy
Tờ khai dài 5 trang
1 chai nước miễn phí, tuyệt
Mua 2 lít xăng mới tới nơi, xa quá
Anh chị em ở đây nhiệt tình
Ông bà già đi lại khó khăn
Chị tôi là Hoa bị từ chối hồ sơ
Tên đường Nguyễn Văn Cừ ghi sai trong giấy
Đường Lê Lợi lấn chiếm hết vỉa hè, khó gửi xe
Trường hợp của tôi được giải quyết ngay
Tôi tên Hùng, chờ 3 tiếng
con toi ten Bao, sai ngay sinh
chi mat 10 phut
co anh bao ve giup
ba toi 80 tuoi duoc uu tien
can bo huong dan tan tinh, khong gay kho de
khong ton dong nao, cam on chi Huong
Không phải nhờ vả ai, không quà cáp, rất minh bạch
Trước đây có nghe vòi vĩnh, nay không còn
Làm ăn tử tế, không ai vòi tiền
Tôi bị mất giấy tờ, công an phường giúp làm lại
Anh Tâm nhắc nhẹ tôi quên ký
Anh Duy làm nhanh, không phải chờ
Chị Thu Trang giải thích kỹ về lệ phí 28.000 đồng
Lệ phí đăng ký xe 50 nghìn, đóng ở quầy ngân hàng
Cán bộ thu đúng 8 nghìn, đưa biên lai ngay
Tôi quên mang tiền, anh Nam cho mượn 20 nghìn nộp lệ phí
Chị Hà nhặt được ví của tôi có 2 triệu, trả lại đầy đủ
Nộp hồ sơ từ tháng 3 đến nay chưa có
Bao giờ trả tiền đền bù đất 300 triệu
Tiền hỗ trợ hỏa táng 5 triệu chưa nhận
Nhân viên bưu điện thu cước 30 nghìn
Thu tiền mặt bất tiện, nên cho quét mã
Muốn nộp tiền thuế nhà đất
Cho hỏi đóng tiền rác ở đâu
Giá gửi xe ô tô 20 nghìn hơi cao
Lấy số thứ tự 3 lần
Quầy 3 làm nhanh nhất
Em bé khóc mà được ưu tiên, cảm ơn
Anh bảo vệ vui tính
Cán bộ trẻ nhưng rành việc
Chú bảo vệ mời uống trà
Cô lao công quét dọn sạch
Có wifi, nước uống miễn phí
Nên có quà cho trẻ em
Mang theo phong bì có tem
Xin mẫu đơn không có
Xin lỗi vì đánh giá nhầm
Tôi đánh nhầm nút
Mắng vốn chút: bãi xe chật
Ồn ào, có người la hét
Cán bộ la mắng, bực bội với dân
Nhân viên khó tính
can bo khong chao hoi
mat tien xe ma khong duoc viec
tra loi qua loa
qua dong, cho lau
toi khong hai long
nop phat 100k co bien lai
Đổi CCCD mất 2 tháng
Bị từ chối vì thiếu giấy
Yêu cầu photo 3 bộ
bắt làm lại từ đầu
Phải đi công chứng hết 60 nghìn
Dịch vụ photo gần đó lấy 2 nghìn một tờ
Anh Tùng hứa trả chiều nay mà chưa có
Chị Oanh nghỉ, không ai thay
Ông Phó chủ tịch tiếp dân đúng lịch
Bà Nguyễn Thị Sáu được hướng dẫn tận nhà
Tôi xin khen đồng chí Hưng
Không có gì phải chê
Không hề bị sách nhiễu, phiền hà
Chưa thấy ai đòi bồi dưỡng
Mong tăng lương cho cán bộ
Đường truyền kém
Loa gọi số nhỏ
Bàn viết thấp, bút hết mực
Nhà vệ sinh bẩn
Người già được ngồi trước
Lối đi xe lăn dốc
Biển chỉ dẫn khó thấy
Làm lại bằng lái hết 135.000 đồng
Chị Hằng tính lệ phí rất rõ
Anh Sơn đo đạc đúng hẹn
Đóng 5.000 đồng gửi xe
Chi phí đi lại tốn kém
Lần sau xin giải quyết nhanh hơn
Tôi trả 12 nghìn lấy bản sao
tra le phi qua momo bi loi
Lấy lại cọc 500 nghìn mất cả tuần
Bà bán nước ngoài cổng rất vui
Phải mua tem 4 nghìn
Mua đơn giá 2 nghìn
Sổ tiết kiệm 100 triệu cần xác nhận
xac nhan so du 50 trieu
Vay vốn 50 triệu hộ nghèo, chờ hai tháng
Nhà tôi thu nhập 3 triệu một tháng có được xét hộ nghèo không
Nhân viên quát tháo, la lối
Cán bộ làm khó dân
Chị Xuân giúp tôi đòi lại giấy tờ thất lạc
Anh Đại hoà nhã
Tôi tên Vũ Văn Mạnh, 70 tuổi, tai nặng, cần nói to
Con dấu bị mờ, phải đóng lại
Chờ từ 7 giờ đến 11 giờ
Nhắn tin báo kết quả rất tiện
ông xã tôi đi cùng mà phải đứng
Cảm ơn cán bộ đã không nhận quà
Anh Dương chỉ chỗ photo giá 500 đồng
Chị Nga hướng dẫn nộp 75.000 đồng qua cổng
Mất thời gian quá
Cán bộ chưa thân thiện
Nhân viên không nhìn mặt dân khi nói
Ông Thịnh giải quyết có tình có lý
Được hoàn 30 nghìn vì nộp nhầm
Tôi mất ví ở đây, có 500 nghìn, nhờ tìm giúp
""")
