"""The words papers share: what a vote is called, shares, the verdict, the heading of Decree 30/2020/NĐ-CP."""

from datetime import date

from app.documents.blocks import OfficialHeading
from app.documents.dates import place_and_date
from app.documents.text import breakable, clean, grouped
from app.polls.documents.facts import AreaFacts, Kind, ResultFacts, VoteFacts

# The texts every vote rests on; the clause itself comes with the facts of the vote.
LEGAL_BASES = (
    "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 ngày 10 tháng 11 năm 2022",
    "Nghị định số 59/2023/NĐ-CP ngày 14 tháng 8 năm 2023 của Chính phủ quy định chi tiết một số điều của"
    " Luật Thực hiện dân chủ ở cơ sở",
)

NOT_WRITTEN = "……………………………"


def act(vote: VoteFacts) -> str:
    """What taking part is called: *biểu quyết* binds, *lấy ý kiến* does not."""
    return "biểu quyết" if vote.kind is Kind.BINDING else "lấy ý kiến"


def take_part(vote: VoteFacts) -> str:
    """What a household does."""
    return "biểu quyết" if vote.kind is Kind.BINDING else "cho ý kiến"


def team_name(vote: VoteFacts) -> str:
    """The team by its statutory name (NĐ59 Đ5.2), or without the word that would bind."""
    return "Tổ lấy ý kiến biểu quyết trực tuyến" if vote.kind is Kind.BINDING else "Tổ lấy ý kiến trực tuyến"


def percent(part: int, whole: int) -> str:
    """Return "66,5 %" for 199 of 299: cut, not rounded, so that too few never look like enough."""
    tenths = part * 1000 // whole
    return f"{tenths // 10},{tenths % 10} %"


def figure(number: int) -> str:
    """Return "1.234"."""
    return f"{number:,}".replace(",", ".")


def subject(vote: VoteFacts) -> str:
    """Return "Về việc …", without saying it twice."""
    title = clean(vote.title)
    return title if title.casefold().startswith("về ") else f"Về việc {title[:1].lower()}{title[1:]}"


def verdict(vote: VoteFacts, result: ResultFacts) -> str:
    """Return "Được thông qua: 214/299 hộ đồng ý (71,5 %). Cần ít nhất 150 hộ (trên 50% tổng số hộ gia đình)."."""
    share = f"{figure(result.agree)}/{figure(vote.households)} hộ đồng ý"
    reached = f"{share} ({percent(result.agree, vote.households)})"
    if vote.needed is None:
        return f"Kết quả: {reached}."
    return f"{outcome(vote, result)}: {reached}. Cần ít nhất {needed(vote)}."


def outcome(vote: VoteFacts, result: ResultFacts) -> str:
    """The outcome in two or three words."""
    if vote.kind is Kind.BINDING:
        return "Được thông qua" if result.passed else "Không được thông qua"
    return "Đạt tỷ lệ cần thiết" if result.passed else "Không đạt tỷ lệ cần thiết"


def first_upper(text: str) -> str:
    """The text with its first letter large, and nothing else changed."""
    return text[:1].upper() + text[1:]


def needed(vote: VoteFacts) -> str:
    """Return "150 hộ (trên 50% tổng số hộ gia đình)"; only for a vote with a threshold."""
    threshold = clean(vote.threshold)
    return f"{figure(vote.needed or 0)} hộ" + (f" ({threshold})" if threshold else "")


def basis(vote: VoteFacts) -> str:
    """Return "Căn cứ khoản 6 Điều 15 …", without a full stop; inside a sentence *khoản* has a small letter."""
    citation = breakable(vote.citation).rstrip(".;")
    if citation.startswith("Căn cứ"):
        return citation
    return f"Căn cứ {citation.replace('Khoản', 'khoản', 1) if citation.startswith('Khoản') else citation}"


def typed_address(url: str) -> str:
    """Return an address as people type it: without the scheme, which a browser adds."""
    return clean(url).removeprefix("https://").removeprefix("http://")


def heading(area: AreaFacts, number: str, place: str, day: date | None) -> OfficialHeading:
    """The heading of a paper of the area; an empty number leaves out its line."""
    return OfficialHeading(
        authority=f"UBND {clean(area.commune).upper()}",
        issuer=clean(area.name).upper(),
        number=clean(number),
        place_and_date=place_and_date(clean(place) or clean(area.place), day),
    )


def team_people(vote: VoteFacts) -> tuple[tuple[str, str, str, str], ...]:
    """Name, body, role and telephone of the team, its head first."""
    ordered = sorted(vote.team, key=lambda member: not member.is_head)
    return tuple(
        (
            clean(member.name),
            clean(member.body),
            clean(member.role) or ("Tổ trưởng" if member.is_head else "Thành viên"),
            clean(member.phone),
        )
        for member in ordered
    )


def short_hash(fingerprint: str) -> str:
    """The first sixteen characters, in fours: enough to compare a notice with the page."""
    return grouped(fingerprint[:16], 4)
