"""PDF: only its pages go into a new file, as they look; scripts, forms, links, embedded files and metadata stay out."""

import io
from typing import Any

import pikepdf
from pikepdf import Name

from app.lib.washing import Unclean
from app.lib.washing.jpeg import without_metadata

MOST_PAGES = 60
MOST_OBJECTS = 30_000
# What a page needs in order to look as it does.
OF_PAGES = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/UserUnit", "/Group"}
)
# Never part of how a page looks.
ACTIVE = frozenset(
    {"/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/AF", "/Metadata", "/PieceInfo", "/LastModified", "/OPI"}
    | {"/Alternates", "/Thumb", "/StructParent", "/StructParents"}
)
# The content of a stream standing in a file elsewhere.
ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms"})


def wash(data: bytes) -> bytes:
    """The pages alone. Raises ``Unclean`` for what is locked, damaged, or far longer than an attachment."""
    if not data.startswith(b"%PDF-"):
        raise Unclean("no_pdf")
    try:
        with pikepdf.open(io.BytesIO(data)) as source:
            if source.is_encrypted:
                raise Unclean("locked")
            if not 1 <= len(source.pages) <= MOST_PAGES or len(source.objects) > MOST_OBJECTS:
                raise Unclean("too_long")
            return _pages_alone(source)
    except pikepdf.PasswordError as fault:
        raise Unclean("locked") from fault
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, pikepdf.DeletedObjectError) as fault:
        raise Unclean("broken") from fault
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, RecursionError) as fault:
        raise Unclean("broken") from fault


def _pages_alone(source: pikepdf.Pdf) -> bytes:
    # What was filled in or drawn over a page becomes part of the page.
    source.generate_appearance_streams()
    source.flatten_annotations("screen")
    with pikepdf.Pdf.new() as clean:
        for page in source.pages:
            clean.pages.append(page)
            own = clean.pages[-1].obj
            for key in [key for key in own.keys() if key not in OF_PAGES]:  # noqa: SIM118 - iterating gives pairs
                del own[key]
        for one in clean.objects:
            _strip(one)
        clean.remove_unreferenced_resources()
        out = io.BytesIO()
        clean.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _strip(top: Any) -> None:
    waiting = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Stream):
            _strip_stream(one)
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key in [key for key in one.keys() if key in ACTIVE]:  # noqa: SIM118 - iterating gives pairs
                del one[key]
            waiting += [value for value in one.values() if _is_direct_container(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _is_direct_container(value)]


def _strip_stream(stream: Any) -> None:
    if any(key in stream for key in ELSEWHERE):
        raise Unclean("active")
    if stream.get("/Subtype") == Name.Form and "/Ref" in stream:
        raise Unclean("active")
    filters = stream.get("/Filter")
    if filters == Name.DCTDecode or (isinstance(filters, pikepdf.Array) and list(filters) == [Name.DCTDecode]):
        parms = stream.get("/DecodeParms")
        stream.write(without_metadata(stream.read_raw_bytes()), filter=Name.DCTDecode, decode_parms=parms)


def _is_direct_container(value: Any) -> bool:
    """Containers that stand inside others; those with a number of their own are visited by it."""
    held = isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)
    return held and not value.is_indirect
