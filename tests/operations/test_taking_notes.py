"""A note at the counter: to the moderators, into a case, or to the inspectors alone."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct, RatingNote, RestrictedReport
from app.feedback.operations.cases import TakenIn, take_in
from app.feedback.operations.restricting import Photo
from app.feedback.rules.cases import typed_code
from app.feedback.sealing import code_hash, open_photo, open_report, phone_of
from app.moderation.models import ModerationItem
from tests.support.cases import PICTURE
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_point, make_rating
from tests.support.storage import MemoryStorage

KEYS = Keyring("for tests")
PHONE = "0912 345 678"


def taken(session: Session, text: str, *, level: int = 2, **values: object) -> tuple[TakenIn, RatingNote]:
    center = make_center(session, make_commune(session))
    rating = make_rating(session, make_point(session, make_counter(session, center)), level)
    note = RatingNote(text=text, device_hash=rating.device_hash, added_at=clock.now())
    given = {"reasons": set(), "phone": "", "wants_answer": False, "holidays": {}} | values
    return take_in(session, KEYS, rating, note, **given), note  # type: ignore[arg-type]


def items(session: Session) -> list[str]:
    return list(session.scalars(select(ModerationItem.original).where(ModerationItem.kind == "rating_note")))


def test_plain_words_wait_for_a_moderator_and_leave_no_case(session: Session) -> None:
    found, note = taken(session, "Ghế ngồi chờ ít quá.", phone=PHONE)
    assert (found.kind, found.code, found.explain) == ("note", "", "")
    assert items(session) == ["Ghế ngồi chờ ít quá."]
    assert not note.visible and note.shown_text is None and note.phone is None
    assert session.scalar(select(Case)) is None


def test_who_wants_an_answer_gets_a_case_and_a_code_of_which_only_the_hash_is_kept(session: Session) -> None:
    found, note = taken(session, "Tôi phải đi lại ba lần.", phone=PHONE, wants_answer=True)
    case = session.scalars(select(Case)).one()
    assert found.kind == "case" and found.code.startswith("PA-") and len(found.code) == 12
    code = typed_code(found.code)
    assert case.code_hash == code_hash(KEYS, code) and code not in case.code_hash
    assert phone_of(KEYS, note) == "0912345678" and b"0912345678" not in (note.phone or b"")
    assert (case.status, case.due_at > case.opened_at) == ("new", True)
    assert session.scalars(select(CaseAct.verb)).all() == ["open"]
    assert len(items(session)) == 1


@pytest.mark.parametrize(
    ("text", "reasons", "kind"),
    [
        ("", {"unofficial_payment"}, "unofficial_payment"),
        ("Cán bộ gợi ý chi tiền bồi dưỡng mới nhận hồ sơ.", set(), "unofficial_payment"),
        ("Ông Trần Văn Tám nhận hối lộ của người dân.", {"long_wait"}, "unofficial_payment"),
        ("Bà Nguyễn Thị Lan hách dịch, cửa quyền với dân.", set(), "named_accusation"),
        ("Tôi làm đơn tố cáo cán bộ ở quầy 3.", set(), "named_accusation"),
    ],
)
def test_money_and_accusations_go_to_the_inspectors_alone(
    session: Session, text: str, reasons: set[str], kind: str
) -> None:
    files = MemoryStorage()
    photo = Photo(files, PICTURE)
    found, note = taken(session, text, reasons=reasons, phone=PHONE, wants_answer=True, photo=photo)
    report = session.scalars(select(RestrictedReport)).one()
    ((key, stored),) = files.files.items()
    assert report.photo_key == key and PICTURE not in stored and open_photo(KEYS, report, stored) == PICTURE
    assert (found.kind, report.kind) == ("restricted", kind) and found.code
    assert note.restricted and (note.text, note.photo_key, note.text_key, note.phone) == ("", "", "", None)
    assert open_report(KEYS, report) == (text, "0912345678")
    assert items(session) == [] and session.scalar(select(Case)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Cán bộ không vòi tiền, làm nhanh.",
        "Không ai đòi hối lộ gì cả.",
        "Bà Lan hướng dẫn tận tình.",
        "Nộp tiền lệ phí ở quầy khác nên phải đi lại.",
        "Xin cho biết thủ tục giải quyết khiếu nại.",
    ],
)
def test_who_praises_or_asks_is_not_taken_for_an_informant(session: Session, text: str) -> None:
    found, _note = taken(session, text, level=5)
    assert (found.kind, found.explain) == ("note", "") and items(session) == [text]


def test_a_formal_complaint_is_explained_and_still_kept(session: Session) -> None:
    found, _note = taken(session, "Tôi khiếu nại quyết định thu hồi đất.", wants_answer=True)
    assert (found.kind, found.explain) == ("case", "complaint") and len(items(session)) == 1
    assert taken(session, "Tôi muốn tố cáo cán bộ tại đây.")[0].explain == "denunciation"


@pytest.mark.parametrize(
    ("text", "phone", "field"),
    [("", "", "text"), ("Chờ lâu", "12345", "phone"), ("Dài " * 300, "", "text"), ("Chờ\u202elâu", "", "text")],
)
def test_what_cannot_be_answered_is_refused_at_its_field(session: Session, text: str, phone: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        taken(session, text, phone=phone, wants_answer=True)
    assert refused.value.field == field and items(session) == []


def test_without_a_telephone_the_code_alone_leads_to_the_answer(session: Session) -> None:
    found, note = taken(session, "", reasons={"long_wait"}, wants_answer=True)
    assert found.kind == "case" and note.phone is None and items(session) == []


def test_a_photo_alone_is_looked_at_too_and_is_no_duplicate(session: Session) -> None:
    files = MemoryStorage()
    found, note = taken(session, "", photo=Photo(files, PICTURE))
    assert found.kind == "note" and len(items(session)) == 1 and not note.photo_visible
    assert files.files == {note.photo_key: PICTURE}
