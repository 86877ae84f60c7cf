"""Every check of the architecture can fail, and passes what is right."""

from collections.abc import Callable

import pytest

from tests.architecture import checks

LONG = "def f():\n" + "    x = 1\n" * 40

FAULTS: list[tuple[Callable[[str], list[str]], str, str]] = [
    (checks.too_long, "x = 1\n" * 301, "x = 1\n" * 300),
    (checks.too_long, LONG, LONG.removesuffix("    x = 1\n")),
    (checks.own_clocks, "from datetime import datetime\ndatetime.now(UTC)", "clock.now()"),
    (checks.own_clocks, "import datetime\ndatetime.datetime.utcnow()", "time.monotonic()"),
    (checks.own_clocks, "date.today()", "clock.today()"),
    (checks.commits, "session.commit()", "session.flush()"),
    (checks.commits, "current.session().commit()", "committing.commit(session)"),
    (checks.prints, "print('x')", "click.echo('x')"),
    (checks.swallowed, "try:\n    f()\nexcept Exception:\n    pass", "try:\n    f()\nexcept KeyError:\n    pass"),
    (checks.swallowed, "try:\n    f()\nexcept:\n    pass", "try:\n    f()\nexcept Exception:\n    log()"),
    (checks.imported_from_app, "from app.core import db", "from alembic import op"),
    (checks.imported_from_app, "import app.core", "import apple"),
    (checks.unescaped, "{{ title|safe }}", "{{ title|safely }}"),
    (checks.unescaped, "{% autoescape false %}", "{% autoescape true %}"),
    (checks.inline_styles, '<p style="color: red">', "<style>p { color: red }</style>"),
    (checks.inline_styles, "<a onclick='go()'>", '{% set once = "x" %} {{ m(style="x") }}'),
    (checks.unwrapped, "<p>Biểu quyết</p>", "<p>{{ _('Biểu quyết') }}</p>{# Biểu quyết #}"),
    (checks.inline_styles, '<p\nstyle="x">', '{# no style="" here #}'),
    (checks.unwrapped, "<title>Dân Bàn đây</title>", "<title>Dân Bàn</title>"),
    (checks.unwrapped, "{{ x }}\nĐóng", "{% trans %}Đóng{% endtrans %}"),
    (checks.hosts, "https://" + "pypi" + ".org/simple", "https://example.org/"),
    (checks.leftovers, "# TO" + "DO later", "# to do is not a mark"),
    (checks.leftovers, "see /work" + "/main/app", "a framework/library"),
    (checks.unhashed, "flask==3.1.3\n", "flask==3.1.3 \\\n    --hash=sha256:abc\n    # via -r x\n"),
]


@pytest.mark.parametrize(("check", "wrong", "right"), FAULTS)
def test_a_check_finds_what_is_wrong_and_passes_what_is_right(
    check: Callable[[str], list[str]], wrong: str, right: str
) -> None:
    assert len(check(wrong)) == 1
    assert check(right) == []


def test_settings_and_readme_are_compared_both_ways() -> None:
    readme = "`DANBAN_SECRET_KEY` and `DANBAN_GONE`"
    assert checks.undocumented(["secret_key", "base_url"], readme) == [
        "DANBAN_BASE_URL is not explained",
        "DANBAN_GONE does not exist",
    ]
    assert checks.undocumented(["secret_key"], "`DANBAN_SECRET_KEY`, and all of `DANBAN_*`") == []


def test_migrations_are_counted() -> None:
    assert checks.misnumbered(["0001_create.py", "0002_add.py"]) == []
    assert checks.misnumbered(["0001_create.py", "0003_add.py"]) != []
    assert checks.misnumbered(["0001_create.py", "0001_add.py"]) != []
    assert checks.misnumbered(["1_create.py"]) != []


def test_pins_are_read_with_extras_and_markers() -> None:
    lock = "psycopg[binary,pool]==3.3.9 \\\n    --hash=x\nwrapt==2.5.2 ; python_version < '3.12' \\\n"
    assert checks.pins(lock) == {"psycopg": {"3.3.9"}, "wrapt": {"2.5.2"}}
