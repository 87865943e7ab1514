"""The text of a new source's module: a declaration to fill in, with what each line is for. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from schemas.errors import BadUsage

_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")

_MODULE = '''"""{title}: say here what the archive is, and what about it is odd.

Declared by hand; `onrecord sources check {name}` fetches a handful of pages and shows what comes
of them. Set `is_enabled` and `last_verified` when that looks right.
"""

from __future__ import annotations

from datetime import timedelta

from schemas.source import Listing, Source

{constant} = Source(
    name="{name}",
    title="{title}",
    # Links to any other host are no pages of this source.
    hosts=("{host}",),
    listings=(
        # index: pages that list pages; {{day:%Y}}, {{day:%m}}, {{day:%d}} stand for a day of the
        # window. feed: RSS or Atom. sitemap: an index of them too, and .gz. cdx: the Wayback
        # Machine, with an address such as news.example/2007/*.
        Listing(
            kind="{kind}",
            url="{url}",
            # A listed address must match it whole; (?P<year>..), (?P<month>..) and (?P<day>..)
            # give the page's day. None takes every link of the host.
            page_pattern=None,
        ),
    ),
    # One per design of the pages; without any they are read like those of an unknown site.
    layouts=(),
    # Whom the site's owner can write to: a page or a mail address. Without it nothing is asked.
    contact="",
    # Where a printed day without a zone belongs.
    time_zone="UTC",
    # robots.txt may ask for a longer one.
    pause=timedelta(seconds=5),
    rights="unknown",
    is_enabled=False,
    last_verified=None,
)
'''


def new_source(name: str, url: str) -> str:
    """`url` is where the pages are listed; its ending says what kind of list it is."""
    if not _NAME.fullmatch(name):
        raise BadUsage(
            f"{name!r}: expected a short name in a-z, 0-9 and _, such as harbour_gazette"
        )
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or '"' in url or "\\" in url:
        raise BadUsage(f"{url!r}: expected the http or https address of a page that lists pages")
    return _MODULE.format(
        name=name,
        constant=name.upper(),
        title=parts.hostname,
        host=parts.netloc.rpartition("@")[2].lower(),
        kind=_kind_of(parts.path.lower()),
        url=url,
    )


def _kind_of(path: str) -> str:
    last = path.rstrip("/").rpartition("/")[2]
    if "sitemap" in last:
        return "sitemap"
    if last in {"feed", "rss", "atom"} or last.endswith((".rss", ".atom", "rss.xml", "feed.xml")):
        return "feed"
    return "index"
