"""The team that runs a vote: 3 to 5 people headed by the Front (NĐ59 Đ5.2 online; Đ4 and Law Đ19.2 on paper)."""

from collections import Counter
from collections.abc import Iterator

from app.lib.citations import cite, decree59, law
from app.lib.i18n import N_
from app.lib.text import spelling_key
from app.polls.rules.clauses import BALLOT, MEETING, ONLINE
from app.polls.rules.facts import PreparationFacts
from app.polls.rules.problems import Problem, Step

SMALLEST, LARGEST = 3, 5
FRONT, TECHNICAL = "front", "technical"
_MISSING = {
    "community": N_("Tổ cần có người của thôn, tổ dân phố."),
    FRONT: N_("Tổ cần có người của Ban công tác Mặt trận."),
    "household": N_("Tổ cần có đại diện hộ gia đình."),
}


def team_problems(facts: PreparationFacts) -> Iterator[Problem]:
    """What is wrong with the team; a meeting needs none. Somebody with the skill may sit for any body."""
    if facts.form == MEETING:
        return
    online = facts.form == ONLINE
    citation = cite(decree59(5, 2)) if online else cite(law(19, 2), decree59(4))
    if not SMALLEST <= len(facts.team) <= LARGEST:
        sentence = N_("Tổ phải có từ %(least)d đến %(most)d người; hiện có %(count)d người.")
        params = {"least": SMALLEST, "most": LARGEST, "count": len(facts.team)}
        yield Problem("team_size", sentence, citation, Step.TEAM, params=params)
    yield from _twice(facts, citation)
    yield from _head(facts, citation)
    if facts.form != BALLOT:
        yield from _members(facts, citation)


def _twice(facts: PreparationFacts, citation: str) -> Iterator[Problem]:
    names = Counter(spelling_key(member.name) for member in facts.team)
    for member in {spelling_key(m.name): m for m in facts.team}.values():
        if names[spelling_key(member.name)] > 1:
            sentence = N_("%(name)s được ghi nhiều lần. Nếu là hai người trùng tên, ghi thêm để phân biệt.")
            yield Problem("member_twice", sentence, citation, Step.TEAM, params={"name": member.name})


def _head(facts: PreparationFacts, citation: str) -> Iterator[Problem]:
    heads = [member for member in facts.team if member.is_head]
    if not heads:
        yield Problem("no_head", N_("Chọn một Tổ trưởng."), citation, Step.TEAM)
    elif len(heads) > 1:
        sentence = N_("Chỉ chọn một Tổ trưởng; hiện có %(count)d người.")
        yield Problem("many_heads", sentence, citation, Step.TEAM, params={"count": len(heads)})
    elif heads[0].body != FRONT:
        sentence = N_("Tổ trưởng phải là người của Ban công tác Mặt trận.")
        yield Problem("head_not_front", sentence, citation, Step.TEAM)


def _members(facts: PreparationFacts, citation: str) -> Iterator[Problem]:
    bodies = {member.body for member in facts.team}
    for body, sentence in _MISSING.items():
        if body not in bodies:
            yield Problem(f"no_{body}", sentence, citation, Step.TEAM)
    if not any(member.technical or member.body == TECHNICAL for member in facts.team):
        sentence = N_("Tổ cần có người thạo công nghệ thông tin.")
        yield Problem("no_technical", sentence, citation, Step.TEAM)
