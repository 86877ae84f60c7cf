"""Where and how something was made public (Law Đ12), told by those who did it, with a photograph."""

from datetime import date

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import Forbidden, Refusal
from app.core.permissions import Actor, covers
from app.core.rights import must
from app.core.rows import lock
from app.core.uploads import Upload
from app.gateways.storage import Storage
from app.lib.calendar import format_date
from app.lib.i18n import N_
from app.publication.models import Posting, PostingPlace
from app.publication.operations.common import RECORD, done, must_be_posted
from app.publication.rules.heads import FORMS
from app.visitors.uploads import CleanFile, clean_image

DETAIL = 500
FOLDER = "posting-photos"


def add_place(
    session: Session, by: Actor, posting: Posting, area: Area, storage: Storage, *, form: str, detail: str,
    began_on: date, ended_on: date | None = None, photo: Upload | None = None, taken_on: date | None = None,
) -> PostingPlace:  # fmt: skip
    """Note one way in which a posting was made public at ``area``, its own place or one inside it.

    The head of an area does so for that area only. Raises ``Refusal`` at the field at fault: days before the
    document was signed or in the future, no place told, a picture that is none.
    """
    account = must(by, RECORD, area.path)
    if not (covers(posting.area.path, area.path) or covers(area.path, posting.area.path)):
        raise Forbidden(N_("Nơi này không thuộc địa bàn của nội dung đã đăng."))
    # Washing a picture takes a second: nobody else waits for the row meanwhile.
    clean = _clean_photo(photo, taken_on)
    lock(session, posting)
    must_be_posted(posting)
    if form not in FORMS:
        raise Refusal(N_("Chọn hình thức trong danh sách."), field="form")
    _check_days(posting, began_on, ended_on)
    kept = clean_line(detail, "detail", DETAIL)
    if not kept:
        raise Refusal(N_("Ghi rõ ở đâu hoặc bằng cách nào."), field="detail")
    place = PostingPlace(
        posting_id=posting.id, area_id=area.id, kind=form, detail=kept, began_on=began_on, ended_on=ended_on,
        photo_type="", recorded_by=account, recorded_at=clock.now(),
    )  # fmt: skip
    if clean is not None:
        place.photo_key, place.photo_type = storage.put(FOLDER, clean.data), clean.kind.media_type
        place.photo_taken_on = taken_on
    session.add(place)
    session.flush()
    session.expire(posting, ["places"])
    done(session, by, posting, "place.record", way=form, place=kept, since=began_on, until=ended_on,
         photo=clean is not None)  # fmt: skip
    return place


def end_place(session: Session, by: Actor, place: PostingPlace, *, ended_on: date) -> None:
    """Note the last day of one way. Raises ``Refusal`` when it has ended, or for a day before it began or to come."""
    must(by, RECORD, place.area.path)
    posting = place.posting
    lock(session, posting)
    session.refresh(place)
    if place.ended_on is not None:
        raise Refusal(N_("Đã ghi ngày kết thúc rồi."), field="ended_on")
    _check_days(posting, place.began_on, ended_on)
    place.ended_on = ended_on
    done(session, by, posting, "place.end", way=place.kind, place=place.detail, until=ended_on)


def _check_days(posting: Posting, began_on: date, ended_on: date | None) -> None:
    today = clock.today()
    if began_on > today:
        raise Refusal(N_("Ngày bắt đầu ở tương lai. Ghi khi đã làm."), field="began_on")
    if posting.signed_on is not None and began_on < posting.signed_on:
        raise Refusal(
            N_("Ngày bắt đầu trước ngày ký văn bản (%(day)s)."), field="began_on", day=format_date(posting.signed_on)
        )
    if ended_on is not None and ended_on < began_on:
        raise Refusal(N_("Ngày kết thúc trước ngày bắt đầu."), field="ended_on")
    if ended_on is not None and ended_on > today:
        raise Refusal(N_("Ngày kết thúc ở tương lai. Để trống, khi xong mới ghi."), field="ended_on")


def _clean_photo(photo: Upload | None, taken_on: date | None) -> CleanFile | None:
    if photo is None:
        return None
    if taken_on is not None and taken_on > clock.today():
        raise Refusal(N_("Ngày chụp ở tương lai. Xem lại ngày chụp."), field="taken_on")
    return clean_image(photo.data, field="photo")
