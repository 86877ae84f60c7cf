"""``danban law``: the same rules for scripts and for people, refusals in Vietnamese with exit code 2."""

import json

import pytest
from click.testing import CliRunner

from app.polls.cli import law_command
from app.polls.rules.clauses import law_summary


def run(*arguments):
    return CliRunner().invoke(law_command, arguments)


@pytest.mark.parametrize(
    ("clause", "households", "scope"), [(1, 299, "area"), (2, 300, "commune"), (3, 7, "area"), (6, 299, "area")]
)
def test_scripts_read_the_rules_of_the_wizard(clause, households, scope):
    done = run("--clause", str(clause), "--households", str(households), "--scope", scope, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == law_summary(clause, households, scope)


def test_people_read_the_matter_the_forms_and_the_number():
    done = run("--clause", "6", "--households", "1299")
    assert done.exit_code == 0
    assert "Khoản 6 Điều 15: Các công việc tự quản khác" in done.stdout
    assert "[được] Biểu quyết trực tuyến" in done.stdout
    assert "trên 50 % tổng số hộ (ít nhất 650/1.299 hộ)" in done.stdout
    assert "Công nhận: không cần" in done.stdout
    done = run("--clause", "5", "--households", "299")
    assert "[không] Biểu quyết trực tuyến. Nội dung này phải quyết định tại cuộc họp" in done.stdout
    assert "Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã, 5 ngày làm việc" in done.stdout
    done = run("--clause", "1", "--households", "299", "--scope", "commune")
    assert "Toàn xã thông qua khi từ 2/3 số thôn, tổ dân phố" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--clause"),
        (["--clause", "6"], "--households"),
        (["--households", "299"], "--clause"),
        (["--clause", "sáu", "--households", "299"], "số nguyên"),
        (["--clause", "6", "--households", "2,5"], "số nguyên"),
        (["--clause", "7", "--households", "299"], "từ 1 đến 6"),
        (["--clause", "0", "--households", "299"], "từ 1 đến 6"),
        (["--clause", "6", "--households", "0"], "số nguyên dương"),
        (["--clause", "6", "--households", "-299"], "số nguyên dương"),
        (["--clause", "6", "--households", "299", "--scope", "commune"], "không quyết định trong toàn xã"),
        (["--clause", "1", "--households", "299", "--scope", "xã"], "Phạm vi"),
    ],
)
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_wrong_use_is_told_in_vietnamese_on_the_error_stream(arguments, says, as_json):
    done = run(*arguments, *as_json)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Lỗi: ")
    assert says in done.stderr
