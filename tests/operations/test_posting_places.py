"""Where something hung: told by who did it, inside their own place, with a washed photograph."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.uploads import Upload
from app.publication.models import Posting, PostingPlace
from app.publication.operations.places import add_place, end_place
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.publication import make_place, make_posting
from tests.support.storage import MemoryStorage


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def area(session: Session, commune: Area) -> Area:
    return make_area(session, commune)


@pytest.fixture
def officer(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, commune)


@pytest.fixture
def head(session: Session, area: Area) -> Actor:
    return make_actor(session, Role.AREA_HEAD, area)


@pytest.fixture
def posting(session: Session, commune: Area) -> Posting:
    return make_posting(session, commune, days=-5, signed_on=clock.today() - timedelta(days=8))


def ago(days: int) -> Any:
    return clock.today() - timedelta(days=days)


def add(session: Session, by: Actor, posting: Posting, area: Area, **values: Any) -> PostingPlace:
    given: dict[str, Any] = {"form": "board", "detail": "Bảng tin nhà văn hóa", "began_on": ago(5)}
    return add_place(session, by, posting, area, values.pop("storage", MemoryStorage()), **given | values)


def picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind, **({"exif": b"Exif\0\0" + b"GPS" * 20} if kind == "JPEG" else {}))
    return out.getvalue()


def test_the_head_of_an_area_tells_where_it_hangs_there(
    session: Session, head: Actor, posting: Posting, area: Area
) -> None:
    place = add(session, head, posting, area, ended_on=ago(1))
    assert (place.area_id, place.kind, place.recorded_by) == (area.id, "board", head.account_id)
    assert posting.places == [place]
    [entry] = session.query(AuditEntry).filter_by(action="publication.place.record")
    assert (entry.detail["way"], entry.detail["photo"], entry.path) == ("board", False, posting.area.path)


def test_a_photograph_is_kept_without_what_the_camera_added(
    session: Session, head: Actor, posting: Posting, area: Area
) -> None:
    storage = MemoryStorage()
    place = add(session, head, posting, area, storage=storage, photo=Upload("a.jpg", picture()), taken_on=ago(5))
    assert place.photo_key is not None and place.photo_type == "image/jpeg" and place.photo_taken_on == ago(5)
    assert b"GPS" not in storage.get(place.photo_key)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"form": "rumour"}, "form"),
        ({"detail": " "}, "detail"),
        ({"detail": "x" * 501}, "detail"),
        ({"began_on": -1}, "began_on"),
        # Before the document was signed.
        ({"began_on": 9}, "began_on"),
        ({"ended_on": 6}, "ended_on"),
        ({"ended_on": -1}, "ended_on"),
        ({"photo": Upload("a.jpg", b"<html>")}, "photo"),
        ({"photo": Upload("a.jpg", b"")}, "photo"),
    ],
)
def test_faults_stand_at_their_fields(
    session: Session, officer: Actor, posting: Posting, area: Area, values: dict[str, Any], field: str
) -> None:
    given = {name: ago(value) if isinstance(value, int) else value for name, value in values.items()}
    with pytest.raises(Refusal) as refused:
        add(session, officer, posting, area, **given)
    assert refused.value.field == field
    assert session.query(PostingPlace).count() == 0


def test_a_photograph_is_not_from_tomorrow(session: Session, officer: Actor, posting: Posting, area: Area) -> None:
    with pytest.raises(Refusal) as refused:
        add(session, officer, posting, area, photo=Upload("a.png", picture("PNG")), taken_on=ago(-1))
    assert refused.value.field == "taken_on"


def test_nobody_tells_of_places_that_are_not_theirs(
    session: Session, head: Actor, commune: Area, posting: Posting, area: Area
) -> None:
    with pytest.raises(Forbidden):
        add(session, head, posting, commune)
    with pytest.raises(Forbidden):
        add(session, head, posting, make_area(session, commune))
    for role in (Role.FRONT, Role.OVERSEER, Role.MODERATOR, Role.TEAM_MEMBER):
        with pytest.raises(Forbidden):
            add(session, make_actor(session, role, area), posting, area)


def test_an_area_of_elsewhere_has_nothing_to_do_with_it(session: Session, posting: Posting) -> None:
    other = make_area(session)
    with pytest.raises(Forbidden, match="không thuộc địa bàn"):
        add(session, make_actor(session, Role.AREA_HEAD, other), posting, other)


def test_only_what_is_posted_hangs(session: Session, officer: Actor, commune: Area) -> None:
    for status in ("draft", "withdrawn"):
        with pytest.raises(WrongMoment):
            add(session, officer, make_posting(session, commune, status=status), commune)


def test_its_last_day_is_told_once(session: Session, officer: Actor, head: Actor, posting: Posting, area: Area) -> None:
    place = make_place(session, posting, officer, area_id=area.id)
    for day in (ago(-1), ago(6)):
        with pytest.raises(Refusal) as refused:
            end_place(session, head, place, ended_on=day)
        assert refused.value.field == "ended_on"
    end_place(session, head, place, ended_on=ago(0))
    assert place.ended_on == clock.today()
    with pytest.raises(Refusal, match="rồi"):
        end_place(session, head, place, ended_on=ago(0))


def test_a_place_of_the_commune_is_not_ended_by_the_head_of_an_area(
    session: Session, officer: Actor, head: Actor, posting: Posting
) -> None:
    place = make_place(session, posting, officer)
    with pytest.raises(Forbidden):
        end_place(session, head, place, ended_on=ago(0))
