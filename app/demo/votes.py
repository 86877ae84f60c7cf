"""The demo's three votes: one open, one closed and decided, one being prepared."""

import random
import secrets
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.core.uploads import Upload
from app.demo.commune import CLOSED, OPEN, PREPARED, ROLL_RULE, Commune
from app.gateways.storage import Storage
from app.polls import sealing
from app.polls.models import Ballot, LogLeaf, Poll, RollEntry, Slip
from app.polls.operations import closing, deciding, preparation
from app.polls.operations.conditions import ConditionDraft, record_precondition
from app.polls.operations.freezing import freeze
from app.polls.operations.handover import activate_all
from app.polls.operations.slips import IssuedSlip, issue_slips
from app.polls.operations.team import MemberDraft, set_team
from app.polls.queries.roll import present_roll
from app.polls.rules.receipts import nonce_of, receipt_of, sealed_digest

CAMERAS = (
    "Lắp camera an ninh tại các ngõ",
    "Ông/Bà có đồng ý để khu phố lắp 12 camera an ninh tại các ngõ, dùng quỹ tự quản sẵn có, không?",
    "Khu phố lắp 12 camera tại đầu các ngõ và hẻm.\nTiền lấy từ quỹ tự quản đã có, không thu thêm của các hộ.\n"
    "Tổ tự quản xem hình khi có việc cần; hình lưu 30 ngày rồi xóa.",
)
CLEANING = (
    "Lịch dọn vệ sinh chung sáng Chủ nhật",
    "Ông/Bà có đồng ý tổ chức dọn vệ sinh chung vào sáng Chủ nhật đầu tháng không?",
    "Mỗi hộ cử một người, từ 6 giờ 30 đến 8 giờ, mỗi tháng một lần.",
)
PLAYGROUND = (
    "Quy ước sử dụng sân sinh hoạt chung",
    "Ông/Bà có đồng ý với quy ước giờ giấc sử dụng sân sinh hoạt chung của khu phố không?",
    "",
)
OPINIONS = (
    "Nên dọn vào chiều thứ Bảy vì sáng Chủ nhật nhiều hộ đi lễ.",
    "Đề nghị khu phố chuẩn bị sẵn bao rác và găng tay.",
    "Hộ neo đơn, người già thì miễn.",
)
# Of 214 households: well over half agree, some do not, some write something else, some stay away.
AGREE, DISAGREE, OTHER = 139, 21, 3


def open_vote(session: Session, made: Commune, ballot_keys: Keyring, storage: Storage) -> tuple[Poll, list[IssuedSlip]]:
    """A vote that is open now, every slip handed over."""
    now = clock.now()
    poll = _prepared(session, made, OPEN, CAMERAS, storage)
    _times(poll, now - timedelta(hours=1), now + timedelta(days=7))
    head = made.actors[OPEN, Role.AREA_HEAD]
    _open(session, made, OPEN, poll, ballot_keys)
    slips = issue_slips(session, head, poll)
    activate_all(session, head, poll)
    return poll, slips


def closed_vote(session: Session, made: Commune, ballot_keys: Keyring, storage: Storage) -> Poll:
    """A vote that is over: counted by two bodies, decided, signed and sent."""
    now = clock.now()
    poll = _prepared(session, made, CLOSED, CLEANING, storage)
    starts, ends = now - timedelta(days=8), now - timedelta(days=1)
    _times(poll, starts, ends)
    _open(session, made, CLOSED, poll, ballot_keys)
    poll.opened_at = starts - timedelta(days=3)
    _ballots(session, made, poll, starts, ends)
    head, front = made.actors[CLOSED, Role.AREA_HEAD], made.actors[CLOSED, Role.FRONT]
    closing.release(session, head, poll, ballot_keys)
    closing.release(session, front, poll, ballot_keys)
    _decide(session, made, poll, head)
    return poll


def prepared_vote(session: Session, made: Commune) -> Poll:
    """A vote on its way: the question is written, the rest is still to be done."""
    head = made.actors[PREPARED, Role.AREA_HEAD]
    poll = preparation.create_poll(session, head, made.areas[PREPARED], kind="decision")
    title, question, summary = PLAYGROUND
    preparation.set_question(session, head, poll, poll.version, title=title, question=question, summary=summary)
    return poll


def _prepared(session: Session, made: Commune, name: str, text: tuple[str, str, str], storage: Storage) -> Poll:
    head, area = made.actors[name, Role.AREA_HEAD], made.areas[name]
    poll = preparation.create_poll(session, head, area, kind="decision")
    title, question, summary = text
    preparation.set_question(session, head, poll, poll.version, title=title, question=question, summary=summary)
    preparation.set_roll_rule(session, head, poll, poll.version, roll_rule=ROLL_RULE)
    set_team(session, head, poll, poll.version, members=_team(area, made, name))
    _conditions(session, head, poll, storage)
    return poll


def _team(area: Area, made: Commune, name: str) -> list[MemberDraft]:
    member = made.actors[name, Role.TEAM_MEMBER].name
    return [
        MemberDraft(0, area.front_name, "front", "Trưởng ban công tác Mặt trận", "0909123456", is_head=True),
        MemberDraft(1, area.head_name, "community", "Trưởng khu phố", "0909234567"),
        MemberDraft(2, member, "household", "Tổ công nghệ số cộng đồng", "0909345678", technical=True),
    ]


def _conditions(session: Session, by: Actor, poll: Poll, storage: Storage) -> None:
    households = len(present_roll(session, poll.area_id))
    day = clock.today() - timedelta(days=14)
    proof = Upload(filename="bien-ban.pdf", data=b"%PDF-1.4\n% demo\n%%EOF\n")
    texts = {
        "leaders_agree": (
            "Trưởng khu phố và Trưởng ban công tác Mặt trận thống nhất không cần họp, không cần phát phiếu."
        ),
        "reported_committee": "Báo cáo gửi Ủy ban nhân dân phường.",
        "reported_front": "Báo cáo gửi Ủy ban Mặt trận Tổ quốc phường.",
        "community_agrees": "Lấy ý kiến bằng phiếu giấy về việc biểu quyết trực tuyến.",
        "devices": "Các hộ đều có điện thoại thông minh hoặc được Tổ giúp tại nhà văn hóa.",
    }
    for key, detail in texts.items():
        agreed = households * 4 // 5 if key == "community_agrees" else None
        total = households if agreed else None
        draft = ConditionDraft(key, day, detail, agreed=agreed, total=total, proof=proof)
        record_precondition(session, by, poll, storage, draft)


def _times(poll: Poll, opens_at: datetime, closes_at: datetime) -> None:
    """Times that the wizard would refuse, as part of them lies behind us."""
    poll.opens_at = opens_at.replace(second=0, microsecond=0)
    poll.closes_at = closes_at.replace(second=0, microsecond=0)


def _open(session: Session, made: Commune, name: str, poll: Poll, ballot_keys: Keyring) -> None:
    poll.submitted_by = made.actors[name, Role.AREA_HEAD].account_id
    poll.submitted_at = clock.now()
    poll.confirmed_by = made.actors[name, Role.FRONT].account_id
    freeze(session, poll, present_roll(session, poll.area_id), ballot_keys)


def _ballots(session: Session, made: Commune, poll: Poll, starts: datetime, ends: datetime) -> None:
    """Slips and ballots of days gone by, sealed as ever, in an order that says nothing."""
    rng = random.Random(3)
    entries = list(session.scalars(select(RollEntry).where(RollEntry.poll_id == poll.id)))
    rng.shuffle(entries)
    by = made.actors[CLOSED, Role.AREA_HEAD].account_id
    slips = [_slip(poll, entry, starts, by) for entry in entries]
    keys = session.scalars(insert(Slip).returning(Slip.id, sort_by_parameter_order=True), slips).all()
    choices = ["agree"] * AGREE + ["disagree"] * DISAGREE + ["other"] * OTHER
    rng.shuffle(choices)
    texts = iter(OPINIONS)
    info = bytes.fromhex(poll.definition_sha256 or "")
    moments = sorted(starts + (ends - starts) * rng.random() for _ in choices)
    for choice, entry, slip_id, at in zip(choices, entries, keys, moments, strict=False):
        text = next(texts) if choice == "other" else ""
        _cast(session, poll, entry, slip_id, at, info, choice, text)
    session.flush()


def _slip(poll: Poll, entry: RollEntry, at: datetime, by: int | None) -> dict[str, object]:
    """A slip nobody holds: no secret and no code opens it."""
    return {
        "poll_id": poll.id,
        "entry_id": entry.id,
        "issue": 1,
        "secret_hash": f"{poll.public_id}-{entry.id}",
        "code_salt": b"",
        "code_hash": b"",
        "issued_by": by,
        "issued_at": at,
        "activated_by": by,
        "activated_at": at,
        "revoke_reason": "",
    }


def _cast(
    session: Session, poll: Poll, entry: RollEntry, slip_id: int, at: datetime, info: bytes, choice: str, text: str
) -> None:
    public = poll.public_key or b""
    envelope, other = sealing.seal_choice(public, info, choice), sealing.seal_text(public, info, text)
    key = secrets.token_hex(16)
    nonce, digest = nonce_of(key), sealed_digest(envelope, other)
    receipt = receipt_of(poll.public_id, entry.slot_tag, digest, nonce)
    session.add(
        Ballot(
            poll_id=poll.id,
            entry_id=entry.id,
            envelope=envelope,
            other_envelope=other,
            channel="phone",
            slip_id=slip_id,
            idempotency_key=key,
            receipt=receipt,
            cast_at=at,
        )
    )
    session.add(
        LogLeaf(
            poll_id=poll.id,
            kind="cast",
            at=at,
            slot_tag=entry.slot_tag,
            digest=digest,
            nonce=nonce,
            receipt=receipt,
        )
    )


def _decide(session: Session, made: Commune, poll: Poll, head: Actor) -> None:
    entries = session.scalars(
        select(RollEntry).where(RollEntry.poll_id == poll.id).order_by(RollEntry.position).limit(2)
    ).all()
    area = made.areas[CLOSED]
    draft = deciding.Draft(
        form="nghi_quyet",
        number="01/NQ-KP3",
        decided_on=clock.today(),
        place=area.address,
        conclusion=(
            "Từ tháng sau, sáng Chủ nhật đầu tháng, mỗi hộ cử một người dọn vệ sinh chung từ 6 giờ 30 đến 8 giờ."
        ),
        head_name=area.head_name,
        front_name=area.front_name,
        household_one=entries[0].representative,
        household_two=entries[1].representative,
    )
    deciding.write(session, head, poll, draft)
    deciding.sign(session, head, poll)
    deciding.publish_opinions(session, head, poll, {1, 2, 3})
    deciding.send(session, head, poll, places=["board", "loudspeaker", "group"])
