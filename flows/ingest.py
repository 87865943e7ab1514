"""Fetch, keep, read, judge, load, audit, publish: the whole way of every page of a run."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from prefect import flow

from flows.collect import adopt_unfinished, fetch_source, read_saved
from flows.finish import audit, close_run, publish_working, show_in_prefect, write_outcomes
from flows.session import Order, Request, open_session
from flows.settle_batches import add_due_retries, settle_kept
from tasks.choices import choose_sources, window_of
from tasks.settings import read_settings
from tasks.summary import RunSummary


@flow(name="ingest")
def ingest(
    sources: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> dict[str, Any]:
    """Every enabled source, or those named: where a deployment enters."""
    order = Order("ingest", choose_sources(sources), window_of(since, until), limit)
    return run_ingest.fn(Request(read_settings(os.environ), order)).fields()


@flow(name="ingest", validate_parameters=False)
def run_ingest(request: Request) -> RunSummary:
    """Where the command line enters: the same run, for an order of any kind."""
    with open_session(request) as session:
        answered = adopt_unfinished(session)
        for name in session.order.sources:
            fetch_source(session, name, answered)
        read_saved(session)
        add_due_retries(session)
        settle_kept(session)
        write_outcomes(session)
        audited = audit(session)
        summary = close_run(session, audited)
    if not summary.is_blocked:
        summary = publish_working(session.settings, summary)
    request.when_done(summary)
    show_in_prefect(summary, request.settings.published)
    return summary
