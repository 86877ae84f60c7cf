"""Points: issued, revoked with a reason, replaced; and the weekly look at the printed code in its place."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_prose, reason_given
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.feedback.models import Display, DossierCode, PointCheck, RatingPoint, ServiceCenter
from app.feedback.operations.places import EDIT, must_be_running
from app.feedback.queries import places as place_queries
from app.feedback.queries import points as queries
from app.feedback.queries.rating import PLACES
from app.feedback.rules.points import CODE_LENGTH, Place, places
from app.lib.codes import new_code
from app.lib.i18n import N_

CHECK = "feedback:check:record"
SHORTEST_REASON = 5
LONGEST_REASON = 500
NOTE = 500
_TRIES = 20


def issue(session: Session, by: Actor, center: ServiceCenter, wanted: Sequence[Place]) -> list[RatingPoint]:
    """Give a code to each place. Raises ``Refusal`` for no place, for one unknown, and for one that has a code."""
    must(by, EDIT, center.path)
    must_be_running(center)
    lock(session, center, key_share=True)
    if not wanted:
        raise Refusal(N_("Chọn ít nhất một nơi cần cấp mã."), field="places")
    names = place_names(session, center)
    if not set(wanted) <= names.keys():
        raise Refusal(N_("Chọn nơi cấp mã trong danh sách."), field="places")
    taken = {Place(point.counter_id, point.group_id) for point in queries.of_center(session, center.id)}
    if already := [names[place] for place in wanted if place in taken]:
        raise Refusal(
            N_("Đã có mã: %(names)s. Dùng “Thay mã” nếu cần mã mới."), field="places", names=", ".join(already)
        )
    made = [_new(session, by, center, place, names[place]) for place in dict.fromkeys(wanted)]
    session.flush()
    record(
        session, by, "feedback.point.issue", subject=("center", center.id), path=center.path,
        issued=[point.label or center.name for point in made],
    )  # fmt: skip
    return made


def place_names(session: Session, center: ServiceCenter) -> dict[Place, str]:
    """Every place of a centre at which a point can stand, with the name a point there gets; the centre's is empty."""
    counters = {one.id: one for one in place_queries.counters(session, center.id)}
    groups = {one.id: one.name for one in place_queries.groups(session, center.id)}
    handled = place_queries.handled(session, center.id)
    names = {}
    for place in places(counters, handled):
        parts = [counters[place.counter_id].name] if place.counter_id else []
        parts += [groups[place.group_id]] if place.group_id else []
        names[place] = " – ".join(parts)[:200]
    return names


def revoke(session: Session, by: Actor, point: RatingPoint, *, reason: str) -> None:
    """End a point, saying why; whoever scans its code reads that. Raises ``WrongMoment`` for one that has ended."""
    must(by, EDIT, point.path)
    kept = _reason(reason)
    _end(session, point, kept)
    record(
        session, by, "feedback.point.revoke", subject=("rating_point", point.id), path=point.path,
        name=point.label or point.center.name, reason=kept,
    )  # fmt: skip


def replace(session: Session, by: Actor, point: RatingPoint, *, reason: str) -> RatingPoint:
    """End a point and give its place a new code; the old one says so.

    Screens, tablets and codes of dossiers go over to the new one: nobody has to print or pair them again.
    """
    must(by, EDIT, point.path)
    kept = _reason(reason)
    must_be_running(point.center)
    _end(session, point, kept)
    made = _new(session, by, point.center, Place(point.counter_id, point.group_id), point.label)
    session.flush()
    point.replaced_by = made.id
    session.execute(update(Display).where(Display.point_id == point.id).values(point_id=made.id))
    session.execute(update(DossierCode).where(DossierCode.point_id == point.id).values(point_id=made.id))
    session.flush()
    record(
        session, by, "feedback.point.replace", subject=("rating_point", point.id), path=point.path,
        name=point.label or point.center.name, reason=kept, replaced_by=made.id,
    )  # fmt: skip
    return made


def record_check(session: Session, by: Actor, point: RatingPoint, *, intact: bool, note: str = "") -> PointCheck:
    """Note that somebody looked at the printed code: whole, or covered or spoiled, and then how."""
    account = must(by, CHECK, point.path)
    if point.revoked_at is not None:
        raise WrongMoment(N_("Mã này đã thu hồi, không cần kiểm tra."))
    kept = clean_prose(note, "note", NOTE)
    if not intact and not kept:
        raise Refusal(N_("Ghi rõ mã bị dán đè, rách hay mất, và đã làm gì."), field="note")
    check = PointCheck(point_id=point.id, checked_by=account, checked_at=clock.now(), intact=intact, note=kept)
    session.add(check)
    session.flush()
    record(
        session, by, "feedback.point.check", subject=("rating_point", point.id), path=point.path,
        name=point.label or point.center.name, intact=intact, note=kept,
    )  # fmt: skip
    return check


def record_checks(session: Session, by: Actor, points: Sequence[RatingPoint]) -> int:
    """Note of many points at once that their codes are whole; returns how many."""
    if not points:
        raise Refusal(N_("Chọn các mã đã kiểm tra."), field="points")
    for point in points:
        record_check(session, by, point, intact=True)
    return len(points)


def _new(session: Session, by: Actor, center: ServiceCenter, place: Place, label: str) -> RatingPoint:
    point = RatingPoint(
        code=_free_code(session), center_id=center.id, counter_id=place.counter_id, group_id=place.group_id,
        path=center.path, label=label, issued_on=clock.today(), issued_by=by.account_id,
    )  # fmt: skip
    session.add(point)
    return point


def _free_code(session: Session) -> str:
    """A code no point has or had; two are alike once in a billion, and then another one is drawn."""
    for _ in range(_TRIES):
        code = new_code(CODE_LENGTH)
        if session.scalar(select(RatingPoint.id).where(RatingPoint.code == code)) is None:
            return code
    raise WrongMoment(N_("Chưa tạo được mã. Mời Ông/Bà thử lại."))


def _end(session: Session, point: RatingPoint, reason: str) -> None:
    lock(session, point, key_share=True)
    if point.revoked_at is not None:
        raise WrongMoment(N_("Mã này đã thu hồi trước đó."))
    point.revoked_at, point.revoked_reason = clock.now(), reason
    PLACES.forget()


def _reason(text: str) -> str:
    kept = reason_given(text, SHORTEST_REASON)
    if len(kept) > LONGEST_REASON:
        raise Refusal(N_("Tối đa %(most)d ký tự."), field="reason", most=LONGEST_REASON)
    return kept
