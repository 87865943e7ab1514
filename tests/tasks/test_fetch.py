"""What an answer means: one row per way a site can answer."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from schemas.errors import BadConfiguration
from schemas.exchange import KnownPage
from schemas.ids import body_digest
from schemas.records import Capture
from tasks.fetch import Fetcher, tombstone_of
from tests.fault_server import CLOSE, NO_ROBOTS, RESET, FaultServer, answer, site
from tests.fetching import fetching, loopback_source, page

PAGE = b"<html><body><p>Ministers met in Tunis on Friday.</p></body></html>"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
UNMEASURED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"


def head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *lines)).encode() + b"\r\n\r\n"


def chunks(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def ask(tmp_path, steps, **known):
    """The outcome in short, and how often the page was asked for."""
    steps = steps if isinstance(steps, list) else [steps]
    with FaultServer(site({"/a": steps, "/b": answer(PAGE)})) as server:
        with fetching(loopback_source(server.host), tmp_path) as fetcher:
            target = page(server.url("/a"))
            outcome = fetcher.fetch_page(target, _known(server.url("/a"), **known)).outcome
        if isinstance(outcome, Capture):
            path = (outcome.url or "").removeprefix(server.url(""))
            short = (outcome.completeness, outcome.body, path)
        else:
            short = outcome.reason
        return short, server.paths().count("/a")


def _known(url, **fields):
    if not fields:
        return None
    known = KnownPage(url, "c1", url, datetime.now(UTC) - timedelta(days=1), "d1")
    return replace(known, **fields)


WHOLE = ("complete", PAGE, "/a")


@pytest.mark.parametrize(
    ("steps", "short", "times"),
    [
        pytest.param(answer(PAGE), WHOLE, 1, id="a length that fits"),
        pytest.param(CHUNKED + chunks(PAGE[:9], PAGE[9:]), WHOLE, 1, id="chunks"),
        pytest.param(
            [b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", answer(PAGE)],
            WHOLE,
            1,
            id="103 before the answer",
        ),
        pytest.param(
            [b"HTTP/1.1 102 Processing\r\n\r\n" * 10, answer(PAGE)], WHOLE, 1, id="102, ten times"
        ),
        pytest.param(
            [b"HTTP/1.1 102 Processing\r\n\r\n" * 11, answer(PAGE)],
            "bad_answer",
            1,
            id="102, eleven times",
        ),
        pytest.param(
            [b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000, answer(PAGE)],
            "bad_answer",
            1,
            id="100, two thousand times",
        ),
        pytest.param(
            [b"HTTP/1.1 101 Switching Protocols\r\n\r\n", CLOSE],
            "bad_answer",
            1,
            id="101 to no wish",
        ),
        pytest.param(
            [b"HTTP/1.1 100 Continue\r\n\r\n", answer(PAGE)], WHOLE, 1, id="100 before the answer"
        ),
        pytest.param(
            answer(gzip.compress(PAGE), Content_Encoding="gzip"), WHOLE, 1, id="gzip, with a length"
        ),
        pytest.param(
            [head("Content-Encoding: gzip") + gzip.compress(PAGE), CLOSE],
            WHOLE,
            1,
            id="gzip without length proves its own end",
        ),
        pytest.param(
            answer(zlib.compress(PAGE), Content_Encoding="deflate"), WHOLE, 1, id="deflate as zlib"
        ),
        pytest.param(
            answer(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate"),
            WHOLE,
            1,
            id="deflate bare",
        ),
        pytest.param(
            answer(brotli.compress(PAGE), Content_Encoding="br"), WHOLE, 1, id="Brotli unasked"
        ),
        pytest.param(
            answer(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip"),
            WHOLE,
            1,
            id="gzip twice",
        ),
        pytest.param(answer(PAGE, Content_Encoding="gzip"), WHOLE, 1, id="plain, labelled gzip"),
        pytest.param(answer(gzip.compress(PAGE)), WHOLE, 1, id="gzip, not labelled"),
        pytest.param(
            answer(PAGE, Content_Encoding="compress"), "undecodable_body", 1, id="unknown encoding"
        ),
        pytest.param(
            answer(PAGE, Content_Encoding="gzip, gzip, gzip, gzip"),
            "undecodable_body",
            1,
            id="four encodings",
        ),
        pytest.param(
            [UNMEASURED + PAGE, CLOSE],
            ("unproven", PAGE, "/a"),
            2,
            id="no length: asked again, equal, and a page that states its end",
        ),
        pytest.param(
            [UNMEASURED + PAGE[:-9], CLOSE],
            ("incomplete", PAGE[:-9], "/a"),
            2,
            id="no length: asked again, equal, but the page has no end",
        ),
        pytest.param([answer(PAGE)[:-1], CLOSE], "incomplete_body", 2, id="one byte short"),
        pytest.param([answer(PAGE)[:-1], RESET], "incomplete_body", 2, id="reset in the body"),
        pytest.param(
            [CHUNKED + chunks(PAGE)[:-3], CLOSE], "incomplete_body", 2, id="no last chunk"
        ),
        pytest.param(
            [CHUNKED + b"zz\r\n" + PAGE, CLOSE], "incomplete_body", 2, id="no size of a chunk"
        ),
        pytest.param(
            answer(gzip.compress(PAGE)[:-4], Content_Encoding="gzip"),
            "incomplete_body",
            2,
            id="gzip cut, under a length that fits",
        ),
        pytest.param(
            answer(gzip.compress(PAGE) + b"more", Content_Encoding="gzip"),
            "incomplete_body",
            2,
            id="gzip with something behind it",
        ),
        pytest.param(head("Content-Length: 0"), ("complete", b"", "/a"), 1, id="an empty page"),
        pytest.param(head(status="204 No Content"), "no_content", 1, id="204"),
        pytest.param(head("Content-Length: 0", status="205 Reset"), "no_content", 1, id="205"),
        pytest.param(
            answer(PAGE, "206 Partial Content"), "bad_answer", 1, id="a part nobody asked for"
        ),
        pytest.param(head(status="304 Not Modified"), "bad_answer", 1, id="304 to no condition"),
        pytest.param(answer(PAGE, "203 Changed"), WHOLE, 1, id="203"),
        pytest.param(answer(b"", "404 Not Found"), "not_found", 1, id="404"),
        pytest.param(answer(b"", "410 Gone"), "gone", 1, id="410"),
        pytest.param(answer(b"", "401 Who"), "login_required", 1, id="401"),
        pytest.param(answer(b"", "403 No"), "forbidden", 1, id="403"),
        pytest.param(answer(b"", "451 Law"), "forbidden", 1, id="451"),
        pytest.param(answer(b"", "418 Teapot"), "client_error", 1, id="another 4xx"),
        pytest.param(answer(b"", "500 Oops"), "server_error", 3, id="500, three times"),
        pytest.param(answer(b"", "503 Later"), "server_error", 3, id="503 without a time"),
        pytest.param(
            answer(b"", "429 Slow", Retry_After="3600"), "rate_limited", 1, id="429 for an hour"
        ),
        pytest.param(
            answer(b"", "503 Later", Retry_After="3600"), "rate_limited", 1, id="503 for an hour"
        ),
        pytest.param([b""], "timed_out", 3, id="silence"),
        pytest.param(
            [CLOSE], "connection_failure", 4, id="closed without a word, once as if stale"
        ),
        pytest.param([RESET], "connection_failure", 4, id="reset without a word, once as if stale"),
        pytest.param([b"SSH-2.0-x\r\n", CLOSE], "bad_answer", 1, id="not HTTP"),
        pytest.param(
            head("Content-Length: 5", "Content-Length: 6") + PAGE, "bad_answer", 1, id="two lengths"
        ),
        pytest.param(
            head("Content-Length: 5", "Transfer-Encoding: chunked") + chunks(PAGE),
            "bad_answer",
            1,
            id="length and chunks",
        ),
        pytest.param(
            head("Content-Length: 5", "X: a", " folded"), "bad_answer", 1, id="a folded header"
        ),
        pytest.param(head("Content-Length: -5") + PAGE, "bad_answer", 1, id="a negative length"),
        pytest.param(head("Content-Length: 0", "X: a\x00b"), "bad_answer", 1, id="a NUL"),
        pytest.param(
            head(*(f"X-{n}: y" for n in range(200)), "Content-Length: 0"),
            "bad_answer",
            1,
            id="two hundred headers",
        ),
        pytest.param(head("X: " + "y" * 70_000), "bad_answer", 1, id="a header of 70 kB"),
    ],
)
def test_an_answer_and_what_it_means(tmp_path, steps, short, times):
    assert ask(tmp_path, steps) == (short, times)


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=to)


@pytest.mark.parametrize(
    ("step", "short"),
    [
        pytest.param(moved("/b"), ("complete", PAGE, "/b"), id="relative"),
        pytest.param(moved("/b#part", "301 Moved"), ("complete", PAGE, "/b"), id="with fragment"),
        pytest.param(moved("b", "308 Moved"), ("complete", PAGE, "/b"), id="relative to the path"),
        pytest.param(moved("/a"), "too_many_redirects", id="to itself"),
        pytest.param(answer(b"", "302 Found"), "bad_redirect", id="without Location"),
        pytest.param(moved(""), "bad_redirect", id="empty Location"),
        pytest.param(moved("http://[::1"), "bad_redirect", id="no address"),
        pytest.param(moved("http://127.0.0.1:port/"), "bad_address", id="no port"),
        pytest.param(moved("ftp://127.0.0.1/x"), "scheme_not_allowed", id="ftp"),
        pytest.param(moved("file:///etc/hostname"), "scheme_not_allowed", id="file"),
        pytest.param(moved("FILE:///etc/hostname"), "scheme_not_allowed", id="file in capitals"),
        pytest.param(moved("data:text/html,x"), "scheme_not_allowed", id="data"),
        pytest.param(moved("javascript:alert(1)"), "scheme_not_allowed", id="javascript"),
        pytest.param(moved("gopher://127.0.0.1/"), "scheme_not_allowed", id="gopher"),
        pytest.param(moved("http://other.example/"), "outside_source", id="another host"),
        pytest.param(moved("//other.example/"), "outside_source", id="another host, no scheme"),
        pytest.param(moved("http://127.0.0.1/"), "outside_source", id="another port"),
        pytest.param(moved("http://127.0.0.1:1/"), "outside_source", id="a closed port"),
        pytest.param(moved("/x", "300 Choices"), "bad_answer", id="300 is no redirect"),
    ],
)
def test_a_redirect_and_where_it_leads(tmp_path, step, short):
    assert ask(tmp_path, step)[0] == short


def test_five_redirects_are_followed_and_six_are_not(tmp_path):
    pages = {f"/{n}": moved(f"/{n + 1}") for n in range(6)}
    with (
        FaultServer(site({**pages, "/6": answer(PAGE)})) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        five = fetcher.fetch_page(page(server.url("/1")))
        six = fetcher.fetch_page(page(server.url("/0")))

    assert (five.outcome.body, len(five.exchanges)) == (PAGE, 6)
    assert six.outcome.reason == "too_many_redirects"


@pytest.mark.parametrize(
    ("answers", "known", "short"),
    [
        pytest.param(
            head('ETag: "e1"', status="304 Not Modified"),
            {"etag": '"e1"'},
            "not_modified_304",
            id="the site says so",
        ),
        pytest.param(
            answer(PAGE, ETag='"e2"'),
            {"etag": '"e1"', "body_digest": body_digest(PAGE)},
            "same_body",
            id="the bytes say so",
        ),
        pytest.param(answer(PAGE), {"etag": '"e1"'}, WHOLE, id="it changed"),
        pytest.param(
            head(status="304 Not Modified"),
            {"etag": 'bad"\r\nX-Evil: 1', "last_modified": None},
            "bad_answer",
            id="a validator that is no validator is not sent back",
        ),
    ],
)
def test_a_known_page_is_asked_for_only_if_it_changed(tmp_path, monkeypatch, answers, known, short):
    # Which address is asked for without conditions depends on the day and on the free port.
    monkeypatch.setattr("tasks.http_answer._UNCONDITIONAL_ONE_IN", 10**40)
    assert ask(tmp_path, answers, **known)[0] == short


@pytest.mark.parametrize(
    ("age", "one_in"),
    [
        pytest.param(timedelta(days=31), 10**40, id="a capture over thirty days old"),
        pytest.param(timedelta(days=1), 1, id="one address in twenty, here every one"),
    ],
)
def test_a_site_that_always_says_not_modified_is_found_out(tmp_path, monkeypatch, age, one_in):
    monkeypatch.setattr("tasks.http_answer._UNCONDITIONAL_ONE_IN", one_in)
    not_modified = head(status="304 Not Modified")

    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        return [not_modified if "if-none-match" in asked.headers else answer(PAGE)]

    with (
        FaultServer(script) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        url = server.url("/a")
        known = _known(url, etag='"e1"', captured_at=datetime.now(UTC) - age)
        outcome = fetcher.fetch_page(page(url), known).outcome

    assert isinstance(outcome, Capture)


def test_a_page_known_before_and_gone_leaves_a_tombstone(tmp_path):
    with (
        FaultServer(site({})) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        url = server.url("/gone")
        first = fetcher.fetch_page(page(url), None)
        again = fetcher.fetch_page(page(url), _known(url, etag='"e1"'))

    stone = tombstone_of(again)
    assert tombstone_of(first) is None
    assert (stone.url, stone.reason, stone.http_status) == (url, "not_found", 404)


def test_the_site_learns_who_asks(tmp_path):
    with (
        FaultServer(site({"/a": answer(PAGE)})) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        fetcher.fetch_page(page(server.url("/a")))

    agents = {asked.headers["user-agent"] for asked in server.log}
    assert agents == {"onrecord/0.1 (+archive@harbour-gazette.example)"}


@pytest.mark.parametrize("contact", ["", "  ", "a\r\nX: y", "käptn"])
def test_nobody_is_asked_without_a_contact(tmp_path, contact):
    with pytest.raises(BadConfiguration, match="contact"):
        Fetcher(loopback_source("127.0.0.1:1", contact=contact), tmp_path)


def test_nothing_from_the_environment_is_used(tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login canary password canary\n")
    with (
        FaultServer(site({"/a": answer(PAGE)})) as proxy,
        FaultServer(site({"/a": answer(PAGE)})) as server,
    ):
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url(""))
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        with fetching(loopback_source(server.host), tmp_path / "state") as fetcher:
            fetcher.fetch_page(page(server.url("/a")))

    sent = {name for asked in server.log for name in asked.headers}
    assert (proxy.log, sent & {"authorization", "cookie", "referer"}) == ([], set())


def test_cookies_are_not_kept(tmp_path):
    with (
        FaultServer(site({"/a": answer(PAGE, Set_Cookie="canary=1")})) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        for _ in range(2):
            fetcher.fetch_page(page(server.url("/a")))

    assert all("cookie" not in asked.headers for asked in server.log)


def test_an_answer_nobody_asked_for_is_never_taken_for_the_next_page(tmp_path):
    other = answer(b"<html>another page</html>")
    with (
        FaultServer(site({"/a": answer(PAGE) + other, "/b": answer(PAGE)})) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        bodies = [
            fetcher.fetch_page(page(server.url(path))).outcome.body for path in ("/a", "/b") * 20
        ]

    assert set(bodies) == {PAGE}


def test_a_connection_closed_while_idle_costs_one_request_more_at_most(tmp_path):
    with (
        FaultServer(site({"/a": [answer(PAGE), CLOSE]}, robots=NO_ROBOTS)) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        outcomes = [fetcher.fetch_page(page(server.url("/a"))).outcome for _ in range(50)]

    assert all(isinstance(outcome, Capture) for outcome in outcomes)
    assert server.paths().count("/a") == 50


def test_the_budget_of_a_source_ends_its_run(tmp_path):
    with FaultServer(site({"/a": answer(PAGE)})) as server:
        source = loopback_source(server.host, request_budget=3)
        with fetching(source, tmp_path) as fetcher:
            outcomes = [fetcher.fetch_page(page(server.url("/a"))).outcome for _ in range(4)]

    assert [getattr(each, "reason", "kept") for each in outcomes] == [
        "kept",
        "kept",
        "budget_spent",
        "budget_spent",
    ]
    assert len(server.log) == 3


def test_what_is_kept_of_an_answer_starts_with_its_own_status(tmp_path):
    pages = {"/a": [b"HTTP/1.1 100 Continue\r\n\r\n", 0.05, answer(PAGE)]}
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        (exchange,) = fetcher.fetch_page(page(server.url("/a"))).exchanges

    assert exchange.answer == answer(PAGE)
    assert exchange.request.startswith(b"GET /a HTTP/1.1\r\n")
