"""The facts of an invented vote for tests of its papers, and ways to read those papers back."""

import io
import unicodedata
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pypdfium2 as pdfium
import zxingcpp

from app.polls.documents.facts import (
    AreaFacts,
    DecisionForm,
    Kind,
    ResultFacts,
    Signatories,
    SlipCounts,
    SlipFacts,
    TeamMember,
    VoteFacts,
)

MM = 72 / 25.4
"""Points of a PDF in one millimetre."""

NAMES = ("Nguyễn Văn Hường", "Trần Thị Bích Ngọc", "H'Hen Niê", "Phạm Thị Ánh Nguyệt", "Hoàng Công Ấn", "Đặng Quỳ Ỹ")
HOSTILE = (
    '#panic("x") *đậm* _nghiêng_ $x^2$ `mã` <nhãn> @tham-chiếu // ghi chú',
    "\"nháy kép\" 'nháy đơn' \\ gạch ~ sóng --- … [ngoặc] {nhọn} = tiêu đề",
    "</w:t></w:r> & &amp; <!-- --> ]]>",
    "+ một - hai / ba 1. bốn",
    '#let h = 1; #import "/etc/passwd"',
)
_AREA = AreaFacts(
    name="Khu phố 6",
    kind="khu phố",
    legal_type="tổ dân phố",
    commune_kind="phường",
    commune_name="Thới Hòa",
    province_name="Thành phố Hồ Chí Minh",
)
_TEAM = (
    TeamMember(name="Nguyễn Văn Định", body="Khu phố 6", phone="0912 345 678"),
    TeamMember(name="Trần Thị Bích Hường", body="Ban công tác Mặt trận", phone="0903 123 456", is_head=True),
    TeamMember(name="Lê Minh Đức", body="Đại diện hộ gia đình"),
)
_VOTE = VoteFacts(
    area=_AREA,
    kind=Kind.BINDING,
    title="Lắp camera an ninh tại 6 ngõ",
    question="Ông/Bà có đồng ý lắp 12 camera an ninh tại 6 ngõ của khu phố không?",
    options=("Đồng ý", "Không đồng ý", "Ý kiến khác"),
    citation="khoản 6 Điều 15 Luật Thực hiện dân chủ ở cơ sở",
    households=299,
    opens_at=datetime(2026, 2, 1, 0, 0, tzinfo=UTC),
    closes_at=datetime(2026, 2, 9, 10, 0, tzinfo=UTC),
    team=_TEAM,
    definition_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    roll_fingerprint="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    secrecy="Phiếu được niêm phong; không ai đọc được lựa chọn trước khi đóng.",
    poll_url="https://danban.example.vn/p/7K3M9QTR",
    code_url="danban.example.vn/ma",
    needed=150,
    threshold="trên 50% tổng số hộ gia đình",
    announced_on=date(2026, 1, 28),
    help_place="Nhà văn hóa khu phố 6",
)
_RESULT = ResultFacts(
    participated=251,
    not_participated=48,
    agree=214,
    disagree=25,
    other=10,
    invalid=2,
    passed=True,
    decision="Thống nhất lắp 12 camera.\nGiao Trưởng khu phố tổ chức thực hiện.",
    signatories=Signatories(
        head_title="Trưởng khu phố",
        head="Nguyễn Văn Định",
        front="Trần Thị Bích Hường",
        households=("Lê Minh Đức", "Hoàng Thị Hòa"),
    ),
    others=("Nên lắp thêm đèn ở ngõ 3.", "Chỉ lưu hình ảnh 30 ngày."),
    form=DecisionForm.RESOLUTION,
    number="02/NQ-KP6",
    decided_on=date(2026, 2, 10),
    place="Nhà văn hóa khu phố 6",
    in_force="Quyết định có hiệu lực kể từ ngày được thông qua.",
    slips=SlipCounts(issued=299, delivered=287, reissued=3),
    send_by=date(2026, 2, 13),
    posted_at=("Nhà văn hóa khu phố 6",),
)


def vote(**changed: Any) -> VoteFacts:
    """A binding vote of 299 households, more than half needed; anything may be changed."""
    return replace(_VOTE, **changed)


def consultation(**changed: Any) -> VoteFacts:
    """A consultation of the same households, without a threshold."""
    return vote(kind=Kind.CONSULTATIVE, needed=None, threshold="", **changed)


def area(**changed: str) -> AreaFacts:
    """The area of the vote."""
    return replace(_AREA, **changed)


def result(**changed: Any) -> ResultFacts:
    """A result of `vote`: 214 of 299 agree."""
    return replace(_RESULT, **changed)


def slip(position: int, **changed: Any) -> SlipFacts:
    """The slip of one household; no two are alike."""
    facts = SlipFacts(
        position=position,
        household_number=str(position),
        representative=NAMES[position % len(NAMES)],
        address=f"Số {position}, đường ĐT 741",
        url=f"https://danban.example.vn/v#7K3M9QTR2WXB7K3M9QTR2W{position:04d}",
        code=f"7K3M-9QTR-{position:04d}",
        salt=f"k3jd9x{position:04d}",
        cluster=f"Cụm {position // 20 + 1}",
    )
    return replace(facts, **changed)


def slips(count: int, **changed: Any) -> list[SlipFacts]:
    """As many slips, in delivery order."""
    return [slip(position, **changed) for position in range(1, count + 1)]


def pages(pdf: bytes) -> list[str]:
    """The text of every page, spaces squeezed; Vietnamese letters must come out as they went in."""
    with pdfium.PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in document]


def pdf_text(pdf: bytes) -> str:
    """The text of a whole PDF."""
    return " ".join(pages(pdf))


def docx_text(docx: bytes) -> str:
    """The text of the body of a DOCX, paragraphs joined by spaces."""
    body = _part(docx, "word/document.xml")
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ("".join(text.text or "" for text in line.iter(f"{namespace}t")) for line in body.iter(f"{namespace}p"))
    return squeezed(" ".join(lines))


def docx_part(docx: bytes, name: str) -> str:
    """One part of a DOCX as text."""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return parts.read(name).decode()


def squeezed(text: str) -> str:
    """Without line ends, soft break places and repeated spaces; the letters are left alone.

    The reader of PDFs gives a hyphen at the end of a line as U+0002.
    """
    return " ".join(text.replace("\u200b", "").replace("\x02", "-").split())


def is_nfc(text: str) -> bool:
    """Whether each Vietnamese letter is one character."""
    return unicodedata.is_normalized("NFC", text)


@dataclass(frozen=True)
class Picture:
    """A page in shades of grey, one byte a dot, row by row."""

    width: int
    height: int
    dots: bytes
    per_mm: float

    def darkest(self, left: float, top: float, right: float, bottom: float) -> int:
        """The darkest dot of a rectangle in mm from the top left corner: 0 is black, 255 is white."""
        columns = slice(round(left * self.per_mm), round(right * self.per_mm))
        rows = range(max(0, round(top * self.per_mm)), min(self.height, round(bottom * self.per_mm)))
        lines = (self.dots[row * self.width : (row + 1) * self.width][columns] for row in rows)
        return min((min(line) for line in lines if line), default=255)

    def codes(self) -> list[zxingcpp.Barcode]:
        """Every QR code a reader finds on the page."""
        image = memoryview(self.dots).cast("B", shape=(self.height, self.width))
        return zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))


def picture(pdf: bytes, page: int = 0, dots_per_inch: int = 200) -> Picture:
    """A page as a printer would draw it."""
    with pdfium.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=dots_per_inch / 72, grayscale=True)
        raw, stride = bytes(bitmap.buffer), bitmap.stride
        rows = (raw[start : start + bitmap.width] for start in range(0, stride * bitmap.height, stride))
        return Picture(bitmap.width, bitmap.height, b"".join(rows), dots_per_inch / 25.4)


def _part(docx: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(docx_part(docx, name))  # noqa: S314 - made by the code under test
