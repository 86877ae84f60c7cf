"""The public page of a poll: what is asked while it is open, what came of it afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import database_now
from app.core.errors import NotFound
from app.lib.i18n import N_
from app.polls import wording
from app.polls.models import OtherOpinion, Poll, Result, TeamMember
from app.polls.queries import public as queries
from app.polls.queries.facts import public_result, send_by
from app.polls.rules.phases import Phase, phase
from app.polls.rules.publication import MASK_NOTE
from app.polls.rules.thresholds import needed, threshold
from app.web import current
from app.web.access import public
from app.web.pagecache import everybody_alike

bp = Blueprint("polls_public", __name__, url_prefix="/bieu-quyet")


@bp.get("/<public_id>")
@public
@everybody_alike
def poll(public_id: str) -> Any:
    session = current.session()
    found = queries.public_poll(session, public_id)
    if found is None:
        raise NotFound(N_("Không tìm thấy cuộc này. Mời Ông/Bà xem lại địa chỉ."))
    now = database_now(session)
    return render_template("polls/public/poll.html", **_shown(session, found, now))


def _shown(session: Session, found: Poll, now: datetime) -> dict[str, Any]:
    total = found.roll_size or 1
    head = next((member for member in found.team if member.is_head), None)
    in_phase = phase(found, now)
    result = queries.result_of(session, found)
    return {
        "poll": found,
        "words": wording.words(found.kind),
        "phase": in_phase,
        "area": found.area,
        "commune": found.area.commune.name,
        "home_url": url_for("home.place", code=found.area.code),
        "rule": threshold(found.rule_key),
        "needed": needed(total, found.rule_key),
        "voted": queries.turnout(session, found) if in_phase in (Phase.VOTING, Phase.ENDED) else None,
        "secrecy_text": " ".join(_(sentence) for sentence in _secrecy(found)),
        "team_role": team_role,
        "readings": [d for d in found.documents if d.kind == "reading"],
        "audio_file": next((d for d in found.documents if d.kind == "audio"), None),
        "result": public_result(found, result) if result else None,
        "decision": queries.decision_of(session, found),
        "counted_at": result.counted_at if result else None,
        "explanation": result.reconciliation.get("explanation") if result else None,
        "send_by": send_by(session, found) if result else None,
        "today": clock.today(),
        "mask_note": MASK_NOTE,
        "opinions": _opinions(session, found, result),
        "help_line": _help_line(head, found),
        "now": now,
    }


def _opinions(session: Session, found: Poll, result: Result | None) -> Sequence[OtherOpinion]:
    if result is None or not public_result(found, result).other_opinions:
        return []
    return queries.opinions(session, found, published_only=True)


def _help_line(head: TeamMember | None, found: Poll) -> dict[str, str] | None:
    if head is not None and head.phone:
        return {"name": head.full_name, "phone": head.phone}
    return {"name": found.area.head_name, "phone": found.area.phone} if found.area.phone else None


def team_role(member: TeamMember) -> str:
    """For whom somebody sits in the team, and as what."""
    parts = [_(wording.TEAM_BODIES[member.body]), member.position, _("Tổ trưởng") if member.is_head else ""]
    return ", ".join(part for part in parts if part)


def _secrecy(found: Poll) -> list[str]:
    custody = [wording.CUSTODY_SENTENCES[found.custody]] if found.level == "sealed" else []
    return [wording.LEVEL_SENTENCES[found.level], *custody, wording.CHANGE_SENTENCES[found.may_change]]
