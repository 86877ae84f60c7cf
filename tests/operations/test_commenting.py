"""Recording an opinion: once, at the right moment, from whom it may come; what becomes of it at the moderators'."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.contact import phone_of
from app.consultations.errors import Closed, NotPrepared, NotYetOpen, Withdrawn
from app.consultations.models import Comment, CommentFile, Consultation, ConsultationArea
from app.consultations.queries import comments
from app.consultations.rules.phases import Phase
from app.consultations.rules.saying import LONGEST
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Role
from app.lib.filetypes import JPEG, PDF
from app.moderation import kinds
from app.moderation.models import ModerationItem
from app.visitors.uploads import CleanFile
from tests.support.cast import in_days, make_actor, make_area
from tests.support.commenting import KEYRING, TEXT, item_of, make_comment, say
from tests.support.consultations import make_consultation, make_version

HOSTILE = "<script>alert(1)</script>{{7*7}}\u202e\u0000"
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def consulted(session: Session, phase: Phase = Phase.OPEN, **values: Any) -> Consultation:
    commune = make_area(session).parent
    assert commune is not None
    return make_consultation(session, commune, phase=phase, **values)


def number(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Comment)) or 0


def decide(session: Session, item: ModerationItem, status: str, **values: Any) -> None:
    item.status, item.decided_at = status, clock.now()
    for name, value in values.items():
        setattr(item, name, value)
    session.flush()
    kinds.get("comment").apply(session, item)


# ------------------------------------------------------------------------------------------------ what is kept


def test_an_opinion_waits_for_a_moderator_where_they_come_first(session: Session) -> None:
    consultation = consulted(session, moderation="before")
    made = say(session, consultation, naming="shown", name=" Nguyễn  Thị Hoa ", phone="+84 912 345 678")
    assert (made.visible, made.shown_text, made.shown_name) == (False, None, "")
    assert (made.name, made.article_anchor, made.stance) == ("Nguyễn Thị Hoa", "dieu-1", "change")
    assert phone_of(KEYRING, made) == "0912345678" and b"0912345678" not in (made.phone or b"")
    item = item_of(session, made)
    assert (item.mode, item.status, item.path) == ("before", "pending", consultation.area.path)
    assert item.original.startswith(TEXT) and item.original.endswith("Nguyễn Thị Hoa")
    assert item.about == f"{consultation.title} · Điều 1. Nội dung thứ 1" and "091" not in item.original
    assert comments.shown(session, consultation.id, "dieu-1") == []


def test_and_is_shown_at_once_where_they_come_after(session: Session) -> None:
    consultation = consulted(session, moderation="after")
    made = say(session, consultation, naming="shown", name="Nguyễn Thị Hoa")
    [one] = comments.shown(session, consultation.id, "dieu-1")
    assert (one.id, one.text, one.name) == (made.id, TEXT, "Nguyễn Thị Hoa")


@pytest.mark.parametrize("mode", ["before", "after"])
def test_mere_agreement_is_counted_at_once(session: Session, mode: str) -> None:
    consultation = consulted(session, moderation=mode)
    made = say(session, consultation, stance="agree", text=" \n ", anchor="", naming="shown", name="Lê Văn Ba")
    assert (made.visible, made.shown_text, made.shown_name) == (True, "", "")
    assert session.scalar(select(func.count()).select_from(ModerationItem)) == 0
    assert comments.counts(session, consultation.id)[""].agree == 1
    assert comments.shown(session, consultation.id, "") == []


@pytest.mark.parametrize(("stance", "text"), [("agree", ""), ("change", TEXT)])
def test_what_looks_like_a_program_is_not_shown_unread(session: Session, stance: str, text: str) -> None:
    made = say(session, consulted(session, moderation="after"), stance=stance, text=text, held=True)
    assert not made.visible and item_of(session, made).mode == "before"
    decide(session, item_of(session, made), "approved")
    assert made.visible and made.shown_text == text


@pytest.mark.parametrize("naming", ["staff", "none"])
def test_a_name_that_is_not_to_be_shown_goes_nowhere(session: Session, naming: str) -> None:
    consultation = consulted(session, moderation="after")
    made = say(session, consultation, naming=naming, name="Nguyễn Thị Hoa")
    assert made.name == ("Nguyễn Thị Hoa" if naming == "staff" else "")
    assert made.shown_name == "" and "Hoa" not in item_of(session, made).original
    decide(session, item_of(session, made), "approved")
    assert comments.shown(session, consultation.id, "dieu-1")[0].name == ""


def test_hostile_text_is_kept_as_text_without_what_cannot_be_seen(session: Session) -> None:
    made = say(session, consulted(session), text=f"{HOSTILE}\r\n\r\n\r\nDòng   hai")
    assert made.text == "<script>alert(1)</script>{{7*7}}\n\nDòng hai"
    with pytest.raises(Refusal) as refused:
        say(session, consulted(session), naming="shown", name="Hoa\u202e")
    assert refused.value.field == "name"


def test_each_code_is_of_its_own_and_says_nothing(session: Session) -> None:
    consultation = consulted(session)
    codes = {say(session, consultation, text=f"{TEXT} {n}").code for n in range(5)}
    assert len(codes) == 5 and all(len(code) == 8 for code in codes)


# ------------------------------------------------------------------------------------------------ once


def test_the_same_sending_again_is_the_same_opinion(session: Session) -> None:
    consultation = consulted(session)
    made = say(session, consultation, client_uuid=UUID)
    again = say(session, consultation, client_uuid=UUID)
    assert again.id == made.id and number(session) == 1
    assert session.scalar(select(func.count()).select_from(ModerationItem)) == 1


def test_it_is_found_again_even_after_the_end(session: Session) -> None:
    consultation = consulted(session)
    made = say(session, consultation, client_uuid=UUID)
    consultation.closes_at = in_days(-0.1)
    session.flush()
    assert say(session, consultation, client_uuid=UUID).code == made.code


@pytest.mark.parametrize("other", [{"text": "Khác hẳn."}, {"stance": "other"}, {"anchor": "dieu-2"}])
def test_something_else_under_the_same_mark_is_refused(session: Session, other: dict[str, str]) -> None:
    consultation = consulted(session)
    say(session, consultation, client_uuid=UUID)
    with pytest.raises(WrongMoment, match="đã gửi rồi"):
        say(session, consultation, client_uuid=UUID, **other)
    with pytest.raises(WrongMoment):
        say(session, consulted(session), client_uuid=UUID)
    assert number(session) == 1


def test_one_device_says_the_same_thing_once(session: Session) -> None:
    consultation = consulted(session)
    device = "d" * 64
    for values in ({"stance": "agree", "text": "", "anchor": ""}, {"text": TEXT}):
        say(session, consultation, device_hash=device, **values)
        with pytest.raises(WrongMoment, match="giống hệt"):
            say(session, consultation, device_hash=device, **values)
        say(session, consultation, device_hash="e" * 64, **values)
    say(session, consultation, device_hash=device, text="Thêm một ý nữa.")
    assert number(session) == 5


# ------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("phase", "refusal"),
    [
        (Phase.PREPARING, NotPrepared),
        (Phase.UPCOMING, NotYetOpen),
        (Phase.CLOSED, Closed),
        (Phase.ANSWERED, Closed),
        (Phase.ADOPTED, Closed),
        (Phase.WITHDRAWN, Withdrawn),
    ],
)
def test_only_while_it_is_open(session: Session, phase: Phase, refusal: type[Refusal]) -> None:
    consultation = consulted(session, phase)
    for values in ({}, {"stance": "agree", "text": "", "anchor": ""}):
        with pytest.raises(refusal):
            say(session, consultation, **values)
    assert number(session) == 0


def test_the_databases_clock_decides_and_no_other(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    consultation = consulted(session, Phase.CLOSED)
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real - timedelta(days=20))
    with pytest.raises(Closed):
        say(session, consultation)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \u200b\n"}, "text"),
        ({"stance": "other", "text": ""}, "text"),
        ({"text": "a" * (LONGEST + 1)}, "text"),
        ({"stance": "against"}, "stance"),
        ({"naming": "loud"}, "stance"),
        ({"naming": "shown", "name": " "}, "name"),
        ({"naming": "staff", "name": ""}, "name"),
        ({"naming": "shown", "name": "x" * 200}, "name"),
        ({"phone": "12345"}, "phone"),
        ({"phone": "0912345678, 0987654321"}, "phone"),
        ({"anchor": "dieu-99"}, "anchor"),
        ({"anchor": "dieu-1-khoan-1"}, "anchor"),
        ({"weight": 0}, "weight"),
        ({"source": "paper"}, "source"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(session: Session, values: dict[str, Any], field: str) -> None:
    consultation = consulted(session)
    with pytest.raises(Refusal) as refused:
        say(session, consultation, **values)
    assert refused.value.field == field and number(session) == 0


def test_the_longest_text_fits(session: Session) -> None:
    assert len(say(session, consulted(session), text="ẵ" * LONGEST).text) == LONGEST


def test_the_version_that_was_read_is_kept(session: Session) -> None:
    consultation = consulted(session)
    newer = make_version(session, consultation, articles=1)
    assert say(session, consultation, text="Một.").version_id == newer.id
    older = say(session, consultation, text="Hai.", version_no=1, anchor="dieu-3")
    assert older.version_id != newer.id
    with pytest.raises(Refusal):
        say(session, consultation, text="Ba.", anchor="dieu-3")


# ------------------------------------------------------------------------------------------------ from whom


def test_a_draft_for_some_areas_takes_their_residents_alone(session: Session) -> None:
    consultation = consulted(session, audience="areas")
    mine, next_door = make_area(session, consultation.area), make_area(session, consultation.area)
    session.add(ConsultationArea(consultation_id=consultation.id, area_id=mine.id))
    session.flush()
    session.refresh(consultation)
    for wrong in (None, next_door.id, 10**8):
        with pytest.raises(Refusal) as refused:
            say(session, consultation, resident_of=wrong, resident_by="slip")
        assert refused.value.field == "code"
    made = say(session, consultation, resident_of=mine.id, resident_by="slip")
    assert (made.resident_of, made.resident_by) == (mine.id, "slip")


def test_a_resident_of_elsewhere_is_not_marked_here(session: Session) -> None:
    with pytest.raises(Refusal):
        say(session, consulted(session), resident_of=make_area(session).id, resident_by="slip")


def test_a_draft_for_bodies_takes_bodies_and_never_unread(session: Session) -> None:
    consultation = consulted(session, audience="bodies", moderation="after", invited="Hội Nông dân")
    with pytest.raises(Refusal) as refused:
        say(session, consultation)
    assert refused.value.field == "body"
    made = say(session, consultation, body="Hội Nông dân phường")
    assert not made.visible and item_of(session, made).mode == "before"
    decide(session, item_of(session, made), "approved")
    assert comments.shown(session, consultation.id, "dieu-1")[0].name == "Hội Nông dân phường"


def test_staff_enter_what_came_by_other_ways(session: Session) -> None:
    consultation = consulted(session, Phase.CLOSED)
    officer = make_actor(session, Role.COMMUNE_OFFICER, consultation.area)
    assert consultation.closes_at is not None
    came = {"source": "paper", "written_at": consultation.closes_at - timedelta(days=1)}
    made = say(session, consultation, by=officer, weight=12, **came)
    assert (made.entered_by, made.weight, made.source) == (officer.account_id, 12, "paper")
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.action == "consultations.comment.enter" and TEXT not in str(entry.detail)
    for late in (consultation.closes_at + timedelta(hours=1), None):
        with pytest.raises(Closed):
            say(session, consultation, by=officer, source="paper", written_at=late)
    with pytest.raises(Refusal):
        say(session, consultation, by=officer, source="paper", written_at=in_days(1))
    with pytest.raises(Refusal):
        say(session, consultation, by=officer)


# ------------------------------------------------------------------------------------------------ what moderators do


def test_what_is_hidden_is_in_no_question_of_the_public(session: Session) -> None:
    consultation = consulted(session, moderation="after")
    made = say(session, consultation, files=[CleanFile(b"jpeg", JPEG)])
    decide(session, item_of(session, made), "rejected", reason_key="insult")
    assert (made.visible, made.shown_text, made.shown_name) == (False, None, "")
    assert comments.shown(session, consultation.id, "dieu-1") == []
    assert comments.shown_one(session, consultation.id, made.id) is None
    assert comments.counts(session, consultation.id)["dieu-1"].total == 0
    file = session.scalars(select(CommentFile)).one()
    assert comments.shown_file(session, consultation.id, made.id, file.id) is None


def test_covered_parts_are_covered_everywhere(session: Session) -> None:
    consultation = consulted(session, moderation="after")
    made = say(session, consultation, text="Gọi 0912345678 nhé.", naming="shown", name="Bà Tám", files=[
        CleanFile(b"%PDF", PDF)
    ])  # fmt: skip
    item = item_of(session, made)
    covered = item.original.replace("0912345678", "[đã che]").replace("Bà Tám", "[đã che]")
    decide(session, item, "approved", shown_text=covered)
    [one] = comments.shown(session, consultation.id, "dieu-1")
    assert (one.text, one.name) == ("Gọi [đã che] nhé.", "[đã che]") and one.files == []
    assert made.text == "Gọi 0912345678 nhé."


def test_files_are_shown_once_somebody_has_looked(session: Session) -> None:
    consultation = consulted(session, moderation="after")
    made = say(session, consultation, files=[CleanFile(b"a", JPEG), CleanFile(b"b", PDF)])
    assert comments.shown(session, consultation.id, "dieu-1")[0].files == []
    decide(session, item_of(session, made), "approved")
    files = comments.shown(session, consultation.id, "dieu-1")[0].files
    assert [file.filename for file in files] == ["anh-1.jpg", "tep-2.pdf"]
    with pytest.raises(Refusal):
        say(session, consultation, text="Bốn ảnh.", files=[CleanFile(b"a", JPEG)] * 4)


def test_a_moderator_reads_the_article_and_not_the_author(session: Session) -> None:
    consultation = consulted(session)
    made = say(session, consultation, naming="staff", name="Nguyễn Thị Hoa", phone="0912345678")
    context = kinds.get("comment").context(session, [made.id, 10**6])[made.id]
    text = str(context)
    assert "Khoản 2 của Điều 1" in text and "Điều 2" not in text and "Hoa" not in text and "0912" not in text
    assert context.address == f"/gop-y/{consultation.public_id}/dieu-1"


# ------------------------------------------------------------------------------------------------ pages of many


def test_pages_go_back_by_cursor_and_pass_over_mere_agreement(session: Session) -> None:
    consultation = consulted(session)
    texts = [make_comment(session, consultation, text=f"Ý {n}").id for n in range(comments.PAGE + 3)]
    for _ in range(5):
        make_comment(session, consultation, stance="agree", text="")
    make_comment(session, consultation, text="Ẩn", visible=False)
    make_comment(session, consultation, text="Điều khác", article_anchor="dieu-2")
    newest = comments.shown(session, consultation.id, "dieu-1")
    assert [one.id for one in newest] == texts[::-1][: comments.PAGE + 1]
    oldest = comments.shown(session, consultation.id, "dieu-1", before=newest[comments.PAGE - 1].id)
    assert [one.id for one in oldest] == texts[:3][::-1]
    assert comments.counts(session, consultation.id)["dieu-1"].total == comments.PAGE + 3 + 5
