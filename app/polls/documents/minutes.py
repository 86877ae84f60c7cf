"""The decision or the minutes of a vote: Mẫu 03, every field of Law Đ20.2 and the report of NĐ59 Đ5.6."""

from collections.abc import Iterator

from app.documents import docx, pdf
from app.documents.blocks import (
    Bar,
    Block,
    Column,
    Document,
    Facts,
    Paragraph,
    Pattern,
    Place,
    Recipients,
    Run,
    Section,
    Segment,
    Signatures,
    Table,
    Title,
)
from app.documents.dates import official_date, official_moment
from app.documents.text import breakable, clean, clean_lines, grouped
from app.polls.documents import wording
from app.polls.documents.facts import DecisionForm, Kind, ResultFacts, VoteFacts, check_together

_FORMS = {
    DecisionForm.RESOLUTION: "nghị quyết",
    DecisionForm.MINUTES: "biên bản",
    DecisionForm.MEMORANDUM: "bản ghi nhớ",
    DecisionForm.AGREEMENT: "bản thỏa thuận",
}


def minutes_pdf(vote: VoteFacts, result: ResultFacts) -> bytes:
    """The decision document as PDF. Raises InconsistentFacts where vote and result do not fit together."""
    return pdf.render_document(minutes(vote, result))


def minutes_docx(vote: VoteFacts, result: ResultFacts) -> bytes:
    """The decision document as DOCX, the same words as the PDF. Raises InconsistentFacts as `minutes_pdf`."""
    return docx.render_document(minutes(vote, result))


def minutes(vote: VoteFacts, result: ResultFacts) -> Document:
    """What both files say."""
    check_together(vote, result)
    form = _FORMS[result.form]
    return Document(
        title=f"{form.capitalize()}: {breakable(vote.title)}",
        heading=wording.heading(vote.area, f"Số: {result.number or '……………'}", "", result.decided_on),
        blocks=(
            Title(form.upper(), _subject(vote, result)),
            *_opening(vote, result, form),
            *_matter(vote),
            *_attendance(vote, result),
            *_outcome(vote, result),
            *_decision(vote, result),
            *_sending(vote, result, form),
            _signatures(result),
            _recipients(vote),
        ),
        footer=f"Mã kiểm tra nội dung {wording.act(vote)}: {wording.short_hash(vote.definition_sha256)}",
    )


def result_bar(vote: VoteFacts, result: ResultFacts) -> Bar:
    """The picture of the result (NĐ59 Đ5.6): its whole length is all households, not those who voted."""
    patterns: tuple[Pattern, ...] = ("solid", "diagonal", "dots", "cross", "blank")
    return Bar(
        segments=tuple(
            Segment(label=label, count=count, figure=wording.figure(count), pattern=pattern)
            for (label, count), pattern in zip(_counts(vote, result), patterns, strict=True)
        ),
        total=vote.households,
        alt=f"Biểu đồ kết quả. {wording.verdict(vote, result)}",
        threshold=vote.needed,
        threshold_label=f"Cần {wording.figure(vote.needed)} hộ" if vote.needed else "",
    )


def _counts(vote: VoteFacts, result: ResultFacts) -> tuple[tuple[str, int], ...]:
    agree, disagree, other = (wording.first_upper(breakable(option)) for option in vote.options)
    return (
        (agree, result.agree),
        (disagree, result.disagree),
        (other, result.other),
        ("Phiếu không hợp lệ", result.invalid),
        ("Không tham gia", result.not_participated),
    )


def _subject(vote: VoteFacts, result: ResultFacts) -> str:
    about = breakable(wording.subject(vote))
    if result.form is not DecisionForm.MINUTES:
        return about
    return f"Kết quả {wording.act(vote)} trực tuyến {about[:1].lower()}{about[1:]}"


def _opening(vote: VoteFacts, result: ResultFacts, form: str) -> Iterator[Block]:
    for base in (*(f"Căn cứ {base}" for base in wording.LEGAL_BASES), wording.basis(vote)):
        yield Paragraph(runs=(Run(f"{base};", italic=True),))
    where = f"{breakable(vote.area.in_sentence)}, {breakable(vote.area.commune)}"
    votes = f"Căn cứ kết quả {wording.act(vote)} trực tuyến của đại diện các hộ gia đình {where}."
    yield Paragraph(runs=(Run(votes, italic=True),))
    drawn_up = f", tại {breakable(result.place)}" if result.place else ""
    day = f"Hôm nay, {official_date(result.decided_on)}{drawn_up}, c" if result.decided_on else "C"
    yield Paragraph(runs=(Run(f"{day}ộng đồng dân cư {where} lập {form} với các nội dung sau:"),), keep=True)


def _matter(vote: VoteFacts) -> Iterator[Block]:
    act = wording.act(vote)
    yield Section("I. NỘI DUNG, HÌNH THỨC VÀ THỜI GIAN")
    yield _labelled(f"1. Nội dung {act}: ", breakable(vote.question))
    yield _plain(f"Các lựa chọn: {'; '.join(breakable(option) for option in vote.options)}.")
    yield _plain(
        f"2. Hình thức: {act} trực tuyến. Mỗi hộ gia đình có một phiếu, do đại diện hộ gia đình thực hiện."
        f" {breakable(vote.secrecy)}"
    )
    yield _labelled("3. Thời gian bắt đầu: ", f"{official_moment(vote.opens_at)}.")
    yield _labelled("Thời gian kết thúc: ", f"{official_moment(vote.closes_at)}.")
    yield Paragraph(runs=(Run(f"4. {wording.team_name(vote)} gồm {len(vote.team):02d} thành viên:"),), keep=True)
    yield Table(
        columns=(
            Column(heading="Họ và tên", width=4),
            Column(heading="Đại diện cho", width=4),
            Column(heading="Nhiệm vụ", width=2.2),
        ),
        rows=tuple(
            (breakable(name), breakable(body), breakable(role)) for name, body, role, _ in wording.team_people(vote)
        ),
    )


def _attendance(vote: VoteFacts, result: ResultFacts) -> Iterator[Block]:
    yield Section("II. SỐ HỘ GIA ĐÌNH THAM GIA")
    rows = [
        ("Tổng số hộ gia đình", f"{wording.figure(vote.households)} hộ"),
        (f"Số hộ có đại diện tham gia {wording.take_part(vote)}", _share(vote, result.participated)),
        ("Số hộ không có đại diện tham gia", _share(vote, result.not_participated)),
    ]
    if result.slips:
        slips = result.slips
        counts = f"{wording.figure(slips.issued)} phiếu; đã giao {wording.figure(slips.delivered)} phiếu"
        counts += f"; chưa giao {wording.figure(slips.not_delivered)} phiếu"
        counts += f"; cấp lại {wording.figure(slips.reissued)} phiếu" if slips.reissued else ""
        rows.append((f"Số phiếu mã {wording.act(vote)} đã phát hành", counts))
    yield Facts(tuple(rows))
    if result.explanation:
        yield _labelled("Số phiếu chưa khớp: ", breakable(" ".join(clean_lines(result.explanation))))


def _outcome(vote: VoteFacts, result: ResultFacts) -> Iterator[Block]:
    yield Section(f"III. KẾT QUẢ {wording.act(vote).upper()}")
    rows = [
        (label, wording.figure(count), wording.percent(count, vote.households))
        for label, count in _counts(vote, result)
    ]
    yield Table(
        columns=(
            Column(heading="Lựa chọn", width=5),
            Column(heading="Số hộ", width=2, align="right"),
            Column(heading="Tỷ lệ trên tổng số hộ", width=3, align="right"),
        ),
        rows=(*rows, ("Tổng số hộ gia đình", wording.figure(vote.households), "100 %")),
        totals=1,
    )
    yield result_bar(vote, result)
    yield Paragraph(runs=(Run(wording.verdict(vote, result), bold=True),))
    yield Paragraph(
        runs=(Run("Tỷ lệ tính trên tổng số hộ gia đình, lấy một chữ số thập phân, không làm tròn lên.", italic=True),)
    )
    yield from _other_opinions(result)


def _other_opinions(result: ResultFacts) -> Iterator[Block]:
    if not result.others:
        yield _plain("Ý kiến khác: không có nội dung ghi thêm.")
        return
    lead = f"Nội dung các ý kiến khác ({wording.figure(len(result.others))} ý kiến):"
    yield Paragraph(runs=(Run(lead),), keep=True)
    for number, opinion in enumerate(result.others, start=1):
        yield _plain(f"{number}. {' '.join(breakable(line) for line in clean_lines(opinion))}")


def _decision(vote: VoteFacts, result: ResultFacts) -> Iterator[Block]:
    binding = vote.kind is Kind.BINDING
    yield Section("IV. QUYẾT ĐỊNH CỦA CỘNG ĐỒNG DÂN CƯ" if binding else "IV. KẾT LUẬN")
    for line in clean_lines(result.decision):
        yield _plain(breakable(line))
    if not binding:
        yield _plain("Kết quả lấy ý kiến dùng để tham khảo, không thay cho quyết định của cộng đồng dân cư.")
    if result.in_force and result.passed:
        yield _plain(breakable(result.in_force))


def _sending(vote: VoteFacts, result: ResultFacts, form: str) -> Iterator[Block]:
    yield Section("V. KIỂM TRA, NIÊM YẾT VÀ GỬI KẾT QUẢ")
    yield _code(f"1. Mã kiểm tra nội dung {wording.act(vote)} (SHA-256): {grouped(vote.definition_sha256)}")
    yield _code(f"Mã kiểm tra danh sách hộ gia đình: {grouped(vote.roll_fingerprint)}")
    if result.batch_sha256:
        yield _code(f"Mã kiểm tra tập phiếu đã kiểm: {grouped(result.batch_sha256)}")
    if result.result_url:
        yield _code(f"Kết quả và các mã trên được công bố tại: {clean(result.result_url)}")
    posted = f" tại {'; '.join(breakable(place) for place in result.posted_at)}" if result.posted_at else ""
    yield _plain(
        f"2. Kết quả được niêm yết{posted}, thông báo trên loa truyền thanh và trong nhóm thông tin của"
        f" {breakable(vote.area.in_sentence)}."
    )
    yield Paragraph(runs=(Run(f"3. {_copies(vote, result, form)}./."),), keep=True)


def _copies(vote: VoteFacts, result: ResultFacts, form: str) -> str:
    commune = breakable(vote.area.commune)
    offices = (
        (f"Ủy ban nhân dân {commune}", result.sent_committee_on),
        (f"Ủy ban Mặt trận Tổ quốc Việt Nam {commune}", result.sent_front_on),
    )
    sent = "; ".join(f"gửi {office}" + (f" ({official_date(day)})" if day else "") for office, day in offices)
    due = f", chậm nhất {official_date(result.send_by)}" if result.send_by else ""
    return (
        f"{form.capitalize()} này lập thành 03 bản có giá trị như nhau: {sent} trong thời hạn 05 ngày làm việc kể từ"
        f" ngày kết thúc {wording.act(vote)}{due}; lưu tại {breakable(vote.area.in_sentence)}. Kèm theo danh sách đại"
        f" diện hộ gia đình tham gia {wording.take_part(vote)}"
    )


def _signatures(result: ResultFacts) -> Signatures:
    signatories = result.signatories
    names = (signatories.front, signatories.head, *signatories.households)
    titles = ("Trưởng ban công tác Mặt trận", signatories.head_title, "Đại diện hộ gia đình", "Đại diện hộ gia đình")
    return Signatures(
        tuple(
            Place(title=breakable(title).upper(), name=breakable(name) or wording.NOT_WRITTEN)
            for title, name in zip(titles, names, strict=True)
        )
    )


def _recipients(vote: VoteFacts) -> Recipients:
    commune = breakable(vote.area.commune)
    return Recipients(
        (
            f"Ủy ban nhân dân {commune};",
            f"Ủy ban Mặt trận Tổ quốc Việt Nam {commune};",
            "Niêm yết, thông báo cho các hộ gia đình;",
            f"Lưu: {breakable(vote.area.in_sentence)}.",
        )
    )


def _share(vote: VoteFacts, count: int) -> str:
    return f"{wording.figure(count)} hộ ({wording.percent(count, vote.households)})"


def _plain(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text),))


def _code(text: str) -> Paragraph:
    # Set flush left: a justified line would space the groups unevenly.
    return Paragraph(runs=(Run(text),), align="left")


def _labelled(label: str, text: str) -> Paragraph:
    return Paragraph(runs=(Run(label), Run(text, bold=True)))
