"""Days that fail: named, tried again, filled or explained; and they hold back no other."""

from __future__ import annotations

import json
from datetime import date

import pytest

from schemas.source import PublishingCalendar
from tasks.sources import SOURCES
from tests.day_archive import NAME, DayArchive, days, index_path, story_path

pytestmark = pytest.mark.faults

FIRST = date(2007, 5, 21)
WEEK = days(FIRST, 5)
ALL_WEEK = ["--since", "2007-05-21", "--until", "2007-05-25"]
BAD_DAY = date(2007, 5, 23)


@pytest.fixture
def gazette(monkeypatch):
    archive = DayArchive()
    with archive.server:
        monkeypatch.setitem(SOURCES, NAME, archive.source())
        yield archive


def ledger(desk, *states):
    rows = desk.rows(
        "select first_date, expected_count, listed_count, fetched_count, published_count, "
        "missing_count, state, reason from completeness where period = 'day' order by first_date"
    )
    found = {row.pop("first_date"): tuple(row.values()) for row in rows}
    return {day: row for day, row in found.items() if not states or row[5] in states}


WELL = (3, 3, 3, 3, 0, "filled", None)


def test_a_day_that_fails_holds_back_no_other_and_is_filled_when_it_is_well_again(
    desk, gazette, capsys
):
    gazette.broken = {index_path(BAD_DAY): "server_error"}

    assert desk.run("ingest", NAME, *ALL_WEEK) == 0

    assert ledger(desk) == {
        **dict.fromkeys(WEEK, WELL),
        BAD_DAY: (None, 0, 0, 0, None, "open", "server_error"),
    }
    capsys.readouterr()
    assert desk.run("status", "--gaps", "--json") == 0
    (gap,) = json.loads(capsys.readouterr().out)["gaps"]
    assert (gap["source"], gap["period"], gap["missing_count"]) == (NAME, "2007-05-23", None)
    assert (gap["reason"], gap["try_count"]) == ("server_error", 1)

    gazette.broken = {}
    asked = len(gazette.server.log)
    # Another day's run takes up what is due of this one, and asks for nothing that it has.
    assert desk.run("ingest", NAME, "--since", "2007-05-28", "--until", "2007-05-28") == 0

    assert ledger(desk)[BAD_DAY] == WELL
    again = [request.path for request in gazette.server.log[asked:] if "/28/" not in request.path]
    stories = [story_path(BAD_DAY, number) for number in (1, 2, 3)]
    assert [path for path in again if path != "/robots.txt"] == [index_path(BAD_DAY), *stories]


def test_a_page_that_fails_is_a_gap_of_its_day_and_is_tried_alone(desk, gazette):
    gazette.broken = {story_path(BAD_DAY, 2): "connection_failure"}
    desk.run("ingest", NAME, *ALL_WEEK)
    assert ledger(desk, "open") == {BAD_DAY: (3, 3, 2, 2, 1, "open", "connection_failure")}

    gazette.broken = {}
    asked = len(gazette.server.log)
    desk.run("ingest", NAME, "--since", "2007-05-28", "--until", "2007-05-28")

    assert ledger(desk, "open") == {}
    again = [request.path for request in gazette.server.log[asked:]]
    assert [path for path in again if path.startswith("/2007/05/23/")] == [story_path(BAD_DAY, 2)]


def test_a_page_answered_by_a_challenge_is_asked_for_again_by_itself(desk, gazette):
    gazette.broken = {
        story_path(BAD_DAY, 2): "challenge_page",
        story_path(BAD_DAY, 3): "soft_404",
    }
    desk.run("ingest", NAME, *ALL_WEEK)
    assert ledger(desk, "open") == {BAD_DAY: (3, 3, 3, 1, 2, "open", "page_quarantined")}

    gazette.broken = {}
    asked = len(gazette.server.log)
    desk.run("ingest", NAME, "--since", "2007-05-28", "--until", "2007-05-28")

    again = [request.path for request in gazette.server.log[asked:]]
    # An apology is believed for a day.
    assert [path for path in again if path.startswith("/2007/05/23/")] == [story_path(BAD_DAY, 2)]
    assert ledger(desk, "open") == {BAD_DAY: (3, 3, 3, 2, 1, "open", "page_quarantined")}


def test_rebuild_gives_the_same_ledger_gaps_tries_and_explanations_included(desk, gazette):
    gazette.broken = {
        index_path(BAD_DAY): "server_error",
        story_path(FIRST, 1): "not_found",
        story_path(FIRST, 2): "server_error",
    }
    desk.run("ingest", NAME, *ALL_WEEK)
    assert desk.run("sources", "explain", NAME, "2007-05-23", "--because", "strike") == 0
    desk.run("ingest", NAME, *ALL_WEEK)
    before = desk.digests()
    assert ledger(desk)[BAD_DAY][5] == "explained"
    (desk.data / "working.duckdb").unlink()

    assert desk.run("rebuild") == 0

    assert desk.digests() == before


def test_asking_again_before_its_time_changes_no_table_but_those_of_runs(desk, gazette):
    gazette.broken = {story_path(BAD_DAY, 2): "not_found", index_path(FIRST): "not_found"}
    desk.run("ingest", NAME, *ALL_WEEK)
    before = desk.digests()

    desk.run("ingest", NAME, *ALL_WEEK)

    changed = {table for table, digest in desk.digests().items() if digest != before[table]}
    assert changed == {"runs", "dispositions", "check_results"}


def test_a_run_of_everything_leaves_alone_what_is_not_due(desk, gazette, monkeypatch):
    source = gazette.source(first_date=FIRST, last_date=date(2007, 5, 25))
    monkeypatch.setitem(SOURCES, NAME, source)
    gazette.broken = {story_path(BAD_DAY, 2): "not_found", index_path(FIRST): "not_found"}
    desk.run("ingest", NAME)
    asked = len(gazette.server.log)

    desk.run("ingest", NAME)

    again = {request.path for request in gazette.server.log[asked:]}
    assert not again & set(gazette.broken)
    ends = desk.rows("select reason, count(*)::int as n from dispositions group by all")
    assert {row["reason"]: row["n"] for row in ends}["not_due"] == 1


def test_an_explained_gap_is_asked_for_no_more_until_somebody_names_its_day(desk, gazette, capsys):
    gazette.broken = {index_path(BAD_DAY): "server_error"}
    desk.run("ingest", NAME, *ALL_WEEK)
    desk.run("sources", "explain", NAME, "2007-05-23", "--because", "the press was on strike")
    capsys.readouterr()
    desk.run("status", "--gaps", "--json")
    assert json.loads(capsys.readouterr().out)["gaps"] == []
    asked = len(gazette.server.log)

    desk.run("ingest", NAME, "--since", "2007-05-28", "--until", "2007-05-28")

    assert index_path(BAD_DAY) not in [request.path for request in gazette.server.log[asked:]]
    rows = desk.rows("select explanation from completeness where state = 'explained'")
    assert rows == [{"explanation": "the press was on strike"}]
    gazette.broken = {}
    desk.run("ingest", NAME, *ALL_WEEK)
    assert ledger(desk)[BAD_DAY] == WELL


def test_a_calendar_expects_pages_and_its_holidays_explain_that_there_are_none(
    desk, gazette, monkeypatch
):
    calendar = PublishingCalendar(holidays=("Memorial Day",))
    monkeypatch.setitem(SOURCES, NAME, gazette.source(calendar=calendar))
    desk.run("ingest", NAME, "--since", "2007-05-24", "--until", "2007-05-24")
    gazette.pages_a_day = 0

    desk.run("ingest", NAME, "--since", "2007-05-25", "--until", "2007-05-28")

    assert ledger(desk, "open", "explained") == {
        date(2007, 5, 25): (1, 0, 0, 0, 1, "open", "nothing_listed"),
        date(2007, 5, 28): (0, 0, 0, 0, 0, "explained", "nothing_listed"),
    }


def test_an_explanation_that_explains_nothing_is_refused(desk, gazette, capsys):
    gazette.broken = {index_path(BAD_DAY): "server_error"}
    desk.run("ingest", NAME, *ALL_WEEK)
    cases = {
        "no gap is open": ([NAME, "2007-05-22", "--because", "x"], 66),
        "expected a day": ([NAME, "23 May", "--because", "x"], 64),
        "needs its reason": ([NAME, "2007-05-23", "--because", " "], 64),
        "atlantis 2007-05-23: no gap": (["atlantis", "2007-05-23", "--because", "x"], 66),
    }

    for says, (arguments, code) in cases.items():
        assert desk.run("sources", "explain", *arguments) == code
        assert says in " ".join(capsys.readouterr().err.split())


# --- backfill ------------------------------------------------------------------------------------


def test_a_window_that_fails_whole_holds_back_no_other(desk, gazette, capsys, monkeypatch):
    monkeypatch.setattr("tasks.backfill_plan.WINDOW_DAYS", 2)
    window = ["--since", "2007-05-21", "--until", "2007-05-26"]
    gazette.broken = {index_path(day): "server_error" for day in days(date(2007, 5, 23), 2)}

    assert desk.run("backfill", NAME, *window) == 69

    assert ledger(desk, "filled").keys() == {date(2007, 5, day) for day in (21, 22, 25, 26)}
    said = " ".join(capsys.readouterr().err.split())
    assert "3 windows of days, 2007-05-21 to 2007-05-26" in said
    assert "window 3 of 3, 2007-05-25 to 2007-05-26: done" in said
    gazette.broken = {}
    assert desk.run("backfill", NAME, *window) == 0
    assert set(ledger(desk).values()) == {WELL}
