"""Mending by hand what was cut by rule: two pieces made one, one made two, a piece called something else."""

import re
from dataclasses import replace

from app.consultations.rules import markers
from app.consultations.rules.markers import ARTICLE, CLAUSE, GROUPS, LEAD, LEVELS, POINT
from app.consultations.rules.numerals import ROMAN, ordinal_value
from app.consultations.rules.pieces import HEADING, NUMBER, SplitPiece
from app.core.errors import Refusal
from app.lib.i18n import N_

_SHAPES = {
    ARTICLE: (re.compile(r"\d{1,4}[a-zđ]{0,2}"), N_("Số của điều là chữ số, ví dụ 5 hoặc 5a.")),
    CLAUSE: (re.compile(rf"\d{{1,3}}(\.\d{{1,2}}){{0,3}}|{ROMAN}"), N_("Số của khoản là chữ số, ví dụ 2 hoặc 2.1.")),
    POINT: (re.compile("([a-zđ])\\1?"), N_("Điểm được gọi bằng chữ cái, ví dụ a hoặc đ.")),
}
_GROUP = re.compile(rf"\d{{1,3}}|{ROMAN}\.?")
_GROUP_FAULT = N_("Số của phần, chương, mục là chữ số hoặc số La Mã, ví dụ 2 hoặc II.")


def merged(before: SplitPiece, piece: SplitPiece) -> SplitPiece:
    """The first piece with the words of the second after its own, its label and heading as they stand."""
    return replace(before, text="\n".join(filter(None, [before.text, piece.words])))


def cut(piece: SplitPiece, line: int, level: str, number: str) -> tuple[SplitPiece, SplitPiece]:
    """The piece up to one of its lines (the first is 0), and a new piece from there on.

    Where the line begins with a label of the level, the label becomes the number, unless another is asked for.
    """
    lines = piece.text.split("\n")
    if not (0 if piece.heading else 1) <= line < len(lines):
        raise Refusal(N_("Chọn dòng bắt đầu đoạn mới."), field="line")
    rest = lines[line:]
    marker = markers.find_marker(rest[0])
    if marker is not None and marker.level == level and number in ("", marker.number):
        number, rest = marker.number, [*filter(None, [marker.rest]), *rest[1:]]
    number = checked_number(level, number)
    heading = ""
    if level in (*GROUPS, ARTICLE) and len(rest) > 1 and len(rest[0]) <= HEADING and not rest[0].endswith((".", ";")):
        heading, rest = rest[0], rest[1:]
    return replace(piece, text="\n".join(lines[:line])), SplitPiece(level, number, heading, "\n".join(rest))


def checked_number(level: str, number: str) -> str:
    """The number as it is kept; raises ``Refusal`` at ``level`` or ``number`` for one that does not fit."""
    if level not in LEVELS:
        raise Refusal(N_("Chọn loại: phần, chương, mục, điều, khoản hay điểm."), field="level")
    if level == LEAD:
        return ""
    number = " ".join(number.split()).rstrip("):" if level in GROUPS else ".):")
    shape, fault = _SHAPES.get(level, (_GROUP, _GROUP_FAULT))
    fits = shape.fullmatch(number) or (level in GROUPS and ordinal_value(number))
    if not number or not fits or len(number) > NUMBER:
        raise Refusal(fault, field="number")
    return number
