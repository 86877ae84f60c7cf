"""What a table is once read, and the refusal when a file holds none."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.lib.i18n import N_

Row = tuple[int, list[str]]
"""A row's number in its file, from 1 as spreadsheet programs show it, and its cells as text, "" where empty."""

MAX_COLUMNS = 256
MAX_ROWS = 200_000
MAX_CELLS = 4_000_000
"""Largest bounding box of a sheet, empty cells counted: reading it takes about 32 bytes a cell."""


DAMAGED = N_("Không đọc được tệp này. Hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi tải lên lại.")
LOCKED = N_("Tệp này có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.")
_TOO_LONG = N_("Bảng có quá nhiều dòng. Hãy chia thành nhiều tệp, mỗi tệp không quá %(limit)s dòng.")


class UnreadableTable(Exception):
    """The file is not a table that can be read.

    ``message`` is a Vietnamese sentence for people, ``params`` the values of its places.
    """

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


def too_long() -> UnreadableTable:
    """Return the refusal of a table with more than ``MAX_ROWS`` rows."""
    return UnreadableTable(_TOO_LONG, limit=f"{MAX_ROWS:,}".replace(",", "."))


@dataclass(frozen=True)
class Merge:
    """A merged range: file row numbers and column places, ends included; only its first cell has text."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows that are not wholly blank, in file order. Rows may differ in length."""

    name: str
    rows: list[Row]
    merges: tuple[Merge, ...] = ()
    visible: bool = True
    width: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", max((len(cells) for _, cells in self.rows), default=0))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def trimmed(cells: list[str]) -> list[str]:
    """Return the cells without the blank ones at the end, and without what lies past ``MAX_COLUMNS``."""
    end = min(len(cells), MAX_COLUMNS)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
