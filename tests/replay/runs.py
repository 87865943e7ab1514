"""Runs on saved pages without Prefect: the stages in order, each as it stands."""

from __future__ import annotations

from pathlib import Path

from flows import collect, finish
from flows.replay import Replayed, run_replay
from flows.session import Order, Request, open_session
from flows.settle_batches import batches, read_and_load, read_uncovered
from schemas.records import Window
from tasks.settings import Settings
from tasks.summary import RunSummary
from warehouse.read import PublishedReader


def ingest(data: Path, *paths: Path) -> RunSummary:
    settings = Settings(data)
    with open_session(Request(settings, Order("ingest", paths=paths))) as session:
        collect.adopt_unfinished(session)
        collect.read_saved(session)
        for batch in batches(session.kept, settings.batch_size):
            read_and_load(session, batch)
        read_uncovered(session)
        finish.write_outcomes(session)
        audited = finish.audit.fn(session)
        summary = finish.close_run(session, audited)
    assert not summary.is_blocked, summary.failed_checks
    return finish.publish_now(settings, summary)


def replay(data: Path, *sources: str, agrees: bool = True, since=None) -> Replayed:
    request = Request(Settings(data), Order("replay", sources, Window(since, None)))
    return run_replay(request, lambda _summary: agrees)


def rows(data: Path, sql: str) -> list[dict]:
    with PublishedReader(data / "onrecord.duckdb") as reader:
        return reader.rows(sql)
