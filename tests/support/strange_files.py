"""Files as strangers send them: with a place in them, with scripts, or made to do harm."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

SECRET = b"Ma-bi-mat-21.0285N-105.8542E"


def photo(
    size: tuple[int, int] = (1600, 1200), *, form: str = "JPEG", orientation: int = 1, mode: str = "RGB"
) -> bytes:
    """A picture, red above and blue below, with place, camera, preview and comment in its metadata."""
    picture = Image.new(mode, size, "blue")
    picture.paste(Image.new(mode, (size[0], size[1] // 2), "red"), (0, 0))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x013B] = "Nokia", orientation, SECRET.decode()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (21.0, 1.0, 42.6), "E", (105.0, 51.0, 15.1)
    out = io.BytesIO()
    more = {"comment": SECRET} if form == "JPEG" else {}
    picture.save(out, form, exif=exif, xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>", **more)
    return out.getvalue()


def paper(*, pages: int = 1, text: str = "Xin chao") -> pikepdf.Pdf:
    """A PDF with a line of text on each page."""
    pdf = pikepdf.Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(300, 200))
        page.obj.Resources = Dictionary(Font=Dictionary(F=font, AA=font))
        page.obj.Contents = Stream(pdf, f"BT /F 20 Tf 20 100 Td ({text}) Tj ET".encode())
    return pdf


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def hostile_paper() -> bytes:
    """A PDF with everything that acts, calls home, hides or tells of its author."""
    pdf = paper()
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String(SECRET.decode())))
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET.decode())))
    page.Annots = Array(
        [
            _annotation(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("http://evil.example/"))),
            _annotation(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
            _annotation(pdf, Subtype=Name.Screen, A=script, AA=Dictionary(PO=script)),
            _annotation(pdf, Subtype=Name.FileAttachment, FS=Dictionary(F=String("a.exe"))),
        ]
    )
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String(SECRET.decode()))
    pdf.attachments["a.exe"] = b"MZ" + SECRET
    pdf.docinfo["/Author"] = SECRET.decode()
    with pdf.open_metadata() as told:
        told["dc:creator"] = [SECRET.decode()]
    return saved(pdf) + b"\n<script>" + SECRET + b"</script>"


def filled_in_form() -> bytes:
    """A PDF form in which somebody wrote; what is written stands in an annotation, not on the page."""
    pdf = paper()
    look = Stream(pdf, b"BT /F 20 Tf 2 5 Td (Da dien) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 30])
    look.Resources = pdf.pages[0].obj.Resources
    field = _annotation(
        pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("ten"), V=String("Da dien"), F=4,
        AP=Dictionary(N=pdf.make_indirect(look)),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/F 20 Tf"))
    return saved(pdf)


def paper_with_a_photo() -> bytes:
    """A scan as telephones make it: the photo with its metadata lies in the PDF as it came from the camera."""
    pdf = paper()
    image = Stream(pdf, photo((400, 300)))
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 400, 300
    image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceRGB, 8, Name.DCTDecode
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(Im=pdf.make_indirect(image))
    page.Contents = Stream(pdf, b"q 300 0 0 200 0 0 cm /Im Do Q")
    return saved(pdf)


def paper_from_elsewhere() -> bytes:
    """A PDF whose content stands in another file."""
    pdf = paper()
    pdf.pages[0].obj.Contents.F = String("//evil.example/share")
    return saved(pdf)


def bomb_of_objects() -> bytes:
    """A PDF of a few kilobytes whose table of objects unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(1200)) + packer.flush()
    head = b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(packed)).encode()
    table = b"2 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 3 0 R/Length 16>>\nstream\n"
    body = head + b">>\nstream\n" + packed + b"\nendstream\nendobj\n"
    start = len(body)
    rows = b"\0\0\0\0" + b"\1\0\x09\0" + b"\1" + (start % 65536).to_bytes(2, "big") + b"\0" + b"\2\0\1\0"
    return body + table + rows + b"\nendstream\nendobj\nstartxref\n" + str(start).encode() + b"\n%%EOF"


def huge_picture(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that claims to be as large as a field."""
    import struct

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _annotation(pdf: pikepdf.Pdf, **values: object) -> pikepdf.Object:
    rect = Array([20, 20, 220, 50])
    return pdf.make_indirect(
        Dictionary({"/Type": Name.Annot, "/Rect": rect} | {f"/{name}": value for name, value in values.items()})
    )
