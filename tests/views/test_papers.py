"""The papers of a poll as files: the right type, the right words inside, at the right time."""

import io
import re
import time
from collections.abc import Callable
from typing import Any

import docx
import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import OPERATOR
from app.holidays.operations import load_year
from app.lib.calendar import local_day
from app.lib.filetypes import DOCX, PDF
from app.polls.models import Decision, OtherOpinion, Result, TeamMember
from app.polls.operations import deciding, destroying
from app.polls.queries.facts import send_by
from app.polls.views_papers import PAPERS, TEXT
from tests.support import papers
from tests.support.cast import in_days, make_area, make_poll
from tests.support.counting import Vote, come, counted, decided, draft, ended, voting, written
from tests.support.pages import PageClient

AFTER_COUNT = sorted(name for name in PAPERS if not name.startswith(("thong-bao", "loa")))
READERS: dict[str, Callable[[bytes], str]] = {
    "pdf": papers.pdf_text,
    "docx": papers.docx_text,
    "txt": lambda data: papers.squeezed(data.decode()),
}
FORMATS = pytest.mark.parametrize("kind", ["pdf", "docx"])


def fetch(client: PageClient, session: Session, vote: Vote, name: str, by: Any = None) -> Any:
    session.commit()
    come(client, session, by or vote.head)
    return client.get(f"/staff/cuoc-bieu-quyet/{vote.poll.public_id}/giay-to/{name}")


def read(client: PageClient, session: Session, vote: Vote, name: str, by: Any = None) -> str:
    answer = fetch(client, session, vote, name, by)
    assert answer.status_code == 200, answer.text[:500]
    return READERS[name.rsplit(".", 1)[1]](answer.data)


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_every_paper_is_a_file_of_its_type(client: PageClient, session: Session, name: str) -> None:
    vote = decided(session, 5, 3, ["Nên lắp thêm đèn."], absent=1)
    answer = fetch(client, session, vote, name)
    kinds = {"pdf": (PDF.media_type, b"%PDF-"), "docx": (DOCX.media_type, b"PK"), "txt": (TEXT, "Kính thưa".encode())}
    content_type, begins = kinds[name.rsplit(".", 1)[1]]
    assert answer.headers["Content-Type"] == content_type and answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{vote.poll.public_id}-{name}"'
    assert answer.headers["Cache-Control"] == "no-store"


# ---------------------------------------------------------------------------------------------- before the count


@FORMATS
def test_the_notice_tells_everything_residents_need(client: PageClient, session: Session, kind: str) -> None:
    vote = voting(session, 5)
    session.add(TeamMember(poll_id=vote.poll.id, full_name="Trần Mặt", body="front", phone="0901234567", is_head=True))
    vote.area.address = "Nhà văn hóa khu phố 6"
    text = read(client, session, vote, f"thong-bao.{kind}")
    for said in ("THÔNG BÁO", vote.poll.question, "3 hộ", "Trần Mặt", "Nhà văn hóa khu phố 6", "khoản 6 Điều 15"):
        assert said in text
    assert "Trên 50% tổng số hộ" in text.replace(" %", "%")


def test_the_loudspeaker_reads_words(client: PageClient, session: Session) -> None:
    text = read(client, session, voting(session, 5), "loa.txt")
    assert "năm hộ" in text and not re.search(r"\d", text) and "Kính thưa toàn thể bà con." in text


@pytest.mark.parametrize("name", AFTER_COUNT)
def test_results_wait_for_the_count(client: PageClient, session: Session, name: str) -> None:
    for vote in (voting(session, 3), ended(session, 4, 3)):
        assert fetch(client, session, vote, name).status_code == 409


@pytest.mark.parametrize("name", AFTER_COUNT)
def test_a_cancelled_poll_has_no_result_paper(client: PageClient, session: Session, name: str) -> None:
    vote = ended(session, 4, 3)
    vote.release(vote.head)
    vote.poll.status, vote.poll.cancelled_at = "cancelled", clock.now()
    assert fetch(client, session, vote, name).status_code == 409


@pytest.mark.parametrize("name", sorted(PAPERS))
@pytest.mark.parametrize("status", ["preparing", "submitted", "cancelled"])
def test_no_paper_of_what_was_never_opened(client: PageClient, session: Session, name: str, status: str) -> None:
    vote = voting(session, 1, make_area(session))
    poll = make_poll(session, vote.area, status=status, opens_at=None, closes_at=None)
    session.commit()
    come(client, session, vote.head)
    assert client.get(f"/staff/cuoc-bieu-quyet/{poll.public_id}/giay-to/{name}").status_code == 409


# ---------------------------------------------------------------------------------------------------- minutes


@FORMATS
def test_minutes_hold_every_field_of_the_law(client: PageClient, session: Session, kind: str) -> None:
    vote = decided(session, 5, 3, ["Nên lắp thêm đèn."], absent=0)
    result = session.get_one(Result, vote.poll.id)
    text = read(client, session, vote, f"van-ban.{kind}")
    for said in (
        "NGHỊ QUYẾT",
        "Số: 02/NQ-KP6",
        vote.poll.question,
        "Tổng số hộ gia đình",
        "9 hộ (100,0 %)",
        "Đồng ý 5 55,5 %",
        "Không đồng ý 3 33,3 %",
        "Được thông qua: 5/9 hộ đồng ý (55,5 %). Cần ít nhất 5 hộ",
        "Nên lắp thêm đèn.",
        "Thống nhất lắp 12 camera.",
        "biểu quyết trực tuyến",
        "9 phiếu; đã giao 9 phiếu; chưa giao 0 phiếu",
        "TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",
        "TRƯỞNG KHU PHỐ",
    ):
        assert said in text, said
    assert text.count("(Ký, ghi rõ họ tên)") == 4
    compact = text.replace(" ", "")
    assert result.batch_sha256 in compact and (vote.poll.definition_sha256 or "") in compact


def test_the_signed_document_stays_the_same_whatever_happens_to_it_afterwards(
    client: PageClient, session: Session
) -> None:
    vote = decided(session, 5, 3, ["Nên lắp thêm đèn."], absent=0)
    before = read(client, session, vote, "van-ban.docx")
    deciding.send(session, vote.head, vote.poll, places=["board", "loudspeaker"])
    deciding.receive(session, vote.officer, vote.poll)
    assert read(client, session, vote, "van-ban.docx") == before
    assert "board" not in before


def test_the_deadline_in_the_minutes_steps_over_days_off(client: PageClient, session: Session) -> None:
    vote = counted(session, 4, 3)
    load_year(session, OPERATOR, local_day(clock.now()).year)
    day = send_by(session, vote.poll)
    assert day is not None
    text = read(client, session, vote, "van-ban.docx")
    assert f"chậm nhất ngày {day:%d} tháng {day.month:0{2 if day.month < 3 else 1}} năm {day.year}" in text


def test_a_draft_leaves_room_for_names_by_hand(client: PageClient, session: Session) -> None:
    vote = counted(session, 4, 3)
    text = read(client, session, vote, "van-ban.pdf")
    assert text.count("………") >= 3 and "BIÊN BẢN" in text
    deciding.write(session, vote.head, vote.poll, draft(vote, head_name="", household_one=""))
    text = read(client, session, vote, "van-ban.pdf")
    assert "Hoàng Thị Hòa" in text and "Lê Minh Đức" not in text


def test_minutes_of_consent_decide_nothing(client: PageClient, session: Session) -> None:
    vote = written(session, 5, 3, absent=0, kind="online_consent")
    text = read(client, session, vote, "van-ban.docx")
    assert "BIÊN BẢN" in text and "không thay cho quyết định" in text and "Được thông qua" not in text
    assert "chậm nhất" not in text


def test_an_explanation_stands_in_the_minutes_above_the_signatures(client: PageClient, session: Session) -> None:
    vote = counted(session, 5, 3)
    row = session.get_one(Result, vote.poll.id)
    said = {"problems": ["Nhật ký có 9 lượt gửi."], "reason": "Một lượt gửi thử.", "by": ["A", "B"]}
    row.reconciliation = row.reconciliation | {"explanation": said}
    text = read(client, session, vote, "van-ban.pdf")
    assert "Số phiếu chưa khớp: Nhật ký có 9 lượt gửi. Giải trình: Một lượt gửi thử." in text
    assert text.index("Giải trình") < text.index("(Ký, ghi rõ họ tên)")


def test_nobody_voted_makes_sound_papers(client: PageClient, session: Session) -> None:
    vote = counted(session, absent=4)
    for name in AFTER_COUNT:
        text = read(client, session, vote, name)
        assert "Không được thông qua: 0/4" in text or name.startswith(("danh-sach", "ket-qua"))


def test_two_hundred_opinions_and_hostile_text_are_set_in_seconds(client: PageClient, session: Session) -> None:
    vote = counted(session, 3, 3, ["một"], absent=0)
    row = session.get_one(Result, vote.poll.id)
    row.roll_size, row.counted, row.other, row.agree, row.passed = 400, 206, 200, 3, False
    vote.poll.roll_size, row.needed = 400, 201
    hostile = papers.HOSTILE[0]
    session.add_all(OtherOpinion(poll_id=vote.poll.id, position=n, text=f"{n} {hostile * 4}") for n in range(2, 201))
    session.flush()
    began = time.monotonic()
    text = read(client, session, vote, "van-ban.pdf")
    assert time.monotonic() - began < 10 and "200 " in text and '#panic("x")' in text


# -------------------------------------------------------------------------------------------- hidden results


def test_what_is_read_aloud_of_a_hidden_result_holds_no_count_of_choices(client: PageClient, session: Session) -> None:
    texts = set()
    for agree, disagree in ((15, 1), (14, 2), (16, 0)):
        vote = counted(session, agree, disagree, absent=4, area=make_area(session, name="khu phố 6"))
        text = read(client, session, vote, "ket-qua-loa.txt", vote.officer)
        texts.add(text)
    (text,) = texts
    assert "số phiếu từng loại không đọc trên loa" in text and "mười sáu hộ" in text


def test_minutes_of_a_hidden_result_hold_the_exact_numbers(client: PageClient, session: Session) -> None:
    vote = counted(session, 15, 1, absent=4)
    assert "15/20 hộ đồng ý" in read(client, session, vote, "van-ban.pdf", vote.overseer)


# ------------------------------------------------------------------------------------------ who took part


@FORMATS
def test_the_list_holds_who_took_part_and_nobody_else(client: PageClient, session: Session, kind: str) -> None:
    vote = counted(session, 2, 1, absent=2)
    text = read(client, session, vote, f"danh-sach-tham-gia.{kind}", vote.officer)
    for number in ("001", "002", "003"):
        assert number in text
    assert "004" not in text and "005" not in text and "không ghi lựa chọn" in text and "3 hộ" in text


def test_after_the_roll_is_gone_minutes_remain_and_the_list_does_not(client: PageClient, session: Session) -> None:
    vote = decided(session, 5, 3, ["Nên lắp thêm đèn."], absent=0)
    before = read(client, session, vote, "van-ban.docx")
    session.get_one(Decision, vote.poll.id).signed_at = in_days(-100)
    session.flush()
    destroying.shred(session, OPERATOR, vote.poll)
    destroying.purge_roll(session, OPERATOR, vote.poll)
    assert read(client, session, vote, "van-ban.docx") == before
    for kind in ("pdf", "docx"):
        answer = fetch(client, session, vote, f"danh-sach-tham-gia.{kind}")
        assert answer.status_code == 409 and "đã được xóa sau thời hạn lưu giữ" in answer.text
    assert client.get(f"/bieu-quyet/{vote.poll.public_id}").status_code == 200
    for page in ("phieu-ma/", "phieu-ma/tham-gia", "phieu-ma/goi-lai", "ket-qua/"):
        assert client.get(f"/staff/cuoc-bieu-quyet/{vote.poll.public_id}/{page}").status_code == 200


# ------------------------------------------------------------------------------------------ the delivery list


def test_the_delivery_list_holds_names_and_no_code(client: PageClient, session: Session) -> None:
    vote = voting(session, 3)
    session.commit()
    come(client, session, vote.head)
    answer = client.get(f"/staff/cuoc-bieu-quyet/{vote.poll.public_id}/phieu-ma/danh-sach-giao.pdf")
    text = papers.pdf_text(answer.data)
    assert answer.mimetype == "application/pdf" and "DANH SÁCH GIAO PHIẾU MÃ" in text and "002" in text
    for slip in vote.slips:
        assert slip.code not in text.replace("-", "") and slip.secret not in text
        assert slip.secret.encode() not in answer.data


def test_no_delivery_list_without_slips(client: PageClient, session: Session) -> None:
    vote = voting(session, 0)
    session.commit()
    come(client, session, vote.head)
    assert client.get(f"/staff/cuoc-bieu-quyet/{vote.poll.public_id}/phieu-ma/danh-sach-giao.pdf").status_code == 409


def test_docx_files_open(client: PageClient, session: Session) -> None:
    vote = counted(session, 4, 3)
    document = docx.Document(io.BytesIO(fetch(client, session, vote, "van-ban.docx").data))
    assert len(document.paragraphs) > 10
