"""Preparing a consultation: its subject, audience, plan, times and moderation. All of it ends with publication."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.queries import residential_areas
from app.areas.rules import in_sentence
from app.consultations.models import Consultation, ConsultationArea
from app.consultations.operations.editing import PREPARE, begin_edit, done, refuse
from app.consultations.rules.house import HOUSE_RULES
from app.consultations.rules.opening import AREAS, AUDIENCES, BODIES, MODES, summary_lines, time_problems
from app.core import clock
from app.core.db import database_now
from app.core.entries import clean_line, clean_prose
from app.core.errors import ManyRefusals, Refusal
from app.core.permissions import Actor
from app.core.rights import must
from app.lib.codes import new_code
from app.lib.i18n import N_

PUBLIC_ID = 10
TITLE, SUMMARY, NAME, PHONE, INVITED = 300, 1500, 200, 30, 2000
_PHONE = re.compile(r"[0-9+(][0-9 .()/+-]{5,}")


def create(session: Session, by: Actor, area: Area, *, title: str) -> Consultation:
    """Begin to prepare a consultation of a commune.

    Raises ``Forbidden`` without the right there, and ``Refusal`` for a place that is not (or no longer) a commune, or
    without a title.
    """
    account = must(by, PREPARE, area.path)
    if area.level != "commune" or (area.valid_to is not None and area.valid_to < clock.today()):
        raise Refusal(N_("Chỉ cấp xã lấy ý kiến về dự thảo của mình."), field="area")
    consultation = Consultation(
        public_id=new_code(PUBLIC_ID).lower(),
        area_id=area.id,
        area=area,
        title=_title(title),
        organiser=f"Ủy ban nhân dân {in_sentence(area.name)}"[:NAME],
        phone=area.phone or "",
        status="preparing",
        created_by=account,
        created_at=clock.now(),
    )
    session.add(consultation)
    session.flush()
    done(session, by, consultation, "consultation.create", title=consultation.title)
    return consultation


def set_subject(
    session: Session, by: Actor, consultation: Consultation, version: int, *, title: str, summary: str
) -> None:
    """Write what the draft is called and, in at most five lines of plain words, what it changes."""
    most = HOUSE_RULES.summary_lines
    values = {"title": _title(title), "summary": clean_prose(summary, "summary", SUMMARY)}
    lines = len(summary_lines(values["summary"]))
    if lines > most:
        raise Refusal(
            N_("Tóm tắt có %(lines)d dòng. Viết gọn trong %(most)d dòng."), field="summary", lines=lines, most=most
        )
    _change(session, by, consultation, version, "subject", **values)


def set_audience(
    session: Session, by: Actor, consultation: Consultation, version: int, *,
    audience: str, areas: Sequence[str] = (), invited: str = "",
) -> None:  # fmt: skip
    """Choose who may comment: everyone, residents of areas (by their codes), or invited bodies (one a line)."""
    if audience not in AUDIENCES:
        raise Refusal(N_("Chọn ai được góp ý."), field="audience")
    chosen = _areas(session, consultation, areas) if audience == AREAS else []
    bodies = clean_prose(invited, "invited", INVITED) if audience == BODIES else ""
    if audience == BODIES and not bodies:
        raise Refusal(N_("Ghi tên cơ quan, tổ chức được mời góp ý, mỗi dòng một tên."), field="invited")
    _change(session, by, consultation, version, "audience", audience=audience, invited=bodies)
    consultation.places = [ConsultationArea(area_id=area.id) for area in chosen]
    session.flush()
    if chosen:
        done(session, by, consultation, "consultation.areas", areas=[area.name for area in chosen])


def set_plan(
    session: Session, by: Actor, consultation: Consultation, version: int, *,
    organiser: str, responsible: str, phone: str, council_sent_on: date | None, front_sent_on: date | None,
) -> None:  # fmt: skip
    """Write who is responsible, and when the plan went to the People's Council and the Front (Law Đ25–29).

    Days may be left open until they are known; publication asks for them.
    """
    number = clean_line(phone, "phone", PHONE)
    if number and not _PHONE.fullmatch(number):
        raise Refusal(N_("Ghi số điện thoại bằng chữ số, ví dụ 0274 3555 666."), field="phone")
    _change(
        session, by, consultation, version, "plan",
        organiser=clean_line(organiser, "organiser", NAME),
        responsible=clean_line(responsible, "responsible", NAME),
        phone=number,
        council_sent_on=council_sent_on,
        front_sent_on=front_sent_on,
    )  # fmt: skip


def set_times(
    session: Session, by: Actor, consultation: Consultation, version: int, *, opens_at: datetime, closes_at: datetime
) -> None:
    """Choose from when until when comments are taken; whatever is wrong is said at once, each at its field."""
    refuse(list(time_problems(opens_at, closes_at, database_now(session))), N_("Thời gian chưa hợp lệ."))
    _change(session, by, consultation, version, "times", opens_at=opens_at, closes_at=closes_at)


def set_moderation(session: Session, by: Actor, consultation: Consultation, version: int, *, moderation: str) -> None:
    """Choose whether comments are read by a moderator before others see them, or after."""
    if moderation not in MODES:
        raise Refusal(N_("Chọn kiểm duyệt trước hay sau khi ý kiến hiện ra."), field="moderation")
    _change(session, by, consultation, version, "moderation", moderation=moderation)


def _title(text: str) -> str:
    title = clean_line(text, "title", TITLE)
    if not title:
        raise Refusal(N_("Ghi tên dự thảo."), field="title")
    return title


def _areas(session: Session, consultation: Consultation, codes: Sequence[str]) -> list[Area]:
    known = {area.code: area for area in residential_areas(session, consultation.area, clock.today())}
    unknown = [code for code in codes if code not in known]
    if unknown:
        refusal = Refusal(N_("Có thôn, tổ dân phố không thuộc địa bàn này. Chọn lại trong danh sách."), field="areas")
        raise ManyRefusals(N_("Chưa làm được việc này."), [refusal])
    if not codes:
        raise Refusal(N_("Chọn ít nhất một thôn, tổ dân phố."), field="areas")
    return [known[code] for code in dict.fromkeys(codes)]


def _change(session: Session, by: Actor, consultation: Consultation, version: int, what: str, **values: Any) -> None:
    begin_edit(session, by, consultation, version)
    before = {name: getattr(consultation, name) for name in values}
    for name, value in values.items():
        setattr(consultation, name, value)
    session.flush()
    changed = {name: value for name, value in values.items() if before[name] != value}
    done(session, by, consultation, f"consultation.{what}", **changed)
