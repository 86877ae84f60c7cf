"""What must be true of every page, checked on whatever a test client fetches."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map
from werkzeug.test import TestResponse

NOT_LABELLED = {"hidden", "submit", "button", "reset", "image"}
# Elements that name others by id.
REFERENCES = {"for", "form", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls"}


def faults_of(html: str, *, staff: bool = False) -> list[str]:
    """Everything wrong with a page, by its text alone."""
    return faults_in(parsed(html), staff=staff)


def parsed(html: str) -> HtmlElement:
    # Not the soup of the tests: this is done to every page, and it takes a twentieth of the time.
    return document_fromstring(html)


def faults_in(page: HtmlElement, *, staff: bool = False) -> list[str]:
    checks = [whole, unique_ids, labelled, references, styled_by_rules, described_images, sendable]
    if staff:
        checks.append(tokens)
    return [fault for check in checks for fault in check(page)]


def whole(page: HtmlElement) -> Iterator[str]:
    if not (page.findtext("head/title") or "").strip():
        yield "the page has no title"
    headings = len(list(page.iter("h1")))
    if headings != 1:
        yield f"the page has {headings} h1, not one"
    if not page.get("lang"):
        yield "the language of the page is not named"


def unique_ids(page: HtmlElement) -> Iterator[str]:
    for name, count in Counter(tag.get("id") for tag in page.xpath("//*[@id]")).items():
        if count > 1:
            yield f"the id {name!r} stands {count} times"


def labelled(page: HtmlElement) -> Iterator[str]:
    named = {label.get("for") for label in page.iter("label") if _text(label)}
    for field in page.iter("input", "select", "textarea"):
        if field.get("type") in NOT_LABELLED or next(field.iterancestors("label"), None) is not None:
            continue
        if field.get("id") not in named and not (field.get("aria-label") or field.get("aria-labelledby")):
            yield f"no label for {_short(field)}"
    for button in page.iter("a", "button"):
        if not (_text(button) or button.get("aria-label") or next(button.iter("img", "svg"), None) is not None):
            yield f"no words in {_short(button)}"


def references(page: HtmlElement) -> Iterator[str]:
    ids = {tag.get("id") for tag in page.xpath("//*[@id]")}
    for tag in page.iter("*"):
        for attribute in REFERENCES.intersection(tag.attrib):
            for name in tag.get(attribute).split():
                if name not in ids:
                    yield f"{attribute} of {_short(tag)} names nothing"
    for link in page.iter("a"):
        target = link.get("href") or ""
        if target.startswith("#") and target != "#" and target[1:] not in ids:
            yield f"{target} leads nowhere on the page"


def styled_by_rules(page: HtmlElement) -> Iterator[str]:
    for tag in page.iter("*"):
        if "style" in tag.attrib:
            yield f"style= on {_short(tag)}: the content security policy ignores it"
        yield from (f"{name}= on {_short(tag)}" for name in tag.attrib if name.startswith("on"))


def described_images(page: HtmlElement) -> Iterator[str]:
    yield from (f"no alt for {_short(image)}" for image in page.iter("img") if image.get("alt") is None)


def sendable(page: HtmlElement) -> Iterator[str]:
    """Without a script, only a button sends a form."""
    buttons = list(page.iter("button", "input"))
    for form in page.iter("form"):
        own = [*form.iter("button", "input"), *(tag for tag in buttons if tag.get("form") == (form.get("id") or "-"))]
        kinds = {tag.get("type", "submit" if tag.tag == "button" else "text") for tag in own}
        if not kinds & {"submit", "image"}:
            yield f"nothing submits {_short(form)}"


def tokens(page: HtmlElement) -> Iterator[str]:
    for form in page.iter("form"):
        post = form.get("method", "get").lower() == "post"
        if post and not any(field.get("name") == "csrf_token" for field in form.iter("input")):
            yield f"no csrf_token in {_short(form)}"


def links_of(html: str, address: str) -> set[str]:
    """Paths of this site that the page leads to with GET."""
    return links_in(parsed(html), address)


def links_in(page: HtmlElement, address: str) -> set[str]:
    found = [tag.get("href") for tag in page.iter("a", "link")]
    found += [tag.get("src") for tag in page.iter("img", "script", "audio", "source")]
    host = urlsplit(address).netloc
    paths = set()
    for link in set(found):
        parts = urlsplit(urljoin(address, link or ""))
        # A place on the same page is looked for by references(); the page itself may answer to POST only.
        if link and not link.startswith("#") and parts.scheme in ("http", "https") and parts.netloc == host:
            paths.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return paths


class PageClient(FlaskClient):
    """A test client that checks every page it gets; ``check=False`` lets one answer through unseen."""

    # Every route is followed once in a process: a link to a known route is not followed again.
    followed: set[str] = set()
    after: Callable[[], object] | None = None

    def open(self, *args: Any, check: bool = True, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if self.after is not None:
            self.after()
        if check:
            self.check(response)
        return response

    def check(self, response: TestResponse) -> None:
        """Refuse a fault of the program, and any page that is not as pages must be."""
        where = f"{response.request.method} {response.request.path}"
        assert response.status_code < 500, f"{where} answers {response.status}"
        assert "Content-Security-Policy" in response.headers, f"{where} has no content security policy"
        if response.mimetype != "text/html" or not response.data or 300 <= response.status_code < 400:
            return
        page = parsed(response.text)
        faults = faults_in(page, staff=response.request.path.startswith("/staff"))
        faults += self.dead_links(links_in(page, response.request.url))
        assert not faults, "\n".join([f"{where}:", *faults])

    def dead_links(self, paths: set[str]) -> Iterator[str]:
        for path in sorted(paths):
            endpoint = served_by(self.application.url_map, urlsplit(path).path)
            if endpoint is None:
                yield f"a link leads to {path}, which no route serves"
            elif endpoint not in self.followed:
                self.followed.add(endpoint)
                if self._probe().get(path).status_code in (404, 405, 500):
                    yield f"a link leads to {path}, which is not there"

    def _probe(self) -> FlaskClient:
        """Another client with the same cookies, so that following a link consumes nothing of this one's."""
        probe = FlaskClient(self.application, use_cookies=True)
        probe._cookies = dict(self._cookies or {})
        return probe


@cache
def served_by(routes: Map, path: str) -> str | None:
    """The endpoint that answers a GET; None where none does."""
    try:
        endpoint, _values = routes.bind("").match(path, method="GET")
    except HTTPException as refusal:
        return "redirect" if refusal.code and refusal.code < 400 else None
    return str(endpoint)


def _text(tag: HtmlElement) -> str:
    return str(tag.text_content()).strip()


def _short(tag: HtmlElement) -> str:
    names = [name for name in ("id", "name", "type", "href", "action", "class") if name in tag.attrib]
    return f"<{tag.tag} {' '.join(f'{name}={tag.get(name)!r}' for name in names)}>"


def under(page: str, heading: str) -> str:
    """What stands on the page between a heading and the next."""
    start = BeautifulSoup(page, "html.parser").find("h2", string=heading)
    assert start is not None, heading
    parts = []
    for part in start.find_next_siblings():
        if part.name == "h2":
            break
        parts.append(part.get_text(" ", strip=True))
    return " ".join(parts)
