"""Which spellings are one address."""

from __future__ import annotations

import pytest

from tasks.canonical_url import canonical_url

ONE = "//news.example/2007/a%20b.html?x=1"


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/2007/a%20b.html?x=1",
        "https://news.example/2007/a%20b.html?x=1",
        "HTTP://WWW.News.Example:80/2007/a b.html?x=1",
        "https://news.example.:443/2007/a%20b.html?x=1#part",
        "http://news.example/2007/%61%20b.html?utm_source=mail&x=1&fbclid=abc",
    ],
)
def test_one_address_in_many_spellings(url):
    assert canonical_url(url) == ONE


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/2007/A%20b.html?x=1",
        "http://news.example/2007/a%20b.html?x=2",
        "http://news.example/2007/a%20b.html",
        "http://news.example:8080/2007/a%20b.html?x=1",
        "http://other.example/2007/a%20b.html?x=1",
        "http://news.example/2007/a%2520b.html?x=1",
        "http://news.example/2007%2Fa%20b.html?x=1&x=1",
    ],
)
def test_other_addresses_stay_others(url):
    assert canonical_url(url) != ONE


@pytest.mark.parametrize("url", ["http://[::1", "http://h:port/", "", "no address"])
def test_what_is_no_address_raises_nothing(url):
    canonical_url(url)
