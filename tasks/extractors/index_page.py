"""What an index page lists: addresses, the link to the next one, the printed total. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from schemas.source import Listing
from tasks.extractors.encoding import decode
from tasks.extractors.html import parse

_NUMBER = re.compile(r"\d{1,3}(?:[,.\u00a0 ]\d{3})+(?!\d)|\d+")
_DIGITS = re.compile(r"\D")
# A two-digit year in a file name: the web has no page of 1969 or before.
_CENTURY_FROM = 70


@dataclass(frozen=True, slots=True)
class IndexPage:
    links: tuple[str, ...]
    next_url: str | None = None
    count: int | None = None


def read_index_page(
    body: bytes, url: str, listing: Listing, content_type: str | None = None
) -> IndexPage:
    """Raises Unreadable where the page nests too deep, is too large, or is no text."""
    text, _ = decode(body, content_type)
    tree = parse(text)
    base = _base_of(tree, url)
    hrefs = (node.attributes.get("href") for node in tree.css(listing.link_selector))
    links = (_resolve(base, href) for href in hrefs if href)
    return IndexPage(
        links=tuple(dict.fromkeys(link for link in links if link)),
        next_url=_next_url(tree, base, listing.next_selector),
        count=_printed_count(tree, listing.count_selector),
    )


def day_in(match: re.Match[str] | None) -> date | None:
    """The day that the named groups of a page pattern spell, if they spell a whole one."""
    groups = match.groupdict() if match else {}
    if not all(groups.get(name) for name in ("year", "month", "day")):
        return None
    year = int(groups["year"])
    if len(groups["year"]) == 2:  # noqa: PLR2004 - digits
        year += 1900 if year >= _CENTURY_FROM else 2000
    try:
        return date(year, int(groups["month"]), int(groups["day"]))
    except ValueError:
        # An impossible day in an address: the page itself may still say when it is from.
        return None


def _base_of(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    href = node.attributes.get("href") if node else None
    return (_resolve(url, href) if href else None) or url


def _resolve(base: str, href: str) -> str | None:
    try:
        link = urljoin(base, href.strip()).partition("#")[0]
    except ValueError:
        return None
    return link if link.lower().startswith(("http://", "https://")) else None


def _next_url(tree: LexborHTMLParser, base: str, selector: str | None) -> str | None:
    node = tree.css_first(selector) if selector else None
    href = node.attributes.get("href") if node else None
    return _resolve(base, href) if href else None


def _printed_count(tree: LexborHTMLParser, selector: str | None) -> int | None:
    """The largest number in the words: "1-20 of 1,412 articles" means 1412."""
    node = tree.css_first(selector) if selector else None
    numbers = [int(_DIGITS.sub("", text)) for text in _NUMBER.findall(node.text() if node else "")]
    return max(numbers, default=None)
