"""What a vote sounds like over the loudspeaker, a statutory channel (Law Đ12; NĐ59 Đ5.6).

One sentence a line, twenty words at most, numbers and hours in words. The question of the vote is read as it
was put: only its numbers change.
"""

from app.documents.speech import number_words, speakable, spoken_moment, spoken_phone
from app.documents.text import clean, clean_lines
from app.polls.documents import wording
from app.polls.documents.facts import Kind, ResultFacts, VoteFacts, check_together


def loudspeaker_text(vote: VoteFacts) -> str:
    """The announcement before and during a vote."""
    doing = wording.take_part(vote)
    lines = [
        "Kính thưa toàn thể bà con.",
        f"{_capital(_area(vote))} tổ chức {wording.act(vote)} trực tuyến.",
        "Nội dung như sau.",
        _sentence(vote.question),
        f"Thời gian bắt đầu: {spoken_moment(vote.opens_at)}.",
        f"Hạn cuối là {spoken_moment(vote.closes_at)}.",
        f"Mỗi hộ gia đình có một phiếu, do đại diện hộ {doing}.",
        f"Toàn {speakable(clean(vote.area.kind))} có {number_words(vote.households)} hộ.",
        *_threshold(vote),
        f"Bà con quét mã trên phiếu mã của hộ mình để {doing}.",
        "Mã đó thay cho phiếu của hộ, xin đừng đưa cho người khác.",
        *_help(vote),
        "Xin trân trọng cảm ơn bà con.",
    ]
    return "\n".join(lines) + "\n"


def loudspeaker_result_text(vote: VoteFacts, result: ResultFacts) -> str:
    """The announcement of the result; without exact numbers where those could betray a household.

    Raises InconsistentFacts where vote and result do not fit together.
    """
    check_together(vote, result)
    lines = [
        "Kính thưa toàn thể bà con.",
        f"Sau đây là kết quả {wording.act(vote)} trực tuyến của {_area(vote)}.",
        "Nội dung như sau.",
        _sentence(vote.question),
        f"Tổng số hộ là {number_words(vote.households)} hộ.",
        f"Số hộ tham gia là {number_words(result.participated)} hộ.",
        *(_figures(result) if result.publish_exact else _withheld()),
        *_verdict(vote, result),
        f"Bà con xem kết quả tại bảng tin của {speakable(clean(vote.area.kind))}.",
        "Xin trân trọng cảm ơn bà con.",
    ]
    return "\n".join(lines) + "\n"


def _area(vote: VoteFacts) -> str:
    return speakable(f"{clean(vote.area.in_sentence)}, {clean(vote.area.commune)}")


def _threshold(vote: VoteFacts) -> list[str]:
    if vote.needed is None:
        return []
    least = f"ít nhất {number_words(vote.needed)} hộ đồng ý"
    if vote.kind is Kind.BINDING:
        return [f"Nội dung được thông qua khi có {least}."]
    return [f"Kết quả đạt khi có {least}."]


def _help(vote: VoteFacts) -> list[str]:
    lines = []
    if vote.help_place:
        lines.append("Bà con cần giúp đỡ, mời đến địa điểm sau.")
        lines.extend(_sentence(part) for part in clean(vote.help_place).split(", "))
    if vote.help_phone:
        lines.append(f"Số điện thoại giúp đỡ: {spoken_phone(vote.help_phone)}.")
    return lines


def _figures(result: ResultFacts) -> list[str]:
    lines = [
        f"Số hộ đồng ý là {number_words(result.agree)} hộ.",
        f"Số hộ không đồng ý là {number_words(result.disagree)} hộ.",
        f"Số hộ có ý kiến khác là {number_words(result.other)} hộ.",
    ]
    if result.invalid:
        lines.append(f"Số phiếu không hợp lệ là {number_words(result.invalid)} phiếu.")
    return lines


def _withheld() -> list[str]:
    return ["Để giữ kín lựa chọn của từng hộ, số phiếu từng loại không đọc trên loa."]


def _verdict(vote: VoteFacts, result: ResultFacts) -> list[str]:
    if vote.needed is None:
        return []
    lines = [f"Số hộ đồng ý cần có ít nhất là {number_words(vote.needed)} hộ."]
    outcome = wording.outcome(vote, result).lower()
    if vote.kind is Kind.BINDING:
        return [*lines, f"Nội dung trên {outcome}."]
    return [*lines, f"Kết quả {outcome}."]


def _sentence(text: str) -> str:
    """Text of a person as sentences to read, ended where it ends with nothing."""
    said = speakable(" ".join(clean_lines(text))).replace("Ông/Bà", "ông bà")
    return _capital(said) if said.endswith((".", "?", "!")) else f"{_capital(said)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
