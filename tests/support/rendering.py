"""Templates without the application: the same Jinja settings, stand-ins for what the web floor provides."""

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from babel.support import NullTranslations
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.core.schema import ROOT
from app.web import assets

COMPONENTS = ("ballot", "consultation", "form", "icons", "result", "turnout", "ui")


def url_for(endpoint: str, **values: Any) -> str:
    """An address that shows what was asked for."""
    return f"/{endpoint}" + "".join(f"/{value}" for value in values.values())


@cache
def environment(path: str = "/", classes: str = "text-100", language: str = "vi") -> Environment:
    """Jinja as the web floor sets it up, for a request to ``path``."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations = NullTranslations()
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translations.ugettext, translations.ungettext, newstyle=True
    )
    env.globals.update(
        url_for=url_for,
        asset=lambda name: f"/assets/0/{name}",
        inline_css=assets.inline_css,
        display_classes=lambda: classes,
        language=lambda: language,
        here=lambda: path,
        csrf_token=lambda: "token",
        request=SimpleNamespace(path=path),
        get_flashed_messages=lambda with_categories: [],
    )
    return env


def html(source: str, env: Environment | None = None, /, **values: Any) -> str:
    """The text of a piece of template; every component is there under its file's name."""
    return _compiled(env or environment(), source).render(**values)


@cache
def _compiled(env: Environment, source: str) -> Template:
    imports = "".join('{% import "components/' + name + '.html" as ' + name + " %}" for name in COMPONENTS)
    return env.from_string(imports + source)


def soup(source: str, env: Environment | None = None, /, **values: Any) -> BeautifulSoup:
    """The tree of a piece of template."""
    return BeautifulSoup(html(source, env, **values), "html.parser")


def one(tree: Tag, selector: str) -> Tag:
    """The first element that a selector finds; a test fails where there is none."""
    found = tree.select_one(selector)
    assert found is not None, f"nothing matches {selector}"
    return found


def page(name: str, env: Environment | None = None, /, **values: Any) -> BeautifulSoup:
    """The tree of a whole page."""
    return BeautifulSoup((env or environment()).get_template(name).render(**values), "html.parser")


def filled(form_class: type[Form], data: Mapping[str, Any]) -> Form:
    """A form as it comes back from a browser, already checked."""
    form = form_class(MultiDict(data))
    form.validate()
    return form
