"""An Atom feed (RFC 4287) of what a place made public. It names the commune and nobody else."""

import uuid
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

ATOM = "http://www.w3.org/2005/Atom"
# The namespace of our names: an entry keeps its id when the service moves to another address.
_OURS = uuid.uuid5(uuid.NAMESPACE_OID, "danban:publication")


@dataclass(frozen=True)
class Entry:
    """One posting; ``key`` never changes, ``href`` is its whole address."""

    key: str
    title: str
    href: str
    published: datetime
    updated: datetime
    summary: str
    category: str


@dataclass(frozen=True)
class Feed:
    """A feed and its entries; ``empty_updated`` is said where there are none."""

    key: str
    title: str
    author: str
    href: str
    self_href: str
    entries: Sequence[Entry]
    empty_updated: datetime


def atom(feed: Feed) -> bytes:
    """The feed as XML, texts as text: nothing of what people wrote is markup."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    _text(root, "id", name_of(feed.key))
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=feed.empty_updated)))
    ElementTree.SubElement(root, _tag("link"), {"rel": "self", "href": feed.self_href, "type": "application/atom+xml"})
    ElementTree.SubElement(root, _tag("link"), {"rel": "alternate", "href": feed.href, "type": "text/html"})
    _text(ElementTree.SubElement(root, _tag("author")), "name", feed.author)
    for entry in feed.entries:
        _add(root, entry)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def name_of(key: str) -> str:
    """The lasting id of a feed or an entry."""
    return uuid.uuid5(_OURS, key).urn


def _add(root: ElementTree.Element, entry: Entry) -> None:
    element = ElementTree.SubElement(root, _tag("entry"))
    _text(element, "id", name_of(entry.key))
    _text(element, "title", entry.title)
    _text(element, "published", _moment(entry.published))
    _text(element, "updated", _moment(entry.updated))
    ElementTree.SubElement(element, _tag("link"), {"rel": "alternate", "href": entry.href, "type": "text/html"})
    ElementTree.SubElement(element, _tag("category"), {"term": entry.category})
    if entry.summary:
        _text(element, "summary", entry.summary)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, _tag(name)).text = text


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
