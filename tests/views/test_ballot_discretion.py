"""What nobody learns from a household's pages, and what a receipt proves."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import clock
from app.polls.models import LogLeaf, RollEntry
from tests.support.ballots import HeldSlip, Voting, make_voting
from tests.support.pages import PageClient
from tests.support.voters import TEXT, choose, open_slip, send, token, words


@pytest.fixture
def voting(session: Session) -> Voting:
    return make_voting(session)


def test_nothing_of_these_pages_is_kept_or_listed(client: PageClient, voting: Voting) -> None:
    pages = [open_slip(client, voting.slips[0]), choose(client, voting.slips[0]), client.get("/phieu/kiem-tra")]
    pages.append(client.post("/phieu/gui", data={"token": token(pages[-1])}))
    pages += [client.get(pages[-1].location), open_slip(client, voting.slips[0])]
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store", page.request.path
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in page.headers or "phieu=" in page.headers["Set-Cookie"]


def test_a_preview_shows_nothing_personal(client: PageClient, voting: Voting) -> None:
    head = BeautifulSoup(open_slip(client, voting.slips[0]).text, "html.parser").head
    assert head is not None
    shown = str(head)
    for personal in ("Nguyễn", "001", voting.slips[0].secret, voting.slips[0].code):
        assert personal not in shown
    assert head.find("meta", attrs={"property": "og:title"}) is not None


def _steps(client: PageClient, voting: Voting, slip: HeldSlip, choice: str, other: str, encoding: str) -> list[int]:
    """The number of bytes of every answer on one household's road."""
    headers = {"Accept-Encoding": encoding}
    bad = {"secret": slip.secret, "choice": choice, "other": "x" * 501 if other else ""}
    answers = [
        client.post("/phieu", data={"secret": slip.secret, "choice": choice, "other": other}, headers=headers),
        client.get("/phieu/kiem-tra", headers=headers),
        client.get("/phieu", headers=headers),
    ]
    page = answers[1].data if encoding != "gzip" else gzip.decompress(answers[1].data)
    found = re.search(rb'name="token" value="(\w+)"', page)
    assert found is not None
    if other:
        assert client.post("/phieu", data=bad).status_code == 422
    answers.append(client.post("/phieu/gui", data={"token": found[1].decode()}, headers=headers))
    answers.append(client.get(answers[-1].location, headers=headers))
    cookies = [len(answer.headers.get("Set-Cookie", "")) for answer in answers]
    return [*(len(answer.data) for answer in answers), *cookies]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_no_answer_is_longer_for_one_choice_than_for_another(
    client: PageClient, session: Session, encoding: str
) -> None:
    chosen = [("1", ""), ("2", ""), ("3", ""), ("3", TEXT), ("3", "ế" * 500), ("3", '"&<' * 166)]
    voting = make_voting(session, len(chosen))
    # The households differ in nothing but their choice.
    session.execute(update(RollEntry).values(representative="Nguyễn Văn An"))
    session.commit()
    client.check = lambda response: None  # type: ignore[method-assign]
    lengths = [
        _steps(client, voting, slip, choice, other, encoding)
        for slip, (choice, other) in zip(voting.slips, chosen, strict=True)
    ]
    # Receipts and tokens compress differently: random letters of one alphabet, a few bytes.
    for column in zip(*lengths, strict=True):
        assert max(column) - min(column) <= (16 if encoding == "gzip" else 0), lengths


def test_a_compressed_page_is_the_page(client: PageClient, voting: Voting) -> None:
    choose(client, voting.slips[0], "3", TEXT)
    plain = client.get("/phieu/kiem-tra").text
    packed = client.get("/phieu/kiem-tra", headers={"Accept-Encoding": "gzip"}, check=False)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data).decode() == plain


def test_the_first_visit_is_small(client: PageClient, voting: Voting) -> None:
    page = client.get(f"/v/{voting.slips[0].secret}", headers={"Accept-Encoding": "gzip"}, check=False)
    assert len(page.data) < 9_000


def test_a_receipt_is_checked_by_anybody(client: PageClient, voting: Voting) -> None:
    receipt = send(client, voting.slips[0], "2").location[-12:]
    assert "Kiểm tra biên nhận" in words(client.get("/kiem-tra"))
    for typed in (receipt, receipt.lower(), f"{receipt[:4]}-{receipt[4:8]}-{receipt[8:]}", f" {receipt} "):
        page = client.post("/kiem-tra", data={"receipt": typed})
        assert page.status_code == 200
        assert voting.poll.title in words(page)
        assert "Nguyễn" not in words(page) and "001" not in words(page)


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 12, "U" * 12, "' OR 1=1 --"])
def test_a_receipt_nobody_has_is_not_there(client: PageClient, voting: Voting, typed: str) -> None:
    send(client, voting.slips[0])
    page = client.post("/kiem-tra", data={"receipt": typed})
    assert page.status_code == 422
    assert "Có lỗi cần sửa" in words(page)
    assert client.get(f"/bien-nhan/{typed or 'x'}").status_code == 404


def test_only_casts_have_receipts(client: PageClient, session: Session, voting: Voting) -> None:
    session.add(LogLeaf(poll_id=voting.poll.id, kind="open", at=clock.now(), digest="0" * 64, receipt="0000000000AA"))
    session.commit()
    assert client.get("/bien-nhan/0000000000AA").status_code == 404
