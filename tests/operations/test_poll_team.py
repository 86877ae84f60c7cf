"""The team that takes opinions: named as a whole, as the decree wants it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core.errors import ManyRefusals
from app.polls.models import Poll
from app.polls.operations import team
from app.polls.operations.team import MemberDraft
from tests.support.polls import MEMBERS, Scene, fields, make_scene, new_poll


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session, households=5)


@pytest.fixture
def poll(scene: Scene) -> Poll:
    return new_poll(scene)


def set_team(scene: Scene, poll: Poll, members: list[MemberDraft]) -> None:
    team.set_team(scene.session, scene.head, poll, poll.version, members=members)


def draft(row: int, name: str, body: str = "household", **values: Any) -> MemberDraft:
    return MemberDraft(row, name, body, **values)


def test_the_team_is_replaced_as_a_whole(scene: Scene, poll: Poll) -> None:
    set_team(scene, poll, MEMBERS)
    set_team(scene, poll, [*MEMBERS[:2], draft(2, "Vũ Thị Mới", technical=True, phone="+84 912 345 678")])
    scene.session.expire(poll)
    assert [member.full_name for member in poll.team] == ["Trần Văn Mặt", "Lê Thị Khu", "Vũ Thị Mới"]
    assert [member.is_head for member in poll.team] == [True, False, False]
    assert poll.team[2].phone == "0912345678"


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (MEMBERS[:2], "từ 3 đến 5"),
        ([*MEMBERS, draft(3, "A B"), draft(4, "C D"), draft(5, "E F")], "từ 3 đến 5"),
        ([draft(0, "Trần Văn Mặt", "front"), *MEMBERS[1:]], "Chọn một Tổ trưởng"),
        ([*MEMBERS, draft(3, "Hai Trưởng", "front", is_head=True)], "Chỉ chọn một"),
        ([draft(0, "Lê Khu", "community", is_head=True), draft(1, "Mặt Trận", "front"), MEMBERS[2]], "Mặt trận"),
        ([*MEMBERS[:2], draft(2, "Phạm Văn Hộ")], "công nghệ thông tin"),
        ([*MEMBERS, draft(3, "Phạm Văn Hộ")], "nhiều lần"),
    ],
)
def test_a_team_against_the_decree_is_refused(scene: Scene, poll: Poll, members: list[MemberDraft], words: str) -> None:
    with pytest.raises(ManyRefusals) as refused:
        set_team(scene, poll, members)
    assert words in " ".join(str(problem) for problem in refused.value.problems)
    assert list(poll.team) == []


@pytest.mark.parametrize(
    ("member", "field"),
    [
        (draft(2, "  "), "members-2-full_name"),
        (draft(2, "Phạm\u202eVăn"), "members-2-full_name"),
        (draft(2, "Phạm Văn Hộ", phone="12345"), "members-2-phone"),
        (draft(2, "Phạm Văn Hộ", body="party"), "members-2-body"),
    ],
)
def test_a_bad_row_is_refused_at_its_field(scene: Scene, poll: Poll, member: MemberDraft, field: str) -> None:
    with pytest.raises(ManyRefusals) as refused:
        set_team(scene, poll, [*MEMBERS[:2], member])
    assert fields(refused) == {field}
