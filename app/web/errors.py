"""Every refusal and fault becomes a page with a sentence and a way on; a 500 is always a bug."""

import json
import logging
import traceback
from typing import Any

from flask import Flask, Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app.core.errors import Refusal, TooMany
from app.web.access import SignInNeeded
from app.web.templating import say

log = logging.getLogger("danban")
# Faults whose words name modules, functions and variables, and no value.
OF_THE_PROGRAM = (AttributeError, ImportError, NameError, TemplateError)
PAGES = {400, 403, 404, 409, 413, 429, 500}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(SignInNeeded, sign_in)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, plain)
    app.register_error_handler(Exception, fault)


def surface() -> str:
    return "staff" if request.path.startswith("/staff") else "resident"


def page(status: int, message: str | None = None) -> Any:
    if request.path.startswith("/api/"):
        told = json.dumps({"error": {"message": message or _of_address(status)}}, ensure_ascii=False)
        return Response(told, content_type="application/json; charset=utf-8"), status
    g.error_page = True
    template = status if status in PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{template}.html", surface=surface(), message=message), status


def _of_address(status: int) -> str:
    """What a program is told that came to an address of the interface in vain."""
    if status == 405:
        sentence = _("Địa chỉ này không nhận phương thức %(method)s.", method=request.method)
    elif status == 404:
        sentence = _("Không tìm thấy trang này")
    elif status >= 500:
        sentence = _("Lỗi này là của hệ thống, không phải của Ông/Bà. Lỗi đã được ghi lại để xử lý.")
    else:
        sentence = _("Chưa gửi được")
    return str(sentence)


def refused(refusal: Refusal) -> Any:
    answer, status = page(409 if refusal.status == 422 else refusal.status, say(refusal))
    if isinstance(refusal, TooMany):
        return answer, status, {"Retry-After": str(refusal.retry_after)}
    return answer, status


def sign_in(_refusal: SignInNeeded) -> Any:
    back = request.path if request.method == "GET" else None
    return redirect(url_for("identity.sign_in", next=back), 303)


def stale_form(_refusal: CSRFError) -> Any:
    return page(400, _("Trang này mở đã quá lâu nên chưa gửi được. Mời Ông/Bà quay lại, tải lại trang và gửi lại."))


def plain(fault: HTTPException) -> Any:
    if fault.code is not None and fault.code < 400:
        return fault
    answer, status = page(fault.code or 500)
    methods = fault.valid_methods if isinstance(fault, MethodNotAllowed) else None
    return answer, status, {"Allow": ", ".join(sorted(methods))} if methods else {}


def fault(error: Exception) -> Any:
    note(error)
    return page(500)


def note(error: BaseException) -> None:
    """Write a fault down. The path is named by its route: an address may hold a secret."""
    rule = request.url_rule.rule if request.url_rule else "?"
    log.error("unexpected fault in %s %s\n%s", request.method, rule, told(error))


def told(error: BaseException) -> str:
    """What kind of fault it was and where it arose.

    Its words are left out, as they may repeat a choice, a code or a name, unless they name parts of the program alone.
    """
    whence = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [told(whence)] if whence is not None else []
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    kind += f": {error}" if isinstance(error, OF_THE_PROGRAM) else ""
    places = "".join(traceback.format_tb(error.__traceback__))
    return "\n".join([*before, f"Traceback (most recent call last):\n{places}{kind}"])
