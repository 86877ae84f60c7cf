"""Staff pages of a published consultation: what may happen to it, who sees what."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation
from app.consultations.rules.phases import Phase
from app.core.permissions import Role
from tests.support.cast import make_area, make_commune
from tests.support.consultation_pages import LIST, REASON, at, day, kept, prepared
from tests.support.consultations import make_consultation, make_version
from tests.support.pages import PageClient
from tests.support.poll_pages import faults
from tests.support.staff import send, sign_in_as


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def officer(client: PageClient, session: Session, commune: Area) -> PageClient:
    """A browser in which an officer of the commune is signed in."""
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    return client


# ------------------------------------------------------------------------------------------- after publication


def published(session: Session, commune: Area, phase: Phase = Phase.OPEN, **values: Any) -> Consultation:
    made = make_consultation(session, commune, phase=phase, **values)
    session.commit()
    return made


def test_the_end_is_moved_later_with_a_reason_on_the_hub(officer: PageClient, session: Session, commune: Area) -> None:
    made = published(session, commune)
    early = {"new_closes_at": day(1), "new_closes_time": "17h", "reason": REASON}
    assert "new_closes_at" in faults(send(officer, at(made, "gia-han"), early).text)
    assert send(officer, at(made, "gia-han"), early | {"new_closes_at": day(60)}).status_code == 303
    assert REASON in officer.get(at(made)).text


def test_a_corrected_text_waits_until_it_is_published(officer: PageClient, session: Session, commune: Area) -> None:
    made = published(session, commune)
    assert "Chưa có bản sửa" in officer.get(at(made, "ban-sua")).text
    assert "Tải văn bản mới lên" in faults(send(officer, at(made, "ban-sua"), {"reason": REASON}).text)[""]
    version = make_version(session, made, published_at=None)
    session.commit()
    assert "Có bản sửa chưa đăng" in officer.get(at(made)).text
    assert send(officer, at(made, "ban-sua"), {"reason": REASON}).status_code == 303
    session.refresh(version)
    assert version.published_at is not None
    assert "Đăng bản sửa" in officer.get(at(made)).text


def test_a_draft_is_withdrawn_with_a_reason(officer: PageClient, session: Session, commune: Area) -> None:
    made = published(session, commune)
    assert "reason" in faults(send(officer, at(made, "rut"), {"reason": "vì"}).text)
    assert send(officer, at(made, "rut"), {"reason": REASON}).status_code == 303
    assert kept(session, made).status == "withdrawn"
    assert REASON in officer.get(at(made)).text
    assert officer.get(at(made, "rut")).status_code == 409


def test_the_adopted_text_is_published_with_its_number(officer: PageClient, session: Session, commune: Area) -> None:
    made = published(session, commune, Phase.ANSWERED)
    typed = {"number": "12/2026/NQ-HĐND", "adopted_on": day(0)}
    assert "Tải văn bản mới lên" in faults(send(officer, at(made, "ban-hanh"), typed).text)[""]
    make_version(session, made, purpose="final", published_at=None)
    session.commit()
    assert "adopted_on" in faults(send(officer, at(made, "ban-hanh"), typed | {"adopted_on": day(1)}).text)
    assert send(officer, at(made, "ban-hanh"), typed).status_code == 303
    assert "12/2026/NQ-HĐND" in officer.get(at(made)).text


@pytest.mark.parametrize("step", ["ten", "doi-tuong", "ke-hoach", "thoi-gian", "kiem-duyet", "tai-lieu"])
def test_nothing_is_edited_once_published(officer: PageClient, session: Session, commune: Area, step: str) -> None:
    assert officer.get(at(published(session, commune), step)).status_code == 409


@pytest.mark.parametrize(
    ("step", "phase"),
    [
        ("gia-han", Phase.PREPARING),
        ("gia-han", Phase.CLOSED),
        ("ban-sua", Phase.CLOSED),
        ("rut", Phase.ANSWERED),
        ("ban-hanh", Phase.CLOSED),
        ("ban-hanh", Phase.ADOPTED),
    ],
)
def test_what_is_impossible_in_a_phase_has_no_page(
    officer: PageClient, session: Session, commune: Area, step: str, phase: Phase
) -> None:
    assert officer.get(at(published(session, commune, phase), step)).status_code == 409


@pytest.mark.parametrize("phase", list(Phase))
def test_the_hub_and_the_whole_are_shown_in_every_phase(
    officer: PageClient, session: Session, commune: Area, phase: Phase
) -> None:
    made = published(session, commune, phase)
    assert officer.get(at(made)).status_code == officer.get(at(made, "kiem-tra")).status_code == 200


def test_the_list_is_filtered_by_phase(officer: PageClient, session: Session, commune: Area) -> None:
    for phase in Phase:
        make_consultation(session, commune, phase=phase, title=f"Dự thảo {phase.value}")
    make_consultation(session, make_commune(session), title="Dự thảo nơi khác")
    session.commit()
    everything = officer.get(LIST).text
    assert all(f"Dự thảo {phase.value}" in everything for phase in Phase) and "nơi khác" not in everything
    some = officer.get(f"{LIST}?giai-doan=open").text
    assert "Dự thảo open" in some and "Dự thảo closed" not in some
    assert officer.get(f"{LIST}?giai-doan=nonsense&page=99999").status_code == 200


# -------------------------------------------------------------------------------------------------- other roles


def test_the_head_of_an_area_sees_the_published_ones_of_the_commune(client: PageClient, session: Session) -> None:
    area = make_area(session)
    assert area.parent
    made = published(session, area.parent, title="Dự thảo đang mở")
    draft = prepared(session, area.parent, title="Dự thảo chưa đăng")
    sign_in_as(client, session, Role.AREA_HEAD, area)
    page = client.get(LIST).text
    assert "Dự thảo đang mở" in page and "Dự thảo chưa đăng" not in page
    hub = client.get(at(made)).text
    assert "Gia hạn" not in hub and "Rút dự thảo" not in hub
    assert client.get(at(draft)).status_code == client.get(at(made, "gia-han")).status_code == 404


def test_who_may_not_prepare_is_not_led_there(client: PageClient, session: Session, commune: Area) -> None:
    made = prepared(session, commune)
    sign_in_as(client, session, Role.OVERSEER, commune)
    assert client.get(f"{LIST}moi").status_code == 403
    hub = client.get(at(made)).text
    assert at(made, "ten") not in hub and "Bỏ, không lấy ý kiến nữa" not in hub
    assert client.get(at(made, "ten")).status_code == 403
