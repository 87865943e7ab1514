"""A handful of pages of a source, fetched to see whether its declaration still holds.

Nothing is kept and nothing is loaded; what would be extracted is shown by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.exchange import Answer, KnownPage
from schemas.records import Capture, Miss, PageRef, Window
from schemas.source import Source
from tasks.estimate import Estimate
from tasks.listing import list_pages
from tasks.listing_found import ListingFetcher


class PageFetcher(ListingFetcher, Protocol):
    """What a check needs of a fetcher."""

    def fetch_page(self, page: PageRef, known: KnownPage | None = None) -> Answer: ...

    def estimate(self, pages: Sequence[PageRef]) -> Estimate: ...


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """`estimate` is for all pages listed, as a run of the same window would ask for them."""

    listed_count: int
    expected_count: int | None
    listing_misses: tuple[Miss, ...]
    answers: tuple[Answer, ...]
    estimate: Estimate

    @property
    def captures(self) -> tuple[Capture, ...]:
        outcomes = (answer.outcome for answer in self.answers)
        return tuple(each for each in outcomes if isinstance(each, Capture))

    @property
    def has_met_the_site(self) -> bool:
        """Pages were listed and at least one of them came whole: `last_verified` may be set."""
        return any(capture.completeness == "complete" for capture in self.captures)


def check_source(
    source: Source, window: Window, fetcher: PageFetcher, sample: int = 5
) -> SourceCheck:
    """Pages from all over the window, not its first ones: designs change over the years."""
    listed = list_pages(source, window, fetcher)
    chosen = spread(listed.pages, sample)
    return SourceCheck(
        listed_count=len(listed.pages),
        expected_count=listed.expected_count,
        listing_misses=listed.misses,
        answers=tuple(fetcher.fetch_page(page) for page in chosen),
        estimate=fetcher.estimate(listed.pages),
    )


def spread(pages: Sequence[PageRef], count: int) -> tuple[PageRef, ...]:
    """So many pages at even distances, the first and the last among them."""
    if len(pages) <= count:
        return tuple(pages)
    if count == 1:
        return (pages[0],)
    step = (len(pages) - 1) / (count - 1)
    return tuple(pages[round(number * step)] for number in range(count))
