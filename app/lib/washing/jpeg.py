"""Metadata of JPEG data taken out without touching the picture."""

_START, _END, _SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA
# Without a length of their own.
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
# APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe's colour transform) say how colours are meant.
_NEEDED = frozenset({0xE0, 0xE2, 0xEE})
_APPLICATION, _COMMENT = range(0xE0, 0xF0), 0xFE
_PROFILE = b"ICC_PROFILE\0"


def without_metadata(data: bytes) -> bytes:
    """The same picture without EXIF, XMP, comments, previews, or anything after its end; other data as it is."""
    if not data.startswith(_START):
        return data
    kept, at = [_START], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _SCAN:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 if marker in _BARE else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if _is_kept(marker, data[at + 4 : end]):
            kept.append(data[at:end])
        at = max(end, at + 2)
    last = data.find(_END, at)
    return b"".join([*kept, data[at : last + 2 if last >= 0 else len(data)]])


def _is_kept(marker: int, content: bytes) -> bool:
    if marker == 0xE2:
        return content.startswith(_PROFILE)
    return marker in _NEEDED or (marker not in _APPLICATION and marker != _COMMENT)
