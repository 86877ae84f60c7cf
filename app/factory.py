"""Assembles the application: floors first, then the slices in order. The only module that knows every slice."""

import importlib

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from app.core.db import Database
from app.core.schema import ROOT, load_models
from app.core.tokens import Keyring
from app.gateways.messages import channels_of
from app.gateways.storage import FileStorage, Storage
from app.web import addresses, current, errors, headers, i18n, navigation, templating, views
from app.web.application import Application
from app.web.current import Services
from app.web.pagecache import PageCache

SLICES = (
    *("audit", "jobs", "areas", "holidays", "identity", "visitors", "notifications", "households"),
    *("moderation", "publication", "feedback", "payments", "polls", "consultations", "home"),
)


def create_app(settings: Settings, *, storage: Storage | None = None) -> Flask:
    """An application ready to serve; touches no database until the first request."""
    load_models()
    app = Application("app", template_folder=str(ROOT / "templates"), static_folder=None)
    services = Services(
        settings=settings,
        database=Database(settings.database_url, pool_size=settings.pool_size),
        keyring=Keyring(settings.secret_key),
        ballot_keys=Keyring(settings.ballot_key),
        storage=storage or FileStorage(settings.storage_dir),
        channels=channels_of(settings),
        page_cache=PageCache(settings.page_cache_seconds),
    )
    app.extensions["danban"] = services
    _configure(app, services)
    for floor in (addresses, headers, templating, i18n, errors, navigation):
        floor.init_app(app)
    app.register_blueprint(views.bp)
    app.teardown_request(current.close)
    _protect_staff_forms(app)
    for name in SLICES:
        importlib.import_module(f"app.{name}").init_app(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, services: Services) -> None:
    settings = services.settings
    app.config.update(
        SECRET_KEY=services.keyring.key("session").hex(),
        MAX_CONTENT_LENGTH=settings.upload_mb * 1024 * 1024,
        SESSION_COOKIE_NAME="danban_staff",
        SESSION_COOKIE_PATH="/staff",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        # Our pages send no Referer, lest a slip's address travel in one. Where a POST comes from, ``headers`` asks.
        WTF_CSRF_SSL_STRICT=False,
        TESTING=settings.environment == "test",
    )


def _protect_staff_forms(app: Flask) -> None:
    """Only the staff surface has a session, so only there does a CSRF token mean something."""
    protection = CSRFProtect(app)

    @app.before_request
    def check() -> None:
        if request.path.startswith("/staff") and request.method not in current.SAFE_METHODS:
            protection.protect()
