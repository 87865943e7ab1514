"""What a listing has found so far, and how a listing page is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from schemas.expectation import Period, Told
from schemas.records import Capture, Miss, PageRef, Window
from schemas.source import Listing, Source
from tasks.canonical_url import canonical_url
from tasks.extractors.index_page import day_in
from tasks.http_fault import Fault
from tasks.http_scope import require_in_scope
from tasks.sitemap import Location


class ListingFetcher(Protocol):
    """What listing needs of a fetcher."""

    def fetch_listing(self, url: str) -> Capture | Miss: ...

    def list_archived(self, pattern: str, since: date | None) -> Iterator[Location | Miss]: ...

    def now(self) -> datetime: ...


@dataclass(slots=True)
class Found:
    """Filled while listing; the first address seen of a page is the one asked for.

    Beside the window, pages of the periods `again` are wanted, and their dated index pages asked
    for; index pages of periods that are `left_alone` are not.
    """

    source: Source
    window: Window
    left_alone: frozenset[Period] = frozenset()
    again: tuple[Period, ...] = ()
    pages: dict[str, PageRef] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def add(self, location: Location, listing: Listing) -> None:
        match = re.fullmatch(listing.page_pattern, location.url) if listing.page_pattern else None
        if listing.page_pattern and match is None:
            return
        day = day_in(match) or location.day
        if self._covers(day) and is_in_scope(location.url, self.source):
            page = PageRef(self.source.name, location.kept_at or location.url, day)
            self.pages.setdefault(canonical_url(location.url), page)

    def _covers(self, day: date | None) -> bool:
        windows = (self.window, *(period.window for period in self.again))
        return any(window.covers(day) for window in windows)


def ask_listing(url: str, found: Found, fetcher: ListingFetcher) -> Capture | None:
    answer = fetcher.fetch_listing(url)
    if isinstance(answer, Miss):
        found.misses.append(answer)
        return None
    return answer


def unreadable(source: Source, url: str, detail: str, now: datetime) -> Miss:
    return Miss(source.name, url, "failed", "index_unreadable", detail, now)


def is_in_scope(url: str, source: Source) -> bool:
    """A link to another site is no page of this source."""
    try:
        require_in_scope(url, source)
    except Fault:
        return False
    return True
