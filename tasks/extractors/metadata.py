"""What a page states about itself outside its text: <title>, <meta>, JSON-LD, <time>, lang.

These are claims, each kept with where it stood; which one is believed is the fields' business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.extractors.page_marks import mark_roles
from tasks.extractors.vocabulary import read_table

MAX_JSON = 500_000
MAX_OBJECTS = 200
TIMES = "time[datetime], [itemprop=datePublished], abbr[title], [title].timestamp"
INSTANT = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?![0-9])")
ARTICLE_TYPES = (
    "article",
    "posting",
    "report",
    "webpage",
    "videoobject",
    "review",
    "recipe",
    "pressrelease",
)


class Claim(NamedTuple):
    """`name` is the meta name, JSON-LD key or element that states the value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str = ""
    named: dict[str, list[str]] = field(default_factory=dict)
    linked: tuple[dict[str, Any], ...] = ()
    times: tuple[Claim, ...] = ()
    language: str | None = None
    url: str | None = None
    markup: str = ""

    def claims(self, about: str) -> list[Claim]:
        """The <meta> that state a field, most trusted name first."""
        if not self.named:
            return []
        return [
            Claim(name, value) for name in _names()[about] for value in self.named.get(name, ())
        ]

    def linked_values(self, key: str) -> list[str]:
        """What the page's JSON-LD articles state under a key; nested names are followed."""
        return [value for each in self.linked for value in _strings(each.get(key))]


def read_metadata(tree: LexborHTMLParser, url: str | None = None, markup: str = "") -> Metadata:
    title = tree.css_first("title")
    return Metadata(
        title=" ".join(title.text().split()) if title else "",
        named=_named(tree),
        linked=tuple(_linked(tree)),
        times=tuple(_times(tree)),
        language=_language(tree),
        url=url,
        markup=markup,
    )


def _named(tree: LexborHTMLParser) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        # Hand-made pages write value="..." as they would in a form.
        value = " ".join((attributes.get("content") or attributes.get("value") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (attributes.get(key) or "").lower()
            if name and value:
                named.setdefault(name, []).append(value)
    return named


def _times(tree: LexborHTMLParser) -> Iterator[Claim]:
    """Instants that elements carry: <time datetime>, itemprop with content or datetime, and the
    title of what shows an age or a day without its year."""
    for node in tree.css(TIMES):
        attributes = node.attributes
        is_bare = node.tag != "time" and "itemprop" not in attributes
        if (is_bare and not INSTANT.match(attributes.get("title") or "")) or _in_comments(node):
            continue
        value = attributes.get("datetime") or attributes.get("content") or attributes.get("title")
        is_published = "pubdate" in attributes or attributes.get("itemprop") == "datePublished"
        is_modified = attributes.get("itemprop") == "dateModified"
        text = value or " ".join(node.text().split())
        if text:
            name = "published" if is_published else "modified" if is_modified else None
            yield Claim(name or attributes.get("class") or "time", text)


def _in_comments(node: LexborNode) -> bool:
    while (above := node.parent) is not None and above.tag != "body":
        node = above
        if "comments" in mark_roles(f"{node.attributes.get('class')} {node.attributes.get('id')}"):
            return True
    return False


def _language(tree: LexborHTMLParser) -> str | None:
    root = tree.css_first("html")
    if root is None:
        return None
    return root.attributes.get("lang") or root.attributes.get("xml:lang") or None


def _linked(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css('script[type="application/ld+json"]'):
        text = node.text()
        if not text or len(text) > MAX_JSON:
            continue
        try:
            loaded = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue  # a page's broken JSON-LD states nothing; its other claims still count
        yield from _articles(loaded)


def _articles(loaded: object) -> Iterator[dict[str, Any]]:
    """The article objects at the top, in a list or in a @graph; never those nested deeper."""
    queue: list[object] = loaded if isinstance(loaded, list) else [loaded]
    for each in queue[:MAX_OBJECTS]:
        if not isinstance(each, dict):
            continue
        kinds = " ".join(_strings(each.get("@type"))).lower()
        if any(kind in kinds for kind in ARTICLE_TYPES):
            yield each
        graph = each.get("@graph")
        if isinstance(graph, list):
            yield from _articles([x for x in graph if isinstance(x, dict) and "@graph" not in x])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(value.get("name"))
    elif isinstance(value, list):
        for each in value[:MAX_OBJECTS]:
            if not isinstance(each, list):
                yield from _strings(each)


@cache
def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for row in read_table("metadata_names"):
        names.setdefault(row["field"], []).append(row["name"])
    return names
