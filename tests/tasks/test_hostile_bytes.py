"""Any bytes at all: read, or refused by name; never another exception, never without end."""

from __future__ import annotations

import contextlib
import gzip
import time
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import Unreadable
from schemas.source import Listing
from tasks.canonical_url import canonical_url
from tasks.extractors.index_page import read_index_page
from tasks.feed import read_feed
from tasks.http_decode import decode
from tasks.http_fault import Fault
from tasks.http_message import drop_interim, read_head, read_payload
from tasks.robots import Rules, read_text
from tasks.sitemap import read_sitemap
from tasks.warc_format import read_records
from tasks.warc_stream import stream_records

PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 100 \r\n\r\n",
        b"Content-Length: 3\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"\r\n",
        b"\r\n\r\n",
        b"5\r\n",
        b"0\r\n\r\n",
        b"abc",
        b"\x00",
        b"WARC/1.0\r\n",
        b"WARC/1.1\r\n",
        b"\x1f\x8b\x08\x00",
        gzip.compress(b"WARC/1.0\r\n\r\n"),
        zlib.compress(b"a" * 99),
        brotli.compress(b"b" * 99),
        b"<?xml version='1.0' encoding='utf-16'?>",
        b"<urlset>",
        b"<url><loc>http://x/</loc></url>",
        b"</urlset>",
        b"<rss version='2.0'><channel><item><link>http://[",
        b"<a href='http://[::1'>",
        b"<a href='//h:99999/'>x</a>",
        b"<base href='http://h:x/'>",
        b"User-agent: *\n",
        b"Disallow: /*$*\n",
        b"Crawl-delay: nan\n",
        b"Request-rate: 1/0s\n",
    ]
)
BYTES = st.lists(PIECES | st.binary(max_size=20), max_size=12).map(b"".join)
LISTING = Listing(kind="index", url="", next_selector="a", count_selector="a")


def message(data: bytes) -> None:
    head, answer = drop_interim(read_head(data), data)
    assert read_head(answer) == head
    decode(read_payload(head, answer).data, head.all("content-encoding"), 10_000)


def index(data: bytes) -> None:
    for link in read_index_page(data, "http://h/", LISTING).links:
        canonical_url(link)


def rules(data: bytes) -> None:
    parsed = Rules(read_text(data))
    parsed.allows("http://h/a")
    assert parsed.pause.total_seconds() >= 0


READERS = {
    "a message": message,
    "gzip": lambda data: decode(data, ("gzip",), 10_000),
    "deflate": lambda data: decode(data, ("deflate",), 10_000),
    "Brotli": lambda data: decode(data, ("br",), 10_000),
    "all of them": lambda data: decode(data, ("br", "deflate", "gzip"), 10_000),
    "a sitemap": read_sitemap,
    "a feed": lambda data: read_feed(data, "http://h/", "text/xml"),
    "an index page": index,
    "robots.txt": rules,
    "our WARC": lambda data: list(read_records(memoryview(data))),
    "their WARC": lambda data: list(stream_records(memoryview(data))),
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(data=BYTES)
def test_any_bytes_are_read_or_refused(name, data):
    with contextlib.suppress(Fault, Unreadable):
        READERS[name](data)


GROWING = {
    "chunks of one byte": (
        message,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"1\r\nx\r\n",
    ),
    "headers": (message, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "an index page": (index, b"", b"<a href='/x'>y</a>"),
    "nested elements": (index, b"", b"<div>"),
    "a sitemap": (read_sitemap, b"<urlset>", b"<url><loc>http://x/</loc></url>"),
    "wildcards in robots.txt": (rules, b"User-agent: *\nDisallow: /", b"*a"),
    "rules in robots.txt": (rules, b"User-agent: *\n", b"Disallow: /b*c\n"),
    "gzip heads": (READERS["their WARC"], b"", b"\x1f\x8b\x08\x00"),
    "gzip heads in ours": (READERS["our WARC"], b"", b"\x1f\x8b\x08\x00"),
    "WARC marks": (READERS["their WARC"], b"", b"WARC/1.0\r\n"),
    "empty gzip members": (READERS["gzip"], b"", gzip.compress(b"")),
}


@pytest.mark.parametrize("name", GROWING)
def test_ten_times_the_bytes_cost_about_ten_times_the_time(name):
    read, start, again = GROWING[name]
    seconds = []
    for size in (20_000, 200_000):
        began = time.process_time()
        with contextlib.suppress(Fault, Unreadable):
            read(start + again * (size // len(again)))
        seconds.append(time.process_time() - began)

    # Quadratic cost would be a hundred times as much; short times are noise.
    assert seconds[1] < 40 * max(seconds[0], 0.02)
