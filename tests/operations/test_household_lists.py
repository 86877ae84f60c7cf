"""Lists of households: order, search, pages, counts."""

import pytest
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor
from app.households import queries
from tests.support.cast import make_area, make_commune, make_household
from tests.support.rolls import Desk, add_by_hand, make_desk

# The order of ICU for Vietnamese names, by given name, then family and middle names.
ORDERED = (
    "Nguyễn Thị À, Nguyễn Thị Ả, Nguyễn Thị Á, Nguyễn Văn An, Nguyễn Văn Anh, Trần Thị Ánh, Lê Văn Ân, Phạm Văn Dũng,"
    " Phạm Văn Đức, Lê Thị Hoa, Hoàng Thị Hoà, Hoàng Thị Hòa, Bùi Văn Hóa, Đinh Văn Ôn, Đinh Văn Ơn"
).split(", ")


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def test_names_stand_in_the_order_of_a_vietnamese_dictionary(desk: Desk) -> None:
    for place, name in enumerate(sorted(ORDERED)):
        add_by_hand(desk, number=f"{place}", full_name=name)
    page = queries.page_of(desk.session, desk.area, words="", order="name", page=1)
    assert [line.representative.full_name for line in page.lines if line.representative] == ORDERED


def test_households_without_representative_stand_last_by_name(desk: Desk) -> None:
    first = add_by_hand(desk, number="1", full_name="Lê Văn Ân")
    add_by_hand(desk, number="2", full_name="Lê Văn Bình")
    first.representatives[0].until = clock.now()
    desk.session.flush()
    page = queries.page_of(desk.session, desk.area, words="", order="name", page=1)
    assert [line.household.number for line in page.lines] == ["2", "1"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dang thi huong", ["1"]),
        ("ĐẶNG THỊ HƯỜNG", ["1"]),
        ("\u0110a\u0323\u0306ng Thi\u0323 Hu\u031bo\u031b\u0300ng", ["1"]),
        ("huong hem 12", ["1"]),
        ("hem 12", ["1", "2"]),
        ("số 45", ["2"]),
        ("2", ["1", "2"]),
        ("hoa", ["3"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("nobody", []),
        ("  ", ["1", "2", "3"]),
    ],
)
def test_households_are_found_with_or_without_marks(desk: Desk, words: str, expected: list[str]) -> None:
    add_by_hand(desk, number="1", full_name="Đặng Thị Hường", address="Số 3, Hẻm 12")
    add_by_hand(desk, number="2", full_name="Lê Văn Ân", address="Số 45, Hẻm 12")
    add_by_hand(desk, number="3", full_name="Hoàng Thị Hoà", address="Đường ĐX 010")
    add_by_hand(Desk(desk.session, *_elsewhere(desk.session)), number="4", full_name="Đặng Thị Hường")
    page = queries.page_of(desk.session, desk.area, words=words, order="roll", page=1)
    assert [line.household.number for line in page.lines] == expected
    assert page.total == len(expected)


def _elsewhere(session: Session) -> tuple[Actor, Area]:
    other = make_desk(session)
    return other.by, other.area


@pytest.mark.parametrize(("asked", "given", "lines"), [(1, 1, 50), (2, 2, 50), (3, 3, 1), (4, 3, 1), (10**6, 3, 1)])
def test_a_page_past_the_last_is_the_last(desk: Desk, asked: int, given: int, lines: int) -> None:
    for _ in range(101):
        make_household(desk.session, desk.area)
    page = queries.page_of(desk.session, desk.area, words="", order="nonsense", page=asked)
    assert (page.number, len(page.lines), page.total, page.pages) == (given, lines, 101, 3)


def test_areas_are_counted_apart(session: Session) -> None:
    commune = make_commune(session)
    full, empty = make_area(session, commune), make_area(session, commune)
    for _ in range(3):
        make_household(session, full)
    alone = make_household(session, full)
    alone.representatives[0].until = clock.now()
    make_household(session, full).ended_at = clock.now()
    session.flush()
    counts = [(one.area, one.households, one.unrepresented) for one in queries.counts_of(session, [full, empty])]
    assert counts == [(full, 4, 1), (empty, 0, 0)]
