"""Commands about staff accounts; the first administrator of an empty system is made here."""

import json
from datetime import date

import click
from sqlalchemy.orm import Session

from app.areas import queries as areas
from app.areas.models import Area
from app.core import clock
from app.core.console import Day, database
from app.core.errors import NotFound
from app.core.permissions import SYSTEM, Role
from app.core.roles import ROLE_NAMES
from app.identity import operations, queries
from app.identity.models import Account
from app.lib.calendar import format_date
from app.lib.i18n import N_

ROLES = click.Choice([role.value for role in Role])


@click.group("account")
def group() -> None:
    """Staff accounts: create, give roles, reset passwords, list."""


@group.command("create")
@click.argument("login")
@click.option("--name", required=True, help="Full name.")
@click.option("--role", type=ROLES, required=True)
@click.option("--area", "code", required=True, help="Code of the place, such as 79-25846-06.")
@click.option("--phone", default="")
@click.option("--until", type=Day(), help="Last day of the role.")
def create(login: str, name: str, role: str, code: str, phone: str, until: date | None) -> None:
    """Create the account LOGIN with a role at a place; prints its temporary password."""
    with database() as opened, opened.transaction() as session:
        account, password = operations.create_account(
            session,
            SYSTEM,
            login=login,
            full_name=name,
            phone=phone,
            role=Role(role),
            area=_area(session, code),
            last_day=until,
        )
    _tell(account, password)


@group.command("reset-password")
@click.argument("login")
@click.option("--second-factor", is_flag=True, help="Take the second factor off as well.")
def reset_password(login: str, second_factor: bool) -> None:
    """Give LOGIN a temporary password; ends its sessions and its lock."""
    with database() as opened, opened.transaction() as session:
        account = _account(session, login)
        password = operations.reset_password(session, SYSTEM, account)
        if second_factor and account.totp_secret is not None:
            operations.reset_second_factor(session, SYSTEM, account)
    _tell(account, password)


@group.command("grant")
@click.argument("login")
@click.argument("role", type=ROLES)
@click.argument("code")
@click.option("--until", type=Day(), help="Last day of the role.")
def grant(login: str, role: str, code: str, until: date | None) -> None:
    """Give LOGIN the ROLE at the place with this CODE."""
    with database() as opened, opened.transaction() as session:
        account, area = _account(session, login), _area(session, code)
        operations.grant_role(session, SYSTEM, account, role=Role(role), area=area, last_day=until)
        place = area.full_label
    click.echo(f"{account.full_name}: {ROLE_NAMES[Role(role)]}, {place}.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(as_json: bool) -> None:
    """List all accounts and the roles they hold."""
    now = clock.now()
    with database() as opened, opened.session(write=False) as session:
        rows = [
            {
                "login": account.login,
                "name": account.full_name,
                "disabled": account.disabled_at is not None,
                "roles": [
                    {
                        "role": one.role,
                        "area": one.area.code,
                        "until": _iso(queries.last_day(one)),
                    }
                    for one in account.grants
                    if one.until is None or one.until > now
                ],
            }
            for account in queries.all_accounts(session)
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        _line(row)


def _line(row: dict[str, object]) -> None:
    roles = row["roles"] if isinstance(row["roles"], list) else []
    held = "; ".join(
        f"{ROLE_NAMES[Role(one['role'])]} {one['area']}"
        + (f" đến {format_date(date.fromisoformat(one['until']))}" if one["until"] else "")
        for one in roles
    )
    locked = " (đã khóa)" if row["disabled"] else ""
    click.echo(f"{row['login']:<20} {row['name']}{locked}: {held or 'không có vai trò'}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tell(account: Account, password: str) -> None:
    click.echo(f"Tên đăng nhập: {account.login}")
    click.echo(f"Mật khẩu tạm:  {password}")
    click.echo("Mật khẩu chỉ hiện một lần này và phải đổi khi đăng nhập.")


def _account(session: Session, login: str) -> Account:
    found = queries.by_login(session, login)
    if found is None:
        raise NotFound(N_("Không có tài khoản %(login)s."), login=login)
    return found


def _area(session: Session, code: str) -> Area:
    found = areas.by_code(session, code)
    if found is None:
        raise NotFound(N_("Không có địa bàn nào có mã %(code)s."), code=code)
    return found
