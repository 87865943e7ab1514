"""Pages are listed by index pages, feeds and sitemaps; one that fails holds back no other."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from schemas.errors import BadUsage
from schemas.records import Window
from schemas.source import Listing
from tasks.dated_urls import dated_urls
from tasks.listing import list_pages
from tests.fault_server import CLOSE, FaultServer, answer, site
from tests.fetching import fetching, loopback_source

PATTERN = r".*/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)-\w+\.html"
MARCH = Window(date(2007, 3, 1), date(2007, 3, 31))


def index(*links: str, after: str = "") -> bytes:
    anchors = "".join(f"<li><a href='{link}'>story</a></li>" for link in links)
    return answer(f"<html><body><ul>{anchors}</ul>{after}</body></html>".encode())


def sitemap(*urls: str, kind: str = "url") -> bytes:
    rows = "".join(f"<{kind}><loc>{url}</loc></{kind}>" for url in urls)
    root = "urlset" if kind == "url" else "sitemapindex"
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f"<?xml version='1.0'?><{root} xmlns='{space}'>{rows}</{root}>".encode()


def listed(tmp_path, pages, listing, window=MARCH, **changes):
    """What is listed, with the server's own address left out."""
    with FaultServer(lambda asked: site(pages(server))(asked)) as server:  # noqa: PLW0108 - late
        listing = Listing(**{"page_pattern": PATTERN, **listing, "url": server.url(listing["url"])})
        source = loopback_source(server.host, listings=(listing,), **changes)
        with fetching(source, tmp_path) as fetcher:
            result = list_pages(source, window, fetcher)
        paths = [(page.url.removeprefix(server.url("")), page.listed_date) for page in result.pages]
        misses = [(m.url.removeprefix(server.url("")), m.reason) for m in result.misses]
        return paths, result.expected_count, misses


def test_an_index_follows_its_next_links_and_its_printed_total(tmp_path):
    pages = {
        "/2007/03/": index("05-a.html", "/about.html", after="<a class=next href='p2'>older</a>"),
        "/2007/03/p2": index("06-b.html", "05-a.html#top", after="<b>1-20 of 1,412 articles</b>"),
    }
    listing = {
        "kind": "index",
        "url": "/{day:%Y}/{day:%m}/",
        "next_selector": "a.next",
        "count_selector": "b",
    }

    assert listed(tmp_path, lambda _: pages, listing) == (
        [("/2007/03/05-a.html", date(2007, 3, 5)), ("/2007/03/06-b.html", date(2007, 3, 6))],
        1412,
        [],
    )


def test_index_pages_that_go_in_a_circle_are_each_asked_once(tmp_path):
    pages = {
        "/i": index("2007/03/05-a.html", after="<a class=next href='/j'>older</a>"),
        "/j": index("2007/03/06-b.html", after="<a class=next href='/i'>older</a>"),
    }
    listing = {"kind": "index", "url": "/i", "next_selector": "a.next"}

    paths, _, misses = listed(tmp_path, lambda _: pages, listing)

    assert ([path for path, _ in paths], misses) == (
        ["/2007/03/05-a.html", "/2007/03/06-b.html"],
        [],
    )


def test_one_index_page_that_fails_holds_back_no_other(tmp_path):
    pages = {
        "/2007/02/": [answer(b"x")[:20], CLOSE],
        "/2007/03/": index("05-a.html"),
    }
    listing = {"kind": "index", "url": "/{day:%Y}/{day:%m}/"}
    window = Window(date(2007, 2, 1), date(2007, 4, 1))

    assert listed(tmp_path, lambda _: pages, listing, window) == (
        [("/2007/03/05-a.html", date(2007, 3, 5))],
        None,
        [("/2007/02/", "connection_failure"), ("/2007/04/", "not_found")],
    )


def test_pages_outside_the_window_or_the_source_are_not_listed(tmp_path):
    pages = {
        "/i": index(
            "/2007/02/28-a.html", "/2007/03/01-b.html", "http://other.example/2007/03/02-c.html"
        )
    }

    paths, _, _ = listed(tmp_path, lambda _: pages, {"kind": "index", "url": "/i"})

    assert paths == [("/2007/03/01-b.html", date(2007, 3, 1))]


def test_one_page_under_two_spellings_is_listed_once(tmp_path):
    pages = {"/i": index("/2007/03/01-b.html", "/2007/03/01-b.html?utm_source=mail#x")}
    listing = {"kind": "index", "url": "/i", "page_pattern": None, "link_selector": "li a"}

    paths, _, _ = listed(tmp_path, lambda _: pages, listing)

    assert [path for path, _ in paths] == ["/2007/03/01-b.html"]


def test_a_feed_lists_its_entries(tmp_path):
    feed = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
    <item><link>/2007/03/05-a.html</link></item>
    <item><link>/news/b.html</link><pubDate>Tue, 06 Mar 2007 10:00:00 GMT</pubDate></item>
    <item><link>/news/old.html</link><pubDate>Tue, 06 Feb 2007 10:00:00 GMT</pubDate></item>
    </channel></rss>"""
    pages = {"/feed": answer(feed.encode(), kind="application/rss+xml")}
    listing = {"kind": "feed", "url": "/feed", "page_pattern": None}

    assert listed(tmp_path, lambda _: pages, listing) == (
        [("/2007/03/05-a.html", None), ("/news/b.html", date(2007, 3, 6))],
        None,
        [],
    )


def test_a_feed_that_names_a_local_file_opens_nothing(tmp_path):
    pages = {"/feed": answer(b"/etc/hostname", kind="application/rss+xml")}

    _, _, misses = listed(tmp_path, lambda _: pages, {"kind": "feed", "url": "/feed"})

    assert misses == [("/feed", "index_unreadable")]


def test_an_index_of_sitemaps_is_followed_compressed_ones_too(tmp_path):
    def pages(server):
        maps = (server.url("/one.xml"), server.url("/two.xml.gz"), server.url("/index.xml"))
        two = gzip.compress(sitemap(server.url("/2007/03/06-b.html")))
        return {
            "/index.xml": answer(sitemap(*maps, kind="sitemap"), kind="application/xml"),
            "/one.xml": answer(sitemap(server.url("/2007/03/05-a.html")), kind="application/xml"),
            "/two.xml.gz": answer(two, kind="application/x-gzip"),
        }

    paths, _, misses = listed(tmp_path, pages, {"kind": "sitemap", "url": "/index.xml"})

    assert ([path for path, _ in paths], misses) == (
        ["/2007/03/05-a.html", "/2007/03/06-b.html"],
        [],
    )


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        pytest.param(b"<html>no sitemap</html>", 0, id="a page in place of a sitemap"),
        pytest.param(sitemap("http://HOST/2007/03/05-a.html")[:-9], 1, id="cut at its end"),
        pytest.param(
            b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset><url><loc>&a;</loc></url></urlset>",
            0,
            id="with entities",
        ),
        pytest.param(b"\x1f\x8b\x08 not gzip", 0, id="gzip by name only"),
        pytest.param(b"<a>" * 100_000, 0, id="nested without end"),
    ],
)
def test_a_broken_sitemap_is_named_and_its_good_part_used(tmp_path, body, kept):
    def pages(server):
        return {
            "/s.xml": answer(body.replace(b"HOST", server.host.encode()), kind="application/xml")
        }

    paths, _, misses = listed(tmp_path, pages, {"kind": "sitemap", "url": "/s.xml"})

    assert (len(paths), misses) == (kept, [("/s.xml", "index_unreadable")])


@pytest.mark.parametrize(
    ("template", "urls"),
    [
        pytest.param("/{day:%Y}/", ["/2006/", "/2007/"], id="by year"),
        pytest.param("/{day:%Y/%m}/", ["/2006/12/", "/2007/01/"], id="by month, across a year"),
        pytest.param(
            "/{day:%y%m%d}",
            ["/061230", "/061231", "/070101"],
            id="by day, two-digit year",
        ),
        pytest.param("/latest", ["/latest"], id="not by date"),
    ],
)
def test_dated_addresses_cover_the_window_once(template, urls):
    assert list(dated_urls(template, Window(date(2006, 12, 30), date(2007, 1, 1)))) == urls


def test_an_open_window_is_refused_where_the_source_has_no_first_day():
    with pytest.raises(BadUsage, match="--since"):
        list(dated_urls("/{day:%Y}/", Window()))


def test_a_calendar_without_end_is_left_after_twenty_pages(tmp_path):
    class Months(dict):
        def get(self, path, default=None):
            if not path.startswith("/cal/"):
                return default
            after = f"<a class=next href='/cal/{int(path[5:]) + 1}'>next</a>"
            return index("/2007/03/05-a.html", after=after)

    listing = {"kind": "index", "url": "/cal/0", "next_selector": "a.next"}

    paths, _, misses = listed(tmp_path, lambda _: Months(), listing)

    assert ([path for path, _ in paths], misses) == (
        ["/2007/03/05-a.html"],
        [("/cal/21", "index_unreadable")],
    )


def test_sitemaps_in_a_circle_or_too_deep_end(tmp_path):
    def pages(server):
        names = [server.url(f"/{number}.xml") for number in range(6)]
        maps = {
            f"/{number}.xml": answer(sitemap(names[number + 1], names[0], kind="sitemap"))
            for number in range(5)
        }
        return {**maps, "/5.xml": answer(sitemap(server.url("/2007/03/05-a.html")))}

    paths, _, misses = listed(tmp_path, pages, {"kind": "sitemap", "url": "/0.xml"})

    assert (paths, misses) == ([], [("/3.xml", "index_unreadable")])


def test_a_sitemap_over_the_bound_of_the_format_is_read_up_to_it(tmp_path):
    def pages(server):
        urls = (server.url(f"/2007/03/05-s{number}.html") for number in range(50_001))
        return {"/s.xml": answer(sitemap(*urls))}

    paths, _, misses = listed(tmp_path, pages, {"kind": "sitemap", "url": "/s.xml"})

    assert (len(paths), misses) == (50_000, [("/s.xml", "index_unreadable")])


def test_an_index_page_that_cannot_be_read_is_named(tmp_path):
    pages = {"/i": answer(b"<div>" * 50_000)}

    paths, _, misses = listed(tmp_path, lambda _: pages, {"kind": "index", "url": "/i"})

    assert (paths, misses) == ([], [("/i", "index_unreadable")])


@pytest.mark.parametrize(
    ("kind", "end", "misses"),
    [
        pytest.param("application/rss+xml", "</channel></rss>", [], id="whole"),
        pytest.param("text/plain", "</channel></rss>", [], id="whole, labelled as text"),
        pytest.param("application/rss+xml", "", [("/feed", "index_unreadable")], id="cut"),
    ],
)
def test_a_feed_cut_short_gives_what_it_has_and_is_named(tmp_path, kind, end, misses):
    head = "<?xml version='1.0'?><rss version='2.0'><channel><title>t</title>"
    item = "<item><link>/2007/03/05-a.html</link></item>"
    pages = {"/feed": answer(f"{head}{item}{end}".encode(), kind=kind)}

    paths, _, found = listed(tmp_path, lambda _: pages, {"kind": "feed", "url": "/feed"})

    assert ([path for path, _ in paths], found) == (["/2007/03/05-a.html"], misses)
