from datetime import UTC, datetime

from tests.warehouse.builders import frame
from warehouse.fates import note_known, read_fates
from warehouse.merge import merge_batch

EARLIER = datetime(2007, 5, 24, 10, 0, tzinfo=UTC)


def fates_of(connection, run_id, **rows):
    """What became of the batch, by unit; tables not named hold one row of defaults."""
    tables = ("articles", "captures", "quotes", "blocks")
    plain = {name: [{"run_id": run_id}] for name in tables}
    frames = {name: frame(connection, name, *made) for name, made in (plain | rows).items()}
    records = {name: made for name, made in frames.items() if name != "captures"}
    with note_known(connection, records, run_id):
        merge_batch(connection, frames)
        fates = read_fates(connection, records, run_id)
    return {unit_id: (source, reason) for unit_id, source, reason in fates.sort("unit_id").rows()}


def test_first_records_are_new(connection):
    assert fates_of(connection, "run-1") == {
        "articles:article-1": ("sample", "new"),
        "blocks:capture-1:0": ("sample", "new"),
        "quotes:quote-1": ("sample", "new"),
    }


def test_known_records_are_told_apart(connection):
    fates_of(connection, "run-1")

    quotes = [{"cue": "told", "run_id": "run-2"}, {"quote_id": "quote-2", "run_id": "run-2"}]
    fates = fates_of(connection, "run-2", quotes=quotes)

    assert fates == {
        "articles:article-1": ("sample", "unchanged"),
        "blocks:capture-1:0": ("sample", "unchanged"),
        "quotes:quote-1": ("sample", "changed"),
        "quotes:quote-2": ("sample", "new"),
    }


def test_records_of_an_older_capture_are_beaten(connection):
    fates_of(connection, "run-1")
    older = {"capture_id": "capture-0", "run_id": "run-2"}

    fates = fates_of(
        connection,
        "run-2",
        articles=[older | {"captured_at": EARLIER}],
        captures=[older],
        blocks=[older],
    )

    assert fates == {
        "articles:article-1": ("sample", "older_capture"),
        "blocks:capture-0:0": ("sample", "new"),
        "quotes:quote-1": ("sample", "older_capture"),
    }


def test_nothing_is_left_behind(connection):
    fates_of(connection, "run-1")

    tables = connection.execute("select table_name from duckdb_tables() where temporary").fetchall()
    assert tables == []


def test_rows_taken_over_from_a_killed_run_are_new_to_the_run_that_finishes_it(connection):
    first = fates_of(connection, "run-1")

    assert fates_of(connection, "run-1") == first
