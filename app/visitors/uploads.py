"""Files of people without an account: told apart by content, washed in a process of their own, refused in words."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass

from app.core.errors import Refusal, TooMany
from app.core.schema import ROOT
from app.lib.filetypes import JPEG, PDF, PNG, WEBP, FileType, sniff
from app.lib.i18n import N_

LARGEST = 10_000_000
SECONDS = 25
AT_ONCE = 2
_REFUSED = 3
_WORDS = {
    "empty": N_("Tệp trống. Mời chọn tệp khác."),
    "too_heavy": N_("Tệp nặng quá. Tối đa 10 MB."),
    "no_image": N_("Tệp này không phải ảnh JPEG, PNG hay WebP. Mời chụp lại hoặc chọn ảnh khác."),
    "no_pdf": N_("Tệp này không phải PDF. Mời chọn tệp khác."),
    "unknown": N_("Chỉ nhận ảnh (JPEG, PNG, WebP) và PDF. Mời chọn tệp khác."),
    "too_large": N_("Ảnh lớn quá. Mời chụp lại với cỡ nhỏ hơn."),
    "too_long": N_("Tệp PDF dài quá. Tối đa 60 trang."),
    "locked": N_("Tệp PDF có mật khẩu nên không mở được. Mời gửi bản không có mật khẩu."),
    "active": N_("Tệp PDF gọi tới tệp khác. Vì an toàn, tệp này không được nhận."),
    "broken": N_("Tệp bị hỏng nên không mở được. Mời chọn tệp khác."),
}
_washing = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that holds nothing but what can be seen."""

    data: bytes
    kind: FileType


def clean_upload(data: bytes, *, field: str | None = None) -> CleanFile:
    """An image or PDF, whichever it is by its content. Raises ``Refusal`` with a sentence, at the field named."""
    kind = sniff(data)
    if kind == PDF:
        return clean_pdf(data, field=field)
    if data and kind not in (JPEG, PNG, WEBP):
        raise Refusal(_WORDS["unknown"], field=field)
    return clean_image(data, field=field)


def clean_image(data: bytes, *, field: str | None = None) -> CleanFile:
    """A picture written anew as JPEG: upright, at most 1280 px a side, without place, camera, or anything hidden.

    Raises ``Refusal`` with a sentence, at the field named.
    """
    return CleanFile(_washed("image", data, field), JPEG)


def clean_pdf(data: bytes, *, field: str | None = None) -> CleanFile:
    """The pages of a PDF as they look; scripts, forms, embedded files, links and metadata are left out.

    Raises ``Refusal`` with a sentence, at the field named.
    """
    return CleanFile(_washed("pdf", data, field), PDF)


def _washed(kind: str, data: bytes, field: str | None) -> bytes:
    if not data or len(data) > LARGEST:
        raise Refusal(_WORDS["too_heavy" if data else "empty"], field=field)
    if not _washing.acquire(timeout=SECONDS):
        raise TooMany(N_("Đang có nhiều tệp được gửi cùng lúc. Mời đợi một phút rồi gửi lại."))
    try:
        reason, clean = _in_a_process(kind, data)
    finally:
        _washing.release()
    if reason:
        raise Refusal(_WORDS[reason], field=field)
    return clean


def _in_a_process(kind: str, data: bytes) -> tuple[str, bytes]:
    """The reason for not taking the file, or what is clean of it. The process knows no secret of ours."""
    command = [sys.executable, "-m", "app.lib.washing", kind]
    surroundings = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        ended = subprocess.run(  # noqa: S603 - only our own words are in the command
            command, input=data, capture_output=True, timeout=SECONDS, cwd=ROOT, env=surroundings, check=False
        )
    except subprocess.TimeoutExpired:
        return "broken", b""
    reason = ended.stderr.decode("ascii", "replace")
    if ended.returncode == 0:
        return "", ended.stdout
    return (reason if ended.returncode == _REFUSED and reason in _WORDS else "broken"), b""
