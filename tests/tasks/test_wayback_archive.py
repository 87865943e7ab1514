"""The Wayback Machine's API, replayed on loopback: lists, copies, and what can be wrong with them.

The forms (fields of a line, resume key after a blank line, Memento-Datetime, error pages) are
those the library's documentation and own tests describe.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import wayback

from schemas.records import Capture, Window
from schemas.source import Listing
from tasks.archive_fetch import open_fetcher
from tasks.fetch import How, tombstone_of
from tasks.keep import CaptureStore
from tasks.listing import list_pages
from tests.fault_server import CLOSE, NO_ROBOTS, FaultServer, answer, site
from tests.fetching import QUICK, SHORT, loopback_source, page

PAGE = b"<html><body><p>The harbour is open.</p></body></html>"
PATTERN = r"http://news\.example/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)-\w+\.html"
STARTED = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch):
    """The library waits 2.5 s between searches; here the replica is ours."""
    for name in ("DEFAULT_CDX_RATE_LIMIT", "DEFAULT_MEMENTO_RATE_LIMIT"):
        monkeypatch.setattr(getattr(wayback._client, name), "_minimum_wait", 0.0)  # noqa: SLF001


def line(moment: str, url: str) -> str:
    key = f"example,news){urlsplit(url).path}"
    return f"{key} {moment} {url} text/html 200 ABCDEFGHIJKLMNOPQRSTUVWXYZ234567 1234"


def archive(lists: dict[str, str], copies: dict[str, bytes]) -> object:
    """`lists` by resume key, the first under an empty one; `copies` by the path under /web/."""

    def script(asked):
        parts = urlsplit(asked.path)
        if parts.path == "/robots.txt":
            return [NO_ROBOTS]
        if parts.path == "/cdx/search/cdx":
            key = parse_qs(parts.query).get("resumeKey", [""])[0]
            return [answer(lists[key].encode(), kind="text/plain")]
        return [copies.get(asked.path.removeprefix("/web/"), NO_COPY)]

    return script


NO_COPY = answer(b"<html>Hrm. Wayback Machine has not archived that URL.</html>", "404 Not Found")


def memento(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    moment = "Fri, 25 May 2007 12:00:00 GMT"
    original = '<http://news.example/2007/05/25-a.html>; rel="original"'
    return answer(body, status, Memento_Datetime=moment, Link=original, **headers)


class Bench:
    """A source whose pages an archive lists, the archive's replica, and a place to keep."""

    def __init__(self, tmp_path, server, source):
        self.source = source
        self.store = CaptureStore(tmp_path / "captures")
        how = How(limits=SHORT, manners=QUICK)
        self.fetcher = open_fetcher(
            source, tmp_path / "state", how=how, archive_root=server.url("")
        )


def bench(tmp_path, server, **changes):
    listing = Listing(kind="cdx", url="news.example/*", page_pattern=PATTERN)
    source = loopback_source(
        "news.example", listings=(listing,), private_hosts=(server.host,), **changes
    )
    return Bench(tmp_path, server, source)


A, B = "http://news.example/2007/05/25-a.html", "http://news.example/2007/06/01-b.html"
A_AT = "https://web.archive.org/web/20070525120000id_/" + A
B_AT = "https://web.archive.org/web/20070701120000id_/" + B


def listed(tmp_path, lists, window=Window()):  # noqa: B008 - frozen
    with FaultServer(archive(lists, {})) as server:
        it = bench(tmp_path, server)
        found = list_pages(it.source, window, it.fetcher)
        queries = [parse_qs(urlsplit(path).query) for path in server.pages()]
    pages = [(each.url, each.listed_date) for each in found.pages]
    return pages, [(miss.reason, miss.detail) for miss in found.misses], queries


def test_the_archive_lists_the_first_good_copy_of_every_page(tmp_path):
    first = line("20070525120000", A) + "\n\nkey-2\n"
    pages, misses, queries = listed(
        tmp_path, {"": first, "key-2": line("20070701120000", B)}, Window(date(2007, 5, 1))
    )

    assert pages == [(A_AT, date(2007, 5, 25)), (B_AT, date(2007, 6, 1))]
    assert misses == []
    assert [query.get("resumeKey") for query in queries] == [None, ["key-2"]]
    assert (queries[0]["collapse"], queries[0]["filter"], queries[0]["from"]) == (
        ["urlkey"],
        ["statuscode:200"],
        ["20070501000000"],
    )


def test_only_pages_of_the_window_are_listed(tmp_path):
    lists = {"": line("20070525120000", A) + "\n" + line("20070701120000", B)}
    pages, _, _ = listed(tmp_path, lists, Window(date(2007, 6, 1), date(2007, 6, 30)))

    assert pages == [(B_AT, date(2007, 6, 1))]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(line("2007052512000", A), id="13 digits"),
        pytest.param(line("20071325120000", A), id="month 13"),
        pytest.param(line("20070532120000", A), id="day 32"),
        pytest.param(line("20070525250000", A), id="hour 25"),
        pytest.param("half a line", id="half a line"),
        pytest.param(line("20070525120000", A).replace(" 200 ", " OK "), id="no status"),
    ],
)
def test_a_bad_line_is_named_and_stops_no_other(tmp_path, bad):
    pages, misses, _ = listed(tmp_path, {"": f"{bad}\n{line('20070701120000', B)}\n"})

    assert pages == [(B_AT, date(2007, 6, 1))]
    assert [(reason, bad in detail) for reason, detail in misses] == [("index_unreadable", True)]


@pytest.mark.parametrize(
    "lists",
    [
        pytest.param({"": line("20070525120000", A) + "\n\nk\n", "k": "\n\nk\n"}, id="circle"),
        pytest.param(
            {"": line("20070525120000", A) + "\n\n"}, id="a blank line and no key", marks=()
        ),
    ],
)
def test_a_list_that_does_not_end_well_keeps_what_it_gave(tmp_path, lists):
    pages, misses, queries = listed(tmp_path, lists)

    assert pages == [(A_AT, date(2007, 5, 25))]
    assert len(queries) == len(lists)
    assert [reason for reason, _ in misses] == ["index_unreadable"] * (len(lists) - 1)


def test_a_copy_has_the_address_and_the_instant_of_the_page(tmp_path):
    with FaultServer(archive({}, {f"20070525120000id_/{A}": memento(ETag='"theirs"')})) as server:
        it = bench(tmp_path, server)
        with it.store.series("run-1", STARTED) as series:
            kept = series.keep(it.fetcher.fetch_page(page(A_AT)))
        (known,) = it.store.known_pages("harbour_gazette").values()
        again = it.fetcher.fetch_page(page(A_AT), known).outcome

    assert (kept.url, kept.captured_at, kept.body) == (
        A,
        datetime(2007, 5, 25, 12, tzinfo=UTC),
        PAGE,
    )
    assert list(it.store.read_all()) == [kept]
    assert (known.url, known.capture_url, known.etag) == (A_AT, A, None)
    # A copy never changes: it is not asked for again.
    assert (again.reason, len(server.pages())) == ("same_body", 1)


@pytest.mark.parametrize(
    ("reply", "reason", "times"),
    [
        pytest.param(NO_COPY, "not_found", 1, id="no copy"),
        pytest.param(memento(status="404 Not Found"), "not_found", 1, id="a copy of a 404"),
        pytest.param(memento(status="429 Slow"), "not_found", 1, id="a copy of a 429"),
        pytest.param(memento(status="503 Later"), "not_found", 1, id="a copy of a 503"),
        pytest.param(
            answer(b"Blocked Site Error: URL has been excluded", "403 Forbidden"),
            "forbidden",
            1,
            id="taken down",
        ),
        pytest.param(
            answer(b"", "302 Found", Location=f"/web/20190101000000id_/{A}"),
            "not_found",
            1,
            id="another time, years away",
        ),
        pytest.param(
            answer(b"", "429 Slow", Retry_After="3600"),
            "rate_limited",
            1,
            id="the archive's own 429",
        ),
        pytest.param([memento()[:-9], CLOSE], "incomplete_body", 1, id="cut short"),
        pytest.param(
            memento().replace(b"25-a.html", b"25-z.html"), "bad_answer", 1, id="another page"
        ),
    ],
)
def test_a_copy_that_cannot_be_had(tmp_path, reply, reason, times):
    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        return reply if isinstance(reply, list) else [reply]

    with FaultServer(script) as server:
        it = bench(tmp_path, server)
        outcome = it.fetcher.fetch_page(page(A_AT)).outcome

    assert (outcome.reason, len(server.pages())) == (reason, times)


def test_a_page_gone_from_its_site_is_looked_up_where_the_source_says_so(tmp_path):
    lists = {"": line("20070525120000", A)}
    copies = {f"20070525120000id_/{A}": memento()}
    outcomes = {}
    with FaultServer(archive(lists, copies)) as server, FaultServer(site({})) as live:
        for fallback in (True, False):
            source = loopback_source(
                live.host, private_hosts=(live.host, server.host), wayback_fallback=fallback
            )
            how = How(limits=SHORT, manners=QUICK)
            with open_fetcher(source, tmp_path, how=how, archive_root=server.url("")) as fetcher:
                outcomes[fallback] = fetcher.fetch_page(
                    page(live.url("/2007/05/25-a.html"))
                ).outcome

    assert isinstance(outcomes[True], Capture)
    assert (outcomes[True].url, outcomes[True].body) == (A, PAGE)
    assert outcomes[False].reason == "not_found"


def test_a_page_held_by_its_archived_copy_is_not_gone_anew(tmp_path):
    """The live site answers 404 in every run; the copy is the page, and stays it."""
    lists = {"": line("20070525120000", A)}
    copies = {f"20070525120000id_/{A}": memento()}
    store = CaptureStore(tmp_path / "captures")
    with FaultServer(archive(lists, copies)) as server, FaultServer(site({})) as live:
        source = loopback_source(
            live.host, private_hosts=(live.host, server.host), wayback_fallback=True
        )
        gone = page(live.url("/2007/05/25-a.html"))
        how = How(limits=SHORT, manners=QUICK)
        with open_fetcher(source, tmp_path, how=how, archive_root=server.url("")) as fetcher:
            with store.series("run-1", STARTED) as series:
                series.keep(fetcher.fetch_page(gone))
            asked = len(server.pages())
            known = store.known_pages("harbour_gazette")[gone.url]
            again = fetcher.fetch_page(gone, known)
            with store.series("run-2", STARTED) as series:
                series.keep(again)

    assert (again.outcome.reason, known.is_archived) == ("same_body", True)
    assert tombstone_of(again) is None
    assert len(server.pages()) == asked
    assert [each.url for each in store.read_all()] == [A]
