"""A tiny form for visitors, and nothing more: what every slice does with ``check_form`` and ``allow``."""

from typing import Any

from flask import Blueprint, Flask, redirect, render_template_string, request

from app.core.errors import WrongMoment
from app.visitors.forms import check_form
from app.visitors.limits import allow
from app.web.access import public

PAGE = """{% extends "layouts/resident.html" %}{% from "components/form.html" import form_tag %}
{% from "components/visitors.html" import guard %}{% block title %}x{% endblock %}{% block content %}<h1>x</h1>
{% call form_tag(none, "/thu-gui") %}{{ guard("comment:X") }}
<label for="text">x</label><input id="text" name="text"><button class="btn">x</button>{% endcall %}{% endblock %}"""


def register(app: Flask) -> list[Any]:
    """Add the form at /thu-gui; the verdicts of what was taken are appended to the list given back."""
    bp, taken = Blueprint("visitor_probe", __name__), []

    @bp.get("/thu-gui")
    @public
    def show() -> Any:
        return render_template_string(PAGE)

    @bp.post("/thu-gui")
    @public
    def send() -> Any:
        try:
            verdict = check_form("comment:X", request.form)
        except WrongMoment:
            return render_template_string(PAGE), 409
        allow("comment")
        if not request.form.get("text"):
            return render_template_string(PAGE), 422
        if not verdict.repeated:
            taken.append(verdict)
        return redirect("/", 303)

    app.register_blueprint(bp)
    return taken
