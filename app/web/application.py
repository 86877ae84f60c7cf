"""The application class: access is checked, then one request is one transaction, committed here and nowhere else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.lib.i18n import N_
from app.web import current, errors
from app.web.access import access_of
from app.web.headers import completing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class StaffSessions(SecureCookieSessionInterface):
    """Only the staff surface has a session; a resident's page does not even look for one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if request.path.startswith("/staff") else None


class Application(Flask):
    """Flask with the house rules of access and transactions."""

    session_interface = StaffSessions()

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        secure = self.extensions["danban"].settings.secure_cookies
        return super().wsgi_app(environ, completing(start_response, secure=secure))

    def dispatch_request(self) -> ResponseReturnValue:
        rule = request.url_rule
        if rule is not None and rule.endpoint != "static" and access_of(self, rule.endpoint) is None:
            raise NotFound(N_("Không tìm thấy trang này."))
        answer = super().dispatch_request()
        # The answer leaves only after the commit: nobody is shown a receipt that may still be lost.
        current.commit()
        return answer

    def log_exception(self, exc_info: Any) -> None:
        # A fault outside every view, as in finishing an answer: Flask would write down its address and its words.
        errors.note(exc_info[1])

    def handle_user_exception(self, e: Exception) -> Any:
        current.rollback()
        return super().handle_user_exception(e)
