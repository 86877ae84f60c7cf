"""Words of Vietnamese names, and words that follow a title without being one; ``!`` as in ``wording.either``.

``SURE`` are given names that are no other word after "co", "chi", "ba", "chu" written without marks. ``PAIRS`` begin
like a given name and are none.
"""

FAMILY = """
nguyễn | trần | phạm | !hoàng | huỳnh | !phan | !vũ | !võ | !đặng | bùi | !đỗ | !ngô | !dương | !lý | !đinh | trịnh
| !đoàn | !lâm | !lê | !hồ | !trương | !tạ | !đào | !hà | !tô | !tống | !lương | !châu | !vương | !thái | !quách
| !triệu | !kiều | !nông | !hứa | !lò | !giàng | !đàm | !lục | !thạch | !danh | !sầm | !quàng | !mai
"""
ANY_FAMILY = """
nguyễn | trần | phạm | hoàng | huỳnh | phan | vũ | võ | đặng | bùi | đỗ | ngô | dương | lý | đinh | trịnh | đoàn
| lâm | lê | hồ | mai | trương | tạ | đào | hà | tô | tống | lương | châu | vương | cao | chu | đàm
"""
MIDDLE = """
văn | thị | hữu | đức | ngọc | quang | xuân | đình | bá | thế | quốc | kim | hồng | tuấn | gia | mạnh | trọng
| thùy | phương | bích | mỹ | duy | minh | thanh | thu | hoàng | anh | như | hải | nhật | trung | việt | tấn | khắc
| viết | cao | thúy | tuyết | diệu | kiều | lan | bảo | thành | phúc | phước | hoài | mai | tiến | vĩnh
"""
GIVEN = """
anh | bảo | bắc | bách | bình | bích | bền | cẩm | châu | chí | chiến | chinh | chung | chuyên | chương | cúc
| cường | diễm | diệp | diệu | dinh | dũng | dung | duy | duyên | dương | đại | đạt | đăng | điệp | đoàn | đông | đức
| gấm | giang | giàu | hà | hạ | hải | hân | hằng | hạnh | hào | hảo | hậu | hiền | hiển | hiệp | hiếu | hoa | hòa
| hoài | hoan | hoàn | hoàng | hồng | huân | huệ | hùng | huy | huyền | huỳnh | hưng | hương | hường | hữu | kha
| khải | khang | khanh | khánh | khiêm | khoa | khôi | kiên | kiệt | kiều | kỳ | lam | lan | lành | lâm | lân | lệ
| lê | lịch | liên | liễu | linh | loan | lộc | long | luân | luận | lương | lưu | ly | lý | mai | mạnh | mẫn | mận
| mến | minh | mơ | mùi | my | mỹ | nam | nga | ngà | ngân | nghĩa | ngọc | ngoan | nguyên | nguyệt | nhàn | nhân
| nhạn | nhật | nhi | nhiên | nhung | như | nhựt | ninh | nụ | oanh | phát | phi | phong | phú | phúc | phụng | phước
| phương | phượng | quân | quang | quảng | quế | quốc | quý | quyên | quyền | quyết | quỳnh | sang | sáu | sen | sinh
| sơn | sương | tài | tâm | tân | tấn | thạch | thái | thắm | thảo | thành | thanh | thắng | thăng | thêu | thìn
| thiện | thịnh | thoa | thọ | thơm | thơ | thông | thu | thuận | thúy | thùy | thủy | thương | thư | tiến | tiệp
| tín | tình | toàn | trà | trang | trâm | trân | tri | trí | trinh | trọng | trúc | trung | trường | tú | tuấn | tuệ
| tùng | tuyên | tuyền | tuyết | tường | tý | uyên | vân | vi | viên | việt | vinh | vĩnh | vũ | vui | vượng | vy
| vỹ | xuân | xuyến | yên | yến | út | đào | đan | bửu | nhã | thụy | thục | na | xíu | bé | sự | páo | mị | mỵ | tèo
| tí | lài | nết | nhài | bưởi | hợi | tuất | ái | diệm
"""
NO_NAMES = """
ấy | ta | này | kia | nọ | đó | nào | em | chị | anh | ông | bà | cô | chú | bác | cậu | con | cháu | tôi | mình
| chúng | là | làm | thì | mà | và | với | có | không | chưa | đã | đang | sẽ | vẫn | còn | cũng | đều | rất | quá
| lại | cứ | mới | vừa | bị | được | phải | nên | cần | muốn | đòi | vòi | xin | yêu | bắt | ép | nói | hỏi | bảo tôi
| kêu | gọi | quát | mắng | chửi | nạt | dọa | đe | gắt | hét | la | lúc | khi | sau | trước | trong | ngoài | ở
| tại | từ | đến | về | ra | vào | lên | xuống | đi | đứng | ngồi | trực | tiếp | nhân | cán | công | bảo vệ | quầy
| bàn | phòng | nhận | trả | thu | ghi | ký | xem | cho | của | để | như | vì | do | nhưng | hay | hoặc | nếu | thật
| tự | chỉ | ai | gì | đây | đấy | vậy | thế | hướng | giải | hồ | sơ | mặt | thái | người | dân | trẻ | già | lớn
| nhỏ | đeo | mặc | tóc | cao | thấp | béo | mập | gầy | sĩ | giáo | thím | dì | nội | ngoại | chồng | vợ | hai bên
| nhà | họ | các | những | mọi | bên | kế | chủ | phó | trưởng | giám | chuyên | viên | nữ | nam giới | rằng | cố
| coi | khinh | xúc | lăng | gây | ném | vứt | quăng | đập | đánh | tát | đuổi | hách | cửa | say | uống | nhậu | ngủ
| chơi | bấm | nhìn | thấy | biết | hiểu | giúp | nhắc | chờ | đợi | hẹn | tham | lừa | ăn | lấy | cầm | gợi | đưa
| kẹp | gửi | tên | luôn | hơi | khá | chẳng | hết | xong | rồi | nữa | thêm | chút | ít | nhiều | một | hai người
| ba người | mấy | vài | nhiệt | tận | vui | lịch | ảnh | chế | lên tiếng | bực | khó | dễ | hỗ | trợ | ngày | hôm
| nay | qua | bán | mua | đồng | địa | lãnh | sếp | ơi | à | ạ | nha | nhé | thuế | đất | trên | dưới | hàng | xóm
| tổ | xã | phường | huyện | tỉnh | ủy | ban | đội | nhóm | bất | vô | thiếu | coi thường | hành | thường | tới
| định | tính | toán | trình | hợp | lập | tư vấn | bỏ | kéo | mở | đóng | bước | cười | giận | giục | bận | nghỉ
| dùng
"""
PAIRS = """
thông báo | tư vấn | tư pháp | y tá | y tế | y sĩ | y kiến | thông cảm | thông tin | hoàn thành | hoàn toàn
| toàn bộ | quyết định | thu tiền | thu lệ phí | thu phí | thu hồ sơ | thu ngân | thu của | hướng dẫn | chi tiền
| chi trả | trình bày | bình thường | tiến hành | tình cảm | an ninh | an toàn | bảo vệ | bảo hiểm | trung tâm
| trung niên | sang năm | thái độ | hương ước | giàu có | hải quan | tài chính | tài nguyên | thanh tra | thanh toán
| thanh niên | thành phố | thành viên | phương án | đăng ký | đăng kí | kỳ thị | lợi dụng | giang hồ | đại diện
| nhật ký | sáu mươi | thư ký | quyền lợi | tín dụng | sinh năm | tiên tiến | liên hệ | liên tục | nhân viên
| nhân dân | thương binh | minh bạch | quân sự | trường hợp | tài khoản | vui vẻ | tài xế | hiền lành | thơ ấu
| hòa nhã | hạnh phúc | kiên nhẫn | kiên quyết | phụ trách | hậu cần | bảo mật | hiếu học | như thế | làm khó
| làm việc | làm chậm | làm giả | làm ngơ | làm mất | làm nhục | làm riêng | làm trễ | như vậy | hải sản
"""
SURE = """
lan | hoa | hương | hường | mai | hồng | huệ | thúy | thủy | thùy | nga | yến | tuyết | nhung | thảo | trang | linh
| oanh | phương | phượng | ngọc | nguyệt | loan | kim | bích | khoa | hùng | tuấn | vinh | cường | khánh | kiệt
| hằng | hạnh | trinh | trâm | trân | quỳnh | liên | liễu | duyên | diễm | diệp | vy | xuân | xuyến | hà | huyền | my
| nhi | như | châu | hiền | giang | ngân | tâm | phúc | thanh
"""
