"""The pages of a source in a window, by each way the source declares.

One listing page that fails becomes a miss and never holds back the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from schemas.expectation import WHOLE, Period, Told
from schemas.records import Miss, PageRef, Window
from schemas.source import Listing, Source
from tasks.canonical_url import canonical_url
from tasks.feed import read_feed
from tasks.listing_found import Found, ListingFetcher, ask_listing, unreadable
from tasks.listing_index import index_urls, list_index
from tasks.sitemap import read_sitemap

MOST_SITEMAPS = 500
_MOST_SITEMAP_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """`told` is what each listing showed of each period; `misses` the listing pages that failed."""

    pages: tuple[PageRef, ...]
    told: tuple[Told, ...] = ()
    misses: tuple[Miss, ...] = ()

    @property
    def expected_count(self) -> int | None:
        """What the index pages print as their total; None where one of them prints none."""
        counts = [each.printed for each in self.told if each.kind == "index"]
        known = [count for count in counts if count is not None]
        return sum(known) if known and len(known) == len(counts) else None


def list_pages(
    source: Source,
    window: Window,
    fetcher: ListingFetcher,
    left_alone: frozenset[Period] = frozenset(),
    again: tuple[Period, ...] = (),
) -> Listed:
    """Every page in the window, in the order listed, each address once.

    Index pages of periods `left_alone` are not asked for; the periods `again` are wanted whatever
    the window.
    """
    found = Found(source, window, left_alone, again)
    for listing in source.listings:
        before = len(found.misses), len(found.pages)
        _LISTERS[listing.kind](listing, found, fetcher)
        if listing.kind != "index":
            misses = tuple(found.misses[before[0] :])
            shown = len(found.pages) - before[1]
            found.told.append(Told(WHOLE, listing.kind, shown, misses=misses))
    return Listed(tuple(found.pages.values()), tuple(found.told), tuple(found.misses))


def count_listings(source: Source, window: Window, now: datetime) -> int:
    """Requests that listing takes at least; what an answer leads on to is not foreseen."""
    return sum(
        sum(1 for _ in index_urls(listing, source, window, now)) if listing.kind == "index" else 1
        for listing in source.listings
    )


# --- feeds and sitemaps ------------------------------------------------------------------------


def _list_feed(listing: Listing, found: Found, fetcher: ListingFetcher) -> None:
    capture = ask_listing(listing.url, found, fetcher)
    if capture is None:
        return
    feed = read_feed(capture.body, capture.url or listing.url, capture.content_type)
    if feed.trouble:
        found.misses.append(unreadable(found.source, listing.url, feed.trouble, fetcher.now()))
    for location in feed.pages:
        found.add(location, listing)


def _list_sitemap(listing: Listing, found: Found, fetcher: ListingFetcher) -> None:
    """Breadth first through indexes of sitemaps, each file once."""
    waiting, seen = [(listing.url, 1)], {canonical_url(listing.url)}
    while waiting:
        url, depth = waiting.pop(0)
        capture = ask_listing(url, found, fetcher)
        if capture is None:
            continue
        sitemap = read_sitemap(capture.body)
        if sitemap.trouble:
            found.misses.append(unreadable(found.source, url, sitemap.trouble, fetcher.now()))
        for location in sitemap.pages:
            found.add(location, listing)
        for inner in sitemap.sitemaps:
            if canonical_url(inner) in seen:
                continue
            if depth >= _MOST_SITEMAP_DEPTH or len(seen) >= MOST_SITEMAPS:
                detail = f"deeper than {_MOST_SITEMAP_DEPTH} or over {MOST_SITEMAPS} sitemaps"
                found.misses.append(unreadable(found.source, inner, detail, fetcher.now()))
                continue
            seen.add(canonical_url(inner))
            waiting.append((inner, depth + 1))


# --- web archives --------------------------------------------------------------------------------


def _list_archived(listing: Listing, found: Found, fetcher: ListingFetcher) -> None:
    """By the day of the page where its address has one; by no page before its publication."""
    for each in fetcher.list_archived(listing.url, found.window.since):
        if isinstance(each, Miss):
            found.misses.append(each)
        else:
            found.add(each, listing)


_LISTERS: dict[str, Callable[[Listing, Found, ListingFetcher], None]] = {
    "index": list_index,
    "feed": _list_feed,
    "sitemap": _list_sitemap,
    "cdx": _list_archived,
}
