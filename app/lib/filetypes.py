"""What a file is, by its content: the name and the type that a browser sends are only claims.

Only types that are safe to hand on as attachments are known; everything else is refused by not being known.
"""

import io
import unicodedata
import zipfile
from dataclasses import dataclass

READING = "reading"
AUDIO = "audio"


@dataclass(frozen=True)
class FileType:
    """A known type: its media type, the ending its name must have, its name for people, and its family."""

    media_type: str
    ending: str
    name: str
    family: str


PDF = FileType("application/pdf", "pdf", "PDF", READING)
DOCX = FileType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Word (DOCX)", READING
)
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel (XLSX)", READING)
PNG = FileType("image/png", "png", "PNG", READING)
JPEG = FileType("image/jpeg", "jpg", "JPEG", READING)
WEBP = FileType("image/webp", "webp", "WebP", READING)
MP3 = FileType("audio/mpeg", "mp3", "MP3", AUDIO)
M4A = FileType("audio/mp4", "m4a", "M4A", AUDIO)
OGG = FileType("audio/ogg", "ogg", "OGG", AUDIO)
KNOWN = (PDF, DOCX, XLSX, PNG, JPEG, WEBP, MP3, M4A, OGG)

_M4A_BRANDS = frozenset({b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2"})
_MANY_PARTS = 5000
_LONGEST_NAME = 120


def sniff(data: bytes) -> FileType | None:
    """The type of the bytes, or None for what is not known (a program, a page, an office file with macros)."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return _sound(data)


def _sound(data: bytes) -> FileType | None:
    if data.startswith(b"OggS"):
        return OGG
    if data[4:8] == b"ftyp" and data[8:12] in _M4A_BRANDS:
        return M4A
    return MP3 if data.startswith(b"ID3") or _mpeg_frame(data) else None


def _mpeg_frame(data: bytes) -> bool:
    """Whether a frame of MPEG audio layer III begins here: sync, layer, and neither rate is a reserved one."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        return False
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    return version != 1 and layer == 1 and data[2] >> 4 != 15 and data[2] >> 2 & 3 != 3


def _office(data: bytes) -> FileType | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()[:_MANY_PARTS]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def safe_name(claimed: str, kind: FileType) -> str:
    """A name fit to be shown and offered for saving: no folder, no control or direction mark, the true ending."""
    base = claimed.replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c)[0] != "C")
    stem, dot, _ending = base.rpartition(".")
    stem = " ".join((stem if dot else base).split()).strip(". ")[:_LONGEST_NAME]
    return f"{stem or 'tai-lieu'}.{kind.ending}"


def readable_size(size: int) -> str:
    """The size in words of a file list: "840 kB", "2,4 MB"."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size // 1000} kB"
    tenths = size * 10 // 1_000_000
    return f"{tenths // 10},{tenths % 10} MB"
