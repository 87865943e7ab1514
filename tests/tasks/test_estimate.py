"""What a run says beforehand of its requests and its time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.records import Window
from schemas.source import Listing
from tasks.estimate import estimate_fetch
from tasks.listing import count_listings
from tests.fetching import loopback_source


@pytest.mark.parametrize(
    ("pages", "pause", "budget", "says", "is_large"),
    [
        pytest.param(0, 5, 100, "0 requests for pages, about 0 s", False, id="nothing to do"),
        pytest.param(10, 5, 100, "11 requests for pages, about 55 s", False, id="a minute"),
        pytest.param(100, 5, 1000, "101 requests for pages, about 8 min", False, id="minutes"),
        pytest.param(900, 10, 1000, "901 requests for pages, about 3 h", True, id="over an hour"),
        pytest.param(2000, 0, 9000, "2001 requests for pages, about 0 s", True, id="a thousand"),
        pytest.param(
            100_000,
            5,
            100_001,
            "100001 requests for pages, about 6 days",
            True,
            id="days",
        ),
        pytest.param(
            50,
            5,
            11,
            "11 requests for pages, about 55 s, 40 pages left for later runs",
            False,
            id="more than the budget",
        ),
    ],
)
def test_what_is_said(pages, pause, budget, says, is_large):
    estimate = estimate_fetch(pages, timedelta(seconds=pause), budget)

    assert (str(estimate), estimate.is_large) == (says, is_large)


@pytest.mark.parametrize(
    ("kind", "url", "count"),
    [
        pytest.param("index", "http://news.example/{day:%Y}/{day:%m}/", 5, id="months"),
        pytest.param("index", "http://news.example/{day:%Y}/", 2, id="years"),
        pytest.param("index", "http://news.example/news/", 1, id="one index"),
        pytest.param("feed", "http://news.example/feed", 1, id="a feed"),
        pytest.param("sitemap", "http://news.example/sitemap.xml", 1, id="a sitemap"),
        pytest.param("cdx", "news.example/*", 1, id="a web archive's list"),
    ],
)
def test_what_listing_a_window_takes(kind, url, count):
    source = loopback_source("news.example", listings=(Listing(kind=kind, url=url),))
    window = Window(date(2006, 11, 20), date(2007, 3, 1))

    assert count_listings(source, window, datetime(2024, 3, 1, tzinfo=UTC)) == count
