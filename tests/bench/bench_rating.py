"""Rating a counter: the whole HTTP request against the bare insert, and one person's tap on a slow phone."""

import secrets
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import func, select

from app.core import clock
from app.core.db import Database
from app.core.tokens import text_of
from app.feedback.models import Rating
from app.visitors import token
from tests.bench import pgbench, support
from tests.bench.bench_phone import Phone, median
from tests.bench.support import KEYRING
from tests.support.browser import started
from tests.support.cast import make_area
from tests.support.feedback import make_center, make_counter, make_officer, make_point, make_shift

PEOPLE = 60_000
VISITS = 7
# A rating as the service writes it, by somebody else each time.
BARE = """INSERT INTO rating (client_uuid, point_id, path, center_id, counter_id, group_id, officer_id, level, tier,
 kiosk, day, made_at, received_at, undone_at, device_hash, network_hash, on_site, staff_device, ua_family, screen,
 locale, took_ms, standing)
 SELECT md5(r::text), id, path, center_id, counter_id, NULL, {officer}, 5, 0, false, current_date, now(), now(), NULL,
 md5(r::text) || md5('a' || r::text), md5('b' || r::text) || md5('c' || r::text), false, false,
 'chrome-android', '360x740', 'vi-VN', 2400, 'counted'
 FROM rating_point, (SELECT random() + :client_id AS r) AS one ON CONFLICT DO NOTHING RETURNING id;
"""


def run() -> None:
    """Measure ratings on PostgreSQL, then one person after another on a slow phone."""
    with support.folder() as place:
        with support.postgresql(place) as server:
            _postgresql(server, place)
        _phones(support.sqlite(place), place)


def _postgresql(server: support.Postgresql, place: Path) -> None:
    url = server.fresh("rating")
    code, _officer = make_place(url)
    with prepared(code, place) as (requests, length), support.served(url, place, trusted_proxies=1) as service:
        _warm(service.url, code)
        answers = place / "receipts"
        load = support.wrk(service.url, "replay.lua", str(requests), str(length), str(PEOPLE), str(answers), "2")
    # The load writes down what answers otherwise than by leading on; here every answer is the page of thanks.
    said = {line for part in place.glob("receipts.*") for line in part.read_text().split("\n") if line}
    assert said == {"refused 200"}, said
    bare_url = server.fresh("rating_bare")
    _code, officer = make_place(bare_url)
    bare = pgbench.pace(server, bare_url, BARE.format(officer=officer).replace("\n", " ") + "\n")
    assert load.requests <= kept(url), "a rating was thanked for and is not there"
    support.publish(
        rating_postgresql_per_s=load.per_s,
        rating_postgresql_p50_ms=load.p50,
        rating_postgresql_p99_ms=load.p99,
        rating_pgbench_per_s=bare,
        rating_ratio_to_pgbench=load.per_s / bare,
    )


def _warm(url: str, code: str) -> None:
    """Let both workers make each of the five answers before the clock runs: templates are compiled once."""
    for number in range(60):
        shown = token.write(KEYRING, f"rating:{code}", token.new(clock.now()))
        body = f"level={1 + number % 5}&token={shown}".encode()
        with urllib.request.urlopen(f"{url}/r/{code}", body) as answer:
            answer.read()


def make_place(url: str) -> tuple[str, int]:
    """A point with somebody on duty: its code, and who."""
    database = Database(url)
    with database.transaction() as session:
        commune = make_area(session).parent
        assert commune is not None
        center = make_center(session, commune)
        counter, officer = make_counter(session, center), make_officer(session, center)
        make_shift(session, officer, counter)
        code, officer_id = make_point(session, counter).code, officer.id
    database.dispose()
    return code, officer_id


def kept(url: str) -> int:
    database = Database(url)
    with database.session(write=False) as session:
        count = session.scalar(select(func.count()).select_from(Rating)) or 0
    database.dispose()
    return count


@contextmanager
def prepared(code: str, place: Path) -> Iterator[tuple[Path, int]]:
    """A file of taps, each by a device and from a network of its own, all of one length."""
    path, length, now = place / "requests", 0, clock.now()
    with path.open("wb") as file:
        for number in range(PEOPLE):
            request = _tap(code, number, token.write(KEYRING, f"rating:{code}", token.new(now)))
            assert length in (0, len(request)), "requests differ in length"
            length = len(request)
            file.write(request)
    yield path, length
    path.unlink()


def _tap(code: str, number: int, shown: str) -> bytes:
    device = secrets.token_bytes(12)
    cookie = text_of(device + KEYRING.mac("device cookie", device)[:9])
    network = f"1{number // 10_000:02}.1{number // 100 % 100:02}.1{number % 100:02}.100"
    body = f"level={1 + number % 5}&token={shown}&took_ms=2400&screen=360x740&locale=vi-VN"
    head = (
        f"POST /r/{code} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (Linux; Android 13) Chrome/140\r\n"
        f"Accept-Encoding: gzip\r\nX-Forwarded-For: {network}\r\nCookie: device={cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body.encode()


def _phones(url: str, place: Path) -> None:
    code, _officer = make_place(url)
    with support.served(url, place) as service, started() as browser:
        visits = [visit(Phone(browser), f"{service.url}/r/{code}") for _ in range(VISITS)]
    assert kept(url) == VISITS
    support.publish(
        rating_phone_kb=median(kb for kb, _lcp, _saved in visits),
        rating_phone_lcp_ms=median(lcp for _kb, lcp, _saved in visits),
        rating_saved_ms=median(saved for _kb, _lcp, saved in visits),
    )


# In the page's own time: what drives the browser needs some hundred milliseconds of its own for a tap.
WATCH = """
addEventListener('click', () => { window.tapped = window.tapped || performance.now(); }, true);
new MutationObserver(() => {
  if (!window.told && document.body && document.body.innerText.includes('SAID')) window.told = performance.now();
}).observe(document, {subtree: true, childList: true, characterData: true});
"""
SAID = "Đã ghi nhận. Cảm ơn Ông/Bà."


def visit(phone: Phone, address: str) -> tuple[float, float, float]:
    """Kilobytes of the page and its script, the largest paint, and from the tap to the words that it is saved."""
    phone.page.add_init_script(WATCH.replace("SAID", SAID))
    phone.page.goto(address)
    first, paint = phone.received, phone.largest_paint()
    phone.tap("Rất hài lòng")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(SAID)
    saved = float(phone.page.evaluate("window.told - window.tapped"))
    phone.close()
    return first / 1000, paint, saved
