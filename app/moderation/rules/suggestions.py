"""What in a text a moderator should look at, each with the reason. A suggestion decides nothing.

The one thing refused without a person is a proven duplicate: the same words from the same device, long enough not to
be a coincidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.lib.i18n import N_
from app.moderation.rules import abuse, accusations, contacts, procedures
from app.moderation.rules.abuse_words import DEFAULT_WORDS, Word
from app.moderation.rules.folding import Folded, Span, fold, text_key

__all__ = ["LABELS", "WEIGHTS", "Recent", "Suggestion", "Word", "is_proven_duplicate", "risk", "suggest", "text_key"]

BURST = 5
BURST_MINUTES = 60
PROOF_WORDS = 8
"""A text of fewer words ("Đồng ý với điều này") may honestly be sent twice."""

WEIGHTS = {
    "phone": 30,
    "email": 30,
    "identity_number": 45,
    "bank_account": 45,
    "home_address": 25,
    "link": 20,
    "abuse": 35,
    "accusation": 45,
    "complaint": 25,
    "denunciation": 35,
    "same_text": 10,
    "duplicate": 50,
    "burst": 25,
}
LABELS = {
    "phone": N_("Số điện thoại"),
    "email": N_("Địa chỉ thư điện tử"),
    "identity_number": N_("Số căn cước"),
    "bank_account": N_("Số tài khoản"),
    "home_address": N_("Nơi ở của một người"),
    "link": N_("Đường dẫn"),
    "abuse": N_("Lời xúc phạm"),
    "accusation": N_("Quy kết người có tên"),
    "complaint": N_("Giống đơn khiếu nại"),
    "denunciation": N_("Giống đơn tố cáo"),
    "same_text": N_("Trùng lời với ý kiến khác"),
    "duplicate": N_("Gửi lặp lại"),
    "burst": N_("Gửi dồn dập"),
}
WHY = {
    "phone": N_("Có dãy số giống số điện thoại."),
    "email": N_("Có địa chỉ thư điện tử."),
    "identity_number": N_("Có dãy số giống số căn cước hoặc chứng minh nhân dân."),
    "bank_account": N_("Có dãy số giống số tài khoản ngân hàng hoặc ví điện tử."),
    "home_address": N_("Có nơi ở của một người được nêu tên."),
    "link": N_("Có đường dẫn tới trang khác."),
    "abuse": N_("Có từ trong danh sách từ xúc phạm: %(words)s."),
    "accusation": N_("Quy kết một người có tên: “%(name)s” cùng với “%(verb)s”."),
    "complaint": N_(
        "Giống đơn khiếu nại. Khiếu nại được giải quyết theo Luật Khiếu nại: gửi người đã ra quyết định, trong 90 ngày."
    ),
    "denunciation": N_(
        "Giống đơn tố cáo. Tố cáo được giải quyết theo Luật Tố cáo: gửi nơi có thẩm quyền, tên người tố cáo giữ kín."
    ),
    "same_text": N_("Trùng lời với %(count)s ý kiến khác trong 24 giờ qua."),
    "duplicate": N_("Cùng một máy đã gửi đúng lời này trong 24 giờ qua."),
    "burst": N_("Cùng một máy đã gửi %(count)s ý kiến trong %(minutes)s phút qua."),
}


@dataclass(frozen=True, slots=True)
class Recent:
    """Another text of the last 24 hours: of the same device, or with the same words in the same collection."""

    text: str
    same_device: bool
    minutes_ago: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``rule`` is a slug, ``why`` a sentence to translate with ``params``, ``spans`` [first, end) of the text."""

    rule: str
    why: str
    params: dict[str, Any] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()

    @property
    def weight(self) -> int:
        """What it adds to the risk, in points."""
        return WEIGHTS[self.rule]


_IN_TEXT: dict[str, Callable[[Folded], list[Span]]] = {
    "phone": contacts.phones,
    "email": contacts.emails,
    "identity_number": contacts.identity_numbers,
    "bank_account": contacts.bank_accounts,
    "home_address": contacts.home_addresses,
    "link": contacts.links,
    "complaint": procedures.complaints,
    "denunciation": procedures.denunciations,
}


def suggest(text: str, words: Sequence[Word] = DEFAULT_WORDS, recent: Sequence[Recent] = ()) -> list[Suggestion]:
    """Everything worth a look, the heaviest first. ``words`` replaces the default list of abusive words."""
    folded = fold(text)
    found = [_made(rule, _joined(spans)) for rule, find in _IN_TEXT.items() if (spans := find(folded))]
    found += _abuse(folded, words)
    found += [
        _made("accusation", _joined([one.name, one.verb]), name=text[slice(*one.name)], verb=text[slice(*one.verb)])
        for one in accusations.accusations(folded)[:1]
    ]
    found += _of_others(text, recent)
    return sorted(found, key=lambda one: -one.weight)


def risk(suggestions: Sequence[Suggestion]) -> int:
    """0 when nothing was found, at most 100."""
    return min(100, sum(one.weight for one in suggestions))


def is_proven_duplicate(text: str, recent: Sequence[Recent]) -> bool:
    """Whether the same device sent these very words within the last day, and they are no short formula."""
    key = text_key(text)
    if len(key.split()) < PROOF_WORDS:
        return False
    return any(other.same_device and text_key(other.text) == key for other in recent)


def _made(rule: str, spans: Sequence[Span], **params: Any) -> Suggestion:
    return Suggestion(rule, WHY[rule], params, tuple(spans))


def _abuse(folded: Folded, words: Sequence[Word]) -> list[Suggestion]:
    hits = abuse.abusive(folded, words)
    if not hits:
        return []
    named = ", ".join(dict.fromkeys(hit.word.word for hit in hits))
    return [_made("abuse", _joined([hit.span for hit in hits]), words=named)]


def _of_others(text: str, recent: Sequence[Recent]) -> list[Suggestion]:
    found: list[Suggestion] = []
    if is_proven_duplicate(text, recent):
        found.append(_made("duplicate", ()))
    key = text_key(text)
    same = [other for other in recent if not other.same_device and text_key(other.text) == key]
    if same:
        found.append(_made("same_text", (), count=len(same)))
    lately = sum(other.same_device and other.minutes_ago < BURST_MINUTES for other in recent)
    if lately >= BURST:
        found.append(_made("burst", (), count=lately, minutes=BURST_MINUTES))
    return found


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same places in order, those that touch made one."""
    joined: list[Span] = []
    for first, end in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((first, end))
    return tuple(joined)
