"""What is collected: begun with its legal basis, ended, and its printed code looked at every week."""

from datetime import date

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.db import database_now
from app.core.entries import clean_line, clean_prose
from app.core.errors import ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor, covers
from app.core.rights import must
from app.core.rows import lock
from app.lib.calendar import format_date
from app.lib.codes import new_code
from app.lib.i18n import N_
from app.payments.models import Collection, CollectionCheck, PayeeAccount
from app.payments.rules.collecting import CODE, KINDS
from app.payments.rules.vietqr import AMOUNT, text_problems
from app.publication.models import Posting

EDIT, CHECK = "payments:collection:edit", "payments:check:record"
TITLE, BASIS, NOTE = 200, 1000, 500


def create(
    session: Session, by: Actor, area: Area, payee: PayeeAccount, *, kind: str, title: str, basis: str, purpose: str,
    opens_on: date, ends_on: date | None = None, amount: int | None = None, posting: Posting | None = None,
) -> Collection:  # fmt: skip
    """Begin to collect something in a commune or an area on an account of the white list.

    ``posting``: what was made public of the decision. Raises ``ManyRefusals`` with everything wrong, each at its field.
    """
    made_by = must(by, EDIT, area.path)
    title, basis = clean_line(title, "title", TITLE), clean_prose(basis, "basis", BASIS)
    problems = [
        *_words(kind, title, basis, purpose, amount),
        *_days(opens_on, ends_on),
        *_belongings(area, payee, posting),
    ]
    if problems:
        raise ManyRefusals(N_("Chưa lập được khoản thu."), problems)
    collection = Collection(
        code=new_code(CODE), area_id=area.id, path=area.path, account_id=payee.id, kind=kind, title=title, basis=basis,
        purpose=purpose, amount=amount, posting_id=posting.id if posting else None, opens_on=opens_on, ends_on=ends_on,
        made_by=made_by, made_at=clock.now(),
    )  # fmt: skip
    session.add(collection)
    session.flush()
    _note(session, by, collection, "collection.create", kind=kind, amount=amount, since=opens_on, until=ends_on)
    return collection


def end(session: Session, by: Actor, collection: Collection) -> None:
    """Collect no more: the page stays, without a code."""
    must(by, EDIT, collection.path)
    lock(session, collection)
    if collection.ended_at is not None:
        raise WrongMoment(N_("Khoản thu này đã kết thúc rồi."))
    collection.ended_at = database_now(session)
    session.flush()
    _note(session, by, collection, "collection.end")


def check(session: Session, by: Actor, collection: Collection, *, intact: bool, note: str = "") -> CollectionCheck:
    """Note that somebody looked at the printed code; what is not in order needs a word on it."""
    account = must(by, CHECK, collection.path)
    note = clean_prose(note, "note", NOTE)
    if not intact and not note:
        raise Refusal(N_("Ghi đã thấy gì và đã làm gì."), field="note")
    found = CollectionCheck(
        collection_id=collection.id, checked_by=account, checked_at=clock.now(), intact=intact, note=note
    )
    session.add(found)
    session.flush()
    _note(session, by, collection, "check.record", intact=intact, seen=note)
    return found


def _words(kind: str, title: str, basis: str, purpose: str, amount: int | None) -> list[Refusal]:
    problems = []
    if kind not in KINDS:
        problems.append(Refusal(N_("Chọn một loại khoản thu."), field="kind"))
    if not title:
        problems.append(Refusal(N_("Ghi tên khoản thu."), field="title"))
    if not basis:
        problems.append(Refusal(N_("Ghi căn cứ thu: văn bản, nghị quyết của thôn, tổ dân phố."), field="basis"))
    if not purpose:
        problems.append(Refusal(N_("Ghi nội dung chuyển khoản, không dấu."), field="purpose"))
    if amount is not None and not 0 < amount < 10**AMOUNT:
        problems.append(Refusal(N_("Số tiền phải lớn hơn 0 và có tối đa 13 chữ số."), field="amount"))
    return [*problems, *text_problems(purpose, "purpose")]


def _days(opens_on: date, ends_on: date | None) -> list[Refusal]:
    if ends_on is None or ends_on >= max(opens_on, clock.today()):
        return []
    return [
        Refusal(
            N_("Ngày kết thúc phải từ ngày %(day)s trở đi."),
            field="ends_on",
            day=format_date(max(opens_on, clock.today())),
        )
    ]


def _belongings(area: Area, payee: PayeeAccount, posting: Posting | None) -> list[Refusal]:
    problems = []
    if area.level == "province" or not covers(payee.path, area.path) or payee.status not in ("proposed", "approved"):
        problems.append(Refusal(N_("Chọn tài khoản của chính xã, phường hoặc của thôn, tổ dân phố đó."), field="payee"))
    if posting is not None and (posting.status != "posted" or not covers(area.commune.path, posting.area.path)):
        problems.append(Refusal(N_("Chọn nội dung công khai trong danh sách."), field="posting"))
    return problems


def _note(session: Session, by: Actor, collection: Collection, action: str, **detail: object) -> None:
    record(
        session, by, f"payments.{action}", subject=("collection", collection.id), path=collection.path,
        title=collection.title, **detail,
    )  # fmt: skip
