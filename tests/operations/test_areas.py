"""Places: the official list, founding, changing and ending residential areas, and finding them."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas import operations, queries
from app.areas.models import Area, AreaSuccession
from app.areas.rules import TWO_TIERS_SINCE
from app.audit.models import AuditEntry
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import SYSTEM, Actor, Role
from tests.support.cast import make_actor, make_area, make_commune

DAY = TWO_TIERS_SINCE
LAST = date(2026, 6, 30)
PAPER = "Nghị quyết số 12/NQ-HĐND ngày 20/06/2026"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def admin(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_ADMIN, commune)


def found(session: Session, by: Actor, commune: Area, name: str = "Khu phố 6", kind: str = "khu_pho") -> Area:
    return operations.create_area(session, by, commune, name=name, kind=kind, valid_from=DAY)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_official_list_has_34_provinces_and_3321_communes(session: Session) -> None:
    assert operations.load_official(session, SYSTEM) == 34 + 3_321
    by_level = dict(session.execute(select(Area.level, func.count()).group_by(Area.level)).all())
    assert by_level == {"province": 34, "commune": 3_321}
    assert {area.kind for area in session.scalars(select(Area))} == {"tinh", "thanh_pho", "xa", "phuong", "dac_khu"}
    ward = queries.by_code(session, "79-25846")
    assert ward is not None and ward.parent is not None
    assert (ward.label, ward.parent.label, ward.valid_from) == ("Phường Thới Hòa", "Thành phố Hồ Chí Minh", DAY)
    orphans = select(func.count()).where(Area.level == "commune", Area.parent_id.is_(None))
    assert session.scalar(orphans) == 0


def test_loading_the_list_again_adds_nothing_and_changes_nothing(session: Session) -> None:
    operations.load_official(session, SYSTEM)
    ward = queries.by_code(session, "79-25846")
    assert ward is not None
    ward.phone = "0274 3567 890"
    assert operations.load_official(session, SYSTEM) == 0
    assert ward.phone == "0274 3567 890"
    assert actions(session) == ["areas.official.load"]


def test_an_area_gets_the_next_number_and_its_legal_type(session: Session, admin: Actor, commune: Area) -> None:
    first = found(session, admin, commune, "  Khu   phố 6 ")
    second = found(session, admin, commune, "Bản Lác", "ban")
    assert [first.path, second.path] == [f"{commune.path}/01", f"{commune.path}/02"]
    assert [first.legal_type, second.legal_type] == ["to_dan_pho", "thon"]
    assert (first.name, first.search, first.code) == ("Khu phố 6", "khu pho 6", f"{commune.code}-01")
    assert actions(session) == ["areas.area.create"] * 2


def test_a_bare_number_gets_its_kind_as_name(session: Session, admin: Actor, commune: Area) -> None:
    assert found(session, admin, commune, "6").name == "Khu phố 6"


def test_the_number_of_an_ended_area_is_never_given_out_again(session: Session, admin: Actor, commune: Area) -> None:
    old = found(session, admin, commune)
    operations.end_area(session, admin, old, last_day=LAST, successors=[], document=PAPER)
    again = found(session, admin, commune)
    assert (again.path, old.valid_to) == (f"{commune.path}/02", LAST)


@pytest.mark.parametrize(
    ("name", "kind", "field"),
    [
        ("", "khu_pho", "name"),
        ("   ", "khu_pho", "name"),
        ("K" * 201, "khu_pho", "name"),
        ("Khu\u202ephố 6", "khu_pho", "name"),
        ("Khu phố 7", "", "kind"),
        ("Khu phố 7", "lang_quen", "kind"),
        ("Khu phố 7", "phuong", "kind"),
        ("Khu phố 7", "thon", "name"),  # a khu phố is by law a tổ dân phố
        ("khu phố  6", "khu_pho", "name"),
        ("KHU PHỐ 06", "khu_pho", "name"),
        ("KP 6", "khu_pho", "name"),
        ("Khu pho so 6", "khu_pho", "name"),
        ("Khu phô\u0301 6", "khu_pho", "name"),  # decomposed, as some keyboards send it
    ],
)
def test_an_area_is_refused(session: Session, admin: Actor, commune: Area, name: str, kind: str, field: str) -> None:
    make_area(session, commune, name="khu phố 6")
    with pytest.raises(Refusal) as refused:
        found(session, admin, commune, name, kind)
    assert refused.value.field == field
    assert len(queries.all_below(session, commune)) == 1


@pytest.mark.parametrize(("here", "other"), [("Thôn Hòa", "Thôn Hóa"), ("Thôn 1", "Thôn 10"), ("Thôn 1", "Thôn 1A")])
def test_names_that_differ_are_different_areas(
    session: Session, admin: Actor, commune: Area, here: str, other: str
) -> None:
    found(session, admin, commune, here, "thon")
    assert found(session, admin, commune, other, "thon").name == other


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(9999, 12, 31)])
def test_a_day_that_cannot_be_meant_is_refused(session: Session, admin: Actor, commune: Area, day: date) -> None:
    area = make_area(session, commune)
    with pytest.raises(Refusal) as refused:
        operations.create_area(session, admin, commune, name="Khu phố 6", kind="khu_pho", valid_from=day)
    assert refused.value.field == "valid_from"
    with pytest.raises(Refusal) as refused:
        operations.end_area(session, admin, area, last_day=day, successors=[], document=PAPER)
    assert refused.value.field == "last_day"


def test_areas_lie_below_communes_only(session: Session, commune: Area) -> None:
    area = make_area(session, commune)
    province = commune.parent
    assert province is not None
    by = make_actor(session, Role.PROVINCE_ADMIN, province)
    for place in (province, area):
        with pytest.raises(Refusal, match="cấp xã"):
            found(session, by, place)


@pytest.mark.parametrize("role", [Role.AREA_HEAD, Role.COMMUNE_OFFICER, Role.FRONT, Role.OVERSEER])
def test_who_may_not_manage_changes_nothing(session: Session, commune: Area, role: Role) -> None:
    area = make_area(session, commune)
    by = make_actor(session, role, commune)
    with pytest.raises(Forbidden):
        found(session, by, commune)
    with pytest.raises(Forbidden):
        operations.update_area(session, by, area, phone="0274 3567 890")
    with pytest.raises(Forbidden):
        operations.end_area(session, by, area, last_day=LAST, successors=[], document=PAPER)
    assert (area.phone, area.valid_to, actions(session)) == ("", None, [])


def test_the_administrator_of_another_commune_changes_nothing(session: Session, commune: Area) -> None:
    area = make_area(session, commune)
    by = make_actor(session, Role.COMMUNE_ADMIN, make_commune(session))
    with pytest.raises(Forbidden):
        found(session, by, commune)
    with pytest.raises(Forbidden):
        operations.update_area(session, by, area, name="Khu phố 9")


def test_contacts_are_changed_and_recorded(session: Session, admin: Actor, commune: Area) -> None:
    area = make_area(session, commune, name="khu phố 6")
    operations.update_area(session, admin, area, head_name=" Nguyễn  Văn Hòa ", phone="0274 3567 890")
    assert (area.head_name, area.phone) == ("Nguyễn Văn Hòa", "0274 3567 890")
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.path) == ("areas.area.update", area.path)
    assert entry.detail["changes"] == {"head_name": ["", "Nguyễn Văn Hòa"], "phone": ["", "0274 3567 890"]}


def test_saying_the_same_again_leaves_no_trace(session: Session, admin: Actor, commune: Area) -> None:
    area = make_area(session, commune, name="Khu phố 6")
    operations.update_area(session, admin, area, name="Khu phố 6", phone="")
    assert actions(session) == []


def test_a_renamed_area_is_found_by_its_new_name(session: Session, admin: Actor, commune: Area) -> None:
    area = make_area(session, commune, name="khu phố 6")
    operations.update_area(session, admin, area, name="Khu phố Đông")
    assert area.search == "khu pho dong"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "khu phố 7"), ("name", "Thôn 5"), ("phone", "0" * 31), ("address", "a" * 501),
     ("head_name", "Lê\u200bVăn A"), ("front_name", "x" * 201)],
)  # fmt: skip
def test_a_change_is_refused(session: Session, admin: Actor, commune: Area, field: str, value: str) -> None:
    make_area(session, commune, name="khu phố 7")
    area = make_area(session, commune, name="khu phố 6")
    with pytest.raises(Refusal) as refused:
        operations.update_area(session, admin, area, **{field: value})
    assert refused.value.field == field
    assert area.name == "khu phố 6"


def test_a_commune_keeps_its_official_name_but_has_contacts(session: Session, admin: Actor, commune: Area) -> None:
    operations.update_area(session, admin, commune, phone="0274 3567 890")
    assert commune.phone == "0274 3567 890"
    with pytest.raises(Refusal, match="danh mục chính thức"):
        operations.update_area(session, admin, commune, name="Phường Bến Cát")


def test_only_known_things_are_changed(session: Session, admin: Actor, commune: Area) -> None:
    with pytest.raises(TypeError):
        operations.update_area(session, admin, commune, path="01")


def test_a_merger_is_kept_with_its_paper(session: Session, admin: Actor, commune: Area) -> None:
    one, other, heir = (make_area(session, commune, name=f"khu phố {n}") for n in (1, 2, 3))
    for area in (one, other):
        operations.end_area(session, admin, area, last_day=LAST, successors=[heir, heir], document=PAPER)
    assert queries.predecessors(session, heir) == [one, other]
    assert queries.successors(session, one) == [heir]
    assert {link.document for link in session.scalars(select(AreaSuccession))} == {PAPER}
    assert queries.residential_areas(session, commune, LAST) == [one, other, heir]
    assert queries.residential_areas(session, commune, date(2026, 7, 1)) == [heir]
    assert queries.all_below(session, commune) == [one, other, heir]


def test_an_area_that_begins_later_is_not_yet_there(session: Session, commune: Area) -> None:
    later = make_area(session, commune, valid_from=date(2027, 1, 1))
    assert queries.residential_areas(session, commune, LAST) == []
    assert queries.present_areas(session, commune, LAST) == [later]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"document": " "}, "document"),
        ({"document": "x" * 501}, "document"),
        ({"last_day": date(2025, 6, 30)}, "last_day"),
        ({"successors": "itself"}, "successors"),
        ({"successors": "elsewhere"}, "successors"),
        ({"successors": "commune"}, "successors"),
        ({"successors": "ended"}, "successors"),
        ({"successors": "later"}, "successors"),
    ],
)
def test_an_end_is_refused(
    session: Session, admin: Actor, commune: Area, values: dict[str, object], field: str
) -> None:
    area = make_area(session, commune)
    heirs = {
        "itself": area,
        "elsewhere": make_area(session),
        "commune": commune,
        "ended": make_area(session, commune, valid_to=LAST),
        "later": make_area(session, commune, valid_from=date(2026, 7, 2)),
    }
    heir = values.get("successors")
    given = {"last_day": LAST, "document": PAPER} | values | {"successors": [heirs[str(heir)]] if heir else []}
    with pytest.raises(Refusal) as refused, session.begin_nested():
        operations.end_area(session, admin, area, **given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert area.valid_to is None
    assert session.scalar(select(func.count()).select_from(AreaSuccession)) == 0


def test_an_area_ends_once_and_communes_never(session: Session, admin: Actor, commune: Area) -> None:
    area = make_area(session, commune, valid_to=LAST)
    with pytest.raises(WrongMoment):
        operations.end_area(session, admin, area, last_day=LAST, successors=[], document=PAPER)
    with pytest.raises(Refusal, match="thôn, tổ dân phố"):
        operations.end_area(session, admin, commune, last_day=LAST, successors=[], document=PAPER)


def test_a_residential_area_is_named_with_its_commune_and_a_wider_place_alone(session: Session, commune: Area) -> None:
    area = make_area(session, commune)
    assert area.commune is commune and commune.commune is commune
    assert area.full_label == f"{area.label} – {commune.label}" and commune.full_label == commune.label


def test_a_page_of_a_place_is_of_a_commune_or_below(session: Session, commune: Area) -> None:
    area = make_area(session, commune)
    assert queries.communal(session, commune.code) is commune and queries.communal(session, area.code) is area
    for code in (commune.path.split("/")[0], "79-99999", "", "x"):
        with pytest.raises(NotFound):
            queries.communal(session, code)
