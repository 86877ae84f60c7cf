"""Files made of opinions and answers: DOCX, PDF and XLSX, with nothing in them that others may not read."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flask import Response, send_file
from sqlalchemy.orm import Session

from app.consultations.documents import papers, workbooks
from app.consultations.documents.facts import TableFacts
from app.consultations.queries.exports import opinion_facts, table_facts
from app.consultations.queries.loading import in_scope
from app.consultations.views_answers import bp
from app.consultations.views_answers.common import Found
from app.consultations.views_answers.inbox import VIEW
from app.core import clock
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.lib.filetypes import DOCX, PDF, XLSX, FileType
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.files import saved

PAPERS: dict[str, tuple[FileType, Callable[[TableFacts], bytes]]] = {
    "bang-tiep-thu.docx": (DOCX, papers.table_docx),
    "bang-tiep-thu.pdf": (PDF, papers.table_pdf),
    "bao-cao.docx": (DOCX, papers.report_docx),
    "bao-cao.pdf": (PDF, papers.report_pdf),
}
BOOKS = ("bang-tiep-thu.xlsx", "y-kien.xlsx")


@dataclass(frozen=True)
class Export(Found):
    """A file wanted of a consultation."""

    name: str


def found_export(session: Session, actor: Actor, consultation_id: int, export_name: str) -> Export | None:
    """A consultation inside the asker's scope and the file wanted of it."""
    consultation = in_scope(session, actor, consultation_id)
    known = export_name in PAPERS or export_name in BOOKS
    return Export(consultation, export_name) if consultation and known else None


@bp.get("/tep/<export_name>")
@require(VIEW, load=found_export)
def export(wanted: Export) -> Response:
    """A file made now: papers as they stand, opinions as others may read them."""
    consultation, session = wanted.consultation, current.session()
    if consultation.opened_at is None:
        raise WrongMoment(N_("Dự thảo chưa lấy ý kiến nên chưa có gì để tải về."))
    name = f"{wanted.name.rsplit('.', 1)[0]}-{consultation.public_id}.{wanted.name.rsplit('.', 1)[1]}"
    facts = table_facts(session, consultation, clock.today())
    if wanted.name in PAPERS:
        kind, draw = PAPERS[wanted.name]
        return saved(draw(facts), kind.media_type, name)
    return send_file(_book(wanted, facts), mimetype=XLSX.media_type, as_attachment=True, download_name=name)


def _book(wanted: Export, facts: TableFacts) -> BinaryIO:
    """The workbook in a file without a name, gone once it was sent; never whole in memory."""
    opinions = opinion_facts(current.session(), wanted.consultation)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tep.xlsx")
        if wanted.name == "y-kien.xlsx":
            workbooks.opinions_xlsx(str(path), facts.title, opinions)
        else:
            workbooks.table_xlsx(str(path), facts, opinions)
        # Open it and take its name away: it lives as long as it is read.
        return path.open("rb")
