"""The list a team walks with: who got which slip, when, and the signature for it."""

from collections.abc import Iterable, Sequence

from app.documents import pdf
from app.documents.blocks import (
    Column,
    Document,
    Facts,
    Paragraph,
    Place,
    Run,
    Signatures,
    Table,
    Title,
)
from app.documents.dates import local
from app.documents.text import breakable
from app.polls.documents import wording
from app.polls.documents.facts import SlipFacts, VoteFacts

_BLANK = "…………"
_ROW_MM = 9.0  # room for a signature


def delivery_list_pdf(vote: VoteFacts, slips: Sequence[SlipFacts]) -> bytes:
    """The delivery list in the order of the slips' positions; deliveries already recorded are filled in.

    Raises ValueError for no slips at all.
    """
    if not slips:
        raise ValueError("There are no slips to deliver.")
    return pdf.render_document(_document(vote, sorted(slips, key=lambda slip: slip.position)))


def _document(vote: VoteFacts, slips: Sequence[SlipFacts]) -> Document:
    act = wording.act(vote)
    delivered = sum(slip.delivered_at is not None for slip in slips)
    return Document(
        title=f"Danh sách giao phiếu mã {act}: {breakable(vote.title)}",
        heading=wording.heading(vote.area, "", "", vote.announced_on),
        blocks=(
            Title("DANH SÁCH GIAO PHIẾU MÃ", f"{act.capitalize()} trực tuyến: {breakable(vote.title)}"),
            Paragraph(
                runs=(
                    Run(
                        "Người nhận ký tên sau khi nhận phiếu còn nguyên. Chỉ giao cho đại diện hộ gia đình hoặc người"
                        " trong hộ. Không giao phiếu của hộ này cho hộ khác.",
                        italic=True,
                    ),
                )
            ),
            _table(slips),
            _totals(len(slips), delivered),
            Signatures(
                (
                    Place(title="NGƯỜI GIAO PHIẾU", name=wording.NOT_WRITTEN),
                    Place(
                        title="TỔ TRƯỞNG",
                        name=breakable(vote.head.name) if vote.head else wording.NOT_WRITTEN,
                    ),
                )
            ),
        ),
        footer=f"Danh sách giao phiếu mã {act} – {breakable(vote.area.in_sentence)}",
        size=13,
    )


def _table(slips: Iterable[SlipFacts]) -> Table:
    return Table(
        columns=(
            Column(heading="STT", width=1, align="center"),
            Column(heading="Hộ số", width=1.3, align="center"),
            Column(heading="Đại diện hộ gia đình", width=4.2),
            Column(heading="Địa chỉ", width=4.6),
            Column(heading="Giờ, ngày giao", width=2, align="center"),
            Column(heading="Người nhận ký", width=2.9),
        ),
        rows=tuple(_rows(slips)),
        row_mm=_ROW_MM,
        size=11,
    )


def _rows(slips: Iterable[SlipFacts]) -> Iterable[tuple[str, ...]]:
    """The slips, with a line of its own wherever another cluster begins."""
    cluster = ""
    for slip in slips:
        if breakable(slip.cluster) != cluster:
            cluster = breakable(slip.cluster)
            yield (cluster or "Các hộ khác",)
        yield (
            str(slip.position),
            breakable(slip.household_number),
            breakable(slip.representative),
            breakable(slip.address),
            f"{local(slip.delivered_at):%H:%M %d/%m}" if slip.delivered_at else "",
            "",
        )


def _totals(issued: int, delivered: int) -> Facts:
    """Figures where deliveries are recorded in the service; places to write by hand where they are not."""
    known = delivered > 0
    return Facts(
        (
            ("Số phiếu đã phát hành", f"{wording.figure(issued)} phiếu"),
            ("Số phiếu đã giao", f"{wording.figure(delivered)} phiếu" if known else f"{_BLANK} phiếu"),
            ("Số phiếu chưa giao", f"{wording.figure(issued - delivered)} phiếu" if known else f"{_BLANK} phiếu"),
        )
    )
