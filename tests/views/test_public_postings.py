"""What everybody reads of what was made public, on this site, in a feed and inside other sites."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.core.uploads import Upload
from app.lib.calendar import format_date
from app.publication.models import Posting
from app.publication.operations import drafts
from app.publication.operations.posting import post, post_from
from app.web.pagecache import PageCache
from tests.support.cast import make_actor, make_area, make_commune, make_poll
from tests.support.pages import PageClient, under
from tests.support.polls import PDF
from tests.support.publication import make_place, make_posting

ATOM = "{http://www.w3.org/2005/Atom}"
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(1)> & ]]>'


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


def in_days(days: int) -> str:
    return format_date(clock.today() + timedelta(days=days))


def cards(page: str) -> list[str]:
    return [one.get_text(strip=True) for one in BeautifulSoup(page, "html.parser").select(".card h3")]


def test_a_place_s_list_is_searched_with_and_without_marks(client: PageClient, session: Session, commune: Area) -> None:
    area = make_area(session, commune, name="khu phố 6")
    make_posting(session, area, title="Đề án sửa đường", head=8)
    make_posting(session, commune, title="Dự toán ngân sách", days=-1)
    session.commit()
    page = client.get(f"/cong-khai/{area.code}")
    assert cards(page.text) == ["Đề án sửa đường", "Dự toán ngân sách"]
    assert f"Phường Thới Hòa. Niêm yết đến ngày {in_days(29)}" in page.text
    for words in ("đề án", "de an", "DE AN"):
        assert cards(client.get(f"/cong-khai/{area.code}", query_string={"q": words}).text) == ["Đề án sửa đường"]
    assert cards(client.get(f"/cong-khai/{area.code}?khoan=8").text) == ["Đề án sửa đường"]
    empty = client.get(f"/cong-khai/{area.code}?q=khong+co").text
    assert "Không tìm thấy nội dung nào." in empty
    assert "Chưa có nội dung nào." in client.get(f"/cong-khai/{make_empty(session)}").text


def make_empty(session: Session) -> str:
    code = make_area(session).code
    session.commit()
    return code


def test_pages_follow_each_other(client: PageClient, session: Session, commune: Area) -> None:
    for number in range(21):
        make_posting(session, commune, title=f"Thông báo {number:02}", days=-number)
    session.commit()
    assert len(cards(client.get(f"/cong-khai/{commune.code}?q=thong+bao").text)) == 20
    assert cards(client.get(f"/cong-khai/{commune.code}?q=thong+bao&page=2").text) == ["Thông báo 20"]


@pytest.mark.parametrize(
    "path",
    [
        "/cong-khai/79", "/cong-khai/1-2-3", "/nhung/79", "/cong-khai/79/feed.xml", "/cong-khai/79/noi-dung",
        "/niem-yet/nothing", "/niem-yet/nothing/tep/1",
    ],
)  # fmt: skip
def test_what_is_not_there(client: PageClient, commune: Area, path: str) -> None:
    assert client.get(path).status_code == 404


def test_one_posting_with_its_file_and_where_it_hangs(
    app: Flask, client: PageClient, session: Session, commune: Area
) -> None:
    officer = make_actor(session, Role.COMMUNE_OFFICER, commune)
    storage = app.extensions["danban"].storage
    posting = drafts.create(session, officer, commune, head=2, title="Dự toán", number="12/QĐ-UBND", text="Một.\nHai.")
    file = drafts.attach(session, officer, posting, storage, title="Quyết định", upload=Upload("qd.pdf", PDF))
    path = f"/niem-yet/{posting.public_id}"
    session.commit()
    assert client.get(path).status_code == client.get(f"{path}/tep/{file.id}").status_code == 404
    post(session, officer, posting, permanent=False, until=clock.today() + timedelta(days=45))
    make_place(session, posting, officer, detail="Bảng tin trụ sở")
    make_place(session, posting, officer, detail="Bảng tin khu phố", area_id=make_area(session, commune).id)
    session.commit()
    page = client.get(path).text
    assert f"Niêm yết đến ngày {in_days(45)}." in page and "<p>Hai.</p>" in page
    assert "Quyết định (PDF," in under(page, "Văn bản")
    assert "Niêm yết: Bảng tin trụ sở, từ ngày" in " ".join(under(page, "Thông tin niêm yết").split())
    assert officer.name not in page
    answer = client.get(f"{path}/tep/{file.id}")
    assert answer.data == PDF and answer.headers["Content-Disposition"].startswith("attachment")


def test_of_what_was_withdrawn_only_the_reason_is_left(
    app: Flask, client: PageClient, session: Session, commune: Area
) -> None:
    officer = make_actor(session, Role.COMMUNE_OFFICER, commune)
    posting = make_posting(session, commune, status="draft", text="Số liệu sai.")
    storage = app.extensions["danban"].storage
    file = drafts.attach(session, officer, posting, storage, title="Quyết định", upload=Upload("qd.pdf", PDF))
    posting.status, posting.since, posting.until = "withdrawn", clock.today(), clock.today()
    posting.withdraw_reason = "Ghi nhầm số tiền ở bảng 2."
    session.commit()
    page = client.get(f"/niem-yet/{posting.public_id}").text
    assert "Ghi nhầm số tiền ở bảng 2." in page and "Số liệu sai." not in page and "Quyết định" not in page
    assert client.get(f"/niem-yet/{posting.public_id}/tep/{file.id}").status_code == 404
    assert "Số liệu sai." not in client.get(f"/cong-khai/{commune.code}/feed.xml").text


def test_what_has_ended_says_so(client: PageClient, session: Session, commune: Area) -> None:
    posting = make_posting(session, commune, days=-40)
    session.commit()
    assert "Đã hết hạn niêm yết" in client.get(f"/niem-yet/{posting.public_id}").text
    assert "Hết hạn niêm yết" in client.get(f"/cong-khai/{commune.code}").text


def test_a_posting_made_of_a_poll_leads_there(client: PageClient, session: Session, commune: Area) -> None:
    area = make_area(session, commune)
    poll = make_poll(session, area, status="opened")
    officer = make_actor(session, Role.COMMUNE_OFFICER, commune)
    posting = post_from(session, officer, area, head=14, title="Kết quả", source=f"poll:{poll.public_id}")
    other = post_from(session, officer, area, head=14, title="Khác", source="rumour:abc")
    session.commit()
    assert f'href="/bieu-quyet/{poll.public_id}"' in client.get(f"/niem-yet/{posting.public_id}").text
    assert "Xem toàn bộ nội dung" not in client.get(f"/niem-yet/{other.public_id}").text


def test_the_catalogue_names_all_fourteen(client: PageClient, session: Session, commune: Area) -> None:
    make_posting(session, commune)
    session.commit()
    soup = BeautifulSoup(client.get(f"/cong-khai/{commune.code}/noi-dung").text, "html.parser")
    lines = [line.get_text(" ", strip=True) for line in soup.select("main li")]
    assert len(lines) == 14 and lines[1].startswith("2. Ngân sách") and "1 nội dung, mới nhất ngày" in lines[1]
    assert "Chưa có nội dung nào." in lines[0]


# -------------------------------------------------------------------------------------------------- feed


def feed_of(client: PageClient, area: Area) -> ElementTree.Element:
    answer = client.get(f"/cong-khai/{area.code}/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    return ElementTree.fromstring(answer.data)  # noqa: S314 - made by the program under test


def test_the_feed_has_what_atom_asks_for(app: Flask, client: PageClient, session: Session, commune: Area) -> None:
    posting = make_posting(session, commune, text="x " * 400)
    withdrawn = make_posting(session, commune, status="withdrawn", title="Nhầm")
    session.commit()
    feed = feed_of(client, commune)
    base = app.extensions["danban"].settings.base_url
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id", ""))
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 3
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Ủy ban nhân dân phường Thới Hòa"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{base}/cong-khai/{commune.code}/feed.xml"
    entries = {entry.findtext(f"{ATOM}title"): entry for entry in feed.findall(f"{ATOM}entry")}
    entry = entries[posting.title]
    assert entry.find(f"{ATOM}link").get("href") == f"{base}/niem-yet/{posting.public_id}"  # type: ignore[union-attr]
    assert len(entry.findtext(f"{ATOM}summary", "")) <= 301
    assert entries[f"Đã rút: {withdrawn.title}"].findtext(f"{ATOM}summary") == withdrawn.withdraw_reason
    assert [element.text for element in feed_of(client, commune).iter(f"{ATOM}id")] == ids


def test_the_feed_moves_when_something_changes_and_names_nobody(
    client: PageClient, session: Session, commune: Area
) -> None:
    empty = feed_of(client, commune)
    assert empty.findtext(f"{ATOM}updated") == "2025-06-30T17:00:00Z"
    officer = make_actor(session, Role.COMMUNE_OFFICER, commune, full_name="Nguyễn Thị Lan")
    posting = make_posting(session, commune, created_by=officer.account_id, changed_at=clock.now())
    make_place(session, posting, officer)
    make_posting(session, commune, status="draft", title="Bản nháp")
    session.commit()
    text = client.get(f"/cong-khai/{commune.code}/feed.xml").text
    assert "Nguyễn Thị Lan" not in text and "Bản nháp" not in text
    assert feed_of(client, commune).findtext(f"{ATOM}updated", "") > "2025-06-30T17:00:00Z"


# ------------------------------------------------------------------------------------- inside other sites


def test_only_the_block_may_be_framed_and_nothing_else_of_it_is_loosened(
    client: PageClient, session: Session, commune: Area
) -> None:
    make_posting(session, commune)
    session.commit()
    headers = client.get(f"/nhung/{commune.code}").headers
    assert "X-Frame-Options" not in headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'", "style-src": "'self'", "base-uri": "'none'", "form-action": "'none'",
        "frame-ancestors": "*",
    }  # fmt: skip
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "public, max-age=300" and "Set-Cookie" not in headers
    other = client.get(f"/cong-khai/{commune.code}").headers
    assert other["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_a_block_that_is_not_there_is_a_page_like_others(client: PageClient, commune: Area) -> None:
    headers = client.get("/nhung/1-2").headers
    assert headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_the_block_kept_in_the_cache_may_be_framed_too(
    app: Flask, client: PageClient, session: Session, commune: Area
) -> None:
    session.commit()
    app.extensions["danban"] = replace(app.extensions["danban"], page_cache=PageCache(5))
    for _ in range(2):
        headers = client.get(f"/nhung/{commune.code}").headers
        assert "X-Frame-Options" not in headers and "frame-ancestors *" in headers["Content-Security-Policy"]


def test_the_block_is_small_and_has_no_script_no_form_and_opens_whole_pages(
    client: PageClient, session: Session, commune: Area
) -> None:
    for number in range(12):
        make_posting(session, commune, title=f"Thông báo {number} " + "dài " * 20)
    make_posting(session, commune, days=-40, title="Đã hết hạn")
    make_posting(session, commune, status="withdrawn", title="Đã rút")
    session.commit()
    answer = client.get(f"/nhung/{commune.code}")
    assert len(answer.data) < 6_000
    soup = BeautifulSoup(answer.text, "html.parser")
    assert not soup.find_all(["script", "form", "input", "img", "iframe"])
    assert len(soup.select("li")) == 8 and "Đã hết hạn" not in answer.text and "Đã rút" not in answer.text
    for link in soup.find_all("a"):
        assert link["target"] == "_blank" and "noopener" in link["rel"]


def test_a_title_is_never_markup(client: PageClient, session: Session, commune: Area) -> None:
    posting = make_posting(session, commune, title=EVIL, text=EVIL, number=EVIL)
    make_place(session, posting, make_actor(session, Role.COMMUNE_OFFICER, commune), detail=EVIL)
    session.commit()
    pages = (f"/cong-khai/{commune.code}", f"/niem-yet/{posting.public_id}", f"/nhung/{commune.code}",
             f"/dia-ban/{commune.code}", f"/cong-khai/{commune.code}?q=%3Cscript%3Ealert(2)%3C/script%3E")  # fmt: skip
    for page in pages:
        text = client.get(page).text
        assert "<script>alert" not in text and "<img" not in text, page
        assert "&lt;script&gt;alert" in text, page
    entry = feed_of(client, commune).find(f"{ATOM}entry")
    assert entry is not None and entry.findtext(f"{ATOM}title") == EVIL and len(entry) == 7


# ----------------------------------------------------------------------------------------------- first page


def test_a_place_s_first_page_shows_what_hangs_there(client: PageClient, session: Session, commune: Area) -> None:
    area = make_area(session, commune)
    for number in range(6):
        make_posting(session, commune, title=f"Thông báo {number}", days=-number)
    make_posting(session, area, title="Đã hết hạn", days=-40)
    session.commit()
    block = under(client.get(f"/dia-ban/{area.code}").text, "Thông báo, niêm yết")
    assert "Thông báo 0" in block and f"Niêm yết đến ngày {in_days(30)}" in block
    assert "Thông báo 5" not in block and "Đã hết hạn" not in block and "Xem tất cả nội dung đã công khai" in block


def test_a_commune_s_first_page_always_leads_to_what_was_posted(
    client: PageClient, session: Session, commune: Area
) -> None:
    session.commit()
    page = client.get(f"/dia-ban/{commune.code}").text
    assert "Chưa có thông báo nào." in under(page, "Thông báo, niêm yết")
    assert f'href="/cong-khai/{commune.code}"' in page


def test_kinds_of_postings_have_their_words(client: PageClient, session: Session, commune: Area) -> None:
    posting: Posting = make_posting(session, commune, permanent=True, head=4)
    session.commit()
    page = client.get(f"/niem-yet/{posting.public_id}").text
    assert f"Niêm yết thường xuyên, từ ngày {in_days(0)}." in page
