"""A source is checked by a handful of its pages; a new one starts from a declaration to fill in."""

from __future__ import annotations

import pytest

from schemas.errors import BadUsage
from schemas.records import PageRef, Window
from schemas.source import Listing, Source
from tasks.check_source import check_source, spread
from tasks.new_source import new_source
from tests.fault_server import FaultServer, answer, site
from tests.fetching import fetching, loopback_source


def numbered(count):
    return [PageRef("s", str(number)) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "sample", "chosen"),
    [
        pytest.param(0, 5, "", id="none"),
        pytest.param(3, 5, "0 1 2", id="fewer than asked for"),
        pytest.param(9, 5, "0 2 4 6 8", id="at even distances"),
        pytest.param(100, 2, "0 99", id="first and last"),
        pytest.param(100, 1, "0", id="one"),
    ],
)
def test_the_pages_chosen_come_from_all_over(count, sample, chosen):
    assert " ".join(page.url for page in spread(numbered(count), sample)) == chosen


def test_a_check_lists_all_and_fetches_a_handful(tmp_path):
    links = "".join(f"<a href='/s{number}.html'>story</a>" for number in range(9))
    pages = {f"/s{number}.html": answer(b"<html>story</html>") for number in range(8)}
    pages["/index"] = answer(f"<html>{links}<b>9 stories</b></html>".encode())
    with FaultServer(site(pages)) as server:
        listing = Listing(kind="index", url=server.url("/index"), count_selector="b")
        source = loopback_source(server.host, listings=(listing,))
        with fetching(source, tmp_path) as fetcher:
            check = check_source(source, Window(), fetcher, sample=3)

    assert (check.listed_count, check.expected_count, check.listing_misses) == (9, 9, ())
    assert [getattr(each.outcome, "reason", "kept") for each in check.answers] == [
        "kept",
        "kept",
        "not_found",
    ]
    assert (len(check.captures), check.has_met_the_site, check.estimate.requests) == (2, True, 10)


def test_a_check_of_a_site_that_lists_nothing_has_not_met_it(tmp_path):
    with FaultServer(site({})) as server:
        listing = Listing(kind="index", url=server.url("/index"))
        source = loopback_source(server.host, listings=(listing,))
        with fetching(source, tmp_path) as fetcher:
            check = check_source(source, Window(), fetcher)

    assert [miss.reason for miss in check.listing_misses] == ["not_found"]
    assert (check.answers, check.has_met_the_site) == ((), False)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://news.example/archive/{day:%Y}/{day:%m}/", "index"),
        ("https://news.example/sitemap_index.xml", "sitemap"),
        ("https://news.example/sitemap.xml.gz", "sitemap"),
        ("https://news.example/feed/", "feed"),
        ("https://news.example/en/rss.xml", "feed"),
    ],
)
def test_a_new_source_is_a_module_that_works(url, kind):
    names: dict[str, object] = {}
    exec(compile(new_source("harbour_gazette", url), "x.py", "exec"), names)  # noqa: S102

    source = names["HARBOUR_GAZETTE"]
    assert isinstance(source, Source)
    assert (source.name, source.hosts, source.is_enabled) == (
        "harbour_gazette",
        ("news.example",),
        False,
    )
    assert [(each.kind, each.url) for each in source.listings] == [(kind, url)]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("Harbour Gazette", "https://news.example/"),
        ("../x", "https://news.example/"),
        ("harbour", "news.example"),
        ("harbour", "file:///etc"),
        ("harbour", 'https://news.example/"+x'),
    ],
)
def test_what_cannot_become_a_source_is_refused(name, url):
    with pytest.raises(BadUsage, match="expected"):
        new_source(name, url)
