"""The list a commune begins with: words that offend, to be pointed out to a moderator and never refused by themselves.

``exact`` words count only with their own marks, because without them they are honest words ("các", "đi", "lớn"). The
others count without marks too: as a whole, never with other marks ("mặt dày" is not "mất dạy").
"""

from dataclasses import dataclass

from app.lib.text import fold


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase as it is written, folded, and whether only this spelling counts."""

    folded: str
    word: str
    exact: bool


_EXACT = """
địt | đụ | đéo | đếch | lồn | cặc | buồi | đĩ | điếm | cứt | đm | đcm | đmm | đkm | đụ má | đụ mẹ | mẹ mày | má mày
bố mày | mất dạy | đồ ngu | ngu xuẩn | ngu dốt | ngu như | đồ điên | thằng điên | con điên | đồ chó | thằng chó
lũ chó | bọn chó
chó má | đồ súc vật | lũ súc vật | bọn súc vật | lũ giòi bọ | bọn mọi | lũ mọi | thằng mọi | mọi rợ | ăn cứt | ngậm mồm
câm mồm | câm họng | đồ khùng | thằng khùng | đồ óc chó | thằng óc chó | lũ óc chó | bố láo | láo toét | vô học
"""
_FOLDED = """
khốn nạn | súc sinh | địt mẹ | địt con mẹ | cái lồn | đồ đĩ | vcl | vkl | clgt | dkm | dcm | cmnr | loz | lìn | lozz
cặk | kặc | óc lợn | đồ mất dạy | lũ mất dạy | bọn mất dạy | thằng mất dạy | đồ khốn | thằng khốn | đồ rác rưởi
lũ rác rưởi | chó đẻ mày
"""


def _words(lines: str, *, exact: bool) -> tuple[Word, ...]:
    parts = (part.strip() for line in lines.strip().splitlines() for part in line.split("|"))
    return tuple(Word(fold(part), part, exact) for part in parts)


DEFAULT_WORDS = _words(_EXACT, exact=True) + _words(_FOLDED, exact=False)
