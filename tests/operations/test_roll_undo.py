"""Taking an import back: everything as it was, within 24 hours, unless somebody has worked on it since."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import Role
from app.households import queries
from app.households.models import Household, RollImport
from app.households.operations import changing
from app.households.operations.undoing import UNDO_WITHIN, undo
from tests.support.rolls import AREA_HEADING, HOMES, Desk, add_by_hand, last_entry, make_desk

CHANGED = (
    ("002", "Nguyễn Văn An", "Số 1, Hẻm 12", "0912345671"),  # exchanged numbers with the next
    ("001", "Trần Thị Mới", "Số 2, Hẻm 12", "0987654321"),
    ("004", "Phạm Thị Dung", "Số 4, Hẻm 12", ""),
)


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def picture(desk: Desk) -> list[tuple[Any, ...]]:
    """Everything of the area's present households, their history included."""
    desk.session.flush()
    desk.session.expire_all()
    homes = select(Household).where(Household.area_id == desk.area.id, Household.ended_at.is_(None))
    return [
        (home.id, home.number, home.address, home.cluster, home.search, home.position, home.end_reason)
        + tuple((p.id, p.full_name, p.phone, p.until) for p in home.representatives)
        for home in desk.session.scalars(homes.order_by(Household.id))
    ]


def home_of(desk: Desk, number: str) -> Household:
    query = select(Household).where(Household.number == number, Household.ended_at.is_(None))
    return desk.session.scalars(query.where(Household.area_id == desk.area.id)).one()


def change(desk: Desk, home: Household, name: str, phone: str = "") -> None:
    changing.change_representative(desk.session, desk.by, home, full_name=name, phone=phone, reason="Hộ cử")


def test_a_first_import_leaves_nothing_on_the_roll(desk: Desk) -> None:
    kept = desk.bring_in(*HOMES)
    assert undo(desk.session, desk.by, kept) == 3
    assert (desk.people(), kept.status) == ({}, "undone")
    assert kept.undone_at is not None
    entry = last_entry(desk.session)
    assert (entry.action, entry.detail["households"]) == ("households.import.undo", 3)


def test_everything_is_as_it_was(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    before = picture(desk)
    kept = desk.bring_in(*CHANGED, end_gone=True)
    assert desk.people() == {"002": "Nguyễn Văn An", "001": "Trần Thị Mới", "004": "Phạm Thị Dung"}
    assert picture(desk) != before
    assert undo(desk.session, desk.by, kept) == 4
    assert picture(desk) == before
    assert len(desk.people()) == queries.count_present(desk.session, desk.area) == 3


def test_a_number_given_to_a_newcomer_goes_back_to_its_household(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    before = picture(desk)
    newcomer = ("003", "Vũ Thị Nga", "Số 77, Hẻm 99", "0912345999")
    stranger = ("005", "Lê Văn Cường", "Số 3, Hẻm 12", "0912345673")
    kept = desk.bring_in(*HOMES[:2], newcomer, stranger)
    assert desk.people()["003"] == "Vũ Thị Nga"
    undo(desk.session, desk.by, kept)
    assert picture(desk) == before


def test_after_undoing_the_mended_file_can_be_brought_in(desk: Desk) -> None:
    undo(desk.session, desk.by, desk.bring_in(*CHANGED))
    desk.bring_in(*HOMES)
    assert list(desk.people().values()) == [name for _number, name, *_rest in HOMES]


@pytest.mark.parametrize(("late", "possible"), [(-1, True), (1, False)])
def test_only_within_24_hours(desk: Desk, monkeypatch: pytest.MonkeyPatch, late: int, possible: bool) -> None:
    kept = desk.bring_in(*HOMES)
    assert kept.committed_at is not None
    moment = kept.committed_at + UNDO_WITHIN + timedelta(seconds=late)
    monkeypatch.setattr(clock, "now", lambda: moment)
    if possible:
        assert undo(desk.session, desk.by, kept) == 3
    else:
        with pytest.raises(WrongMoment, match="24 giờ"):
            undo(desk.session, desk.by, kept)
        assert len(desk.people()) == 3


def _renumbered(desk: Desk) -> None:
    home = home_of(desk, "001")
    changing.update_household(desk.session, desk.by, home, number="9", address=home.address, cluster="")


def _ended(desk: Desk) -> None:
    changing.end_household(desk.session, desk.by, home_of(desk, "001"), reason="Chuyển đi")


def _replaced(desk: Desk) -> None:
    change(desk, home_of(desk, "001"), "Vũ Thị Nga")


def _replaced_and_back(desk: Desk) -> None:
    for name, phone in (("Vũ Thị Nga", ""), ("Trần Thị Mới", "0987654321")):
        change(desk, home_of(desk, "001"), name, phone)


def _telephone(desk: Desk) -> None:
    change(desk, home_of(desk, "001"), "Trần Thị Mới", "0900000001")


@pytest.mark.parametrize("act", [_renumbered, _ended, _replaced, _replaced_and_back, _telephone])
def test_whatever_was_done_since_is_not_undone_with_it(desk: Desk, act: Any) -> None:
    desk.bring_in(*HOMES)
    kept = desk.bring_in(*CHANGED)
    act(desk)
    before = picture(desk)
    with pytest.raises(WrongMoment, match="đã được sửa sau khi nhập"):
        undo(desk.session, desk.by, kept)
    assert (picture(desk), kept.status) == (before, "committed")


def test_a_later_import_over_it_stands_in_the_way_until_it_is_undone_itself(desk: Desk) -> None:
    first = desk.bring_in(*HOMES)
    second = desk.bring_in(*CHANGED)
    with pytest.raises(WrongMoment):
        undo(desk.session, desk.by, first)
    undo(desk.session, desk.by, second)
    assert undo(desk.session, desk.by, first) == 3
    assert desk.people() == {}


def test_households_the_import_did_not_touch_may_have_changed(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    kept = desk.bring_in(*HOMES, CHANGED[2])
    _ended(desk)
    add_by_hand(desk, number="99")
    undo(desk.session, desk.by, kept)
    assert sorted(desk.people()) == ["002", "003", "99"]


def test_a_number_that_somebody_else_has_now_is_not_taken_back(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    kept = desk.bring_in(*HOMES[:2], end_gone=True)
    add_by_hand(desk, number="003", full_name="Vũ Thị Nga")
    with pytest.raises(WrongMoment, match="Số hộ 003"):
        undo(desk.session, desk.by, kept)
    assert desk.people()["003"] == "Vũ Thị Nga"


def test_an_import_is_undone_once_and_only_when_written(desk: Desk) -> None:
    kept = desk.bring_in(*HOMES)
    undo(desk.session, desk.by, kept)
    waiting: RollImport = desk.upload(*HOMES)
    for one in (kept, waiting):
        with pytest.raises(WrongMoment, match="đã ghi"):
            undo(desk.session, desk.by, one)


def test_a_representative_the_import_put_where_nobody_was_goes_again(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    home = home_of(desk, "001")
    home.representatives[0].until = clock.now()
    before = picture(desk)
    kept = desk.bring_in(("001", "Trần Thị Mới", "Số 1, Hẻm 12", ""), *HOMES[1:])
    assert desk.people()["001"] == "Trần Thị Mới"
    undo(desk.session, desk.by, kept)
    assert picture(desk) == before
    assert queries.count_unrepresented(desk.session, desk.area) == 1


def test_areas_an_import_founded_stay(session: Session) -> None:
    desk = make_desk(session, Role.COMMUNE_ADMIN)
    row = ("001", "Nguyễn Văn An", "Số 1", "", "Khu phố 8")
    kept = desk.bring_in(row, heading=AREA_HEADING)
    undo(session, desk.by, kept)
    founded = session.scalars(select(Area).where(Area.name == "Khu phố 8")).one()
    assert (founded.valid_to, queries.count_present(session, founded)) == (None, 0)
    assert desk.bring_in(row, heading=AREA_HEADING).summary["areas_created"] == 0


@pytest.mark.parametrize("role", [Role.FRONT, Role.TEAM_MEMBER, Role.OVERSEER])
def test_who_may_not_import_takes_nothing_back(session: Session, desk: Desk, role: Role) -> None:
    kept = desk.bring_in(*HOMES)
    for by in (make_desk(session, role).by, make_desk(session).by):
        with pytest.raises(Forbidden):
            undo(session, by, kept)
    assert len(desk.people()) == 3
