"""Commands about consultations."""

import json
from pathlib import Path

import click

from app.consultations.importing import read
from app.consultations.rules.markers import LEAD, label
from app.consultations.rules.pieces import SplitPiece, rank
from app.consultations.rules.splitting import split
from app.core.errors import Refusal
from app.core.uploads import MOST_BYTES
from app.lib.i18n import N_

_SHOWN = 100


@click.group("consultation")
def group() -> None:
    """Consultations: look at a draft before it is posted."""


@group.command("split")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the pieces as JSON.")
def split_command(file: Path, as_json: bool) -> None:
    """Cut a draft (DOCX, Markdown, TXT, PDF with text) into Phần, Chương, Mục, Điều, Khoản, Điểm; store nothing.

    With --json: a list of {"level", "number", "anchor", "heading", "text"} in the order of the text; level is part,
    chapter, section, article, clause or point; each piece has its own words only, not those of the pieces below it.
    What stands before the first and after the last of them (preamble, signature, addressees) is left out. Without
    --json: an outline of everything.
    """
    if file.stat().st_size > MOST_BYTES:
        raise Refusal(N_("Tệp lớn hơn 10 MB. Giảm dung lượng rồi gửi lại."))
    pieces = split(read(file.read_bytes(), file.name))
    click.echo(_json(pieces) if as_json else "\n".join(map(_line, pieces)))


def _json(pieces: list[SplitPiece]) -> str:
    names = ("level", "number", "anchor", "heading", "text")
    found = [{name: getattr(piece, name) for name in names} for piece in pieces if piece.level != LEAD]
    return json.dumps(found, ensure_ascii=False, indent=1)


def _line(piece: SplitPiece) -> str:
    indent = "  " * max(0, min(rank(piece.level, piece.number), 7) - 3)
    words = " ".join(f"{piece.heading} {piece.text}".split())
    shown = words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
    return f"{indent}{label(piece.level, piece.number) or '…'} {shown}  #{piece.anchor}"
