from datetime import date

import pytest

from tasks.extractors.date_words import holidays
from tasks.extractors.holidays import holiday_in


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Easter", date(1998, 4, 12)),
        ("Easter", date(2000, 4, 23)),
        ("Easter", date(2008, 3, 23)),
        ("Easter", date(2038, 4, 25)),
        ("Good Friday", date(2007, 4, 6)),
        ("Ash Wednesday", date(2007, 2, 21)),
        ("Thanksgiving", date(1999, 11, 25)),
        ("Black Friday", date(2012, 11, 23)),
        ("Election Day", date(1998, 11, 3)),
        ("Election Day", date(2016, 11, 8)),
        ("Memorial Day", date(2007, 5, 28)),
        ("Labor Day", date(2016, 9, 5)),
        ("Presidents’ Day", date(2007, 2, 19)),
        ("Mother's Day", date(2007, 5, 13)),
        ("New Year's Eve", date(2015, 12, 31)),
    ],
)
def test_the_day_of_a_holiday(name, day):
    assert holiday_in(name, day.year) == day


@pytest.mark.parametrize("year", [0, 1582, 10_000])
def test_outside_our_calendar_there_is_none(year):
    assert holiday_in("Easter", year) is None


def test_every_holiday_has_a_day_in_every_year():
    wrong = [
        (name, year)
        for name in holidays()
        for year in range(1950, 2060)
        if (day := holiday_in(name, year)) is None or day.year != year
    ]

    assert wrong == []
