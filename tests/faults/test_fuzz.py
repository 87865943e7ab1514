"""Answers mutated at random: each ends in one outcome with a listed reason, and none raises."""

from __future__ import annotations

import gzip
import random
import time
from collections import Counter

import pytest

from schemas.reasons import require_listed
from schemas.records import Capture
from tasks.clock import SystemClock
from tasks.http_meter import Limits
from tasks.http_polite import Manners
from tasks.keep import CaptureStore
from tests.fault_server import CLOSE, NO_ROBOTS, FaultServer, answer
from tests.faults.figures import SEED, note, size
from tests.fetching import fetching, loopback_source, page
from tests.tasks.test_fetch import CHUNKED, PAGE, chunks

pytestmark = pytest.mark.faults
COUNT = size("COUNT", 20_000)
SEEDS = (
    answer(PAGE, ETag='"v1"', Last_Modified="Fri, 25 May 2007 12:00:00 GMT"),
    CHUNKED + chunks(PAGE[:20], PAGE[20:]),
    answer(gzip.compress(PAGE), Content_Encoding="gzip"),
    answer(b"", "302 Found", Location="/next/../a?b=c#d"),
    answer(b"slow down", "429 Too Many Requests", Retry_After="0"),
    answer(PAGE, "404 Not Found"),
)
WORDS = (
    b"\r\n", b"\n", b"\r", b"\x00", b" ", b":", b",", b"\t", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 1",
    b"Content-Length: ", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n", b"gzip, ",
    b"Location: http://", b"Retry-After: -1\r\n", b"0\r\n\r\n", b"ffffffffffffffff\r\n", b"-1",
    b"99999999999999999999", b"\xff\xfe", b"\x1f\x8b\x08", b"%00", b"[::1]", b"HTTP/2.0 200\r\n",
)  # fmt: skip


class Skipping(SystemClock):
    """Waits are over at once: a mutated Retry-After may ask for a day."""

    skipped = 0.0

    def monotonic(self):
        return super().monotonic() + self.skipped

    def sleep(self, seconds):
        self.skipped += seconds


def mutated(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            data[at:at] = chance.choice(WORDS)
        elif kind == 1:
            del data[at : at + chance.randint(1, 30)]
        elif kind == 2 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 3:
            data[at:at] = data[chance.randrange(len(data) + 1) :][: chance.randint(1, 60)]
        else:
            del data[at:]
            if not data:
                data += b"H"
    return bytes(data)


def test_every_answer_has_one_end(tmp_path, capsys):
    chance = random.Random(SEED)  # noqa: S311 - a seed to repeat a failure by

    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        if not asked.path.startswith("/fuzz/"):
            return [answer(PAGE)]
        return [mutated(random.Random(f"{SEED} {asked.path}")), CLOSE]  # noqa: S311

    ends: Counter[str] = Counter()
    started = time.monotonic()
    limits = Limits(seconds=1.0, connect_seconds=1.0, slow_after_seconds=0.5)
    manners = Manners(tries=2, patience=10**9, failures_until_rest=10**9)
    with (
        FaultServer(script) as server,
        fetching(
            loopback_source(server.host, request_budget=10**9),
            tmp_path / "state",
            limits=limits,
            manners=manners,
            clock=Skipping(),
        ) as fetcher,
        CaptureStore(tmp_path / "captures").series("run-1", fetcher.now()) as series,
    ):
        for number in range(COUNT):
            asked = fetcher.fetch_page(page(server.url(f"/fuzz/{chance.getrandbits(40)}-{number}")))
            outcome = series.keep(asked)
            if isinstance(outcome, Capture):
                assert outcome.http_status in (200, 203)
                ends[outcome.completeness] += 1
            else:
                require_listed("page", outcome.disposition, outcome.reason)
                ends[outcome.reason] += 1

    with capsys.disabled():
        seconds = round(time.monotonic() - started)
        note("fuzz", answers=COUNT, most_seconds=seconds, **ends)
    kept = list(CaptureStore(tmp_path / "captures").read_all())
    assert sum(ends.values()) == COUNT
    assert len(kept) == ends["complete"] + ends["unproven"] + ends["incomplete"]
    assert all(isinstance(each, Capture) for each in kept)
