"""A look at a source asks little: the last month, the first pages of a listing, each in turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schemas.records import Window
from schemas.source import Listing
from tasks.source_check import check_source, look_window
from tests.fault_server import NO_ROBOTS, FaultServer, answer
from tests.fetching import loopback_source

TODAY = date(2024, 3, 10)
STORY = (
    "<html><body><h1>Ferry Returns</h1>"
    + "<p>The ferry to Tanzania is back, officials in Kenya said on Monday.</p>" * 5
    + "</body></html>"
).encode()


@pytest.mark.parametrize(
    ("first", "last", "asked", "looked_at"),
    [
        pytest.param(None, None, Window(), (date(2024, 2, 8), TODAY), id="a living archive"),
        pytest.param(
            date(2001, 1, 20),
            date(2009, 1, 20),
            Window(),
            (date(2008, 12, 20), date(2009, 1, 20)),
            id="a closed one",
        ),
        pytest.param(date(2024, 3, 1), None, Window(), (date(2024, 3, 1), TODAY), id="a young one"),
        pytest.param(
            None,
            None,
            Window(date(2007, 5, 1), date(2007, 5, 2)),
            (date(2007, 5, 1), date(2007, 5, 2)),
            id="days asked for",
        ),
    ],
)
def test_the_days_looked_at(first, last, asked, looked_at):
    source = replace(loopback_source("x"), first_date=first, last_date=last)

    window = look_window(source, asked, TODAY, timedelta(days=31))

    assert (window.since, window.until) == looked_at


def test_a_look_asks_for_the_start_of_each_listing_and_one_page_of_each(tmp_path):
    def index(asked):
        name, number = asked.path.rpartition("/")[2].split("-")
        links = "".join(f"<a href='/{name}/{number}/{n}.html'>story</a>" for n in range(5))
        after = f"<a class='next' href='/index/{name}-{int(number) + 1}'>next</a>"
        return answer(f"<html><body>{links}{after}</body></html>".encode())

    def script(asked):
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        return [index(asked) if asked.path.startswith("/index/") else answer(STORY)]

    with FaultServer(script) as server:
        listings = tuple(
            Listing(
                kind="index",
                url=server.url(f"/index/{name}-0"),
                page_pattern=r".*\.html",
                next_selector="a.next",
            )
            for name in ("news", "files")
        )
        source = loopback_source(server.host, listings=listings)
        found = check_source(source, tmp_path, Window(), 2)
        listed = [path for path in server.pages() if path.startswith("/index/")]
        fetched = [path for path in server.pages() if path not in listed]

    assert listed == [f"/index/{name}-{n}" for name in ("news", "files") for n in range(3)]
    assert fetched == ["/news/0/0.html", "/files/0/0.html"]
    assert [(row["pages"], row["failed"]) for row in found.listings] == [(15, None), (15, None)]
    assert found.is_well


def test_an_archive_that_was_silent_of_late_is_looked_at_further_back(tmp_path):
    """The one page is of the first year of an archive that ended two years later."""
    index = answer(b"<html><body><a href='/2007/05/25-a.html'>story</a></body></html>")
    pages = {"/2007/": index, "/2007/05/25-a.html": answer(STORY)}
    empty = answer(b"<html><body><p>Nothing this year.</p></body></html>")
    with FaultServer(
        lambda asked: [NO_ROBOTS if asked.path == "/robots.txt" else pages.get(asked.path, empty)]
    ) as server:
        listing = Listing(
            kind="index",
            url=server.url("/{day:%Y}/"),
            page_pattern=r".*/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)-\w+\.html",
        )
        source = loopback_source(
            server.host,
            listings=(listing,),
            first_date=date(2007, 1, 1),
            last_date=date(2009, 12, 31),
        )
        found = check_source(source, tmp_path, Window(), 3)

    assert (found.window.since, found.is_well) == (date(2007, 1, 1), True)
