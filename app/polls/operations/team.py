"""The team that runs an online vote: three to five people, headed by the Front (NĐ59 Đ5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.entries import clean_line
from app.core.errors import ManyRefusals, Refusal
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.lib.text import BadPhone, normalise_phone
from app.polls.models import Poll, TeamMember
from app.polls.operations.editing import begin_edit, done
from app.polls.queries.preparation import member_facts, preparation_facts
from app.polls.rules.team import team_problems
from app.polls.wording import TEAM_BODIES

NAME, POSITION = 200, 200


@dataclass(frozen=True)
class MemberDraft:
    """One row as typed; ``row`` counts from 0 and names the fields at fault (``members-0-full_name``)."""

    row: int
    full_name: str
    body: str
    position: str = ""
    phone: str = ""
    technical: bool = False
    is_head: bool = False


def set_team(session: Session, by: Actor, poll: Poll, version: int, *, members: Sequence[MemberDraft]) -> None:
    """Put the whole team in place of the present one; everything wrong with it is said at once."""
    problems: list[Refusal] = []
    cleaned = [_clean(draft, problems) for draft in members]
    if not problems:
        facts = preparation_facts(session, poll, team=tuple(member_facts(one) for one in cleaned))
        problems += [problem.refusal() for problem in team_problems(facts)]
    if problems:
        raise ManyRefusals(N_("Tổ chưa đúng quy định."), problems)
    begin_edit(session, by, poll, version)
    poll.team.clear()
    session.flush()
    poll.team.extend(cleaned)
    session.flush()
    heads = [member.full_name for member in cleaned if member.is_head]
    done(session, by, poll, "poll.team", members=[member.full_name for member in cleaned], head=heads)


def _clean(draft: MemberDraft, problems: list[Refusal]) -> TeamMember:
    """The row as it will be kept; what is wrong with it goes to ``problems`` at its field."""
    member = TeamMember(
        full_name="", body=draft.body, position="", phone="", is_head=draft.is_head, technical=draft.technical
    )
    try:
        member.full_name = clean_line(draft.full_name, field(draft, "full_name"), NAME)
        member.position = clean_line(draft.position, field(draft, "position"), POSITION)
        member.phone = normalise_phone(draft.phone) or ""
    except BadPhone:
        problems.append(Refusal(N_("Số điện thoại cần đủ 10 chữ số, bắt đầu bằng số 0."), field=field(draft, "phone")))
    except Refusal as refusal:
        problems.append(refusal)
    if not draft.full_name.strip():
        problems.append(Refusal(N_("Ghi họ và tên."), field=field(draft, "full_name")))
    if draft.body not in TEAM_BODIES:
        problems.append(Refusal(N_("Chọn người này thuộc bên nào."), field=field(draft, "body")))
    return member


def field(draft: MemberDraft, name: str) -> str:
    """The name of a form's field in the row of the draft."""
    return f"members-{draft.row}-{name}"
