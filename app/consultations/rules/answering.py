"""What an answer must hold, and what must be answered before the table is published (Law Đ28)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Refusal, WrongMoment
from app.lib.i18n import N_

LONGEST_SUMMARY = 2000
LONGEST_TEXT = 5000
LONGEST_PLACE = 200
SHORTEST_REASON = 20
"""Letters of an explanation that says something."""

WHOLE = "chung"
"""How the whole draft is called in an address, where articles are called by their anchors."""


class Outcome(StrEnum):
    """What became of an opinion."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    EXPLAINED = "explained"
    NOTED = "noted"


OUTCOME_NAMES = {
    Outcome.ACCEPTED: N_("Tiếp thu"),
    Outcome.PARTLY: N_("Tiếp thu một phần"),
    Outcome.EXPLAINED: N_("Giải trình (không tiếp thu)"),
    Outcome.NOTED: N_("Ghi nhận"),
}
OUTCOME_KINDS = {Outcome.ACCEPTED: "good", Outcome.PARTLY: "info", Outcome.EXPLAINED: "warn", Outcome.NOTED: ""}
# Whoever is not followed, or not wholly, is told why.
REASON_NEEDED = frozenset({Outcome.PARTLY, Outcome.EXPLAINED})
STATUS_NAMES = {
    "": N_("Chưa giao"),
    "assigned": N_("Đang soạn"),
    "drafted": N_("Chờ duyệt"),
    "approved": N_("Đã duyệt"),
}
STATUS_KINDS = {"": "", "assigned": "info", "drafted": "warn", "approved": "good"}


@dataclass(frozen=True)
class Draft:
    """What a person writes into one row of the table; counts are never written by anybody."""

    summary: str
    outcome: str
    text: str
    final_place: str = ""


@dataclass(frozen=True)
class Section:
    """One row of the table: a group of opinions, or what is in no group of an article (``group_id`` None).

    ``entries`` counts opinions as they came, ``people`` those who stand behind them. ``needs_answer`` is False where
    people only agreed and said nothing more. ``newer``: something came after the answer was approved.
    ``title``: how people call the row.
    """

    anchor: str
    group_id: int | None
    entries: int
    people: int
    needs_answer: bool
    status: str = ""
    due_on: date | None = None
    approved_on: date | None = None
    newer: bool = False
    title: str = ""

    @property
    def key(self) -> str:
        """How the row is called in an address: ``nhom-12``, ``dieu-5`` or ``chung``."""
        return section_key(self.anchor, self.group_id)

    def late(self, today: date) -> bool:
        """Whether it was approved after its day, or its day has passed without approval."""
        return self.due_on is not None and self.due_on < (self.approved_on or today)


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way of publishing; ``section`` is the key of the row, or empty."""

    key: str
    sentence: str
    section: str = ""
    row: str = ""
    count: int = 0

    def refusal(self) -> WrongMoment:
        return WrongMoment(self.sentence, row=self.row, count=self.count)


def section_key(anchor: str, group_id: int | None) -> str:
    """The key of a row, for addresses."""
    return f"nhom-{group_id}" if group_id is not None else (anchor or WHOLE)


def read_key(key: str) -> tuple[str, int | None]:
    """The article's anchor and the group a key names; for a group the anchor is empty and to be looked up."""
    digits = key.removeprefix("nhom-")
    if digits != key and digits.isascii() and digits.isdigit() and len(digits) < 10:
        return "", int(digits)
    return ("" if key == WHOLE else key), None


def faults(draft: Draft) -> list[Refusal]:
    """Everything wrong with a draft, each at its field."""
    found: list[Refusal] = []
    if not draft.summary:
        found.append(Refusal(N_("Tóm tắt người dân nói gì."), field="summary"))
    if draft.outcome not in list(Outcome):
        found.append(Refusal(N_("Chọn tiếp thu, tiếp thu một phần, giải trình hoặc ghi nhận."), field="outcome"))
    if not draft.text:
        found.append(Refusal(N_("Viết câu trả lời cho người góp ý."), field="text"))
    elif draft.outcome in REASON_NEEDED and len(draft.text) < SHORTEST_REASON:
        found.append(
            Refusal(N_("Nói rõ lý do không tiếp thu, hoặc không tiếp thu hết. Ít nhất %(least)d chữ cái."),
                    field="text", least=SHORTEST_REASON)
        )  # fmt: skip
    return found


def what_prevents_publishing(sections: Sequence[Section], *, waiting: int, suggested: int) -> list[Problem]:
    """Everything that keeps the table from being published; the whole table goes out at once, or nothing does.

    ``waiting``: comments no moderator has decided about; ``suggested``: groups no person has decided about.
    """
    found: list[Problem] = []
    if waiting:
        found.append(Problem("waiting", N_("Còn %(count)d ý kiến chưa kiểm duyệt xong."), count=waiting))
    if suggested:
        found.append(
            Problem("suggested", N_("Còn %(count)d nhóm ý kiến do máy gợi ý, chưa có người xem."),
                    count=suggested)
        )  # fmt: skip
    unanswered = N_("%(row)s: có ý kiến chưa được trả lời.")
    unapproved = N_("%(row)s: câu trả lời chưa được người thứ hai duyệt.")
    newer = N_("%(row)s: có ý kiến đến sau khi duyệt. Gỡ duyệt, xem lại rồi duyệt lần nữa.")
    for section in sections:
        if section.status == "drafted":
            found.append(Problem("approve", unapproved, section.key, section.title))
        elif section.status == "approved" and section.newer:
            found.append(Problem("newer", newer, section.key, section.title))
        elif section.status != "approved" and section.needs_answer:
            found.append(Problem("answer", unanswered, section.key, section.title))
    return found


def late_days(due_on: date | None, published_on: date | None, today: date) -> int:
    """How many days after its day a table was published, or is overdue by ``today``; 0 when in time or without one."""
    return max(0, ((published_on or today) - due_on).days) if due_on is not None else 0


def count_late(sections: Iterable[Section], today: date) -> int:
    """How many rows were approved after their day or are overdue."""
    return sum(section.late(today) for section in sections)
