"""A moderator finds an accusation that the rules missed: from then on it is with the inspectors alone."""

from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct, RatingNote, RestrictedAct, RestrictedReport
from app.feedback.operations import coming_back, restricted
from app.feedback.operations.answering import answer, assign
from app.feedback.queries import cases as case_queries
from app.feedback.queries import restricted as queries
from app.feedback.rules.cases import typed_code
from app.feedback.sealing import open_photo
from app.moderation.kinds import Vault
from app.moderation.models import ModerationAct, ModerationItem
from app.moderation.operations import deciding, sealing
from app.moderation.queries import items
from app.moderation.queries import queue as listing
from app.moderation.queries.numbers import numbers
from tests.support.caller import dump
from tests.support.cases import PHONE, PICTURE, add_note, make_case, point_of
from tests.support.cast import make_actor, make_commune
from tests.support.moderation import Desk, make_desk
from tests.support.storage import MemoryStorage

KEYS = Keyring("for tests")
MARK = "Dấu riêng KQ4417"
TEXT = f"Chị ngồi quầy hai hay nhận phong bao. {MARK}."
AGAIN = f"Chưa thấy ai hỏi chị ấy. {MARK}."
BOX = "unofficial_payment"


class Found:
    """A case that the rules let through, with a photo, answered and asked anew; and a moderator who reads it."""

    def __init__(self, session: Session) -> None:
        self.session, self.files = session, MemoryStorage()
        self.commune: Area = make_commune(session)
        self.point = point_of(session, self.commune)
        self.moderator: Actor = make_actor(session, Role.MODERATOR, self.commune)
        self.handler: Actor = make_actor(session, Role.COMMUNE_OFFICER, self.commune)
        self.inspector: Actor = make_actor(session, Role.INSPECTOR, self.commune)
        picture = {"photo": PICTURE, "storage": self.files}
        self.case, self.code = make_case(session, KEYS, self.point, text=TEXT, **picture)
        self.note: RatingNote = self.case.note
        self.item = session.scalars(select(ModerationItem)).one()

    def hand_over(self, by: Actor | None = None, box: str = BOX, version: int = 0) -> tuple[str, ...]:
        return sealing.seal(
            self.session, by or self.moderator, self.item, version or self.item.version,
            vault=Vault(KEYS, self.files), box=box,
        )  # fmt: skip

    def write_to_and_fro(self, *, again: bool = True) -> None:
        handler = self.handler.account_id or 0
        assign(self.session, self.handler, self.case, account_id=handler, version=self.case.version)
        text = f"Trung tâm đã đọc điều Ông/Bà viết. {MARK}."
        answer(self.session, self.handler, KEYS, self.case, text, version=self.case.version)
        if again:
            coming_back.reopen(self.session, KEYS, self.files, self.case, AGAIN)

    def report(self) -> RestrictedReport:
        return self.session.scalars(select(RestrictedReport)).one()


@pytest.fixture
def found(session: Session) -> Found:
    return Found(session)


def test_words_number_and_photo_are_sealed_and_stand_nowhere_else(found: Found) -> None:
    session, plain = found.session, found.note.photo_key
    deciding.redact(session, found.moderator, found.item, found.item.version, words="quầy hai")
    found.write_to_and_fro()
    assert found.hand_over() == (plain,)
    session.expire_all()
    report = found.report()
    assert (report.kind, report.status, report.path) == (BOX, "new", found.commune.path)
    opened = restricted.open_it(session, found.inspector, KEYS, report)
    assert opened.text.startswith(f"{TEXT}\n\nTrung tâm trả lời ngày") and opened.phone == PHONE
    assert opened.text.endswith(AGAIN)
    assert open_photo(KEYS, report, found.files.get(report.photo_key)) == PICTURE
    assert PICTURE not in found.files.get(report.photo_key)
    rows = "\n".join(row for rows in dump(session).values() for row in rows)
    assert [mark for mark in (MARK, "KQ4417", PHONE, "phong bao", "████") if mark in rows] == []
    verbs = session.execute(select(RestrictedAct.verb, RestrictedAct.by).order_by(RestrictedAct.id)).all()
    assert [tuple(one) for one in verbs][0] == ("hand_over", found.moderator.account_id)


def test_the_unit_finds_neither_item_nor_case_and_the_code_goes_on_working(found: Found) -> None:
    session, case_id, code = found.session, found.case.id, typed_code(found.code)
    found.write_to_and_fro()
    found.hand_over()
    session.expire_all()
    for by in (found.moderator, found.handler, make_actor(session, Role.OVERSEER, found.commune)):
        assert items.in_scope(session, by, found.item.id) is None
        assert list(listing.page(session, by, listing.Search(show="all")).rows) == []
        assert case_queries.in_scope_case(session, by, case_id) is None
        assert case_queries.in_scope_note(session, by, found.item.id) is None
    assert session.scalar(select(Case)) is None and session.scalar(select(CaseAct)) is None
    assert case_queries.by_code(session, KEYS, code) is None
    assert queries.report_by_code(session, KEYS, code) is found.report()
    assert queries.unread(session, found.inspector) == 1
    with pytest.raises(NotFound):
        deciding.undo(session, found.moderator, found.item)


def test_the_record_says_that_it_was_done_and_not_a_word_nor_as_what(found: Found) -> None:
    found.hand_over()
    entry = found.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.action == "moderation.item.seal"
    assert entry.detail["content_kind"] == "rating_note" and BOX not in f"{entry.detail}{entry.search}"
    acts = found.session.scalars(select(ModerationAct)).all()
    assert [(act.verb, act.reason, act.before) for act in acts] == [("seal", "", {})]
    told = numbers(found.session, found.commune.path, clock.today().year)
    assert (told.hidden, told.waiting, list(told.reasons)) == (None, 0, [])


ACCUSED = f"Chị ấy vòi tiền mới nhận hồ sơ. {MARK}."


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_an_accusation_in_what_is_asked_again_takes_the_case_with_it(found: Found, status: str) -> None:
    """Nobody of the unit reads it: the person's code is the code of a report from then on, and no trace says when."""
    session, plain, case_id = found.session, found.note.photo_key, found.case.id
    found.write_to_and_fro(again=False)
    if status == "approved":
        deciding.approve(session, found.moderator, found.item, found.item.version)
    record = select(AuditEntry.id).order_by(AuditEntry.id)
    before = session.scalars(record).all()
    assert coming_back.reopen(session, KEYS, found.files, found.case, ACCUSED) == (plain,)
    session.expire_all()
    report = found.report()
    assert (report.kind, queries.report_by_code(session, KEYS, typed_code(found.code))) == (BOX, report)
    assert session.scalar(select(Case)) is None and session.scalars(record).all() == before
    rows = "\n".join(row for rows in dump(session).values() for row in rows)
    assert [mark for mark in (MARK, "KQ4417", PHONE, "vòi tiền") if mark in rows] == []
    assert (found.item.status, found.item.original, found.note.visible) == ("referred", "", False)
    for by in (found.moderator, found.handler, make_actor(session, Role.OVERSEER, found.commune)):
        assert items.in_scope(session, by, found.item.id) is None
        assert case_queries.in_scope_case(session, by, case_id) is None
    opened = restricted.open_it(session, found.inspector, KEYS, report)
    assert opened.text.startswith(TEXT) and opened.text.endswith(ACCUSED) and opened.phone == PHONE
    verbs = session.execute(select(RestrictedAct.verb, RestrictedAct.by).order_by(RestrictedAct.id)).all()
    assert tuple(verbs[0]) == ("receive", None)


def test_an_accusation_at_the_wrong_moment_seals_nothing(found: Found) -> None:
    with pytest.raises(WrongMoment):
        coming_back.reopen(found.session, KEYS, found.files, found.case, ACCUSED)
    assert found.session.scalar(select(RestrictedReport)) is None and found.item.original
    found.write_to_and_fro(again=False)
    with pytest.raises(Refusal):
        coming_back.reopen(found.session, KEYS, found.files, found.case, "Vòi tiền")
    assert found.session.scalar(select(RestrictedReport)) is None and found.item.original


def test_a_note_without_a_case_is_sealed_too(session: Session) -> None:
    """Nobody holds a code of it; a photo that is lost already does not stop it."""
    point = point_of(session, make_commune(session))
    add_note(session, KEYS, point, TEXT, photo=PICTURE)
    item, files = session.scalars(select(ModerationItem)).one(), MemoryStorage()
    by = make_actor(session, Role.MODERATOR, session.get_one(Area, point.center.area_id))
    gone = sealing.seal(session, by, item, 1, vault=Vault(KEYS, files), box="named_accusation")
    report = session.scalars(select(RestrictedReport)).one()
    assert (gone, report.photo_key, report.sealed_phone, report.kind) == ((), "", None, "named_accusation")


@pytest.mark.parametrize("who", ["handler", "person"])
def test_who_writes_to_a_case_at_that_moment_is_told_that_it_is_gone(found: Found, who: str) -> None:
    """As it is for one whose page was read before and who sends after: the row has gone under their hands."""
    session, handler = found.session, found.handler
    assign(session, handler, found.case, account_id=handler.account_id or 0, version=found.case.version)
    version = found.case.version
    session.execute(delete(CaseAct))
    session.execute(delete(Case).execution_options(synchronize_session=False))
    with pytest.raises(NotFound):
        if who == "handler":
            answer(session, handler, KEYS, found.case, "Trung tâm đã mở thêm một quầy buổi sáng.", version=version)
        else:
            coming_back.rate_answer(session, found.case, satisfied=True)


def test_who_may_not_and_what_may_not_be_handed_over(found: Found, session: Session) -> None:
    handler_too: dict[str, Any] = {"by": found.handler}
    for values, refusal in (
        (handler_too, Forbidden),
        ({"by": found.inspector}, Forbidden),
        ({"box": ""}, Refusal),
        ({"box": "insult"}, Refusal),
        ({"version": 9}, WrongMoment),
    ):
        with pytest.raises(refusal):
            found.hand_over(**values)
    deciding.reject(session, found.moderator, found.item, found.item.version, reason_key="insult", reason="")
    with pytest.raises(WrongMoment, match="hoàn tác"):
        found.hand_over()
    assert session.scalar(select(RestrictedReport)) is None and found.note.text == TEXT
    deciding.undo(session, found.moderator, found.item)
    found.hand_over()
    with pytest.raises(NotFound):
        found.hand_over()
    desk: Desk = make_desk(session)
    with pytest.raises(Refusal):
        sealing.seal(session, desk.moderator, desk.item(), 1, vault=Vault(KEYS, found.files), box=BOX)
