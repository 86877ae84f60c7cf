"""The answer table and the report to the People's Council, as DOCX and PDF (Law Đ28)."""

from collections.abc import Iterator

from app.consultations.documents import wording
from app.consultations.documents.facts import AnswerFacts, Counted, TableFacts
from app.consultations.rules.answering import OUTCOME_NAMES
from app.consultations.rules.saying import SOURCES
from app.documents import docx, pdf
from app.documents.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Paragraph,
    Place,
    Recipients,
    Run,
    Section,
    Signatures,
    Table,
    Title,
)
from app.documents.dates import short_date, short_moment
from app.documents.text import breakable, clean_lines
from app.lib.calendar import format_number

_SMALL = 11


def table_pdf(facts: TableFacts) -> bytes:
    """The answer table, to be printed and posted."""
    return pdf.render_document(_table(facts))


def table_docx(facts: TableFacts) -> bytes:
    """The answer table, to be worked on."""
    return docx.render_document(_table(facts))


def report_pdf(facts: TableFacts) -> bytes:
    """The report to the People's Council with the answer table."""
    return pdf.render_document(_report(facts))


def report_docx(facts: TableFacts) -> bytes:
    """The report to the People's Council, to be finished in a word processor."""
    return docx.render_document(_report(facts))


def _table(facts: TableFacts) -> Document:
    name = "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý"
    return Document(
        title=f"Bảng tiếp thu, giải trình: {breakable(facts.title)}",
        heading=wording.heading(facts, number=False),
        blocks=(
            Title(name, breakable(wording.subject(facts))),
            *_state(facts),
            Facts(
                (
                    ("Thời gian lấy ý kiến", _period(facts)),
                    ("Số ý kiến", wording.number(facts.total.entries, facts.total.people)),
                )
            ),
            *_answers(facts),
            _signed(),
        ),
        footer=f"Bảng tiếp thu, giải trình – {breakable(facts.issuer)}",
        size=13,
    )


def _report(facts: TableFacts) -> Document:
    return Document(
        title=f"Báo cáo kết quả lấy ý kiến Nhân dân: {breakable(facts.title)}",
        heading=wording.heading(facts),
        blocks=(
            Title(
                "BÁO CÁO", f"Kết quả lấy ý kiến Nhân dân và tiếp thu, giải trình. {breakable(wording.subject(facts))}"
            ),
            *_state(facts),
            _plain(f"Căn cứ {wording.LEGAL_BASIS}, {breakable(facts.organiser)} báo cáo như sau:"),
            *_asked(facts),
            *_said(facts),
            *_not_shown(facts),
            *_became(facts),
            _signed(),
            Recipients(("Hội đồng nhân dân cùng cấp;", "Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp;", "Lưu: Văn thư.")),
        ),
        footer=f"Báo cáo kết quả lấy ý kiến – {breakable(facts.issuer)}",
    )


def _state(facts: TableFacts) -> Iterator[Block]:
    if facts.published_at is None:
        yield Paragraph(runs=(Run(wording.NOT_PUBLISHED, bold=True),), align="center", indent=False)


def _asked(facts: TableFacts) -> Iterator[Block]:
    yield Section("I. VIỆC LẤY Ý KIẾN")
    yield _plain(f"1. Thời gian lấy ý kiến: {_period(facts)}.")
    sent = [
        f"gửi {body} ngày {short_date(day)}"
        for body, day in (
            ("Hội đồng nhân dân", facts.council_sent_on),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam", facts.front_sent_on),
        )
        if day is not None
    ]
    if sent:
        yield _plain(f"2. Kế hoạch lấy ý kiến đã {'; '.join(sent)}.")
    ways = [f"{SOURCES[way].lower()} {format_number(count)}" for way, count in facts.sources.items() if count]
    if ways:
        yield _plain(f"3. Cách góp ý (số ý kiến): {'; '.join(ways)}.")


def _said(facts: TableFacts) -> Iterator[Block]:
    yield Section("II. KẾT QUẢ GÓP Ý")
    total = facts.total
    yield _plain(
        f"Có {wording.number(total.entries, total.people)}. Trong đó {format_number(facts.residents)} ý kiến được"
        " xác nhận là của người dân trên địa bàn. Một ý kiến nói thay nhiều người thì tính theo số người."
    )
    yield Table(
        columns=(
            Column(heading="Nội dung", width=5),
            Column(heading="Số ý kiến", width=1.6, align="right"),
            Column(heading="Đồng ý (người)", width=1.7, align="right"),
            Column(heading="Đề nghị sửa (người)", width=1.9, align="right"),
            Column(heading="Ý kiến khác (người)", width=1.9, align="right"),
        ),
        rows=tuple(map(_count, (*facts.counted, total))),
        totals=1,
        size=12,
    )


def _count(counted: Counted) -> tuple[str, ...]:
    numbers = (counted.entries, counted.agree, counted.change, counted.other)
    return (breakable(counted.article), *(format_number(number) for number in numbers))


def _not_shown(facts: TableFacts) -> Iterator[Block]:
    if not facts.hidden and not facts.waiting:
        return
    yield Section("III. Ý KIẾN KHÔNG HIỆN")
    reasons = "; ".join(f"{breakable(reason)}: {format_number(count)}" for reason, count in facts.hidden.items())
    if reasons:
        yield _plain(
            f"Số ý kiến không hiện, theo lý do: {reasons}. Người gửi được báo lý do và có quyền đề nghị xem lại."
        )
    if facts.waiting:
        yield _plain(f"Chờ kiểm duyệt: {format_number(facts.waiting)} ý kiến.")


def _became(facts: TableFacts) -> Iterator[Block]:
    part = "IV" if facts.hidden or facts.waiting else "III"
    yield Section(f"{part}. TIẾP THU, GIẢI TRÌNH")
    counts = {key: sum(row.outcome == key for row in facts.rows) for key in OUTCOME_NAMES}
    said = "; ".join(f"{OUTCOME_NAMES[key].lower()}: {count}" for key, count in counts.items() if count)
    if said:
        yield _plain(f"Số mục trả lời: {said}.")
    yield from _answers(facts)
    if facts.published_at is not None:
        late = f" Chậm {format_number(facts.days_late)} ngày so với hạn." if facts.days_late else ""
        yield _plain(f"Bảng tiếp thu, giải trình đã công bố lúc {short_moment(facts.published_at)}.{late}")
    elif facts.days_late and facts.due_on:
        yield _plain(f"Đã quá hạn công bố (ngày {short_date(facts.due_on)}) {format_number(facts.days_late)} ngày.")


def _answers(facts: TableFacts) -> Iterator[Block]:
    if not facts.rows:
        yield _plain("Không có ý kiến phải trả lời.")
        return
    yield Table(
        columns=(
            Column(heading="Tóm tắt ý kiến (số lượt)", width=4.4),
            Column(heading="Kết quả", width=1.9),
            Column(heading="Nội dung tiếp thu, giải trình", width=5),
            Column(heading="Vị trí trong bản hoàn chỉnh", width=2.5),
        ),
        rows=tuple(_rows(facts.rows)),
        size=_SMALL,
    )


def _rows(rows: tuple[AnswerFacts, ...]) -> Iterator[tuple[str, ...]]:
    """The answers, with a line of its own wherever another article begins."""
    article = None
    for row in rows:
        if row.article != article:
            article = row.article
            yield (breakable(article),)
        yield (
            f"{_joined(row.summary)} ({wording.number(row.entries, row.people)})",
            wording.outcome(row),
            _joined(row.text),
            breakable(row.place) or "–",
        )


def _signed() -> Signatures:
    return Signatures((Place(title="NGƯỜI TỔNG HỢP", name=""), Place(title="TM. ỦY BAN NHÂN DÂN", name="")))


def _period(facts: TableFacts) -> str:
    return f"từ {short_moment(facts.opened_at)} đến {short_moment(facts.closed_at)}"


def _joined(text: str) -> str:
    return " ".join(breakable(line) for line in clean_lines(text))


def _plain(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text),))
