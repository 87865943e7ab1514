"""A handful of pages of one source, fetched and read: what would be extracted. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from schemas.records import Capture, Miss, PageRef, Window
from schemas.source import Listing, Source
from tasks.archive_fetch import ArchiveFetcher, open_fetcher
from tasks.extract import Read, Unread, read_capture
from tasks.fetch import Fetcher
from tasks.listing import Listed, list_pages
from tasks.sitemap import Location

Row = dict[str, Any]
SHOWN = ("published_date", "published_rule", "headline", "section", "layout")
# A look is no run: the last month that lists a page, and the start of every listing.
LOOK_BACK = (timedelta(days=31), timedelta(days=366), timedelta(days=36_600))
MOST_LISTING_PAGES = 3
MOST_ARCHIVED = 200


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """`listings` has a row per declared listing, `pages` one per page asked for."""

    checked_on: date
    window: Window
    listings: list[Row]
    pages: list[Row]

    @property
    def is_well(self) -> bool:
        return bool(self.pages) and all(row["outcome"] == "read" for row in self.pages)


class Look:
    """A fetcher for one listing that asks for its first pages only."""

    def __init__(self, fetcher: Fetcher | ArchiveFetcher) -> None:
        self._fetcher = fetcher
        self.asked = 0

    def fetch_listing(self, url: str) -> Capture | Miss:
        if self.asked >= MOST_LISTING_PAGES:
            said = f"a look asks for {MOST_LISTING_PAGES} pages of a listing"
            source = self._fetcher.source.name
            return Miss(source, url, "deferred", "limit_reached", said, self.now())
        self.asked += 1
        return self._fetcher.fetch_listing(url)

    def list_archived(self, pattern: str, since: date | None) -> Iterator[Location | Miss]:
        return islice(self._fetcher.list_archived(pattern, since), MOST_ARCHIVED)

    def now(self) -> datetime:
        return self._fetcher.now()


def check_source(source: Source, state: Path, window: Window, count: int) -> SourceCheck:
    """At the polite pace, from the live site. Raises `BadConfiguration` without a contact."""
    with open_fetcher(source, state) as fetcher:
        today = fetcher.now().date()
        for back in LOOK_BACK:
            looked_at = look_window(source, window, today, back)
            listed = {
                listing: list_pages(replace(source, listings=(listing,)), looked_at, Look(fetcher))
                for listing in source.listings
            }
            if window.since or any(each.pages or _failed(each) for each in listed.values()):
                break
        pages = islice(_in_turn(listed.values()), count)
        rows = [_row(page, fetcher.fetch_page(page).outcome) for page in pages]
    return SourceCheck(today, looked_at, [_listing_row(*each) for each in listed.items()], rows)


def look_window(source: Source, window: Window, today: date, back: timedelta) -> Window:
    """The days asked for; else the last ones of the archive."""
    until = window.until or min(filter(None, (source.last_date, today)))
    return Window(window.since or max(source.first_date or date.min, until - back), until)


def _in_turn(listed: Iterable[Listed]) -> Iterator[PageRef]:
    """One of each listing, then the second of each: a handful shows all of them."""
    turns = zip_longest(*(each.pages for each in listed))
    pages = (page for page in chain.from_iterable(turns) if page is not None)
    return iter({page.url: page for page in pages}.values())


def source_rows(sources: dict[str, Source]) -> Iterator[Row]:
    for source in sources.values():
        yield {
            "source": source.name,
            "title": source.title,
            "hosts": ", ".join(source.hosts),
            "listings": ", ".join(sorted({each.kind for each in source.listings})),
            "layouts": len(source.layouts),
            "pause_seconds": source.pause.total_seconds(),
            "enabled": source.is_enabled,
            "last_verified": source.last_verified or "never",
        }


def _listing_row(listing: Listing, listed: Listed) -> Row:
    return {
        "kind": listing.kind,
        "url": listing.url,
        "pages": len(listed.pages),
        "printed_total": listed.expected_count,
        "failed": "; ".join(_failed(listed)) or None,
    }


def _failed(listed: Listed) -> list[str]:
    """Without what a look does not ask for."""
    return [
        f"{miss.reason}: {miss.detail} ({miss.url})"
        for miss in listed.misses
        if miss.reason != "limit_reached"
    ]


def _row(page: PageRef, outcome: Capture | Miss) -> Row:
    if isinstance(outcome, Miss):
        return {"url": page.url, "outcome": outcome.reason, "detail": outcome.detail}
    reading = read_capture(outcome)
    if isinstance(reading, Unread):
        return {"url": page.url, "outcome": reading.reason, "detail": reading.detail}
    return {"url": page.url, "outcome": "read", **_fields(reading)}


def _fields(reading: Read) -> Row:
    found = reading.extraction
    document = found.document
    first = found.quotes[0] if found.quotes else None
    speaker = first.attribution.speaker if first and first.attribution else None
    return {
        **{name: getattr(document, name) for name in SHOWN},
        "agency": document.agency.name if document.agency else None,
        "words": len(document.text.split()),
        "countries": sorted({x.country_code for x in found.country_mentions if x.country_code}),
        "quotes": len(found.quotes),
        "first_quote": first.quote.text if first else None,
        "its_speaker": speaker.name if speaker else None,
    }
