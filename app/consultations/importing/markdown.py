"""Markdown, as far as drafts use it: headings, emphasis, lists, line breaks. Words are never dropped."""

import html
import re

from app.consultations.rules.blocks import Block

_HEADING = re.compile(r"#{1,6}\s+(.*?)(?:\s+#+)?")
_LOOKS = re.compile(r"^#{1,6}\s+\S|\*\*\S[^*\n]*\*\*", re.MULTILINE)
_RULE = re.compile(r"(?:(?:[-*_=]\s*){3,}|\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# What looks ahead does so for a few hundred signs only: a mark that never ends must not cost more than its length.
_IMAGE = re.compile(r"!\[([^\]\[\n]{0,300})\]\([^()\s]{0,500}(?:\s+\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\]\[\n]{1,300})\]\(([^()\s]{1,500})(?:\s+\"[^\"\n]{0,300}\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_STRONG = re.compile(r"(?<![\w_])__(?=[^\s_])(.{1,300}?)(?<=[^\s_])__(?![\w_])", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])")
_ITEM = re.compile(r"[*+]\s+(?=\S)")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{0,40});")
_QUOTE = re.compile(r"^\s{0,3}>\s?")
# Escaped signs wait in the private area, where nothing of the text stands, until the marks are gone.
_WAITING = 0xF100


def looks_like(text: str) -> bool:
    """Whether a text without the name of Markdown is written in it."""
    return len(_LOOKS.findall(text)) >= 2


def read(text: str) -> list[Block]:
    """One block a line; lines of one paragraph are joined to each other."""
    found: list[Block] = []
    paragraph: list[str] = []
    for raw in [*_without_comments(text).splitlines(), ""]:
        line = _QUOTE.sub("", raw).strip()
        heading = _HEADING.fullmatch(line)
        if not line or heading or _RULE.fullmatch(line):
            found += _paragraph(paragraph)
            paragraph = []
            if heading:
                found += [Block(block.text, strong=True) for block in _paragraph([heading[1]])]
        else:
            paragraph.append(line.removesuffix("\\"))
    return found


def _without_comments(text: str) -> str:
    """The text without comments; one that never ends is text."""
    first, *others = text.split("<!--")
    if not others or "-->" not in text:
        return text
    return first + "".join(other.partition("-->")[2] if "-->" in other else f"<!--{other}" for other in others)


def _paragraph(lines: list[str]) -> list[Block]:
    text = "\n".join(_ITEM.sub("- ", line) if _ITEM.match(line) else line for line in lines)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda m: chr(_WAITING + ord(m[1])), text)
    text = _LINK.sub(_linked, _IMAGE.sub(r"\1", _BREAK.sub(" ", text)))
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"**\1**", _AUTOLINK.sub(r"\1", text)))
    found = [(_plain(line), strong) for line, strong in _emphasis(text)]
    return [Block(line, strong, joined=place > 0) for place, (line, strong) in enumerate(found) if line.strip()]


def _linked(link: re.Match[str]) -> str:
    return link[1] if link[1] == link[2] else f"{link[1]} ({link[2]})"


def _emphasis(text: str) -> list[tuple[str, bool]]:
    """The lines without the marks of emphasis, and whether all of a line stood in bold."""
    if text.count("**") % 2:
        return [(_italic(line), False) for line in text.split("\n")]
    found: list[tuple[str, bool]] = []
    inside = False
    for line in text.split("\n"):
        parts, whole = line.split("**"), True
        for number, part in enumerate(parts):
            inside = not inside if number else inside
            whole = whole and (inside or not part.strip(" *"))
        found.append((_italic("".join(parts)), whole and bool(line.strip("* "))))
    return found


def _italic(line: str) -> str:
    """The line without single stars that touch a word; "5 * 3" keeps its own."""
    return re.sub(r"(?<!\*)\*(?!\*)(?=\S)|(?<=[^\s*])\*(?!\*)", "", line)


def _plain(line: str) -> str:
    line = "".join(chr(ord(c) - _WAITING) if _WAITING <= ord(c) <= _WAITING + 127 else c for c in line)
    # The number of no sign would be dropped by its reader: it stays as it is written.
    return _REFERENCE.sub(lambda found: html.unescape(found[0]) or found[0], line)
