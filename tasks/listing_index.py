"""Index pages: dated ones for a window, and from each the next, to the last one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from schemas.errors import Unreadable
from schemas.expectation import Period, Told
from schemas.records import Window
from schemas.source import Listing, Source
from tasks.canonical_url import canonical_url
from tasks.dated_urls import dated_periods
from tasks.extractors.index_page import read_index_page
from tasks.listing_found import Found, ListingFetcher, ask_listing, unreadable
from tasks.sitemap import Location

MOST_PAGES_OF_ONE_INDEX = 1_000
MOST_IDLE_PAGES = 20


def list_index(listing: Listing, found: Found, fetcher: ListingFetcher) -> None:
    for period, url in _addresses(listing, found, fetcher.now()):
        before = len(found.misses)
        walk = _walk_index(url, listing, found, fetcher)
        misses = tuple(found.misses[before:])
        found.told.append(Told(period, listing.kind, len(walk.pages), walk.count, misses))


def _addresses(listing: Listing, found: Found, now: datetime) -> Iterator[tuple[Period, str]]:
    """Each once: several days that are wanted again may stand on one index page of their month."""
    windows = (_closed(found.source, found.window, now), *(period.window for period in found.again))
    once = {url: period for window in windows for period, url in dated_periods(listing.url, window)}
    yield from ((p, url) for url, p in once.items() if p not in found.left_alone)


def index_urls(listing: Listing, source: Source, window: Window, now: datetime) -> Iterator[str]:
    """The first page of each chain of index pages in a window."""
    return (url for _, url in dated_periods(listing.url, _closed(source, window, now)))


def _walk_index(url: str, listing: Listing, found: Found, fetcher: ListingFetcher) -> _Walk:
    """From one index page to the next, until there is none, or one was seen before."""
    walk = _Walk()
    next_url: str | None = url
    while next_url is not None and canonical_url(next_url) not in walk.seen:
        if (trouble := walk.trouble()) is not None:
            detail = f"{trouble}, from {url} on; the rest is not read"
            found.misses.append(unreadable(found.source, next_url, detail, fetcher.now()))
            break
        walk.seen.add(canonical_url(next_url))
        capture = ask_listing(next_url, found, fetcher)
        if capture is None:
            break
        try:
            index = read_index_page(
                capture.body, capture.url or next_url, listing, capture.content_type
            )
        except Unreadable as error:
            found.misses.append(unreadable(found.source, next_url, str(error), fetcher.now()))
            break
        pages = [link for link in index.links if _is_listed(link, listing)]
        for link in pages:
            found.add(Location(link), listing)
        walk.note(pages, index.count)
        next_url = index.next_url
    return walk


@dataclass(slots=True)
class _Walk:
    """One chain of index pages: what it has shown so far, and whether it still leads anywhere."""

    seen: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    count: int | None = None
    idle: int = 0

    def note(self, pages: list[str], count: int | None) -> None:
        before = len(self.pages)
        self.pages.update(pages)
        self.idle = self.idle + 1 if len(self.pages) == before else 0
        self.count = self.count if count is None else max(self.count or 0, count)

    def trouble(self) -> str | None:
        """Calendars link to every month there will ever be; an index ends or lists something."""
        if self.idle >= MOST_IDLE_PAGES:
            return f"{self.idle} index pages in a row list nothing new"
        if len(self.seen) >= MOST_PAGES_OF_ONE_INDEX:
            return f"more than {MOST_PAGES_OF_ONE_INDEX} index pages"
        return None


def _is_listed(link: str, listing: Listing) -> bool:
    return not listing.page_pattern or re.fullmatch(listing.page_pattern, link) is not None


def _closed(source: Source, window: Window, now: datetime) -> Window:
    """The window without its open ends, as far as the source or the clock closes them."""
    since = max(filter(None, (window.since, source.first_date)), default=None)
    until = min(filter(None, (window.until, source.last_date, now.astimezone(UTC).date())))
    return Window(since, until)
