"""The interface by which a commune's case system asks for codes of dossiers: JSON in, JSON out, one address."""

import json
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from app.core.errors import Forbidden, Refusal, TooMany
from app.feedback.models import ApiKey, ServiceCenter
from app.feedback.operations.minting import Minted, mint
from app.feedback.operations.minting_keys import KeyRefused, prove
from app.feedback.queries.minting import places_of
from app.feedback.rules import minting_request as rules
from app.feedback.rules.minting import MOST_AT_ONCE
from app.feedback.rules.minting import read as read_dossiers
from app.feedback.rules.trust import dossier_address
from app.identity import limits as tries
from app.lib.i18n import N_
from app.visitors.device import network_hash
from app.web import current
from app.web.access import public
from app.web.templating import say

bp = Blueprint("feedback_minting", __name__)
MOST_BYTES = 512 * 1024
CALLS, PER_SECONDS = 120, 60
_OTHER_CENTER = N_("Khóa này không dùng cho Trung tâm “%(name)s”.")
_NOT_JSON = N_("Gửi nội dung JSON với tiêu đề Content-Type: application/json.")
_BROKEN = N_("Không đọc được JSON ở dòng %(line)d, cột %(column)d.")
_NOT_UTF8 = N_("Nội dung phải là chữ UTF-8.")
_TOO_LARGE = N_("Nội dung quá lớn. Mỗi lần gửi không quá %(most)d hồ sơ.")
_NO_KEY = N_("Thiếu khóa kết nối. Gửi tiêu đề Authorization: Bearer và khóa.")
_FAULTS = N_("Chưa cấp mã nào. Sửa các chỗ sau rồi gửi lại.")


class Unfit(Refusal):
    """A request that cannot be carried out, with every place at fault."""

    def __init__(self, status: int, message: str, faults: list[rules.Wrong] | None = None, **params: Any) -> None:
        super().__init__(message, **params)
        self.status = status
        self.faults = faults or []


@bp.post("/api/ma-danh-gia")
@public
def codes() -> Response:
    """A code, its address and last day for each dossier; asked again, the same. Any fault: no code is minted."""
    try:
        # Before the request's own transaction: the count outlives a refusal.
        tries.hit(current.services().database, f"api {network_hash()}", CALLS, PER_SECONDS)
        key = prove(current.session(), _presented())
        return _answer(200, _carried_out(key))
    except Refusal as refusal:
        current.rollback()
        return _refused(refusal)


def _presented() -> str:
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text.strip():
        raise KeyRefused(_NO_KEY)
    return text.strip()


def _carried_out(key: ApiKey) -> dict[str, Any]:
    session = current.session()
    body = _body()
    if rules.count(body) > MOST_AT_ONCE:
        raise Unfit(413, _TOO_LARGE, most=MOST_AT_ONCE)
    asked, wrong = rules.read(body)
    center = session.get_one(ServiceCenter, key.center_id)
    if asked.center not in ("", str(center.id), center.path.rpartition("/")[2]):
        raise Forbidden(_OTHER_CENTER, name=asked.center)
    if not wrong:
        read = read_dossiers(asked.wanted, places_of(session, center.id))
        wrong = [rules.wrong_of(fault) for fault in read.faults]
    if wrong:
        raise Unfit(422, _FAULTS, wrong)
    minted = mint(session, key, current.services().keyring, center, read.placed, days=asked.days)
    return {"center": center.name, "codes": [_told(one) for one in minted]}


def _body() -> Any:
    if request.mimetype != "application/json":
        raise Unfit(415, _NOT_JSON)
    request.max_content_length = MOST_BYTES
    try:
        data = request.get_data()
    except RequestEntityTooLarge:
        raise Unfit(413, _TOO_LARGE, most=MOST_AT_ONCE) from None
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise Unfit(422, _NOT_UTF8) from None
    except json.JSONDecodeError as fault:
        raise Unfit(422, _BROKEN, line=fault.lineno, column=fault.colno) from None
    except (RecursionError, ValueError):
        raise Unfit(422, _BROKEN, line=1, column=1) from None


def _told(one: Minted) -> dict[str, Any]:
    address = dossier_address(current.services().settings.base_url, one.code) if one.code else None
    return {
        "dossier": one.dossier,
        "code": one.code or None,
        "url": address,
        "expires": one.expires_on.isoformat(),
        "state": one.state,
    }


def _refused(refusal: Refusal) -> Response:
    error: dict[str, Any] = {"message": say(refusal)}
    if isinstance(refusal, Unfit) and refusal.faults:
        error["faults"] = [{"place": one.place, "message": _(one.message) % dict(one.params)} for one in refusal.faults]
    answer = _answer(refusal.status, {"error": error})
    if isinstance(refusal, KeyRefused):
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _answer(status: int, content: dict[str, Any]) -> Response:
    text = json.dumps(content, ensure_ascii=False)
    return Response(text, status, content_type="application/json; charset=utf-8")
