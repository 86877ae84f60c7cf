"""Data by which a person can be reached or found: telephone, e-mail, identity number, bank account, home, link.

Patterns run over folded text (small letters without marks). Dates, hours, sums of money and numbers of documents are
put out of sight first, so that "ngày 05/07/2026 08:30" is no telephone number. A number and its unit stand in one line:
the next line of "STK 190345678" may begin with a lone "đ" that belongs to another word.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.moderation.rules.folding import Folded, Span

# ---- numbers ----

_NO_NUMBERS = re.compile(
    r"""
      \b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d\b          # a date
    | \b(?:19|20)\d\d-\d\d-\d\d\b                                    # a date, as machines write it
    | \b\d{1,2}[ ]?(?::|h|g|gio)[ ]?\d\d\b                            # an hour
    | \b\d+[/-](?:19|20)\d\d(?:[/-]|\b)                               # number and year of a document
    | (?<![\d.,])(?<!84[\s.)-])(?!0\d)\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?![.\d]) # thousands with dots
    # a sum, an amount
    | (?<!\d[\s.-])\b(?!0\d)\d[\d.,]*[ ]?
      (?:d(?![ .-][^\W\d_]\b)|dong|vnd|trieu|ty|nghin|ngan|%|m2|m3|ha|km|kg|tan|nguoi|ho)\b
    """,
    re.X,
)
_DIGIT_WORDS = {
    "khong": "0", "zero": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4",
    "nam": "5", "lam": "5", "sau": "6", "bay": "7", "tam": "8", "chin": "9",
}  # fmt: skip
_WRITTEN = re.compile(r"\d")
_SAID = re.compile(rf"\d|\b(?:{'|'.join(_DIGIT_WORDS)})\b")
# What people put between the figures of one number.
_BETWEEN = re.compile(r"[ .\-_/·•*,()–—|]{0,3}")
_MOBILE = re.compile(r"(?:(?:00)?840?|0)[35789]\d{8}")
_LANDLINE = re.compile(r"(?:(?:00)?84|0)2\d{9}")
# Three figures of the province (001 to 096), sex and century, year and six more (Circular 59/2021/TT-BCA, Đ2).
_CITIZEN = re.compile(r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}")
_IDENTITY_WORDS = re.compile(
    r"\b(?:cmnd|cmt|cmtnd|cccd|cc|can cuoc|chung minh|ho chieu|dinh danh|ma so dinh danh|so giay to)\b"
)
_BANK_WORDS = re.compile(
    r"\b(?:stk|tk|tai khoan|ck|chuyen khoan|vietcombank|vcb|agribank|bidv|vietinbank|techcombank|tcb|mb ?bank|sacombank"
    r"|acb|vpbank|tpbank|vib|shb|hdbank|ocb|msb|scb|momo|zalopay|vnpay|viettelpay|viettel money)\b"
)
_ACCOUNT_FIGURES = range(6, 20)
_NEAR = 45
_LETTER_O = re.compile(r"(?<![a-z0-9])[o](?=[\s.\-]?[35789][\s.\-]?\d)")


class _Number:
    """Figures that stand together in a text, and where each of them stands."""

    def __init__(self) -> None:
        self.digits = ""
        self.spans: list[tuple[int, int]] = []
        self.ends: set[int] = set()
        self.in_words = 0
        self.commas = False

    def take(self, figure: str, span: tuple[int, int], between: str) -> None:
        if between:
            self.ends.add(len(self.digits))
        self.commas = self.commas or "," in between
        self.in_words += len(figure) > 1
        self.digits += _DIGIT_WORDS.get(figure, figure)
        self.spans.append(span)

    @property
    def edges(self) -> set[int]:
        """How many figures stand before each place where a group, or the number, ends."""
        return self.ends | {len(self.digits)}

    def first(self, count: int) -> tuple[int, int]:
        """Where the first so many figures stand."""
        return self.spans[0][0], self.spans[count - 1][1]

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Places of the pattern that begin and end where groups of figures do."""
        for start in sorted(self.edges | {0}):
            match = pattern.match(self.digits, start)
            if match and match.end() in self.edges and self._likely(start, match.end()):
                yield self.spans[start][0], self.spans[match.end() - 1][1]

    def _likely(self, start: int, end: int) -> bool:
        """A list ("03, 05, 07, 08, 09") is no number: with commas between, groups of figures are longer."""
        cuts = sorted({start, end, *(edge for edge in self.ends if start < edge < end)})
        lengths = [b - a for a, b in zip(cuts, cuts[1:], strict=False)]
        return not self.commas or bool(self.in_words) or min(lengths) >= 3


def phones(folded: Folded) -> list[Span]:
    """Vietnamese telephone numbers however spelled: with +84, spaces, dots, a letter o for 0, or in words."""
    text = _LETTER_O.sub("0", folded.text)
    spans = [span for number in _numbers(text, _SAID) for span in number.found(_MOBILE)]
    spans += [span for number in _numbers(text) for span in number.found(_LANDLINE)]
    return _apart([folded.span(*_with_plus(folded.text, span)) for span in spans])


def identity_numbers(folded: Folded) -> list[Span]:
    """Numbers of identity cards: 12 figures built like one, or 9 or 12 figures after words such as "CCCD"."""
    spans: list[tuple[int, int]] = []
    for number in _numbers(folded.text):
        spans += number.found(_CITIZEN)
        if _after(_IDENTITY_WORDS, folded.text, number.spans[0][0]):
            spans += [number.first(length) for length in (12, 9) if length in number.edges][:1]
    return _apart([folded.span(*span) for span in spans])


def bank_accounts(folded: Folded) -> list[Span]:
    """Numbers of 6 to 19 figures after words such as "số tài khoản", or the name of a bank or wallet."""
    spans = []
    for number in _numbers(folded.text):
        lengths = [length for length in number.edges if length in _ACCOUNT_FIGURES]
        if lengths and not number.commas and _after(_BANK_WORDS, folded.text, number.spans[0][0]):
            spans.append(number.first(max(lengths)))
    return _apart([folded.span(*span) for span in spans])


@lru_cache(maxsize=32)
def _numbers(text: str, figure: re.Pattern[str] = _WRITTEN) -> tuple[_Number, ...]:
    """What ``_runs`` finds; several rules ask it of the same text."""
    return tuple(_runs(text, figure))


def _runs(text: str, figure: re.Pattern[str]) -> Iterator[_Number]:
    """Runs of figures in one line with nothing but separators between them."""
    text = _NO_NUMBERS.sub(lambda found: "#" * len(found[0]), text)
    number: _Number | None = None
    at = 0
    for found in figure.finditer(text):
        between = text[at : found.start()]
        if number is None or not _BETWEEN.fullmatch(between):
            if number is not None:
                yield number
            number, between = _Number(), ""
        number.take(found[0], found.span(), between)
        at = found.end()
    if number is not None:
        yield number


def _with_plus(text: str, span: tuple[int, int]) -> tuple[int, int]:
    first, end = span
    return (first - 1, end) if first and text[first - 1] == "+" else span


def _after(words: re.Pattern[str], text: str, place: int) -> bool:
    """Whether one of the words stands shortly before the place, in the same line."""
    return words.search(text[max(0, place - _NEAR) : place].rpartition("\n")[2]) is not None


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those inside one before."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda one: (one[0], -one[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


# ---- addresses of mail, of pages, of people ----

_ENDINGS = "com|net|org|edu|info|vn|biz|xyz|top|club|shop|store|online|site|asia|pro|dev|app"
_AT = r"\s?(?:@|\(at\)|\[at\]|\ba cong\b|\ba moc\b)\s?"
_DOT = r"\s?(?:\.|\(dot\)|\[dot\]|\bcham\b)\s?"
_LABEL = "[a-z0-9-]{1,63}"
# Each begins where no such run of letters goes on, and has an end: time grows with the text and no faster.
_EMAIL = re.compile(
    rf"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{{0,63}}(?:(?<=[a-z0-9])@{_LABEL}(?:\.{_LABEL}){{1,6}}"
    rf"|{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}?{_DOT}(?:{_ENDINGS})\b)"
)
_LINK = re.compile(
    rf"(?:https?://|hxxps?://|www\.)[^\s<>\"']+"
    rf"|(?<![\w@.-])(?:{_LABEL}\.){{1,8}}(?:{_ENDINGS})(?:/[^\s<>\"']*)?(?![\w@])"
    rf"|(?<![\w@.-])(?:{_LABEL}\.){{1,8}}(?:me|ly|to|io|cc|gg|tk|co|gl|link|live|win|bet|be)/[^\s<>\"']+"
)
_OFFICIAL = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){0,8}(?:gov|chinhphu|quochoi|baochinhphu)\.vn(?:[/?#:].*)?")
_TRAILING = ".,;:!?)]}…"
_TITLE = r"(?:ông|bà|anh|chị|cô|chú|bác|cậu|dì|mợ|em|cháu)"
_NAME = r"(?:[^\W\d_a-zà-ỹđ][^\W\d_]*)(?: [^\W\d_a-zà-ỹđ][^\W\d_]*){0,4}"
_LIVES = (
    r"(?:nhà ở|ngụ tại|ngụ ở|trú tại|cư trú|thường trú|tạm trú|địa chỉ|số nhà|nhà số|ở nhà|ở số|ở hẻm|ở ngõ|ở ngách"
    r"|ở kiệt)"
)
_PLACE = r"[^.;!?\n]{0,15}?\d[^.;!?,\n]{0,60}"
_HOME = re.compile(rf"(?i:\b{_TITLE}) {_NAME}[^.;!?\n]{{0,30}}?(?i:\b{_LIVES})\b{_PLACE}")
_HOUSE_OF = re.compile(rf"(?i:\b(?:nhà|hộ) {_TITLE}) {_NAME},? (?:\(|ở )?(?i:số|hẻm|ngõ|ngách|kiệt|đường){_PLACE}")


def emails(folded: Folded) -> list[Span]:
    """Addresses of mail, written as usual or with "a còng" and "chấm"."""
    return _apart(folded.spans(_EMAIL))


def links(folded: Folded) -> list[Span]:
    """Addresses of pages, except those of the State, which people rightly cite."""
    text = _unmarked(folded)
    found = []
    for hit in _LINK.finditer(text):
        link = hit[0].rstrip(_TRAILING)
        if not _OFFICIAL.fullmatch(link) and len(link) > 3:
            found.append(folded.span(hit.start(), hit.start() + len(link)))
    mails = emails(folded)
    return _apart(span for span in found if not any(first <= span[0] < end for first, end in mails))


def home_addresses(folded: Folded) -> list[Span]:
    """Where a named person lives: "bà Lê Thị Hoa, nhà số 12 hẻm 3". A place without a name is no such thing."""
    text = folded.original
    return _apart(hit.span() for pattern in (_HOME, _HOUSE_OF) for hit in pattern.finditer(text))


def _unmarked(folded: Folded) -> str:
    """The folded text, with letters that bore marks put out of sight: "bố.Mẹ" is no address of a page."""
    return "".join(
        letter if folded.original[place].isascii() else ("¤" if letter.isalpha() else letter)
        for letter, place in zip(folded.text, folded.places, strict=True)
    )
