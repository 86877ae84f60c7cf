"""Staff page of messages: what became of them."""

from typing import Any

from flask import Blueprint, render_template, request

from app.core.errors import NotFound
from app.core.schema import slice_modules
from app.lib.i18n import N_
from app.notifications import operations, queries
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked

bp = Blueprint("notifications_staff", __name__, url_prefix="/staff/tin-nhan")
# A word and a colour for each status.
STATUSES = {
    "waiting": (N_("Chờ gửi"), ""),
    "sending": (N_("Đang gửi"), ""),
    "sent": (N_("Đã gửi"), "good"),
    "failed": (N_("Không gửi được"), "bad"),
    "ambiguous": (N_("Không rõ đã gửi chưa"), "warn"),
    "stopped": (N_("Người nhận từ chối nhận tin"), ""),
}
CHANNELS = {"file": N_("Tệp"), "console": N_("Màn hình máy chủ"), "http_sms": N_("Tin nhắn SMS")}


@bp.get("/")
@require(queries.PERMISSION)
def messages() -> Any:
    """How many messages stand where, and the newest ones, all or of one status."""
    session, actor = current.session(), current.actor()
    status = request.args.get("status", "")
    if status and status not in STATUSES:
        raise NotFound(N_("Không có tình trạng này."))
    before = number_asked("before")
    page = queries.messages(session, actor, status=status, before=before)
    return render_template(
        "notifications/messages.html",
        messages=page.messages,
        older=page.older,
        paged=before is not None,
        counts=queries.counts(session, actor),
        status=status,
        statuses=STATUSES,
        channels=CHANNELS,
        events=_events(),
        sentences=operations.SENTENCES,
    )


def _events() -> dict[str, str]:
    """What messages are about, in the words of the slices that send them."""
    words: dict[str, str] = {}
    for module in slice_modules("record_words"):
        words |= getattr(module, "MESSAGES", {})
    return words
