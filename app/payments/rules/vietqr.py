"""The text inside a VietQR code (EMVCo merchant-presented mode as NAPAS specifies it, version 1.5.2).

Every element is two digits of name, two digits of length, and its value; the check sum comes last. A code only fills
in a transfer: whoever scans it still decides, and nothing here knows whether money moved.
"""

import re
from binascii import crc_hqx
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.errors import ManyRefusals, Refusal
from app.lib.i18n import N_
from app.lib.text import nfc, squeeze
from app.payments.rules.plain import unaccented

NAPAS = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
STATIC, DYNAMIC = "11", "12"
DONG, VIETNAM = "704", "VN"
BANK, NUMBER, TEXT, AMOUNT = 6, 19, 25, 13
"""Longest values: digits of a bank's number, of an account, characters of purpose and bill, digits of an amount."""
_CARD = re.compile(r"[0-9]{8,19}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)")
_UNIT = re.compile(r"\s*(?:đồng|đ|vnd|vnđ)\.?$", re.I)
_PRINTABLE = re.compile(r"[ -~]*")
_DIGITS = re.compile(r"[0-9]+")
_CRC = "6304"
_NOT_READABLE = N_("Mã không đọc được: sai cấu trúc của mã VietQR.")


@dataclass(frozen=True)
class Transfer:
    """What a code fills in. ``amount`` in đồng; None: the person types it. ``card``: ``account`` is a card's number."""

    bank: str
    account: str
    amount: int | None = None
    purpose: str = ""
    bill: str = ""
    card: bool = False


def payload(transfer: Transfer) -> str:
    """The text of the code: with an amount for one use, without one to hang up for good.

    Raises ``ManyRefusals`` with a sentence for every entry that no code can hold, each at its field.
    """
    problems = list(_problems(transfer))
    if problems:
        raise ManyRefusals(N_("Chưa lập được mã VietQR."), problems)
    to = element("00", transfer.bank) + element("01", transfer.account)
    merchant = element("00", NAPAS) + element("01", to) + element("02", TO_CARD if transfer.card else TO_ACCOUNT)
    parts = [
        element("00", "01"),
        element("01", STATIC if transfer.amount is None else DYNAMIC),
        element("38", merchant),
        element("53", DONG),
        element("54", "" if transfer.amount is None else str(transfer.amount)),
        element("58", VIETNAM),
        element("62", element("01", transfer.bill) + element("08", transfer.purpose)),
    ]
    body = "".join(parts) + _CRC
    return body + crc16(body)


def parse(text: str) -> Transfer:
    """What a code fills in; raises ``Refusal`` for a wrong check sum, another structure, or values no code may hold."""
    if not text.isascii() or text[-8:-4] != _CRC or crc16(text[:-4]) != text[-4:]:
        raise Refusal(N_("Mã bị sai: số kiểm tra ở cuối không khớp. Có thể mã đã bị sửa hoặc đọc thiếu."))
    parts = _elements(text)
    merchant = _elements(parts.get("38", ""))
    to = _elements(merchant.get("01", ""))
    more = _elements(parts.get("62", ""))
    fixed = (parts.get("00"), parts.get("53"), parts.get("58"), merchant.get("00"))
    if fixed != ("01", DONG, VIETNAM, NAPAS) or merchant.get("02") not in (TO_ACCOUNT, TO_CARD):
        raise Refusal(N_("Đây không phải là mã VietQR chuyển khoản."))
    if parts.get("01") != (DYNAMIC if "54" in parts else STATIC):
        raise Refusal(_NOT_READABLE)
    transfer = Transfer(
        bank=to.get("00", ""),
        account=to.get("01", ""),
        amount=amount_of(parts["54"]) if "54" in parts else None,
        purpose=more.get("08", ""),
        bill=more.get("01", ""),
        card=merchant["02"] == TO_CARD,
    )
    problems = list(_problems(transfer))
    if problems:
        raise ManyRefusals(_NOT_READABLE, problems)
    return transfer


def amount_of(text: str) -> int:
    """A sum in đồng written in digits alone; raises ``Refusal`` at ``amount`` for zero, signs and decimals."""
    if not text.isascii() or not _DIGITS.fullmatch(text) or len(text) > AMOUNT or int(text) == 0:
        raise Refusal(N_("Số tiền phải là số nguyên đồng, lớn hơn 0, tối đa 13 chữ số. Ví dụ: 50000."), field="amount")
    return int(text)


def amount_typed(text: str) -> int:
    """A sum as people type it, "50.000" or "50 000 đồng"; raises ``Refusal`` as ``amount_of`` does."""
    typed = _UNIT.sub("", nfc(text).strip()).replace(" ", "").replace("\u00a0", "")
    return amount_of(typed.replace(".", "").replace(",", "") if _THOUSANDS.fullmatch(typed) else typed)


def crc16(text: str) -> str:
    """The check sum, CRC-16/CCITT-FALSE, as four capital hexadecimal digits."""
    return f"{crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def element(name: str, value: str) -> str:
    """One element; nothing at all for an empty value."""
    return f"{name}{len(value):02d}{value}" if value else ""


def _elements(text: str) -> dict[str, str]:
    """The elements of a text by name; raises ``Refusal`` where lengths do not come out or a name comes twice."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        name, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (_DIGITS.fullmatch(name + length) and len(name + length) == 4) or name in found:
            raise Refusal(_NOT_READABLE)
        at += 4 + int(length)
        found[name] = text[at - int(length) : at]
        if at > len(text) or not found[name]:
            raise Refusal(_NOT_READABLE)
    return found


def _problems(transfer: Transfer) -> Iterator[Refusal]:
    if not (len(transfer.bank) == BANK and transfer.bank.isascii() and transfer.bank.isdigit()):
        yield Refusal(N_("Mã ngân hàng (BIN) gồm đúng 6 chữ số. Ví dụ: 970405."), field="bank")
    if transfer.card and not _CARD.fullmatch(transfer.account):
        yield Refusal(N_("Số thẻ gồm 8 đến 19 chữ số, không có dấu cách."), field="account")
    if not transfer.card and not _ACCOUNT.fullmatch(transfer.account):
        yield Refusal(
            N_("Số tài khoản gồm 1 đến 19 chữ số hoặc chữ cái không dấu, không có dấu cách."), field="account"
        )
    if transfer.amount is not None and not 0 < transfer.amount < 10**AMOUNT:
        yield Refusal(N_("Số tiền phải lớn hơn 0 và có tối đa 13 chữ số."), field="amount")
    yield from text_problems(transfer.purpose, "purpose")
    yield from text_problems(transfer.bill, "bill")


def text_problems(text: str, field: str) -> Iterator[Refusal]:
    """Why a purpose or a bill's number cannot stand in a code; offers it without marks where that would do."""
    if not _PRINTABLE.fullmatch(text):
        plain = unaccented(squeeze(nfc(text)))
        yield (
            Refusal(
                N_("Ngân hàng không nhận chữ có dấu. Có thể ghi: %(plain)s"), field=field, plain=plain[:TEXT].strip()
            )
            if plain and _PRINTABLE.fullmatch(plain)
            else Refusal(N_("Chỉ ghi chữ cái không dấu, chữ số và dấu câu thường."), field=field)
        )
    elif len(text) > TEXT:
        yield Refusal(N_("Tối đa %(most)d ký tự, hiện có %(count)d."), field=field, most=TEXT, count=len(text))
    elif text != text.strip():
        yield Refusal(N_("Bỏ dấu cách ở đầu và ở cuối."), field=field)
