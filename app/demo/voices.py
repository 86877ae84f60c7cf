"""What a demo's inspector, moderator and officer find to do: a small manipulation, and words added to ratings."""

import random
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.core.tokens import Keyring
from app.demo.commune import Commune
from app.demo.counters import Counters, rating_row
from app.feedback.models import Case, CaseAct, Rating, RatingNote, RatingReason, Shift
from app.feedback.operations import answering, board
from app.feedback.operations.cases import KIND, take_in
from app.feedback.operations.review import REVIEW
from app.feedback.rules.cases import deadline
from app.feedback.rules.periods import told_until
from app.holidays.queries import calendar_lately
from app.jobs.operations import enqueue
from app.moderation.models import ModerationItem
from app.moderation.operations import deciding

BY_ONE_DEVICE, IN_THE_EVENING = 25, 9
ANSWERED = (
    "Tôi nộp hồ sơ đất đai, mỗi lần đến lại thiếu một giấy khác. Đề nghị ghi đủ giấy tờ cần bổ sung ngay lần đầu.",
    "Cảm ơn Ông/Bà. Từ tuần này Quầy 3 ghi mọi giấy tờ còn thiếu vào một phiếu hướng dẫn ngay lần đầu. Nếu còn phải đi "
    "lại, mời Ông/Bà gọi đường dây nóng của Trung tâm.",
)
WAITING = "Khu chờ chỉ có sáu ghế, buổi sáng nhiều người lớn tuổi phải đứng. Xin thêm ghế và một quạt nữa."
SAID = "Làm thủ tục đất đai phải đi lại nhiều lần vì mỗi lần lại thiếu một giấy."
DONE = "Quầy 3 ghi mọi giấy tờ còn thiếu vào một phiếu hướng dẫn ngay lần đầu."
OF_MONEY = "Người hướng dẫn nói muốn nhanh thì gửi thêm ngoài biên lai."
PHONE = "0912345678"


def manipulation(session: Session, built: Counters) -> int:
    """One device that praises the second counter day after day, and one evening of praise for the fourth.

    The rules find both by themselves, once a worker lets them look. Returns how many ratings there are.
    """
    rng, told = random.Random(13), told_until(clock.today())
    # In weeks that are over: figures speak of no others.
    end = datetime.combine(told + timedelta(days=1), time(), clock.VIETNAM)
    shifts = {number: _past_shifts(session, built.counters[number].id, end) for number in ("2", "4")}
    rows: list[dict[str, Any]] = []
    per_shift = 3
    for shift in shifts["2"][: -(-BY_ONE_DEVICE // per_shift)]:
        for minute in sorted(rng.sample(range(10, 170, 12), per_shift)):
            moment = shift.starts_at + timedelta(minutes=minute, seconds=rng.randrange(60))
            rows.append(_praise(rng, built, "2", shift, moment, device=0))
    del rows[BY_ONE_DEVICE:]
    last = shifts["4"][0]
    evening = datetime.combine(clock.local(last.starts_at).date() - timedelta(days=1), time(20, 40), clock.VIETNAM)
    for number in range(IN_THE_EVENING):
        moment = evening + timedelta(seconds=14 * number + rng.randrange(5))
        rows.append(_praise(rng, built, "4", None, moment, device=number + 1))
    session.execute(insert(Rating).execution_options(render_nulls=True), rows)
    enqueue(session, REVIEW, {"center_id": built.center.id}, unique_key=f"{REVIEW}:{built.center.id}")
    return len(rows)


def _past_shifts(session: Session, counter_id: int, end: datetime) -> list[Shift]:
    """Shifts at a counter before ``end``, the last first."""
    query = select(Shift).where(Shift.counter_id == counter_id, Shift.ends_at < end)
    return list(session.scalars(query.order_by(Shift.starts_at.desc()).limit(20)))


def _praise(
    rng: random.Random, built: Counters, counter: str, shift: Shift | None, moment: datetime, device: int
) -> dict[str, Any]:  # fmt: skip
    point, best = built.point_of(counter), (0, 0, 0, 0, 1)
    row = rating_row(rng, f"praise-{counter}-{moment:%m%d%H%M%S}", point, shift, moment, best)
    mark = rating_row(rng, f"praise-device-{device}", point, shift, moment, best)
    return row | {"device_hash": mark["device_hash"], "tier": 0, "on_site": False, "screen": "360x780"}


def words(session: Session, made: Commune, built: Counters, keyring: Keyring) -> None:
    """Two want an answer: one has it, was read by a moderator and led to a deed; one waits. A third tells of money."""
    bad = _unhappy(session, built)
    first = _case(session, keyring, bad[0], ANSWERED[0], "multiple_trips")
    officer = made.actors["", Role.COMMUNE_OFFICER]
    answering.assign(session, officer, first, account_id=officer.account_id or 0, version=first.version)
    answering.answer(session, officer, keyring, first, ANSWERED[1], version=first.version)
    for item in session.scalars(
        select(ModerationItem).where(ModerationItem.kind == KIND, ModerationItem.subject_id == first.note_id)
    ).all():
        deciding.approve(session, made.actors["", Role.MODERATOR], item, item.version)
    board.post(session, officer, built.center, said=SAID, done=DONE, reason="multiple_trips")
    _case(session, keyring, bad[1], WAITING, "facilities", PHONE)
    _add(session, keyring, bad[2], OF_MONEY, "unofficial_payment", "", wants_answer=False)


def _unhappy(session: Session, built: Counters) -> list[Rating]:
    told = told_until(clock.today())
    query = select(Rating).where(Rating.center_id == built.center.id, Rating.level <= 2, Rating.day <= told)
    query = query.order_by((Rating.counter_id == built.counters["3"].id).desc(), Rating.made_at.desc())
    return list(session.scalars(query.limit(3)))


def _case(session: Session, keyring: Keyring, rating: Rating, text: str, reason: str, phone: str = "") -> Case:
    """A case as old as its rating, at most two days: it is not late in the demo."""
    note = _add(session, keyring, rating, text, reason, phone, wants_answer=True)
    case = session.scalars(select(Case).where(Case.note_id == note.id)).one()
    case.opened_at = max(rating.made_at, clock.now() - timedelta(days=2))
    case.due_at = deadline("answer", case.opened_at, calendar_lately(session))
    session.execute(update(CaseAct).where(CaseAct.case_id == case.id).values(at=case.opened_at))
    session.flush()
    return case


def _add(
    session: Session, keyring: Keyring, rating: Rating, text: str, reason: str, phone: str, *, wants_answer: bool
) -> RatingNote:  # fmt: skip
    session.merge(RatingReason(rating_id=rating.id, reason=reason))
    note = RatingNote(text=text, device_hash=rating.device_hash, added_at=rating.made_at)
    take_in(
        session, keyring, rating, note, reasons={reason}, phone=phone, wants_answer=wants_answer,
        holidays=calendar_lately(session),
    )  # fmt: skip
    return note
