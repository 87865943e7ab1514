"""Waiting, giving up and slowing down, as the server sees it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.records import Capture
from tasks.http_polite import Manners, retry_after
from tests.fault_server import CLOSE, NO_ROBOTS, FaultServer, answer, site
from tests.fetching import QUICK, fetching, loopback_source, page

NOW = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
PAGE = answer(b"<html>page</html>")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        pytest.param("120", 120, id="seconds"),
        pytest.param("0", 0, id="zero"),
        pytest.param("Fri, 01 Mar 2024 12:02:00 GMT", 120, id="a date"),
        pytest.param("Fri, 01 Mar 2024 11:00:00 GMT", 0, id="a date gone by"),
        pytest.param("Fri, 01 Mar 2024 12:02:00", 120, id="a date without zone"),
        pytest.param("-5", None, id="negative"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="empty"),
        pytest.param("1" * 400, 111_111_111, id="for ever"),
        pytest.param(None, None, id="not said"),
    ],
)
def test_when_a_server_says_retry_after(text, seconds):
    assert retry_after(text, NOW) == seconds


def scripted(*first: bytes):
    """The first requests for a page are answered as given, all later ones with the page."""
    waiting = list(first)

    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        return [waiting.pop(0) if waiting else PAGE]

    return script


REFUSED = answer(b"", "429 Slow", Retry_After="1")


def test_a_short_wait_is_waited_out(tmp_path):
    with (
        FaultServer(scripted(REFUSED)) as server,
        fetching(loopback_source(server.host), tmp_path, manners=Manners(patience=5)) as fetcher,
    ):
        outcome = fetcher.fetch_page(page(server.url("/a"))).outcome

    _, first, second = (asked.at for asked in server.log)
    assert isinstance(outcome, Capture)
    assert second - first >= 1.0


def test_a_long_wait_defers_every_page_of_the_host_in_this_run_and_the_next(tmp_path):
    long = answer(b"", "429 Slow", Retry_After="3600")
    outcomes = []
    with FaultServer(scripted(long)) as server:
        for _ in range(2):
            with fetching(loopback_source(server.host), tmp_path) as fetcher:
                outcomes += [
                    fetcher.fetch_page(page(server.url(path))).outcome for path in ("/a", "/b")
                ]

    assert {(each.disposition, each.reason) for each in outcomes} == {("deferred", "rate_limited")}
    hour = timedelta(minutes=59)
    assert all(each.next_try_at - each.asked_at > hour for each in outcomes)
    assert server.paths() == ["/robots.txt", "/a"]


def test_a_refusal_without_a_time_waits_a_minute(tmp_path):
    with (
        FaultServer(scripted(answer(b"", "429 Slow"))) as server,
        fetching(loopback_source(server.host), tmp_path, manners=Manners(patience=5)) as fetcher,
    ):
        outcome = fetcher.fetch_page(page(server.url("/a"))).outcome

    wait = (outcome.next_try_at - outcome.asked_at).total_seconds()
    assert (outcome.reason, 59 < wait <= 61) == ("rate_limited", True)


def test_a_server_error_that_passes_is_not_seen(tmp_path):
    with (
        FaultServer(scripted(answer(b"", "500 Oops"), answer(b"", "502 Oops"))) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        outcome = fetcher.fetch_page(page(server.url("/a"))).outcome

    assert isinstance(outcome, Capture)


def test_a_host_that_never_answers_is_left_alone(tmp_path):
    with (
        FaultServer(site({f"/{n}": [CLOSE] for n in range(9)})) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        outcomes = [fetcher.fetch_page(page(server.url(f"/{n}"))).outcome for n in range(9)]

    assert outcomes[-1].reason == "host_resting"
    assert outcomes[-1].next_try_at > outcomes[-1].asked_at
    # Three in a row, one of them as if stale, and one probe after the wait.
    assert len(server.pages()) <= QUICK.failures_until_rest + 2


def test_a_refused_connection_after_a_429_is_a_ban(tmp_path):
    manners = Manners(patience=0.5, first_backoff=0.01)
    with FaultServer(scripted(answer(b"", "429 Slow", Retry_After="0"))) as server:
        url = server.url("/a")
        source = loopback_source(server.host)
        with fetching(source, tmp_path, manners=Manners(tries=1)) as fetcher:
            fetcher.fetch_page(page(url))
    with fetching(source, tmp_path, manners=manners) as fetcher:
        outcome = fetcher.fetch_page(page(url)).outcome

    wait = (outcome.next_try_at - outcome.asked_at).total_seconds()
    assert (outcome.reason, 3500 < wait < 3700) == ("rate_limited", True)


def test_thirty_percent_of_errors_cost_a_fifth_more_requests_at_most(tmp_path):
    count = iter(range(10**6))

    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        return [answer(b"", "503 Later") if next(count) % 10 < 3 else PAGE]

    manners = Manners(first_backoff=0.001)
    with FaultServer(script) as server:
        source = loopback_source(server.host)
        with fetching(source, tmp_path, manners=manners) as fetcher:
            for n in range(300):
                fetcher.fetch_page(page(server.url(f"/{n}")))

    assert len(server.pages()) <= 1.2 * 300 + 6


def test_a_host_without_private_address_is_never_asked_without_pause(tmp_path):
    """A declared pause of nothing is for loopback; any other host gets a second at least."""
    with FaultServer(site({"/a": PAGE})) as server:
        host = f"news.example:{server.port}"
        source = loopback_source(host, private_hosts=(server.host,))
        resolve = lambda *_: ["127.0.0.1"]  # noqa: E731
        with fetching(source, tmp_path, resolve=resolve) as fetcher:
            fetcher.fetch_page(page(f"http://{host}/a"))

    first, second = (asked.at for asked in server.log)
    assert second - first >= 1.0


def test_an_estimate_counts_the_pause_that_robots_txt_asks_for(tmp_path):
    robots = answer(b"User-agent: *\nCrawl-delay: 20\n", kind="text/plain")
    with (
        FaultServer(site({}, robots=robots)) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        estimate = fetcher.estimate([page(server.url(f"/{n}")) for n in range(8)])

    assert (estimate.requests, estimate.seconds) == (9, 180)


def test_open_files_do_not_grow_with_the_pages_fetched(tmp_path):
    with (
        FaultServer(
            site({"/a": PAGE, "/closing": [PAGE, CLOSE], "/cut": [PAGE[:-3], CLOSE]})
        ) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        counts = []
        for _ in range(2):
            for path in ("/a", "/closing", "/cut", "/none") * 25:
                fetcher.fetch_page(page(server.url(path)))
            # The server's own end of each connection is in this process too.
            time.sleep(0.2)
            counts.append(len(list(Path("/proc/self/fd").iterdir())))

    assert counts[1] - counts[0] <= 2


def test_a_dead_address_is_passed_over_for_one_that_lives(tmp_path):
    with FaultServer(site({"/a": PAGE})) as server:
        host = f"news.example:{server.port}"
        dead = f"[::1]:{server.port}"
        source = loopback_source(host, private_hosts=(server.host, dead, host))
        resolve = lambda *_: ["::1", "127.0.0.1"]  # noqa: E731
        with fetching(source, tmp_path, resolve=resolve) as fetcher:
            outcome = fetcher.fetch_page(page(f"http://{host}/a")).outcome

    assert isinstance(outcome, Capture)


def test_an_outage_is_waited_out_and_the_run_goes_on(tmp_path):
    down_from = []

    def script(asked):
        if asked.path == "/10" and not down_from:
            down_from.append(asked.at)
        if down_from and asked.at - down_from[0] < 0.3:
            return [CLOSE]
        return [NO_ROBOTS if asked.path == "/robots.txt" else PAGE]

    manners = Manners(first_backoff=0.01, outage_seconds=0.5)
    with (
        FaultServer(script) as server,
        fetching(loopback_source(server.host), tmp_path, manners=manners) as fetcher,
    ):
        outcomes = [fetcher.fetch_page(page(server.url(f"/{n}"))).outcome for n in range(30)]

    lost = [each.reason for each in outcomes if not isinstance(each, Capture)]
    assert len(lost) <= 2
    assert all(isinstance(each, Capture) for each in outcomes[-15:])


def test_a_resting_host_is_probed_when_its_rest_is_over(tmp_path):
    pages = {f"/{n}": [CLOSE] for n in range(6)}
    manners = Manners(tries=1, first_backoff=0, outage_seconds=0, rest_seconds=0.3)
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), tmp_path, manners=manners) as fetcher,
    ):
        first = [fetcher.fetch_page(page(server.url(f"/{n}"))).outcome for n in range(6)]
        pages["/0"] = PAGE
        time.sleep(0.3)
        later = fetcher.fetch_page(page(server.url("/0"))).outcome

    assert [first[-1].reason, type(later)] == ["host_resting", Capture]
