"""Every declared source is whole, and its patterns take its pages and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from schemas.errors import BadConfiguration
from schemas.records import Window
from tasks.archive_fetch import open_fetcher
from tasks.dated_urls import dated_urls
from tasks.extractors.index_page import day_in
from tasks.listing import list_pages
from tasks.sources import SOURCES
from tasks.sources.globalsecurity import MILITARY_PAGE, WMD_PAGE
from tasks.sources.press_release import press_release_source
from tasks.sources.state_2001_2009 import STATE_PAGE, USINFO_PAGE
from tasks.sources.voa import VOA_PAGE
from tests.fault_server import FaultServer, answer, site
from tests.fetching import fetching

GS = "https://www.globalsecurity.org"
NO = "not a page"


@pytest.mark.parametrize(
    ("pattern", "url", "day"),
    [
        pytest.param(
            WMD_PAGE,
            f"{GS}/wmd/library/news/dprk/2006/03/dprk-060302-usia02.htm",
            date(2006, 3, 2),
            id="by month",
        ),
        pytest.param(
            WMD_PAGE,
            f"{GS}/wmd/library/news/iran/2004/iran-040612-3de851be.htm",
            date(2004, 6, 12),
            id="by year",
        ),
        pytest.param(
            WMD_PAGE,
            f"{GS}/wmd/library/news/dprk/2000/000711-dprk2.htm",
            date(2000, 7, 11),
            id="day first",
        ),
        pytest.param(
            WMD_PAGE, f"{GS}/wmd/library/news/iraq/1999/wwwh9a05.htm", None, id="no day in it"
        ),
        pytest.param(
            WMD_PAGE, f"{GS}/wmd/library/news/iraq/2005/13/iraq-051332-voa01.htm", None, id="no day"
        ),
        pytest.param(WMD_PAGE, f"{GS}/wmd/library/report/2007/index.html", NO, id="a report"),
        pytest.param(WMD_PAGE, f"{GS}/wmd/library/news/iraq/2007/", NO, id="an index"),
        pytest.param(
            MILITARY_PAGE,
            f"{GS}/military/library/news/2005/08/mil-050804-stateb01.htm",
            date(2005, 8, 4),
            id="military",
        ),
        pytest.param(
            MILITARY_PAGE,
            "https://other.example/military/library/news/2005/08/mil-050804-voa01.htm",
            NO,
            id="another host",
        ),
        pytest.param(
            STATE_PAGE,
            "https://2001-2009.state.gov/r/pa/prs/dpb/2007/84001.htm",
            None,
            id="a briefing",
        ),
        pytest.param(
            STATE_PAGE,
            "https://2001-2009.state.gov/r/pa/prs/ps/2007/may/84002.htm",
            None,
            id="a statement",
        ),
        pytest.param(
            STATE_PAGE, "https://2001-2009.state.gov/r/pa/prs/ps/2007/", NO, id="an index of State"
        ),
        pytest.param(
            USINFO_PAGE,
            "http://usinfo.state.gov/usinfo/Archive/2005/Jul/05-742001.html",
            None,
            id="the day of a USINFO address is not the page's",
        ),
        pytest.param(
            VOA_PAGE,
            "http://www.voanews.com/english/archive/2007-11/2007-11-20-voa12.cfm",
            date(2007, 11, 20),
            id="VOA",
        ),
        pytest.param(
            VOA_PAGE, "http://www.voanews.com/english/archive/2007-11/index.cfm", NO, id="VOA index"
        ),
    ],
)
def test_an_address_and_the_day_it_states(pattern, url, day):
    match = re.fullmatch(pattern, url)

    assert (day_in(match) if match else NO) == day


@pytest.mark.parametrize("name", SOURCES)
def test_a_declared_source_is_whole(name):
    source = SOURCES[name]

    ZoneInfo(source.time_zone)
    assert (source.name, bool(source.hosts and source.listings)) == (name, True)
    for listing in source.listings:
        re.compile(listing.page_pattern or "")
        fields = {field for _, field, _, _ in Formatter().parse(listing.url) if field}
        assert fields <= {"day"}
        if fields:
            assert source.first_date is not None
            since = source.first_date
            assert next(dated_urls(listing.url, Window(since, since))).startswith("http")


@pytest.mark.parametrize("name", [name for name in SOURCES if name != "sample"])
def test_a_source_that_never_met_its_site_is_not_enabled(name):
    source = SOURCES[name]

    assert source.last_verified is not None or not source.is_enabled


@pytest.mark.parametrize("name", SOURCES)
def test_the_readme_says_how_a_source_is_listed_and_whether_it_met_its_site(name):
    source = SOURCES[name]
    kinds = ", ".join(dict.fromkeys(each.kind for each in source.listings))
    met = "served here" if name == "sample" else str(source.last_verified or "never")
    readme = Path(__file__).parents[2] / "README.md"

    (row,) = re.findall(rf"^\| `{name}` \|.*$", readme.read_text(encoding="utf-8"), re.MULTILINE)

    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[2:] == [kinds, str(len(source.layouts)), met]


@pytest.mark.parametrize("name", [name for name, each in SOURCES.items() if not each.contact])
def test_a_source_without_a_contact_asks_nobody(tmp_path, name):
    with pytest.raises(BadConfiguration, match=f"source {name}: contact"):
        open_fetcher(SOURCES[name], tmp_path)


def test_a_press_release_site_is_listed_by_its_feed_and_its_sitemap(tmp_path):
    def pages(server):
        new, old = server.url("/2024/new-port"), server.url("/2019/old-port")
        feed = f"<rss version='2.0'><channel><item><link>{new}</link></item></channel></rss>"
        rows = "".join(f"<url><loc>{url}</loc></url>" for url in (new, old))
        return {
            "/feed/": answer(feed.encode(), kind="application/rss+xml"),
            "/sitemap.xml": answer(f"<urlset>{rows}</urlset>".encode(), kind="text/xml"),
        }

    with FaultServer(lambda asked: site(pages(server))(asked)) as server:  # noqa: PLW0108 - late
        source = press_release_source("harbour_ministry", server.host)
        here = tuple(
            replace(each, url=each.url.replace("https://", "http://")) for each in source.listings
        )
        source = replace(source, listings=here, contact="a@b.example", private_hosts=(server.host,))
        with fetching(replace(source, pause=source.pause * 0), tmp_path) as fetcher:
            listed = list_pages(source, Window(), fetcher)

    paths = [each.url.removeprefix(server.url("")) for each in listed.pages]
    assert (paths, listed.misses) == (["/2024/new-port", "/2019/old-port"], ())
