"""``danban roll``: looks without writing, writes when told to, agrees with what is known of real files."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from app.areas.models import Area
from app.cli import main
from app.core.db import Database
from app.households.models import Household, RollImport
from tests.support.cast import make_area, make_commune
from tests.support.rolls import AREA_HEADING, FAULTY, HEADING, HOMES, counted
from tests.support.tables import csv_file

ROLLS = Path(__file__).parents[1] / "data" / "rolls"
KNOWN = sorted(path.name.removesuffix(".expected.json") for path in ROLLS.glob("*.expected.json"))


class Console:
    """The commands, on a database of their own with one area of one commune."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        with database.transaction() as session:
            commune = make_commune(session)
            self.commune, self.area = commune.code, make_area(session, commune, name="khu phố 6").code

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["roll", *arguments])

    def bring_in(self, file: Path, *options: str, area: str = "") -> Result:
        return self.run("import", str(file), "--area", area or self.area, *options)

    def json(self, file: Path, *options: str, area: str = "") -> dict[str, Any]:
        done = self.bring_in(file, "--json", *options, area=area)
        assert done.exit_code == 0, done.output
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def file(self, *homes: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> Path:
        path = self.folder / "ds.csv"
        path.write_bytes(csv_file([heading, *homes]))
        return path

    def counts(self) -> dict[str, int]:
        with self.database.session(write=False) as session:
            return counted(session)


@pytest.fixture
def console(committed_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.setenv("DANBAN_DATABASE_URL", committed_database.url)
    monkeypatch.setenv("DANBAN_STORAGE_DIR", str(tmp_path / "storage"))
    monkeypatch.setenv("DANBAN_ENVIRONMENT", "test")
    return Console(committed_database, tmp_path)


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_printed_is_what_is_known_of_the_file(console: Console, name: str) -> None:
    before = console.counts()
    answer = console.json(ROLLS / name)
    expected = json.loads((ROLLS / f"{name}.expected.json").read_text())
    assert {key: answer[key] for key in expected} == expected
    assert answer["changes"]["new"] == expected["valid_households"]
    assert console.counts() == before, "a dry run writes nothing"


def test_a_dry_run_is_no_import_and_commit_is(console: Console) -> None:
    file = console.file(*HOMES)
    assert set(console.json(file)) == {"valid_households", "faults", "changes"}
    answer = console.json(file, "--commit")
    assert answer["written"]["added"] == 3
    assert console.counts()["Household"] == 3
    with console.database.session(write=False) as session:
        kept = session.get_one(RollImport, answer["import"])
        assert (kept.status, kept.filename, kept.created_by) == ("committed", "ds.csv", None)


def test_committing_again_changes_nothing(console: Console) -> None:
    file = console.file(*HOMES)
    console.json(file, "--commit")
    before = console.counts()
    answer = console.json(file, "--commit")
    assert answer["changes"] == {
        "new": 0, "gone": 0, "changed": 0, "unchanged": 3, "possible_duplicates": 0, "new_areas": [],
    }  # fmt: skip
    after = console.counts()
    assert {name for name in after if after[name] != before[name]} == {"RollImport", "AuditEntry"}


def test_a_file_with_faults_is_written_only_without_them(console: Console) -> None:
    file = console.file(*HOMES, FAULTY)
    before = console.counts()
    done = console.bring_in(file, "--commit")
    assert (done.exit_code, console.counts()) == (1, before)
    assert "Tệp còn 1 lỗi cần sửa" in done.stderr
    assert console.json(file, "--commit", "--without-faulty")["written"]["faulty_rows_left_out"] == 1


def test_households_leave_only_when_said(console: Console) -> None:
    console.json(console.file(*HOMES), "--commit")
    shorter = console.file(*HOMES[:1])
    assert console.json(shorter, "--commit")["written"]["ended"] == 0
    assert console.json(shorter, "--commit", "--end-gone")["written"]["ended"] == 2


def test_a_whole_commune_in_one_file(console: Console) -> None:
    rows = [(f"{n:03}", f"Nguyễn Văn {n}", f"Số {n}", "", f"Khu phố {n % 3 + 5}") for n in range(30)]
    file = console.file(*rows, heading=AREA_HEADING)
    assert console.json(file, area=console.commune)["changes"]["new_areas"] == ["Khu phố 5", "Khu phố 7"]
    assert console.counts()["Area"] == 3
    answer = console.json(file, "--commit", area=console.commune)
    assert (answer["written"]["added"], answer["written"]["areas_created"]) == (30, 2)
    with console.database.session(write=False) as session:
        sizes = select(func.count()).select_from(Household).join(Area).group_by(Area.id)
        assert list(session.scalars(sizes)) == [10, 10, 10]
    assert console.json(file, "--commit", area=console.commune)["written"]["unchanged"] == 30


def test_people_read_sentences_and_progress_goes_elsewhere(console: Console) -> None:
    done = console.bring_in(console.file(*HOMES, FAULTY))
    assert "3 hộ hợp lệ, 1 lỗi cần sửa." in done.stdout
    assert "dòng 5: Điện thoại: Số điện thoại không đúng." in done.stdout
    assert "3 hộ mới" in done.stdout
    assert "Chưa ghi gì. Thêm --commit để ghi." in done.stdout
    assert "100 %" in done.stderr
    assert "100 %" not in done.stdout
    done = console.bring_in(console.file(*HOMES), "--commit")
    assert done.stdout.endswith("Đã ghi.\n")


def test_only_the_first_faults_and_areas_are_told_to_people(console: Console) -> None:
    rows = [(f"{n:03}", "", f"Số {n}", "", "Khu phố 6") for n in range(30)]
    assert "… và 10 lỗi nữa." in console.bring_in(console.file(*HOMES, *rows, heading=AREA_HEADING)).stdout
    rows = [(f"{n:03}", f"An {n}", f"Số {n}", "", f"Khu phố {n}") for n in range(10, 40)]
    done = console.bring_in(console.file(*rows, heading=AREA_HEADING), area=console.commune)
    assert "30 địa bàn sẽ được lập: Khu phố 10," in done.stdout
    assert "… và 10 địa bàn nữa." in done.stdout


@pytest.mark.parametrize("code", ["79-99999-01", "79", "khu-pho-6", "%", "../..", "79/1/2"])
@pytest.mark.parametrize("options", [[], ["--commit"], ["--commit", "--json"]])
def test_a_wrong_area_is_refused(console: Console, code: str, options: list[str]) -> None:
    before = console.counts()
    done = console.bring_in(console.file(*HOMES), *options, area=code)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr
    assert console.counts() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "trống"), (b"%PDF-1.7", "PDF"), (b"a;b\nc;d\n", "Chưa chọn cột"), (b"x" * 20_000_001, "không quá 20 MB")],
)
def test_what_is_no_roll_is_refused_with_a_sentence(console: Console, content: bytes, says: str) -> None:
    file = console.folder / "ds.xlsx"
    file.write_bytes(content)
    done = console.bring_in(file, "--commit")
    assert (done.exit_code, done.stdout) == (1, "")
    assert says in done.stderr
    assert console.counts()["RollImport"] == 0


def test_a_missing_file_and_a_missing_area_are_usage_errors(console: Console) -> None:
    assert console.bring_in(console.folder / "absent.csv").exit_code == 2
    assert console.bring_in(console.folder).exit_code == 2
    assert console.run("import", str(console.file(*HOMES))).exit_code == 2


def test_a_database_without_the_present_tables_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, console: Console
) -> None:
    monkeypatch.setenv("DANBAN_DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite3")
    done = console.bring_in(console.file(*HOMES))
    assert done.exit_code == 1
    assert "danban db upgrade" in done.stderr


def test_an_import_is_taken_back_by_its_number(console: Console) -> None:
    number = str(console.json(console.file(*HOMES), "--commit")["import"])
    done = console.run("undo", number)
    assert (done.exit_code, done.stdout) == (0, "Đã hoàn tác 3 hộ.\n")
    assert console.json(console.file(*HOMES))["changes"]["new"] == 3


def test_taking_back_twice_or_nothing_is_refused(console: Console) -> None:
    number = str(console.json(console.file(*HOMES), "--commit")["import"])
    console.run("undo", number)
    again, absent, word = console.run("undo", number), console.run("undo", "999"), console.run("undo", "x")
    assert (again.exit_code, absent.exit_code, word.exit_code) == (1, 1, 2)
    assert "Chỉ hoàn tác được" in again.stderr
    assert "Không có lần nhập số 999" in absent.stderr
