"""From whom an opinion may come, and what moderators make of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.errors import Closed
from app.consultations.models import CommentFile, ConsultationArea
from app.consultations.queries import comments
from app.consultations.rules.phases import Phase
from app.core.errors import Refusal
from app.core.permissions import Role
from app.lib.filetypes import JPEG, PDF
from app.moderation import kinds
from app.visitors.uploads import CleanFile
from tests.support.cast import in_days, make_actor, make_area
from tests.support.commenting import TEXT, consulted, decide, item_of, make_comment, say

HOSTILE = "<script>alert(1)</script>{{7*7}}\u202e\u0000"
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


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
