"""What somebody tries with slips, codes and the cookie of a ballot: another's, an old one, many in a row."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import clock
from app.core.permissions import Role
from app.core.tokens import Keyring
from app.lib.codes import grouped
from app.polls.errors import WrongCode
from app.polls.models import Ballot, LogLeaf
from app.polls.operations import codes
from app.polls.queries.ballots import slip_by_id
from app.polls.rules import credentials
from app.polls.rules.credentials import new_secret, new_typed_code
from app.polls.ticket import LIFE, pack, unpack
from app.polls.views_ballot.common import ticket_of
from tests.support.ballots import KEYRING, HeldSlip, Voting, make_voting
from tests.support.cast import make_area
from tests.support.pages import PageClient
from tests.support.staff import csrf, sign_in_as

CHOOSE, CHECK, SEND = "/phieu", "/phieu/kiem-tra", "/phieu/gui"


@pytest.fixture
def voting(session: Session) -> Voting:
    return made(session)


def made(session: Session, households: int = 3, **values: Any) -> Voting:
    voting = make_voting(session, households, **values)
    session.commit()
    return voting


def choose(client: FlaskClient, slip: HeldSlip, choice: str = "1", **more: str) -> TestResponse:
    return client.post(CHOOSE, data={"secret": slip.secret, "choice": choice} | more)


def token_on(page: TestResponse) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page.text)
    assert found is not None
    return found[1]


def vote(client: FlaskClient, slip: HeldSlip, choice: str = "1") -> TestResponse:
    choose(client, slip, choice)
    return client.post(SEND, data={"token": token_on(client.get(CHECK))})


def ballots(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Ballot)) or 0


def leaves(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(LogLeaf).where(LogLeaf.kind == "cast")) or 0


def cookie_of(client: FlaskClient) -> str:
    held = client.get_cookie("phieu", path="/phieu")
    assert held is not None
    return held.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    client = FlaskClient(app, use_cookies=True)
    client.set_cookie("phieu", value, path="/phieu")
    return client


# ---------------------------------------------------------------------------------------------- the cookie


def test_a_cookie_copied_after_the_cast_casts_nothing_more(app: Flask, session: Session, voting: Voting) -> None:
    client = FlaskClient(app, use_cookies=True)
    choose(client, voting.slips[0])
    copied, token = cookie_of(client), token_on(client.get(CHECK))
    first = client.post(SEND, data={"token": token})
    for _ in range(3):
        again = with_cookie(app, copied).post(SEND, data={"token": token})
        assert again.location == first.location
    assert (ballots(session), leaves(session)) == (1, 1)


def test_a_copied_cookie_cannot_change_what_was_cast(app: Flask, session: Session) -> None:
    """Where a vote may be changed, an old sending that comes late still never undoes a later one."""
    voting = made(session, may_change=True)
    client, thief = FlaskClient(app, use_cookies=True), FlaskClient(app, use_cookies=True)
    choose(thief, voting.slips[0], "2")
    stolen, token = cookie_of(thief), token_on(thief.get(CHECK))
    vote(client, voting.slips[0], "1")
    before = session.get_one(Ballot, (voting.poll.id, voting.slips[0].entry_id)).envelope
    with_cookie(app, stolen).post(SEND, data={"token": token})
    session.expire_all()
    assert session.get_one(Ballot, (voting.poll.id, voting.slips[0].entry_id)).envelope == before


def test_a_ticket_for_one_poll_does_not_vote_in_another(app: Flask, session: Session, voting: Voting) -> None:
    """Even a ticket the service itself had made for a slip and a poll that do not belong together."""
    other = made(session, public_id="otherpoll001")
    view = slip_by_id(session, voting.slips[0].id)
    assert view is not None
    mixed = replace(ticket_of(view), poll_id=other.poll.id, public_id=other.poll.public_id)
    client = with_cookie(app, pack(KEYRING, mixed.chosen("agree", "", clock.now())))
    sent = client.post(SEND, data={"token": "0" * 64})
    assert sent.status_code == 409
    assert ballots(session) == 0


def test_a_cookie_of_another_service_or_altered_is_nothing(app: Flask, session: Session, voting: Voting) -> None:
    view = slip_by_id(session, voting.slips[0].id)
    assert view is not None
    held = ticket_of(view).chosen("agree", "", clock.now())
    sound = pack(KEYRING, held)
    forged = pack(Keyring("another secret of forty characters......."), held)
    old = pack(KEYRING, ticket_of(view).chosen("agree", "", clock.now() - 2 * LIFE))
    flipped = sound[:60] + ("A" if sound[60] != "A" else "B") + sound[61:]
    for value in (forged, old, flipped, sound[:-4], sound + "AAAA", "", "A" * 4000):
        client = with_cookie(app, value)
        assert client.get(CHECK).status_code == 409
        assert client.post(SEND, data={"token": "x"}).status_code == 409
    assert with_cookie(app, sound).get(CHECK).status_code == 200
    assert ballots(session) == 0


def test_the_token_of_one_phone_sends_nothing_on_another(app: Flask, session: Session, voting: Voting) -> None:
    one, two = FlaskClient(app, use_cookies=True), FlaskClient(app, use_cookies=True)
    choose(one, voting.slips[0])
    choose(two, voting.slips[1])
    token = token_on(one.get(CHECK))
    assert two.post(SEND, data={"token": token}).status_code == 409
    assert ballots(session) == 0


def test_fields_nobody_asked_for_are_not_taken(app: Flask, session: Session, voting: Voting) -> None:
    client = FlaskClient(app, use_cookies=True)
    more = {"assisted_by": "1", "poll_id": "9", "slip_id": "9", "may_change": "1", "base_version": "7", "level": "open"}
    choose(client, voting.slips[0], **more)
    held = unpack(KEYRING, cookie_of(client), clock.now())
    assert (held.assisted_by, held.may_change, held.base_version, held.sealed) == (None, False, 0, True)
    assert (held.slip_id, held.poll_id) == (voting.slips[0].id, voting.poll.id)


def test_choices_that_are_not_on_the_ballot(app: Flask, session: Session, voting: Voting) -> None:
    client = FlaskClient(app, use_cookies=True)
    for choice in ("4", "9", "0", "agree", "", "1\0", "11", "1,2"):
        assert choose(client, voting.slips[0], choice).status_code == 422, choice
    assert client.get(CHECK).status_code == 409


def test_the_cookie_tells_no_choice_by_its_length(app: Flask, session: Session, voting: Voting) -> None:
    client = FlaskClient(app, use_cookies=True)
    sizes = set()
    for choice, other in (("1", ""), ("2", ""), ("3", "ngắn"), ("3", "ạ" * 400), ("3", '"<&>"' * 60)):
        answer = choose(client, voting.slips[0], choice, other=other)
        sizes.add((len(cookie_of(client)), len(answer.data), answer.headers["Location"], answer.status_code))
    assert len(sizes) == 1


def test_no_page_tells_a_choice_by_its_length(
    app: Flask, session: Session, voting: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The token on the page is chance, and so is how well it is compressed.
    monkeypatch.setattr("app.polls.ticket.secrets.token_hex", lambda size: "5a" * size)
    for encoding in ({}, {"Accept-Encoding": "gzip"}):
        sizes: dict[str, set[int]] = {CHECK: set(), CHOOSE: set()}
        for choice, other in (("1", ""), ("2", ""), ("3", "ngắn"), ("3", "ạ" * 400), ("3", '"<&>"' * 60)):
            client = FlaskClient(app, use_cookies=True)
            choose(client, voting.slips[0], choice, other=other)
            for path, found in sizes.items():
                found.add(int(client.get(path, headers=encoding).headers["Content-Length"]))
        assert {path: len(found) for path, found in sizes.items()} == {CHECK: 1, CHOOSE: 1}


def test_no_answer_after_the_cast_tells_a_choice(app: Flask, session: Session, voting: Voting) -> None:
    seen = set()
    for slip, choice in zip(voting.slips, ("1", "2", "3"), strict=True):
        client = FlaskClient(app, use_cookies=True)
        sent = vote(client, slip, choice)
        page = client.get(sent.location)
        kept = set(sent.headers.keys()) - {"Date"}
        seen.add((sent.status_code, len(sent.data), len(cookie_of(client)), len(page.data), frozenset(kept)))
        assert not {"Đồng ý", "Không đồng ý", "Ý kiến khác"} & set(page.text.split("\n"))
    assert len(seen) == 1


# ------------------------------------------------------------------------------------------- typed codes


def enter(client: FlaskClient, voting: Voting, number: str, code: str) -> TestResponse:
    return client.post(f"/bieu-quyet/{voting.poll.public_id}/ma", data={"number": number, "code": code})


@pytest.fixture
def quick_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guesses that cost nothing, where only their number matters; the right code still opens."""
    monkeypatch.setattr(codes, "waste_a_try", lambda code: None)


def test_guessing_the_code_of_one_household_ends_and_harms_nobody_else(
    app: Flask, session: Session, voting: Voting
) -> None:
    one, two, _three = voting.slips
    # Whoever guesses writes the number in many ways and comes from many places.
    numbers = [one.number, f" {one.number} ", one.number.lstrip("0"), f"0{one.number}"]
    statuses = []
    for i in range(codes.HOUSEHOLD_TRIES):
        client = FlaskClient(app)
        statuses.append(enter(client, voting, numbers[i % len(numbers)], grouped(new_typed_code())).status_code)
    assert set(statuses) == {422}
    refused = enter(FlaskClient(app), voting, one.number, one.code)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 60
    assert "đã thử quá nhiều lần" in refused.text
    assert enter(FlaskClient(app), voting, two.number, two.code).location == CHOOSE
    # The printed slip itself still opens: a neighbour cannot take a household's vote away.
    assert FlaskClient(app).get(f"/v/{one.secret}").status_code == 200


def test_guessing_through_all_households_of_a_poll_ends_too(
    app: Flask, session: Session, voting: Voting, quick_codes: None
) -> None:
    other = made(session, public_id="otherpoll002")
    client = FlaskClient(app)
    for number in range(1000, 1000 + codes.POLL_TRIES):
        assert enter(client, voting, str(number), "AAAA-AAAA-AAAA").status_code == 422
    assert enter(client, voting, "2000", "AAAA-AAAA-AAAA").status_code == 429
    assert enter(client, other, other.slips[0].number, other.slips[0].code).location == CHOOSE


def test_an_unknown_household_looks_like_a_wrong_code(app: Flask, session: Session, voting: Voting) -> None:
    client, code = FlaskClient(app), grouped(new_typed_code())
    known, unknown = enter(client, voting, voting.slips[0].number, code), enter(client, voting, "999", code)
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace(voting.slips[0].number, "999") == unknown.text


@pytest.mark.parametrize("number", ["1", "999", "", "x" * 30])
@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "", "no code", "1"])
def test_every_wrong_code_costs_the_same(
    session: Session, voting: Voting, monkeypatch: pytest.MonkeyPatch, number: str, code: str
) -> None:
    """Two slow hashes, whether the household exists or not: time tells nobody which numbers are on the roll."""
    hashes: list[bytes] = []
    slow = credentials._scrypt

    def counted(salt: bytes) -> Any:
        hashes.append(salt)
        return slow(salt)

    monkeypatch.setattr(credentials, "_scrypt", counted)
    with pytest.raises(WrongCode):
        codes.slip_by_code(session, voting.poll.id, number, code)
    assert len(hashes) == 2


def test_a_code_opens_the_ballot_of_its_own_poll_alone(app: Flask, session: Session, voting: Voting) -> None:
    other = made(session, public_id="otherpoll003")
    slip = other.slips[0]
    assert enter(FlaskClient(app), voting, slip.number, slip.code).status_code == 422
    assert enter(FlaskClient(app), other, slip.number, slip.code).location == CHOOSE


def test_made_up_secrets_open_nothing(client: PageClient, voting: Voting) -> None:
    answers = {(page.status_code, len(page.data)) for page in (client.get(f"/v/{new_secret()}") for _ in range(5))}
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_at_the_counter_the_slip_of_another_poll_is_refused(
    client: PageClient, session: Session, voting: Voting
) -> None:
    other = made(session, area=make_area(session), public_id="otherpoll004")
    sign_in_as(client, session, Role.TEAM_MEMBER, voting.poll.area)
    page = f"/staff/cuoc-bieu-quyet/{voting.poll.public_id}/quay/"
    token = csrf(client.get(page))
    answer = client.post(page, data={"csrf_token": token, "scanned": f"https://x/v/{other.slips[0].secret}"})
    assert answer.status_code == 422
    assert "phieu" not in answer.headers.get("Set-Cookie", "")
