"""Residents without an account: their device, signed forms, limits that survive one shared Wi-Fi, clean uploads."""

from flask import Flask

from app.visitors import device, forms


def init_app(app: Flask) -> None:
    """Let templates write the guard of a form, and answers carry the cookie of a new device."""
    app.jinja_env.globals.update(form_token=forms.form_token, client_uuid=forms.client_uuid)
    app.after_request(device.remember)
