"""Documents as DOCX bytes, for offices that finish a text in a word processor.

The layout is that of `pdf`: Times New Roman, heading, margins and page numbers of Decree 30/2020/NĐ-CP. The
same document always gives the same bytes.
"""

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from app.documents import docx_xml as xml
from app.documents import qr
from app.documents.blocks import (
    Align,
    Bar,
    Block,
    Code,
    Document,
    Facts,
    OfficialHeading,
    Paragraph,
    Recipients,
    Run,
    Section,
    Signatures,
    Table,
    Title,
)
from app.documents.pdf import bar_picture

TEXT_WIDTH = 165  # mm between the margins
_FONT = "Times New Roman"
_LEFT_COLUMN = 66
_SIGNATURE_LEFT = 88
_ALIGNS = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT, "justify": ALIGN.JUSTIFY}
# A zip holds a time for every file; one fixed time keeps equal documents equal.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the library wants a time without zone; it says nothing


def render_document(document: Document) -> bytes:
    """The DOCX of a document made of blocks."""
    file = _empty(document)
    _heading(file, document.heading)
    for block in document.blocks:
        _draw(file, block, document.size)
    return _bytes(file)


def _empty(document: Document) -> Docx:
    """A blank A4 document: styles, margins, page number from the second page on, footer on all."""
    file = docx.Document()
    core = file.core_properties
    core.title, core.author, core.comments, core.language = document.title[:255], "", "", "vi-VN"
    core.created = core.modified = _MADE
    xml.set_defaults(file.styles, _FONT, document.size)
    xml.set_font(file.styles["Normal"], _FONT, document.size)
    for name in ("Title", "Heading 1"):
        xml.plain_style(file.styles[name], _FONT, document.size)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    xml.page_number(number, 13)
    for footer in (section.footer, section.first_page_footer):
        _small(footer.paragraphs[0], document.footer)
    return file


def _small(paragraph: DocxParagraph, text: str) -> None:
    paragraph.alignment = ALIGN.CENTER
    paragraph.add_run(text).font.size = Pt(9)


def _heading(file: Docx, heading: OfficialHeading) -> None:
    table = file.add_table(rows=1, cols=2)
    xml.fix_widths(table, (_LEFT_COLUMN, TEXT_WIDTH - _LEFT_COLUMN))
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], heading.authority, 13)
    _line(left.add_paragraph(), heading.issuer, 13, bold=True)
    xml.rule(left.add_paragraph(), _LEFT_COLUMN, 18)
    if heading.number:
        _line(left.add_paragraph(), heading.number, 13)
    _line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    _line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
    xml.rule(right.add_paragraph(), TEXT_WIDTH - _LEFT_COLUMN, 62)
    _line(right.add_paragraph(), heading.place_and_date, 13, italic=True)


def _line(paragraph: DocxParagraph, text: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """One centred line without space around it."""
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _draw(file: Docx, block: Block, size: float) -> None:
    if isinstance(block, Title):
        _title(file, block, size)
    elif isinstance(block, Table):
        _table(file, block)
    elif isinstance(block, Bar):
        _bar(file, block)
    elif isinstance(block, Signatures):
        _signatures(file, block)
    elif isinstance(block, Code):
        _code(file, block)
    else:
        _text(file, block)


def _text(file: Docx, block: Section | Paragraph | Facts | Recipients) -> None:
    if isinstance(block, Section):
        paragraph = file.add_paragraph(block.text, style="Heading 1")
        xml.space(paragraph, before=12, after=6, keep=True)
    elif isinstance(block, Paragraph):
        _running(file, block)
    elif isinstance(block, Facts):
        for label, value in block.rows:
            _running(file, Paragraph(runs=(Run(f"- {label}: "), Run(value, bold=True)), align="left", keep=True))
    else:
        _recipients(file, block)


def _title(file: Docx, block: Title, size: float) -> None:
    name = file.add_paragraph(style="Title")
    name.alignment = ALIGN.CENTER
    name.add_run(block.name).font.size = Pt(size + 1)
    xml.space(name, before=18, after=4, keep=True)
    subject = file.add_paragraph()
    _line(subject, block.subject, size, bold=True)
    xml.space(subject, before=0, after=0, keep=True)
    xml.rule(file.add_paragraph(), TEXT_WIDTH, 32, after=12)


def _running(file: Docx, block: Paragraph) -> None:
    paragraph = file.add_paragraph()
    paragraph.alignment = _ALIGNS[block.align]
    paragraph.paragraph_format.first_line_indent = Mm(10) if block.indent else None
    xml.space(paragraph, before=0, after=6, keep=block.keep)
    for run in block.runs:
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.bold, run.italic
        if block.size:
            added.font.size = Pt(block.size)


def _table(file: Docx, block: Table) -> None:
    table = file.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    total = sum(column.width for column in block.columns)
    widths = tuple(column.width / total * TEXT_WIDTH for column in block.columns)
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        _cell(cell.paragraphs[0], column.heading, block.size, "center", bold=True)
    xml.repeat_heading(table.rows[0])
    last = len(block.rows) - block.totals
    for index, values in enumerate(block.rows):
        cells = table.add_row().cells
        if len(values) == 1 and len(cells) > 1:
            _cell(cells[0].merge(cells[-1]).paragraphs[0], values[0], block.size, "left", bold=True)
            continue
        for cell, value, column in zip(cells, values, block.columns, strict=True):
            _cell(cell.paragraphs[0], value, block.size, column.align, bold=index >= last)
    xml.fix_widths(table, widths)
    xml.keep_rows(table, block.row_mm)
    xml.flat(file.add_paragraph(), 6)


def _cell(paragraph: DocxParagraph, text: str, size: float, align: Align, *, bold: bool) -> None:
    paragraph.alignment = _ALIGNS[align]
    xml.space(paragraph, before=2, after=2)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def _bar(file: Docx, block: Bar) -> None:
    paragraph = file.add_paragraph()
    xml.space(paragraph, before=6, after=8, keep=True)
    picture = paragraph.add_run().add_picture(io.BytesIO(bar_picture(block)), width=Mm(TEXT_WIDTH))
    xml.describe(picture, block.alt)


def _code(file: Docx, block: Code) -> None:
    holder = file.add_paragraph()
    holder.alignment = ALIGN.CENTER
    xml.space(holder, before=6, after=0, keep=True)
    picture = holder.add_run().add_picture(io.BytesIO(qr.png(block.content, level="q")), width=Mm(block.side_mm))
    xml.describe(picture, block.alt)
    caption = file.add_paragraph()
    _line(caption, block.caption, 13)
    xml.space(caption, before=0, after=8)


def _signatures(file: Docx, block: Signatures) -> None:
    """Two places a row in a table without lines, whose rows stay together on one page."""
    pairs = [block.places[start : start + 2] for start in range(0, len(block.places), 2)]
    table = file.add_table(rows=len(pairs), cols=2)
    for row, pair in zip(table.rows, pairs, strict=True):
        for cell, place in zip(row.cells, pair, strict=False):
            title = cell.paragraphs[0]
            _line(title, place.title, 13, bold=True)
            title.paragraph_format.space_before = Pt(12)
            _line(cell.add_paragraph(), place.note, 13, italic=True)
            name = cell.add_paragraph()
            _line(name, place.name, 14, bold=True)
            name.paragraph_format.space_before = Mm(23)
    xml.fix_widths(table, (_SIGNATURE_LEFT, TEXT_WIDTH - _SIGNATURE_LEFT))
    xml.keep_rows(table, 0, together=True)


def _recipients(file: Docx, block: Recipients) -> None:
    head = file.add_paragraph()
    run = head.add_run("Nơi nhận:")
    run.bold, run.italic, run.font.size = True, True, Pt(12)
    xml.space(head, before=12, after=0, keep=True)
    for index, text in enumerate(block.lines):
        line = file.add_paragraph()
        line.add_run(f"- {text}").font.size = Pt(11)
        xml.space(line, before=0, after=0, keep=index < len(block.lines) - 1)


def _bytes(file: Docx) -> bytes:
    saved, fixed = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return fixed.getvalue()
