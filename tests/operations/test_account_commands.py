"""Commands about accounts and days off, as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.cli import main
from app.core.db import Database
from app.identity import operations, queries
from app.identity.models import Account
from tests.support.cast import make_area, make_commune
from tests.support.passwords import quick_passwords

__all__ = ["quick_passwords"]


@pytest.fixture
def run(committed_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The commands work on this database, which holds a commune with one area."""
    monkeypatch.setenv("DANBAN_DATABASE_URL", committed_database.url)
    monkeypatch.setenv("DANBAN_STORAGE_DIR", str(tmp_path))
    with committed_database.transaction() as session:
        make_area(session, make_commune(session))
    return committed_database


def danban(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def commune_code(database: Database) -> str:
    from app.areas.models import Area

    with database.session(write=False) as session:
        return session.scalars(select(Area).where(Area.level == "commune")).one().code


def create(database: Database, *more: str) -> Result:
    place = ["--area", commune_code(database)]
    return danban("account", "create", "quantri", "--name", "Lê Thị Hoa", "--role", "commune_admin", *place, *more)


def test_the_first_administrator_of_an_empty_system(run: Database) -> None:
    answer = create(run, "--until", "31/12/2030")
    assert answer.exit_code == 0, answer.output
    password = answer.output.split("Mật khẩu tạm:")[1].split()[0]
    with run.session(write=False) as session:
        assert operations.prove_password(session, "quantri", password).right
        entries = session.scalars(select(AuditEntry)).all()
    assert {entry.actor_name for entry in entries} == {"Hệ thống"}
    [row] = json.loads(danban("account", "list", "--json").output)
    assert row["login"] == "quantri"
    assert row["roles"] == [{"role": "commune_admin", "area": commune_code(run), "until": "2030-12-31"}]
    assert "đến 31/12/2030" in danban("account", "list").output


def test_further_roles_and_a_new_password(run: Database) -> None:
    create(run)
    assert danban("account", "grant", "quantri", "overseer", commune_code(run)).exit_code == 0
    with run.session(write=False) as session:
        before = queries.by_login(session, "quantri")
    answer = danban("account", "reset-password", "quantri", "--second-factor")
    assert answer.exit_code == 0
    with run.session(write=False) as session:
        after = session.scalars(select(Account)).one()
    assert before is not None and before.password_hash != after.password_hash


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("account", "grant", "nobody", "overseer", "79"), "Không có tài khoản nobody."),
        (("account", "reset-password", "nobody"), "Không có tài khoản nobody."),
        (("account", "grant", "quantri", "overseer", "1-2-3"), "Không có địa bàn nào có mã 1-2-3."),
        (("account", "grant", "quantri", "king", "79"), "king"),
        (("account", "grant", "quantri", "province_admin", "{commune}"), "không có ở cấp"),
        (("account", "grant", "quantri", "commune_admin", "{commune}"), "đã có vai trò này"),
        (("account", "grant", "quantri", "overseer", "79", "--until", "1.1.2030"), "Nhập ngày theo dạng"),
        (("account", "grant", "quantri", "overseer", "79", "--until", "01/01/2020"), "từ hôm nay trở đi"),
        (("holidays", "set", "06/07/2026", "working", "Làm bù"), "vốn là ngày làm việc"),
        (("holidays", "remove", "06/07/2026"), "không có trong lịch nghỉ"),
        (("holidays", "load", "1800"), "Chưa có lịch nghỉ"),
    ],
)
def test_refusals_are_sentences(run: Database, words: tuple[str, ...], sentence: str) -> None:
    create(run)
    answer = danban(*(word.format(commune=commune_code(run)) for word in words))
    assert answer.exit_code != 0
    assert sentence in answer.output
    assert "Traceback" not in answer.output


def test_a_login_is_taken_once(run: Database) -> None:
    create(run)
    assert "đã có người dùng" in create(run).output


def test_days_off(run: Database) -> None:
    assert "ngày vào lịch năm 2026" in danban("holidays", "load", "2026").output
    assert "Đã thêm 0 ngày" in danban("holidays", "load", "2026").output
    days = {row["day"]: row["kind"] for row in json.loads(danban("holidays", "list", "2026", "--json").output)}
    assert days["2026-02-17"] == "off"
    assert danban("holidays", "set", "05/07/2026", "working", "Làm bù").exit_code == 0
    assert "05/07/2026  làm bù" in danban("holidays", "list", "2026").output
    assert danban("holidays", "remove", "05/07/2026").exit_code == 0
    assert "05/07/2026" not in danban("holidays", "list", "2026").output
