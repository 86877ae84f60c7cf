"""Consultations as rows: the state of the world before a test begins, with nobody's operations behind it."""

import itertools
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation, ConsultationFile, DraftVersion, Piece
from app.consultations.rules.phases import Phase
from app.core import clock
from tests.support.cast import make_account

_numbers = itertools.count(1)
CLAUSES = 2
STATUSES = {Phase.UPCOMING: "opened", Phase.OPEN: "opened", Phase.CLOSED: "opened"}


def make_consultation(
    session: Session, area: Area, *, phase: Phase = Phase.OPEN, articles: int = 3, **values: Any
) -> Consultation:
    """A consultation of the commune (or place) given, in the phase given, with one version of its draft.

    The version has articles ``dieu-1`` … each with two clauses (``dieu-1-khoan-1``); it is published unless the
    consultation is in preparation. ``articles=0``: no version at all.
    """
    defaults = _plain(session, phase, values) | _times(phase) | _ends(session, phase)
    consultation = Consultation(
        area_id=area.id, area=area, status=STATUSES.get(phase, phase.value), **defaults | values
    )
    session.add(consultation)
    session.flush()
    if articles:
        make_version(session, consultation, articles=articles)
    return consultation


def make_version(
    session: Session, consultation: Consultation, *, articles: int = 3, purpose: str = "draft", **values: Any
) -> DraftVersion:
    """The next version of the text; published at the opening of its consultation, or now."""
    number = session.query(DraftVersion).filter_by(consultation_id=consultation.id).count() + 1
    preparing = consultation.status == "preparing"
    published = None if preparing else (clock.now() if number > 1 else consultation.opened_at)
    defaults = {"imported_by": consultation.created_by, "imported_at": clock.now(), "published_at": published}
    version = DraftVersion(consultation_id=consultation.id, number=number, purpose=purpose, **defaults | values)
    version.pieces = _pieces(articles)
    session.add(version)
    session.flush()
    return version


def make_file(
    session: Session, consultation: Consultation, *, storage_key: str, kind: str = "reading", **values: Any
) -> ConsultationFile:
    """A PDF of the consultation, whose bytes are kept under the key."""
    defaults: dict[str, Any] = {
        "title": "Tờ trình",
        "filename": "to-trinh.pdf",
        "media_type": "application/pdf",
        "size": 1000,
        "sha256": "0" * 64,
        "uploaded_by": consultation.created_by,
        "uploaded_at": clock.now(),
    }
    file = ConsultationFile(consultation_id=consultation.id, kind=kind, storage_key=storage_key, **defaults | values)
    session.add(file)
    session.flush()
    return file


def _pieces(articles: int) -> list[Piece]:
    found = []
    for number in range(1, articles + 1):
        anchor = f"dieu-{number}"
        found.append(_piece("article", number, anchor, anchor, heading=f"Nội dung thứ {number}"))
        for clause in range(1, CLAUSES + 1):
            text = f"Khoản {clause} của Điều {number}: mỗi hộ giữ gìn vệ sinh đường phố."
            found.append(_piece("clause", clause, f"{anchor}-khoan-{clause}", anchor, text=text))
    for position, piece in enumerate(found):
        piece.position = position
    return found


def _piece(level: str, number: int, anchor: str, article: str, **values: str) -> Piece:
    return Piece(level=level, number=str(number), anchor=anchor, article_anchor=article, **values)


def _plain(session: Session, phase: Phase, values: dict[str, Any]) -> dict[str, Any]:
    now, number = clock.now(), next(_numbers)
    found: dict[str, Any] = {
        "public_id": f"gopy{number:08}",
        "title": "Nghị quyết về giữ gìn vệ sinh đường phố",
        "summary": "Mỗi hộ giữ sạch vỉa hè trước nhà.\nMỗi tuần một buổi dọn chung.",
        "organiser": "Ủy ban nhân dân phường Thới Hòa",
        "responsible": "Lê Thị Mai, Văn phòng",
        "phone": "0274 3555 666",
        "council_sent_on": now.date() - timedelta(days=70),
        "front_sent_on": now.date() - timedelta(days=70),
        "created_at": now - timedelta(days=60),
    }
    if "created_by" not in values:
        found["created_by"] = make_account(session).id
    if phase is not Phase.PREPARING:
        found |= {"opened_at": now - timedelta(days=50), "opened_by": values.get("created_by", found.get("created_by"))}
    return found


def _times(phase: Phase) -> dict[str, Any]:
    """Times around the present moment while it is open, before it afterwards; 25 days long."""
    now = clock.now()
    starts = {Phase.PREPARING: 3, Phase.UPCOMING: 3, Phase.OPEN: -5, Phase.WITHDRAWN: -5}
    opens = now + timedelta(days=starts.get(phase, -40))
    return {"opens_at": opens, "closes_at": opens + timedelta(days=25)}


def _ends(session: Session, phase: Phase) -> dict[str, Any]:
    now = clock.now()
    if phase is Phase.WITHDRAWN:
        return {"withdrawn_at": now, "withdraw_reason": "Cơ quan soạn thảo viết lại dự thảo."}
    if phase not in (Phase.ANSWERED, Phase.ADOPTED):
        return {}
    found: dict[str, Any] = {"answered_by": make_account(session).id, "answered_at": now - timedelta(days=5)}
    if phase is Phase.ADOPTED:
        yesterday = now - timedelta(days=1)
        found |= {"adopted_at": yesterday, "adopted_on": yesterday.date(), "adopted_number": "12/2026/NQ-HĐND"}
    return found
