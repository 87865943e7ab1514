"""Days without an issue: weekends, holidays and days a source declares free."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.expectation import Expectation, day_period
from schemas.records import Window
from schemas.source import PublishingCalendar
from tasks.extractors.date_words import holidays
from tasks.publishing_calendar import calendar_gaps, why_free
from tasks.sources import SOURCES
from tests.fetching import loopback_source

FEDERAL = PublishingCalendar(
    holidays=("Independence Day", "Thanksgiving Day", "New Year's Day"),
    moves_off_weekends=True,
    free_days=(date(2007, 9, 12),),
)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        pytest.param(date(2007, 7, 3), None, id="a Tuesday"),
        pytest.param(date(2007, 7, 4), "holiday: Independence Day", id="a fixed holiday"),
        pytest.param(date(2007, 11, 22), "holiday: Thanksgiving Day", id="a moving holiday"),
        pytest.param(date(2004, 7, 5), "holiday: Independence Day", id="kept on Monday"),
        pytest.param(date(2004, 12, 31), "holiday: New Year's Day", id="kept in the year before"),
        pytest.param(date(2007, 7, 7), "Saturday is no publishing day", id="a Saturday"),
        pytest.param(
            date(2007, 9, 12), "a day without an issue, as the source declares", id="declared"
        ),
    ],
)
def test_why_a_day_is_free(day, why):
    assert why_free(FEDERAL, day) == why


def test_a_holiday_on_a_weekend_is_not_moved_unless_the_source_moves_it():
    assert why_free(PublishingCalendar(holidays=("Independence Day",)), date(2004, 7, 5)) is None


def gaps(days, said=(), unread=(), **changes):
    source = loopback_source("news.example.org", calendar=FEDERAL, **changes)
    found = calendar_gaps(source, days, {each.period: each for each in said}, list(unread))
    return [
        (str(period), each.unlisted, each.reason, each.explanation)
        for period, each in found.items()
    ]


def week_of_the_fourth():
    return [date(2007, 7, 2) + timedelta(days=n) for n in range(7)]


def test_each_empty_publishing_day_lacks_a_page_and_a_holiday_explains_itself():
    assert gaps(week_of_the_fourth()) == [
        ("2007-07-02", 1, "nothing_listed", None),
        ("2007-07-03", 1, "nothing_listed", None),
        ("2007-07-04", 0, "nothing_listed", "holiday: Independence Day"),
        ("2007-07-05", 1, "nothing_listed", None),
        ("2007-07-06", 1, "nothing_listed", None),
    ]


def test_a_source_that_publishes_at_least_three_a_day_lacks_three():
    assert gaps([date(2007, 7, 2)], expected_per_day=(3, 9)) == [
        ("2007-07-02", 3, "nothing_listed", None)
    ]


def test_an_index_that_is_not_there_on_a_sunday_is_explained():
    sunday = day_period(date(2007, 7, 8))
    said = Expectation("harbour_gazette", sunday, None, None, "not_found", "404")

    assert gaps([sunday.first], said=[said]) == [
        ("2007-07-08", 0, "not_found", "Sunday is no publishing day")
    ]


def test_of_days_whose_index_could_not_be_read_nothing_is_known():
    july = Window(date(2007, 7, 1), date(2007, 7, 31))

    assert [row for row in gaps(week_of_the_fourth(), unread=[july]) if row[3] is None] == []


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_declared_calendar_names_holidays_that_are_known(source):
    if source.calendar is not None:
        assert set(source.calendar.holidays) <= set(holidays())
        assert set(source.calendar.weekdays) <= set(range(7))
