"""Where a rule stands: article, clause and point of a text, written as Vietnamese documents write it."""

from dataclasses import dataclass

from app.lib.i18n import N_

# What the service asks for although no text does.
HOUSE = N_("Quy tắc của hệ thống; pháp luật không quy định")


@dataclass(frozen=True)
class Citation:
    """One place in one text: an article, a range of articles up to ``until``, or the whole text."""

    document: str
    article: int | None = None
    clause: int | None = None
    point: str = ""
    until: int | None = None

    def __str__(self) -> str:
        return f"{self.place} {self.document}".strip()

    @property
    def place(self) -> str:
        """ "điểm b khoản 1 Điều 19", without the text it stands in."""
        if self.article is None:
            return ""
        if self.until is not None:
            return f"các điều từ {self.article} đến {self.until}"
        point = f"điểm {self.point} " if self.point else ""
        clause = f"khoản {self.clause} " if self.clause else ""
        return f"{point}{clause}Điều {self.article}"


def law(
    article: int | None = None, clause: int | None = None, point: str = "", *, until: int | None = None
) -> Citation:
    """A place in the Law on grassroots democracy."""
    return Citation("Luật số 10/2022/QH15", article, clause, point, until)


def decree59(article: int, clause: int | None = None, *, until: int | None = None) -> Citation:
    """A place in the decree that details the Law."""
    return Citation("Nghị định số 59/2023/NĐ-CP", article, clause, until=until)


def decree61(article: int | None = None) -> Citation:
    """A place in the decree on hương ước, quy ước."""
    return Citation("Nghị định số 61/2023/NĐ-CP", article)


def cite(*places: Citation) -> str:
    """Several places in one line, each text named once after its places."""
    by_document: dict[str, list[str]] = {}
    for place in places:
        by_document.setdefault(place.document, []).append(place.place)
    return "; ".join(f"{', '.join(found)} {document}".strip() for document, found in by_document.items())
