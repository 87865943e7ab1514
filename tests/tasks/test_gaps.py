"""Gaps as the journal leaves them: opened, tried in their time, filled, explained."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.expectation import WHOLE, Expectation, Period, day_period
from schemas.records import Window
from tasks.gaps import (
    Explanation,
    Standing,
    due_again,
    fold_gap_line,
    fold_gaps,
    next_standing,
    standing_fields,
)
from tasks.retry_pauses import Retry

NOW = datetime(2007, 6, 10, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = day_period(date(2007, 5, 25))
KEY = ("harbour_gazette", DAY)
FAILED = Expectation("harbour_gazette", DAY, None, None, "server_error", "500")
SHORT = Expectation("harbour_gazette", DAY, "printed_total", 2, "fewer_listed_than_printed", "x")
WELL = Expectation("harbour_gazette", DAY, "printed_total")


def test_a_day_that_is_well_is_told_once():
    first = next_standing(None, WELL, NOW)

    assert first == Standing(WELL)
    assert next_standing(first, WELL, NOW + HOUR) is None


def test_a_gap_keeps_the_time_it_opened_and_counts_its_tries():
    first = next_standing(None, FAILED, NOW)
    second = next_standing(first, FAILED, NOW + HOUR)

    assert (first.retry.try_count, second.retry.try_count) == (1, 2)
    assert (first.missing_since, second.missing_since) == (NOW, NOW)
    assert second.retry.next_try_at == NOW + 6 * HOUR


def test_a_gap_that_is_looked_at_before_its_time_is_as_it_was():
    first = next_standing(None, SHORT, NOW)

    assert next_standing(first, SHORT, NOW + HOUR) is None


def test_a_gap_that_changes_is_told_though_its_time_has_not_come():
    first = next_standing(None, SHORT, NOW)
    less = Expectation("harbour_gazette", DAY, "printed_total", 1, SHORT.reason, "y")

    second = next_standing(first, less, NOW + HOUR)

    assert second.expectation.unlisted == 1
    assert second.retry == first.retry


def test_a_filled_gap_begins_anew_if_it_opens_again():
    filled = next_standing(next_standing(None, FAILED, NOW), WELL, NOW + HOUR)
    again = next_standing(filled, FAILED, NOW + 2 * HOUR)

    assert (filled.retry, filled.missing_since) == (Retry(), None)
    assert (again.retry.try_count, again.missing_since) == (1, NOW + 2 * HOUR)


def line(standing):
    """As the journal gives it back."""
    fields = json.loads(json.dumps(standing_fields(standing), default=lambda at: at.isoformat()))
    return {"kind": "expected", "run_id": "run-1", **fields}


@pytest.mark.parametrize(
    "standing",
    [
        pytest.param(Standing(WELL), id="well"),
        pytest.param(Standing(FAILED, Retry(3, NOW, "server_error"), NOW), id="a gap"),
        pytest.param(Standing(Expectation("x", WHOLE, "index_count")), id="a feed"),
    ],
)
def test_what_the_journal_keeps_comes_back_the_same(standing):
    said = standing.expectation

    assert fold_gaps([line(standing)]).standings == {(said.source, said.period): standing}


def explained(missing_count):
    return {
        "kind": "explained",
        "source": "harbour_gazette",
        "period": "day",
        "first_date": "2007-05-25",
        "explanation": "the press was on strike",
        "missing_count": missing_count,
        "at": "2007-06-10T03:00:00+00:00",
    }


def test_an_explained_gap_is_open_no_more_until_more_is_missing():
    gaps = fold_gaps([line(Standing(SHORT)), explained(2)])
    assert gaps.open_of("harbour_gazette") == {}
    assert gaps.explained_of("harbour_gazette") == {DAY}

    more = Expectation("harbour_gazette", DAY, "printed_total", 3, SHORT.reason, "y")
    fold_gap_line(gaps, line(Standing(more)))

    assert gaps.open_of("harbour_gazette").keys() == {DAY}
    assert gaps.explained_of("harbour_gazette") == frozenset()


@pytest.mark.parametrize(
    ("then", "now", "holds"),
    [(2, 2, True), (2, 1, True), (2, 3, False), (None, None, True), (None, 2, False)],
)
def test_how_long_an_explanation_holds(then, now, holds):
    assert Explanation("strike", then, NOW).holds_for(now) == holds


def test_what_is_due_lies_outside_the_days_asked_for_and_its_time_has_come():
    def standing(period, next_try_at):
        said = Expectation("harbour_gazette", period, None, None, "server_error", "500")
        return Standing(said, Retry(1, next_try_at, "server_error"), NOW)

    inside, early, due = (day_period(date(2007, 5, day)) for day in (7, 8, 9))
    month = Period("month", date(2007, 4, 1))
    known = {
        inside: standing(inside, NOW),
        early: standing(early, NOW + HOUR),
        due: standing(due, NOW - HOUR),
        month: standing(month, None),
        WHOLE: standing(WHOLE, NOW),
    }

    assert due_again(known, Window(date(2007, 5, 7), date(2007, 5, 7)), NOW) == (month, due)
