from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.records import PageInput
from tasks.extractors.article import extract
from tasks.extractors.shown_page import own_page, shown_url

OWN = "http://www.example.org/press/bridge.htm"
NOON = datetime(2007, 5, 26, 12, tzinfo=UTC)
STORY = "<h1>A Bridge</h1><p>The two governments have agreed on a new bridge, officials said.</p>"


@pytest.mark.parametrize(
    ("url", "own", "captured_at"),
    [
        (f"https://web.archive.org/web/20070526120000id_/{OWN}", OWN, NOON),
        (f"https://web.archive.org/web/20070526120000/{OWN}", OWN, NOON),
        (f"https://webarchive.example.gov.uk/20070526120000/{OWN}", OWN, NOON),
        (f"https://web.archive.org/web/2007/{OWN}", OWN, None),
        (f"https://web.archive.org/web/2007/{OWN.replace('//', '/')}", OWN, None),
        (f"https://web.archive.org/web/{OWN}", OWN, None),
        (f"https://web.archive.org/web/20071399120000/{OWN}", OWN, None),
        (OWN, OWN, None),
        (
            f"http://www.example.org/share?url={OWN}",
            f"http://www.example.org/share?url={OWN}",
            None,
        ),
        ("https://web.archive.org/web/", "https://web.archive.org/web/", None),
        (None, None, None),
    ],
)
def test_an_archive_shows_the_page_of_another_host(url, own, captured_at):
    page = own_page(PageInput("p", url=url))

    assert (page.url, page.captured_at) == (own, captured_at)
    assert shown_url(url) == own


def test_the_day_of_the_capture_is_no_day_of_the_page():
    url = f"https://web.archive.org/web/20070526120000/{OWN}"
    extraction = extract(PageInput("p", url=url, body=STORY.encode()))

    assert extraction.document.published_date is None
    assert (extraction.host, extraction.page.captured_at) == ("www.example.org", NOON)
    assert extraction.page.url == url
