"""Reading a draft: its page, its articles, what others say; nothing hidden on any, small, the same for everybody."""

import gzip
from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation, ConsultationChange, ConsultationFile, Piece
from app.consultations.queries import comments
from app.core import clock
from app.web.assets import bundle
from app.web.pagecache import PageCache
from tests.support.cast import make_account, make_area
from tests.support.commenting import TEXT, at, fields, item_of, make_comment, say, words
from tests.support.consultations import make_consultation, make_version
from tests.support.pages import PageClient

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
FIRST_VISIT = 15_000
SCRIPTS = ("resident.js", "comment.js")


@pytest.fixture
def commune(session: Session) -> Area:
    found = make_area(session).parent
    assert found is not None
    return found


@pytest.fixture
def consultation(session: Session, commune: Area) -> Consultation:
    made = make_consultation(session, commune, moderation="after", articles=5)
    session.commit()
    return made


def test_the_page_says_what_until_when_and_leads_to_every_article(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    for n in range(12):
        make_comment(session, consultation, article_anchor="dieu-5", text=f"Ý {n}")
    make_comment(session, consultation, article_anchor="", stance="agree", text="", weight=4)
    session.commit()
    page = client.get(at(consultation))
    text = words(page)
    assert "còn 19 ngày" in text and "Mỗi hộ giữ sạch vỉa hè trước nhà." in text
    assert "Góp ý Điều 5 (12)" in text and "Góp ý Điều 1 (0)" in text and "Bà con góp ý" in text
    assert "Đã có 16 lượt người góp ý" in text and "4 người đồng ý toàn bộ dự thảo" in text and "Mọi người dân" in text
    soup = BeautifulSoup(page.text, "html.parser")
    links = [a["href"] for a in soup.select("main .rows a")]
    assert all(at(consultation, f"dieu-{n}") in links for n in range(1, 6))
    assert soup.find("meta", property="og:title")["content"] == consultation.title  # type: ignore[index]
    assert "Lấy ý kiến" in soup.find("meta", property="og:description")["content"]  # type: ignore[index]


def test_one_article_at_a_time_with_the_ones_before_and_after(client: PageClient, consultation: Consultation) -> None:
    page = client.get(at(consultation, "dieu-2"))
    soup, text = BeautifulSoup(page.text, "html.parser"), words(page)
    assert "Khoản 2 của Điều 2" in text and "Khoản 1 của Điều 3" not in text
    assert soup.find(id="dieu-2-khoan-2") is not None
    around = {a["rel"][0]: a["href"] for a in soup.select("a[rel]")}
    assert around == {"prev": at(consultation, "dieu-1"), "next": at(consultation, "dieu-3")}
    first, last = client.get(at(consultation, "dieu-1")).text, client.get(at(consultation, "dieu-5")).text
    assert 'rel="prev"' not in first and 'rel="next"' not in last


def test_an_anchor_of_a_clause_leads_to_its_article(client: PageClient, consultation: Consultation) -> None:
    answer = client.get(at(consultation, "dieu-2-khoan-1"))
    assert (answer.status_code, answer.location) == (302, at(consultation, "dieu-2") + "#dieu-2-khoan-1")


def test_parts_and_the_words_before_all_articles_are_there(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    from app.consultations.models import DraftVersion

    version = session.query(DraftVersion).one()
    more = [("lead", "", "mo-dau", "Căn cứ Luật số 10."), ("chapter", "II", "chuong-2", "")]
    for place, (level, no, anchor, text) in enumerate(more, start=900):
        session.add(Piece(version_id=version.id, position=place, level=level, number=no, anchor=anchor, text=text))
    session.commit()
    text = words(client.get(at(consultation)))
    assert "Căn cứ Luật số 10." in text and "Chương II" in text
    assert client.get(at(consultation, "chuong-2")).location == at(consultation) + "#chuong-2"


def test_an_article_that_a_correction_removed_keeps_its_comments(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    make_comment(session, consultation, article_anchor="dieu-5", text="Giữ Điều 5.")
    make_version(session, consultation, articles=2)
    session.commit()
    page = client.get(at(consultation, "dieu-5"))
    assert "không còn trong bản đính chính" in words(page) and "Giữ Điều 5." in words(page)
    assert "Điều 5" not in words(client.get(at(consultation)))


def test_changes_and_files_are_public_and_the_plan_is_not(
    client: PageClient, app: Flask, session: Session, consultation: Consultation
) -> None:
    by, now = make_account(session).id, clock.now()
    storage = app.extensions["danban"].storage
    files = {
        kind: ConsultationFile(
            consultation_id=consultation.id, kind=kind, title=f"Tệp {kind}", filename="a.pdf", size=3, sha256="0" * 64,
            media_type="application/pdf", storage_key=storage.put("consultations", b"abc"), uploaded_by=by,
            uploaded_at=now,
        )
        for kind in ("reading", "plan", "adopted", "draft")
    }  # fmt: skip
    change = ConsultationChange(
        consultation_id=consultation.id, kind="extended", reason="Nhiều người chưa đọc.", by=by, at=now,
        old_closes_at=now, new_closes_at=now + timedelta(days=9),
    )  # fmt: skip
    session.add_all([*files.values(), change])
    session.commit()
    text = words(client.get(at(consultation)))
    assert "Tệp reading" in text and "Nhiều người chưa đọc." in text
    assert not any(f"Tệp {kind}" in text for kind in ("plan", "adopted", "draft"))
    found = {kind: client.get(at(consultation, "tai-lieu", str(file.id))).status_code for kind, file in files.items()}
    assert found == {"reading": 200, "plan": 404, "adopted": 404, "draft": 404}


# ------------------------------------------------------------------------------------------------ what others say


def test_pages_of_opinions_go_back_one_by_one(client: PageClient, session: Session, consultation: Consultation) -> None:
    for n in range(25):
        make_comment(session, consultation, text=f"Ý kiến số {n:02}.")
    session.commit()
    seen: list[str] = []
    path: str | None = at(consultation, "dieu-1")
    while path:
        soup = BeautifulSoup(client.get(path.split("#")[0]).text, "html.parser")
        seen += [item.find_all("p")[1].get_text() for item in soup.select("main .inset")]
        following = soup.select_one("#y-kien ~ p a[rel=next]")
        path = str(following["href"]) if following else None
    assert seen == [f"Ý kiến số {n:02}." for n in reversed(range(25))]


def test_a_long_opinion_has_a_page_of_its_own(client: PageClient, session: Session, consultation: Consultation) -> None:
    made = make_comment(session, consultation, text=f"{'Dài lắm. ' * 400}Hết.")
    session.commit()
    page = client.get(at(consultation, "dieu-1"))
    assert "Hết." not in words(page) and "Đọc cả ý kiến này" in words(page)
    whole = client.get(at(consultation, "y-kien", str(made.id)))
    assert "Hết." in words(whole)
    made.visible, made.shown_text = False, None
    session.commit()
    assert client.get(at(consultation, "y-kien", str(made.id))).status_code == 404


def test_an_opinion_is_on_no_other_draft(client: PageClient, session: Session, consultation: Consultation) -> None:
    made = make_comment(session, make_consultation(session, consultation.area), text="Của dự thảo khác.")
    session.commit()
    assert client.get(at(consultation, "y-kien", str(made.id))).status_code == 404
    assert "Của dự thảo khác." not in words(client.get(at(consultation, "dieu-1")))


def test_nothing_hidden_is_on_any_page(client: PageClient, session: Session, consultation: Consultation) -> None:
    secret = {"name": "Người Giấu Tên", "text": "Chữ bị ẩn 0912345678", "code": "ZZZZ9999", "phone": b"0987"}
    hidden = make_comment(session, consultation, naming="staff", visible=False, **secret)
    covered = secret | {"code": "YYYY8888", "text": "Gọi 0912345678 nhé"}
    shown = make_comment(session, consultation, naming="staff", shown_text="Gọi [đã che] nhé", **covered)
    session.commit()
    paths = [at(consultation), *(at(consultation, anchor) for anchor in ("dieu-1", "chung"))]
    paths += [at(consultation, "dieu-1", f"truoc/{shown.id + 5}"), at(consultation, "y-kien", str(shown.id))]
    paths += [at(consultation, "y-kien", str(hidden.id))]
    for path in paths:
        text = client.get(path).text
        for piece in ("Người Giấu", "Chữ bị ẩn", "0912", "ZZZZ", "YYYY", "0987"):
            assert piece not in text, (path, piece)
    assert "Gọi [đã che] nhé" in words(client.get(at(consultation, "dieu-1")))


def test_whatever_people_write_stays_text(client: PageClient, session: Session, commune: Area) -> None:
    made = make_consultation(session, commune, title=HOSTILE, summary=HOSTILE, organiser=HOSTILE, moderation="after")
    say(session, made, text=HOSTILE, naming="shown", name="<b>Hoa</b>")
    session.commit()
    for path in (at(made), at(made, "dieu-1"), at(made, "chung")):
        page = client.get(path)
        soup = BeautifulSoup(page.text, "html.parser")
        assert not soup.select("main script, main img, main b b") and "{{7*7}}" in words(page)


def test_each_opinion_can_be_reported_where_somebody_may_look(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    made = say(session, consultation)
    session.commit()
    page = client.get(at(consultation, "dieu-1"))
    assert f"/bao-cao/comment/{item_of(session, made).id}" in page.text


# ------------------------------------------------------------------------------------------------ small and quick


def weight(client: PageClient, path: str) -> int:
    return len(client.get(path, headers={"Accept-Encoding": "gzip"}, check=False).data)


def test_the_first_visit_is_small(client: PageClient, session: Session, consultation: Consultation) -> None:
    for n in range(30):
        make_comment(session, consultation, text=f"{n} {TEXT * 9}", naming="shown", name="A", shown_name="Lê Văn Ba")
    session.commit()
    scripts = sum(len(gzip.compress(bundle(name).encode())) for name in SCRIPTS)
    for path in (at(consultation), at(consultation, "dieu-1"), at(consultation, "chung")):
        assert weight(client, path) + scripts <= FIRST_VISIT, path
    assert len(client.get(at(consultation, "dieu-1")).data) <= 30_000
    assert len(bundle("comment.js").encode()) <= 3_000


def test_a_page_asks_as_much_of_many_as_of_few(
    client: PageClient, session: Session, consultation: Consultation
) -> None:
    asked: list[str] = []
    engine = session.get_bind().engine

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    numbers = []
    for more in (1, 40):
        for n in range(more):
            make_comment(session, consultation, text=f"Ý {more} {n}")
        session.commit()
        asked.clear()
        assert client.get(at(consultation, "dieu-1"), check=False).status_code == 200
        numbers.append(len([one for one in asked if one.startswith("SELECT")]))
    event.remove(engine, "before_cursor_execute", note)
    assert numbers[0] == numbers[1] <= 12


def test_a_page_of_many_is_read_from_an_index(session: Session, consultation: Consultation) -> None:
    from sqlalchemy import text

    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("asks SQLite for its plan")
    plan = session.execute(
        text(
            "EXPLAIN QUERY PLAN SELECT id FROM comment WHERE consultation_id = 1 AND article_anchor = 'dieu-1'"
            " AND shown_text <> '' AND id < 9 ORDER BY id DESC LIMIT 11"
        )
    )
    [step] = [row[-1] for row in plan]
    assert "ix_comment_shown" in step


def test_kept_pages_give_everybody_a_form_of_their_own(
    app: Flask, session: Session, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = app.extensions["danban"]
    settings = replace(services.settings, page_cache_seconds=60.0)
    monkeypatch.setitem(app.extensions, "danban", replace(services, settings=settings, page_cache=PageCache(60.0)))
    one, other = app.test_client(), app.test_client()
    pages = [client.get(at(consultation)) for client in (one, other, one)]
    tokens = [fields(page)["token"] for page in pages]
    marks = [fields(page)["client_uuid"] for page in pages]
    assert len(set(tokens)) == len(set(marks)) == 3
    bare = [p.text.replace(t, "").replace(m, "") for p, t, m in zip(pages, tokens, marks, strict=True)]
    assert len(set(bare)) == 1
    packed = other.get(at(consultation), headers={"Accept-Encoding": "gzip"}, check=False)
    assert "Đồng ý toàn bộ dự thảo" in gzip.decompress(packed.data).decode()
    assert one.get_cookie("device").value != other.get_cookie("device").value  # type: ignore[union-attr]
    make_comment(session, consultation, article_anchor="", stance="agree", text="")
    session.commit()
    assert "Chưa có ý kiến" in words(one.get(at(consultation)))


def test_reading_an_article_leaves_nothing_in_the_phone(client: PageClient, consultation: Consultation) -> None:
    answer = client.get(at(consultation, "dieu-1"))
    assert "Set-Cookie" not in answer.headers


def test_looking_changes_nothing(client: PageClient, session: Session, consultation: Consultation) -> None:
    for _ in range(3):
        for anchor in ("", "dieu-1", "chung"):
            assert client.get(at(consultation, anchor)).status_code == 200
    assert comments.counts(session, consultation.id) == {}
