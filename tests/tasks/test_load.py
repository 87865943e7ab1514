"""One run holds the warehouse open: batches in, the end of each record out."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.batch import RECORD_TABLES, propose
from tasks.extract import read_capture
from tasks.load import Warehouse
from tests.planted.finders import PAGE, capture_of

FIRST, SECOND = "20260101T000000Z-first", "20260102T000000Z-second"


@pytest.fixture
def warehouse(tmp_path):
    with Warehouse(tmp_path / "working.duckdb") as opened:
        yield opened


def load(warehouse, capture, run_id):
    frames = propose([read_capture(capture)], run_id, ()).frames
    fates = warehouse.load(frames, {name: frames[name] for name in RECORD_TABLES}, run_id)
    return dict(fates["reason"].value_counts().iter_rows())


def test_twice_is_once(warehouse):
    first = load(warehouse, capture_of(), FIRST)
    counts = warehouse.row_counts()

    second = load(warehouse, capture_of(), SECOND)

    assert set(first) == {"new"}
    assert second == {"unchanged": first["new"]}
    assert warehouse.row_counts() == counts


def test_another_reading_changes_what_differs_and_nothing_else(warehouse):
    load(warehouse, capture_of(), FIRST)
    other = capture_of(PAGE.replace("12 June 2006", "13 June 2006"), capture_id="f" * 32)

    reasons = load(warehouse, other, SECOND)

    assert reasons["changed"] >= 1
    assert warehouse.row_counts()["articles"] == 1


def test_known_captures_and_their_places(warehouse):
    load(warehouse, capture_of(), FIRST)
    known = capture_of().capture_id

    assert warehouse.known([known, "0" * 32]) == {known}
    (place,) = warehouse.places([known, "0" * 32])
    assert (place["warc_file"], place["warc_offset"]) == (capture_of().warc_file, 0)


def test_a_withdrawn_article_takes_its_facts_and_speakers_with_it(warehouse):
    load(warehouse, capture_of(), FIRST)

    assert warehouse.withdraw([capture_of().capture_id], SECOND) == []

    counts = warehouse.row_counts()
    gone = ("articles", "quotes", "country_mentions", "date_mentions", "findings", "speakers")
    assert {counts[name] for name in gone} == {0}
    assert counts["captures"] == 1


def test_withdrawing_gives_back_the_captures_of_earlier_versions(warehouse):
    load(warehouse, capture_of(capture_id="1" * 32), FIRST)
    load(warehouse, capture_of(PAGE.replace("nine", "ten"), capture_id="9" * 32), SECOND)

    assert warehouse.withdraw(["1" * 32], SECOND) == []
    assert warehouse.withdraw(["9" * 32], SECOND) == ["1" * 32]
    assert warehouse.row_counts()["article_versions"] == 0


def test_which_captures_are_of_a_source_and_of_later_days(warehouse):
    load(warehouse, capture_of(), FIRST)
    known = capture_of().capture_id

    assert warehouse.captures_of([], None) == [known]
    assert warehouse.captures_of(["files"], date(2006, 6, 12)) == [known]
    assert warehouse.captures_of(["files"], date(2006, 6, 13)) == []
    assert warehouse.captures_of(["sample"], None) == []
