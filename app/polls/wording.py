"""What things are called: *biểu quyết* binds, *lấy ý kiến* does not, and an advisory poll is never called the first.

Every page, paper and message takes its words from here by the kind of the poll. The sentences are marked for
translation and translated where they are shown.
"""

from dataclasses import dataclass

from app.lib.i18n import N_
from app.polls.rules.facts import DECISION, ONLINE_CONSENT


@dataclass(frozen=True)
class Words:
    """The words of one kind, in small letters unless they begin a line (``title``, ``cast``)."""

    title: str
    thing: str
    act: str
    take_part: str
    ballot: str
    cast: str
    team: str
    explained: str


WORDS = {
    DECISION: Words(
        title=N_("Cuộc biểu quyết"),
        thing=N_("cuộc biểu quyết"),
        act=N_("biểu quyết"),
        take_part=N_("biểu quyết"),
        ballot=N_("phiếu biểu quyết"),
        cast=N_("Gửi phiếu biểu quyết"),
        team=N_("Tổ lấy ý kiến biểu quyết trực tuyến"),
        explained=N_("Kết quả là quyết định của cộng đồng dân cư."),
    ),
    ONLINE_CONSENT: Words(
        title=N_("Cuộc lấy ý kiến"),
        thing=N_("cuộc lấy ý kiến"),
        act=N_("lấy ý kiến"),
        take_part=N_("cho ý kiến"),
        ballot=N_("phiếu lấy ý kiến"),
        cast=N_("Gửi phiếu lấy ý kiến"),
        team=N_("Tổ lấy ý kiến trực tuyến"),
        explained=N_("Hỏi các hộ có đồng ý biểu quyết trực tuyến không. Cuộc này chưa quyết định việc gì."),
    ),
}
KIND_NAMES = {DECISION: N_("Biểu quyết"), ONLINE_CONSENT: N_("Lấy ý kiến về việc biểu quyết trực tuyến")}
LEVEL_NAMES = {"sealed": N_("Phiếu kín"), "open": N_("Phiếu công khai")}
LEVEL_SENTENCES = {
    "sealed": N_("Không ai xem được lựa chọn của từng hộ, kể cả cán bộ. Chỉ công bố tổng số."),
    "open": N_("Lựa chọn của từng hộ được ghi lại, như khi giơ tay tại cuộc họp."),
}
CUSTODY_SENTENCES = {
    "service": N_(
        "Khóa mở phiếu do hệ thống giữ, chỉ mở sau khi hết giờ và khi hai cán bộ của hai cơ quan cùng đồng ý."
    ),
    "holders": N_("Khóa mở phiếu do ba người giữ, cần hai người mới mở được sau khi hết giờ."),
}
CHANGE_SENTENCES = {
    True: N_("Được gửi lại cho đến khi hết giờ. Lần gửi cuối cùng được tính."),
    False: N_("Mỗi hộ gửi một lần. Đã gửi thì không đổi được."),
}
TEAM_BODIES = {
    "front": N_("Ban công tác Mặt trận"),
    "community": N_("Thôn, tổ dân phố"),
    "household": N_("Đại diện hộ gia đình"),
    "technical": N_("Người biết công nghệ thông tin"),
}

PLACES = {
    "board": N_("Niêm yết tại nhà văn hóa, điểm sinh hoạt cộng đồng"),
    "loudspeaker": N_("Đọc trên loa truyền thanh"),
    "group": N_("Gửi vào nhóm liên lạc của khu dân cư"),
}


def words(kind: str) -> Words:
    """The words of the kind of a poll."""
    return WORDS[kind]
