"""Quiet days and tolerances of the declared sources."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extractors.date_words import holidays
from tasks.measures import quiet_days, quiet_days_of, tolerances_of
from tasks.sources import SOURCES
from tasks.sources.holidays import UNITED_STATES
from warehouse.tolerances import read_tolerances


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_holidays_of_a_source_are_in_the_vocabulary(source):
    assert set(source.quiet_holidays) <= set(holidays())


@pytest.mark.parametrize(
    ("day", "is_quiet"),
    [
        pytest.param(date(2007, 11, 22), True, id="Thanksgiving"),
        pytest.param(date(2007, 11, 24), True, id="the day after Black Friday"),
        pytest.param(date(2007, 11, 21), False, id="the day before Thanksgiving"),
        pytest.param(date(2007, 12, 28), True, id="between the years"),
        pytest.param(date(2008, 1, 2), True, id="the day after New Year"),
        pytest.param(date(2008, 1, 3), False, id="work again"),
    ],
)
def test_quiet_days(day, is_quiet):
    assert (day in quiet_days(UNITED_STATES)) == is_quiet


def test_every_source_has_each_quiet_day_once():
    frame = quiet_days_of(SOURCES.values())

    assert frame.n_unique() == frame.height
    assert set(frame["source"]) == set(SOURCES)


def test_the_declared_sources_state_no_tolerance_for_what_is_not_measured():
    assert tolerances_of(SOURCES.values()).height >= len(read_tolerances())
