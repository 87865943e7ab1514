from __future__ import annotations

from datetime import date

import pytest

from tasks.extractors.url_facts import figure_days, url_agency, url_dates, url_titles

LIBRARY = "https://www.globalsecurity.org/wmd/library/news"


@pytest.mark.parametrize(
    ("url", "first"),
    [
        (
            f"{LIBRARY}/iraq/2007/05/iraq-070525-usia01.htm",
            (date(2007, 5, 25), "day", "070525-usia01"),
        ),
        (
            f"{LIBRARY}/iraq/2003/iraq-030417-usia04.htm",
            (date(2003, 4, 17), "day", "030417-usia04"),
        ),
        ("http://example.org/2007-11-19-voa35.cfm", (date(2007, 11, 19), "day", "2007-11-19")),
        (
            "http://example.org/Archive/2005/Jun/15-742705.html",
            (date(2005, 6, 15), "day", "2005/Jun/15"),
        ),
        ("http://example.org/2007/5/25/talks", (date(2007, 5, 25), "day", "2007/5/25")),
        ("http://example.org/story?d=20070525", (date(2007, 5, 25), "day", "20070525")),
        ("http://example.org/2007/05/talks", (date(2007, 5, 1), "month", "2007/05")),
        (
            "http://example.org/2007/WORLD/africa/05/25/talks/index.html",
            (date(2007, 5, 25), "day", "/2007/WORLD/africa/05/25"),
        ),
        ("http://example.org/story?t=200705251004", (date(2007, 5, 25), "day", "20070525")),
        ("http://example.org/html/2007052588_talks.html", None),
        ("http://example.org/2007/13/45/x", None),
        ("http://example.org/a-70525-b.htm", None),
        ("http://example.org/story/20071234567", None),
        ("", None),
    ],
)
def test_the_first_date_of_an_address(url, first):
    assert next(url_dates(url), None) == first


@pytest.mark.parametrize(
    ("url", "declared", "name"),
    [
        (f"{LIBRARY}/iraq/2007/05/iraq-070525-usia01.htm", {}, "USINFO"),
        ("http://example.org/2007-11-19-voa35.cfm", {}, "Voice of America"),
        (
            "http://example.org/2007/05/chad-070525-hg01.htm",
            {"hg": "Harbour Gazette"},
            "Harbour Gazette",
        ),
        ("http://example.org/2007/05/chad-070525-hg01.htm", {}, None),
        ("http://example.org/talks.htm", {}, None),
    ],
)
def test_the_agency_a_file_name_codes(url, declared, name):
    found = url_agency(url, declared)

    assert (found[0].name if found else None) == name


@pytest.mark.parametrize(
    ("url", "titles"),
    [
        ("http://example.org/ministers-meet-in-pusan.html", ["ministers meet in pusan"]),
        ("http://example.org/news/2007/Ministers_meet_in_Pusan", ["Ministers meet in Pusan"]),
        ("http://example.org/news/7185056.stm", []),
        (None, []),
    ],
)
def test_the_words_an_address_is_made_of(url, titles):
    assert url_titles(url) == titles


@pytest.mark.parametrize(
    ("url", "is_said"),
    [
        ("http://example.org/25052007/1/talks.html", True),
        ("http://example.org/story?id=001200705251004", True),
        ("http://example.org/070525/story.htm", True),
        ("http://example.org/story-250507", True),
        ("http://example.org/1070525/story.htm", False),
        ("http://example.org/2007/story.htm", False),
    ],
)
def test_figures_of_an_address_may_confirm_a_day(url, is_said):
    assert (date(2007, 5, 25) in figure_days(url)) is is_said
