"""Staff pages of this slice: signing in, one's own account, others' accounts."""

from flask import Flask

from app.identity.views_staff import accounts, own


def register(app: Flask) -> None:
    app.register_blueprint(own.bp)
    app.register_blueprint(accounts.bp)
