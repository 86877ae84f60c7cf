"""A reader who chooses English gets English everywhere; everybody else gets Vietnamese, WTForms' own words included."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask import Flask
from wtforms.i18n import messages_path

from app.core.errors import Refusal
from app.lib.i18n import Term
from app.web.formwords import FormWords
from app.web.templating import say
from tests.architecture.checks import ROOT, VIETNAMESE
from tests.support.pages import PageClient

NAMES = ("Dân Bàn", "Tiếng Việt", "NĐ-CP")
SIGN_IN, RECEIPTS = "/staff/dang-nhap", "/kiem-tra"
# What any page shows although nobody has anything yet.
PAGES = ["/", "/phieu-ma", RECEIPTS, SIGN_IN, "/nowhere"] + [
    f"/thong-tin/{name}" for name in ("contact", "feedback", "privacy", "terms", "accessibility")
]


@pytest.fixture(autouse=True)
def catalogue(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The English catalogue as it now is, whatever was compiled before."""
    babel = app.extensions["babel"]
    compiled = tmp_path / f"en/LC_MESSAGES/{babel.default_domain}.mo"
    compiled.parent.mkdir(parents=True)
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source, locale="en"))
    monkeypatch.setattr(babel, "translation_directories", [str(tmp_path)])
    with app.app_context():
        monkeypatch.setattr(babel.instance.domain_instance, "cache", {})


@pytest.fixture
def english(client: PageClient) -> PageClient:
    client.post("/ngon-ngu", data={"lang": "en", "next": "/"})
    return client


def words(html: str) -> str:
    """The text of a page, with what is read aloud and what previews show, without names."""
    soup = BeautifulSoup(html, "html.parser")
    spoken = [str(tag[name]) for name in ("aria-label", "placeholder", "content") for tag in soup.select(f"[{name}]")]
    text = " ".join([soup.get_text(" "), *spoken])
    for name in NAMES:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_english_throughout(english: PageClient, path: str) -> None:
    page = english.get(path)
    assert BeautifulSoup(page.text, "html.parser").html["lang"] == "en"  # type: ignore[index]
    assert VIETNAMESE.findall(words(page.text)) == []


@pytest.mark.parametrize("cookie", [None, "", "vi", "fr", "en-US", "<b>"])
def test_every_other_choice_is_vietnamese(client: PageClient, cookie: str | None) -> None:
    if cookie is not None:
        client.set_cookie("lang", cookie)
    page = client.get("/")
    assert '<html lang="vi"' in page.text
    assert "Nhập mã phiếu" in page.text


def test_a_choice_can_be_taken_back(english: PageClient) -> None:
    assert "Enter the slip code" in english.get("/").text
    english.post("/ngon-ngu", data={"lang": "vi", "next": "/"})
    assert "Nhập mã phiếu" in english.get("/").text


def test_sentences_marked_when_the_program_starts_are_told_in_the_readers_language(client: PageClient) -> None:
    """Labels and complaints of forms are lazy: one process serves both languages."""
    assert "Nhập mã biên nhận, gồm 12 chữ và số." in client.post(RECEIPTS, data={}).text
    client.set_cookie("lang", "en")
    assert "Enter the receipt code, 12 letters and digits." in client.post(RECEIPTS, data={}).text
    client.set_cookie("lang", "vi")
    assert "Nhập mã biên nhận, gồm 12 chữ và số." in client.post(RECEIPTS, data={}).text


def test_words_of_wtforms_are_told_in_the_readers_language(client: PageClient) -> None:
    long = {"receipt": "A" * 61}
    assert "Tối đa 60 ký tự." in client.post(RECEIPTS, data=long).text
    client.set_cookie("lang", "en")
    assert "At most 60 characters." in client.post(RECEIPTS, data=long).text


def test_refusals_are_told_in_the_readers_language(english: PageClient) -> None:
    assert "There is no such receipt code." in english.post(RECEIPTS, data={"receipt": "7K3M9QTR2WXB"}).text


def test_words_that_stand_in_a_refusal_are_translated_with_it_and_what_people_wrote_is_not(app: Flask) -> None:
    marked = Refusal("Tệp này là %(kind)s.", kind=Term("tệp PDF"))
    typed = Refusal("Lý do: %(reason)s", reason="tệp PDF")
    with app.test_request_context("/", headers={"Cookie": "lang=en"}):
        assert say(marked).startswith("Tệp này là a PDF file")
        assert say(typed) == "Reason: tệp PDF"
    with app.test_request_context("/"):
        assert say(marked).startswith("Tệp này là tệp PDF")


def test_wtforms_never_speaks_english_to_a_vietnamese_reader(app: Flask) -> None:
    with (Path(messages_path()) / "wtforms.pot").open("rb") as file:
        built_in = [message for message in read_po(file) if message.id]
    assert len(built_in) > 30
    with app.test_request_context("/"):
        for message in built_in:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            told = FormWords().gettext(forms[0]) if len(forms) == 1 else FormWords().ngettext(forms[0], forms[1], 2)
            assert VIETNAMESE.search(told), message.id
            assert "%" not in told % {"min": 1, "max": 2, "values": "x", "value": "x", "other_name": "x"}
