"""A fetcher that also looks into the Wayback Machine, for the sources that ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Self

from schemas.exchange import Answer, KnownPage
from schemas.records import Capture, Miss, PageRef, Window
from schemas.source import Source
from tasks.clock import Clock
from tasks.estimate import Estimate
from tasks.fetch import Fetcher, How, miss_of
from tasks.http_fault import Fault
from tasks.sitemap import Location
from tasks.wayback_archive import WaybackArchive, is_memento
from tasks.wayback_transport import ROOT

_GONE = frozenset({"not_found", "gone"})


class ArchiveFetcher:
    """The site first; the archive for what it lists, and for pages the site no longer has."""

    def __init__(self, fetcher: Fetcher, archive: WaybackArchive) -> None:
        self.source = fetcher.source
        self._fetcher = fetcher
        self._archive = archive

    def fetch_page(self, page: PageRef, known: KnownPage | None = None) -> Answer:
        if is_memento(page.url):
            return self._fetch_memento(page, known)
        answer = self._fetcher.fetch_page(page, known)
        is_gone = isinstance(answer.outcome, Miss) and answer.outcome.reason in _GONE
        if not is_gone or not self.source.wayback_fallback:
            return answer
        if known is None:
            return self._archive.fetch_newest(page) or answer
        if known.is_archived:
            return Answer(page, self._never_changed(page, known), answer.exchanges)
        return answer

    def fetch_listing(self, url: str) -> Capture | Miss:
        return self._fetcher.fetch_listing(url)

    def list_archived(self, pattern: str, since: date | None) -> Iterator[Location | Miss]:
        return self._archive.list_archived(pattern, since)

    @property
    def request_count(self) -> int:
        return self._fetcher.request_count + self._archive.request_count

    def estimate_listings(self, window: Window) -> Estimate:
        return self._fetcher.estimate_listings(window)

    def estimate(self, pages: Sequence[PageRef]) -> Estimate:
        return self._fetcher.estimate(pages)

    def now(self) -> datetime:
        return self._fetcher.now()

    def close(self) -> None:
        self._archive.close()
        self._fetcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _fetch_memento(self, page: PageRef, known: KnownPage | None) -> Answer:
        if known is None:
            return self._archive.fetch(page, page.url)
        return Answer(page, self._never_changed(page, known))

    def _never_changed(self, page: PageRef, known: KnownPage) -> Miss:
        detail = f"capture {known.capture_id}: a copy in the archive never changes"
        return miss_of(page, Fault("same_body", detail), self.now())


def open_fetcher(
    source: Source,
    state: Path,
    clock: Clock | None = None,
    how: How | None = None,
    archive_root: str = ROOT,
) -> Fetcher | ArchiveFetcher:
    """What a flow uses: the plain fetcher, unless the source declares a use for the archive."""
    fetcher = Fetcher(source, state, clock, how)
    has_cdx = any(listing.kind == "cdx" for listing in source.listings)
    if not (has_cdx or source.wayback_fallback):
        return fetcher
    return ArchiveFetcher(fetcher, WaybackArchive(source, state, clock, how, archive_root))
