"""Words of a person who complains or denounces: these have laws of their own and are not opinions on a draft.

Speaking *about* complaints ("quyền khiếu nại", "giải quyết khiếu nại, tố cáo") is an opinion like any other.
"""

import re

from app.moderation.rules.folding import Folded, Span

_I = r"(?:toi|chung toi|gia dinh toi|ba con chung toi|gia dinh chung toi|nguoi dan chung toi|em|con|chau|minh)"
_WISH = r"(?:xin|muon|se|da|dang|lam don|gui don|viet don|nop don|quyet dinh|yeu cau|can|phai|de nghi duoc|de)"
_SPOKEN_OF = re.compile(
    r"(?:giai quyet|quyen|thoi han|thoi hieu|luat|quy dinh ve|tiep nhan|xu ly|nhan|phan loai|thu tuc|trinh tu|viec|ve"
    r"|nguoi|so|cac|moi|nhung|tham quyen|co quan|trach nhiem|can bo nhan|hom thu|tinh hinh)(?: cac| moi| nhung)? $"
)


def _pattern(verb: str, objects: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{_I}(?: {_WISH}){{0,3}} (?P<a>{verb})"
        rf"|(?P<b>don(?: xin)? {verb})"
        rf"|(?P<c>{verb}) (?:{objects}))(?!\w)"
    )


_DECISION = (
    "quyet dinh|hanh vi hanh chinh|ket qua|ubnd|uy ban|viec thu hoi|viec den bu|viec boi thuong|viec cap|ve viec"
    "|muc den bu"
)
_PERSON = r"ong|ba|can bo|chu tich|pho chu tich|bi thu|truong thon|to truong|hanh vi|cong an|ke toan|lanh dao|ten"
_COMPLAINT = _pattern("khieu nai|khieu kien|khoi kien", _DECISION)
_DENUNCIATION = _pattern("to cao|to giac|keu cuu", _PERSON)


def complaints(folded: Folded) -> list[Span]:
    """Where somebody complains of a decision (Luật Khiếu nại số 02/2011/QH13, Điều 7, Điều 9)."""
    return _found(folded, _COMPLAINT)


def denunciations(folded: Folded) -> list[Span]:
    """Where somebody denounces a person (Luật Tố cáo số 25/2018/QH14, Điều 9, Điều 22)."""
    return _found(folded, _DENUNCIATION)


def _found(folded: Folded, pattern: re.Pattern[str]) -> list[Span]:
    spans = []
    for hit in pattern.finditer(folded.text):
        name = next(key for key, value in hit.groupdict().items() if value)
        first, end = hit.span(name)
        if name == "a" or not _SPOKEN_OF.search(folded.text[max(0, first - 30) : first]):
            spans.append(folded.span(first, end))
    return spans
