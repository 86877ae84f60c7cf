"""What is over is destroyed in time, and no day sooner: reports of the inspectors' box, codes of dossiers."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import NotFound, WrongMoment
from app.core.permissions import Actor, Role
from app.feedback.models import DossierCode, RestrictedAct, RestrictedReport
from app.feedback.operations import privacy, purging, restricted
from app.feedback.queries import minting
from app.feedback.queries import restricted as queries
from app.feedback.rules import keeping
from app.jobs.operations import enqueue
from app.jobs.work import Worker
from tests.support.caller import dump
from tests.support.cases import PICTURE, make_report, point_of
from tests.support.cast import make_actor, make_commune
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in_as

BOX = "/staff/danh-gia/hop-kin"
WORDS = ("Cán bộ vòi tiền mới nhận hồ sơ, dấu ZQ5512.", "Thanh tra tỉnh ZQ5512", "Đã kết luận, dấu ZQ5512.")


class Closed:
    """A report with a photo that was referred and closed, on a day in the past."""

    def __init__(self, app: Flask, session: Session, ago: timedelta) -> None:
        services = app.extensions["danban"]
        self.session, self.storage, self.services = session, services.storage, services
        self.commune = make_commune(session)
        self.point = point_of(session, self.commune)
        self.by: Actor = make_actor(session, Role.INSPECTOR, self.commune)
        picture: dict[str, Any] = {"photo": PICTURE, "storage": self.storage}
        self.report, self.code = make_report(session, services.keyring, self.point, WORDS[0], **picture)
        self.key = self.report.photo_key
        restricted.open_it(session, self.by, services.keyring, self.report)
        restricted.refer(session, self.by, self.report, body=WORDS[1], version=self.report.version)
        restricted.close(session, self.by, self.report, outcome=WORDS[2], version=self.report.version)
        for act in session.scalars(select(RestrictedAct)):
            act.at = clock.now() - ago
        session.commit()

    def work(self) -> None:
        enqueue(self.session, privacy.FORGET, {}, unique_key=privacy.FORGET)
        self.session.commit()
        assert Worker(self.services, strict=True).step(at=clock.now())
        self.session.expire_all()

    def verbs(self) -> list[str]:
        return list(self.session.scalars(select(RestrictedAct.verb).order_by(RestrictedAct.id)))


def test_a_report_is_destroyed_a_year_after_it_closed_and_still_counted(
    app: Flask, session: Session, client: PageClient
) -> None:
    made = Closed(app, session, keeping.REPORT + timedelta(hours=1))
    made.work()
    report = session.get_one(RestrictedReport, made.report.id)
    assert (report.sealed_text, report.sealed_phone, report.photo_key, report.outcome) == (None, None, "", "")
    assert (report.kind, report.status) == ("unofficial_payment", "closed")
    assert made.verbs() == ["receive", "open", "refer", "close", "destroy"]
    with pytest.raises(KeyError):
        made.storage.get(made.key)
    assert "ZQ5512" not in "\n".join(row for rows in dump(session).values() for row in rows)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "feedback.restricted.destroy")).all()
    assert [(entry.subject_id, entry.path) for entry in entries] == [(str(report.id), made.commune.path)]
    since = clock.now() - timedelta(days=1)
    assert queries.told_before(session, [made.commune.path], since, clock.now() + timedelta(days=1)) == 1
    assert purging.destroy_reports(session, clock.now()) == (0, []) and made.verbs().count("destroy") == 1
    with pytest.raises(WrongMoment):
        restricted.open_it(session, made.by, made.services.keyring, report)
    with pytest.raises(NotFound):
        restricted.photo_of(session, made.by, report)
    session.rollback()
    sign_in_as(client, session, Role.INSPECTOR, made.commune)
    sheet = client.get(f"{BOX}/{report.id}").text
    assert "đã được hủy vì quá hạn lưu" in sheet and "Mở xem</button>" not in sheet and "Kết quả</h2>" not in sheet
    assert send(client, f"{BOX}/{report.id}", to=f"{BOX}/{report.id}/mo").status_code == 409
    assert f"Số {report.id}" in client.get(f"{BOX}?xong=1").text
    followed = client.post("/y-kien-quay", data={"code": made.code}).text
    assert "Đã xử lý xong" in followed and "đã được hủy vì quá hạn lưu" in followed


def test_no_day_sooner_and_none_that_is_not_closed(app: Flask, session: Session) -> None:
    made = Closed(app, session, keeping.REPORT - timedelta(hours=1))
    old, _code = make_report(session, made.services.keyring, made.point)
    for act in session.scalars(select(RestrictedAct).where(RestrictedAct.report_id == old.id)):
        act.at = clock.now() - 3 * keeping.REPORT
    session.flush()
    assert purging.destroy_reports(session, clock.now()) == (0, [])
    assert made.storage.get(made.key) and old.sealed_text and made.report.sealed_text
    assert purging.destroy_reports(session, clock.now() + timedelta(hours=2)) == (1, [made.key])


def test_codes_of_dossiers_are_forgotten_long_after_their_last_day_used_or_not(app: Flask, session: Session) -> None:
    made = Closed(app, session, timedelta())
    today, kept = clock.today(), keeping.DOSSIER_CODE
    last_days = {"1": today, "2": today - kept, "3": today - kept - timedelta(days=1), "4": today - 2 * kept}
    for dossier, last in last_days.items():
        session.add(
            DossierCode(
                center_id=made.point.center_id, point_id=made.point.id, path=made.commune.path, dossier=dossier,
                code_hash=dossier * 64, minted_at=clock.now(), expires_on=last, used=dossier in "14",
            )
        )  # fmt: skip
    session.commit()
    made.work()
    assert set(minting.codes_of(session, made.point.center_id, last_days)) == {"1", "2"}
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "feedback.code.purge")).all()
    assert [(entry.path, entry.detail["codes"]) for entry in entries] == [(made.commune.path, 2)]
    assert purging.forget_codes(session, clock.now()) == 0
