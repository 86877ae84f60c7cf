"""The list of representatives who took part (NĐ59 Đ5.6), sent with the minutes; never what each chose.

It is sorted by household, not by time: the order of casting would say too much. Staff only, not for the web.
"""

import re
from collections.abc import Sequence

from app.documents import docx, pdf
from app.documents.blocks import Column, Document, Facts, Paragraph, Place, Run, Signatures, Table, Title
from app.documents.dates import official_moment
from app.documents.text import breakable
from app.polls.documents import wording
from app.polls.documents.facts import InconsistentFacts, ParticipantRow, ResultFacts, VoteFacts, check_together


def participants_pdf(vote: VoteFacts, result: ResultFacts, rows: Sequence[ParticipantRow]) -> bytes:
    """The list as PDF. Raises InconsistentFacts unless there are as many rows as households that took part."""
    return pdf.render_document(participants(vote, result, rows))


def participants_docx(vote: VoteFacts, result: ResultFacts, rows: Sequence[ParticipantRow]) -> bytes:
    """The list as DOCX, with the words of the PDF. Raises as `participants_pdf`."""
    return docx.render_document(participants(vote, result, rows))


def participants(vote: VoteFacts, result: ResultFacts, rows: Sequence[ParticipantRow]) -> Document:
    """What both files say."""
    check_together(vote, result)
    if len(rows) != result.participated:
        raise InconsistentFacts("The list does not hold as many households as took part.")
    doing = wording.take_part(vote)
    signatories = result.signatories
    return Document(
        title=f"Danh sách đại diện hộ gia đình tham gia {doing}: {breakable(vote.title)}",
        heading=wording.heading(vote.area, "", "", result.decided_on),
        blocks=(
            Title(f"DANH SÁCH ĐẠI DIỆN HỘ GIA ĐÌNH THAM GIA {doing.upper()}", breakable(wording.subject(vote))),
            _explanation(vote),
            _table(rows),
            Facts(
                (
                    ("Số đại diện hộ gia đình tham gia", f"{wording.figure(len(rows))} hộ"),
                    ("Tổng số hộ gia đình", f"{wording.figure(vote.households)} hộ"),
                )
            ),
            Signatures(
                (
                    Place(
                        title="TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",
                        name=breakable(signatories.front) or wording.NOT_WRITTEN,
                    ),
                    Place(
                        title=breakable(signatories.head_title).upper(),
                        name=breakable(signatories.head) or wording.NOT_WRITTEN,
                    ),
                )
            ),
        ),
        footer=f"Mã kiểm tra nội dung {wording.act(vote)}: {wording.short_hash(vote.definition_sha256)}",
        size=13,
    )


def _explanation(vote: VoteFacts) -> Paragraph:
    text = (
        f"Từ {official_moment(vote.opens_at)} đến {official_moment(vote.closes_at)}. Danh sách ghi hộ đã tham gia,"
        " không ghi lựa chọn. Danh sách gửi kèm biên bản; không niêm yết, không đưa lên mạng."
    )
    return Paragraph(runs=(Run(text),))


def _table(rows: Sequence[ParticipantRow]) -> Table:
    ordered = sorted(rows, key=lambda row: (_natural(row.household_number), row.representative, row.address))
    return Table(
        columns=(
            Column(heading="STT", width=1, align="center"),
            Column(heading="Hộ số", width=1.4, align="center"),
            Column(heading="Họ và tên đại diện", width=4.6),
            Column(heading="Địa chỉ thường trú", width=6),
        ),
        rows=tuple(
            (
                str(place),
                breakable(row.household_number),
                breakable(row.representative),
                breakable(row.address),
            )
            for place, row in enumerate(ordered, start=1)
        ),
        size=12,
    )


def _natural(number: str) -> list[tuple[int, int, str]]:
    """Household 2 before household 10, and 10 before 10A."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", number)
    return [(0, int(digits), "") if digits else (1, 0, letters) for digits, letters in parts]
