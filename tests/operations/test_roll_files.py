"""A file on its way in: what is kept of it, what is no table, and which column holds what."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.households.importing.records import Columns
from app.households.operations import examining
from app.households.operations.committing import commit
from tests.support.rolls import HOMES, Desk, counted, last_entry, make_desk
from tests.support.tables import HEADING, csv_file, xlsx_file


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def test_a_discarded_file_is_forgotten(desk: Desk) -> None:
    kept = desk.upload(*HOMES)
    examining.discard(desk.session, desk.by, kept)
    assert (kept.status, kept.content, last_entry(desk.session).action) == (
        "discarded",
        None,
        "households.import.discard",
    )
    with pytest.raises(WrongMoment):
        desk.examine(kept)


def test_a_file_nobody_decides_about_is_forgotten_after_a_day(desk: Desk) -> None:
    old, fresh = desk.upload(*HOMES), desk.upload(*HOMES)
    old.created_at = clock.now() - timedelta(hours=24, minutes=1)
    desk.session.flush()
    desk.upload(*HOMES)
    desk.session.expire_all()
    assert (old.status, old.content) == ("discarded", None)
    assert (fresh.status, fresh.content is None) == ("uploaded", False)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "trống"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 broken", "Không đọc được"),
        (b"<html><table></table></html>", "trang web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "Không đọc được"),
    ],
)
def test_what_is_no_table_is_refused_and_not_kept(desk: Desk, data: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=f"(?i){says}") as refused:
        desk.upload(data=data)
    assert refused.value.field == "file"
    assert counted(desk.session)["RollImport"] == 0


def test_the_name_of_a_file_is_only_a_name(desk: Desk) -> None:
    kept = desk.upload(*HOMES, filename="../../etc/pass\x00wd\u202e<b>.csv" + "x" * 600)
    assert len(kept.filename) == 200
    plain = desk.upload(*HOMES, filename="ds\x00\u202e <b>.csv")
    assert plain.filename == "ds <b>.csv"
    assert desk.upload(*HOMES, filename="ds\udcff.csv").filename == "ds?.csv"


def test_a_file_without_the_columns_needed_says_so(desk: Desk) -> None:
    kept = desk.upload(data=csv_file([("a", "b"), ("c", "d")]))
    with pytest.raises(Refusal, match="Chưa chọn cột") as refused:
        desk.examine(kept)
    assert refused.value.field == "full_name"


def test_the_guess_of_columns_can_be_corrected(desk: Desk) -> None:
    kept = desk.upload(data=csv_file([("x", "y", "z"), ("Số 1", "An", "9"), ("Số 2", "Bình", "8")]))
    columns = Columns(full_name=(1,), address=(0,), number=2, first_row=2)
    examining.choose_columns(desk.session, desk.by, kept, sheet=0, columns=columns)
    _guess, sheets, settled = examining.settled_columns(kept)
    assert (sheets, settled) == (("ds",), columns)
    commit(desk.session, desk.by, kept, desk.examine(kept))
    assert desk.people() == {"9": "An", "8": "Bình"}


@pytest.mark.parametrize(
    ("columns", "field"),
    [(Columns(address=(1,)), "full_name"), (Columns(full_name=(1,)), "full_name"), (Columns((1,), (1,)), "address"),
     (Columns((1, 2), (2, 3)), "address")],
)  # fmt: skip
def test_columns_that_cannot_be_are_refused(desk: Desk, columns: Columns, field: str) -> None:
    kept = desk.upload(*HOMES)
    with pytest.raises(Refusal) as refused:
        examining.choose_columns(desk.session, desk.by, kept, sheet=0, columns=columns)
    assert refused.value.field == field


def test_another_sheet_brings_its_own_columns(desk: Desk) -> None:
    first = [HEADING, (1, "Nguyễn Văn An", "Số 1", "0912345671")]
    other = [("Địa chỉ", "Họ và tên"), ("Số 2", "Trần Thị Bình")]
    kept = desk.upload(filename="ds.xlsx", data=xlsx_file(first, Hem2=other))
    assert desk.examine(kept).other_rolls == ("Hem2",)
    examining.choose_sheet(desk.session, desk.by, kept, sheet=1)
    found = desk.examine(kept)
    assert ([home.full_name for home in found.parsed.households], found.other_rolls) == (["Trần Thị Bình"], ("Sheet1",))
    with pytest.raises(Refusal, match="trang tính"):
        examining.choose_sheet(desk.session, desk.by, kept, sheet=2)
