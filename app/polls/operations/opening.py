"""Opening a poll by two people: the area's head submits, the Front confirms, and everything is frozen (NĐ59 Đ5)."""

from sqlalchemy.orm import Session

from app.core import clock
from app.core.entries import reason_given
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor, Body
from app.core.rows import lock
from app.core.tokens import Keyring
from app.lib.i18n import N_
from app.polls.models import Poll
from app.polls.operations.editing import PREPARE, done, must, must_be_preparing, refuse_unless
from app.polls.operations.freezing import freeze
from app.polls.queries.preparation import problems
from app.polls.queries.roll import RollDifference, RollRow, difference_since, present_roll, roll_fingerprint
from app.polls.rules.house import HOUSE_RULES

CONFIRM = "polls:poll:confirm"
_SHOWN = 5


def submit(session: Session, by: Actor, poll: Poll, version: int) -> None:
    """Hand a prepared poll to the Front for confirmation; only the area's head may (Law Đ16).

    Raises ``ManyRefusals`` with everything that still prevents opening. The fingerprint of the roll is kept, so that
    the Front confirms exactly the roll that was submitted.
    """
    account = must(by, PREPARE, poll)
    if Body.COMMUNITY not in by.bodies(PREPARE, poll.area.path):
        raise Forbidden(N_("Chỉ Trưởng thôn, Tổ trưởng tổ dân phố được trình."))
    lock(session, poll, lambda: must_be_preparing(poll))
    if poll.version != version:
        raise WrongMoment(N_("Nội dung vừa được sửa sau khi Ông/Bà mở trang này. Xem lại rồi trình lần nữa."))
    _refuse_problems(session, poll)
    roll = present_roll(session, poll.area_id)
    poll.roll_size, poll.roll_fingerprint = len(roll), roll_fingerprint(roll)
    poll.status, poll.submitted_by, poll.submitted_at = "submitted", account, clock.now()
    poll.version += 1
    session.flush()
    done(session, by, poll, "poll.submit", households=poll.roll_size, roll_sha256=poll.roll_fingerprint)


def return_to_preparation(session: Session, by: Actor, poll: Poll, *, reason: str) -> None:
    """Send a submitted poll back, with the reason: by the Front, or by the head who takes it back."""
    account = by.account_id
    may = by.may(CONFIRM, poll.area.path) or (by.may(PREPARE, poll.area.path) and account == poll.submitted_by)
    if account is None or not may:
        raise Forbidden(N_("Chỉ người trình hoặc Mặt trận được trả lại để chuẩn bị."))
    sentence = N_("Nội dung này không ở giai đoạn chờ duyệt nên không trả lại được.")
    lock(session, poll, lambda: refuse_unless(poll.status == "submitted", sentence))
    reason = reason_given(reason, HOUSE_RULES.shortest_reason)
    poll.status, poll.submitted_by, poll.submitted_at = "preparing", None, None
    poll.roll_size = poll.roll_fingerprint = None
    poll.version += 1
    session.flush()
    done(session, by, poll, "poll.return", reason=reason)


def confirm(session: Session, by: Actor, poll: Poll, ballot_keys: Keyring) -> None:
    """Open a submitted poll: by the Front, and never by whoever submitted it.

    In one transaction the roll is copied, N, the fingerprint, the key and the definition are fixed, and the log
    receives its first leaves. Raises ``Forbidden``; ``WrongMoment`` when the poll is not (or no longer) submitted or
    the roll differs from the one submitted, saying how; ``ManyRefusals`` when the law has come to stand in the way,
    for instance because the time of notice has become too short.
    """
    account = must(by, CONFIRM, poll)
    if account == poll.submitted_by:
        raise Forbidden(N_("Người duyệt phải khác người trình."))
    lock(session, poll, lambda: refuse_unless(poll.status != "opened", N_("Nội dung này đã có người duyệt mở.")))
    if poll.status != "submitted" or account == poll.submitted_by:
        raise WrongMoment(N_("Nội dung này chưa được trình hoặc đã trả lại, nên chưa duyệt được."))
    roll = present_roll(session, poll.area_id)
    _refuse_changed_roll(session, poll, roll)
    _refuse_problems(session, poll)
    poll.confirmed_by = account
    freeze(session, poll, roll, ballot_keys)
    done(session, by, poll, "poll.confirm", households=poll.roll_size, roll_sha256=poll.roll_fingerprint,
         definition_sha256=poll.definition_sha256)  # fmt: skip


def _refuse_problems(session: Session, poll: Poll) -> None:
    found = problems(session, poll)
    if found:
        raise ManyRefusals(N_("Chưa mở được vì còn những việc sau."), [problem.refusal() for problem in found])


def _refuse_changed_roll(session: Session, poll: Poll, roll: list[RollRow]) -> None:
    if poll.roll_fingerprint == roll_fingerprint(roll) or poll.submitted_at is None:
        return
    difference = difference_since(session, poll.area_id, poll.submitted_at)
    raise ManyRefusals(
        N_("Danh sách hộ đã thay đổi sau khi trình. Trả lại để người trình xem và trình lần nữa."),
        [
            WrongMoment(
                N_("Khi trình có %(before)d hộ, hiện nay có %(now)d hộ."), before=poll.roll_size, now=len(roll)
            ),
            *_differences(difference),
        ],
    )


def _differences(found: RollDifference) -> list[Refusal]:
    sentences = (
        (found.new, N_("Hộ mới thêm: %(numbers)s.")),
        (found.gone, N_("Hộ đã bỏ: %(numbers)s.")),
        (found.changed, N_("Hộ đổi người đại diện: %(numbers)s.")),
    )
    said: list[Refusal] = [
        WrongMoment(sentence, numbers=_listed(numbers)) for numbers, sentence in sentences if numbers
    ]
    return said or [WrongMoment(N_("Có hộ sửa số hộ, địa chỉ hoặc họ tên người đại diện."))]


def _listed(numbers: tuple[str, ...]) -> str:
    rest = len(numbers) - _SHOWN
    return ", ".join(numbers[:_SHOWN]) + (f" (+{rest})" if rest > 0 else "")
