"""One person decides on one text: the right, the moment, the reason, and taking it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.moderation.models import ModerationAct, ModerationItem
from app.moderation.operations import claiming, deciding
from app.moderation.rules.covering import MARK
from tests.support.cast import in_days, make_actor, make_area
from tests.support.moderation import NAME, PHONE, TEXT, Desk, make_desk

REASON = "Có lời lẽ gọi người khác là con vật."


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def approve(desk: Desk, item: ModerationItem, by: Actor | None = None) -> None:
    deciding.approve(desk.session, by or desk.moderator, item, item.version)


def reject(desk: Desk, item: ModerationItem, by: Actor | None = None, key: str = "insult", reason: str = "") -> None:
    deciding.reject(desk.session, by or desk.moderator, item, item.version, reason_key=key, reason=reason)


def redact(desk: Desk, item: ModerationItem, words: str = PHONE, spans: Any = ()) -> None:
    deciding.redact(desk.session, desk.moderator, item, item.version, spans=spans, words=words)


def refer(desk: Desk, item: ModerationItem, key: str = "denunciation", body: str = "Thanh tra tỉnh") -> None:
    deciding.refer(desk.session, desk.moderator, item, item.version, reason_key=key, referred_to=body)


def escalate(desk: Desk, item: ModerationItem, reason: str = "Cần ý kiến của công chức.") -> None:
    deciding.escalate(desk.session, desk.moderator, item, item.version, reason=reason)


ACTS: dict[str, Callable[[Desk, ModerationItem], None]] = {
    "approve": approve, "reject": reject, "redact": redact, "refer": refer, "escalate": escalate,
}  # fmt: skip


def recorded(session: Session, item: ModerationItem) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.subject_kind == "moderation_item")
    return list(session.scalars(query.where(AuditEntry.subject_id == str(item.id)).order_by(AuditEntry.id)))


@pytest.mark.parametrize(
    ("verb", "status", "shown"),
    [("approve", "approved", True), ("reject", "rejected", False), ("redact", "approved", True),
     ("refer", "referred", False), ("escalate", "pending", False)],
)  # fmt: skip
def test_a_decision_shows_or_hides_and_is_on_record(desk: Desk, verb: str, status: str, shown: bool) -> None:
    item = desk.item()
    ACTS[verb](desk, item)
    assert (item.status, item.subject_id in desk.kind.shown) == (status, shown)
    assert item.version == 2
    [act] = desk.session.scalars(select(ModerationAct).where(ModerationAct.item_id == item.id))
    assert (act.verb, act.by, act.before["status"]) == (verb, desk.moderator.account_id, "pending")
    assert recorded(desk.session, item) == [f"moderation.item.{verb}"]


def test_nothing_of_the_text_is_in_the_record_or_in_what_undoing_needs(desk: Desk) -> None:
    item = desk.item()
    redact(desk, item)
    reject(desk, item)
    rows = [*desk.session.scalars(select(AuditEntry)), *desk.session.scalars(select(ModerationAct))]
    kept = "\n".join(repr({c.name: getattr(row, c.name) for c in row.__table__.columns}) for row in rows)
    assert PHONE not in kept and PHONE.replace(" ", "") not in kept


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.OVERSEER, Role.COMMUNE_ADMIN, Role.AREA_HEAD])
def test_others_do_not_decide(desk: Desk, verb: str, role: Role) -> None:
    item, stranger = desk.item(), make_actor(desk.session, role, desk.area)
    desk.moderator = stranger
    with pytest.raises(Forbidden):
        ACTS[verb](desk, item)
    assert item.status == "pending" and recorded(desk.session, item) == []


@pytest.mark.parametrize("verb", ACTS)
def test_not_from_elsewhere(desk: Desk, verb: str) -> None:
    item = desk.item()
    desk.moderator = make_actor(desk.session, Role.MODERATOR, make_area(desk.session))
    with pytest.raises(Forbidden):
        ACTS[verb](desk, item)


@pytest.mark.parametrize("verb", ACTS)
def test_not_what_another_holds(desk: Desk, verb: str) -> None:
    item = desk.item()
    claiming.claim(desk.session, desk.other, item)
    with pytest.raises(WrongMoment, match="Vũ Văn Khác đang xử lý nội dung này, đến "):
        ACTS[verb](desk, item)


def test_not_what_was_read_before_another_change(desk: Desk) -> None:
    item = desk.item(version=3)
    with pytest.raises(WrongMoment, match="vừa xử lý"):
        deciding.approve(desk.session, desk.moderator, item, 2)
    with pytest.raises(WrongMoment, match="vừa xử lý"):
        deciding.reject(desk.session, desk.moderator, item, 4, reason_key="insult", reason="")


def test_who_may_not_read_the_original_does_not_find_out_by_covering(desk: Desk) -> None:
    item = desk.item(mode="after")
    redact(desk, item)
    item.status, item.escalated_at = "pending", clock.now()
    with pytest.raises(Forbidden, match="bản gốc"):
        deciding.redact(desk.session, desk.officer, item, item.version, words=PHONE)


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("status", ["rejected", "referred"])
def test_not_what_was_decided(desk: Desk, verb: str, status: str) -> None:
    item = desk.item(status=status, reason_key="insult", decided_at=clock.now())
    with pytest.raises(WrongMoment, match="đã có quyết định"):
        ACTS[verb](desk, item)


@pytest.mark.parametrize(("key", "reason"), [("", REASON), ("because", REASON), ("other", ""), ("unlawful", "Sai.")])
def test_no_refusal_without_a_reason(desk: Desk, key: str, reason: str) -> None:
    item = desk.item()
    with pytest.raises(Refusal) as caught:
        reject(desk, item, key=key, reason=reason)
    assert caught.value.field == ("reason" if key in ("other", "unlawful") else "reason_key")
    assert item.status == "pending"


@pytest.mark.parametrize(("key", "body"), [("", "Thanh tra tỉnh"), ("denunciation", ""), ("petition", "ai")])
def test_a_referral_says_what_and_where(desk: Desk, key: str, body: str) -> None:
    item = desk.item()
    with pytest.raises(Refusal) as caught:
        refer(desk, item, key, body)
    assert caught.value.field == ("referred_to" if key else "refer_key")


@pytest.mark.parametrize("reason", ["", "   ", "hỏi"])
def test_handing_on_says_why(desk: Desk, reason: str) -> None:
    with pytest.raises(Refusal):
        escalate(desk, desk.item(), reason)


class TestCovering:
    def test_the_rest_is_shown_and_the_original_kept(self, desk: Desk) -> None:
        item = desk.item()
        redact(desk, item, f"{PHONE}\n{NAME}")
        assert desk.kind.shown[item.subject_id] == f"Đề nghị đặt thêm đèn ở ngõ 12. Gọi {MARK} gặp ông {MARK}."
        assert item.original == TEXT

    def test_what_was_covered_stays_covered(self, desk: Desk) -> None:
        item = desk.item()
        redact(desk, item)
        redact(desk, item, "lê văn tám")
        assert item.shown_text is not None and item.shown_text.count(MARK) == 2
        assert NAME not in item.shown_text and PHONE not in item.shown_text

    def test_places_may_be_given_by_number(self, desk: Desk) -> None:
        item = desk.item()
        redact(desk, item, "", [(0, 7), (3, 11)])
        assert item.covered == [[0, 11]] and item.shown_text == MARK + TEXT[11:]

    @pytest.mark.parametrize(
        ("words", "spans"), [("", ()), ("  \n ", ()), ("0987 654 321", ()), ("", [(9, 9)]), ("Tám " * 60, ())]
    )
    def test_nothing_to_cover_is_refused(self, desk: Desk, words: str, spans: Any) -> None:
        item = desk.item()
        with pytest.raises(Refusal) as caught:
            redact(desk, item, words, spans)
        assert caught.value.field == "words"
        assert item.shown_text is None and item.status == "pending"


class TestEscalated:
    @pytest.fixture
    def item(self, desk: Desk) -> ModerationItem:
        item = desk.item()
        escalate(desk, item)
        return item

    def test_the_officer_decides(self, desk: Desk, item: ModerationItem) -> None:
        approve(desk, item, desk.officer)
        assert item.status == "approved"

    @pytest.mark.parametrize("verb", sorted(ACTS))
    def test_moderators_do_not(self, desk: Desk, item: ModerationItem, verb: str) -> None:
        with pytest.raises(Forbidden, match="công chức cấp xã"):
            ACTS[verb](desk, item)

    def test_who_handed_it_on_takes_it_back_and_no_other_moderator(self, desk: Desk, item: ModerationItem) -> None:
        with pytest.raises(Forbidden):
            deciding.undo(desk.session, desk.other, item)
        deciding.undo(desk.session, desk.moderator, item)
        assert item.escalated_at is None
        approve(desk, item)


class TestUndo:
    @pytest.mark.parametrize("verb", ACTS)
    def test_everything_is_as_before(self, desk: Desk, verb: str) -> None:
        item = desk.item(mode="after")
        before = {name: getattr(item, name) for name in ("status", "shown_text", "covered", "reason_key", "due_at")}
        ACTS[verb](desk, item)
        deciding.undo(desk.session, desk.moderator, item)
        assert {name: getattr(item, name) for name in before} == before
        assert desk.kind.shown[item.subject_id] == TEXT
        assert item.version == 3 and item.decided_at is None and item.referred_to == ""
        assert recorded(desk.session, item)[-1] == "moderation.item.undo"

    def test_another_moderator_may(self, desk: Desk) -> None:
        item = desk.item()
        reject(desk, item)
        deciding.undo(desk.session, desk.other, item)
        assert item.status == "pending"

    def test_step_by_step_backwards(self, desk: Desk) -> None:
        item = desk.item()
        redact(desk, item)
        reject(desk, item)
        deciding.undo(desk.session, desk.moderator, item)
        assert item.status == "approved" and item.shown_text is not None
        deciding.undo(desk.session, desk.moderator, item)
        assert item.status == "pending" and item.shown_text is None
        with pytest.raises(WrongMoment, match="Không có quyết định"):
            deciding.undo(desk.session, desk.moderator, item)

    def test_not_after_a_day(self, desk: Desk) -> None:
        item = desk.item()
        approve(desk, item)
        [act] = desk.session.scalars(select(ModerationAct).where(ModerationAct.item_id == item.id))
        act.at = clock.now() - timedelta(hours=24, minutes=1)
        with pytest.raises(WrongMoment, match="24 giờ"):
            deciding.undo(desk.session, desk.moderator, item)

    def test_not_by_who_only_looks_on_nor_from_elsewhere(self, desk: Desk) -> None:
        item = desk.item()
        approve(desk, item)
        stranger = make_actor(desk.session, Role.MODERATOR, make_area(desk.session))
        for by in (desk.overseer, desk.officer, stranger):
            with pytest.raises(Forbidden):
                deciding.undo(desk.session, by, item)

    def test_not_what_another_holds(self, desk: Desk) -> None:
        item = desk.item()
        escalate(desk, item)
        claiming.claim(desk.session, desk.officer, item)
        with pytest.raises(WrongMoment, match="đang xử lý"):
            deciding.undo(desk.session, desk.moderator, item)


def test_how_long_it_took_is_noted_for_the_first_decision(desk: Desk) -> None:
    item = desk.item(submitted_at=in_days(-3), due_at=in_days(-1))
    redact(desk, item)
    assert (item.minutes_taken, item.late) == (3 * 24 * 60, True)
    item.due_at = in_days(1)
    reject(desk, item)
    assert item.late
