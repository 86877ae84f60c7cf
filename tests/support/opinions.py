"""Opinions as rows, and the people who answer them."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, Consultation, DraftVersion, OpinionGroup
from app.consultations.operations import answering, grouping
from app.consultations.queries.answers import table
from app.consultations.rules.answering import Draft
from app.consultations.rules.grouping import fingerprint
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.permissions import Actor, Role
from app.identity.models import Account
from tests.support.cast import make_actor, make_commune
from tests.support.consultations import make_consultation
from tests.support.staff import sign_in

_numbers = itertools.count(1)
WRITTEN = Draft("Nhiều người đề nghị hạ mức phí.", "partly", "Hạ mức phí còn một nửa vì còn phải trả tiền thu gom.")


@dataclass
class Answering:
    """A consultation of a commune whose time is over, and two officers who answer it."""

    session: Session
    consultation: Consultation
    drafter: Actor
    approver: Actor

    @property
    def area(self) -> Area:
        return self.consultation.area


def make_answering(session: Session, *, phase: Phase = Phase.CLOSED, **values: Any) -> Answering:
    commune = make_commune(session)
    consultation = make_consultation(session, commune, phase=phase, **values)
    officers = [make_actor(session, Role.COMMUNE_OFFICER, commune) for _ in range(2)]
    return Answering(session, consultation, *officers)


def make_opinion(session: Session, consultation: Consultation, text: str = "", **values: Any) -> Comment:
    """One opinion that may be shown (unless ``visible=False``), on article 1 unless said otherwise, without a name."""
    number = next(_numbers)
    visible = values.pop("visible", True)
    version = session.query(DraftVersion).filter_by(consultation_id=consultation.id).order_by(DraftVersion.id).first()
    assert version is not None
    defaults: dict[str, Any] = {
        "version_id": version.id,
        "article_anchor": "dieu-1",
        "code": f"{number:08}",
        "stance": "change" if text else "agree",
        "text": text,
        "shown_text": text if visible else None,
        "visible": visible,
        "naming": "none",
        "received_at": clock.now() - timedelta(days=20),
    }
    found = fingerprint(text)
    if values.get("source", "web") != "web" and "entered_by" not in values:
        defaults["entered_by"] = consultation.created_by
    comment = Comment(
        consultation_id=consultation.id, text_hash=found.text_hash, simhash=found.simhash, **defaults | values
    )
    session.add(comment)
    session.flush()
    return comment


def make_group(made: Answering, texts: Iterable[str], title: str = "Hạ mức phí", **values: Any) -> OpinionGroup:
    """An accepted group of new opinions."""
    first, *others = [make_opinion(made.session, made.consultation, text, **values) for text in texts]
    group = grouping.start(made.session, made.drafter, made.consultation, first, title)
    for comment in others:
        grouping.move(made.session, made.drafter, made.consultation, comment, group)
    return group


def answer_all(made: Answering, written: Draft = WRITTEN) -> None:
    """Draft and approve every row that is not approved yet."""
    for row in table(made.session, made.consultation):
        key, answer = row.section.key, row.answer
        if answer is not None and answer.status == "approved":
            continue
        version = answer.version if answer else 0
        drafted = answering.draft(made.session, made.drafter, made.consultation, key, written, version=version)
        answering.approve(made.session, made.approver, made.consultation, key, version=drafted.version)


def staff_base(made: Answering) -> str:
    """The beginning of the addresses of the staff pages."""
    return f"/staff/gop-y/{made.consultation.id}"


def come_as_officer(client: FlaskClient, made: Answering, *, second: bool = False) -> None:
    """Let the client come as who drafts, or as who approves."""
    account_id = (made.approver if second else made.drafter).account_id
    sign_in(client, made.session, made.session.get_one(Account, account_id))


def words_of(client: FlaskClient, path: str) -> str:
    """What a page says, without its markup."""
    return BeautifulSoup(client.get(path).text, "lxml").get_text(" ", strip=True)
