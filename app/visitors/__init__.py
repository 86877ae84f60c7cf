"""Residents without an account: their device, signed forms, limits that survive one shared Wi-Fi, clean uploads."""

from flask import Flask

from app.visitors import asking, device, forms


def init_app(app: Flask) -> None:
    """Let templates write the guard of a form, answers carry the cookie of a new device, and forms ask for a proof."""
    app.jinja_env.globals.update(form_token=forms.form_token, client_uuid=forms.client_uuid)
    app.after_request(device.remember)
    app.register_error_handler(asking.ProofAsked, asking.page)
