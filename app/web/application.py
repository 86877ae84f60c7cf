"""The application class: access is checked, then one request is one transaction, committed here and nowhere else."""

from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue

from app.core.errors import NotFound
from app.lib.i18n import N_
from app.web import current
from app.web.access import access_of


class Application(Flask):
    """Flask with the house rules of access and transactions."""

    def dispatch_request(self) -> ResponseReturnValue:
        rule = request.url_rule
        if rule is not None and rule.endpoint != "static" and access_of(self, rule.endpoint) is None:
            raise NotFound(N_("Không tìm thấy trang này."))
        answer = super().dispatch_request()
        # The answer leaves only after the commit: nobody is shown a receipt that may still be lost.
        current.commit()
        return answer

    def handle_user_exception(self, e: Exception) -> Any:
        current.rollback()
        return super().handle_user_exception(e)
