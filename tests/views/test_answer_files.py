"""Files of opinions and answers: whole, safe to open, and without anything others may not read."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from app.consultations.contact import sealed_phone
from app.consultations.operations.publishing_answers import publish
from app.consultations.queries.exports import opinion_facts, table_facts
from app.consultations.rules.answering import Draft
from app.consultations.rules.phases import Phase
from app.core import clock
from app.identity.models import Account
from app.moderation.models import ModerationItem
from tests.support.opinions import WRITTEN, Answering, answer_all, make_answering, make_group, make_opinion
from tests.support.pages import PageClient
from tests.support.staff import sign_in

PAPERS = ("bang-tiep-thu.docx", "bang-tiep-thu.pdf", "bao-cao.docx", "bao-cao.pdf")
BOOKS = ("bang-tiep-thu.xlsx", "y-kien.xlsx")
FEE = "Đề nghị hạ mức phí vệ sinh cho hộ có người già."
# What stands in the rows and must never be in a file.
SECRETS = ("0912345678", "Phạm Thị Kín", "Lê Văn Che", "Lời bị ẩn", "Đơn của bà Kín", "079123456789", "GY-")


@pytest.fixture
def made(session: Session, app: Flask) -> Answering:
    found = make_answering(session)
    consultation = found.consultation
    make_group(found, [FEE, FEE + " Mong sớm có kết quả."], source="meeting", weight=20)
    hidden = make_opinion(session, consultation, "Lời bị ẩn", visible=False)
    session.add(_item(found, hidden.id, "rejected", "insult"))
    covered = make_opinion(session, consultation, "Gọi 0912345678, giấy tờ 079123456789.", article_anchor="dieu-2")
    covered.shown_text = "Gọi ▇▇▇, giấy tờ ▇▇▇."
    named = make_opinion(session, consultation, "Tôi ủng hộ.", naming="staff", name="Phạm Thị Kín", source="paper",
                         source_detail="Đơn của bà Kín")  # fmt: skip
    shown = make_opinion(session, consultation, "Tôi cũng vậy.", naming="shown", name="Lê Văn Che", shown_name="▇▇▇")
    keyring = app.extensions["danban"].keyring
    named.phone = sealed_phone(keyring, "0912345678", named.code)
    assert shown.code not in SECRETS
    session.flush()
    return found


def _item(made: Answering, comment_id: int, status: str, reason: str) -> ModerationItem:
    now = clock.now()
    return ModerationItem(
        kind="comment", subject_id=comment_id, path=made.area.path, about="", collection="x", mode="before",
        status=status, reason_key=reason, original="x", submitted_at=now, due_at=now, decided_at=now,
    )  # fmt: skip


def fetched(client: PageClient, made: Answering, name: str) -> bytes:
    account = made.session.get_one(Account, made.drafter.account_id)
    sign_in(client, made.session, account)
    answer = client.get(f"/staff/gop-y/{made.consultation.id}/tep/{name}")
    assert answer.status_code == 200, name
    assert "attachment" in answer.headers["Content-Disposition"] and answer.headers["Cache-Control"] == "no-store"
    return bytes(answer.data)


def text_of(name: str, data: bytes) -> str:
    if name.endswith(".pdf"):
        pages = pypdfium2.PdfDocument(data)
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    if name.endswith(".docx"):
        document = docx.Document(BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    sheets = CalamineWorkbook.from_filelike(BytesIO(data))
    return " ".join(
        str(cell) for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python() for cell in row
    )


@pytest.mark.parametrize("published", [False, True])
def test_no_file_holds_what_others_may_not_read(client: PageClient, made: Answering, published: bool) -> None:
    answer_all(made)
    if published:
        publish(made.session, made.approver, made.consultation)
    for name in (*PAPERS, *BOOKS):
        data = fetched(client, made, name)
        found = text_of(name, data)
        assert [secret for secret in SECRETS if secret in found] == [], name
        if not name.endswith(".pdf"):
            parts = ZipFile(BytesIO(data))
            whole = "".join(parts.read(part).decode("utf-8", "ignore") for part in parts.namelist())
            assert [secret for secret in SECRETS if secret in whole] == [], name


def test_papers_hold_the_whole_table(client: PageClient, made: Answering) -> None:
    written = replace(WRITTEN, final_place="Khoản 2 Điều 1")
    answer_all(made, written)
    publish(made.session, made.approver, made.consultation)
    for name in PAPERS:
        found = text_of(name, fetched(client, made, name))
        for words in (made.consultation.title, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", written.summary, written.text,
                      "Khoản 2 Điều 1", "Tiếp thu một phần", "2 ý kiến của 40 người", "PHƯỜNG THỚI HÒA"):  # fmt: skip
            assert words in found, (name, words)
        assert "CHƯA CÔNG BỐ" not in found
    report = text_of("bao-cao.docx", fetched(client, made, "bao-cao.docx"))
    assert "Xúc phạm, lăng mạ: 1" in report and "nói tại cuộc họp 2" in report


def test_papers_of_a_table_that_is_not_out_say_so(client: PageClient, made: Answering) -> None:
    for name in PAPERS:
        assert "CHƯA CÔNG BỐ" in text_of(name, fetched(client, made, name))


def test_late_tables_say_how_late(made: Answering) -> None:
    made.consultation.answer_due_on = clock.today() - timedelta(days=3)
    assert table_facts(made.session, made.consultation, clock.today()).days_late == 3


def test_the_workbook_holds_answers_counts_and_opinions(client: PageClient, made: Answering) -> None:
    answer_all(made)
    book = CalamineWorkbook.from_filelike(BytesIO(fetched(client, made, "bang-tiep-thu.xlsx")))
    assert book.sheet_names == ["Tiếp thu, giải trình", "Số ý kiến", "Ý kiến"]
    answers, counts, opinions = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert [row[2:4] for row in answers[1:]] == [[2.0, 40.0], [2.0, 2.0], [1.0, 1.0]]
    assert counts[-1] == ["Tổng cộng", 5.0, 0.0, 43.0, 0.0]
    assert len(opinions) == 1 + 5
    assert [row[4] for row in opinions[1:]] == ["", "", "", "", "▇▇▇"]
    assert len({row[-1] for row in opinions[1:]} - {""}) == 1


def test_what_looks_like_a_formula_stays_a_text(client: PageClient, made: Answering) -> None:
    for text in ('=HYPERLINK("http://x.example","a")', "+1+1", "-2+3", "@SUM(A1)", "http://x.example/a", "0123"):
        make_opinion(made.session, made.consultation, text, article_anchor="dieu-3")
    answer_all(made, Draft("=1+1", "accepted", "@SUM(A1)", "-2"))
    for name in BOOKS:
        data = fetched(client, made, name)
        parts = ZipFile(BytesIO(data))
        sheets = [parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/worksheets/")]
        assert sheets and not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
        assert "=HYPERLINK" in text_of(name, data) and "0123" in text_of(name, data)


def test_texts_of_a_strange_kind_do_not_break_a_file(client: PageClient, made: Answering) -> None:
    strange = "Ký tự lạ \x0b\x00 và < & > “ ” 😀 " + "x" * 300
    make_opinion(made.session, made.consultation, strange.replace("\x00", ""), article_anchor="dieu-3")
    answer_all(made, Draft("< & > 😀", "noted", "#set page(1) *đậm* " + "y" * 300))
    for name in (*PAPERS, *BOOKS):
        assert "< & >" in text_of(name, fetched(client, made, name))


def test_opinions_are_read_some_at_a_time(made: Answering) -> None:
    facts = opinion_facts(made.session, made.consultation)
    assert [one.number for one in facts] == [1, 2, 3, 4, 5]


def test_unknown_files_and_drafts_in_preparation_have_none(client: PageClient, session: Session) -> None:
    made = make_answering(session, phase=Phase.PREPARING)
    sign_in(client, session, session.get_one(Account, made.drafter.account_id))
    base = f"/staff/gop-y/{made.consultation.id}/tep"
    assert client.get(f"{base}/bao-cao.pdf").status_code == 409
    assert client.get(f"{base}/bao-cao.exe").status_code == 404
