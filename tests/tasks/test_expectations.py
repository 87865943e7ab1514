"""What listings, numbers and a calendar say is expected, and what they find lacking."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.expectation import WHOLE, Expectation, Period, Told, day_period
from schemas.records import Miss, PageRef, Window
from schemas.source import Listing, PublishingCalendar
from tasks.expectations import Known, expectations_of, is_paused, within
from tasks.listing import Listed
from tests.fetching import loopback_source

MAY = Period("month", date(2007, 5, 1))
ALL_OF_MAY = MAY.window
TODAY = date(2007, 6, 10)
AT = datetime(2007, 6, 10, 3, tzinfo=UTC)


def page(day, name="a"):
    return PageRef("harbour_gazette", f"https://x.example/{day}-{name}.html", day)


def may(day):
    return date(2007, 5, day)


def miss(reason="server_error", next_try_at=None):
    return Miss(
        "harbour_gazette",
        "https://x.example/2007/05/",
        "failed",
        reason,
        "500",
        AT,
        next_try_at=next_try_at,
    )


def expected(*told, pages=(), window=ALL_OF_MAY, known=None, **source):
    declared = loopback_source("x.example", **source)
    listed = Listed(tuple(pages), told)
    found = expectations_of(declared, listed, window, known or Known(TODAY))
    return {
        str(period): (said.expected_by, said.unlisted, said.reason)
        for period, said in found.items()
    }


@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param(
            [Told(MAY, "index", 30)], ("index_count", 0, None), id="an index that prints nothing"
        ),
        pytest.param(
            [Told(MAY, "index", 30, 30)], ("printed_total", 0, None), id="a total that adds up"
        ),
        pytest.param(
            [Told(MAY, "index", 30, 34)],
            ("printed_total", 4, "fewer_listed_than_printed"),
            id="a total that does not",
        ),
        pytest.param(
            [Told(MAY, "index", 34, 30)],
            ("printed_total", 0, None),
            id="more than is printed is no gap",
        ),
        pytest.param(
            [Told(MAY, "index", 30, 34), Told(MAY, "index", 5, 6)],
            ("printed_total", 5, "fewer_listed_than_printed"),
            id="two listings of a month",
        ),
        pytest.param(
            [Told(MAY, "index", 0, misses=(miss(),))],
            (None, None, "server_error"),
            id="an index that could not be read",
        ),
        pytest.param(
            [Told(MAY, "index", 20, 34, misses=(miss(),))],
            ("printed_total", 14, "server_error"),
            id="an index that broke off after its total",
        ),
        pytest.param(
            [Told(MAY, "index", 30, 30), Told(MAY, "index", 0, misses=(miss(),))],
            (None, None, "server_error"),
            id="one of two listings failed",
        ),
    ],
)
def test_what_listings_say_of_a_month(told, said):
    assert expected(*told) == {"2007-05": said}


def test_an_index_of_a_month_that_has_not_ended_may_not_be_there_yet():
    told = Told(MAY, "index", 0, misses=(miss("not_found"),))

    assert expected(told, known=Known(date(2007, 5, 31))) == {}
    assert expected(told, known=Known(date(2007, 6, 1))) == {"2007-05": (None, None, "not_found")}


def test_when_the_site_asked_us_to_wait_is_kept():
    until = datetime(2007, 6, 12, tzinfo=UTC)
    told = Told(MAY, "index", 0, misses=(miss(), miss("rate_limited", until)))

    source = loopback_source("x.example")
    (said,) = expectations_of(source, Listed((), (told,)), ALL_OF_MAY, Known(TODAY)).values()

    assert said.not_before == until
    assert said.detail == "https://x.example/2007/05/: 500 (and 1 more)"


# --- sequences -----------------------------------------------------------------------------------

NUMBERED = Listing(
    kind="index",
    url="/{day:%Y}/{day:%m}/",
    page_pattern=r".*-s(?P<number>\d+)\.html",
    numbered_within="day",
)


def test_a_missing_number_is_a_gap_of_its_day():
    pages = [page(may(7), "s1"), page(may(7), "s3")]

    assert expected(Told(MAY, "index", 2), pages=pages, listings=(NUMBERED,)) == {
        "2007-05": ("index_count", 0, None),
        "2007-05-07": ("sequence", 1, "number_missing"),
    }


def test_a_number_that_turns_up_fills_its_gap():
    pages = [page(may(7), f"s{number}") for number in (1, 2, 3)]
    before = Expectation("harbour_gazette", day_period(may(7)), "sequence", 1, "number_missing")
    known = Known(TODAY, gaps={before.period: before})

    assert expected(pages=pages, listings=(NUMBERED,), known=known) == {
        "2007-05-07": ("sequence", 0, None)
    }


# --- the calendar --------------------------------------------------------------------------------

MAY_DAY_OFF = PublishingCalendar(holidays=("Memorial Day",))
MONTHLY = Listing(kind="index", url="/{day:%Y}/{day:%m}/")
LAST_WEEK = Window(may(21), may(31))


def weekdays_but(*left_out):
    days = [may(day) for day in range(21, 32) if may(day).weekday() < 5]
    return [page(day) for day in days if day.day not in left_out]


def test_a_publishing_day_without_a_page_is_a_gap_and_a_holiday_is_explained():
    found = expected(
        Told(MAY, "index", 7),
        pages=weekdays_but(24, 28),
        window=LAST_WEEK,
        listings=(MONTHLY,),
        calendar=MAY_DAY_OFF,
    )

    assert found == {
        "2007-05": ("index_count", 0, None),
        "2007-05-24": ("calendar", 1, "nothing_listed"),
        "2007-05-28": ("calendar", 0, "nothing_listed"),
    }


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(Known(may(24)), id="the day is not over"),
        pytest.param(Known(TODAY, days={may(24)}), id="it was listed before"),
        pytest.param(Known(TODAY, left_alone={MAY}), id="its listing was not asked"),
    ],
)
def test_a_day_is_no_gap_as_long_as_nobody_knows(known):
    pages = weekdays_but(24, 28)

    found = expected(
        Told(MAY, "index", 7),
        pages=pages,
        window=LAST_WEEK,
        listings=(MONTHLY,),
        calendar=MAY_DAY_OFF,
        known=known,
    )

    assert "2007-05-24" not in found


def test_days_of_an_index_that_failed_are_not_told_one_by_one():
    told = Told(MAY, "index", 0, misses=(miss(),))

    found = expected(told, window=LAST_WEEK, listings=(MONTHLY,), calendar=PublishingCalendar())

    assert found == {"2007-05": (None, None, "server_error")}


def test_a_feed_speaks_only_for_days_since_its_oldest_entry():
    feed = Listing(kind="feed", url="/feed")
    pages = [page(may(23)), page(may(25))]

    found = expected(
        Told(WHOLE, "feed", 2),
        pages=pages,
        window=Window(),
        known=Known(may(26)),
        listings=(feed,),
        calendar=PublishingCalendar(),
        first_date=date(1999, 1, 1),
    )

    assert found == {
        "all": ("index_count", 0, None),
        "2007-05-24": ("calendar", 1, "nothing_listed"),
    }


# --- windows -------------------------------------------------------------------------------------


def test_what_was_shown_of_some_days_leaves_the_others_out():
    june = Told(Period("month", date(2007, 6, 1)), "index", 1)
    listed = Listed((page(may(7)), page(date(2007, 6, 1))), (Told(MAY, "index", 1), june))

    assert within(listed, Window(may(7), may(7))) == Listed(
        (page(may(7)),), (Told(MAY, "index", 1),)
    )


@pytest.mark.parametrize(
    ("period", "is_over"),
    [
        pytest.param(MAY, True, id="a month that is over"),
        pytest.param(Period("month", date(2007, 6, 1)), False, id="this month"),
        pytest.param(Period("year", date(2007, 1, 1)), False, id="this year"),
        pytest.param(WHOLE, False, id="a feed"),
    ],
)
def test_only_what_is_over_can_be_left_alone(period, is_over):
    assert is_paused(period, TODAY) == is_over
