"""Years by windows: none twice, none left out, none that an interrupted backfill has read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.errors import BadUsage
from schemas.records import Window
from tasks.backfill_plan import left_to_do, plan_backfill, time_left, windows, windows_read
from tests.fetching import loopback_source

WHOLE = Window(date(2007, 1, 1), date(2007, 4, 10))
ALL = tuple(windows(WHOLE))


def test_windows_cover_every_day_once():
    days = [w.since + timedelta(n) for w in ALL for n in range((w.until - w.since).days + 1)]

    assert days == [date(2007, 1, 1) + timedelta(n) for n in range(100)]
    assert [(w.until - w.since).days + 1 for w in ALL] == [31, 31, 31, 7]


@pytest.mark.parametrize("whole", [Window(), Window(since=date(2007, 1, 1))])
def test_an_open_end_is_refused(whole):
    with pytest.raises(BadUsage, match="both ends"):
        list(windows(whole))


def finished(window, source="harbour_gazette", flow="backfill", status="completed"):
    row = {"flow": flow, "sources": [source], "status": status}
    days = {"since": window.since.isoformat(), "until": window.until.isoformat()}
    return {"kind": "run_finished", "run_id": "run-1", "row": row | days}


def plan(*lines, from_start=False, **source):
    declared = loopback_source("x.example", **source)
    return plan_backfill(declared, WHOLE, lines, from_start=from_start)


def test_the_first_backfill_reads_every_window():
    assert plan().todo == ALL


def test_an_interrupted_backfill_goes_on_where_it_was_cut_off():
    done = plan(finished(ALL[0]), finished(ALL[1], status="blocked"))

    assert done.todo == ALL[2:]
    assert "2 of 4 were read before and are left out (--from-start)" in str(done)


def test_from_the_start_if_somebody_says_so():
    assert plan(finished(ALL[0]), from_start=True).todo == ALL


def test_a_backfill_that_came_to_its_end_begins_anew():
    assert plan(*map(finished, ALL)).todo == ALL


def test_the_second_backfill_goes_on_where_it_was_cut_off_too():
    assert plan(*map(finished, ALL), finished(ALL[0])).todo == ALL[1:]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(finished(ALL[0], source="other"), id="of another source"),
        pytest.param(finished(ALL[0], flow="ingest"), id="by a nightly run"),
        pytest.param(finished(Window(date(2007, 1, 1), date(2007, 1, 2))), id="other days"),
        pytest.param({"kind": "run_finished", "run_id": "run-1"}, id="by hand, without a row"),
        pytest.param({"kind": "run_started", "run_id": "run-1"}, id="one that did not end"),
    ],
)
def test_what_is_no_window_of_this_backfill_does_not_count(line):
    assert windows_read("harbour_gazette", [line]).get(ALL[0], 0) == 0


def test_windows_that_were_read_equally_often_are_all_left():
    assert left_to_do(ALL, dict.fromkeys(ALL, 3)) == ALL


def test_what_a_backfill_costs_is_said_where_the_source_says_how_much_it_has():
    told = str(plan(expected_per_day=(1, 36), pause=timedelta(seconds=10)))

    assert told.endswith("At most 3601 requests for pages, about 10 h")
    assert str(plan()).endswith("How long it takes shows after the first")


@pytest.mark.parametrize(
    ("seconds", "left", "said"),
    [([60.0, 120.0], 4, "about 6 min left"), ([5.0], 0, "done"), ([], 3, "about 0 s left")],
)
def test_what_is_left_is_told_from_what_it_took(seconds, left, said):
    assert time_left(seconds, left) == said
