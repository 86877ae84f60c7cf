"""What must be true of every page, checked on whatever a test client fetches."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

NOT_LABELLED = {"hidden", "submit", "button", "reset", "image"}
# Elements that name others by id.
REFERENCES = {"for", "form", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls"}


def faults_of(html: str, *, staff: bool = False) -> list[str]:
    """Everything wrong with a page, by its text alone."""
    soup = BeautifulSoup(html, "lxml")
    checks = [whole, unique_ids, labelled, references, styled_by_rules, described_images, sendable]
    if staff:
        checks.append(tokens)
    return [fault for check in checks for fault in check(soup)]


def whole(soup: BeautifulSoup) -> Iterator[str]:
    if not (soup.title and soup.title.get_text(strip=True)):
        yield "the page has no title"
    if len(soup.find_all("h1")) != 1:
        yield f"the page has {len(soup.find_all('h1'))} h1, not one"
    if not (soup.html and soup.html.get("lang")):
        yield "the language of the page is not named"


def unique_ids(soup: BeautifulSoup) -> Iterator[str]:
    for name, count in Counter(str(tag["id"]) for tag in soup.find_all(id=True)).items():
        if count > 1:
            yield f"the id {name!r} stands {count} times"


def labelled(soup: BeautifulSoup) -> Iterator[str]:
    named = {str(label.get("for")) for label in soup.find_all("label") if label.get_text(strip=True)}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") in NOT_LABELLED or field.find_parent("label"):
            continue
        if field.get("id") not in named and not (field.get("aria-label") or field.get("aria-labelledby")):
            yield f"no label for {_short(field)}"
    for button in soup.find_all(["a", "button"]):
        if not (button.get_text(strip=True) or button.get("aria-label") or button.find(["img", "svg"])):
            yield f"no words in {_short(button)}"


def references(soup: BeautifulSoup) -> Iterator[str]:
    ids = {str(tag["id"]) for tag in soup.find_all(id=True)}
    for tag in soup.find_all(True):
        for attribute in tag.attrs.keys() & REFERENCES:
            for name in _words(tag[attribute]):
                if name not in ids:
                    yield f"{attribute} of {_short(tag)} names nothing"
    for link in soup.find_all("a", href=True):
        target = str(link["href"])
        if target.startswith("#") and target != "#" and target[1:] not in ids:
            yield f"{target} leads nowhere on the page"


def styled_by_rules(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        if "style" in tag.attrs:
            yield f"style= on {_short(tag)}: the content security policy ignores it"
        yield from (f"{name}= on {_short(tag)}" for name in tag.attrs if name.startswith("on"))


def described_images(soup: BeautifulSoup) -> Iterator[str]:
    yield from (f"no alt for {_short(image)}" for image in soup.find_all("img") if image.get("alt") is None)


def sendable(soup: BeautifulSoup) -> Iterator[str]:
    """Without a script, only a button sends a form."""
    for form in soup.find_all("form"):
        own = form.find_all(["button", "input"])
        outside = soup.find_all(["button", "input"], form=form.get("id") or "-")
        kinds = {tag.get("type", "submit" if tag.name == "button" else "text") for tag in [*own, *outside]}
        if not kinds & {"submit", "image"}:
            yield f"nothing submits {_short(form)}"


def tokens(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.find_all("form"):
        post = str(form.get("method", "get")).lower() == "post"
        if post and not form.find("input", attrs={"name": "csrf_token"}):
            yield f"no csrf_token in {_short(form)}"


def links_of(html: str, address: str) -> set[str]:
    """Paths of this site that the page leads to with GET."""
    soup = BeautifulSoup(html, "lxml")
    found = [tag.get("href") for tag in soup.find_all(["a", "link"])]
    found += [tag.get("src") for tag in soup.find_all(["img", "script", "audio", "source"])]
    host = urlsplit(address).netloc
    paths = set()
    for link in found:
        parts = urlsplit(urljoin(address, str(link or "")))
        # A place on the same page is looked for by references(); the page itself may answer to POST only.
        if link and not str(link).startswith("#") and parts.scheme in ("http", "https") and parts.netloc == host:
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
        faults = faults_of(response.text, staff=response.request.path.startswith("/staff"))
        faults += self.dead_links(response)
        assert not faults, "\n".join([f"{where}:", *faults])

    def dead_links(self, response: TestResponse) -> Iterator[str]:
        for path in sorted(links_of(response.text, response.request.url)):
            endpoint = self._endpoint(path)
            if endpoint is None:
                yield f"a link leads to {path}, which no route serves"
            elif endpoint not in self.followed:
                self.followed.add(endpoint)
                if self._probe().get(path).status_code in (404, 405, 500):
                    yield f"a link leads to {path}, which is not there"

    def _endpoint(self, path: str) -> str | None:
        try:
            endpoint, _values = self.application.url_map.bind("").match(urlsplit(path).path, method="GET")
        except HTTPException as refusal:
            return "redirect" if refusal.code and refusal.code < 400 else None
        return str(endpoint)

    def _probe(self) -> FlaskClient:
        """Another client with the same cookies, so that following a link consumes nothing of this one's."""
        probe = FlaskClient(self.application, use_cookies=True)
        probe._cookies = dict(self._cookies or {})
        return probe


def _words(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else value.split()


def _short(tag: Tag) -> str:
    names = [name for name in ("id", "name", "type", "href", "action", "class") if tag.has_attr(name)]
    return f"<{tag.name} {' '.join(f'{name}={tag[name]!r}' for name in names)}>"


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
