"""Deciding about a sign: by somebody outside the rated unit, once, with a reason that others can read (Law Đ34.3)."""

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import reason_given
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.feedback.models import RatingFlag
from app.feedback.operations.review import hold_center, restand
from app.feedback.queries.review import belongs_to_unit, of_scope
from app.feedback.rules.standing import EXCLUDE, RESTORE
from app.lib.i18n import N_

DECIDE = "feedback:flag:decide"
SHORTEST = 20
AT_ONCE = 400


def must_be_outside(session: Session, by: Actor, flag: RatingFlag) -> int:
    """The account of who may decide. Raises ``Forbidden`` without the right, and for whoever belongs to the unit."""
    account = must(by, DECIDE, flag.path)
    if belongs_to_unit(session, by, flag):
        raise Forbidden(
            N_("Ông/Bà thuộc cơ quan được đánh giá nên không quyết định việc này. Người ngoài cơ quan sẽ quyết định.")
        )
    return account


def decide(session: Session, by: Actor, flag: RatingFlag, *, decision: str, reason: str, seen: int) -> int:
    """Set the ratings of a sign aside (``exclude``) or count them again (``restore``); how many ratings it is about.

    ``flag`` is any line of it, ``seen`` how many lines it had when it was read. Raises ``WrongMoment`` when somebody
    has decided already or the sign has grown since, ``Refusal`` without a reason or where nothing could be set aside.
    """
    must_be_outside(session, by, flag)
    hold_center(session, flag.center_id)
    lines = select(RatingFlag).where(RatingFlag.cluster == flag.cluster).order_by(RatingFlag.id)
    rows = session.scalars(lines.with_for_update().execution_options(populate_existing=True)).all()
    if not rows:
        raise NotFound(N_("Không tìm thấy nội dung này."))
    _must_be_the_same(rows[0], len(rows), seen)
    if decision not in (EXCLUDE, RESTORE):
        raise Refusal(N_("Chọn một quyết định."), field="decision")
    kept = reason_given(reason, SHORTEST)
    ratings = [row.rating_id for row in rows if row.rating_id is not None]
    if not ratings and decision == EXCLUDE:
        ratings = _name_ratings(session, rows[0])
    values = {"decision": decision, "decided_by": by.account_id, "decided_at": clock.now(), "reason": kept}
    session.execute(update(RatingFlag).where(RatingFlag.cluster == flag.cluster).values(**values))
    record(
        session, by, f"feedback.flag.{decision}", subject=("rating_flag", rows[0].id), path=flag.path,
        sign=flag.rule, ratings=len(ratings), reason=kept,
    )  # fmt: skip
    restand(session, flag.center_id, ratings)
    return len(ratings)


def _must_be_the_same(first: RatingFlag, lines: int, seen: int) -> None:
    if first.decided_at is not None:
        raise WrongMoment(N_("Dấu hiệu này đã có người quyết định."))
    if lines != seen:
        raise WrongMoment(N_("Dấu hiệu này vừa có thêm lượt đánh giá. Xem lại rồi quyết định."))


def _name_ratings(session: Session, first: RatingFlag) -> list[int]:
    """The ratings a sign over days speaks of, as lines of the sign: only now are they named, to be set aside."""
    ratings = of_scope(session, first.center_id, first.why.get("scope"))
    if not ratings:
        raise Refusal(N_("Dấu hiệu này không nói về lượt đánh giá nào nên không có gì để loại."), field="decision")
    plain: dict[str, Any] = {
        "center_id": first.center_id, "point_id": first.point_id, "path": first.path, "rule": first.rule,
        "day": first.day, "cluster": first.cluster, "why": first.why, "flagged_at": first.flagged_at, "reason": "",
    }  # fmt: skip
    for start in range(0, len(ratings), AT_ONCE):
        some = ratings[start : start + AT_ONCE]
        session.execute(insert(RatingFlag), [plain | {"rating_id": rating} for rating in some])
    return ratings
