"""Answers made to exhaust whoever reads them: memory and time stay bounded."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from functools import cache

import brotli
import pytest

from tests.fault_server import NO_ROBOTS, FaultServer, answer
from tests.faults.figures import note

pytestmark = pytest.mark.faults
GIB = 1 << 30
MOST_MIB = 64
SECONDS = 4.0


@cache
def bomb(encoding: str) -> bytes:
    """A GiB of zeros; twice compressed it is some kilobytes."""
    if encoding == "gzip, gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return packer.compress(bomb("gzip")) + packer.flush()
    block = bytes(1 << 20)
    if encoding == "br":
        coder = brotli.Compressor(quality=3)
        return b"".join(coder.process(block) for _ in range(GIB >> 20)) + coder.finish()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    return b"".join(packer.compress(block) for _ in range(GIB >> 20)) + packer.flush()


def measure(script, folder, kind: str, path: str, seconds: float = SECONDS) -> dict:
    with FaultServer(script) as server:
        command = [sys.executable, "-m", "tests.faults.measure_process", str(server.port)]
        done = subprocess.run(
            [*command, str(folder), kind, path, str(seconds)],
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout)


PLACES = {
    "body": ("200 OK", "body_too_large"),
    "redirect": ("302 Found", "outside_source"),
    "error": ("404 Not Found", "not_found"),
    "robots": ("200 OK", "robots_unreachable"),
    "sitemap": ("200 OK", "body_too_large"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_gibibyte_of_zeros(tmp_path, capsys, encoding, place):
    status, end = PLACES[place]
    packed = bomb(encoding)
    hostile = answer(packed, status, Content_Encoding=encoding, Location="http://other.example/")

    def script(asked):
        if asked.path == "/robots.txt" and place != "robots":
            return [NO_ROBOTS]
        return [answer(b"ordinary")] if asked.path == "/ordinary" else [hostile]

    cost = measure(script, tmp_path, place, "/hostile")

    with capsys.disabled():
        note(f"bomb {encoding} {place}", most_mib=cost["mib"], most_seconds=cost["seconds"])
    assert cost["end"] == end
    assert cost["mib"] <= MOST_MIB


def test_a_gibibyte_of_zeros_as_a_compressed_sitemap_file(tmp_path):
    hostile = answer(bomb("gzip"), kind="application/x-gzip")

    def script(asked):
        return [{"/ordinary": answer(b"ordinary"), "/s.xml.gz": hostile}.get(asked.path, NO_ROBOTS)]

    cost = measure(script, tmp_path, "sitemap", "/s.xml.gz")

    assert cost["end"] == "index_unreadable"
    assert cost["mib"] <= MOST_MIB


def test_the_largest_body_that_is_taken(tmp_path):
    words = random.Random(1).randbytes(7 << 20)  # noqa: S311 - the same bytes every time
    packed = gzip.compress(words + bytes(8 << 20))

    def script(asked):
        hostile = answer(packed, Content_Encoding="gzip")
        return [{"/ordinary": answer(b"ordinary"), "/large": hostile}.get(asked.path, NO_ROBOTS)]

    cost = measure(script, tmp_path, "page", "/large")

    assert cost["end"] == "complete"
    assert cost["mib"] <= MOST_MIB


def endless(start: bytes, again: bytes) -> Iterator[bytes]:
    yield start
    while True:
        yield again


def drip(data: bytes) -> Iterator[bytes | float]:
    for byte in data:
        yield bytes([byte])
        yield 0.1


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MANY = b"x" * 65_536
ENDLESS = {
    "body by length": (OK + b"Content-Length: 999999999999\r\n\r\n", MANY, "body_too_large"),
    "body by close": (OK + b"\r\n", MANY, "body_too_large"),
    "chunks": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n",
        b"10000\r\n" + MANY + b"\r\n",
        "body_too_large",
    ),
    "one-byte chunks": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n",
        b"1\r\nx\r\n" * 10_000,
        "body_too_large",
    ),
    "one header": (OK + b"X: ", MANY, "bad_answer"),
    "headers": (OK, b"X: y\r\n" * 10_000, "bad_answer"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000, "bad_answer"),
    "error body": (b"HTTP/1.1 404 No\r\n\r\n", MANY, "not_found"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_an_answer_without_end(tmp_path, name):
    start, again, end = ENDLESS[name]

    def script(asked):
        if asked.path == "/hostile":
            return endless(start, again)
        return [NO_ROBOTS if asked.path == "/robots.txt" else answer(b"ordinary")]

    # Time enough that it is the size that ends it: one-byte chunks alone take three seconds.
    cost = measure(script, tmp_path, "page", "/hostile", seconds=5 * SECONDS)

    assert cost["end"] == end
    assert cost["mib"] <= MOST_MIB
    assert cost["seconds"] <= 2 * SECONDS + 1


SLOW = {
    "headers, byte by byte": lambda: drip(OK * 100),
    "body, byte by byte": lambda: drip(OK + b"\r\n" + MANY),
    "body, byte by byte after quick headers": lambda: iter(
        [OK + b"Content-Length: 9999\r\n\r\n", *drip(MANY[:999])]
    ),
    "nothing at all": lambda: iter([60.0]),
    "nothing after the headers": lambda: iter([OK + b"Content-Length: 9\r\n\r\n", 60.0]),
}


@pytest.mark.parametrize("name", SLOW)
def test_an_answer_that_never_comes(tmp_path, name):
    def script(asked):
        if asked.path == "/hostile":
            return SLOW[name]()
        return [NO_ROBOTS if asked.path == "/robots.txt" else answer(b"ordinary")]

    cost = measure(script, tmp_path, "page", "/hostile")

    assert cost["end"] == "timed_out"
    assert cost["seconds"] <= SECONDS + 1
