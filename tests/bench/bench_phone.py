"""A household votes on a slow phone: 360 px wide, a quarter of this processor, 400 kbit/s with 400 ms of delay."""

import statistics
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.bench import support
from tests.support.browser import PHONE, started

HOUSEHOLDS = 7
SLOWER = 4
DELAY_MS = 400
BYTES_PER_S = 400_000 / 8
# The largest thing painted; what was painted before the question is asked counts too.
LARGEST_PAINT = """() => new Promise(answer => new PerformanceObserver(
  list => answer(list.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true}))"""
BARE = b"<!doctype html><html lang=vi><meta name=viewport content='width=device-width'><title>T</title><h1>Trang</h1>"


@dataclass(frozen=True)
class Visit:
    """One household's way from the link of its slip to the receipt."""

    first_kb: float
    lcp_ms: float
    taps: int
    cast_ms: float
    total_kb: float


def run() -> None:
    """Measure households one after another, each on a phone that knows nothing yet; the figures are medians."""
    with support.folder() as place:
        url = support.sqlite(place)
        crowd = support.make_crowd(url, HOUSEHOLDS)
        with support.served(url, place) as service, started() as browser:
            visits = [visit(browser, f"{service.url}/v/{secret}") for secret in crowd.secrets]
            with bare_page() as address:
                bare = [bare_paint(browser, address) for _ in visits]
    support.publish(
        phone_kb=median(one.first_kb for one in visits),
        phone_lcp_ms=median(one.lcp_ms for one in visits),
        phone_bare_lcp_ms=median(bare),
        phone_taps=max(one.taps for one in visits),
        phone_cast_ms=median(one.cast_ms for one in visits),
        phone_total_kb=median(one.total_kb for one in visits),
    )


def median(values: Iterable[float]) -> float:
    return float(statistics.median(values))


class Phone:
    """A slow phone of a new visitor: counts what came over the line and how often it was tapped."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="vi-VN")  # type: ignore[arg-type]
        self.page: Page = self._context.new_page()
        self.received = 0
        self.taps = 0
        self._slow_down(self._context.new_cdp_session(self.page))

    def _slow_down(self, line: CDPSession) -> None:
        line.on("Network.loadingFinished", self._count)
        line.send("Network.enable")
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": DELAY_MS, "downloadThroughput": BYTES_PER_S, "uploadThroughput": BYTES_PER_S},
        )
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def _count(self, event: dict[str, float]) -> None:
        self.received += int(event["encodedDataLength"])

    def tap(self, name: str, *, role: str = "button") -> None:
        self.taps += 1
        where = self.page.locator("main")
        (where.get_by_text(name, exact=True) if role == "choice" else where.get_by_role("button", name=name)).tap()

    def largest_paint(self) -> float:
        return float(self.page.evaluate(LARGEST_PAINT))

    def close(self) -> None:
        self._context.close()


def visit(browser: Browser, address: str) -> Visit:
    """Vote as fast as pages appear; the reading is left to the reader."""
    phone = Phone(browser)
    began = time.monotonic()
    phone.page.goto(address)
    first, paint = phone.received, phone.largest_paint()
    phone.tap("Đồng ý", role="choice")
    phone.tap("Tiếp tục")
    phone.tap("Gửi phiếu biểu quyết")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Đã ghi nhận phiếu biểu quyết")
    cast_ms = (time.monotonic() - began) * 1000
    phone.page.wait_for_load_state("networkidle")
    outcome = Visit(first / 1000, paint, phone.taps, cast_ms, phone.received / 1000)
    phone.close()
    return outcome


def bare_paint(browser: Browser, address: str) -> float:
    phone = Phone(browser)
    phone.page.goto(address, wait_until="networkidle")
    paint = phone.largest_paint()
    phone.close()
    return paint


@contextmanager
def bare_page() -> Iterator[str]:
    """The simplest page there is, for comparison in the same minute."""

    class Bare(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(BARE)))
            self.end_headers()
            self.wfile.write(BARE)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the figures are what is to be read."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bare)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
