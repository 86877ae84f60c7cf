"""One's own account: password, second factor, where one is signed in."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Refusal
from app.core.roles import ROLE_NAMES
from app.documents import qr
from app.identity import limits, operations, queries, sessions, totp
from app.identity.forms import CodeForm, PasswordForm
from app.identity.models import Account
from app.identity.rules import Stage
from app.identity.views_staff import sign_in
from app.identity.views_staff.sign_in import TRIES_OF_LOGIN, WINDOW, destination, prove, refused, shown
from app.web import current
from app.web.access import signed_in

# One blueprint for everything that concerns the one who is signed in.
bp = sign_in.bp
OWN = "/tai-khoan-cua-toi"


@bp.get(OWN)
@signed_in
def account() -> Any:
    """One's name, roles, second factor and sessions."""
    session, actor, now = current.session(), current.actor(), clock.now()
    own = session.get_one(Account, actor.account_id)
    grants = queries.outstanding_grants(session, own.id, now)
    return render_template(
        "identity/account.html",
        account=own,
        grants=grants,
        labels={grant.id: grant.area.full_label for grant in grants},
        last_days={grant.id: queries.last_day(grant) for grant in grants},
        role_names=ROLE_NAMES,
        sessions=queries.live_sessions(session, own.id, now, sessions.lifetime().idle_since(now)),
        present=actor.session_id,
    )


@bp.route(f"{OWN}/mat-khau", methods=["GET", "POST"])
@signed_in
def change_password() -> Any:
    """A password of one's own choice; the first thing to do with a temporary one."""
    form, actor = PasswordForm(), current.actor()
    values = _step(Stage.PASSWORD)
    if form.validate_on_submit():
        session = current.session()
        try:
            limits.hit(current.services().database, f"password of {actor.account_id}", TRIES_OF_LOGIN, WINDOW)
            proof = prove(actor.login, form.present.data)
            with session.begin_nested():
                operations.change_password(session, actor, proof, present=form.present.data, new=form.new.data)
        except Refusal as refusal:
            return refused(form, refusal, "identity/password.html", **values)
        flash(_("Đã đổi mật khẩu. Các phiên làm việc khác của Ông/Bà đã được đăng xuất."), "good")
        return redirect(destination() if values["forced"] else url_for("identity.account"), 303)
    return shown(form, "identity/password.html", **values)


@bp.route(f"{OWN}/xac-thuc", methods=["GET", "POST"])
@signed_in
def enrol() -> Any:
    """The QR code for the authenticator app, and the first code from it."""
    form, services = CodeForm(), current.services()
    if form.validate_on_submit():
        try:
            limits.hit(services.database, f"second factor of {current.actor().account_id}", TRIES_OF_LOGIN, WINDOW)
            with current.session().begin_nested():
                token = operations.confirm_second_factor(
                    current.session(), current.actor(), services.keyring, form.code.data
                )
        except Refusal as refusal:
            return refused(form, refusal, "identity/enrol.html", **_enrolment())
        sessions.enter(token)
        flash(_("Đã bật xác thực hai bước."), "good")
        return redirect(destination() if _stage() is Stage.ENROL else url_for("identity.account"), 303)
    return shown(form, "identity/enrol.html", **_enrolment())


@bp.post(f"{OWN}/xac-thuc/bat-dau")
@signed_in
def begin_enrolment() -> Any:
    """Make the secret that the next page shows."""
    operations.begin_second_factor(current.session(), current.actor(), current.services().keyring)
    return redirect(url_for("identity.enrol", next=request.args.get("next")), 303)


@bp.post(f"{OWN}/phien/<int:session_id>/ket-thuc")
@signed_in
def end_session(session_id: int) -> Any:
    """Sign out another browser."""
    operations.end_session(current.session(), current.actor(), session_id)
    flash(_("Đã đăng xuất thiết bị."), "good")
    return redirect(url_for("identity.account"), 303)


@bp.post(f"{OWN}/dang-xuat-moi-noi")
@signed_in
def sign_out_everywhere() -> Any:
    """Sign out every browser, this one too."""
    operations.sign_out_everywhere(current.session(), current.actor())
    sessions.leave()
    flash(_("Ông/Bà đã đăng xuất trên mọi thiết bị."), "good")
    return redirect(url_for("identity.sign_in"), 303)


def _stage() -> Stage | None:
    visit = sessions.visit()
    return visit.stage if visit else None


def _step(owed: Stage) -> dict[str, Any]:
    """What a page shows that may be a step owed: then there is no menu, as none of its pages would open."""
    forced = _stage() is owed
    return {"forced": forced, "next": request.args.get("next")} | ({"staff": None} if forced else {})


def _enrolment() -> dict[str, Any]:
    """What the page of enrolment shows; the drawing only until the first code was accepted."""
    own = current.session().get_one(Account, current.actor().account_id)
    values: dict[str, Any] = {
        **_step(Stage.ENROL),
        "enrolled": own.totp_confirmed_at is not None,
        "drawing": None,
    }
    if own.totp_secret is not None and not values["enrolled"]:
        secret = totp.unseal(current.services().keyring, own.id, own.totp_secret)
        values |= {"drawing": qr.draw(totp.uri(secret, own.login)), "secret": totp.text_secret(secret)}
    return values
