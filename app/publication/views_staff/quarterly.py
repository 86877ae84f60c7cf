"""The list of what was made public in a quarter: on the page, as a workbook, as an official paper (Law Đ14)."""

from typing import Any

from flask import Response, request

from app.areas.models import Area
from app.areas.queries import commune_in_scope
from app.core import clock
from app.lib.filetypes import PDF, XLSX
from app.publication import papers
from app.publication.queries.staff import published_in
from app.publication.rules.quarters import Quarter, parse_quarter, quarter_of
from app.publication.views_staff.common import VIEW, bp, page
from app.web import current
from app.web.access import require
from app.web.files import saved


@bp.get("/danh-muc/<code>")
@require(VIEW, load=commune_in_scope)
def quarter_list(commune: Area) -> Any:
    """What was made public in a quarter, where and when."""
    quarter = _quarter()
    rows = papers.rows_of(published_in(current.session(), commune, quarter))
    return page("quarter", commune=commune, quarter=quarter, rows=rows, this=quarter_of(clock.today()))


@bp.get("/danh-muc/<code>/tai.xlsx")
@require(VIEW, load=commune_in_scope)
def quarter_workbook(commune: Area) -> Response:
    """The list as a workbook."""
    quarter = _quarter()
    rows = papers.rows_of(published_in(current.session(), commune, quarter))
    return saved(papers.workbook(papers.place_of(commune), quarter, rows), XLSX.media_type, f"cong-khai-{quarter}.xlsx")


@bp.get("/danh-muc/<code>/tai.pdf")
@require(VIEW, load=commune_in_scope)
def quarter_paper(commune: Area) -> Response:
    """The list as an official paper."""
    quarter = _quarter()
    rows = papers.rows_of(published_in(current.session(), commune, quarter))
    data = papers.paper(papers.place_of(commune), quarter, rows, clock.today())
    return saved(data, PDF.media_type, f"cong-khai-{quarter}.pdf")


def _quarter() -> Quarter:
    return parse_quarter(request.args.get("quy", "")) or quarter_of(clock.today())
