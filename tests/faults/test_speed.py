"""Ten thousand pages from loopback, listed, fetched and kept, with the pause off."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schemas.records import Capture, Window
from schemas.source import Listing
from tasks.fetch import Fetcher
from tasks.keep import CaptureStore
from tasks.listing import list_pages
from tests.faults.archive_process import archive_process
from tests.faults.figures import note
from tests.fetching import loopback_source

pytestmark = pytest.mark.faults
PAGES = 10_000
LISTING = Listing(
    kind="index",
    url="",
    page_pattern=r".*/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)-s\d+\.html",
    next_selector="a.next",
    count_selector="b",
)


def source_of(archive, **changes):
    listing = replace(LISTING, url=archive.url("/index/0"))
    return loopback_source(archive.host, listings=(listing,), request_budget=10**9, **changes)


def test_three_hundred_pages_a_second(tmp_path, capsys):
    with archive_process(PAGES, tmp_path) as archive:
        source = source_of(archive)
        started, used = time.perf_counter(), time.process_time()
        store = CaptureStore(tmp_path / "captures")
        with (
            Fetcher(source, tmp_path / "state") as fetcher,
            store.series("run-1", datetime.now(UTC)) as series,
        ):
            listed = list_pages(source, Window(), fetcher)
            kept = [series.keep(fetcher.fetch_page(page)) for page in listed.pages]
        seconds, used = time.perf_counter() - started, time.process_time() - used

    with capsys.disabled():
        note(
            "speed",
            pages=PAGES,
            least_pages_a_second=round(PAGES / seconds),
            most_cpu_us_a_page=round(1e6 * used / PAGES),
        )
    assert (listed.expected_count, len(listed.pages)) == (PAGES, PAGES)
    assert all(isinstance(each, Capture) for each in kept)
    assert sum(1 for each in store.read_all() if isinstance(each, Capture)) == PAGES
    assert len(store.known_pages(source.name)) == PAGES
    assert PAGES / seconds >= 300
