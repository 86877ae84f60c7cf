"""The corners of WordprocessingML that python-docx leaves to its user."""

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

_SCRIPTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")


def set_font(style: Any, font: str, size: float) -> None:
    """One font for every script, and Vietnamese as the language of the text."""
    style.font.name, style.font.size = font, Pt(size)
    _fill_run_properties(style.element.get_or_add_rPr(), font, size)


def set_defaults(styles: Any, font: str, size: float) -> None:
    """The same for text without a style, where some readers look first."""
    _fill_run_properties(styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"), font, size)


def _fill_run_properties(properties: Any, font: str, size: float) -> None:
    fonts = properties.find(qn("w:rFonts"))
    for theme in _THEMES:
        fonts.attrib.pop(qn(theme), None)
    for script in _SCRIPTS:
        fonts.set(qn(script), font)
    for name in ("w:sz", "w:szCs", "w:lang"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    half_points = str(round(size * 2))
    properties.append(_element("w:sz", {"w:val": half_points}))
    properties.append(_element("w:szCs", {"w:val": half_points}))
    properties.append(_element("w:lang", {"w:val": "vi-VN", "w:eastAsia": "vi-VN", "w:bidi": "ar-SA"}))


def plain_style(style: Any, font: str, size: float) -> None:
    """A heading style as official papers want it: black, bold, upright, no line below."""
    set_font(style, font, size)
    style.font.bold, style.font.italic, style.font.color.rgb = True, False, RGBColor(0, 0, 0)
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    # The linked character style would bring the template's blue back.
    for link in style.element.findall(qn("w:link")):
        style.element.remove(link)
    run = style.element.get_or_add_rPr()
    for name in ("w:spacing", "w:kern"):
        for found in run.findall(qn(name)):
            run.remove(found)


def space(paragraph: Paragraph, *, before: float, after: float, keep: bool = False) -> None:
    """Space around in points, single lines, and whether it stays with the next paragraph."""
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing, form.keep_with_next = 1.0, keep


def flat(paragraph: Paragraph, height: float) -> None:
    """An empty paragraph as a gap of `height` points: WordprocessingML wants one after every table."""
    space(paragraph, before=0, after=0)
    paragraph.paragraph_format.line_spacing = Pt(height)


def rule(paragraph: Paragraph, width: float, length: float, *, after: float = 4) -> None:
    """A centred rule of `length` mm in a column of `width` mm: the lower border of a flat, indented paragraph."""
    space(paragraph, before=0, after=after)
    side = Mm((width - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.line_spacing = Pt(3)
    border = _element("w:pBdr", {})
    border.append(_element("w:bottom", {"w:val": "single", "w:sz": "6", "w:space": "0", "w:color": "000000"}))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def page_number(paragraph: Paragraph, size: float) -> None:
    """The number of the page as a field."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
        else:
            code = _element("w:instrText", {"xml:space": "preserve"})
            code.text = text
            run._r.append(code)


def fix_widths(table: Table, widths: Sequence[float]) -> None:
    """Widths of the columns in mm, which no word processor may change by itself."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            if len(set(map(id, row.cells))) == len(widths):
                cell.width = Mm(width)


def repeat_heading(row: _Row) -> None:
    """Show this row again at the top of every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", {}))


def keep_rows(table: Table, least: float, *, together: bool = False) -> None:
    """No row is torn by a page; `least` mm high each; `together` keeps all rows on one page."""
    for index, row in enumerate(table.rows):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))
        if least:
            row.height, row.height_rule = Mm(least), WD_ROW_HEIGHT_RULE.AT_LEAST
        if together and index < len(table.rows) - 1:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True


def describe(picture: InlineShape, text: str) -> None:
    """What a picture shows, for those who cannot see it."""
    picture._inline.docPr.set("descr", text)


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
