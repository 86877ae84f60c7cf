"""Finding places by name, with or without marks."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.areas import queries
from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from tests.support.cast import make_actor, make_area, make_commune, make_province

LAST = date(2026, 6, 30)


@pytest.fixture
def country(session: Session) -> dict[str, Area]:
    """Two communes of one name in different provinces, with areas."""
    places: dict[str, Area] = {}
    for code, province in (("19", "Tỉnh Thái Nguyên"), ("79", "Thành phố Hồ Chí Minh")):
        top = make_province(session, code, province)
        places[code] = make_commune(session, top, name="Xã Tân Lập")
        places[f"{code} 1"] = make_area(session, places[code], name="Thôn Đoài", kind="thon", legal_type="thon")
    places["79 2"] = make_area(session, places["79"], name="Thôn 10", kind="thon", legal_type="thon")
    places["79 3"] = make_area(session, places["79"], name="Thôn 2", kind="thon", legal_type="thon")
    return places


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tan lap", ["19", "79", "19 1", "79 2", "79 3", "79 1"]),
        ("XÃ TÂN LẬP", ["19", "79", "19 1", "79 2", "79 3", "79 1"]),
        ("ta\u0302n la\u0323\u0302p", ["19", "79", "19 1", "79 2", "79 3", "79 1"]),
        ("doai", ["19 1", "79 1"]),
        ("doai thai nguyen", ["19 1"]),
        ("tan lap ho chi minh", ["79", "79 1", "79 2", "79 3"]),
        ("thon 2", ["79 3"]),
        ("tỉnh thái nguyên", ["19", "19 1"]),
        ("khong co dau", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
    ],
)
def test_places_are_found_with_or_without_marks(
    session: Session, country: dict[str, Area], words: str, expected: list[str]
) -> None:
    names = {place.id: name for name, place in country.items()}
    found = [names[place.id] for place in queries.search(session, words, clock.today())]
    assert sorted(found) == sorted(expected)
    # Those whose own name is asked for come before those that merely lie there.
    assert [len(name) for name in found] == [len(name) for name in expected]


def test_a_search_can_stay_within_a_place_and_forgets_the_past(session: Session, country: dict[str, Area]) -> None:
    here = country["79"]
    assert queries.search(session, "doai", clock.today(), below=here.path) == [country["79 1"]]
    country["79 1"].valid_to = LAST
    assert queries.search(session, "doai", clock.today(), below=here.path) == []
    assert len(queries.search(session, "thon", clock.today(), limit=2)) == 2


def test_names_stand_in_the_order_of_reading(session: Session, country: dict[str, Area]) -> None:
    assert [area.name for area in queries.all_below(session, country["79"])] == ["Thôn 2", "Thôn 10", "Thôn Đoài"]


def test_staff_find_only_places_of_their_own(session: Session, country: dict[str, Area]) -> None:
    by = make_actor(session, Role.OVERSEER, country["19"])
    day = clock.today()
    assert queries.staff_places(session, by, "", day) == [country["19"]]
    assert queries.staff_places(session, by, "thon", day) == [country["19 1"]]
    assert queries.staff_places(session, by, "thon 2", day) == []
    assert queries.in_scope(session, by, country["79"].code) is None
    assert queries.commune_in_scope(session, by, country["19 1"].code) is None
    assert queries.residential_in_scope(session, by, country["19"].code) is None
