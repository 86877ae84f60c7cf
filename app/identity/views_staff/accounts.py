"""Others' accounts: list, create, roles, resets."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.areas.models import Area
from app.core import clock
from app.core.errors import NotFound, Refusal
from app.core.permissions import Role
from app.core.roles import ROLE_NAMES
from app.core.scope import path_of_code
from app.identity import operations, queries, rules
from app.identity.forms import NewAccountForm, PersonForm, RoleForm
from app.identity.models import Account, RoleGrant
from app.identity.operations.accounts import may_manage
from app.identity.queries import SeenAccount
from app.identity.views_staff.sign_in import refused, shown
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked

bp = Blueprint("identity_staff", __name__, url_prefix="/staff/tai-khoan")
VIEW, MANAGE = "identity:account:view", "identity:account:manage"


@bp.get("/")
@require(VIEW)
def accounts() -> Any:
    """Accounts of the asker's places, in name order, searched by name, role and place."""
    session, actor = current.session(), current.actor()
    words, role, code = (request.args.get(name, "").strip() for name in ("q", "role", "place"))
    page = number_asked("page") or 1
    path = path_of_code(code)
    found = queries.accounts(session, actor, clock.now(), words=words, role=role, path=path, page=page)
    return render_template(
        "identity/accounts.html",
        accounts=found.accounts,
        total=found.total,
        page=page,
        pages=-(-found.total // queries.PAGE),
        asked={"q": words, "role": role, "place": code},
        roles=ROLE_NAMES,
        places=_place_choices(queries.places_to_choose(session, actor, VIEW)),
        live_grants=_live_grants(found.accounts),
        may_create=actor.holds_anywhere(MANAGE),
    )


@bp.route("/moi", methods=["GET", "POST"])
@require(MANAGE)
def create() -> Any:
    """A new account with its first role; the temporary password is shown once."""
    form = NewAccountForm()
    places = _offer(form)
    if form.validate_on_submit():
        session = current.session()
        try:
            with session.begin_nested():
                account, password = operations.create_account(
                    session,
                    current.actor(),
                    login=form.login.data,
                    full_name=form.full_name.data,
                    phone=form.phone.data or "",
                    role=Role(form.role.data),
                    area=places[form.place.data],
                    last_day=form.last_day.data,
                )
        except Refusal as refusal:
            return refused(form, refusal, "identity/new.html")
        return _temporary_password(account, password, new=True)
    return shown(form, "identity/new.html")


@bp.get("/<int:account_id>")
@require(VIEW, load=queries.in_scope)
def account(found: SeenAccount) -> Any:
    session, actor = current.session(), current.actor()
    grants = queries.grants_in_scope(session, actor, found.account.id)
    return render_template(
        "identity/detail.html",
        account=found.account,
        grants=grants,
        now=clock.now(),
        labels={grant.id: grant.area.full_label for grant in grants},
        last_days={grant.id: queries.last_day(grant) for grant in grants},
        roles=ROLE_NAMES,
        manageable=may_manage(session, actor, found.account),
        itself=found.account.id == actor.account_id,
        may_grant=bool(rules.grantable_roles(actor.grants)) and found.account.id != actor.account_id,
        endable={g.id for g in grants if rules.may_grant(actor.grants, Role(g.role), g.area.path)},
    )


@bp.route("/<int:account_id>/sua", methods=["GET", "POST"])
@require(MANAGE, load=queries.to_manage)
def edit(found: SeenAccount) -> Any:
    """Name and telephone."""
    form = PersonForm(obj=found.account)
    if form.validate_on_submit():
        session = current.session()
        try:
            with session.begin_nested():
                operations.update_account(
                    session,
                    current.actor(),
                    found.account,
                    full_name=form.full_name.data,
                    phone=form.phone.data or "",
                )
        except Refusal as refusal:
            return refused(form, refusal, "identity/edit.html", account=found.account)
        flash(_("Đã lưu."), "good")
        return _back(found.account)
    return shown(form, "identity/edit.html", account=found.account)


@bp.route("/<int:account_id>/vai-tro", methods=["GET", "POST"])
@require(MANAGE, load=queries.to_manage)
def grant(found: SeenAccount) -> Any:
    """A further role."""
    form = RoleForm()
    places = _offer(form)
    if form.validate_on_submit():
        session = current.session()
        try:
            with session.begin_nested():
                operations.grant_role(
                    session,
                    current.actor(),
                    found.account,
                    role=Role(form.role.data),
                    area=places[form.place.data],
                    last_day=form.last_day.data,
                )
        except Refusal as refusal:
            return refused(form, refusal, "identity/grant.html", account=found.account)
        flash(_("Đã giao vai trò."), "good")
        return _back(found.account)
    return shown(form, "identity/grant.html", account=found.account)


@bp.post("/<int:account_id>/vai-tro/<int:grant_id>/ket-thuc")
@require(MANAGE)
def end_grant(account_id: int, grant_id: int) -> Any:
    """Take a role away."""
    session, actor = current.session(), current.actor()
    grants = queries.grants_in_scope(session, actor, account_id)
    ended: RoleGrant | None = next((one for one in grants if one.id == grant_id), None)
    if ended is None:
        raise NotFound(N_("Không tìm thấy vai trò này."))
    operations.end_grant(session, actor, ended)
    flash(_("Đã thu hồi vai trò."), "good")
    return redirect(url_for("identity_staff.account", account_id=account_id), 303)


@bp.post("/<int:account_id>/mat-khau-moi")
@require(MANAGE, load=queries.to_manage)
def reset_password(found: SeenAccount) -> Any:
    """A temporary password: the answer itself shows it, so that no cookie and no address ever holds it."""
    password = operations.reset_password(current.session(), current.actor(), found.account)
    return _temporary_password(found.account, password, new=False)


@bp.post("/<int:account_id>/xac-thuc-lai")
@require(MANAGE, load=queries.to_manage)
def reset_second_factor(found: SeenAccount) -> Any:
    """Take a lost telephone off the account."""
    operations.reset_second_factor(current.session(), current.actor(), found.account)
    flash(_("Đã tắt xác thực hai bước. Chủ tài khoản bật lại khi đăng nhập lần tới."), "good")
    return _back(found.account)


@bp.post("/<int:account_id>/khoa")
@require(MANAGE, load=queries.to_manage)
def disable(found: SeenAccount) -> Any:
    operations.disable_account(current.session(), current.actor(), found.account)
    flash(_("Đã khóa tài khoản."), "good")
    return _back(found.account)


@bp.post("/<int:account_id>/mo-khoa")
@require(MANAGE, load=queries.to_manage)
def enable(found: SeenAccount) -> Any:
    operations.enable_account(current.session(), current.actor(), found.account)
    flash(_("Đã mở lại tài khoản."), "good")
    return _back(found.account)


def _back(account: Account) -> Any:
    return redirect(url_for("identity_staff.account", account_id=account.id), 303)


def _temporary_password(account: Account, password: str, *, new: bool) -> Any:
    return render_template("identity/temporary_password.html", account=account, password=password, new=new)


def _offer(form: RoleForm) -> dict[str, Area]:
    """Fill in the roles and places to choose from; the places by their code."""
    actor = current.actor()
    places = queries.places_to_choose(current.session(), actor, MANAGE)
    form.role.choices = [(role.value, _(ROLE_NAMES[role])) for role in rules.grantable_roles(actor.grants)]
    form.place.choices = [("", _("Chọn địa bàn")), *_place_choices(places)]
    return {place.code: place for place in places}


def _place_choices(places: Any) -> list[tuple[str, str]]:
    return [(place.code, place.full_label) for place in places]


def _live_grants(accounts: Any) -> dict[int, list[tuple[str, str]]]:
    """For the list: the roles each account holds now and where, as far as the asker may see them."""
    actor, now = current.actor(), clock.now()
    return {
        one.id: [
            (_(ROLE_NAMES[Role(g.role)]), g.area.full_label)
            for g in one.grants
            if g.since <= now and (g.until is None or g.until > now) and actor.may(VIEW, g.area.path)
        ]
        for one in accounts
    }
