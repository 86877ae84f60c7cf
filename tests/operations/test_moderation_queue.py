"""What enters the queue, what is reported, approved together, pointed out; and the list in its orders."""

import time
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, NotFound, Refusal
from app.core.permissions import Role
from app.moderation.models import AbuseReport, ModerationAct, ModerationItem
from app.moderation.operations import bulk, claiming, deciding, reports, words
from app.moderation.operations.submitting import submit
from app.moderation.queries import for_author, queue
from app.moderation.queries.numbers import numbers
from app.moderation.queries.queue import Search
from tests.support.cast import in_days, make_actor, make_area
from tests.support.moderation import KIND, PHONE, TEXT, Desk, make_desk, make_items

DEVICE = "a" * 64
LONG = "Đề nghị xã sửa con đường trước trường học vì mùa mưa các cháu đi lại rất khó khăn."


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


class TestSubmitting:
    def test_before_and_after_publication(self, desk: Desk) -> None:
        hidden, shown = desk.item(mode="before"), desk.item(mode="after")
        assert desk.kind.shown == {shown.subject_id: TEXT}
        assert (hidden.status, shown.status) == ("pending", "pending")
        assert clock.now() < hidden.due_at < in_days(20)

    def test_once_for_each_subject(self, desk: Desk) -> None:
        item = desk.item()
        again = submit(
            desk.session, kind=KIND, subject_id=item.subject_id, path=item.path, about="khác", collection="khác",
            text="khác", mode="after",
        )  # fmt: skip
        assert again is item and item.original == TEXT

    def test_what_is_pointed_out_says_why_and_where(self, desk: Desk) -> None:
        item = desk.item()
        [phone] = [one for one in item.suggestions if one["rule"] == "phone"]
        assert [TEXT[first:end] for first, end in phone["spans"]] == [PHONE]
        assert item.risk > 0 and phone["why"]
        assert desk.item("Đồng ý với Điều 5.").risk == 0

    def test_words_of_the_place_and_above_are_pointed_out_and_refuse_nothing(self, desk: Desk) -> None:
        commune = desk.area.parent
        assert commune is not None
        words.add(desk.session, desk.moderator, commune, "cây đa sún")
        assert [one["rule"] for one in desk.item("Đốn cay da sun ấy đi.").suggestions] == ["abuse"]
        assert desk.session.query(ModerationItem).one().status == "pending"
        desk.area = make_area(desk.session)
        assert desk.item("Có đốn cay da sun ấy không?").suggestions == []

    def test_the_same_words_from_the_same_device_are_refused_with_a_reason(self, desk: Desk) -> None:
        first, second = desk.item(LONG, device_hash=DEVICE), desk.item(LONG.lower(), device_hash=DEVICE)
        assert (first.status, second.status, second.reason_key) == ("pending", "rejected", "duplicate")
        [act] = desk.session.scalars(select(ModerationAct).where(ModerationAct.item_id == second.id))
        assert (act.verb, act.by) == ("reject", None)
        view = for_author(desk.session, KIND, second.subject_id)
        assert view is not None and view.may_appeal and "Cùng một máy" in view.why

    @pytest.mark.parametrize("device", ["", "b" * 64])
    def test_from_another_device_they_wait(self, desk: Desk, device: str) -> None:
        desk.item(LONG, device_hash=device if not device else DEVICE)
        assert desk.item(LONG, device_hash=device).status == "pending"


class TestReporting:
    def test_it_raises_the_risk_hides_nothing_and_opens_again(self, desk: Desk) -> None:
        item = desk.item("Đồng ý với Điều 5.", mode="after")
        deciding.approve(desk.session, desk.moderator, item, item.version)
        reports.report(desk.session, item.id, "insult", "Nói xấu.", DEVICE)
        assert (item.status, item.reports, item.risk > 0) == ("pending", 1, True)
        assert item.subject_id in desk.kind.shown
        deciding.approve(desk.session, desk.other, item, item.version)

    def test_what_was_approved_before_publication_stays_approved(self, desk: Desk) -> None:
        item = desk.item()
        deciding.approve(desk.session, desk.moderator, item, item.version)
        reports.report(desk.session, item.id, "insult", "", DEVICE)
        assert item.status == "approved"
        assert [row.id for row in queue.page(desk.session, desk.moderator, Search("reported")).rows] == [item.id]

    def test_one_device_counts_once(self, desk: Desk) -> None:
        item = desk.item(mode="after")
        for device in (DEVICE, DEVICE, "b" * 64):
            reports.report(desk.session, item.id, "insult", "", device)
        assert item.reports == 2 == desk.session.query(AbuseReport).count()

    def test_the_record_does_not_lead_to_who_said_so(self, desk: Desk) -> None:
        item = desk.item(mode="after")
        reports.report(desk.session, item.id, "personal_data", "Tôi là hàng xóm.", DEVICE)
        entry = desk.session.scalars(select(AuditEntry).where(AuditEntry.action == "moderation.item.report")).one()
        kept = repr({column.name: getattr(entry, column.name) for column in entry.__table__.columns})
        assert entry.account_id is None
        assert all(secret not in kept for secret in (DEVICE, "hàng xóm", "personal_data"))

    def test_only_of_what_is_shown_and_for_a_reason(self, desk: Desk) -> None:
        hidden, shown = desk.item(), desk.item(mode="after")
        for item_id in (hidden.id, shown.id + 1000):
            with pytest.raises(NotFound):
                reports.report(desk.session, item_id, "insult", "", DEVICE)
        for key, said, field in (("", "", "reason_key"), ("no", "", "reason_key"), ("other", "x" * 1001, "text")):
            with pytest.raises(Refusal) as caught:
                reports.report(desk.session, shown.id, key, said, DEVICE)
            assert caught.value.field == field
        assert shown.reports == 0


class TestTogether:
    def test_the_harmless_are_approved_and_the_others_left_with_a_reason(self, desk: Desk) -> None:
        plain = [desk.item(f"Đồng ý với Điều {n}.") for n in (1, 2)]
        risky, held, gone, far = desk.item(), desk.item("Nhất trí."), desk.item("Ủng hộ."), desk.item("Được.")
        claiming.claim(desk.session, desk.other, held)
        deciding.escalate(desk.session, desk.moderator, gone, gone.version, reason="Cần ý kiến khác.")
        far.path = make_area(desk.session).path
        outcome = bulk.approve(desk.session, desk.moderator, [one.id for one in (*plain, risky, held, gone, far)])
        assert outcome.approved == [one.id for one in plain]
        assert [item_id for item_id, _why in outcome.left] == [risky.id, held.id, gone.id, far.id]
        assert all(str(why) for _id, why in outcome.left)
        assert {one.status for one in (risky, held, gone, far)} == {"pending"}

    @pytest.mark.parametrize("ids", [[], list(range(1, 202))])
    def test_some_and_not_too_many(self, desk: Desk, ids: list[int]) -> None:
        with pytest.raises(Refusal):
            bulk.approve(desk.session, desk.moderator, ids)

    def test_not_by_who_may_not(self, desk: Desk) -> None:
        item = desk.item("Nhất trí.")
        for by in (desk.officer, desk.overseer):
            assert bulk.approve(desk.session, by, [item.id]).approved == []
        assert item.status == "pending"


class TestWords:
    def test_added_and_removed_on_record(self, desk: Desk) -> None:
        word = words.add(desk.session, desk.moderator, desk.area, "  đồ   mặt mo ")
        assert (word.word, word.folded, word.exact) == ("đồ mặt mo", "do mat mo", False)
        words.remove(desk.session, desk.moderator, desk.area, word)
        actions = list(desk.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
        assert actions == ["moderation.word.add", "moderation.word.remove"]

    @pytest.mark.parametrize("word", ["", " ", "a", "…!", "x" * 101, "mặt\u200bmo"])
    def test_a_word_says_something(self, desk: Desk, word: str) -> None:
        with pytest.raises(Refusal) as caught:
            words.add(desk.session, desk.moderator, desk.area, word)
        assert caught.value.field == "word"

    def test_once_and_by_who_may(self, desk: Desk) -> None:
        word = words.add(desk.session, desk.moderator, desk.area, "mặt mo")
        with pytest.raises(Refusal, match="đã có"):
            words.add(desk.session, desk.moderator, desk.area, "Mat mo")
        words.add(desk.session, desk.moderator, desk.area, "mặt mo", exact=True)
        for by in (desk.officer, desk.overseer, make_actor(desk.session, Role.MODERATOR, make_area(desk.session))):
            with pytest.raises(Forbidden):
                words.add(desk.session, by, desk.area, "mặt dày")
            with pytest.raises(Forbidden):
                words.remove(desk.session, by, desk.area, word)


class TestList:
    @pytest.mark.parametrize("order", ["due", "risk"])
    def test_every_item_once_in_order_over_all_pages(self, desk: Desk, order: str) -> None:
        make_items(desk.session, desk.area, 23)
        search, after = Search(order=order), None
        seen: list[Any] = []
        while True:
            found = queue.page(desk.session, desk.moderator, search, after=after, size=5)
            seen += found.rows
            after = found.after
            if after is None:
                break
        assert len({row.id for row in seen}) == 23 == len(seen)
        keys = [(-row.risk if order == "risk" else 0, row.due_at, row.id) for row in seen]
        assert keys == sorted(keys)
        middle = desk.session.get_one(ModerationItem, seen[11].id)
        assert queue.neighbours(desk.session, desk.moderator, search, middle) == (seen[10].id, seen[12].id)

    def test_each_sees_their_own_places_and_filters(self, desk: Desk) -> None:
        plain, risky = desk.item("Nhất trí."), desk.item("0912 345 678, 0912 345 679, số 12 đường Hoa Sen", risk=60)
        late = desk.item("Ủng hộ.", due_at=in_days(-1), collection="test:2")
        held, escalated = desk.item("Được."), desk.item("Tốt.")
        claiming.claim(desk.session, desk.moderator, held)
        deciding.escalate(desk.session, desk.moderator, escalated, escalated.version, reason="Cần ý kiến khác.")
        deciding.approve(desk.session, desk.other, plain, plain.version)

        def found(**search: str) -> set[int]:
            return {row.id for row in queue.page(desk.session, desk.moderator, Search(**search)).rows}

        assert found() == {risky.id, late.id, held.id}
        assert found(show="mine") == {held.id}
        assert found(show="escalated") == {escalated.id}
        assert found(show="approved") == {plain.id}
        assert found(risk="high") == {risky.id}
        assert found(age="late") == found(collection="test:2") == {late.id}
        assert found(show="decided") == found(show="appealed") == found(show="rejected") == set()
        assert len(found(show="all")) == 5
        stranger = make_actor(desk.session, Role.MODERATOR, make_area(desk.session))
        assert queue.page(desk.session, stranger, Search("all")).rows == []
        assert (queue.waiting_for(desk.session, desk.moderator), queue.waiting_for(desk.session, desk.officer)) == (
            3,
            1,
        )

    def test_the_next_is_one_that_nobody_else_holds(self, desk: Desk) -> None:
        first, second, third = (desk.item(text) for text in ("Nhất trí.", "Ủng hộ.", "Được."))
        claiming.claim(desk.session, desk.other, second)
        search = Search()
        assert queue.next_item(desk.session, desk.moderator, search) is first
        assert queue.next_item(desk.session, desk.moderator, search, after=first) is third
        assert queue.next_item(desk.session, desk.moderator, search, after=third) is first
        assert queue.next_item(desk.session, desk.officer, Search("all")) is None

    @pytest.mark.slow
    def test_fifty_thousand_are_no_hindrance(self, desk: Desk) -> None:
        make_items(desk.session, desk.area, 50_000)
        # As the database does by itself after a while.
        desk.session.execute(text("ANALYZE moderation_item"))
        middle = desk.session.scalars(select(ModerationItem.id).offset(20_000).limit(1)).one()
        for search in (Search(), Search(order="risk"), Search("mine")):
            for after in (None, middle):
                # The better of two: another process may have the machine for a moment.
                assert min(_seconds(desk, search, after) for _try in range(2)) < 0.3, (search, after)


def _seconds(desk: Desk, search: Search, after: int | None) -> float:
    begun = time.perf_counter()
    queue.page(desk.session, desk.moderator, search, after=after)
    queue.waiting_for(desk.session, desk.moderator)
    queue.collections(desk.session, desk.moderator)
    return time.perf_counter() - begun


class TestNumbers:
    def test_small_numbers_point_at_nobody(self, desk: Desk) -> None:
        for number in range(7):
            item = desk.item(f"Nhất trí điều {number}.")
            deciding.approve(desk.session, desk.moderator, item, item.version)
        item = desk.item("Đồ tồi.")
        deciding.reject(desk.session, desk.moderator, item, item.version, reason_key="insult", reason="")
        found = numbers(desk.session, desk.area.path, clock.today().year)
        assert (found.shown, found.hidden, found.received) == (7, None, None)
        assert (list(found.reasons), found.other_reasons) == ([], 0)
        assert (found.decided, found.late, found.median_minutes) == (8, 0, 0)

    def test_larger_ones_by_reason_and_what_is_rare_together(self, desk: Desk) -> None:
        rejected = {"status": "rejected", "decided_at": clock.now(), "minutes_taken": 90}
        make_items(desk.session, desk.area, 9, reason_key="insult", **rejected)
        make_items(desk.session, desk.area, 6, reason_key="off_topic", late=True, **rejected)
        make_items(desk.session, desk.area, 2, reason_key="advertising", **rejected)
        make_items(desk.session, desk.area, 3)
        found = numbers(desk.session, desk.area.path, clock.today().year)
        assert (found.received, found.hidden, found.waiting, found.shown) == (20, 17, 3, 0)
        assert [count for _label, count in found.reasons] == [9] and found.other_reasons == 8
        assert (found.median_minutes, found.decided, found.late) == (90, 17, 6)
        assert numbers(desk.session, make_area(desk.session).path, clock.today().year).received == 0
        assert numbers(desk.session, desk.area.path, clock.today().year - 1).received == 0
