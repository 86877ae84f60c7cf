"""Pairing and ending the screens and tablets of a centre."""

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.feedback.models import Display, RatingPoint
from app.feedback.rules.trust import new_secret
from app.feedback.rules.trust_keys import secret_hash
from app.lib.i18n import N_

EDIT = "feedback:point:edit"
KINDS = {"screen": N_("Màn hình có mã thay đổi"), "kiosk": N_("Máy tính bảng để bấm đánh giá")}
LONGEST_NAME = 100


def pair(session: Session, by: Actor, point: RatingPoint, *, kind: str, name: str) -> tuple[Display, str]:
    """Let a device show or take ratings of a point. The secret of its address is returned once and kept nowhere."""
    account_id = must(by, EDIT, point.path)
    name = clean_line(name, "name", LONGEST_NAME)
    if not name:
        raise Refusal(N_("Ghi tên để nhận ra máy này."), field="name")
    if kind not in KINDS:
        raise Refusal(N_("Chọn loại máy."), field="kind")
    if point.revoked_at is not None:
        raise Refusal(N_("Điểm đánh giá này đã bị thu hồi. Chọn điểm đang dùng."), field="point")
    secret = new_secret()
    display = Display(
        point_id=point.id, path=point.path, kind=kind, name=name, secret_hash=secret_hash(secret),
        paired_by=account_id, paired_at=clock.now(),
    )  # fmt: skip
    session.add(display)
    session.flush()
    detail = {"display_kind": kind, "name": name, "point": point.code}
    record(session, by, "feedback.display.pair", subject=("display", display.id), path=point.path, **detail)
    return display, secret


def end(session: Session, by: Actor, display: Display) -> None:
    """Let a device show and take nothing any more, at once."""
    must(by, EDIT, display.path)
    lock(session, display)
    if display.ended_at is not None:
        raise WrongMoment(N_("Máy này đã ngừng trước đó."))
    display.ended_at = clock.now()
    subject = ("display", display.id)
    record(session, by, "feedback.display.end", subject=subject, path=display.path, name=display.name)
