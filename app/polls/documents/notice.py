"""The notice of a vote for the board: an A4 page that is read from two steps away and scanned with a phone."""

from dataclasses import asdict, dataclass
from pathlib import Path

from app.documents import docx, pdf, qr
from app.documents.blocks import (
    Block,
    Code,
    Document,
    Facts,
    Paragraph,
    Place,
    Run,
    Section,
    Signatures,
    Title,
)
from app.documents.dates import local, weekday_date
from app.documents.text import breakable, clean
from app.polls.documents import wording
from app.polls.documents.facts import Kind, VoteFacts

_TEMPLATE = Path(__file__).parent / "templates" / "notice.typ"
_QR_MM = 54.0
_WALL_LEVEL = "q"  # a sheet on a wall gets scratched


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """The words of a notice, in the order they are read; both files take them from here."""

    name: str
    subject: str
    lead: str
    question: str
    options: tuple[str, ...]
    # Label, the figure to see from afar, and what it means.
    figures: tuple[tuple[str, str, str], ...]
    ways_title: str
    by_phone_title: str
    by_phone: tuple[str, ...]
    with_help_title: str
    with_help: tuple[str, ...]
    contacts_title: str
    contacts: tuple[tuple[str, str], ...]
    scan: str
    address: str
    rules: tuple[str, ...]
    signature: Place


def notice_pdf(vote: VoteFacts) -> bytes:
    """The notice as PDF: one page unless the question is very long."""
    text = notice_text(vote)
    data = asdict(text) | {
        "title": f"{text.name.capitalize()}: {breakable(vote.title)}",
        "heading": asdict(wording.heading(vote.area, "", "", vote.announced_on)),
        "qr": qr.draw(vote.poll_url, level=_WALL_LEVEL).svg(),
        "qr_alt": _qr_alt(vote),
        "qr_mm": _QR_MM,
    }
    return pdf.render(_TEMPLATE, data)


def notice_docx(vote: VoteFacts) -> bytes:
    """The notice as DOCX with the words of the PDF, to be changed before printing."""
    text = notice_text(vote)
    return docx.render_document(
        Document(
            title=f"{text.name.capitalize()}: {breakable(vote.title)}",
            heading=wording.heading(vote.area, "", "", vote.announced_on),
            blocks=_blocks(vote, text),
        )
    )


def notice_text(vote: VoteFacts) -> NoticeText:
    """What the notice says."""
    act, doing = wording.act(vote), wording.take_part(vote)
    area = breakable(vote.area.in_sentence)
    head = vote.head
    return NoticeText(
        name="THÔNG BÁO",
        subject=f"{act.capitalize()} trực tuyến của các hộ gia đình {area}",
        lead=f"Kính mời đại diện các hộ gia đình {doing} về nội dung sau:",
        question=breakable(vote.question),
        options=tuple(breakable(option) for option in vote.options),
        figures=_figures(vote),
        ways_title=f"Ông/Bà {doing} bằng một trong hai cách",
        by_phone_title="Bằng điện thoại",
        by_phone=_by_phone(vote),
        with_help_title="Có người giúp",
        with_help=_with_help(vote),
        contacts_title="Điện thoại liên hệ",
        contacts=tuple(
            (f"{breakable(name)} ({breakable(role)})", breakable(phone))
            for name, _, role, phone in wording.team_people(vote)
            if phone
        ),
        scan="Quét mã này để xem nội dung, tài liệu và số hộ đã tham gia.",
        address=clean(vote.poll_url),
        rules=_rules(vote),
        signature=Place(
            title="TỔ TRƯỞNG",
            note=f"({wording.team_name(vote)})",
            name=breakable(head.name) if head else wording.NOT_WRITTEN,
        ),
    )


def _figures(vote: VoteFacts) -> tuple[tuple[str, str, str], ...]:
    opens, closes = local(vote.opens_at), local(vote.closes_at)
    figures = [
        ("Bắt đầu", f"{opens:%H:%M}", weekday_date(opens.date())),
        ("Kết thúc", f"{closes:%H:%M}", weekday_date(closes.date())),
        ("Tổng số hộ", wording.figure(vote.households), "Mỗi hộ một phiếu"),
    ]
    if vote.needed is not None:
        threshold = wording.first_upper(breakable(vote.threshold))
        figures.append(("Cần đồng ý", f"{wording.figure(vote.needed)} hộ", threshold))
    return tuple(figures)


def _by_phone(vote: VoteFacts) -> tuple[str, ...]:
    typing = (
        f" Không quét được thì mở {wording.typed_address(vote.code_url)} rồi nhập mã in trên phiếu."
        if vote.code_url
        else ""
    )
    return (
        f"Quét mã trên phiếu mã của hộ bằng Zalo hoặc máy ảnh.{typing}",
        "Chọn một lựa chọn, kiểm tra lại rồi gửi.",
        "Chụp màn hình để giữ mã biên nhận.",
    )


def _with_help(vote: VoteFacts) -> tuple[str, ...]:
    place = f"Mang phiếu mã đến {breakable(vote.help_place)}." if vote.help_place else "Gọi số điện thoại dưới đây."
    return (place, f"{wording.team_name(vote)} hướng dẫn. Đại diện hộ tự chọn, không ai chọn thay.")


def _rules(vote: VoteFacts) -> tuple[str, ...]:
    change = (
        "Đại diện hộ được gửi lại trước giờ kết thúc; lần gửi cuối cùng được tính."
        if vote.may_change
        else "Mỗi hộ gửi một lần; phiếu đã gửi không sửa được."
    )
    asks = "Chưa nhận được phiếu mã, xin gọi số điện thoại liên hệ. Cán bộ không hỏi mã phiếu của Ông/Bà."
    binding = vote.kind is Kind.BINDING
    rules = [
        f"{wording.basis(vote)}.",
        breakable(vote.secrecy),
        change,
        asks,
        "" if binding else "Kết quả lấy ý kiến dùng để tham khảo, không thay cho quyết định của cộng đồng dân cư.",
        f"Mã kiểm tra nội dung: {wording.short_hash(vote.definition_sha256)}" if vote.definition_sha256 else "",
    ]
    return tuple(rule for rule in rules if rule)


def _qr_alt(vote: VoteFacts) -> str:
    return f"Mã QR mở trang {clean(vote.poll_url)}"


def _blocks(vote: VoteFacts, text: NoticeText) -> tuple[Block, ...]:
    return (
        Title(text.name, text.subject),
        _line(text.lead),
        Paragraph(runs=(Run(text.question, bold=True),), align="center", indent=False, size=20),
        _line("; ".join(text.options)),
        Facts(tuple((label, f"{figure} – {meaning}") for label, figure, meaning in text.figures)),
        Section(text.ways_title),
        Paragraph(runs=(Run(f"1. {text.by_phone_title}", bold=True),), keep=True),
        *(_line(step) for step in text.by_phone),
        Paragraph(runs=(Run(f"2. {text.with_help_title}", bold=True),), keep=True),
        *(_line(step) for step in text.with_help),
        *((Section(text.contacts_title), Facts(text.contacts)) if text.contacts else ()),
        Code(content=vote.poll_url, caption=f"{text.scan} {text.address}", alt=_qr_alt(vote), side_mm=_QR_MM),
        *(_line(rule) for rule in text.rules),
        Signatures((Place(title="", name="", note=""), text.signature)),
    )


def _line(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text),))
