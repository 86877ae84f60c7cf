"""The demo's two drafts: one on which comments are taken now, one that was answered and adopted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, Consultation
from app.consultations.operations import adopting, answering, grouping, opening, preparing, publishing_answers
from app.consultations.operations.commenting import KIND, comment
from app.consultations.operations.drafts import FINAL, import_draft
from app.consultations.queries import answers, drafts
from app.consultations.rules.answering import Draft
from app.consultations.rules.saying import Saying
from app.core import clock
from app.core.permissions import Role
from app.core.tokens import Keyring
from app.core.uploads import Upload
from app.demo.commune import SECOND, Commune
from app.gateways.storage import Storage
from app.moderation.models import ModerationItem
from app.moderation.operations import deciding

DATA = Path(__file__).parent / "data"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Text:
    """A draft of the demo: its file, its title, its summary."""

    file: str
    title: str
    summary: str


DEMOCRACY = Text(
    "dan-chu-co-so.md",
    "Nghị quyết quy định một số biện pháp thực hiện dân chủ ở cơ sở trên địa bàn phường Thới Hòa",
    "Mỗi năm có lớp tập huấn cho người làm việc ở khu phố.\n"
    "Việc cần hỏi ý kiến được đăng mạng, niêm yết và đọc loa.\n"
    "Ý kiến của bà con được trả lời trong 15 ngày làm việc.\n"
    "Khu phố được chọn biểu quyết trực tuyến, có người giúp tại nhà văn hóa.\n"
    "Không thu thêm tiền của các hộ.",
)
WASTE = Text(
    "thu-gom-rac.md",
    "Quyết định về thu gom rác sinh hoạt theo giờ",
    "Xe vào ngõ ba buổi tối mỗi tuần.\nRác chia làm ba loại tại nhà.\nMỗi hộ 30.000 đồng một tháng.",
)
# Article, stance, text, name to show; the last two wait for a moderator.
SAID_OF_DEMOCRACY: Sequence[tuple[str, str, str, str]] = (
    ("dieu-1", "change", "Đề nghị đọc loa thêm buổi chiều vì buổi sáng bà con đi làm ca.", "Nguyễn Thị Hạnh"),
    ("dieu-1", "change", "Đề nghị đọc loa thêm buổi chiều, buổi sáng bà con đi làm ca.", ""),
    ("dieu-1", "change", "Nên đọc loa thêm buổi chiều vì buổi sáng nhiều người đi làm ca.", ""),
    ("dieu-1", "agree", "", ""),
    ("dieu-1", "change", "Thời gian trả lời 15 ngày làm việc hơi dài, nên rút còn 10 ngày.", "Trần Văn Phúc"),
    ("dieu-1", "other", "Tổ công nghệ số nên có lịch trực cố định ở nhà văn hóa, dán ở bảng tin.", ""),
    ("dieu-2", "agree", "Không thu thêm của các hộ là hợp lý.", ""),
    ("dieu-2", "agree", "", ""),
    ("dieu-3", "change", "Báo cáo mỗi năm hai lần, kèm danh sách việc đã hỏi ý kiến.", "Lê Minh Hoàng"),
    ("", "agree", "", ""),
    ("", "other", "Dự thảo dễ đọc. Mong phường làm đúng như đã viết.", ""),
    ("dieu-1", "other", "Ai cần giúp dùng máy thì gọi tôi, số 0912 000 111, tôi ở gần nhà văn hóa.", ""),
    ("dieu-3", "other", "Đề nghị công khai người phụ trách từng khu phố.", ""),
)
WAITING = 2
SAID_OF_WASTE: Sequence[tuple[str, str, str, str]] = (
    ("dieu-1", "change", "Nên lùi giờ thu gom, 18 giờ nhiều nhà chưa về.", "Phạm Thị Sen"),
    ("dieu-1", "change", "Đề nghị lùi giờ thu gom vì 18 giờ nhiều nhà chưa về.", ""),
    ("dieu-1", "change", "Thêm buổi Chủ nhật vì cuối tuần rác nhiều.", ""),
    ("dieu-2", "change", "Chia ba loại khó quá, xin chỉ chia hai loại.", "Huỳnh Văn Út"),
    ("dieu-2", "agree", "", ""),
    ("dieu-3", "change", "Đề nghị miễn cho hộ cận nghèo và người già neo đơn.", "Võ Thị Lan"),
    ("", "agree", "", ""),
)
GROUP = "Lùi giờ thu gom"
ANSWERS = {
    "nhom": Draft("Đề nghị lùi giờ thu gom.", "accepted", "Lùi nửa giờ: từ 18 giờ 30 đến 20 giờ 30.", "Khoản 1 Điều 1"),
    "dieu-1": Draft("Đề nghị thêm buổi Chủ nhật.", "accepted", "Thêm một chuyến vào Chủ nhật.", "Khoản 1 Điều 1"),
    "dieu-2": Draft(
        "Đề nghị chỉ chia hai loại.",
        "explained",
        "Luật Bảo vệ môi trường quy định chia ba loại nên phường không giảm được. Phường phát tờ hướng dẫn đến từng"
        " hộ và để thùng mẫu tại nhà văn hóa.",
    ),
    "dieu-3": Draft("Đề nghị miễn thêm hộ khó khăn.", "accepted", "Miễn thêm hai nhóm hộ này.", "Điều 3"),
}
PLAIN = Draft("Đồng ý với dự thảo.", "noted", "Ghi nhận và cảm ơn bà con.")


def open_consultation(session: Session, made: Commune, ward: Area, keys: Keyring, storage: Storage) -> Consultation:
    """A draft on which comments are taken now; two of them wait for a moderator."""
    consultation = _opened(session, made, ward, DEMOCRACY, storage)
    now = clock.now()
    _shift(session, consultation, now - 8 * DAY, now + 17 * DAY)
    said = _comments(session, consultation, keys, storage, SAID_OF_DEMOCRACY)
    _moderate(session, made, said[:-WAITING])
    _spread(session, said, now - 8 * DAY)
    return consultation


def adopted_consultation(session: Session, made: Commune, ward: Area, keys: Keyring, storage: Storage) -> Consultation:
    """A draft that was open, answered by two people and adopted, with the adopted text beside it."""
    consultation = _opened(session, made, ward, WASTE, storage)
    now = clock.now()
    _shift(session, consultation, now - 70 * DAY, now + DAY)
    said = _comments(session, consultation, keys, storage, SAID_OF_WASTE)
    _moderate(session, made, said)
    _spread(session, said, now - 70 * DAY)
    _shift(session, consultation, now - 70 * DAY, now - 45 * DAY)
    _answer(session, made, consultation, said)
    consultation.answered_at = now - 30 * DAY
    officer = made.actors["", Role.COMMUNE_OFFICER]
    adopted = Upload("thu-gom-rac.md", (DATA / "thu-gom-rac-ban-hanh.md").read_bytes())
    import_draft(session, officer, consultation, storage, adopted, purpose=FINAL)
    adopting.adopt(session, officer, consultation, number="07/QĐ-UBND", adopted_on=clock.today() - 20 * DAY)
    consultation.adopted_at = now - 19 * DAY
    session.flush()
    return consultation


def _opened(session: Session, made: Commune, ward: Area, text: Text, storage: Storage) -> Consultation:
    by = made.actors["", Role.COMMUNE_OFFICER]
    one = preparing.create(session, by, ward, title=text.title)
    preparing.set_subject(session, by, one, one.version, title=text.title, summary=text.summary)
    import_draft(session, by, one, storage, Upload(text.file, (DATA / text.file).read_bytes()))
    preparing.set_audience(session, by, one, one.version, audience="everyone")
    sent = clock.today() - 75 * DAY
    preparing.set_plan(
        session, by, one, one.version, organiser=one.organiser, responsible=f"{by.name}, công chức Tư pháp – Hộ tịch",
        phone="0274 3555 666", council_sent_on=sent, front_sent_on=sent,
    )  # fmt: skip
    opens = clock.now() + timedelta(hours=1)
    preparing.set_times(session, by, one, one.version, opens_at=opens, closes_at=opens + 25 * DAY)
    opening.publish(session, by, one, one.version)
    return one


def _shift(session: Session, consultation: Consultation, opens: datetime, closes: datetime) -> None:
    """Let it have been published some days ago: nothing else in the demo can make time pass."""
    consultation.opens_at, consultation.closes_at = opens, closes
    consultation.opened_at = opens - DAY
    consultation.answer_due_on = opening.answer_due(session, closes)
    draft = drafts.current(session, consultation)
    if draft is not None:
        draft.published_at = consultation.opened_at
    session.flush()


def _comments(
    session: Session, consultation: Consultation, keys: Keyring, storage: Storage, said: Sequence[tuple[str, ...]]
) -> list[Comment]:
    return [
        comment(
            session, keys, storage, consultation,
            Saying(stance=stance, text=text, anchor=anchor, naming="shown" if name else "none", name=name),
        )
        for anchor, stance, text, name in said
    ]  # fmt: skip


def _moderate(session: Session, made: Commune, said: Sequence[Comment]) -> None:
    """Approve what waits of these comments, as the commune's moderator."""
    ids = [one.id for one in said]
    items = select(ModerationItem).where(ModerationItem.kind == KIND, ModerationItem.subject_id.in_(ids))
    for item in session.scalars(items.where(ModerationItem.status == "pending").order_by(ModerationItem.id)).all():
        deciding.approve(session, made.actors["", Role.MODERATOR], item, item.version)


def _spread(session: Session, said: Sequence[Comment], first: datetime) -> None:
    for number, one in enumerate(said):
        one.received_at = first + number * timedelta(hours=13)
    session.flush()


def _answer(session: Session, made: Commune, consultation: Consultation, said: Sequence[Comment]) -> None:
    """Group what says the same, answer every row by one person and another, and publish."""
    drafter, approver = made.actors["", Role.COMMUNE_OFFICER], made.actors[SECOND, Role.COMMUNE_OFFICER]
    group = grouping.start(session, drafter, consultation, said[0], GROUP)
    grouping.move(session, drafter, consultation, said[1], group)
    for row in answers.table(session, consultation):
        key = row.section.key
        written = ANSWERS.get(key.split("-")[0] if key.startswith("nhom") else key, PLAIN)
        answer = answering.draft(session, drafter, consultation, key, written, version=0)
        answering.approve(session, approver, consultation, key, version=answer.version)
    publishing_answers.publish(session, approver, consultation)
