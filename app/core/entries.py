"""What people type, as it should be kept: tidied, without characters no honest text holds, and not too long."""

from app.core.errors import Refusal
from app.lib.i18n import N_
from app.lib.text import nfc, squeeze, strange_characters


def clean_line(text: str, field: str, most: int) -> str:
    """One line as it should be kept; refuses what no honest text holds, and what is too long."""
    return _clean(squeeze(nfc(text)), field, most)


def clean_prose(text: str, field: str, most: int) -> str:
    """Text with its line breaks, each line tidied; refuses as ``clean_line`` does."""
    lines = [squeeze(line) for line in nfc(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _clean("\n".join(lines).strip(), field, most)


def reason_given(text: str, shortest: int) -> str:
    """A reason that says something; raises ``Refusal`` at the field ``reason``."""
    reason = clean_prose(text, "reason", 1000)
    if len(reason) < shortest:
        raise Refusal(
            N_("Ghi rõ lý do, ít nhất %(least)d chữ cái, để người khác hiểu được."), field="reason", least=shortest
        )
    return reason


def _clean(text: str, field: str, most: int) -> str:
    found = strange_characters(text)
    if found:
        raise Refusal(
            N_("Có ký tự lạ không hiện trên màn hình (%(codes)s). Xóa đi rồi gõ lại."),
            field=field,
            codes=", ".join(found),
        )
    if len(text) > most:
        raise Refusal(N_("Tối đa %(most)d ký tự, hiện có %(count)d."), field=field, most=most, count=len(text))
    return text
