"""Accounts to pay to and what is collected on them, as the state of the world before a test."""

import io
import itertools
from datetime import timedelta
from typing import Any

import zxingcpp
from PIL import Image
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.payments.models import Collection, PayeeAccount
from app.payments.rules.collecting import CODE
from app.payments.rules.vietqr import Transfer, parse
from tests.support.cast import make_account

_numbers = itertools.count(1)


def make_payee(session: Session, area: Area, *, hours: float = 25, **values: Any) -> PayeeAccount:
    """An account approved so many hours ago: shown, unless they are fewer than 24."""
    approved = clock.now() - timedelta(hours=hours)
    defaults: dict[str, Any] = {
        "bank": "970405",
        "number": f"15002012{next(_numbers):05}",
        "holder": "UBND PHUONG THOI HOA",
        "document": "Giấy xác nhận tài khoản số 12 của ngân hàng.",
        "status": "approved",
        "entered_at": approved - timedelta(hours=1),
        "decided_at": approved,
        "shown_from": approved + timedelta(hours=24),
    }
    if values.get("status") in ("proposed", "refused"):
        defaults |= {"shown_from": None, "decided_at": None}
    elif "decided_by" not in values:
        defaults["decided_by"] = make_account(session).id
    if "entered_by" not in values:
        defaults["entered_by"] = make_account(session).id
    payee = PayeeAccount(area_id=area.id, path=area.path, **defaults | values)
    session.add(payee)
    session.flush()
    return payee


def make_collection(session: Session, payee: PayeeAccount, area: Area | None = None, **values: Any) -> Collection:
    """Something collected on an account, from yesterday on; the person types the sum."""
    area = area or payee.area
    defaults: dict[str, Any] = {
        "code": f"{next(_numbers):0{CODE}}",
        "kind": "utility",
        "title": "Phí vệ sinh quý 3",
        "basis": "Quyết định số 12/QĐ-UBND ngày 05/07/2026.",
        "purpose": "Phi VS Q3 2026",
        "opens_on": clock.today() - timedelta(days=1),
        "made_at": clock.now() - timedelta(days=1),
    }
    if "made_by" not in values:
        defaults["made_by"] = payee.entered_by
    collection = Collection(area_id=area.id, path=area.path, account_id=payee.id, **defaults | values)
    session.add(collection)
    session.flush()
    return collection


def page_of(collection: Collection, more: str = "") -> str:
    """The public page of a collection."""
    return f"/nop/{collection.code}{more}"


def read_png(data: bytes) -> Transfer:
    """What a bank's app reads from a picture."""
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))
    return parse(code.text)
