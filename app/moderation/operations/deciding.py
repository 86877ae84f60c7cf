"""Decisions of one person on one item, and taking the last one back."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import NOT_HERE
from app.core.rows import lock
from app.lib.i18n import N_
from app.moderation.models import ModerationAct, ModerationItem
from app.moderation.operations import common
from app.moderation.queries.state import last_act
from app.moderation.rules import covering, reasons
from app.moderation.rules.rights import DECIDE, DECISIONS, ESCALATED, ORIGINAL, UNDO_FOR

# A word to cover is a name, a number, an address; longer passages are covered by several.
LONGEST_WORDS = 200


def approve(session: Session, by: Actor, item: ModerationItem, version: int) -> None:
    """Let everybody see the text. Raises as ``common.begin``, and ``WrongMoment`` unless it waits."""
    before = common.begin(session, by, item, version)
    _must_be(item, "pending")
    common.decided(item, by, "approved")
    common.finish(session, by, item, "approve", before)


def reject(session: Session, by: Actor, item: ModerationItem, version: int, *, reason_key: str, reason: str) -> None:
    """Hide the text from everybody but its author. Nothing is refused without a reason."""
    before = common.begin(session, by, item, version)
    _must_be(item, "pending", "approved")
    found = reasons.REJECT.get(reason_key)
    if found is None:
        raise Refusal(N_("Chọn lý do từ chối. Người gửi sẽ đọc lý do này."), field="reason_key")
    text = common.prose(reason, "reason", least=10 if found.needs_text else 0)
    common.decided(item, by, "rejected", reason_key=reason_key, reason=text)
    common.finish(session, by, item, "reject", before, reason_key=reason_key, reason=text)


def redact(
    session: Session, by: Actor, item: ModerationItem, version: int,
    *, spans: Sequence[Sequence[int]] = (), words: str = "",
) -> None:  # fmt: skip
    """Cover parts of the text and let everybody see the rest; the original stays for who may read it.

    ``spans`` are [first, end) places in the original, ``words`` what to cover wherever it stands, one on each line.
    What was covered before stays covered. Raises ``Refusal`` when nothing is to cover, or words are not there.
    """
    before = common.begin(session, by, item, version)
    must_see_original(by, item)
    _must_be(item, "pending", "approved")
    item.covered = [list(span) for span in to_cover(item, spans, words)]
    item.shown_text = covering.cover(item.original, item.covered)
    common.decided(item, by, "approved")
    common.finish(session, by, item, "redact", before, reason_key=reasons.PERSONAL_DATA)


def must_see_original(by: Actor, item: ModerationItem) -> None:
    """Who may not read what is covered does not cover more: whether typed words are there would tell what is."""
    if item.shown_text is not None and not by.may(ORIGINAL, item.path):
        raise Forbidden(N_("Ông/Bà không xem được bản gốc nên không che thêm được."))


def to_cover(item: ModerationItem, spans: Sequence[Sequence[int]], words: str) -> list[covering.Span]:
    """Every part that would be covered, with those covered before: what the preview shows and ``redact`` keeps."""
    found: list[Sequence[int]] = list(spans)
    for line in common.prose(words, "words").split("\n"):
        if not line:
            continue
        if len(line) > LONGEST_WORDS:
            raise Refusal(N_("Mỗi dòng tối đa %(most)d ký tự."), field="words", most=LONGEST_WORDS)
        places = covering.places_of(line, item.original)
        if not places:
            raise Refusal(N_("Không thấy “%(words)s” trong nội dung."), field="words", words=line)
        found += places
    if not covering.merged(found, len(item.original)):
        raise Refusal(N_("Chọn chỗ cần che, hoặc gõ những chữ cần che."), field="words")
    return covering.merged([*item.covered, *found], len(item.original))


def refer(
    session: Session, by: Actor, item: ModerationItem, version: int,
    *, reason_key: str, referred_to: str, reason: str = "",
) -> None:  # fmt: skip
    """Hand the matter to the body it belongs to; the author learns which, and the text is not shown here."""
    before = common.begin(session, by, item, version)
    _must_be(item, "pending", "approved")
    if reason_key not in reasons.REFER:
        raise Refusal(N_("Chọn nội dung này là việc gì."), field="refer_key")
    body = common.prose(referred_to, "referred_to", least=5, most=200).replace("\n", " ")
    text = common.prose(reason, "refer_note")
    common.decided(item, by, "referred", reason_key=reason_key, reason=text)
    item.referred_to = body
    common.finish(session, by, item, "refer", before, reason_key=reason_key, reason=text)


def escalate(session: Session, by: Actor, item: ModerationItem, version: int, *, reason: str) -> None:
    """Leave the decision to an officer of the commune; whoever hands it on says why."""
    before = common.begin(session, by, item, version)
    _must_be(item, "pending")
    if item.escalated_at is not None:
        raise WrongMoment(N_("Nội dung này đã chuyển cho công chức cấp xã."))
    text = common.prose(reason, "escalate_note", least=10)
    item.escalated_at = clock.now()
    common.finish(session, by, item, "escalate", before, reason=text)


def undo(session: Session, by: Actor, item: ModerationItem) -> ModerationAct:
    """Take the last decision back within 24 hours: whoever made it, or another who may decide on the item.

    Raises ``Forbidden`` for anybody else, and ``WrongMoment`` when there is nothing to take back, it is too late,
    somebody else holds the item, or its author has asked for a second look.
    """
    if not (by.may(DECIDE, item.path) or by.may(ESCALATED, item.path)):
        raise Forbidden(NOT_HERE)
    common.must_be_open(session, by, item)
    lock(session, item)
    last = last_act(session, item)
    if last is None or last.by != by.account_id:
        common.must_decide(by, item)
    if last is None or last.verb not in DECISIONS:
        raise WrongMoment(N_("Không có quyết định nào để hoàn tác."))
    if last.at < clock.now() - UNDO_FOR:
        raise WrongMoment(N_("Chỉ hoàn tác được trong 24 giờ."))
    common.must_be_free(session, by, item)
    common.must_be_unappealed(session, item)
    before = common.state_of(item)
    common.restore(item, last.before)
    last.undone_at = clock.now()
    return common.finish(session, by, item, "undo", before)


def _must_be(item: ModerationItem, *statuses: str) -> None:
    if item.status not in statuses:
        raise WrongMoment(N_("Nội dung này đã có quyết định. Muốn thay, hoàn tác quyết định đó trước."))
