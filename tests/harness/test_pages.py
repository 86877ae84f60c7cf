"""The checks of pages find what they are there to find."""

from collections.abc import Callable

import pytest
from flask import Flask, Response

from tests.support.pages import PageClient, faults_of, links_of

GOOD = """<!doctype html><html lang="vi"><head><title>Biểu quyết</title></head>
<body><h1 id="top">Biểu quyết</h1>
<a href="#top">Lên đầu trang</a> <img src="/dau.svg" alt="">
<form method="post"><input type="hidden" name="csrf_token" value="x">
<label for="name">Họ tên</label><input id="name" aria-describedby="hint"><p id="hint">Như trên căn cước</p>
<label><input type="checkbox"> Tôi đã đọc</label> <button>Gửi</button></form></body></html>"""


def test_a_good_page_has_no_fault() -> None:
    assert faults_of(GOOD, staff=True) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<title>Biểu quyết</title>", "<title> </title>", "no title"),
        (' lang="vi"', "", "language"),
        ("<h1", "<h2", "0 h1"),
        ("<form", "<h1>Hai</h1><form", "2 h1"),
        ('id="hint"', 'id="top"', "2 times"),
        ('<label for="name">Họ tên</label>', "", "no label"),
        ('<label for="name">Họ tên</label>', '<label for="name"></label>', "no label"),
        ('for="name"', 'for="nobody"', "names nothing"),
        ('aria-describedby="hint"', 'aria-describedby="hint more"', "names nothing"),
        ('href="#top"', 'href="#bottom"', "leads nowhere"),
        ("Lên đầu trang", "", "no words"),
        ("<p id", '<p style="color:red" id', "style="),
        ("<button", '<button onclick="go()"', "onclick="),
        (' alt=""', "", "no alt"),
        ("<button>Gửi</button>", "", "nothing submits"),
        ("<button>", '<button type="button">', "nothing submits"),
        ('<input type="hidden" name="csrf_token" value="x">', "", "no csrf_token"),
    ],
)
def test_each_fault_is_found(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    assert any(fault in found for found in faults_of(GOOD.replace(old, new), staff=True))


def test_residents_forms_carry_no_token() -> None:
    page = GOOD.replace('<input type="hidden" name="csrf_token" value="x">', "")
    assert faults_of(page) == []


def test_links_are_those_of_this_site() -> None:
    html = '<a href="/a?b=1#c">1</a><a href="d">2</a><a href="https://vbpl.vn/">3</a><a href="tel:115">4</a>'
    assert links_of(html, "http://localhost/x/y") == {"/a?b=1", "/x/d"}


@pytest.fixture
def small() -> Callable[[str], PageClient]:
    """A client of an application that answers ``/`` with the page given."""

    def build(page: str, policy: str = "default-src 'none'") -> PageClient:
        app = Flask("small", static_folder=None)
        app.add_url_rule("/", "home", lambda: Response(page, headers={"Content-Security-Policy": policy}))
        app.add_url_rule("/gone", "gone", lambda: ("", 404))
        app.add_url_rule("/dau.svg", "image", lambda: Response("<svg/>", mimetype="image/svg+xml"))
        app.add_url_rule("/broken", "broken", lambda: (page, 500))
        client = PageClient(app)
        client.followed = set()
        return client

    return build


def test_a_good_answer_passes(small: Callable[[str], PageClient]) -> None:
    assert small(GOOD).get("/").status_code == 200


@pytest.mark.parametrize(
    ("address", "fault"),
    [("/nowhere", "no route"), ("/gone", "not there"), ("/broken", "not there")],
)
def test_dead_links_are_found(small: Callable[[str], PageClient], address: str, fault: str) -> None:
    client = small(GOOD.replace('href="#top"', f'href="{address}"'))
    with pytest.raises(AssertionError, match=fault):
        client.get("/")
    assert client.get("/", check=False).status_code == 200


def test_a_fault_of_the_program_is_found(small: Callable[[str], PageClient]) -> None:
    with pytest.raises(AssertionError, match="500"):
        small(GOOD).get("/broken")


def test_a_missing_policy_is_found(small: Callable[[str], PageClient]) -> None:
    client = small(GOOD)
    client.application.add_url_rule("/bare", "bare", lambda: GOOD)
    with pytest.raises(AssertionError, match="content security policy"):
        client.get("/bare")
