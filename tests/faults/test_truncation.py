"""A body cut anywhere is never taken for a whole one, whatever its framing and encoding."""

from __future__ import annotations

import gzip
import random
import zlib
from collections import Counter

import brotli
import pytest

from schemas.records import Capture
from tests.fault_server import CLOSE, NO_ROBOTS, FaultServer
from tests.faults.figures import note
from tests.fetching import fetching, loopback_source, page

pytestmark = pytest.mark.faults


def _page(size: int) -> bytes:
    """Of that size on the wire, and hard to compress, so that every encoding has as much to cut."""
    chance = random.Random(7)  # noqa: S311 - the same page every time
    words = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz     \n") for _ in range(size - 60))
    return f"<html><body><p>{words}</p></body></html>\n".encode()


PAGE = _page(4_096)
ENCODED = {
    "identity": PAGE,
    "gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "bare deflate": zlib.compress(PAGE)[2:-4],
    "br": brotli.compress(PAGE, quality=5),
}
LABELS = {"bare deflate": "deflate"}


def by_length(body: bytes) -> tuple[bytes, bytes]:
    return b"Content-Length: %d\r\n" % len(body), body


def by_chunks(body: bytes) -> tuple[bytes, bytes]:
    pieces = [body[start : start + 1000] for start in range(0, len(body), 1000)]
    framed = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return b"Transfer-Encoding: chunked\r\n", framed + b"0\r\n\r\n"


def by_close(body: bytes) -> tuple[bytes, bytes]:
    return b"Connection: close\r\n", body


def by_length_of_the_cut(body: bytes) -> tuple[bytes, bytes]:
    """A proxy that lost the end and states the length of what is left."""
    return b"", body


@pytest.mark.parametrize("frame", [by_length, by_chunks, by_close, by_length_of_the_cut])
@pytest.mark.parametrize("encoding", ENCODED)
def test_every_offset(tmp_path, capsys, encoding, frame):
    if encoding == "identity" and frame is by_length_of_the_cut:
        pytest.skip("nothing in such an answer says that anything is missing")
    header, wire = frame(ENCODED[encoding])
    label = LABELS.get(encoding, encoding).encode()

    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        cut = wire[: int(asked.path.rpartition("/")[2])]
        length = b"Content-Length: %d\r\n" % len(cut) if frame is by_length_of_the_cut else b""
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %b\r\n" % label
        return [head + header + length + b"\r\n" + cut, CLOSE]

    ends: Counter[str] = Counter()
    with (
        FaultServer(script) as server,
        fetching(loopback_source(server.host, request_budget=10**9), tmp_path) as fetcher,
    ):
        for offset in range(len(wire) + 1):
            outcome = fetcher.fetch_page(page(server.url(f"/{offset}"))).outcome
            if isinstance(outcome, Capture) and outcome.completeness == "complete":
                assert (offset, outcome.body) == (len(wire), PAGE)
            ends[getattr(outcome, "completeness", None) or outcome.reason] += 1

    with capsys.disabled():
        note(f"truncation {encoding} {frame.__name__}", **ends)
    assert ends["complete"] == (0 if (encoding, frame) == ("identity", by_close) else 1)
