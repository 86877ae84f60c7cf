"""Layouts, error pages and information pages: complete, light, and right with nothing but the web floor below them."""

import gzip
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.support.pages import faults_of
from tests.support.rendering import environment, one, page

ERRORS = (400, 403, 404, 409, 413, 429, 500)
PAGES = ("contact", "feedback", "privacy", "terms", "accessibility")
BARE = (
    '{% extends "layouts/resident.html" %}{% block title %}Tên{% endblock %}{% block content %}<h1>A</h1>{% endblock %}'
)
STAFF = BARE.replace("resident", "staff")
SIGNED_IN = {
    "name": "Nguyễn Thị Hoa",
    "role": "Trưởng khu phố",
    "scope": "Khu phố 3",
    "account_url": "/staff/toi",
    "sign_out_url": "/staff/dang-xuat",
    "nav": [
        {"label": "Tổng quan", "url": "/staff", "current": True},
        {"label": "Nhật ký", "url": "/staff/nhat-ky", "current": False},
    ],
}


def resident(source: str = BARE, classes: str = "text-100", language: str = "vi", **values: Any) -> str:
    return environment("/", classes, language).from_string(source).render(**values)


def staff(**values: Any) -> str:
    return environment("/staff/x").from_string(STAFF).render(**values)


def tree(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def test_the_bare_page_with_its_style_fits_in_five_kilobytes() -> None:
    assert len(gzip.compress(resident(commune="phường Thới Hòa").encode(), 5)) <= 5 * 1024


def test_a_page_stands_on_nothing_but_its_title_and_content() -> None:
    assert faults_of(resident()) == []
    assert faults_of(staff(), staff=True) == []
    assert faults_of(staff(staff=SIGNED_IN), staff=True) == []


def test_the_first_thing_seen_is_whose_page_it_is() -> None:
    body = one(tree(resident(commune="phường Thới Hòa")), "body")
    first = [tag for tag in body.find_all(True, recursive=False) if tag.name != "a"][0]
    assert first.name == "header" and "Trang của UBND phường Thới Hòa" in first.get_text()
    assert "Cách nhận biết trang chính thức" in first.get_text()


def test_the_first_link_skips_to_the_content() -> None:
    found = tree(resident())
    assert one(found, "body > a")["href"] == "#main" and one(found, "main")["id"] == "main"


def test_a_resident_needs_no_session_no_image_and_one_request_for_style() -> None:
    found = tree(resident())
    assert not found.select("[name=csrf_token], img, link[rel=stylesheet]")
    assert len(found.find_all("style")) == 1 and len(found.find_all("script")) == 1


@pytest.mark.parametrize("size", ["100", "125", "150"])
def test_the_chosen_text_size_is_said_and_kept(size: str) -> None:
    found = tree(resident(classes=f"text-{size} contrast"))
    assert [b["value"] for b in found.select("[aria-pressed=true]")] == [size]
    assert found.select("form.sizes input[name=contrast]")
    assert f"text-{size}" in str(one(found, "html")["class"])
    contrast = one(found, "footer form:has(input[name=size])")
    assert one(contrast, "input[name=size]")["value"] == size and not contrast.select("[name=contrast]")


@pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
def test_the_other_language_is_offered_in_its_own_name(language: str, other: str) -> None:
    found = tree(resident(language=language))
    button = one(found, "button[name=lang]")
    assert (one(found, "html")["lang"], button["value"], button["lang"]) == (language, other, other)


def test_link_previews_cannot_be_broken_out_of() -> None:
    source = BARE.replace("Tên", '{{ t }}" x="').replace(
        "{% block content", '{% block description %}{{ t }}"{% endblock %}{% block content'
    )
    found = tree(resident(source, t='"><script>alert(1)</script>'))
    assert len(found.find_all("script")) == 1 and one(found, "[property='og:title']").attrs.keys() == {
        "property",
        "content",
    }
    assert "alert(1)" in str(one(found, "[property='og:description']")["content"])


def test_help_stands_in_the_same_place_when_it_is_known() -> None:
    found = tree(resident(help_line={"name": "ông Bình", "phone": "0912 345.678"}))
    assert one(found, "footer .help a")["href"] == "tel:0912345678"


def test_staff_see_their_place_their_name_and_where_they_are() -> None:
    found = tree(staff(staff=SIGNED_IN))
    assert "Khu phố 3" in one(found, "header").get_text() and "Nguyễn Thị Hoa" in one(found, "header").get_text()
    assert [a.get_text() for a in found.select("nav [aria-current=page]")] == ["Tổng quan"]
    assert one(found, "form[action='/staff/dang-xuat']")["method"] == "post"


def test_nobody_signed_in_sees_no_menu() -> None:
    assert not tree(staff()).select("nav")


@pytest.mark.parametrize("surface", ["resident", "staff"])
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_says_what_happened_and_what_to_do(status: int, surface: str) -> None:
    env = environment("/staff/x" if surface == "staff" else "/")
    found = page(f"errors/{status}.html", env, surface=surface, message=None)
    assert faults_of(str(found), staff=surface == "staff") == []
    assert one(found, ".lead").get_text(strip=True) and len(found.select("main li")) >= 2
    assert [a["href"] for a in found.select("main .acts a")][0] == ("/staff" if surface == "staff" else "/")


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_says_the_reason_it_is_given_as_text(status: int) -> None:
    found = page(f"errors/{status}.html", surface="resident", message="Cuộc này đã đóng lúc <b>17:00</b>.")
    assert one(found, ".lead").get_text() == "Cuộc này đã đóng lúc <b>17:00</b>."


@pytest.mark.parametrize("name", PAGES)
def test_an_information_page_is_whole(name: str) -> None:
    found = page(f"pages/{name}.html")
    assert faults_of(str(found)) == []
    assert one(found, "h1").get_text() in one(found, "title").get_text()


def test_the_contact_page_shows_the_office_where_it_is_known() -> None:
    office = SimpleNamespace(office="UBND phường", address="1 Lê Lợi", phone="0274", email=None, hours=None)
    text = page("pages/contact.html", contact=office).get_text()
    assert "1 Lê Lợi" in text and "Thư điện tử" not in text


def test_the_privacy_page_says_who_could_open_a_sealed_ballot() -> None:
    text = page("pages/privacy.html").get_text()
    for said in ("hai cán bộ của hai cơ quan", "người vận hành máy chủ", "10 ngày", "20 ngày", "72 giờ", "10 phút"):
        assert said in text
