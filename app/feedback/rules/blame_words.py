"""Words of blame, as people write them; after ``!`` only with their marks (see ``wording.either``)."""

RUDE = """
chửi | chửi bới | chửi mắng | chửi thề | chửi rủa | văng tục | nói tục | tục tĩu | !quát | quát tháo | quát nạt
| quát mắng | quát tôi | quát dân | quát vào | quát lớn | !mắng | mắng mỏ | mắng chửi | mắng tôi | mắng dân | la mắng
| la lối | la hét | hét vào | hét tôi | nạt nộ | !nạt | !gắt | gắt gỏng | cáu gắt | cáu kỉnh | cáu bẳn | hách dịch
| cửa quyền | lộng quyền | hống hách | vênh váo | lên mặt | coi thường | khinh thường | khinh bỉ | khinh khi
| khinh dân | khinh người | !khinh | xem thường | coi rẻ | coi khinh | sỉ nhục | làm nhục | nhục mạ | lăng mạ
| lăng nhục | xúc phạm | hạ nhục | thóa mạ | mạt sát | miệt thị | kỳ thị | kì thị | phân biệt đối xử
| phân biệt giàu nghèo | vô lễ | mất dạy | bố láo | !láo | hỗn láo | láo toét | láo xược | xấc xược | hỗn hào
| thô lỗ | cộc cằn | cục cằn | cộc lốc | thiếu tôn trọng | không tôn trọng | bất lịch sự | thiếu lịch sự
| mất lịch sự | vô văn hóa | kém văn hóa | thiếu văn hóa | vô ý thức | vô cảm | thái độ xấu | thái độ tệ
| thái độ rất tệ | thái độ quá tệ | thái độ tồi | thái độ lồi lõm | thái độ kém | thái độ rất kém | thái độ khó chịu
| thái độ không tốt | thái độ không đúng mực | thái độ chưa đúng mực | thái độ chưa tốt | thái độ không chuẩn mực
| thái độ hằn học | thái độ bực bội | thái độ không hay | thái độ rất xấu | thái độ rất khó chịu
| thái độ trịch thượng | thái độ thiếu | thái độ phục vụ kém | thái độ phục vụ tệ | thái độ gay gắt | tỏ thái độ
| có thái độ với | trịch thượng | hằn học | hạch sách | hoạnh họe | hạch hỏi | làm khó | gây khó dễ | gây khó khăn
| làm khó dễ | gây phiền hà | hành dân | hành tôi | hành hạ | ngâm hồ sơ | om hồ sơ | dìm hồ sơ | giam hồ sơ
| vô trách nhiệm | tắc trách | thiếu trách nhiệm | đùn đẩy | bỏ vị trí | bỏ trực | bỏ quầy | ngủ gật | ngủ trong giờ
| chơi game | chơi điện tử | lướt điện thoại | bấm điện thoại | chơi điện thoại | làm việc riêng | trốn việc
| nói dối | nói láo | thiên vị | ưu ái | chen ngang | nhận người quen trước | làm cho người quen trước | ném hồ sơ
| vứt hồ sơ | quăng hồ sơ | ném giấy | vứt giấy | quăng giấy | ném vào | ném trả | đập bàn | chỉ mặt
| chỉ tay vào mặt | vào mặt tôi | đuổi tôi | đuổi dân | đuổi khách | đuổi về | đuổi ra | mày tao | xưng mày
| gọi tôi là thằng | gọi tôi là con | chê bai | cười nhạo | nhạo báng | dè bỉu | trêu ghẹo | nói trống không | bố đời
| bố tướng | nói móc | nói xéo | mỉa mai | chế giễu | lấn chiếm | ngoại tình | bồ bịch | bẻ hành bẻ tỏi | vòi vĩnh
| nhũng nhiễu | sách nhiễu | !chảnh | khó ưa | không coi dân ra gì | hành là chính | đồ nhà quê | đồ ngu | đồ dốt
| thằng ngu | con ngu | ngu như | ngu quá | tôi ngu | khiếm nhã | làm mất hồ sơ | làm mất giấy tờ | đuổi mẹ
| đuổi cha | đuổi người | đuổi bà | đuổi ông | !hỗn | bịa lý do | bịa lí do | kiếm cớ | đổ lỗi | người nhà vào trước
| đưa người nhà | đưa người quen | to tiếng | lớn tiếng | hất đổ hồ sơ | hất hồ sơ | làm ngơ | bịa chuyện | vu oan
| dọa tôi | dọa dân | !dọa | nói xấu | bất nhã | vô học | ngu dốt | !ác !ý
"""
GRAVE = """
đánh tôi | đánh người | đánh dân | đánh con tôi | đánh chồng tôi | đánh vợ tôi | đánh mẹ tôi | đánh cụ | đánh đập
| hành hung | tát tôi | tát vào | !tát | đấm tôi | đấm vào | đạp tôi | xô đẩy | xô ngã | xô tôi | đẩy ngã | túm áo
| túm cổ | nắm cổ áo | bóp cổ | dùng vũ lực | đe dọa | dọa nạt | dọa đánh | dọa đuổi | dọa bắt | dọa giam | dọa không
| dọa hủy | dọa sẽ | hăm dọa | đe nẹt | uy hiếp | khủng bố | trả thù | trù dập | trả đũa | quấy rối | gạ gẫm
| gạ tình | sàm sỡ | sờ soạng | sờ mó | sờ tay | sờ đùi | ôm tôi | động chạm | đụng chạm | !dâm | cưỡng ép | làm giả
| giả mạo | khai khống | khai man | sửa hồ sơ | sửa số liệu | sửa ngày | sửa điểm | sửa chữ ký | tự ý sửa | tẩy xóa
| ký khống | ký thay | ký giả | giả chữ ký | chữ ký giả | lập khống | gian lận | gian dối | đánh tráo | tráo hồ sơ
| bao che | tiếp tay | bảo kê | tham nhũng | tham ô | tham lam | ăn chặn | ăn bớt | ăn tiền | ăn đút | bớt xén
| chiếm đoạt | lừa đảo | lừa dân | lừa tôi | lừa tiền | ăn cắp | ăn trộm | ăn cướp | lấy trộm | biển thủ | rút ruột
| bòn rút | trục lợi | lạm quyền | lạm dụng chức quyền | lợi dụng chức vụ | lợi dụng chức quyền | cướp đất
| chiếm đất | tiết lộ thông tin | làm lộ thông tin | bán thông tin | lộ thông tin của tôi | !rình | chụp lén
| quay lén | say rượu | say xỉn | say mèm | say bia | say khướt | uống say | nhậu say | nồng nặc | mùi rượu | mùi bia
| hơi men | hơi rượu | uống rượu | uống bia | nhậu trong giờ | nhậu nhẹt | !xỉn | đánh bạc | đánh bài | cờ bạc
| chơi bài | ma túy | phê thuốc | bôi nhọ | vu khống | hối lộ | tống tiền | xã hội đen | cho vay nặng lãi | chạy chức
| buôn lậu | thông đồng | mượn rượu | lè nhè | lùi ngày | cố tình làm trễ | cố ý làm sai | cố tình làm sai | móc nối
| cấu kết | ém hồ sơ | hủy hồ sơ của
"""
# Nobody does these but a person at the counter, named or not.
GRAVE_ALONE = """
bị hành hung | bị quấy rối | bị sàm sỡ | bị sờ soạng | bị gạ gẫm | bị gạ tình | bị tát | bị đe dọa | bị dọa đánh
| bị hăm dọa | bị tống tiền | bị trù dập | giả chữ ký của | giả mạo chữ ký
"""
PRAISE = """
cảm ơn | cám ơn | nhiệt tình | tận tình | tốt bụng | dễ thương | lịch sự | vui vẻ | chu đáo | khen | tuyệt vời
| hài lòng | thân thiện | rất tốt | dễ hiểu | hòa nhã | niềm nở
"""
DESCRIBED = """
đeo kính | đeo kiếng | tóc ngắn | tóc dài | tóc xoăn | tóc nhuộm | tóc bạc | đầu hói | mặc áo | áo trắng | áo xanh
| áo đỏ | áo hồng | áo vàng | hơi mập | béo béo | mập mập | người mập | người béo | người gầy | cao cao | lùn
| có râu | có nốt ruồi | giọng bắc | giọng trung | giọng huế | lớn tuổi ngồi | trẻ ngồi
"""
BAD = """
rất tệ | quá tệ | tệ quá | tệ hại | !tệ | rất xấu | !xấu | kém | !tồi | tồi tệ | khó chịu | không tốt | chưa tốt
| không đúng mực | chưa đúng mực | thiếu chuẩn mực | không chuẩn mực | không ra gì | trịch thượng | hằn học
| khó nghe | thiếu văn minh | bề trên | không thể chấp nhận | không chấp nhận được | như bố thiên hạ | như ban ơn
| không phải phép
"""
