"""robots.txt by RFC 9309: what each answer to it allows, and what is then asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from schemas.records import Capture
from tasks.robots import Rules, read_text
from tests.fault_server import CLOSE, RESET, FaultServer, answer, site
from tests.fetching import fetching, loopback_source, page

PAGE = answer(b"<html>page</html>")


def text(body: bytes, **headers: str) -> bytes:
    return answer(body, kind="text/plain", **headers)


def moved(to: str) -> bytes:
    return answer(b"", "301 Moved", Location=to)


ALLOWED, DISALLOWED, NOT_NOW = "kept", "robots_disallows", "robots_unreachable"
NONE = text(b"User-agent: *\nDisallow: /\n")


@pytest.mark.parametrize(
    ("robots", "end"),
    [
        pytest.param(text(b""), ALLOWED, id="empty"),
        pytest.param(NONE, DISALLOWED, id="nothing allowed"),
        pytest.param(text(b"User-agent: *\nDisallow: /b\n"), ALLOWED, id="another path"),
        pytest.param(text(b"User-agent: *\nDisallow: /a\n"), DISALLOWED, id="this path"),
        pytest.param(
            text(b"User-agent: *\nDisallow: /\nAllow: /a\n"), ALLOWED, id="the longer rule wins"
        ),
        pytest.param(
            text(b"User-agent: *\nDisallow:\n\nUser-agent: onrecord\nDisallow: /\n"),
            DISALLOWED,
            id="the group that names us",
        ),
        pytest.param(
            text(b"User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nAllow: /\n"),
            ALLOWED,
            id="the group that names us, in other case",
        ),
        pytest.param(
            text(b"User-agent: otherbot\nDisallow: /\n"), ALLOWED, id="a group for another"
        ),
        pytest.param(text(b"User-agent: *\nDisallow: /*a$\n"), DISALLOWED, id="wildcards"),
        pytest.param(text(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"), DISALLOWED, id="a BOM"),
        pytest.param(text(b"User-agent: *\r\nDisallow: /\r\n"), DISALLOWED, id="CRLF"),
        pytest.param(text(b"User-agent: *\rDisallow: /\r"), DISALLOWED, id="CR"),
        pytest.param(
            text(b"\xff\xfe\x00broken\nUser-agent: *\nDisallow: /\n"), DISALLOWED, id="broken bytes"
        ),
        pytest.param(answer(b"<html>home page</html>"), ALLOWED, id="a page in its place"),
        pytest.param(
            text(b"User-agent: *\nDisallow: /\n" + b"# filler\n" * 120_000),
            DISALLOWED,
            id="a megabyte",
        ),
        pytest.param(answer(b"", "400 Bad"), ALLOWED, id="400"),
        pytest.param(answer(b"", "401 Who"), ALLOWED, id="401"),
        pytest.param(answer(b"", "403 No"), ALLOWED, id="403"),
        pytest.param(answer(b"", "404 Not Found"), ALLOWED, id="404"),
        pytest.param(answer(b"", "410 Gone"), ALLOWED, id="410"),
        pytest.param(answer(b"", "429 Slow", Retry_After="0"), NOT_NOW, id="429"),
        pytest.param(answer(b"", "500 Oops"), NOT_NOW, id="500"),
        pytest.param(answer(b"", "502 Bad"), NOT_NOW, id="502"),
        pytest.param(answer(b"", "503 Later"), NOT_NOW, id="503"),
        pytest.param(answer(b"", "204 Nothing"), NOT_NOW, id="204"),
        pytest.param([CLOSE], NOT_NOW, id="closed without a word"),
        pytest.param([RESET], NOT_NOW, id="reset"),
        pytest.param([2.0], NOT_NOW, id="silence"),
        pytest.param([NONE[:-1], CLOSE], NOT_NOW, id="cut short"),
        pytest.param(moved("/r1"), DISALLOWED, id="moved to one that allows nothing"),
        pytest.param(moved("/none"), ALLOWED, id="moved to nothing"),
        pytest.param(moved("/loop"), NOT_NOW, id="moved for ever"),
        pytest.param(moved("http://other.example/robots.txt"), NOT_NOW, id="moved elsewhere"),
    ],
)
def test_what_the_answer_to_robots_txt_allows(tmp_path, robots, end):
    pages = {
        "/robots.txt": robots if isinstance(robots, list) else [robots],
        "/a": PAGE,
        "/r1": NONE,
        "/loop": moved("/loop2"),
        "/loop2": moved("/loop"),
    }
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        outcome = fetcher.fetch_page(page(server.url("/a"))).outcome

    assert (getattr(outcome, "reason", "kept"), "/a" in server.paths()) == (end, end == ALLOWED)


def test_robots_txt_is_asked_for_once_a_day_over_runs(tmp_path):
    with FaultServer(site({"/a": PAGE})) as server:
        for _ in range(3):
            with fetching(loopback_source(server.host), tmp_path) as fetcher:
                for _ in range(3):
                    fetcher.fetch_page(page(server.url("/a")))

    assert server.paths().count("/robots.txt") == 1


def test_an_unreachable_robots_txt_is_not_asked_for_again_for_every_page(tmp_path):
    pages = {"/robots.txt": answer(b"", "500 Oops"), "/a": PAGE}
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        outcomes = [fetcher.fetch_page(page(server.url("/a"))).outcome for _ in range(5)]

    assert {(each.disposition, each.reason) for each in outcomes} == {("deferred", NOT_NOW)}
    assert all(each.next_try_at > each.asked_at for each in outcomes)
    assert server.paths() == ["/robots.txt"] * 3


def test_the_last_good_copy_stands_while_robots_txt_is_unreachable(tmp_path):
    pages = {"/robots.txt": text(b"User-agent: *\nDisallow: /b\n"), "/a": PAGE, "/b": PAGE}
    with FaultServer(site(pages)) as server:
        with fetching(loopback_source(server.host), tmp_path) as fetcher:
            fetcher.fetch_page(page(server.url("/a")))
        _age_robots(tmp_path, timedelta(days=3))
        pages["/robots.txt"] = answer(b"", "503 Later")
        with fetching(loopback_source(server.host), tmp_path) as fetcher:
            good = fetcher.fetch_page(page(server.url("/a"))).outcome
            bad = fetcher.fetch_page(page(server.url("/b"))).outcome

    assert isinstance(good, Capture)
    assert bad.reason == DISALLOWED


def _age_robots(folder, age):
    (file,) = folder.glob("robots-*.json")
    fields = json.loads(file.read_text())
    fields["fetched_at"] = (datetime.now(UTC) - age).isoformat()
    file.write_text(json.dumps(fields))


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        pytest.param("Crawl-delay: 7.5", 7.5, id="crawl-delay"),
        pytest.param("Request-rate: 1/20", 20, id="request-rate"),
        pytest.param("Crawl-delay: 3\nRequest-rate: 2/20", 10, id="the longer of both"),
        pytest.param("Crawl-delay: soon", 0, id="no number"),
        pytest.param("Crawl-delay: -4", 0, id="negative"),
        pytest.param("Crawl-delay: 1e12", 86_400, id="for ever"),
        pytest.param("Disallow: /x", 0, id="not said"),
    ],
)
def test_the_pause_that_robots_txt_asks_for(lines, seconds):
    rules = Rules(f"User-agent: *\n{lines}\n")

    assert rules.pause == timedelta(seconds=seconds)


def test_a_crawl_delay_is_kept_from_the_first_page_on(tmp_path):
    pages = {"/robots.txt": text(b"User-agent: *\nCrawl-delay: 0.3\n"), "/a": PAGE}
    with (
        FaultServer(site(pages)) as server,
        fetching(loopback_source(server.host), tmp_path) as fetcher,
    ):
        for _ in range(2):
            fetcher.fetch_page(page(server.url("/a")))

    # The first page too: its pause counts from robots.txt itself.
    first, second, third = (asked.at for asked in server.log)
    assert min(third - second, second - first) >= 0.3


def test_text_is_read_up_to_the_bound_the_standard_asks_for():
    assert len(read_text(b"a" * 600_000)) == 524_288
