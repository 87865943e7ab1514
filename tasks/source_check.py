"""A handful of pages of one source, fetched and read: what would be extracted. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from schemas.records import Capture, Miss, PageRef, Window
from schemas.source import Source
from tasks.archive_fetch import open_fetcher
from tasks.extract import Unread, read_capture
from tasks.listing import list_pages

Row = dict[str, Any]
SHOWN = ("published_date", "published_rule", "headline", "section", "agency", "layout")


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """`pages` has a row per page asked for; `misses` are listing pages that failed."""

    listed_count: int
    expected_count: int | None
    pages: list[Row]
    misses: list[Row]

    @property
    def is_well(self) -> bool:
        return bool(self.pages) and all(row["outcome"] == "read" for row in self.pages)


def check_source(source: Source, state: Path, window: Window, count: int) -> SourceCheck:
    """At the polite pace, from the live site. Raises `BadConfiguration` without a contact."""
    with open_fetcher(source, state) as fetcher:
        listed = list_pages(source, window, fetcher)
        answers = (fetcher.fetch_page(page) for page in islice(listed.pages, count))
        pages = [_row(answer.page, answer.outcome) for answer in answers]
    return SourceCheck(
        len(listed.pages), listed.expected_count, pages, [_missed(miss) for miss in listed.misses]
    )


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


def _row(page: PageRef, outcome: Capture | Miss) -> Row:
    if isinstance(outcome, Miss):
        return {"url": page.url, "outcome": outcome.reason, "detail": outcome.detail}
    reading = read_capture(outcome)
    if isinstance(reading, Unread):
        return {"url": page.url, "outcome": reading.reason, "detail": reading.detail}
    document = reading.extraction.document
    fields = {name: getattr(document, name) for name in SHOWN if name != "agency"}
    return {
        "url": page.url,
        "outcome": "read",
        **fields,
        "agency": document.agency.name if document.agency else None,
        "words": len(document.text.split()),
        "quotes": len(reading.extraction.quotes),
        "countries": sorted(
            {each.country_code for each in reading.extraction.country_mentions if each.country_code}
        ),
    }


def _missed(miss: Miss) -> Row:
    return {"url": miss.url, "outcome": miss.reason, "detail": miss.detail}
