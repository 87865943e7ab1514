"""The network at its worst: names, connections and packets, on a real loopback port."""

from __future__ import annotations

import gzip
import socket
import threading
from contextlib import ExitStack

import pytest

from schemas.records import Capture
from tasks.http_address import resolve_name
from tasks.http_meter import Limits
from tests.fault_server import CLOSE, NO_ROBOTS, RESET, FaultServer, answer, site
from tests.fetching import fetching, loopback_source, page

PAGE = b"<html><body><p>The harbour is open.</p></body></html>"
IMPATIENT = Limits(seconds=0.3, connect_seconds=0.2, slow_after_seconds=0.1)


@pytest.mark.parametrize(
    ("error", "times"),
    [
        pytest.param(socket.EAI_NONAME, 1, id="no such name is no news a second later"),
        pytest.param(socket.EAI_AGAIN, 3, id="the resolver says to ask again"),
    ],
)
def test_a_name_that_does_not_resolve(tmp_path, monkeypatch, error, times):
    asked = []

    def lookup(host, *_, **__):
        asked.append(host)
        raise socket.gaierror(error, "told so")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    source = loopback_source("x", hosts=("news.example",), private_hosts=())
    with fetching(source, tmp_path, resolve=resolve_name) as fetcher:
        outcome = fetcher.fetch_page(page("http://news.example/a")).outcome

    assert (outcome.reason, "news.example" in outcome.detail) == ("dns_failure", True)
    assert asked == ["news.example"] * times


def test_a_host_that_takes_no_connection_is_not_waited_for(tmp_path):
    """A full backlog drops what asks: no refusal, no answer."""
    with ExitStack() as open_sockets:
        listener = open_sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port = listener.getsockname()[1]
        for _ in range(3):
            waiting = open_sockets.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(("127.0.0.1", port))
        host = f"127.0.0.1:{port}"
        with fetching(loopback_source(host), tmp_path, limits=IMPATIENT) as fetcher:
            outcome = fetcher.fetch_page(page(f"http://{host}/a")).outcome

    assert outcome.reason == "robots_unreachable"
    assert "timed_out" in outcome.detail


def test_a_handshake_that_stalls_is_not_waited_for(tmp_path):
    with FaultServer(lambda _: [30.0]) as server:
        url = f"https://{server.host}/a"
        with fetching(loopback_source(server.host), tmp_path, limits=IMPATIENT) as fetcher:
            outcome = fetcher.fetch_page(page(url)).outcome

    assert outcome.reason == "robots_unreachable"
    assert "timed_out" in outcome.detail


@pytest.mark.parametrize("end", [RESET, CLOSE], ids=["reset", "closed"])
def test_an_answer_broken_at_any_byte_is_asked_for_again(tmp_path, end):
    whole = answer(PAGE)
    told = set()

    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        offset = int(asked.path.rpartition("/")[2])
        if offset in told:
            return [whole]
        told.add(offset)
        return [whole[:offset], end]

    with FaultServer(script) as server:
        for offset in range(1, len(whole)):
            # A fetcher each: one that meets so much trouble in one run stops asking again.
            with fetching(loopback_source(server.host), tmp_path) as fetcher:
                outcome = fetcher.fetch_page(page(server.url(f"/{offset}"))).outcome
            assert isinstance(outcome, Capture), (offset, outcome)
            assert (outcome.body, outcome.completeness) == (PAGE, "complete"), offset
        times = server.pages().count

        assert {times(f"/{offset}") for offset in range(1, len(whole))} == {2}


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param(answer(PAGE), id="plain"),
        pytest.param(answer(gzip.compress(PAGE), Content_Encoding="gzip"), id="gzip"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
            % (len(PAGE), PAGE),
            id="chunks",
        ),
    ],
)
def test_an_answer_in_packets_of_one_byte_is_the_same_answer(tmp_path, whole):
    steps = [bytes([byte]) for byte in whole]
    with (
        FaultServer(site({"/a": steps})) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        answered = fetcher.fetch_page(page(server.url("/a")))

    assert (answered.outcome.body, answered.outcome.completeness) == (PAGE, "complete")
    assert answered.exchanges[-1].answer == whole


def test_two_sources_wait_for_nobody_but_themselves(tmp_path):
    """One host that drips holds up no other: each source has its own connection and pause."""
    with (
        FaultServer(lambda _: [0.5, CLOSE]) as slow,
        FaultServer(site({"/a": answer(PAGE)})) as well,
    ):
        done = []

        def drag():
            with fetching(loopback_source(slow.host), tmp_path / "slow") as fetcher:
                done.append(fetcher.fetch_page(page(slow.url("/a"))).outcome.reason)

        dragging = threading.Thread(target=drag)
        dragging.start()
        with fetching(loopback_source(well.host), tmp_path / "well") as fetcher:
            outcomes = [fetcher.fetch_page(page(well.url("/a"))).outcome for _ in range(20)]
        assert done == []
        dragging.join()

    assert all(isinstance(each, Capture) for each in outcomes)
    assert done == ["robots_unreachable"]
