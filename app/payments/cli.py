"""The command ``vietqr``: the text of a payment code."""

from typing import Any

import click

from app.core.errors import ManyRefusals, Refusal
from app.payments.rules.vietqr import Transfer, amount_of, payload

_SHOWN = {"bank": "--bank", "account": "--account", "amount": "--amount", "purpose": "--purpose", "bill": "--bill"}


class _Wrong(click.ClickException):
    """What cannot stand in a code, told in Vietnamese."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"Lỗi: {self.message}", err=True)


@click.command("vietqr", help="Nội dung của mã VietQR chuyển khoản; không ghi gì vào cơ sở dữ liệu.")
@click.option("--bank", metavar="BIN", help="Mã ngân hàng, 6 chữ số (970405: Agribank).")
@click.option("--account", metavar="NUMBER", help="Số tài khoản, hoặc số thẻ khi có --card.")
@click.option("--amount", metavar="VND", help="Số tiền, số nguyên đồng. Không ghi: người nộp tự điền.")
@click.option("--purpose", metavar="TEXT", help="Nội dung chuyển khoản, không dấu, tối đa 25 ký tự.")
@click.option("--bill", metavar="TEXT", help="Số hóa đơn, tối đa 25 ký tự.")
@click.option("--card", is_flag=True, help="Chuyển vào thẻ, không phải tài khoản.")
def command(
    bank: str | None, account: str | None, amount: str | None, purpose: str | None, bill: str | None, card: bool
) -> None:
    """Print the payload alone; faults go to the other stream, with exit code 2."""
    missing = [option for option, value in (("--bank", bank), ("--account", account)) if not value]
    if missing:
        raise _Wrong(f"Cần {' và '.join(missing)}.")
    try:
        wanted = None if amount is None else amount_of(amount)
        text = payload(Transfer(bank or "", account or "", wanted, purpose or "", bill or "", card))
    except ManyRefusals as refusals:
        raise _Wrong(" ".join(_line(one) for one in refusals.problems)) from None
    except Refusal as refusal:
        raise _Wrong(_line(refusal)) from None
    click.echo(text)


def _line(refusal: Refusal) -> str:
    return f"{_SHOWN[refusal.field]}: {refusal}" if refusal.field in _SHOWN else str(refusal)
