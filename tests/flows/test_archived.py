"""Whole runs over pages that are gone, damaged or listed by a web archive."""

from __future__ import annotations

from dataclasses import replace

import pytest
import wayback

from flows import collect
from schemas.source import Listing
from tasks.archive_fetch import open_fetcher
from tasks.journal import read_journal
from tasks.sources import SOURCES
from tests.fault_server import FaultServer, answer
from tests.fetching import loopback_source
from tests.tasks.test_wayback_archive import archive, line, memento

SENTENCE = "<p>“The harbour is open,” said Maria Okello, the minister of ports of Kenya.</p>"
STORY = (
    "<html><body><h1>Harbour Opens Again</h1><p>25 May 2007</p>"
    f"{SENTENCE}{'<p>Ships from Tanzania came in at noon, and nobody was late.</p>' * 6}"
    "</body></html>"
).encode()


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch):
    """The library waits between its requests; here the replica is ours."""
    for name in ("DEFAULT_CDX_RATE_LIMIT", "DEFAULT_MEMENTO_RATE_LIMIT"):
        monkeypatch.setattr(getattr(wayback._client, name), "_minimum_wait", 0.0)  # noqa: SLF001


def declare(monkeypatch, live, web_archive, **changes):
    """A source by a name that leads to loopback: the archive lists no bare addresses."""
    host = f"news.example:{live.port}"
    index = Listing(kind="index", url=f"http://{host}/index.html", page_pattern=r".*/25-a\.html")
    source = loopback_source(
        host,
        listings=(index,),
        private_hosts=(host, live.host, web_archive.host),
        **changes,
    )
    monkeypatch.setitem(SOURCES, source.name, source)

    def opened(source, state, clock, how):
        near = replace(how, resolve=lambda *_: ["127.0.0.1"])
        return open_fetcher(source, state, clock, near, web_archive.url(""))

    monkeypatch.setattr(collect, "open_fetcher", opened)


def live_site(pages):
    index = answer(b"<html><body><a href='/2007/05/25-a.html'>story</a></body></html>")
    gone = answer(b"", "404 Not Found")
    return lambda asked: [{"/index.html": index, **pages}.get(asked.path, gone)]


def ends(desk):
    """How each run's asking for the page ended, by the journal."""
    lines = read_journal(desk.data / "journal")
    return [(line["disposition"], line["reason"]) for line in lines if line["kind"] == "answer"]


def test_a_page_gone_from_its_site_is_published_from_the_archive(desk, monkeypatch):
    with FaultServer(live_site({})) as live:
        page = f"http://news.example:{live.port}/2007/05/25-a.html"
        copy = memento(STORY).replace(b"http://news.example/2007/05/25-a.html", page.encode())
        lists = {"": line("20070525120000", page)}
        with FaultServer(archive(lists, {f"20070525120000id_/{page}": copy})) as web_archive:
            declare(monkeypatch, live, web_archive, wayback_fallback=True)
            assert desk.run("ingest", "harbour_gazette") == 0
            asked = len(web_archive.pages())
            assert desk.run("ingest", "harbour_gazette") == 0

            assert len(web_archive.pages()) == asked

    assert desk.rows(
        "select articles.url, captures.captured_at::date::varchar as captured_on, "
        "headline, speaker_name "
        "from quotes inner join articles using (article_id) inner join captures using (capture_id) "
        "inner join speakers using (speaker_id)"
    ) == [
        {
            "url": page,
            "captured_on": "2007-05-25",
            "headline": "Harbour Opens Again",
            "speaker_name": "Maria Okello",
        }
    ]
    assert ends(desk) == [("fetched", "answered"), ("not_modified", "same_body")]
    assert desk.rows("select url from tombstones") == []


def test_a_page_that_nobody_has_ends_as_its_site_says(desk, monkeypatch):
    with FaultServer(live_site({})) as live, FaultServer(archive({"": ""}, {})) as web_archive:
        declare(monkeypatch, live, web_archive, wayback_fallback=True)
        desk.run("ingest", "harbour_gazette")

        assert [path.partition("?")[0] for path in web_archive.pages()] == ["/cdx/search/cdx"]

    assert ends(desk) == [("refused", "not_found")]


@pytest.mark.faults
def test_a_capture_that_cannot_be_read_back_is_fetched_again(desk, monkeypatch):
    story = answer(STORY, ETag='"v1"')
    with FaultServer(live_site({"/2007/05/25-a.html": story})) as live:
        declare(monkeypatch, live, live)
        assert desk.run("ingest", "harbour_gazette") == 0
        (place,) = desk.rows("select warc_file, warc_offset from captures")
        path = desk.data / "captures" / place["warc_file"]
        data = bytearray(path.read_bytes())
        data[place["warc_offset"] + 200] ^= 0xFF
        path.write_bytes(data)

        assert desk.run("ingest", "harbour_gazette") == 0

    assert ends(desk) == [("fetched", "answered"), ("fetched", "answered")]
    assert desk.rows("select count(*)::int as articles from articles") == [{"articles": 1}]
