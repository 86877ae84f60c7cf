"""Forms of people without an account: signed, dated, of one use, with a box that only programs fill in.

A page shows ``guard(purpose)`` of templates/components/visitors.html inside its form; the view that takes it calls
``check_form(purpose, request.form)`` and then ``allow(kind)``, both before it changes anything. A page with a guard
is never kept for others. Showing a form again in the same request gives its token back.
"""

import json
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import g, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import WrongMoment
from app.core.tokens import BadToken
from app.lib.i18n import N_
from app.visitors import jobs, limits, proof, token
from app.visitors.asking import OWN, ProofAsked
from app.visitors.device import Visitor, introduce, visitor
from app.visitors.models import FormUse
from app.visitors.verdict import Sign, Verdict, risk_of
from app.web import current

TOKEN, CLIENT, HONEYPOT = "token", "client_uuid", "website"
QUICKEST = timedelta(seconds=2)
# One form in so many asks whether old ones are still being forgotten, should that work ever have failed.
ASK_EVERY = 500


def form_token(purpose: str) -> str:
    """The text of the hidden field ``token``: of the form just sent when it is shown again, else of a new one."""
    shown = _shown(purpose)
    return token.write(current.services().keyring, purpose, shown)


def client_uuid(purpose: str) -> str:
    """The name under which a sending of the form on this page may be repeated without counting twice."""
    return _claimed(request.form, _shown(purpose))


def check_form(purpose: str, form: Mapping[str, Any]) -> Verdict:
    """What the sent form tells; it is used up with the transaction of this request.

    Raises ``WrongMoment`` when the form was taken before with other content or another ``client_uuid``, and
    ``ProofAsked``, which becomes a page by itself, when the device should reckon first.
    """
    now, session, sender = clock.now(), current.session(), visitor()
    sent, signs = _read(purpose, form, now)
    if str(form.get(HONEYPOT, "")).strip():
        signs.append(Sign.HONEYPOT)
    if not sender.known:
        signs.append(Sign.NO_COOKIE)
    claimed, kind = _claimed(form, sent), limits.kind_of(purpose)
    counted = _spend(session, kind, sent, claimed, sender, now)
    if counted is None:
        return Verdict(sender, claimed, tuple(signs), repeated=True)
    if limits.is_busy(kind, now, counted):
        signs.append(Sign.BUSY_NETWORK)
    verdict = Verdict(sender, claimed, _weighed(purpose, form, sent, signs))
    g.form_spent, g.visitor_standing = sent, {kind: counted}
    if counted.first or secrets.randbelow(ASK_EVERY) == 0:
        jobs.see_to_it(session, now)
    return verdict


def _weighed(purpose: str, form: Mapping[str, Any], sent: token.FormToken, signs: list[Sign]) -> tuple[Sign, ...]:
    """The signs, those of the first sending included; asks for a proof where they weigh much and none was given."""
    keyring, salt = current.services().keyring, sent.nonce.hex()
    before = proof.signs_before(keyring, form, salt)
    if before is not None:
        # The script sends as soon as it can: haste means nothing the second time.
        later = [sign for sign in signs if sign is not Sign.TOO_QUICK]
        unproven = [] if proof.is_proven(keyring, form, salt) else [Sign.UNPROVEN]
        return tuple(dict.fromkeys([*(Sign(sign) for sign in before), *later, *unproven]))
    heavy = risk_of(signs)
    if heavy < proof.THRESHOLD:
        return tuple(signs)
    if any(file.filename for file in request.files.values()):
        # A page cannot send a file again by itself.
        return (*signs, Sign.UNPROVEN)
    g.form_tokens = {purpose: sent}
    raise ProofAsked(purpose, proof.make(keyring, salt, heavy, signs))


def _read(purpose: str, form: Mapping[str, Any], now: datetime) -> tuple[token.FormToken, list[Sign]]:
    try:
        sent = token.read(current.services().keyring, purpose, str(form.get(TOKEN, "")))
    except BadToken:
        return token.new(now), [Sign.NO_TOKEN]
    age = sent.age(now)
    if age < QUICKEST:
        return sent, [Sign.TOO_QUICK]
    # What was used that long ago may have been forgotten: its number says nothing any more.
    return (token.new(now), [Sign.TOO_OLD]) if age > token.LIFE else (sent, [])


def _spend(
    session: Session, kind: str, sent: token.FormToken, claimed: str, sender: Visitor, now: datetime
) -> limits.Standing | None:
    """Use the form up; None when the same sending did so before."""
    content = _content()
    form = {"nonce": sent.nonce.hex(), "client_uuid": claimed, "content": content}
    counted = limits.spend(session, kind, sender, now, **form)
    if counted is not None:
        return counted
    before = session.execute(
        select(FormUse.client_uuid, FormUse.content).where(FormUse.nonce == sent.nonce.hex())
    ).one_or_none()
    if before is None or tuple(before) != (claimed, content):
        # Shown again with this sentence, the form is a new one: what was changed since is not lost.
        g.form_replayed = True
        sentence = N_("Biểu mẫu này đã được gửi rồi. Muốn gửi thêm, mời Ông/Bà mở lại trang hoặc bấm gửi lần nữa.")
        raise WrongMoment(sentence)
    return None


def _content() -> str:
    """A keyed hash of everything sent but what the guard and the proof add; of files, their names."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in OWN]
    files = [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    return current.services().keyring.mac("visitor content", json.dumps([fields, files]).encode()).hex()


def _claimed(form: Mapping[str, Any], shown: token.FormToken) -> str:
    """The name the phone gave to this sending, or that of the form."""
    if g.get("form_replayed"):
        return shown.client_uuid
    try:
        return uuid.UUID(str(form.get(CLIENT, ""))).hex
    except ValueError:
        return shown.client_uuid


def _shown(purpose: str) -> token.FormToken:
    """The token of the form on the page being made; a form that comes back keeps its own and is unused again."""
    introduce()
    g.private = True
    kept: dict[str, token.FormToken] = g.setdefault("form_tokens", {})
    if purpose not in kept:
        kept[purpose] = _returned(purpose) or token.new(clock.now())
    return kept[purpose]


def _returned(purpose: str) -> token.FormToken | None:
    if request.method in current.SAFE_METHODS or g.get("form_replayed"):
        return None
    now = clock.now()
    sent, signs = _read(purpose, request.form, now)
    if Sign.NO_TOKEN in signs or Sign.TOO_OLD in signs:
        return None
    spent: token.FormToken | None = g.pop("form_spent", None)
    if spent is not None and spent.nonce == sent.nonce:
        current.session().execute(delete(FormUse).where(FormUse.nonce == sent.nonce.hex()))
    return sent
