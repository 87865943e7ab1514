"""RSS and Atom feeds: addresses and the day each entry says it was published. Pure."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import feedparser

from tasks.sitemap import Location


def read_feed(body: bytes, url: str, content_type: str | None) -> tuple[Location, ...] | str:
    """The entries in order, or what is wrong with the file."""
    # As a file object: given bytes, the library takes them for a path or an address to open.
    parsed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type or "", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=True,
    )
    if not parsed.get("version"):
        return f"neither RSS nor Atom: {parsed.get('bozo_exception', 'no feed element')}"
    found = (Location(str(e.get("link") or ""), _day(e)) for e in parsed.entries)
    return tuple(location for location in found if location.url)


def _day(entry: Any) -> date | None:  # noqa: ANN401 - the library's own dictionary
    """In UTC, as the library gives it: a day before or after, where the publisher is far east."""
    moment = entry.get("published_parsed")
    return date(*moment[:3]) if moment else None
