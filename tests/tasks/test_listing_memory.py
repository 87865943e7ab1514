"""Listing pages are kept like pages, asked for again only if they changed, and are no pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import wayback

from schemas.records import Window
from schemas.source import Listing
from tasks.archive_fetch import open_fetcher
from tasks.fetch import How
from tasks.keep import CaptureStore
from tasks.listing import list_pages
from tasks.listing_memory import KeptListings, Standing
from tasks.warc_format import read_records
from tests.fault_server import NO_ROBOTS, FaultServer, answer
from tests.fetching import QUICK, SHORT, loopback_source

STARTED = datetime(2024, 3, 1, tzinfo=UTC)
LINKS = "<a href='/a.html'>one</a> <a href='/b.html'>two</a>"
CDX_LINE = (
    "example,news)/a 20070525120000 http://news.example/a.html text/html 200 "
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 1234\n"
)


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch):
    """The library waits 2.5 s between searches; here the replica is ours."""
    limit = wayback._client.DEFAULT_CDX_RATE_LIMIT  # noqa: SLF001 - has no public name
    monkeypatch.setattr(limit, "_minimum_wait", 0.0)


class Bench:
    """One source whose index an own server shows, listed by as many runs as a test needs."""

    def __init__(self, tmp_path, server, kind="index", path="/index.html"):
        self.tmp_path = tmp_path
        self.server = server
        url = "news.example/*" if kind == "cdx" else server.url(path)
        self.source = loopback_source(
            server.host,
            hosts=(server.host, "news.example"),
            listings=(Listing(kind=kind, url=url, page_pattern=r".*/[ab]\.html"),),
        )
        self.store = CaptureStore(tmp_path / "captures")

    def run(self, run_id, adopted=(), since=STARTED):
        """The addresses listed, and those asked for meanwhile."""
        before = len(self.server.log)
        newest = self.store.newest(self.source.name)
        with self.store.series(run_id, STARTED) as series:
            memory = KeptListings(self.store, series, newest.listings, Standing(adopted, since))
            how = How(limits=SHORT, manners=QUICK, memory=memory)
            root = self.server.url("")
            with open_fetcher(
                self.source, self.tmp_path / "state", how=how, archive_root=root
            ) as fetcher:
                listed = list_pages(self.source, Window(), fetcher)
        assert listed.misses == ()
        return [each.url for each in listed.pages], self.server.log[before:]

    def kinds(self, run_id):
        """The records of a run but its warcinfo and requests: type, role."""
        with self.store._mapped(f"{run_id}-00001.warc.gz") as data:  # noqa: SLF001 - as it lies
            records = list(read_records(data))
        return [
            (each.kind, each.get("OnRecord-Role"))
            for each in records
            if each.kind not in {"warcinfo", "request"}
        ]


def index(body=LINKS, **headers):
    return answer(f"<html><body>{body}</body></html>".encode(), **headers)


def serving(pages):
    return lambda asked: [pages.get(asked.path.partition("?")[0], NO_ROBOTS)]


def test_a_listing_is_on_disk_and_is_no_page(tmp_path):
    with FaultServer(serving({"/index.html": index()})) as server:
        it = Bench(tmp_path, server)
        pages, _ = it.run("run-1")
        (line,) = it.store.newest(it.source.name).listings
        kept = it.store.read(line.filename, line.offset, "listing")

    assert pages == [server.url("/a.html"), server.url("/b.html")]
    assert (kept.url, LINKS.encode() in kept.body) == (server.url("/index.html"), True)
    assert it.kinds("run-1") == [("response", "listing")]
    assert list(it.store.read_all()) == []
    assert it.store.kept_pages(("run-1",)) == {}
    assert it.store.known_pages(it.source.name) == {}


def not_modified(asked):
    if asked.path == "/robots.txt":
        return [NO_ROBOTS]
    if asked.headers.get("if-none-match") == '"v1"':
        return [b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n']
    return [index(ETag='"v1"')]


@pytest.mark.parametrize(
    ("script", "conditions"),
    [
        pytest.param(not_modified, ['"v1"'], id="the site says so"),
        pytest.param(serving({"/index.html": index()}), [None], id="the bytes say so"),
    ],
)
def test_an_unchanged_listing_is_read_from_disk(tmp_path, monkeypatch, script, conditions):
    monkeypatch.setattr("tasks.http_answer._UNCONDITIONAL_ONE_IN", 2**129)
    with FaultServer(script) as server:
        it = Bench(tmp_path, server)
        first, _ = it.run("run-1")
        second, asked = it.run("run-2")

    assert second == first != []
    assert [each.headers.get("if-none-match") for each in asked] == conditions
    assert it.kinds("run-2") == [("revisit", "listing")]


def test_a_changed_listing_is_kept_beside_the_old_one(tmp_path):
    pages = {"/index.html": index()}
    with FaultServer(serving(pages)) as server:
        it = Bench(tmp_path, server)
        it.run("run-1")
        pages["/index.html"] = index("<a href='/b.html'>two</a>")
        listed, _ = it.run("run-2")

    assert listed == [server.url("/b.html")]
    assert it.kinds("run-1") == it.kinds("run-2") == [("response", "listing")]


def test_a_listing_that_cannot_be_read_back_is_asked_for_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.http_answer._UNCONDITIONAL_ONE_IN", 2**129)
    with FaultServer(not_modified) as server:
        it = Bench(tmp_path, server)
        first, _ = it.run("run-1")
        (line,) = it.store.newest(it.source.name).listings
        path = it.store.folder / line.filename
        data = bytearray(path.read_bytes())
        data[line.offset + line.length // 2] ^= 0xFF
        path.write_bytes(data)
        second, asked = it.run("run-2")

    assert second == first != []
    assert [each.headers.get("if-none-match") for each in asked] == [None]


@pytest.mark.parametrize(
    ("kind", "path", "body"),
    [
        pytest.param("index", "/index.html", index(), id="index"),
        pytest.param(
            "feed",
            "/feed",
            answer(
                b"<rss version='2.0'><channel><item><link>http://HOST/a.html</link></item>"
                b"</channel></rss>",
                kind="application/rss+xml",
            ),
            id="feed",
        ),
        pytest.param(
            "sitemap",
            "/sitemap.xml",
            answer(b"<urlset><url><loc>http://HOST/a.html</loc></url></urlset>", kind="text/xml"),
            id="sitemap",
        ),
        pytest.param(
            "cdx",
            "/cdx/search/cdx",
            answer(CDX_LINE.encode(), kind="text/plain"),
            id="a web archive's list",
        ),
    ],
)
def test_what_a_killed_run_was_told_is_not_asked_for_again(tmp_path, kind, path, body):
    pages = {}
    with FaultServer(serving(pages)) as server:
        pages[path] = resized(body.replace(b"HOST", server.host.encode()))
        it = Bench(tmp_path, server, kind, path)
        first, _ = it.run("killed")
        resumed, asked = it.run("next", adopted=("killed",))
        much_later, asked_later = it.run(
            "later", adopted=("killed",), since=datetime.now(UTC) + timedelta(minutes=1)
        )

    assert len(first) >= 1
    assert resumed == much_later == first
    assert asked == []
    assert [each.path.partition("?")[0] for each in asked_later] == [path]


def resized(whole):
    """The answer with the length it has now."""
    body = whole.partition(b"\r\n\r\n")[2]
    kind = whole.partition(b"Content-Type: ")[2].partition(b"\r\n")[0].decode()
    return answer(body, kind=kind)
