"""Choose, check, send. GET changes nothing; every act is a POST; what is sent twice is counted once."""

from typing import Any

from flask import Response, g, request, url_for
from flask_babel import gettext

from app.core import clock
from app.core.errors import Refusal
from app.polls.errors import ChosenAgain, NothingToSend, UnknownSlip
from app.polls.forms_ballot import VALUES, BallotForm
from app.polls.operations.casting import cast, refuse
from app.polls.queries.ballots import SlipView, slip_by_id, slip_by_secret
from app.polls.rules.credentials import secret_hash, secret_in
from app.polls.rules.opinions import clean_opinion, refuse_long
from app.polls.rules.standing import Standing
from app.polls.ticket import Ticket, token_matches, token_of
from app.polls.views_ballot.common import (
    RECEIPTS,
    bp,
    face,
    frame,
    household,
    keep,
    see_other,
    stopped,
    ticket_held,
    ticket_of,
    unkept,
)
from app.web import current
from app.web.access import public
from app.web.forms import show_refusal
from app.web.steady import Holes, filled_page, steady_page

OTHER = "other"


@bp.get("/v/<secret>")
@public
def open_slip(secret: str) -> Response:
    """The ballot of the household whose slip was scanned. A preview robot may come here a hundred times."""
    slip = _by_secret(secret)
    if slip is None:
        return stopped(UnknownSlip())
    try:
        refuse(slip)
    except Refusal as refusal:
        return stopped(refusal, slip, status=200 if slip.standing is Standing.VOTED else None)
    if slip.cast_at is not None:
        return _ballot_page(slip, BallotForm(formdata=None, secret=secret), assisted=False)
    return _fresh_ballot_page(slip, secret, assisted=False)


@bp.get("/phieu")
@public
def edit() -> Response:
    """The ballot again: after a typed code, or to correct what was chosen."""
    ticket = ticket_held()
    slip = _of(ticket)
    if ticket is None or slip is None:
        return stopped(NothingToSend())
    if ticket.receipt:
        return _to_receipt(ticket.receipt)
    try:
        refuse(slip)
    except Refusal as refusal:
        return _found_receipt(ticket, slip) or stopped(refusal, slip)
    assisted = ticket.assisted_by is not None
    if not ticket.choice and slip.cast_at is None:
        return _fresh_ballot_page(slip, "", assisted=assisted)
    form = BallotForm(formdata=None)
    form.show(slip.options, ticket.choice, ticket.other_text)
    return _ballot_page(slip, form, assisted=assisted)


@bp.post("/phieu")
@public
def choose() -> Response:
    """Take a choice to the page where it is checked. Nothing is recorded yet."""
    held = ticket_held()
    secret = request.form.get("secret", "")
    slip = _by_secret(secret) if secret else _of(held)
    if slip is None:
        return stopped(UnknownSlip() if secret else NothingToSend())
    form = BallotForm()
    form.ask(slip.question, slip.options)
    chosen = _chosen(form, slip)
    try:
        refuse(slip)
    except Refusal as refusal:
        # A receipt for another choice would say that the new one was recorded.
        same = held is not None and chosen == (held.choice, held.other_text)
        return (_found_receipt(held, slip) if same else None) or stopped(refusal, slip)
    assisted_by = held.assisted_by if held is not None and not secret else None
    if chosen is None:
        return _ballot_page(slip, form, assisted=assisted_by is not None, status=422)
    ticket = ticket_of(slip, assisted_by).chosen(*chosen, clock.now())
    return keep(see_other(url_for("polls_ballot.check")), ticket)


@bp.get("/phieu/kiem-tra")
@public
def check() -> Response:
    """What is about to be sent, in words, with the household it is sent for."""
    ticket = ticket_held()
    if ticket is not None and ticket.receipt:
        return _to_receipt(ticket.receipt)
    slip = _of(ticket)
    if ticket is None or slip is None or not ticket.choice:
        return stopped(NothingToSend())
    try:
        refuse(slip)
    except Refusal as refusal:
        return _found_receipt(ticket, slip) or stopped(refusal, slip)
    return _check_page(slip, ticket)


@bp.get("/phieu/gui")
@public
def send_again() -> Response:
    """Where a browser comes that loads the address of the act: back to the check, nothing is sent."""
    return see_other(url_for("polls_ballot.check"))


@bp.post("/phieu/gui")
@public
def send() -> Response:
    """Cast the ballot: sealed, recorded once, and only then acknowledged."""
    ticket = ticket_held()
    if ticket is None:
        return stopped(NothingToSend())
    if ticket.receipt:
        return _to_receipt(ticket.receipt)
    keyring = current.services().keyring
    if not ticket.choice or not token_matches(keyring, ticket, request.form.get("token", "")):
        return stopped(ChosenAgain() if ticket.choice else NothingToSend(), _of(ticket))
    try:
        # With help, a second row is written: who helped.
        session = current.single(write=True) if ticket.assisted_by is None else current.session()
        outcome = cast(session, ticket)
    except Refusal as refusal:
        return stopped(refusal, _of(ticket))
    return keep(_to_receipt(outcome.receipt), ticket.sent(outcome.receipt, clock.now()))


def _chosen(form: BallotForm, slip: SlipView) -> tuple[str, str] | None:
    """The choice and its text, or None with the fault said in the form."""
    if not form.validate():
        return None
    key = slip.options[VALUES.index(form.choice.data)]["key"]
    text = clean_opinion(form.other.data or "") if key == OTHER else ""
    try:
        refuse_long(text)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None
    return key, text


def _found_receipt(ticket: Ticket | None, slip: SlipView) -> Response | None:
    """The receipt of what this phone sent, when only the answer was lost: the key of the sending proves it."""
    if ticket is None or not ticket.choice or slip.idempotency_key != ticket.key or slip.receipt is None:
        return None
    return keep(_to_receipt(slip.receipt), ticket.sent(slip.receipt, clock.now()))


def _fresh_ballot_page(slip: SlipView, secret: str, *, assisted: bool) -> Response:
    """The ballot with nothing chosen: the same for all households of a poll but for a few words."""

    def context(holes: Holes) -> dict[str, Any]:
        return _ballot(slip, BallotForm(formdata=None, secret=holes["secret"]), holes, assisted=assisted, known=False)

    alike = (face(slip), assisted)
    return unkept(filled_page("ballot/choose.html", alike, {**household(slip), "secret": secret}, context))


def _ballot_page(slip: SlipView, form: BallotForm, *, assisted: bool, status: int = 200) -> Response:
    """The ballot with what was chosen before, or what is wrong; as long for one choice as for another, or for none."""
    # Where larger letters lead back to, also from the answer to a POST.
    secret = form.secret.data
    g.here = url_for("polls_ballot.open_slip", secret=secret) if secret else url_for("polls_ballot.edit")
    context = _ballot(slip, form, household(slip), assisted=assisted, known=True)
    return unkept(steady_page("ballot/choose.html", status, **context))


def _ballot(slip: SlipView, form: BallotForm, names: Holes, *, assisted: bool, known: bool) -> dict[str, Any]:
    form.ask(slip.question, slip.options)
    other = next((v for v, option in zip(VALUES, slip.options, strict=False) if option["key"] == OTHER), None)
    shown = {"number": names["number"], "household": names["household"]}
    return {"form": form, "other_value": other, "known": known, "assisted": assisted, **shown, **frame(slip)}


def _check_page(slip: SlipView, ticket: Ticket) -> Response:
    assisted = ticket.assisted_by is not None

    def context(holes: Holes) -> dict[str, Any]:
        text = holes["other_text"] if ticket.other_text else ""
        return {**holes, "other_text": text, "assisted": assisted, **frame(slip)}

    holes = {
        **household(slip),
        "choice": gettext(slip.labels.get(ticket.choice, "")),
        "other_text": ticket.other_text,
        "token": token_of(current.services().keyring, ticket),
    }
    alike = (face(slip), assisted, bool(ticket.other_text))
    return unkept(filled_page("ballot/check.html", alike, holes, context))


def _to_receipt(receipt: str) -> Response:
    return see_other(f"{RECEIPTS}/{receipt}")


def _by_secret(typed: str) -> SlipView | None:
    secret = secret_in(typed)
    return slip_by_secret(current.single(write=False), secret_hash(secret)) if secret else None


def _of(ticket: Ticket | None) -> SlipView | None:
    return slip_by_id(current.single(write=False), ticket.slip_id) if ticket is not None else None
