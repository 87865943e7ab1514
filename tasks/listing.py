"""The pages of a source in a window, by each way the source declares.

One listing page that fails becomes a miss and never holds back the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from schemas.errors import BadUsage
from schemas.records import Capture, Miss, PageRef, Window
from schemas.source import Listing, Source
from tasks.canonical_url import canonical_url
from tasks.extractors.index_page import day_in, read_index_page
from tasks.feed import read_feed
from tasks.http_fault import Fault
from tasks.http_scope import require_in_scope
from tasks.sitemap import Location, read_sitemap

MOST_PAGES_OF_ONE_INDEX = 1_000
MOST_IDLE_PAGES = 20
MOST_SITEMAPS = 500
_MOST_SITEMAP_DEPTH = 3


class ListingFetcher(Protocol):
    """What listing needs of a fetcher."""

    def fetch_listing(self, url: str) -> Capture | Miss: ...

    def list_archived(self, pattern: str, since: date | None) -> Iterator[Location | Miss]: ...

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """`expected_count` is what the index pages print as their total; None where none does."""

    pages: tuple[PageRef, ...]
    expected_count: int | None = None
    misses: tuple[Miss, ...] = ()


@dataclass(slots=True)
class _Found:
    """Filled while listing; the first address seen of a page is the one asked for."""

    source: Source
    window: Window
    pages: dict[str, PageRef] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    counts: list[int | None] = field(default_factory=list)

    def add(self, location: Location, listing: Listing) -> None:
        match = re.fullmatch(listing.page_pattern, location.url) if listing.page_pattern else None
        if listing.page_pattern and match is None:
            return
        day = day_in(match) or location.day
        if self.window.covers(day) and _is_in_scope(location.url, self.source):
            page = PageRef(self.source.name, location.kept_at or location.url, day)
            self.pages.setdefault(canonical_url(location.url), page)


def list_pages(source: Source, window: Window, fetcher: ListingFetcher) -> Listed:
    """Every page in the window, in the order listed, each address once."""
    found = _Found(source, window)
    for listing in source.listings:
        _LISTERS[listing.kind](listing, found, fetcher)
    counts = [count for count in found.counts if count is not None]
    is_counted = bool(counts) and len(counts) == len(found.counts)
    return Listed(
        tuple(found.pages.values()), sum(counts) if is_counted else None, tuple(found.misses)
    )


# --- index pages -------------------------------------------------------------------------------


def _list_index(listing: Listing, found: _Found, fetcher: ListingFetcher) -> None:
    for url in dated_urls(listing.url, _closed(found, fetcher.now())):
        _walk_index(url, listing, found, fetcher)


def _walk_index(url: str, listing: Listing, found: _Found, fetcher: ListingFetcher) -> None:
    """From one index page to the next, until there is none, or one was seen before."""
    walk = _Walk()
    next_url: str | None = url
    while next_url is not None and canonical_url(next_url) not in walk.seen:
        if (trouble := walk.trouble()) is not None:
            detail = f"{trouble}, from {url} on; the rest is not read"
            found.misses.append(_unreadable(found.source, next_url, detail, fetcher.now()))
            break
        walk.seen.add(canonical_url(next_url))
        capture = _ask(next_url, found, fetcher)
        if capture is None:
            break
        index = read_index_page(capture.body, capture.url or next_url, listing)
        pages = [link for link in index.links if _is_listed(link, listing)]
        for link in pages:
            found.add(Location(link), listing)
        walk.note(pages, index.count)
        next_url = index.next_url
    if listing.count_selector:
        found.counts.append(walk.count)


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


def dated_urls(template: str, window: Window) -> Iterator[str]:
    """One address per day, month or year of the window, by the finest field in the template."""
    step = _step_of(template)
    if step is None:
        yield template
        return
    if window.since is None or window.until is None:
        raise BadUsage(
            f"{template} lists pages by date: state --since, or first_date in the source"
        )
    day = step(window.since)
    while day <= window.until:
        yield template.format(day=day)
        day = step(day + _LEAP[step])


def _by_day(day: date) -> date:
    return day


def _by_month(day: date) -> date:
    return day.replace(day=1)


def _by_year(day: date) -> date:
    return day.replace(month=1, day=1)


# Past the end of the period, from its first day; `step` goes back to the first day of the next.
_LEAP: dict[Callable[[date], date], timedelta] = {
    _by_day: timedelta(days=1),
    _by_month: timedelta(days=31),
    _by_year: timedelta(days=366),
}


def _step_of(template: str) -> Callable[[date], date] | None:
    fields = set(re.findall(r"\{day:([^}]*)\}", template))
    letters = {letter for name in fields for letter in re.findall(r"%-?([A-Za-z])", name)}
    if letters & set("djaA"):
        return _by_day
    if letters & set("mbB"):
        return _by_month
    return _by_year if letters & set("yY") else None


def _closed(found: _Found, now: datetime) -> Window:
    """The window without its open ends, as far as the source or the clock closes them."""
    source, window = found.source, found.window
    since = max(filter(None, (window.since, source.first_date)), default=None)
    until = min(filter(None, (window.until, source.last_date, now.astimezone(UTC).date())))
    return Window(since, until)


# --- feeds and sitemaps ------------------------------------------------------------------------


def _list_feed(listing: Listing, found: _Found, fetcher: ListingFetcher) -> None:
    capture = _ask(listing.url, found, fetcher)
    if capture is None:
        return
    locations = read_feed(capture.body, capture.url or listing.url, capture.content_type)
    if isinstance(locations, str):
        found.misses.append(_unreadable(found.source, listing.url, locations, fetcher.now()))
        return
    for location in locations:
        found.add(location, listing)


def _list_sitemap(listing: Listing, found: _Found, fetcher: ListingFetcher) -> None:
    """Breadth first through indexes of sitemaps, each file once."""
    waiting, seen = [(listing.url, 1)], {canonical_url(listing.url)}
    while waiting:
        url, depth = waiting.pop(0)
        capture = _ask(url, found, fetcher)
        if capture is None:
            continue
        sitemap = read_sitemap(capture.body)
        if sitemap.trouble:
            found.misses.append(_unreadable(found.source, url, sitemap.trouble, fetcher.now()))
        for location in sitemap.pages:
            found.add(location, listing)
        for inner in sitemap.sitemaps:
            if canonical_url(inner) in seen:
                continue
            if depth >= _MOST_SITEMAP_DEPTH or len(seen) >= MOST_SITEMAPS:
                detail = f"deeper than {_MOST_SITEMAP_DEPTH} or over {MOST_SITEMAPS} sitemaps"
                found.misses.append(_unreadable(found.source, inner, detail, fetcher.now()))
                continue
            seen.add(canonical_url(inner))
            waiting.append((inner, depth + 1))


# --- web archives --------------------------------------------------------------------------------


def _list_archived(listing: Listing, found: _Found, fetcher: ListingFetcher) -> None:
    """By the day of the page where its address has one; by no page before its publication."""
    for each in fetcher.list_archived(listing.url, found.window.since):
        if isinstance(each, Miss):
            found.misses.append(each)
        else:
            found.add(each, listing)


# --- common --------------------------------------------------------------------------------------


def _ask(url: str, found: _Found, fetcher: ListingFetcher) -> Capture | None:
    answer = fetcher.fetch_listing(url)
    if isinstance(answer, Miss):
        found.misses.append(answer)
        return None
    return answer


def _unreadable(source: Source, url: str, detail: str, now: datetime) -> Miss:
    return Miss(source.name, url, "failed", "index_unreadable", detail, now)


def _is_in_scope(url: str, source: Source) -> bool:
    """A link to another site is no page of this source."""
    try:
        require_in_scope(url, source)
    except Fault:
        return False
    return True


_LISTERS: dict[str, Callable[[Listing, _Found, ListingFetcher], None]] = {
    "index": _list_index,
    "feed": _list_feed,
    "sitemap": _list_sitemap,
    "cdx": _list_archived,
}
