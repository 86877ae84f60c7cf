"""Templates without the application: the same Jinja settings, stand-ins for what the web floor provides."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from babel.support import NullTranslations
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.core.schema import ROOT
from app.web import assets

COMPONENTS = ("ballot", "form", "icons", "result", "turnout", "ui")


def url_for(endpoint: str, **values: Any) -> str:
    """An address that shows what was asked for."""
    return f"/{endpoint}" + "".join(f"/{value}" for value in values.values())


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
    imports = "".join('{% import "components/' + name + '.html" as ' + name + " %}" for name in COMPONENTS)
    return (env or environment()).from_string(imports + source).render(**values)


def soup(source: str, env: Environment | None = None, /, **values: Any) -> BeautifulSoup:
    """The tree of a piece of template."""
    return BeautifulSoup(html(source, env, **values), "html.parser")


def page(name: str, env: Environment | None = None, /, **values: Any) -> BeautifulSoup:
    """The tree of a whole page."""
    return BeautifulSoup((env or environment()).get_template(name).render(**values), "html.parser")


def filled(form_class: type[Form], data: Mapping[str, Any]) -> Form:
    """A form as it comes back from a browser, already checked."""
    form = form_class(MultiDict(data))
    form.validate()
    return form
