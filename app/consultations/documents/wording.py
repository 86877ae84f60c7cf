"""Words the papers of a consultation share: always Vietnamese, whatever the reader's language."""

from app.consultations.documents.facts import AnswerFacts, TableFacts
from app.consultations.rules.answering import OUTCOME_NAMES, Outcome
from app.documents.blocks import OfficialHeading
from app.documents.dates import place_and_date
from app.documents.text import clean
from app.lib.calendar import format_number

LEGAL_BASIS = "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 ngày 10 tháng 11 năm 2022, các điều từ 25 đến 29"
NOT_PUBLISHED = "BẢN LÀM VIỆC, CHƯA CÔNG BỐ"
NOT_APPROVED = "(chưa duyệt)"


def heading(facts: TableFacts, *, number: bool = True) -> OfficialHeading:
    """The heading of Decree 30/2020/NĐ-CP; number and day are written by hand when the paper is signed."""
    return OfficialHeading(
        authority=clean(facts.authority).upper(),
        issuer=clean(facts.issuer).upper(),
        number="Số: ……/BC-UBND" if number else "",
        place_and_date=place_and_date(clean(facts.place), None),
    )


def subject(facts: TableFacts) -> str:
    """Return "Dự thảo: …" on one line."""
    title = clean(facts.title)
    return title if title.casefold().startswith("dự thảo") else f"Dự thảo: {title}"


def number(entries: int, people: int) -> str:
    """Return "12 ý kiến", and the people where a meeting spoke as one."""
    said = f"{format_number(entries)} ý kiến"
    return said if entries == people else f"{said} của {format_number(people)} người"


def outcome(row: AnswerFacts) -> str:
    """The outcome in words; one nobody has approved says so."""
    name = OUTCOME_NAMES[Outcome(row.outcome)] if row.outcome else ""
    return name if row.approved else f"{name} {NOT_APPROVED}".strip()
