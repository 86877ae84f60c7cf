"""A file as staff hand it over: never empty, never too large, its type told by its content."""

from dataclasses import dataclass

from app.core.errors import Refusal
from app.lib import filetypes
from app.lib.i18n import N_

MOST_BYTES = 10 * 1024 * 1024
_NOT_READABLE = N_("Chỉ nhận tệp PDF, Word (DOCX), Excel (XLSX), PNG, JPEG hoặc WebP, không có macro.")
_NOT_AUDIBLE = N_("Chỉ nhận tệp âm thanh MP3, M4A hoặc OGG.")
_REFUSED = {filetypes.READING: _NOT_READABLE, filetypes.AUDIO: _NOT_AUDIBLE}


@dataclass(frozen=True)
class Upload:
    """A file as it came: the name is a claim, and so is its ending."""

    filename: str
    data: bytes


def check_size(upload: Upload, field: str = "file") -> None:
    """Raises ``Refusal`` at ``field`` for an empty file and for one above ``MOST_BYTES``."""
    if not upload.data:
        raise Refusal(N_("Tệp trống. Chọn lại tệp."), field=field)
    if len(upload.data) > MOST_BYTES:
        raise Refusal(N_("Tệp lớn hơn 10 MB. Giảm dung lượng rồi gửi lại."), field=field)


def check_file(upload: Upload, family: str = filetypes.READING, field: str = "file") -> filetypes.FileType:
    """The type of the file; raises ``Refusal`` at ``field`` unless it may be kept as a file of the family."""
    check_size(upload, field)
    found = filetypes.sniff(upload.data)
    if found is None or found.family != family:
        raise Refusal(_REFUSED[family], field=field)
    return found
