"""What the staff pages of the queue share: the blueprint, the search in their addresses, words of states."""

from dataclasses import fields
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Refusal
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.moderation import forms, kinds
from app.moderation.models import ModerationItem
from app.moderation.queries.items import Finding
from app.moderation.queries.queue import Search
from app.moderation.rules.clock import Clock, stand
from app.moderation.rules.rights import DECIDE, ESCALATED, HIGH_RISK

bp = Blueprint("moderation_staff", __name__, url_prefix="/staff/kiem-duyet")

STATUSES = {
    "pending": (N_("Chờ duyệt"), "info"),
    "approved": (N_("Đã duyệt"), "good"),
    "rejected": (N_("Đã từ chối"), "bad"),
    "referred": (N_("Đã chuyển"), "warn"),
}
VERBS = {
    "approve": N_("Duyệt"),
    "reject": N_("Từ chối"),
    "redact": N_("Che thông tin rồi duyệt"),
    "refer": N_("Chuyển cơ quan có thẩm quyền"),
    "escalate": N_("Chuyển công chức cấp xã quyết định"),
    "seal": N_("Chuyển vào hộp kín"),
    "undo": N_("Hoàn tác"),
    "reopen": N_("Chờ duyệt lại vì bị báo cáo"),
    "uphold": N_("Xem lại: cho hiện nội dung"),
    "dismiss": N_("Xem lại: giữ nguyên quyết định"),
}


def search_asked(actor: Actor) -> Search:
    """The search in this address; what is unknown asks nothing. Who decides on escalated items begins with those."""
    officer = actor.holds_anywhere(ESCALATED) and not actor.holds_anywhere(DECIDE)
    given = {one.name: request.args.get(one.name, "")[:40] for one in fields(Search)}
    given["show"] = given["show"] if given["show"] in forms.SHOW else ("escalated" if officer else "waiting")
    given["order"] = "risk" if given["order"] == "risk" else "due"
    return Search(**given)


def search_args(search: Search) -> dict[str, Any]:
    """The search as values of an address, those left empty not named."""
    return {one.name: value for one in fields(Search) if (value := getattr(search, one.name))}


def tags(item: Any, now: Any = None) -> list[tuple[str, str]]:
    """What a moderator should know of an item at a glance: (word, kind of tag); the word carries the meaning."""
    found: list[tuple[str, str]] = []
    if item.status != "pending":
        word, kind = STATUSES[item.status]
        found.append((_(word), kind))
    else:
        found.append(_clock_tag(item, now or clock.now()))
    if item.risk >= HIGH_RISK:
        found.append((_("Cần chú ý"), "warn"))
    if item.reports:
        found.append((_("Bị báo cáo: %(n)s", n=item.reports), "bad"))
    if item.escalated_at is not None and item.status == "pending":
        found.append((_("Chờ công chức cấp xã"), "info"))
    return found


def _clock_tag(item: Any, now: Any) -> tuple[str, str]:
    day = clock.local(item.due_at)
    state = stand(item.due_at, now)
    if state is Clock.LATE:
        return _("Quá hạn từ %(day)s", day=f"{day:%d/%m}"), "bad"
    if state is Clock.TODAY:
        return _("Hạn hôm nay"), "warn"
    return _("Hạn %(day)s", day=f"{day:%d/%m}"), ""


def kind_label(name: str) -> str:
    """What people call a kind of text."""
    return str(_(kinds.get(name).label))


def sentence(finding: Finding) -> str:
    """Why a rule points something out."""
    said = str(_(finding.why))
    return said % finding.params if finding.params else said


def title_of(item: ModerationItem) -> str:
    return f"{kind_label(item.kind)}: {item.about}"


def unless_shown(refusal: Refusal) -> None:
    """Of refusals, only what the form itself can mend is shown in it; the rest answers by itself (403, 404, 409)."""
    if refusal.status != 422:
        raise refusal
