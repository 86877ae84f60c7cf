"""Cutting the text of a draft into Phần, Chương, Mục, Điều, Khoản, Điểm, as such texts really come.

Nothing is lost: the words of the pieces, one after another, are the words of the text. Whatever cannot be told
for sure stays in the piece before it; a person sees the outcome and mends it.
"""

import re
from collections.abc import Sequence

from app.consultations.rules import layout, markers
from app.consultations.rules.anchors import with_anchors
from app.consultations.rules.blocks import Block
from app.consultations.rules.markers import ARTICLE, CLAUSE, GROUPS, LEAD, PART, POINT, Marker
from app.consultations.rules.numerals import following_letters, roman_value
from app.consultations.rules.pieces import HEADING, NUMBER, SplitPiece
from app.lib.text import fold

_SHORT_TITLE = 120
_LONG_TITLE = 300
_PASSED = re.compile(r"(nghi quyet|quyet dinh)( nay)?( da)? duoc (hoi dong nhan dan|hdnd|quoc hoi|uy ban)")
_SIGNS = re.compile(r"(?:(?:TM|KT|TL|TUQ|T/M|K/T|Q)[.\s]\s*.*|(?:PHÓ\s+)?CHỦ TỊCH.*|CHỦ TỌA.*)")
_FURTHEST = 200


def split(blocks: Sequence[Block]) -> list[SplitPiece]:
    """The pieces of a text, with anchors as of a first version."""
    return with_anchors(split_plain(blocks))


def split_plain(blocks: Sequence[Block]) -> list[SplitPiece]:
    """The pieces of a text, without anchors."""
    splitter = _Splitter(layout.wrapped_width(blocks))
    quoted = layout.quoted_lines(blocks)
    for place, block in enumerate(blocks):
        splitter.take(block, quoted=place in quoted)
    return splitter.finish()


class _Draft:
    """A piece being read: its paragraphs, and how many of them, from the first, stand in the looks of a heading."""

    def __init__(self, level: str, number: str = "", strong: bool = False) -> None:
        self.level, self.number, self.strong = level, number, strong
        self.titled = False
        self.lines: list[list[str]] = []

    @property
    def paragraphs(self) -> list[str]:
        return [layout.glued(lines) for lines in self.lines]

    def begin(self, line: str) -> None:
        """A new paragraph."""
        self.lines.append([line])

    def piece(self) -> SplitPiece:
        heading, rest = self._heading()
        return SplitPiece(self.level, self.number, heading, "\n".join(rest))

    def _heading(self) -> tuple[str, list[str]]:
        paragraphs = self.paragraphs
        first, rest = (paragraphs or [""])[0], paragraphs[1:]
        if self.level in GROUPS:
            return self._group_heading(paragraphs)
        if self.titled and self._is_title(first, bool(rest)):
            return first, rest
        return "", paragraphs

    def _is_title(self, first: str, more: bool) -> bool:
        if self.strong:
            return len(first) <= HEADING
        if self.level != ARTICLE:
            return False
        whole_sentence = first.endswith((".", ";"))
        return len(first) <= (_SHORT_TITLE if whole_sentence and more else 0 if whole_sentence else _LONG_TITLE)

    def _group_heading(self, paragraphs: list[str]) -> tuple[str, list[str]]:
        """Titles of chapters often stand on lines of their own, in capitals."""
        taken: list[str] = []
        for paragraph in paragraphs:
            if taken and not (markers.is_capitals(paragraph) and markers.is_capitals(taken[-1])):
                break
            if paragraph.endswith((".", ";")) or len(" ".join([*taken, paragraph])) > _LONG_TITLE:
                break
            taken.append(paragraph)
        return " ".join(taken), paragraphs[len(taken) :]


class _Splitter:
    """Reads line after line; knows what is open."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.done: list[SplitPiece] = []
        self.open = _Draft(LEAD)
        self.before: Block | None = None
        self.ended = False
        self.article: int | None = None
        self.part = ""
        self.clauses: list[str] = []
        self.point = ""

    def take(self, line: Block, *, quoted: bool) -> None:
        marker = None if quoted else markers.find_marker(line.text)
        if marker is not None and len(marker.number) <= NUMBER and self._begins(marker, line):
            self._begin(marker, line)
        elif not self.ended and not quoted and self._is_over(line):
            self._close()
            self.ended, self.open = True, _Draft(LEAD)
            self.open.begin(line.text)
        else:
            self._add(line)
        self.before = line

    def finish(self) -> list[SplitPiece]:
        self._close()
        return self.done

    # ------------------------------------------------------------------------------------------- pieces

    def _begin(self, marker: Marker, line: Block) -> None:
        self._close()
        level, number = marker.level, marker.number
        if self._is_free_numeral(marker):
            # Nothing says "Phần" there: the number keeps its point, and is shown alone.
            level, number = PART, f"{number}."
        self.open = _Draft(level, number, line.strong)
        if marker.rest:
            self.open.begin(marker.rest)
            self.open.titled = True
        self.ended, self.point = False, ""
        if level == CLAUSE:
            deep = markers.depth(marker.number)
            self.clauses = [number for number in self.clauses if markers.depth(number) < deep] + [marker.number]
        elif level == POINT:
            self.point = marker.number
        else:
            self.clauses = []
            self.part = number if level == PART else self.part
            self.article = int(re.sub(r"\D", "", marker.number)) if level == ARTICLE else self.article

    def _add(self, line: Block) -> None:
        """A line that begins nothing goes on in its paragraph, or is the next paragraph of what is open."""
        lines = self.open.lines
        if not lines and self.open.level == ARTICLE:
            # "Điều 5." alone on its line: its title is the next one.
            self.open.titled, self.open.strong = True, self.open.strong and line.strong
        if lines and self.before is not None and layout.goes_on(self.before, line, self.width):
            lines[-1].append(line.text)
        else:
            self.open.begin(line.text)

    def _close(self) -> None:
        if self.open.level != LEAD or self.open.lines:
            self.done.append(self.open.piece())

    # ------------------------------------------------------------------------------------------- decisions

    def _begins(self, marker: Marker, line: Block) -> bool:
        """Whether a line in the form of a beginning is one, at this place."""
        if self._breaks_off(marker) and not line.strong:
            return False
        if marker.level in GROUPS:
            return self._group_begins(marker, line)
        if marker.level == ARTICLE:
            return self._article_begins(marker, line)
        if self.ended:
            return False
        return self._clause_begins(marker, line) if marker.level == CLAUSE else self._point_begins(marker)

    def _group_begins(self, marker: Marker, line: Block) -> bool:
        alone = not marker.rest or marker.sign in (".", ":", "-", "–", "—") or markers.is_capitals(marker.rest)
        return self._rested() and (alone or line.strong or marker.shouted)

    def _article_begins(self, marker: Marker, line: Block) -> bool:
        plain = bool(marker.sign in (".", ":", "-", "–", "—") or not marker.rest)
        if not (plain or line.strong or marker.shouted):
            return False
        following = int(re.sub(r"\D", "", marker.number)) == (self.article or 0) + 1
        return self._rested() or (following and plain)

    def _clause_begins(self, marker: Marker, line: Block) -> bool:
        if markers.is_numeral(marker.number):
            return self._numeral_begins(marker, line)
        if not self._inside():
            return False
        if self._follows(marker.number):
            return True
        return self._rested() and self._is_near(marker.number)

    def _numeral_begins(self, marker: Marker, line: Block) -> bool:
        """ "I." is a part outside articles and a clause inside; anything but the next one in turn is a letter."""
        value = roman_value(marker.number) or 0
        looks = line.strong or markers.is_capitals(marker.rest) or self._rested()
        return looks and marker.sign != ")" and value == self._last_numeral() + 1

    def _point_begins(self, marker: Marker) -> bool:
        if not self._inside():
            return False
        expected = marker.number in following_letters(self.point) if self.point else marker.number == "a"
        if marker.sign == ")":
            return expected or self._rested()
        return expected and self._rested()

    def _inside(self) -> bool:
        """Whether something is open in which clauses and points may stand: not the head of a text."""
        return self.open.level != LEAD

    def _is_free_numeral(self, marker: Marker) -> bool:
        return marker.level == CLAUSE and markers.is_numeral(marker.number) and self.article is None

    def _last_numeral(self) -> int:
        if self.article is not None:
            return roman_value(self.clauses[0]) or 0 if self.clauses else 0
        return roman_value(self.part.rstrip(".")) or 0

    def _follows(self, number: str) -> bool:
        """Whether the number is the next in turn: 1 first, then 2; inside 2 comes 2.1, then 2.2."""
        parts = number.split(".")
        same = [n for n in self.clauses if markers.depth(n) == len(parts) and not markers.is_numeral(n)]
        if same and same[-1].split(".")[:-1] == parts[:-1]:
            return int(parts[-1]) == int(same[-1].split(".")[-1]) + 1
        above = ".".join(parts[:-1])
        return parts[-1] == "1" and (not above or above in self.clauses)

    def _is_near(self, number: str) -> bool:
        """A number out of turn, as misprints and second lists have it; years and sums are none."""
        parts = number.split(".")
        if len(parts) > 1:
            return parts[0] in self.clauses
        return 0 < int(parts[0]) <= _FURTHEST

    def _rested(self) -> bool:
        """Whether what stands before is over: a sentence, a heading, or the label of a piece alone."""
        if self.before is None:
            return True
        text = self.before.text
        if layout.ends_sentence(text) or self.before.strong or markers.is_capitals(text) or not self.open.lines:
            return True
        return not self.width or len(text) < self.width * 0.72

    def _breaks_off(self, marker: Marker) -> bool:
        if self.before is None or self.before.strong:
            return False
        refers = layout.refers_to_article if marker.level == ARTICLE else layout.refers
        return refers(self.before.text)

    def _is_over(self, line: Block) -> bool:
        """Whether the provisions end here: signature, addressees, or the sentence that tells of the passing."""
        if self.before is None or (not self.done and self.open.level == LEAD):
            return False
        text = fold(line.text)
        if text.startswith("noi nhan") or self.before.text.rstrip("*_ ").endswith("./."):
            return True
        if markers.is_capitals(line.text) and _SIGNS.fullmatch(line.text):
            return True
        bare = self.open.level == ARTICLE and len(self.open.lines) <= 1
        return bool(_PASSED.match(text)) and not (bare and self._titled_only())

    def _titled_only(self) -> bool:
        """An article of which only the title was read: the sentence is what it says."""
        return not self.open.lines or bool(self.open.piece().heading)
