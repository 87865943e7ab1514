"""Where things stand, read from a journal that a kill may have cut."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.errors import NotFound
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal
from tasks.settings import Settings
from tasks.status import LAST_RUNS, last_completed, last_runs, quarantined_row, read_status

ENDED = datetime(2026, 5, 1, 4, tzinfo=UTC)


def write_run(folder, number, *, status=None, sources=("sample",)):
    run_id = f"2026050{number}T030000Z-{number}"
    with Journal(folder, run_id) as journal:
        started = datetime(2026, 5, number, 3, tzinfo=UTC)
        journal.write(RUN_STARTED, flow="ingest", sources=list(sources), started_at=started)
        if status:
            row = {
                "status": status,
                "generation": number if status == "completed" else None,
                "sources": list(sources),
                "finished_at": datetime(2026, 5, number, 4, tzinfo=UTC).isoformat(),
            }
            journal.write(RUN_FINISHED, row=row)
    return run_id


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path)


def test_the_newest_runs_first_and_one_without_an_end_is_unfinished(settings):
    for number in range(1, 8):
        write_run(settings.journal, number, status="completed" if number < 7 else None)

    runs = last_runs(settings)

    assert len(runs) == LAST_RUNS
    assert [(run["run_id"][:8], run["status"], run["generation"]) for run in runs[:2]] == [
        ("20260507", "unfinished", None),
        ("20260506", "completed", 6),
    ]


def test_a_run_that_was_cut_off_is_no_end_of_its_source(settings):
    write_run(settings.journal, 1, status="completed")
    write_run(settings.journal, 2)

    assert last_completed(settings) == {"sample": ENDED}


def test_nothing_published_yet_is_a_status_too(settings):
    tables = read_status(settings, with_gaps=True)

    assert tables["last runs"] == []
    assert {"what": "published generation", "where": "none"} in tables["places"]
    assert "freshness" not in tables


@pytest.mark.parametrize("row_id", ["", "zzz"])
def test_an_id_that_names_no_row_or_several_is_refused(settings, row_id):
    with pytest.raises(NotFound, match="quarantine list"):
        quarantined_row(settings, row_id)
