"""Numbers that a source leaves out of a sequence of its own."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.records import PageRef, Window
from schemas.source import Listing
from tasks.numbering import missing_numbers

PATTERN = r".*/(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)-(?P<series>[a-z]+)(?P<number>\d+)\.html"
MAY = Window(date(2007, 5, 1), date(2007, 5, 31))


def pages(*names):
    return [
        PageRef("harbour_gazette", f"https://x.example/{name}.html", date(2007, 5, int(name[6:8])))
        for name in names
    ]


def missing(kind, names, window=MAY, pattern=PATTERN):
    listing = Listing(kind="index", url="/", page_pattern=pattern, numbered_within=kind)
    holes = missing_numbers(listing, pages(*names), window)
    return [(str(hole.period), hole.series, hole.numbers) for hole in holes]


@pytest.mark.parametrize(
    ("kind", "names", "found"),
    [
        pytest.param("day", ["20070525-pf1", "20070525-pf2"], [], id="nothing is missing"),
        pytest.param(
            "day", ["20070525-pf1", "20070525-pf4"], [("2007-05-25", "pf", (2, 3))], id="in a day"
        ),
        pytest.param("day", ["20070525-pf2"], [("2007-05-25", "pf", (1,))], id="the first of all"),
        pytest.param(
            "day",
            ["20070525-pf1", "20070525-ef2"],
            [("2007-05-25", "ef", (1,))],
            id="each series has its own",
        ),
        pytest.param(
            "month",
            ["20070502-pf01", "20070509-pf03"],
            [("2007-05", "pf", (2,))],
            id="between two days it is one of the month",
        ),
        pytest.param(
            "month",
            ["20070502-pf01", "20070509-pf02", "20070509-pf05"],
            [("2007-05-09", "pf", (3, 4))],
            id="between two of one day it is of that day",
        ),
        pytest.param(
            "year", ["20070502-pf101", "20070509-pf103"], [("2007", "pf", (102,))], id="in a year"
        ),
        pytest.param("day", ["20070525-pf1", "20070525-pf90210"], [], id="ids are no sequence"),
    ],
)
def test_the_numbers_nobody_lists(kind, names, found):
    assert missing(kind, names) == found


def test_without_its_beginning_a_sequence_is_judged_from_the_first_that_is_listed():
    late_may = Window(date(2007, 5, 20), date(2007, 5, 31))

    assert missing("month", ["20070525-pf40", "20070526-pf42"], late_may) == [
        ("2007-05", "pf", (41,))
    ]


def test_a_source_that_numbers_nothing_lacks_no_number():
    assert missing(None, ["20070525-pf1", "20070525-pf4"]) == []
