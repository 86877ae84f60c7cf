"""Senders with bad signs are asked for a proof of work; honest ones never."""

import hashlib

import pytest
from bs4 import BeautifulSoup

from app.visitors.verdict import Sign, Verdict
from tests.support.pages import PageClient
from tests.support.visitor_site import opened, phone, probe, send, site, taken, time
from tests.support.visitors import Time

__all__ = ["phone", "probe", "site", "taken", "time"]


# ---- the proof of work ----


def challenged(phone: PageClient, **values: str) -> tuple[dict[str, str], BeautifulSoup]:
    """The page that asks for a proof, after a program filled in everything at once."""
    data = {"text": "Cần <b>thêm</b> đèn", "website": "http://x", "anchor": "dieu-1", **values}
    answer = phone.post("/thu-gui", data=data)
    assert answer.status_code == 428
    soup = BeautifulSoup(answer.text, "html.parser")
    found = soup.select("form[action='/thu-gui'] input")
    return {str(tag["name"]): str(tag.get("value", "")) for tag in found}, soup


def solved(soup: BeautifulSoup) -> str:
    box = soup.select_one("[data-proof]")
    assert box is not None
    salt, target = box["data-salt"], box["data-target"]
    tries = range(int(str(box["data-most"])) + 1)
    return str(next(n for n in tries if hashlib.sha256(f"{salt}:{n}".encode()).hexdigest() == target))


def test_a_proof_is_asked_of_bad_signs_and_everything_written_is_kept(phone: PageClient, taken: list[Verdict]) -> None:
    fields, _soup = challenged(phone)
    assert fields["text"] == "Cần <b>thêm</b> đèn"
    assert fields["anchor"] == "dieu-1"
    assert fields["website"] == ""
    assert taken == []


def test_who_proved_is_taken_and_what_spoke_against_them_is_remembered(phone: PageClient, taken: list[Verdict]) -> None:
    fields, soup = challenged(phone)
    assert phone.post("/thu-gui", data=fields | {"proof": solved(soup)}).status_code == 303
    assert set(taken[0].signs) == {Sign.NO_TOKEN, Sign.HONEYPOT, Sign.NO_COOKIE}


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 30, "²"])
def test_who_runs_no_script_is_taken_with_a_sign_more(phone: PageClient, taken: list[Verdict], number: str) -> None:
    fields, _soup = challenged(phone)
    assert phone.post("/thu-gui", data=fields | {"proof": number}).status_code == 303
    assert Sign.UNPROVEN in taken[0].signs
    assert taken[0].risk == 100


def test_a_proof_serves_one_form(phone: PageClient, time: Time, taken: list[Verdict]) -> None:
    fields, soup = challenged(phone)
    proof = {"proof_challenge": fields["proof_challenge"], "proof": solved(soup)}
    assert phone.post("/thu-gui", data=fields | proof).status_code == 303
    assert phone.post("/thu-gui", data=proof | {"text": "x", "website": "y"}).status_code == 428
    other = opened(phone, time)
    assert send(phone, other, website="x", **proof).status_code == 428
    assert len(taken) == 1


def test_an_honest_sender_is_never_asked(phone: PageClient, time: Time, taken: list[Verdict]) -> None:
    for wait in (1, 3, 86400 * 8):
        assert send(phone, opened(phone, time, wait)).status_code == 303
    assert [verdict.risk for verdict in taken] == [40, 0, 15]
