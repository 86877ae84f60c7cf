"""Tables that staff bring, read and shown with their faults in the cells: shared by minting and dossiers returned."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.uploads import Upload, check_size
from app.feedback.rules.trust_table import Fault
from app.lib.i18n import N_
from app.lib.sheets import Sheet
from app.lib.tables import UnreadableTable, read_table

_LONGEST_CELL = 80


class TooLong(Refusal):
    """A table has more rows than are taken at once."""

    def __init__(self, most: int) -> None:
        super().__init__(N_("Tệp có quá %(most)d dòng. Chia thành nhiều tệp."), field="file", most=most)


def tables_of(sent: Any) -> list[Sheet]:
    """The sheets of a file that a form brought; raises ``Refusal`` at ``file`` for what is no table."""
    upload = Upload(sent.filename or "", sent.read())
    check_size(upload)
    try:
        return read_table(upload.data, upload.filename)
    except UnreadableTable as fault:
        raise Refusal(fault.message, field="file", **fault.params) from fault


def faulty_rows(
    rows: Sequence[tuple[int, Mapping[str, str]]], faults: Sequence[Fault], columns: Mapping[str, str]
) -> list[list[Any]]:
    """The rows at fault as cells of a table: the number in the file first, each fault said inside its cell."""
    wrong: dict[int, dict[str, str]] = {}
    for fault in faults:
        sentence = _(fault.message) % dict(fault.params)
        wrong.setdefault(fault.row, {}).setdefault(fault.column, sentence)
    return [
        [number, *(_cell(cells.get(name, ""), wrong[number].get(name)) for name in columns)]
        for number, cells in rows
        if number in wrong
    ]


def _cell(text: str, error: str | None) -> Any:
    shown = text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…"
    return {"text": shown, "error": error} if error else shown
