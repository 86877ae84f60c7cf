"""Which area each household of a file belongs to, and whether whoever brings the file in may write there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from app.areas import queries as areas
from app.areas.models import Area
from app.areas.rules import is_valid_on, same_place, spelled_out
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor
from app.households.importing.records import Fault, ParsedHousehold, ParsedRoll
from app.lib.i18n import N_

NAMED = 5  # as many names stand in a refusal


@dataclass(frozen=True)
class Places:
    """Which area each name in the file means; ``new`` are names no present area has, by the key of their path."""

    home: Area
    commune: Area
    known: dict[str, Area] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def path_of(self, household: ParsedHousehold) -> str:
        """The path of a household's area; for an area yet to be created a key of ``new``."""
        return self.paths[household.area_name] if household.area_name else self.home.path

    def touched(self, parsed: ParsedRoll) -> list[Area]:
        """The present areas that households of the file belong to."""
        everywhere = self.known | {self.home.path: self.home}
        found = {self.path_of(household) for household in parsed.households}
        return [everywhere[path] for path in sorted(found) if path in everywhere]


def may_import(by: Actor, area: Area) -> None:
    """Refuse whoever has no right to bring rolls into the area, and an area that is no more."""
    if not by.may("households:roll:import", area.path):
        raise Forbidden(N_("Ông/Bà không có quyền nhập danh sách hộ của địa bàn này."))
    if area.valid_to is not None and not is_valid_on(area.valid_from, area.valid_to, clock.today()):
        raise WrongMoment(N_("%(name)s đã kết thúc nên không nhập danh sách hộ được."), field="file", name=area.label)


def commune_of(home: Area) -> Area:
    """The commune in which a file brought in at ``home`` may name areas."""
    commune = home.commune
    if commune.level != "commune":
        raise Refusal(N_("Danh sách hộ chỉ nhập vào một thôn, tổ dân phố hoặc một xã, phường."), field="file")
    return commune


def place(session: Session, by: Actor, home: Area, parsed: ParsedRoll) -> tuple[Places, ParsedRoll]:
    """Find the area of each household. Refuses, naming them, areas where ``by`` may not write."""
    commune = commune_of(home)
    if home.level != "residential":
        if not any(household.area_name for household in parsed.households):
            raise Refusal(
                N_("Tệp không ghi hộ thuộc thôn, tổ dân phố nào. Mời Ông/Bà nhập tại từng thôn, tổ dân phố."),
                field="file",
            )
        parsed = _without_strangers(parsed)
    places = Places(home=home, commune=commune)
    _find(session, places, [*parsed.households, *parsed.faulty])
    _refuse_out_of_reach(by, places, parsed)
    used = {places.path_of(household) for household in parsed.households}
    return replace(places, new={key: name for key, name in places.new.items() if key in used}), parsed


def _without_strangers(parsed: ParsedRoll) -> ParsedRoll:
    """In a file of many areas a household that names none belongs to nobody: it is a fault, not a guess."""
    strangers = [h for h in parsed.households if not h.area_name]
    if not strangers:
        return parsed
    faults = [Fault(row=h.row, field="area_name", problem="missing_area", value="") for h in strangers]
    return replace(
        parsed,
        households=tuple(h for h in parsed.households if h.area_name),
        faulty=(*parsed.faulty, *strangers),
        faults=tuple(sorted([*parsed.faults, *faults], key=lambda fault: fault.row)),
    )


def _find(session: Session, places: Places, households: Iterable[ParsedHousehold]) -> None:
    present = areas.present_areas(session, places.commune, clock.today())
    for name in dict.fromkeys(household.area_name for household in households):
        if not name:
            continue
        found = _meant(name, present)
        if found is not None:
            places.known[found.path] = found
            places.paths[name] = found.path
            continue
        key = next((key for key, other in places.new.items() if same_place(other, name)), f"new:{name}")
        places.new.setdefault(key, spelled_out(name))
        places.paths[name] = key


def _meant(name: str, present: Iterable[Area]) -> Area | None:
    """The area a name means; refuses a name without marks that may mean several."""
    found = [area for area in present if same_place(area.name, name)]
    if len(found) > 1:
        raise Refusal(
            N_("“%(name)s” có thể là %(names)s. Ghi tên có đủ dấu trong tệp."),
            field="file",
            name=name,
            names=_listed(area.label for area in found),
        )
    return found[0] if found else None


def _refuse_out_of_reach(by: Actor, places: Places, parsed: ParsedRoll) -> None:
    touched = places.touched(parsed)
    foreign = [area.label for area in touched if not by.may("households:roll:import", area.path)]
    if foreign:
        raise Refusal(
            N_(
                "Tệp có hộ của %(names)s, nơi Ông/Bà không có quyền nhập. Sửa tệp, hoặc chọn “Không có” ở cột"
                " Thôn, tổ dân phố nếu mọi hộ đều thuộc %(home)s."
            ),
            field="file",
            names=_listed(foreign),
            home=places.home.label,
        )
    for area in touched:
        may_import(by, area)
    used = {places.path_of(household) for household in parsed.households}
    unknown = [name for key, name in places.new.items() if key in used]
    if unknown and not by.may("areas:area:manage", places.commune.path):
        raise Refusal(
            N_("%(commune)s chưa có %(names)s. Sửa tên trong tệp, hoặc nhờ quản trị cấp xã lập địa bàn trước."),
            field="file",
            commune=places.commune.label,
            names=_listed(unknown),
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(_first(list(names)))


def _first(names: list[str]) -> Iterator[str]:
    yield from names[:NAMED]
    if len(names) > NAMED:
        yield "…"
