"""RSS and Atom feeds: addresses and the day each entry says it was published. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import feedparser

from tasks.sitemap import Location

# A label that was wrong, and no entry lost by it.
_HARMLESS = (
    type(None),
    feedparser.CharacterEncodingOverride,
    feedparser.NonXMLContentType,
)


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries in order. `trouble` says why there may be more than these in the file."""

    pages: tuple[Location, ...] = ()
    trouble: str | None = None


def read_feed(body: bytes, url: str, content_type: str | None) -> Feed:
    # As a file object: given bytes, the library takes them for a path or an address to open.
    parsed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type or "", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=True,
    )
    wrong = parsed.get("bozo_exception")
    if not parsed.get("version"):
        return Feed(trouble=f"neither RSS nor Atom: {wrong or 'no feed element'}")
    found = (Location(str(e.get("link") or ""), _day(e)) for e in parsed.entries)
    pages = tuple(location for location in found if location.url)
    return Feed(pages, None if isinstance(wrong, _HARMLESS) else str(wrong))


def _day(entry: Any) -> date | None:  # noqa: ANN401 - the library's own dictionary
    """In UTC, as the library gives it: a day before or after, where the publisher is far east."""
    moment = entry.get("published_parsed")
    return date(*moment[:3]) if moment else None
