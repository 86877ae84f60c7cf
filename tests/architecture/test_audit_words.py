"""Whatever is written to the record can be read by people: every action, detail and subject has words."""

import ast
import re
from collections.abc import Iterator

from app.audit import words
from tests.architecture.checks import texts

ACTION = re.compile(
    r"(areas|audit|consultations|holidays|households|identity|moderation|notifications|polls|publication)\.[a-z_]+\.[a-z_]+"
)
# Functions that write to the record; ``done`` and its like put the name of their slice in front.
WRITERS = {"record", "done", "_note"}
OWN_KEYWORDS = {"subject", "path"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for name, text in texts("app", suffixes=[".py"]):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _name(node) in WRITERS and not name.endswith("audit/operations.py"):
                yield name, node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def actions() -> set[str]:
    """Every text that looks like an action, and those that ``done`` completes."""
    found = set()
    for name, text in texts("app", suffixes=[".py"]):
        if name != "app/audit/words.py" and not name.endswith("/record_words.py"):
            constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
            found |= {value for value in constants if isinstance(value, str) and ACTION.fullmatch(value)}
    for name, call in calls():
        for given in call.args:
            value = given.value if isinstance(given, ast.Constant) else None
            if isinstance(value, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", value):
                found.add(f"{name.split('/')[1]}.{value}")
    return found


def test_every_action_has_words() -> None:
    found = actions()
    assert len(found) > 40
    assert sorted(found - set(words.ACTIONS)) == []


def test_every_detail_has_words() -> None:
    keywords = {keyword.arg for _name, call in calls() for keyword in call.keywords if keyword.arg}
    assert sorted(keywords - OWN_KEYWORDS - set(words.DETAILS)) == []


def test_every_subject_has_words() -> None:
    kinds = {
        keyword.value.elts[0].value
        for _name, call in calls()
        for keyword in call.keywords
        if keyword.arg == "subject"
        and isinstance(keyword.value, ast.Tuple)
        and isinstance(keyword.value.elts[0], ast.Constant)
    }
    assert {"account", "poll"} <= kinds
    assert sorted(str(kind) for kind in kinds - set(words.SUBJECTS)) == []
