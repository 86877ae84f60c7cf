"""Putting lines together again: texts come with sentences broken at the width of a page, or whole."""

import re
from collections.abc import Sequence

from app.consultations.rules.blocks import Block
from app.consultations.rules.markers import find_marker, is_capitals

_TERMINAL = re.compile(r"[.;:!?…][\"”’')\]*]*$")
_LIST_MARK = re.compile(r"[-–—+•*▪◦]\s*\S|\([ivx0-9a-z]{1,4}\)\s")
_JOINT = r"(?:^|[\s(,])(?:và|hoặc|hay|tại|của|theo|từ|đến|các|những|là|bằng|trên|dưới|hơn)$|[(/]$"
_UNIT = r"(?:^|(?:tại|theo|và|hoặc|các|của|đến|từ|quy định|,)\s+)(?:khoản|điểm|điều|mục|chương|phần)"
_DAY = r"(?<!hằng)(?<!hàng)(?<!trong)(?<!mỗi)\s(?:ngày|tháng)(?:\s+\d{1,2}\s+tháng)?$"
_PAPER = r"(?:nghị định|nghị quyết|quyết định|thông tư|luật|chỉ thị|kết luận|tờ trình|văn bản|báo cáo|mẫu|biểu) số$"
_REFERS = re.compile(f"{_JOINT}|{_UNIT}$|{_DAY}|{_PAPER}", re.IGNORECASE)
_REFERS_TO_ARTICLE = re.compile(
    r"(?:^|[\s(,])(?:khoản|điểm|mục|điều)\s+(?:\d+(?:\.\d+)*|[a-zđ]|[IVX]+)$|,$", re.IGNORECASE
)
_OPENING, _CLOSING = ("“", '"', "«"), re.compile(r"[”\"»][.;,]*$")
_FULL = 0.72
_SHARE = 0.15
_FEW = 6
_LONGEST_QUOTATION = 400


def ends_sentence(text: str) -> bool:
    """Whether a sentence, or what introduces a list, is over at the end of the line."""
    return bool(_TERMINAL.search(text))


def refers(text: str) -> bool:
    """Whether the line breaks off where a number must follow: "theo quy định tại khoản", "ngày 17 tháng"."""
    return bool(_REFERS.search(text.rstrip()))


def refers_to_article(text: str) -> bool:
    """Whether an article must follow by its number: "quy định tại khoản 2"."""
    return refers(text) or bool(_REFERS_TO_ARTICLE.search(text.rstrip()))


def begins_list_item(text: str) -> bool:
    """Whether the line is an item of a list with dashes or the like."""
    return bool(_LIST_MARK.match(text))


def wrapped_width(blocks: Sequence[Block]) -> int:
    """The width at which a text is broken into lines, in characters; 0 for a text in whole paragraphs."""
    pairs = [(a, b) for a, b in zip(blocks, blocks[1:], strict=False) if not b.joined and not find_marker(b.text)]
    broken = [a for a, b in pairs if b.text[:1].islower() and not ends_sentence(a.text)]
    if len(broken) < _FEW or len(broken) < _SHARE * len(pairs):
        return 0
    lengths = sorted(len(a.text) for a in broken)
    return lengths[len(lengths) // 2]


def goes_on(before: Block, line: Block, width: int) -> bool:
    """Whether the line goes on in the paragraph that ends with the line ``before``."""
    if begins_list_item(line.text):
        return False
    if line.joined:
        return True
    if ends_sentence(before.text) or before.strong != line.strong:
        return False
    if is_capitals(before.text):
        return False
    return line.text[:1].islower() or (width > 0 and len(before.text) >= _FULL * width and not is_capitals(line.text))


def glued(lines: Sequence[str]) -> str:
    """The lines of a paragraph as one; a range broken at its dash ("2021-", "2025") becomes whole."""
    parts: list[str] = []
    for place, line in enumerate(lines):
        whole = place > 0 and line[:1].isdigit() and re.fullmatch(r".*\d[-–]", lines[place - 1][-3:])
        parts += [line] if whole or not place else [" ", line]
    return "".join(parts)


def quoted_lines(blocks: Sequence[Block]) -> set[int]:
    """The places of lines inside a quotation of other provisions, as amending texts hold them.

    It begins with a line such as “Điều 5. … that follows a colon, and ends with the line that closes the quotation.
    One that is never closed is no quotation.
    """
    found: set[int] = set()
    for place, block in enumerate(blocks):
        if place not in found and place and _opens(blocks[place - 1].text, block.text):
            end = next((n for n in range(place, min(len(blocks), place + _LONGEST_QUOTATION))
                        if _CLOSING.search(blocks[n].text)), None)  # fmt: skip
            if end is not None:
                found.update(range(place, end + 1))
    return found


def _opens(before: str, text: str) -> bool:
    return before.rstrip().endswith(":") and text.startswith(_OPENING) and find_marker(text[1:].lstrip()) is not None
