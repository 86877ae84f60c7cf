"""Templates compile, and every address they build is one that the application serves."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import Environment, TemplateError, nodes

from tests.architecture.checks import ROOT


def test_there_are_templates_and_all_compile(app: Flask) -> None:
    names = app.jinja_env.list_templates()
    assert set(names) >= {str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html")}
    assert broken(app.jinja_env) == []


def test_addresses_name_endpoints_and_their_values(app: Flask) -> None:
    assert list(dead_addresses(app)) == []


def broken(environment: Environment) -> list[str]:
    found = []
    for name in environment.list_templates():
        try:
            environment.get_template(name)
        except TemplateError as fault:
            found.append(f"{name}: {fault}")
    return found


def dead_addresses(app: Flask) -> Iterator[str]:
    """``url_for('endpoint', …)`` in templates, against the URL map."""
    for name in app.jinja_env.list_templates():
        source, _path, _fresh = app.jinja_env.loader.get_source(app.jinja_env, name)  # type: ignore[union-attr]
        for call in app.jinja_env.parse(source).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "url_for" and call.args:
                fault = dead_address(app, call)
                if fault:
                    yield f"{name}:{call.lineno}: {fault}"


def dead_address(app: Flask, call: nodes.Call) -> str | None:
    endpoint = call.args[0]
    if not isinstance(endpoint, nodes.Const) or endpoint.value.startswith("."):
        return None
    rules = list(app.url_map.iter_rules(endpoint.value)) if endpoint.value in app.view_functions else []
    if not rules:
        return f"no endpoint {endpoint.value}"
    given = {keyword.key for keyword in call.kwargs}
    open_ended = call.dyn_kwargs is not None
    if open_ended or any(rule.arguments - set(rule.defaults or {}) <= given for rule in rules):
        return None
    return f"{endpoint.value} needs {sorted(rules[0].arguments)}"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("{{ url_for('poll', code='x') }}", 0),
        ("{{ url_for('poll', **values) }}", 0),
        ("{{ url_for(endpoint) }}", 0),
        ("{{ url_for('poll') }}", 1),
        ("{{ url_for('polls', code='x') }}", 1),
    ],
)
def test_dead_addresses_would_be_found(line: str, count: int) -> None:
    app = Flask("small", static_folder=None)
    app.add_url_rule("/p/<code>", "poll", lambda code: code)
    [call] = app.jinja_env.parse(line).find_all(nodes.Call)
    assert len([fault for fault in [dead_address(app, call)] if fault]) == count


@pytest.mark.parametrize("source", ["{% if %}", "{{ x|no_such_filter }}", "{% include %}"])
def test_a_broken_template_would_be_found(source: str) -> None:
    from jinja2 import DictLoader

    assert len(broken(Environment(loader=DictLoader({"x.html": source}), autoescape=True))) == 1
