"""Signing in and out."""

from typing import Any

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core.errors import Refusal, TooMany
from app.identity import limits, operations, rules, sessions
from app.identity.errors import Locked, WrongCode, WrongSignIn
from app.identity.forms import CodeForm, SignInForm
from app.identity.operations import Proof
from app.identity.rules import Stage
from app.lib.networks import network_of
from app.web import current, staffmark
from app.web.access import SignInNeeded, public, signed_in
from app.web.forms import StaffForm, show_refusal

bp = Blueprint("identity", __name__, url_prefix="/staff")
HOME = "home_staff.index"
WINDOW = 15 * 60
# A whole ward may share one address; one login is one person.
TRIES_FROM_ADDRESS = 100
TRIES_OF_LOGIN = 20


@bp.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Login and password; then the page that was asked for, or the step still owed."""
    g.private = True
    visit = sessions.visit()
    if request.method == "GET" and visit is not None and visit.stage is Stage.OPEN:
        return redirect(destination(), 303)
    form = SignInForm()
    if form.validate_on_submit():
        try:
            token = _sign_in(form.login.data, form.password.data)
        except Refusal as refusal:
            return refused(form, refusal, "identity/sign_in.html", next=request.args.get("next"))
        sessions.enter(token)
        return staffmark.mark(make_response(redirect(destination(), 303)))
    return shown(form, "identity/sign_in.html", next=request.args.get("next"))


@bp.route("/dang-nhap/xac-thuc", methods=["GET", "POST"])
@public
def second_factor() -> Any:
    """The six digits, for accounts that have a second factor."""
    g.private = True
    visit = sessions.visit()
    if visit is None:
        raise SignInNeeded
    if visit.stage is not Stage.SECOND_FACTOR:
        return redirect(destination(), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            token = _prove(visit, form.code.data)
        except Refusal as refusal:
            return refused(form, refusal, "identity/second_factor.html", next=request.args.get("next"))
        sessions.enter(token)
        return redirect(destination(), 303)
    return shown(form, "identity/second_factor.html", next=request.args.get("next"))


@bp.post("/dang-xuat")
@signed_in
def sign_out() -> Any:
    """End this session."""
    operations.sign_out(current.session(), current.actor())
    sessions.leave()
    flash(_("Ông/Bà đã đăng xuất."), "good")
    return redirect(url_for("identity.sign_in"), 303)


def destination() -> str:
    """The staff page asked for before signing in, or the first page; never another site."""
    target = request.args.get("next") or ""
    return target if target.startswith("/staff/") and target.isprintable() else url_for(HOME)


def shown(form: StaffForm, template: str, **values: Any) -> Any:
    """A page with a form; 422 when the form has faults."""
    return render_template(template, form=form, **values), 422 if form.errors else 200


def refused(form: StaffForm, refusal: Refusal, template: str, **values: Any) -> Any:
    """The same page with the sentence of a refusal at its place."""
    show_refusal(form, refusal)
    answer, status = shown(form, template, **values)
    if isinstance(refusal, TooMany):
        return answer, refusal.status, {"Retry-After": str(refusal.retry_after)}
    return answer, status


def prove(login: str, password: str) -> Proof:
    """Compare a password, outside the request's own transaction (which nobody else may write beside)."""
    with current.services().database.session(write=False) as session:
        return operations.prove_password(session, login, password)


def _sign_in(login: str, password: str) -> str:
    database, key = current.services().database, rules.login_key(login)
    limits.hit(database, f"sign-in from {network_of(request.remote_addr or '')}", TRIES_FROM_ADDRESS, WINDOW)
    limits.hit(database, f"sign-in as {key}", TRIES_OF_LOGIN, WINDOW)
    proof = prove(key, password)
    if proof.account_id is None:
        _count_stranger(key)
    session = current.session()
    try:
        with session.begin_nested():
            return operations.sign_in(session, proof, sessions.lifetime(), browser=sessions.browser())
    except WrongSignIn:
        operations.count_failure(session, proof.account_id, at="password")
        raise


def _count_stranger(login: str) -> None:
    """A login nobody has is refused after as many tries as one that somebody has: which is which stays unknown."""
    try:
        limits.hit(current.services().database, f"nobody {login}", rules.FAILURES_ALLOWED, WINDOW)
    except TooMany as refusal:
        raise Locked(seconds=refusal.retry_after) from refusal


def _prove(visit: sessions.Visit, code: str) -> str:
    services = current.services()
    limits.hit(services.database, f"second factor of {visit.actor.account_id}", TRIES_OF_LOGIN, WINDOW)
    session = current.session()
    try:
        with session.begin_nested():
            return operations.prove_second_factor(
                session, services.keyring, visit.session_id, code, sessions.lifetime()
            )
    except WrongCode:
        operations.count_failure(session, visit.actor.account_id, at="code")
        raise
